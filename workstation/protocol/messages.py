"""What goes over the wire besides the aggregates themselves."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from workstation.domain.command import Command
from workstation.domain.identity import SEAT_FORM
from workstation.domain.incident import Incident
from workstation.domain.lifecycle import Role
from workstation.domain.limits import Limit, check_limits
from workstation.domain.transfer import Transfer

BATCH = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """A request for a credential; the password is never logged or stored.

    ``console`` is the data root's own id: it tells two consoles at one seat apart. Empty: an older console.
    """

    user: Annotated[str, Limit(max_length=40, min_length=1)]
    password: Annotated[str, Limit(max_length=200, min_length=1)]
    seat: Annotated[str, Limit(max_length=8, min_length=1, pattern=SEAT_FORM)]
    role: Role
    console: Annotated[str, Limit(max_length=80)] = ""

    def __post_init__(self) -> None:
        check_limits(self)

    def __repr__(self) -> str:
        return f"SignIn({self.user}, {self.role})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential:
    """What a sign-in gave: a token for one person, one role and one seat."""

    token: str
    user: str
    name: str
    role: Role
    seat: str
    expires_at: datetime
    server_time: datetime

    def __repr__(self) -> str:
        return f"Credential({self.user}, {self.role}, {self.seat})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Who holds a token that is good now; the telephony bridge asks for it."""

    user: str
    role: Role
    seat: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The gateway's answer to one command: applied now or before, with the current snapshot."""

    command: str
    transfer: Transfer | None = None
    server_time: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Why the gateway will never accept a command, or cannot answer; ``problem`` is a code."""

    problem: str
    detail: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What became of one command of a batch: an answer or a problem, beside the command's id where it had one."""

    command: str
    answer: Answer | None = None
    problem: Problem | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Commands of one credential, in order; a bad one does not stop the others."""

    commands: tuple[Command, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """One result for each command of a batch, in the batch's order."""

    results: tuple[Result, ...] = ()
    server_time: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """Snapshots that changed after a cursor, oldest change first; ``more`` says: ask again at once.

    ``epoch`` names the store's life: it changes when a backup is restored, and then the versions a console
    knows mean nothing any more.
    """

    cursor: str
    transfers: tuple[Transfer, ...] = ()
    more: bool = False
    server_time: datetime
    epoch: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentQuery:
    """A question about earlier incidents, by id, phone, place or words; empty parts are not asked for."""

    id: Annotated[str, Limit(max_length=80)] = ""
    phone: Annotated[str, Limit(max_length=40)] = ""
    region: Annotated[str, Limit(max_length=20)] = ""
    words: Annotated[str, Limit(max_length=100)] = ""
    limit: Annotated[int, Limit(least=1, most=50)] = 20

    def __post_init__(self) -> None:
        check_limits(self)

    def __repr__(self) -> str:
        return f"IncidentQuery(region={self.region}, limit={self.limit})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Incidents:
    """Earlier incidents, newest first."""

    incidents: tuple[Incident, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Who is reading an order in the approval pane; forgotten after half a minute."""

    transfer: str
    user: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Readings:
    """Everybody who reads an order now, the longest reader first."""

    readings: tuple[Reading, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOut:
    """The end of a credential, by the clock of the desk whose commands it carries."""

    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How the gateway feels; no personal data."""

    ok: bool
    version: str
    server_time: datetime
    store: str
    waiting_for_hotline: int
    oldest_waiting_s: float | None = None


MESSAGES: tuple[type, ...] = (
    SignIn,
    Credential,
    SignOut,
    Holder,
    Batch,
    Command,
    Answer,
    Problem,
    Result,
    Results,
    Changes,
    IncidentQuery,
    Incidents,
    Reading,
    Readings,
    Health,
)
