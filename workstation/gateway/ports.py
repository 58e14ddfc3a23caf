"""What the gateway's rules need of a store: the seam where PostgreSQL may once stand instead of SQLite."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol, TypeVar

from workstation.domain.command import Command
from workstation.domain.incident import Incident
from workstation.domain.lifecycle import Action, Role, State
from workstation.domain.transfer import Transfer
from workstation.protocol.messages import IncidentQuery, Problem

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A command as it came in: what we understood of it, and the bytes, in which there may be more."""

    command: Command
    document: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What became of a command: the snapshot it led to, or the problem; the snapshot is the current one."""

    command: str
    document: bytes | None = None
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Stored:
    """A transfer in the store, and the fields of its order that a newer console wrote and we do not know."""

    transfer: Transfer
    unknown_fields: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A user as the store knows them; the verifier is argon2's, never a password."""

    user: str
    name: str
    roles: frozenset[Role]
    admin: bool = False
    disabled: bool = False
    verifier: str
    failures: int = 0
    locked_until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A credential as the store knows it; ``ended_at`` is the desk's clock at sign-out."""

    user: str
    role: Role
    seat: str
    expires_at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """One change of an account: who made it, when, and what it was."""

    at: datetime
    by: str
    act: str
    user: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One message to the hotline that is still to be delivered, in the order it was written."""

    seq: int
    uid: str
    transfer: str
    action: Action
    attempts: int


class OrderRows(Protocol):
    """Transfers and the commands that were decided on them."""

    def transfer(self, id: str) -> Stored | None: ...
    def document(self, id: str) -> bytes | None: ...
    def save(self, transfer: Transfer, unknown_fields: bytes = b"") -> bytes:
        """Keep *transfer* as the latest change of the feed; return the document as it will be served."""
        ...

    def changed(self, after: int, most: int) -> Sequence[tuple[int, bytes]]: ...
    def in_state(self, state: State) -> Sequence[str]: ...
    def latest(self) -> int:
        """Return the feed's newest number."""
        ...

    def next_inbound(self, day: str) -> int:
        """Return the next running number for what the hotline offers on *day*, beginning with 1."""
        ...

    def verdict(self, command: str) -> tuple[str, Verdict] | None:
        """Return who gave the command *command* and what became of it; nothing when it is new."""
        ...

    def remember(self, user: str, received: Received, problem: Problem | None, at: datetime) -> None: ...


class IncidentRows(Protocol):
    """Revisions of incidents and the questions about them."""

    def newest(self, id: str) -> Incident | None:
        """Return the newest revision; nothing when the incident is new."""
        ...

    def authors(self, id: str) -> frozenset[str]: ...
    def save(self, incident: Incident, document: bytes, command: str, by: str) -> None:
        """Keep a new revision; *by*, who sent it, joins the authors, and a first one's own authors count too."""
        ...

    def find(self, query: IncidentQuery) -> Sequence[bytes]: ...


class HotlineRows(Protocol):
    """What waits for the hotline, and what came from it."""

    def consign(self, uid: str, transfer: str, action: Action, at: datetime) -> None: ...
    def due(self, now: datetime, most: int) -> Sequence[Delivery]: ...
    def still_open(self, seq: int) -> bool: ...
    def done(self, seq: int, at: datetime, problem: str = "") -> None: ...
    def postpone(self, seq: int, until: datetime, problem: str) -> None: ...
    def forget(self, transfer: str, at: datetime, why: str) -> None: ...
    def waiting(self) -> tuple[int, datetime | None]:
        """Return how many deliveries wait and since when the oldest does."""
        ...

    def fate(self, uid: str) -> str: ...
    def keep(self, uid: str, transfer: str, remote_seq: int, document: bytes, at: datetime) -> None: ...
    def settle(self, uid: str, fate: str, problem: str = "") -> None: ...
    def held(self, transfer: str) -> Sequence[bytes]:
        """Return the remote messages about *transfer* that overtook another one, lowest number first."""
        ...


class AccountRows(Protocol):
    """Users and their credentials."""

    def account(self, user: str) -> Account | None: ...
    def accounts(self) -> Sequence[Account]: ...
    def save(self, account: Account) -> None: ...
    def note(self, act: Act) -> None: ...
    def acts(self) -> Sequence[Act]:
        """Return every change of an account, the oldest first."""
        ...

    def token(self, digest: str) -> tuple[Token, bool] | None:
        """Return the token and whether its user is disabled."""
        ...

    def issue(self, digest: str, token: Token, at: datetime) -> None: ...
    def end(self, digest: str, at: datetime) -> None: ...
    def withdraw(self, user: str) -> None: ...
    def sweep(self, before: datetime) -> None: ...


class Ledger(Protocol):
    """All rows of the store inside one transaction."""

    @property
    def orders(self) -> OrderRows: ...
    @property
    def incidents(self) -> IncidentRows: ...
    @property
    def hotline(self) -> HotlineRows: ...
    @property
    def accounts(self) -> AccountRows: ...


Decide = Callable[[Ledger, Received], bytes | None]
"""The rule on one command: saves and returns the document it led to, or raises why not, before it saved anything."""


class GatewayStore(Protocol):
    """A durable store with one writer at a time; what its future has answered survives a crash."""

    @property
    def epoch(self) -> str:
        """The store's life; new after a restore."""
        ...

    def write(self, work: Callable[[Ledger], T], *, weight: int = 1) -> Future[T]:
        """Do *work* in a durable transaction, maybe together with others' work, and answer when it is on disk."""
        ...

    def read(self, work: Callable[[Ledger], T]) -> T:
        """Do *work*, which only reads, on one consistent picture of the store."""
        ...

    def backup(self, to: Path) -> None: ...
    def close(self) -> None: ...
