"""Which words of a text are tinted, and as what: danger, a warning, or the source of a proposal."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

SHORTEST = 2
"""A single letter stands everywhere; tinted it would say nothing."""

MOST = 60
"""How many stretches are tinted: each is painted anew at every key, and a screen full of them says nothing."""


@dataclass(frozen=True, slots=True)
class Tint:
    """A stretch of text and what it speaks of: danger, warn or info."""

    start: int
    end: int
    state: str = "info"


def tints(text: str, words: Sequence[tuple[str, Iterable[str]]]) -> tuple[Tint, ...]:
    """Find the *words* of each state in *text*; no letter is tinted twice, the earlier state comes first."""
    taken: list[Tint] = []
    for state, spoken in words:
        for word in sorted(set(spoken), key=lambda one: (-len(one), one)):
            free = [at for at in _places(word, text) if not _touched(taken, at, at + len(word))]
            taken += (Tint(at, at + len(word), state) for at in free)
    return tuple(sorted(taken[:MOST], key=lambda tint: tint.start))


def _touched(taken: Iterable[Tint], start: int, end: int) -> bool:
    return any(start < tint.end and tint.start < end for tint in taken)


def _places(word: str, text: str) -> Iterator[int]:
    at = text.find(word) if len(word) >= SHORTEST else -1
    while at >= 0:
        yield at
        at = text.find(word, at + len(word))
