"""The Chinese names of the glossary, read backwards: what a step says, as the value it means."""

from functools import cache
from pathlib import Path

from workstation.adapters.content_yaml import read_content
from workstation.domain.deadlines import DeadlineKind
from workstation.domain.intake import FIELDS
from workstation.domain.lifecycle import Action, Flag, State
from workstation.domain.order import GapReason
from workstation.domain.transfer import Satisfaction

RESOURCES = Path(__file__).parents[2] / "resources"


@cache
def _ids(group: str) -> dict[str, str]:
    terms = read_content(RESOURCES).glossary.terms
    return {term.zh: term.id for term in terms if term.group == group}


def state(name: str) -> State:
    """Return the state that the window calls *name*."""
    return State(_ids("state")[name])


def action(name: str) -> Action:
    """Return the action that the window calls *name*."""
    return Action(_ids("action")[name])


def flag(name: str) -> Flag:
    """Return the flag that the window calls *name*."""
    return Flag(_ids("flag")[name])


def gap(name: str) -> GapReason:
    """Return the reason of a gap that the window calls *name*."""
    return GapReason(_ids("gap_reason")[name])


def deadline(name: str) -> DeadlineKind:
    """Return the deadline that the window calls *name*."""
    return DeadlineKind(_ids("deadline_kind")[name])


def satisfaction(name: str) -> Satisfaction:
    """Return the answer of a call-back that the window calls *name*."""
    return Satisfaction(_ids("satisfaction")[name])


def outcome(name: str) -> str:
    """Return the identifier of the outcome that the window calls *name*."""
    return _ids("outcome")[name]


def field(name: str) -> str:
    """Return the field of the form that the window calls *name*."""
    found = _ids("field")[name]
    assert found in FIELDS, name
    return found
