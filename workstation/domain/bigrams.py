"""The cutting of text into the pieces that the search index holds and a query asks for.

Chinese has no spaces, so a run of it becomes overlapping pairs of characters, followed by its last character alone:
any substring of the run is then a sequence of neighbouring pieces, and a search finds exactly what a scan would find,
without a dictionary. A run of ASCII letters and digits stays whole.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_RUN = re.compile(r"[0-9a-z]+|[^\W_0-9a-z]+")
_TERM_BREAK = re.compile(r"[\s,;\u3001\u3002\uff0c\uff1b]+")
_FIELD_BREAK = "\ue000"
"""A piece that no query can hold: a phrase never runs from one field into the next."""


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that a query asks for: pieces that must follow each other, the last one maybe only begun.

    Args:
        pieces: What must stand side by side.
        open_end: The last piece may go on in the document.
        tail: The reversed letters and digits, when the whole term could be the end of a number.
    """

    pieces: tuple[str, ...]
    open_end: bool
    tail: str = ""


def folded(text: str) -> str:
    """Return *text* as it is compared: full-width forms made plain, case removed."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def cut(fields: Iterable[str]) -> tuple[str, str]:
    """Cut a document's *fields* into the pieces of its text and, reversed, the runs that hold a digit."""
    texts = [folded(field) for field in fields]
    words = f" {_FIELD_BREAK} ".join(" ".join(_pieces(text)) for text in texts)
    tails = (run[::-1] for text in texts for run in _RUN.findall(text) if run.isascii() and _has_digit(run))
    return words, " ".join(tails)


def terms(query: str) -> tuple[Term, ...]:
    """Cut what the user typed into the terms that must all be found."""
    runs = (_RUN.findall(part) for part in _TERM_BREAK.split(folded(query)))
    return tuple(_term(found) for found in runs if found)


def places_of(text: str, query: str) -> tuple[tuple[int, int], ...]:
    """Return where in *text* the terms of *query* stand, from the first to the last, as start and end."""
    places, flat = _flat(text)
    found = {
        (places[match.start()], places[match.end() - 1] + 1)
        for runs in (_RUN.findall(part) for part in _TERM_BREAK.split(folded(query)))
        if runs
        for match in _pattern(runs).finditer(flat)
    }
    apart: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if apart and start <= apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((start, end))
    return tuple(apart)


def _flat(text: str) -> tuple[list[int], str]:
    """Return *text* as it is compared, and the place in *text* that each of its characters came from."""
    pairs = [(at, each) for at, character in enumerate(text) for each in folded(character)]
    return [at for at, _ in pairs], "".join(each for _, each in pairs)


def _pattern(runs: list[str]) -> re.Pattern[str]:
    """Match *runs* that follow each other; letters and digits begin a word, or a number alone may end one."""
    whole = r"[\W_]*".join(runs)
    if not runs[0].isascii():
        return re.compile(whole)
    ends = rf"|{whole}(?![0-9a-z])" if len(runs) == 1 and _has_digit(whole) else ""
    return re.compile(rf"(?<![0-9a-z]){whole}{ends}")


def _term(runs: list[str]) -> Term:
    last = runs[-1]
    before = tuple(piece for run in runs[:-1] for piece in _cut_run(run))
    if last.isascii():
        tail = last[::-1] if len(runs) == 1 and _has_digit(last) else ""
        return Term((*before, last), open_end=True, tail=tail)
    if len(last) == 1:
        return Term((*before, last), open_end=True)
    return Term((*before, *_pairs(last)), open_end=False)


def _pieces(text: str) -> Iterator[str]:
    for run in _RUN.findall(text):
        yield from _cut_run(run)


def _cut_run(run: str) -> Iterable[str]:
    return (run,) if run.isascii() else (*_pairs(run), run[-1])


def _pairs(run: str) -> tuple[str, ...]:
    return tuple(run[at : at + 2] for at in range(len(run) - 1))


def _has_digit(run: str) -> bool:
    return any(character.isdigit() for character in run)
