"""A telephony bridge before simulated telephones, served over a real socket, for tests."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from itertools import count
from typing import Final

from workstation.adapters.http_link import Site
from workstation.adapters.telephony_backs import BackQueue
from workstation.adapters.telephony_bridge import BridgeTelephony
from workstation.adapters.telephony_bridge_link import Patience
from workstation.adapters.telephony_bridge_news import Delivered
from workstation.adapters.telephony_schedule import HandScheduler
from workstation.adapters.telephony_simulated_exchange import SimulatedExchange, SimulatedSeat
from workstation.bridge.feed import Feed
from workstation.bridge.ports import Exchange, Seats
from workstation.bridge.server import Address, BridgeServer
from workstation.bridge.stream import Pace
from workstation.domain.call_event import EventKind, TelephonyEvent
from workstation.domain.command import Actor
from workstation.domain.errors import SignInNeeded, Unavailable
from workstation.domain.lifecycle import Role

LONGEST_S: Final = 20.0
QUICK: Final = Patience(first_pause_s=0.01, longest_pause_s=0.02)
STEADY: Final = replace(QUICK, line_s=LONGEST_S, answer_s=LONGEST_S, connect_s=LONGEST_S)
"""Never takes a machine that has too much to do for a bridge that is gone."""


class Doorkeeper:
    """Knows the tokens of a test: each is called like its seat; a door may be shut as when the gateway is gone."""

    def __init__(self) -> None:
        self.roles: dict[str, Role] = {}
        self.shut: set[str] = set()

    async def who(self, token: str, asker: str = "") -> Actor:
        """Return who holds *token*, wherever it came from."""
        del asker
        if token in self.shut:
            raise Unavailable("shut")
        if token not in self.roles:
            raise SignInNeeded("unknown_token")
        return Actor(user=f"user-{token}", role=self.roles[token], seat=token)


class Ear:
    """Hears events on whatever thread, hands them on, and waits for one."""

    def __init__(self) -> None:
        self.also: Callable[[TelephonyEvent], None] = lambda _: None
        self.events: list[TelephonyEvent] = []
        self._heard = threading.Condition()

    def __call__(self, event: TelephonyEvent) -> None:
        self.also(event)
        with self._heard:
            self.events.append(event)
            self._heard.notify_all()

    def wait_for(self, kind: EventKind, times: int = 1) -> TelephonyEvent:
        """Return the event of *kind*, once it was told *times* times."""

        def told() -> list[TelephonyEvent]:
            return [event for event in self.events if event.kind is kind]

        with self._heard:
            assert self._heard.wait_for(lambda: len(told()) >= times, LONGEST_S), self.kinds
        return told()[times - 1]

    @property
    def kinds(self) -> list[EventKind]:
        return [event.kind for event in self.events]


@contextmanager
def serving(
    exchange: Exchange, seats: Seats, address: Address | None = None, pace: Pace | None = None
) -> Iterator[BridgeServer]:
    """Serve *exchange* until the block ends."""
    server = BridgeServer(exchange, seats, address or Address(port=0), pace)
    thread = threading.Thread(target=server.run, name="test-bridge")
    thread.start()
    try:
        yield server
    finally:
        server.stop()
        thread.join()


class House:
    """One bridge for many tests; each gets a seat of its own with a clock that it turns by hand."""

    def __init__(self, start: datetime) -> None:
        self.door = Doorkeeper()
        self.clocks: dict[str, HandScheduler] = {}
        self._start = start
        self._count = count(1)
        self._ids = count(1)
        self._new = HandScheduler(start)
        self.exchange = SimulatedExchange(self._now, lambda: f"id-{next(self._ids)}", lambda: self._new)
        self.server: BridgeServer | None = None

    def _now(self) -> datetime:
        return self._new.now()

    def new_seat(self, role: Role = Role.CALL_TAKER, *, shares: bool = False) -> str:
        """Return the name of a seat, which is its token too; it may share the call-back queue of the last one."""
        seat = f"S{next(self._count)}"
        self.door.roles[seat] = role
        self._new = self.clocks[seat] = HandScheduler(self._start)
        if not shares:
            self.exchange.backs = BackQueue()  # nobody of another test waits here
        self.exchange.at(seat)
        return seat

    def phone(self, seat: str) -> SimulatedSeat:
        """Return a seat's simulated telephone."""
        return self.exchange.at(seat)

    def telephony(self, seat: str, patience: Patience = STEADY, url: str = "") -> BridgeTelephony:
        """Return a desk's end of the way to a seat's telephone."""
        clock = self.clocks[seat].now
        return BridgeTelephony(Site(url=url or self.url), lambda: seat, clock, patience)

    @property
    def url(self) -> str:
        assert self.server is not None
        return self.server.url

    def feed(self, seat: str) -> Feed | None:
        """Return what the bridge tells a seat, once it has asked for something."""
        assert self.server is not None
        return next((feed for feed in self.server.app.feeds if feed.seat == seat), None)

    def on_loop(self, deed: Callable[[], None]) -> None:
        """Do *deed* on the bridge's event loop and wait for it."""
        assert self.server is not None
        assert self.server._loop is not None
        done = threading.Event()

        async def do() -> None:
            deed()
            done.set()

        asyncio.run_coroutine_threadsafe(do(), self.server._loop)
        assert done.wait(LONGEST_S)

    def shut(self, seat: str) -> None:
        """Let nobody in at a seat's door, and end its stream."""
        self.door.shut.add(seat)
        feed = self.feed(seat)
        if feed is not None:
            self.on_loop(feed.close)

    def settle(self, engine: BridgeTelephony, seat: str) -> None:
        """Wait until everything that was asked for has been told: no request is on its way, no event either."""
        until = time.monotonic() + LONGEST_S
        while not engine._closed:
            assert engine._sender.wait_until_idle(until - time.monotonic()), "a verb is still on its way"
            with engine._changed:
                told = engine._changed.wait_for(lambda: self._told(engine, seat), until - time.monotonic())
            assert told, f"told {engine.delivered}, problem {engine.problem}"
            if engine._sender.wait_until_idle(0) and self._told(engine, seat):
                return

    def _told(self, engine: BridgeTelephony, seat: str) -> bool:
        if engine._closed:
            return True
        if seat in self.door.shut:
            return engine._news.lost and engine.delivered == Delivered()
        feed = self.feed(seat)
        stream = feed.stream if feed is not None else None
        if stream is None or engine._streams.id != stream.id:  # else a desk that has only just begun to listen is told
            return False
        if engine._news.lost:
            told = (engine.delivered.stream, engine.delivered.seq)
            return not self.phone(seat).up and told == (stream.id, stream.last)
        return engine.delivered == Delivered(stream.id, stream.last, told_all=True)


@contextmanager
def open_house(start: datetime) -> Iterator[House]:
    """Open a bridge for many tests."""
    house = House(start)
    with serving(house.exchange, house.door) as house.server:
        yield house
