"""The watch over deadlines: it raises yellow and red cards by itself, each once."""

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from workstation.domain.command import Actor, Command
from workstation.domain.deadlines import DeadlineBook
from workstation.domain.identity import CommandId, uuid7
from workstation.domain.lifecycle import Role
from workstation.domain.owed import Card, cards_due, cards_to_come
from workstation.domain.standing import UNDER_WAY
from workstation.domain.transfer import Step, Transfer
from workstation.gateway.ports import GatewayStore, Ledger, Received
from workstation.gateway.rulings import Ruling
from workstation.protocol.codec import decode, encode

log = logging.getLogger(__name__)

GATEWAY: Final = Actor(user="gateway", role=Role.SYSTEM)
_AT_ONCE: Final = 50


@dataclass(frozen=True, slots=True)
class _Glance:
    """What is read of a changed order first: most of them owe nothing, and a whole one takes its time."""

    id: str
    state: str


class CardWatch:
    """Follows the change feed and knows when the next card of each order falls due; ``run_once`` may come often.

    What it knows lies in memory and is read anew after a restart. Which cards were raised stands in the order itself,
    and is looked at again in the transaction that raises one.
    """

    def __init__(self, store: GatewayStore, book: DeadlineBook) -> None:
        self._store = store
        self._book = book
        self._next: dict[str, datetime] = {}
        self._followed: int | None = None

    def run_once(self, now: datetime) -> int:
        """Raise what is due, and return how many cards that was."""
        self._follow()
        due = sorted(id for id, at in self._next.items() if at < now)
        raised = 0
        for start in range(0, len(due), _AT_ONCE):
            raised += self._raise(due[start : start + _AT_ONCE], now)
        return raised

    def _follow(self) -> None:
        """Look at every order that changed since the last time; the first time at those that are under way."""
        if self._followed is None:
            latest, ids = self._store.read(_under_way)
            for start in range(0, len(ids), _AT_ONCE):
                self._look_at(ids[start : start + _AT_ONCE])
            self._followed = latest
        while rows := self._changed(self._followed):
            for _, document in rows:
                glance = decode(bytes(document), _Glance)
                if glance.state in UNDER_WAY:
                    self._note(decode(bytes(document), Transfer))
                else:
                    self._next.pop(glance.id, None)
            self._followed = rows[-1][0]

    def _changed(self, after: int) -> list[tuple[int, bytes]]:
        return self._store.read(lambda ledger: list(ledger.orders.changed(after, _AT_ONCE)))

    def _look_at(self, ids: list[str]) -> None:
        for stored in self._store.read(lambda ledger: [ledger.orders.transfer(id) for id in ids]):
            if stored is not None:
                self._note(stored.transfer)

    def _note(self, transfer: Transfer) -> None:
        coming = cards_to_come(transfer, self._book)
        self._next.pop(transfer.id, None)
        if coming:
            self._next[transfer.id] = coming[0].at

    def _raise(self, ids: list[str], now: datetime) -> int:
        def work(ledger: Ledger) -> int:
            return sum(self._raise_one(ledger, id, now) for id in ids)

        raised = self._store.write(work, weight=len(ids)).result()
        self._look_at(ids)
        return raised

    def _raise_one(self, ledger: Ledger, id: str, now: datetime) -> int:
        stored = ledger.orders.transfer(id)
        if stored is None:
            return 0
        cards = cards_due(stored.transfer, self._book, now)
        for card in cards:
            command = _command(stored.transfer, card, now)
            verdict = Ruling(GATEWAY, now).accept(ledger, Received(command=command, document=encode(command)))
            log.info("card raised transfer=%s action=%s kind=%s", id, card.action, card.kind)
            if verdict.problem is not None:
                log.warning("card refused transfer=%s why=%s", id, verdict.problem.problem)
        return len(cards)


def _under_way(ledger: Ledger) -> tuple[int, list[str]]:
    return ledger.orders.latest(), [id for state in UNDER_WAY for id in ledger.orders.in_state(state)]


def _command(transfer: Transfer, card: Card, now: datetime) -> Command:
    step = Step(action=card.action, role=GATEWAY.role, by=GATEWAY.user, at=now, fields=(card.kind,))
    return Command(
        id=CommandId(uuid7(now)),
        at=now,
        transfer=transfer.id,
        state=transfer.state,
        revision=transfer.revision,
        step=step,
    )
