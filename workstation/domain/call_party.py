"""The people in a call: the citizen, our seat, and the third parties who were asked to join."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from workstation.domain.privacy import Address, PersonName, Phone

CallId = NewType("CallId", str)
LegId = NewType("LegId", str)

CITIZEN_LEG = LegId("citizen")
SEAT_LEG = LegId("seat")


class PartyKind(StrEnum):
    CITIZEN = "citizen"
    SEAT = "seat"
    THIRD = "third"


class PartyState(StrEnum):
    CALLING = "calling"
    RINGING = "ringing"
    JOINED = "joined"
    HELD = "held"
    MUTED = "muted"
    PRIVATE = "private"
    LEFT = "left"
    FAILED = "failed"


class Ending(StrEnum):
    """How the attempt to add a party ended."""

    JOINED = "joined"
    BUSY = "busy"
    REJECTED = "rejected"
    NO_ANSWER = "no_answer"
    UNREACHABLE = "unreachable"
    NOT_CONFIGURED = "not_configured"
    CANCELLED = "cancelled"


COMING = frozenset({PartyState.CALLING, PartyState.RINGING})
GONE = frozenset({PartyState.LEFT, PartyState.FAILED})


@dataclass(frozen=True, slots=True)
class Party:
    """One leg of a call; ``state`` is what the window shows, ``held`` and ``muted`` are why.

    Args:
        name: The partner line's name; a citizen's stands in ``person``, which masks itself.
        since: When the shown state began; the window counts from here.
        ending: How adding it ended; None while nobody has picked up yet.
    """

    kind: PartyKind
    leg: LegId
    since: datetime
    state: PartyState = PartyState.CALLING
    name: str = ""
    person: PersonName = PersonName()  # noqa: RUF009 -- it is immutable
    number: Phone = Phone()  # noqa: RUF009 -- it is immutable
    location: Address = Address()  # noqa: RUF009 -- it is immutable
    line_id: str = ""
    ending: Ending | None = None
    held: bool = False
    muted: bool = False

    @property
    def coming(self) -> bool:
        """Say whether its phone is being dialled or rings."""
        return self.state in COMING

    @property
    def present(self) -> bool:
        """Say whether it is in the call, whatever it can hear."""
        return self.state not in COMING and self.state not in GONE

    @property
    def alive(self) -> bool:
        """Say whether it is in the call or on its way there."""
        return self.state not in GONE
