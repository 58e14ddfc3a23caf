"""The callers of one exchange who were cut off: one queue for all its seats."""

from collections import OrderedDict
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from threading import Lock
from typing import Final

from workstation.domain.call_back import BackWish
from workstation.domain.call_delivery import Delivery
from workstation.domain.call_event import CallEnd, EventKind, TelephonyEvent
from workstation.domain.call_party import CallId
from workstation.domain.privacy import Phone

MOST: Final = 200
BACK_RINGS_S: Final = 30
"""For how long a citizen who is called back is let ring."""
Send = Callable[[TelephonyEvent], None]


@dataclass(slots=True, eq=False)
class Waiting:
    """A caller who was cut off.

    Args:
        seat: Who keeps them; empty while any seat may take them.
        called: Whether they are being called just now.
    """

    call: CallId
    number: Phone
    at: datetime
    seat: str = ""
    called: bool = False
    tries: int = 0


class BackQueue:
    """Who is to be called back, and which seat has them; it tells every seat, behind the seat's own news.

    Whoever hung up while it rang stands here by themselves. Of one who was talked to only the seat knows whether that
    was a good-bye: it says so, and keeps them until it lets any seat take them. A withheld number cannot be called.
    Thread-safe; what it tells goes out with `run`, which is called without any lock.

    Args:
        keep: Is told of each caller who waits as they stand now, and of each who waits no longer, among the news.
    """

    def __init__(self, keep: Callable[[CallId, Waiting | None], None] = lambda *_: None) -> None:
        self._keep = keep
        self._waiting: OrderedDict[CallId, Waiting] = OrderedDict()
        self._talked: OrderedDict[CallId, Waiting] = OrderedDict()
        self._sends: dict[str, Send] = {}
        self._news = Delivery()
        self._lock = Lock()

    def join(self, seat: str, send: Send) -> None:
        """Tell a seat from now on."""
        with self._lock:
            self._sends[seat] = send

    def run(self) -> None:
        """Tell what has not been told yet."""
        self._news.run()

    def restore(self, waiting: Iterable[Waiting], abandoned: Iterable[tuple[Waiting, bool]]) -> None:
        """Go on with what was kept, and with who hung up while nobody was here, each with whether they were talked to.

        Whoever was being called back when that broke off waits again.
        """
        with self._lock:
            for it in waiting:
                self._wait(it)
            for it, talked in abandoned:
                for former in [other for other in self._waiting.values() if other.number == it.number]:
                    if talked or it.call == former.call:
                        self._gone(former)
                if talked:
                    self._talked[it.call] = it
                else:
                    it.seat = ""
                    self._wait(it)

    def retell(self, seat: str, send: Send) -> None:
        """Tell one seat everybody who waits, at once and behind what *send* has been given."""
        with self._lock:
            for it in self._waiting.values():
                send(_event(it, seat))

    def tell_of(self, seat: str, call: CallId) -> None:
        """Tell one seat how it stands with a caller."""
        with self._lock:
            it = self._waiting.get(call)
            gone = TelephonyEvent(EventKind.BACK_GONE, datetime.fromtimestamp(0).astimezone(), call)
            self._put(seat, _event(it, seat) if it is not None else gone)

    def ended(self, it: Waiting, end: CallEnd, *, answered: bool) -> None:
        """Follow the end of a call; *it* is its caller, with the seat that had it."""
        if not it.number or end not in {CallEnd.CITIZEN, CallEnd.UNANSWERED}:
            return
        with self._lock:
            if answered:
                self._talked[it.call] = it
                while len(self._talked) > MOST:
                    self._talked.popitem(last=False)
            else:
                it.seat = ""
                self._wait(it)

    def wish(self, seat: str, call: CallId, wish: BackWish, reason: str = "") -> None:  # noqa: ARG002 -- the desk keeps why
        """Do what a seat says of a caller whom it has, or whom nobody has."""
        with self._lock:
            it = self._waiting.get(call)
            if it is None and wish is not BackWish.SETTLE:
                it = self._talked.get(call)
            if it is None or it.seat not in {"", seat} or it.called:
                return
            if wish is BackWish.SETTLE:
                self._gone(it)
            else:
                it.seat = seat if wish is BackWish.KEEP else ""
                self._wait(it)

    def release(self, seat: str) -> None:
        """Let any seat take whom a seat kept whose desk is gone."""
        self._release(lambda keeper: keeper == seat)

    def release_but(self, seats: Container[str]) -> None:
        """Let any seat take whom another seat kept than one of *seats*."""
        self._release(lambda keeper: keeper not in seats)

    def take(self, seat: str, call: CallId) -> Waiting | None:
        """Give a caller to a seat that calls them now; None where they are not to be had."""
        with self._lock:
            it = self._waiting.get(call)
            if it is None or it.called or it.seat not in {"", seat}:
                return None
            it.seat, it.called = seat, True
            self._tell(it)
            return it

    def tried(self, call: CallId, *, reached: bool) -> None:
        """Follow the end of dialling: who was reached is out of the queue, who was not may be taken by any seat."""
        with self._lock:
            it = self._waiting.get(call)
            if it is None:
                return
            if reached:
                self._gone(it)
                return
            it.seat, it.called, it.tries = "", False, it.tries + 1
            self._tell(it)

    def called_again(self, number: Phone) -> None:
        """Take out a caller who calls again."""
        with self._lock:
            for it in [it for it in self._waiting.values() if number and it.number == number]:
                self._gone(it)

    def _release(self, gone: Callable[[str], bool]) -> None:
        with self._lock:
            for it in self._waiting.values():
                if it.seat and not it.called and gone(it.seat):
                    it.seat = ""
                    self._tell(it)

    def _wait(self, it: Waiting) -> None:
        for former in [other for other in self._waiting.values() if other.number == it.number and other is not it]:
            it.tries += former.tries
            it.at = min(it.at, former.at)
            self._gone(former)
        while len(self._waiting) >= MOST and it.call not in self._waiting:
            self._gone(next(iter(self._waiting.values())))
        self._waiting[it.call] = it
        self._tell(it)

    def _gone(self, it: Waiting) -> None:
        self._waiting.pop(it.call, None)
        self._news.put(partial(self._keep, it.call, None))
        for seat in self._sends:
            self._put(seat, TelephonyEvent(EventKind.BACK_GONE, it.at, it.call))

    def _tell(self, it: Waiting) -> None:
        self._news.put(partial(self._keep, it.call, replace(it)))
        for seat in self._sends:
            self._put(seat, _event(it, seat))

    def _put(self, seat: str, event: TelephonyEvent) -> None:
        self._news.put(partial(self._sends[seat], event))


def _event(it: Waiting, seat: str) -> TelephonyEvent:
    """Return what a seat is told: a caller of another seat, or one who is being called, may not be taken."""
    mine = it.seat == seat
    kind = EventKind.BACK_TAKEN if it.called or (it.seat and not mine) else EventKind.BACK_WAITING
    return TelephonyEvent(kind, it.at, it.call, number=it.number, on=mine, tries=it.tries)
