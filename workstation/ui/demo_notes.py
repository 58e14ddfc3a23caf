"""Call notes from a CSV, and what a call-taker reads in one: its own words, nothing more."""

import csv
import lzma
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from workstation.domain.errors import InvalidValue
from workstation.domain.intake_check import LIMITS, NARRATIVE_LIMIT
from workstation.domain.order import Kind
from workstation.domain.phones import normalise_phone
from workstation.protocol.codec import decode_yaml
from workstation.ui.quiet_text import plain
from workstation.ui.resources import RESOURCES

SHORTEST_WISH, LONGEST_WISH = 6, 40
BEFORE_WISH = 3
LEAD = 50
LONGEST_REGION = 6
UNASSIGNED = 19_900_000_000
"""Numbers from here on belong to nobody; a note without one is given the next."""


@dataclass(frozen=True, slots=True, repr=False)
class Note:
    """One row of the file; `line` counts its rows from 1."""

    line: int
    text: str
    caller: str = ""
    phone: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words by which the player of a call-taker reads a note; content, not code."""

    kinds: Mapping[Kind, tuple[str, ...]]
    otherwise: Kind
    wishes: tuple[str, ...]
    questions: tuple[str, ...]
    reply: tuple[str, ...]
    sentence_ends: str
    clause_ends: str
    greetings: tuple[str, ...]
    regions: tuple[str, ...]
    cut: str


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Said:
    """What a note says, in its own words; an empty value was not said.

    Args:
        narrative: The text, as much of it as an order takes.
        cut: The fields of which a part did not fit.
        region: The parts of the place that name a region, the largest first.
        values: What goes into the other fields.
    """

    narrative: str
    cut: tuple[str, ...]
    region: tuple[str, ...]
    values: Mapping[str, str]


def read_words() -> Words:
    """Return the words of the resources."""
    return decode_yaml((RESOURCES / "demo.yaml").read_bytes(), Words)


def read_notes(file: Path, limit: int = 0) -> list[Note]:
    """Return the notes of *file*, a CSV that may be xz-compressed; with a *limit* so many, spread, the longest too.

    Raises:
        InvalidValue: The file cannot be read or has no column ``text``.
    """
    csv.field_size_limit(sys.maxsize)
    try:
        with _opened(file) as rows:
            notes = list(_notes(csv.DictReader(rows)))
    except (OSError, UnicodeDecodeError, lzma.LZMAError, csv.Error) as error:
        raise InvalidValue("notes", "unreadable", path=str(file)) from error
    if not 0 < limit < len(notes):
        return notes
    longest = max(notes, key=lambda note: len(note.text))
    spread = [notes[at * len(notes) // limit] for at in range(limit)]
    if longest not in spread:
        spread[-1] = longest
    return sorted(spread, key=lambda note: note.line)


def _opened(file: Path) -> TextIO:
    if file.suffix == ".xz":
        return lzma.open(file, "rt", encoding="utf-8-sig", newline="")
    return file.open(encoding="utf-8-sig", newline="")


def _notes(rows: "csv.DictReader[str]") -> Iterator[Note]:
    if "text" not in (rows.fieldnames or ()):
        raise InvalidValue("notes", "no_column", column="text")
    for line, row in enumerate(rows, start=1):
        text = plain(row["text"] or "").strip()
        caller, phone, place = (plain(row.get(name) or "").strip() for name in ("caller", "phone", "place"))
        yield Note(line, text, caller, _dialled(phone) or str(UNASSIGNED + line), place)


def _dialled(phone: str) -> str:
    """Return *phone* as a telephone shows it; what is no number stays and is withheld when it calls."""
    try:
        return normalise_phone(phone)
    except InvalidValue:
        return phone


def read(note: Note, words: Words) -> Said:
    """Return what *note* says of the fields of an order."""
    wanted = kind(note.text, words)
    openers = (*words.wishes, *words.questions) if wanted is Kind.CONSULT else words.wishes
    room = NARRATIVE_LIMIT - len(words.cut)
    long = len(note.text) > NARRATIVE_LIMIT
    given = {"caller_name": note.caller, "address": note.place}
    fitting = {name: text[: LIMITS[name]] for name, text in given.items()}
    return Said(
        narrative=note.text[:room] + words.cut if long else note.text,
        cut=(*(name for name in given if fitting[name] != given[name]), *(["narrative"] if long else ())),
        region=_regions(note.place, words),
        values={
            **fitting,
            "kind": wanted,
            "wish": wish(note.text, openers, words),
            "wants_reply": "yes" if any(word in note.text for word in words.reply) else "",
        },
    )


def _regions(place: str, words: Words) -> tuple[str, ...]:
    """Return the parts at the head of *place* that end as a region's name does."""
    ends = "|".join(map(re.escape, words.regions))
    found = re.match(rf"(?:[^\W\d_]{{1,{LONGEST_REGION}}}?(?:{ends}))+", place)
    return tuple(re.findall(rf".+?(?:{ends})", found.group())) if found else ()


def kind(text: str, words: Words) -> Kind:
    """Return what the caller wants of the hotline, by what is said first."""
    lead = text[:LEAD]
    return next((kind for kind, said in words.kinds.items() if any(word in lead for word in said)), words.otherwise)


def wish(text: str, openers: Sequence[str], words: Words) -> str:
    """Return the last short wish in *text*, in its own words; empty when none is said in so few."""
    for sentence in reversed(_split(text, words.sentence_ends)):
        start = next((at for at in _clause_starts(sentence, words.clause_ends) if _opens(sentence[at:], openers)), -1)
        found = sentence[start:] if start >= 0 else ""
        if SHORTEST_WISH <= len(found) <= LONGEST_WISH and not any(said in found for said in words.greetings):
            return found
    return ""


def _clause_starts(sentence: str, ends: str) -> list[int]:
    return [0, *(at + 1 for at, character in enumerate(sentence) if character in ends)]


def _opens(clause: str, openers: Sequence[str]) -> bool:
    """Say whether *clause* begins with one of *openers*, or with a word or two before it."""
    found = (clause.find(word) for word in openers)
    return any(0 <= at <= BEFORE_WISH for at in found)


def _split(text: str, ends: str) -> list[str]:
    return [part.strip() for part in re.split(f"[{re.escape(ends)}]", text) if part.strip()]
