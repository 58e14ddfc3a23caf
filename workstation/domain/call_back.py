"""The queue of callers who were cut off, as one seat sees it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from workstation.domain.call_event import EventKind, TelephonyEvent
from workstation.domain.call_party import CallId
from workstation.domain.privacy import Phone


class BackWish(StrEnum):
    """What a seat says of a caller who was cut off."""

    KEEP = "keep"
    SHARE = "share"
    SETTLE = "settle"


@dataclass(frozen=True, slots=True)
class Back:
    """A caller who was cut off and is to be called back.

    Args:
        call: The call that was cut off, and when that was in ``at``.
        tries: How often the caller was not reached.
        mine: Whether this seat keeps it.
        taken: Whether another seat has it, or somebody calls just now.
    """

    call: CallId
    at: datetime
    number: Phone
    tries: int = 0
    mine: bool = False
    taken: bool = False

    @classmethod
    def told_by(cls, event: TelephonyEvent) -> "Back":
        """Return what a ``back_waiting`` or ``back_taken`` event says."""
        taken = event.kind is EventKind.BACK_TAKEN
        return cls(event.call, event.at, event.number, event.tries, mine=event.on, taken=taken)

    @property
    def shown(self) -> str:
        """The number as the window may show it: masked until this seat has it."""
        return self.number.text if self.mine else self.number.masked()


def in_turn(backs: Iterable[Back]) -> tuple[Back, ...]:
    """Return who is to be called back, the longest waiting first."""
    return tuple(sorted(backs, key=lambda back: (back.at, back.call)))


def next_back(backs: Iterable[Back]) -> Back | None:
    """Return whom one key calls back: this seat's own first, then whoever waits longest; nobody if all are taken."""
    free = [back for back in in_turn(backs) if not back.taken]
    return min(free, key=lambda back: not back.mine, default=None)
