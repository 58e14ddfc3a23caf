"""What is written down about a call for later: which way it went, who was in it, who keeps the matter."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from workstation.domain.call_party import Ending, LegId


class CallDirection(StrEnum):
    INCOMING = "incoming"
    OUTGOING = "outgoing"


class FirstContact(StrEnum):
    """Who keeps the matter after a three-way call; without an agreement it is whoever took the call first."""

    THIRD_TAKES = "third_takes"
    WE_KEEP = "we_keep"


@dataclass(frozen=True, slots=True)
class CallNote:
    """One line of the consultation log: what happened, and who was in the call from then on."""

    at: datetime
    leg: LegId
    what: str
    present: tuple[LegId, ...]
    ending: Ending | None = None
