"""The gateway's service: everything a console may ask, in plain Python, with no HTTP in it."""

import logging
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from argon2 import PasswordHasher

from workstation.domain.command import Actor, Command
from workstation.domain.deadlines import DeadlineBook
from workstation.domain.errors import Refused
from workstation.domain.identity import TransferId
from workstation.domain.incident import Incident
from workstation.domain.transfer import Transfer
from workstation.gateway import tokens
from workstation.gateway.accounts import Accounts
from workstation.gateway.cards import CardWatch
from workstation.gateway.feed import Page, page_after
from workstation.gateway.hotline import HotlineConnector
from workstation.gateway.hotline_dispatch import HotlineDispatcher
from workstation.gateway.ports import GatewayStore, Ledger, Received, Verdict
from workstation.gateway.reading import ReadingRegister
from workstation.gateway.rulings import Ruling
from workstation.gateway.store_sqlite import SqliteStore
from workstation.protocol.codec import decode, encode
from workstation.protocol.messages import (
    Answer,
    Changes,
    Credential,
    Health,
    IncidentQuery,
    Problem,
    Reading,
    SignIn,
)

log = logging.getLogger(__name__)

VERSION: Final = "1"
Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Return the moment by this machine's clock."""
    return datetime.now(UTC)


class GatewayService:
    """The transfer API with authority: every method checks the token it is given, in the same transaction.

    All methods may be called from any thread. Where not said otherwise they raise ``SignInNeeded`` for a token that
    is not good and ``Unavailable`` when the disk is not.
    """

    def __init__(
        self,
        store: GatewayStore,
        hotline: HotlineConnector,
        *,
        clock: Clock = utc_now,
        hasher: PasswordHasher | None = None,
        deadlines: DeadlineBook | None = None,
    ) -> None:
        """Take the store, the way to the hotline, and the deadlines to watch; without them no card is raised."""
        self._store = store
        self._clock = clock
        self._readers = ReadingRegister()
        self._dispatcher = HotlineDispatcher(store, hotline)
        self._cards = CardWatch(store, deadlines) if deadlines is not None else None
        self._dispatching = threading.Lock()
        self.accounts = Accounts(store, hasher)
        self.on_accepted: Callable[[], None] = _nothing
        self.carries_well: Callable[[], bool] = _well

    def now(self) -> datetime:
        """Return the moment by the gateway's clock."""
        return self._clock()

    def sign_in(self, request: SignIn) -> Credential:
        """Return a credential for one person, one role and one seat."""
        return self.accounts.sign_in(request, self._clock())

    def sign_out(self, token: str, at: datetime) -> None:
        """End *token*; it stays good for commands made before *at*, by the desk's clock, for a day."""
        digest = tokens.digest_of(token)
        self._store.write(lambda ledger: ledger.accounts.end(digest, at)).result()
        self.accounts.seats.left(digest)

    def authenticate(self, token: str) -> Actor:
        """Return who holds *token*."""
        return self._store.read(lambda ledger: tokens.live(ledger, token, self._clock()))

    def push(self, commands: Sequence[Command], token: str) -> list[Answer | Problem]:
        """Decide *commands* in order; one answer each, a problem where one is refused."""
        verdicts = self.accept([Received(command=c, document=encode(c)) for c in commands], token).result()
        return [verdict.problem or self._answer(verdict) for verdict in verdicts]

    def accept(self, received: Sequence[Received], token: str) -> Future[list[Verdict]]:
        """Decide commands in order and answer when all are on disk; a refused one does not stop the others."""
        weight = max(1, len(received))
        decided = self._store.write(lambda ledger: self._accepted(ledger, received, token), weight=weight)
        decided.add_done_callback(lambda _: self.on_accepted())
        return decided

    def _accepted(self, ledger: Ledger, received: Sequence[Received], token: str) -> list[Verdict]:
        now = self._clock()
        actor = tokens.for_commands(ledger, token, [each.command for each in received], now)
        ruling = Ruling(actor, now)
        return [ruling.accept(ledger, each) for each in received]

    def _answer(self, verdict: Verdict) -> Answer:
        transfer = decode(verdict.document, Transfer) if verdict.document else None
        return Answer(command=verdict.command, transfer=transfer, server_time=self._clock())

    def pull(self, cursor: str, token: str) -> Changes:
        """Return what changed after *cursor*, oldest change first; from the beginning when it is not ours."""
        page = self.page(cursor, token)
        transfers = tuple(decode(document, Transfer) for document in page.documents)
        now = self._clock()
        return Changes(cursor=page.cursor, transfers=transfers, more=page.more, server_time=now, epoch=page.epoch)

    def page(self, cursor: str, token: str) -> Page:
        """Return what changed after *cursor* as it is served."""

        def work(ledger: Ledger) -> Page:
            tokens.live(ledger, token, self._clock())
            self.accounts.seats.heard(tokens.digest_of(token), self._clock())
            return page_after(cursor, self._store.epoch, ledger.orders)

        return self._store.read(work)

    def transfer(self, id: TransferId, token: str) -> Transfer:
        """Return the truth about one transfer.

        Raises:
            Refused: There is none (``unknown``).
        """
        return decode(self.document(id, token), Transfer)

    def document(self, id: str, token: str) -> bytes:
        """Return the truth about one transfer as it is served.

        Raises:
            Refused: There is none (``unknown``).
        """

        def work(ledger: Ledger) -> bytes | None:
            tokens.live(ledger, token, self._clock())
            return ledger.orders.document(id)

        found = self._store.read(work)
        if found is None:
            raise Refused("unknown", id)
        return found

    def incidents(self, query: IncidentQuery, token: str) -> Sequence[Incident]:
        """Return earlier incidents of all seats, newest first."""
        return [decode(document, Incident) for document in self.incident_documents(query, token)]

    def incident_documents(self, query: IncidentQuery, token: str) -> Sequence[bytes]:
        """Return earlier incidents as their desks wrote them, newest first."""

        def work(ledger: Ledger) -> Sequence[bytes]:
            tokens.live(ledger, token, self._clock())
            return ledger.incidents.find(query)

        return self._store.read(work)

    def read(self, reading: Reading, token: str) -> Sequence[Reading]:
        """Note that an order is being read, and return everybody who reads it."""
        return self._readers.note(reading.transfer, self.authenticate(token).user, self._clock())

    def health(self) -> Health:
        """Say how the gateway feels; no personal data, no token needed."""
        now = self._clock()
        waiting, oldest = self._store.read(lambda ledger: ledger.hotline.waiting())
        return Health(
            ok=self.carries_well(),
            version=VERSION,
            server_time=now,
            store=self._store.epoch,
            waiting_for_hotline=waiting,
            oldest_waiting_s=None if oldest is None else max(0.0, (now - oldest).total_seconds()),
        )

    def dispatch(self) -> int:
        """Carry what waits to the hotline and back, once, and raise the cards that are due; return how many of both."""
        now = self._clock()
        with self._dispatching:
            carried = self._dispatcher.run_once(now)
            return carried + (self._cards.run_once(now) if self._cards is not None else 0)

    def backup(self, to: Path) -> None:
        """Write a consistent copy of everything to *to* while work goes on."""
        self._store.backup(to)

    def close(self) -> None:
        """Finish what waits and close the store."""
        self._store.close()


def open_service(
    file: Path,
    hotline: HotlineConnector,
    *,
    clock: Clock = utc_now,
    hasher: PasswordHasher | None = None,
    deadlines: DeadlineBook | None = None,
) -> GatewayService:
    """Return a service over the SQLite store at *file*, which is made when it is missing.

    Raises:
        StoreRefused: A newer gateway wrote the file, or it is no store of ours.
    """
    return GatewayService(SqliteStore(file), hotline, clock=clock, hasher=hasher, deadlines=deadlines)


def _well() -> bool:
    """Nothing is carried by itself, so nothing can have stopped."""
    return True


def _nothing() -> None:
    """Nobody waits to hear that something was accepted."""
