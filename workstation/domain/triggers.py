"""Words in context: a bare word means little, its clause and sentence decide."""

from collections.abc import Iterator
from dataclasses import dataclass

NEGATION_REACH = 5
NEAR_REACH = 30


@dataclass(frozen=True, slots=True)
class Grammar:
    """What the reader must know of the language: where clauses end, what denies, what only supposes."""

    sentence_ends: str
    clause_ends: str
    negations: tuple[str, ...]
    suppositions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trigger:
    """Some words that speak for something.

    One of *any* has to occur; if *near* is given, one of those close by in the
    same sentence too; none of *unless* may occur anywhere in that sentence.
    """

    any: tuple[str, ...]
    near: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


def hits(trigger: Trigger, text: str, grammar: Grammar, *, asserted: bool = False) -> tuple[str, ...]:
    """List the words of *trigger* that *text* really says, each once.

    Args:
        trigger: What to look for.
        text: What the caller said.
        grammar: The language it was said in.
        asserted: Leave out what is denied ("no fire") or only supposed ("it might burn").
    """
    found: dict[str, None] = {}
    for word in trigger.any:
        for at in _places(word, text):
            close = _close_by(text, at, at + len(word), grammar)
            if not _fits(trigger, close, _around(text, at, grammar.sentence_ends)):
                continue
            if asserted and not _is_asserted(text, at, grammar):
                continue
            found |= dict.fromkeys([word, *(n for n in trigger.near if n in close)])
    return tuple(found)


def _places(word: str, text: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + len(word))


def _around(text: str, at: int, ends: str) -> str:
    start = max((text.rfind(end, 0, at) for end in ends), default=-1) + 1
    stops = [stop for stop in (text.find(end, at) for end in ends) if stop >= 0]
    return text[start : min(stops, default=len(text))]


def _close_by(text: str, start: int, stop: int, grammar: Grammar) -> str:
    """Cut out what stands close to a word without crossing the end of its sentence."""
    before, after = text[max(0, start - NEAR_REACH) : start], text[start : stop + NEAR_REACH]
    for end in grammar.sentence_ends:
        before, after = before.rpartition(end)[2], after.partition(end)[0]
    return before + after


def _fits(trigger: Trigger, close: str, sentence: str) -> bool:
    if trigger.near and not any(word in close for word in trigger.near):
        return False
    return not any(word in sentence for word in trigger.unless)


def _is_asserted(text: str, at: int, grammar: Grammar) -> bool:
    clause = _around(text, at, grammar.sentence_ends + grammar.clause_ends)
    before = text[max(0, at - NEGATION_REACH) : at]
    for end in grammar.sentence_ends + grammar.clause_ends:
        before = before.rpartition(end)[2]
    denied = any(word in before for word in grammar.negations)
    return not denied and not any(word in clause for word in grammar.suppositions)
