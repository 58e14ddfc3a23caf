"""What the words of a call say about danger, and which matters are the police's own."""

from dataclasses import dataclass

from workstation.domain.edition import Edition
from workstation.domain.triggers import Grammar, Trigger, hits


@dataclass(frozen=True, slots=True)
class Danger:
    """A kind of present danger and the words that tell of it."""

    id: str
    title: str
    triggers: tuple[Trigger, ...]


@dataclass(frozen=True, slots=True)
class PoliceMatter:
    """A kind of matter that stays with the police, and the words that tell of it."""

    id: str
    title: str
    triggers: tuple[Trigger, ...]


@dataclass(frozen=True, slots=True)
class SafetyRules:
    """The words of danger and of police matters, with the language they are read in."""

    edition: Edition
    grammar: Grammar
    dangers: tuple[Danger, ...]
    police_matters: tuple[PoliceMatter, ...]


@dataclass(frozen=True, slots=True)
class Warned:
    """One danger or police matter found in a text, with the words that say so."""

    id: str
    title: str
    words: tuple[str, ...]


def dangers(rules: SafetyRules, text: str) -> tuple[Warned, ...]:
    """Find the present dangers that *text* tells of; empty means that no danger word stands."""
    return _warned(rules.dangers, text, rules.grammar)


def police_matters(rules: SafetyRules, text: str) -> tuple[Warned, ...]:
    """Find the matters in *text* that are the police's own."""
    return _warned(rules.police_matters, text, rules.grammar)


def _warned(kinds: tuple[Danger, ...] | tuple[PoliceMatter, ...], text: str, grammar: Grammar) -> tuple[Warned, ...]:
    found = []
    for kind in kinds:
        words = dict.fromkeys(w for t in kind.triggers for w in hits(t, text, grammar, asserted=True))
        if words:
            found.append(Warned(kind.id, kind.title, tuple(words)))
    return tuple(found)
