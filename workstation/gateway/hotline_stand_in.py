"""The stand-in of 12345: a played hotline that gives receipts and walks orders on, by schedule or on demand."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Final

from workstation.domain.errors import Unavailable
from workstation.domain.identity import CHINA, TransferId, uuid7
from workstation.domain.lifecycle import Action, Direction
from workstation.domain.order import CONTENT_LIMIT, Order
from workstation.domain.transfer import Transfer
from workstation.gateway.hotline import Consignment, RemoteMessage
from workstation.gateway.hotline_script import Play, Scripts
from workstation.gateway.stand_in_file import Book, StandInFile

STRAIGHT: Final = "straight"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How the stand-in behaves: its pace, its appetite and its disorder.

    With *delay* none it moves only on demand. Every order is played by *script*, unless *choose* names another; with
    *in_turn* each new order is played by the next of these.
    With *disorder* it says things twice and out of order.
    """

    delay: timedelta | None = timedelta(0)
    content_limit: int = CONTENT_LIMIT
    script: str = STRAIGHT
    in_turn: tuple[str, ...] = ()
    choose: Callable[[Transfer], str] | None = None
    disorder: Random | None = None


class HotlineStandIn:
    """A connector with a played hotline behind it; the file, when there is one, survives a crash of the gateway."""

    def __init__(
        self, scripts: Scripts, clock: Callable[[], datetime], *, manner: Manner | None = None, file: Path | None = None
    ) -> None:
        self.scripts = scripts
        self._clock = clock
        self._manner = manner or Manner()
        self._file = StandInFile(file)
        self._lock = threading.RLock()
        self.reachable = True

    @property
    def content_limit(self) -> int:
        """How many characters of content it takes in one piece."""
        return self._manner.content_limit

    def reach(self) -> None:
        """Return at once when the hotline can be reached now.

        Raises:
            Unavailable: ``reachable`` was set to false.
        """
        if not self.reachable:
            raise Unavailable("hotline_out_of_reach")

    def send(self, consignment: Consignment) -> None:
        """Take *consignment*; the same uid again changes nothing."""
        self.reach()
        with self._lock, self._file.together():
            if self._file.heard(consignment.uid, consignment.action, consignment.transfer.id):
                return
            self._react(consignment)

    def collect(self) -> Sequence[RemoteMessage]:
        """Play what is due, and return everything that was not acknowledged."""
        self.reach()
        with self._lock:
            with self._file.together():
                self._play_due()
            messages = list(self._file.messages())
        if self._manner.disorder is not None:
            messages += self._manner.disorder.sample(messages, len(messages) // 4)
            self._manner.disorder.shuffle(messages)
        return messages

    def acknowledge(self, messages: Sequence[RemoteMessage]) -> None:
        """Forget *messages*: they are on the gateway's disk."""
        with self._lock:
            self._file.forget([message.uid for message in messages])

    def books(self) -> Sequence[Book]:
        """Return what it knows of each order, the oldest first."""
        with self._lock:
            return self._file.books()

    def advance(self, transfer: str) -> bool:
        """Play the next step of *transfer*'s script now; say whether there was one."""
        with self._lock, self._file.together():
            return self._play_next(self._file.book(transfer))

    def play(self, transfer: str, script: str) -> None:
        """Let *transfer* go on by *script* from here, at its pace."""
        with self._lock, self._file.together():
            book = self._file.book(transfer)
            self._file.keep(replace(book, rest=tuple(self.scripts[script]), due_at=self._due() or book.due_at))

    def say(self, transfer: str, play: Play) -> RemoteMessage:
        """Say one thing of *transfer* outside its script, and return it."""
        with self._lock, self._file.together():
            return self._say(self._file.book(transfer), play)

    def offer(self, order: Order) -> TransferId:
        """Offer 110 an order of the hotline's own."""
        now = self._clock()
        with self._lock, self._file.together():
            id = TransferId(uuid7(now))
            book = replace(self._open(id), rest=())
            message = RemoteMessage(
                uid=f"{id} 1", transfer=id, remote_seq=1, at=now, order=order, hotline_number=book.hotline_number
            )
            self._file.say(message)
            self._file.keep(replace(book, seq=1))
            return id

    def orders(self) -> list[tuple[str, Action]]:
        """Return every distinct thing it was told, as the transfer and the action: the effects at the far end."""
        with self._lock:
            return self._file.told()

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _react(self, consignment: Consignment) -> None:
        transfer = consignment.transfer
        known = self._file.find(transfer.id) or self._open(transfer.id)
        script: Sequence[Play] = known.rest
        if consignment.action is Action.RELEASE:
            script = self.scripts[self._chosen(transfer)]
        elif consignment.action is Action.ASK_RECALL:
            script = self.scripts["recalled"]
        elif consignment.action is Action.REPORT and transfer.direction is Direction.INBOUND:
            script = self.scripts["reported"]
        self._file.keep(replace(known, number=transfer.number, rest=tuple(script), due_at=self._due()))

    def _chosen(self, transfer: Transfer) -> str:
        if self._manner.choose is not None:
            return self._manner.choose(transfer)
        turns = self._manner.in_turn
        return turns[self._file.count() % len(turns)] if turns else self._manner.script

    def _open(self, transfer: str) -> Book:
        day = self._clock().astimezone(CHINA)
        number = f"12345-{day:%y%m%d}-{self._file.count() + 1:06d}"
        return Book(transfer=transfer, hotline_number=number, seq=0, rest=(), due_at=None)

    def _due(self) -> datetime | None:
        return None if self._manner.delay is None else self._clock() + self._manner.delay

    def _play_due(self) -> None:
        if self._manner.delay is None:
            return
        now = self._clock()
        while due := self._file.due(now):
            for book in due:
                self._play_next(book)

    def _play_next(self, book: Book) -> bool:
        if not book.rest:
            return False
        self._say(replace(book, rest=book.rest[1:], due_at=self._due() or book.due_at), book.rest[0])
        return True

    def _say(self, book: Book, play: Play) -> RemoteMessage:
        message = RemoteMessage(
            uid=f"{book.transfer} {book.seq + 1}",
            transfer=TransferId(book.transfer),
            remote_seq=book.seq + 1,
            at=self._clock(),
            action=play.action,
            role=play.role,
            by=play.role,
            hotline_number=book.hotline_number,
            reason=play.reason,
            unit=play.unit,
            tier=play.tier,
            result=play.result,
            satisfaction=play.satisfaction,
        )
        self._file.say(message)
        self._file.keep(replace(book, seq=book.seq + 1))
        return message
