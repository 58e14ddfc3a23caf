"""What the desk needs from outside, in its own words; adapters fit by shape."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from workstation.domain.call import Call
from workstation.domain.call_party import CallId
from workstation.domain.command import Command
from workstation.domain.identity import CommandId, IncidentId, TransferId
from workstation.domain.incident import Incident
from workstation.domain.lifecycle import Flag, Role, State
from workstation.domain.outbox import Delivery, OutboxRow, SearchHit
from workstation.domain.suggestion import Suggestions
from workstation.domain.transfer import Transfer
from workstation.protocol.messages import Answer, Changes, Credential, IncidentQuery, Problem, Reading, SignIn

Clock = Callable[[], datetime]
NewId = Callable[[], str]


class Transaction(Protocol):
    """Reads and writes that happen together or not at all."""

    def save_incident(self, incident: Incident) -> None:
        """Keep *incident* as it is now; later calls with the same id replace it."""
        ...

    def incident(self, id: IncidentId) -> Incident:
        """Return the incident; ``KeyError`` when the cache has none."""
        ...

    def incidents(self, *, author: str = "", open_only: bool = False, limit: int = 200) -> Sequence[Incident]:
        """Return incidents of this console, newest first; *open_only* leaves out concluded ones."""
        ...

    def save_transfer(self, transfer: Transfer) -> None:
        """Keep what the gateway last said of *transfer* (or the draft, before it ever spoke)."""
        ...

    def save_snapshot(self, transfer: Transfer) -> bool:
        """Keep a pulled snapshot unless that transfer has a queued command or ours is not older; say whether kept."""
        ...

    def transfer(self, id: TransferId) -> Transfer:
        """Return the transfer; ``KeyError`` when the cache has none."""
        ...

    def transfers(
        self, *, states: Sequence[State] = (), author: str = "", flag: Flag | None = None, limit: int = 500
    ) -> Sequence[Transfer]:
        """Return transfers of the cache, newest first, narrowed by state, by one of the authors, by a flag."""
        ...

    def enqueue(self, command: Command, *, author: str, credential: str) -> None:
        """Queue *command* for the gateway behind everything queued before."""
        ...

    def sign(self, author: str, role: Role, credential: str) -> None:
        """Give the author's own rows of this role this credential; a row that has one is never touched."""
        ...

    def unsign(self, credential: str) -> None:
        """Strike a credential out of the rows that still wait under it."""
        ...

    def outbox(self, *, delivery: Delivery | None = None, limit: int = 1000) -> Sequence[OutboxRow]:
        """Return the rows in the order they were queued."""
        ...

    def queued_for(self, transfer: TransferId) -> Sequence[Command]:
        """Return the commands of one transfer that are still queued or parked, in order."""
        ...

    def delivered(self, command: CommandId) -> None:
        """Forget a command that the gateway acknowledged."""
        ...

    def failed(self, command: CommandId, delivery: Delivery, problem: str, detail: str = "") -> None:
        """Count a failed attempt and keep the reason; *delivery* says whether it stays queued, is parked or refused."""
        ...

    def requeue(self, command: CommandId) -> None:
        """Put a parked command back into the queue, in its old place."""
        ...

    def dismiss(self, command: CommandId) -> None:
        """Drop a refused command that the user has read."""
        ...

    def save_call(self, call: Call) -> None:
        """Keep *call* with its log."""
        ...

    def call(self, id: CallId) -> Call:
        """Return the call; ``KeyError`` when the cache has none."""
        ...

    def calls(self, *, limit: int = 200) -> Sequence[Call]:
        """Return the calls of this console, newest first."""
        ...

    def next_count(self, day: str, seat: str) -> int:
        """Return the next running number of *seat* on *day* (``YYMMDD``), beginning with 1; never twice the same."""
        ...

    def search(self, words: str, *, limit: int = 50) -> Sequence[SearchHit]:
        """Find orders and incidents by any visible number, name, place or words, newest first."""
        ...

    def remember(self, name: str, value: str) -> None:
        """Keep a small setting of this console: the cursor, the cached sign-in verifier, the theme."""
        ...

    def recall(self, name: str) -> str:
        """Return a remembered setting; empty when there is none."""
        ...


class Store(Protocol):
    """The console's encrypted cache."""

    def begin(self) -> AbstractContextManager[Transaction]:
        """Open a transaction; leaving it commits durably, an exception rolls back."""
        ...

    def close(self) -> None:
        """Close the file."""
        ...


class Gateway(Protocol):
    """The transfer API as one console sees it.

    Every method raises ``Unavailable`` when the gateway cannot be reached, ``SignInNeeded`` when the credential is
    not good, and ``Refused`` for the gateway's own final answer.
    """

    def sign_in(self, request: SignIn) -> Credential:
        """Return a credential for one person, one role and one seat."""
        ...

    def sign_out(self, token: str, at: datetime) -> None:
        """End a credential; it still delivers what was queued under it before *at*."""
        ...

    def push(self, commands: Sequence[Command], token: str) -> Sequence[Answer | Problem]:
        """Deliver *commands* in order under one credential; one answer each, a problem where one is refused."""
        ...

    def pull(self, cursor: str, token: str) -> Changes:
        """Return what changed after *cursor* (empty: from the beginning)."""
        ...

    def transfer(self, id: TransferId, token: str) -> Transfer:
        """Return the gateway's truth about one transfer; ``Refused("unknown")`` when it has none."""
        ...

    def incidents(self, query: IncidentQuery, token: str) -> Sequence[Incident]:
        """Return earlier incidents of all seats, newest first."""
        ...

    def read(self, reading: Reading, token: str) -> Sequence[Reading]:
        """Say that an order is being read, and learn who else reads it."""
        ...


class Recogniser(Protocol):
    """Proposes categories for a text."""

    def suggest(self, text: str, top: int = 3) -> Suggestions:
        """Return the proposals, best first."""
        ...
