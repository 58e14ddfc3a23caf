"""The outbox: what waits to be delivered, and what a search of the console's own records finds."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from workstation.domain.command import Command
from workstation.domain.incident import Incident
from workstation.domain.transfer import Transfer


class Delivery(StrEnum):
    """Where a command is on its way; never a lifecycle state."""

    QUEUED = "queued"
    PARKED = "parked"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class OutboxRow:
    """A command waiting to be delivered, under its author's own credential."""

    seq: int
    command: Command
    author: str
    credential: str
    delivery: Delivery
    attempts: int
    created_at: datetime
    problem: str = ""
    detail: str = ""

    def __repr__(self) -> str:
        return f"OutboxRow({self.seq}, {self.command}, {self.delivery}, attempts={self.attempts})"


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchHit:
    """One order or incident found in the console's cache; both where they belong together."""

    incident: Incident | None = None
    transfer: Transfer | None = None
