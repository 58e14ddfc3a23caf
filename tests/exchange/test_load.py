"""A busy night at one exchange: many calls at many seats, none lost, none crossed."""

from __future__ import annotations

import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Final

import pytest

from tests.exchange.bare_control import Case
from tests.exchange.conftest import Heartbeat
from tests.exchange.crowd import citizens, phones
from tests.exchange.leg import Leg
from tests.exchange.private_exchange import PrivateExchange, free_port

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.exchange.bare_ami import BareAmi, Heard
    from tests.exchange.private_exchange import Parts

pytestmark = [pytest.mark.exchange, pytest.mark.bench]

SEATS: Final = 20
CALLS_A_MINUTE: Final = 40
TALK_S: Final = 20.0
GROWTH_MB: Final = 5.0


class Switchboard:
    """Gives each citizen who waits to a free seat, by hand; the seats' phones answer at once."""

    def __init__(self, ami: BareAmi, seats: tuple[str, ...]) -> None:
        self._ami = ami
        self._free: SimpleQueue[str] = SimpleQueue()
        for seat in seats:
            self._free.put(seat)
        self._over = threading.Event()
        self._serving = ThreadPoolExecutor(2 * len(seats), "serving")
        self._watching = threading.Thread(target=self._watch, name="switchboard")
        self._watching.start()

    def close(self) -> None:
        """Take no more calls; those that were taken end first."""
        self._over.set()
        self._watching.join()
        self._serving.shutdown()

    def _watch(self) -> None:
        served = 0
        while not self._over.wait(0.02):
            waiting = waiting_in(self._ami)
            for event in waiting[served:]:
                self._serving.submit(self._serve, event)
            served = len(waiting)

    def _serve(self, event: Heard) -> None:
        case = Case(self._ami, waiting=event)
        seat = self._free.get()
        id = case.seat(seat)
        self._ami.wait("Hangup", Uniqueid=id, timeout=2 * TALK_S)
        self._free.put(seat)


def waiting_in(ami: BareAmi) -> list[Heard]:
    """Return the events that told of a citizen who came."""
    return [one for one in ami.events("UserEvent") if one["State"] == "waiting"]


def megabytes(exchange: PrivateExchange) -> float:
    """Return how much memory the exchange holds."""
    assert exchange.process is not None
    status = Path(f"/proc/{exchange.process.pid}/status").read_text(encoding="utf-8")
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def sample(exchange: PrivateExchange, folder: Path) -> int:
    """Let two citizens with a voice call at once: an echoing seat gives each its own back; return how many called."""
    with (
        Leg("19900000001", "citizen", free_port(), folder) as one,
        Leg("19900000002", "caller", free_port(), folder) as two,
    ):
        since = one.call(exchange.emergency)
        two.call(exchange.emergency)
        one.hears("citizen", since=since)
        two.hears("caller", since=since)
        one.hang_up()
        two.hang_up()
    return 2


def test_twenty_seats_and_forty_calls_a_minute(
    parts: Parts, tmp_path: Path, counted: Callable[[int, int], int], capsys: pytest.CaptureFixture[str]
) -> None:
    """
    20 seats take 40 calls a minute: each citizen gets one seat and its own voice back, no event is lost, no memory.
    """
    calls, samples = counted(6, 400), counted(2, 20)
    exchange = PrivateExchange(parts, tmp_path, seats=SEATS)
    seats_at = exchange.move(*exchange.seats)
    with ExitStack() as ends:
        ends.enter_context(exchange)
        ami, link = ends.enter_context(exchange.ami()), ends.enter_context(exchange.ami())
        heartbeat = Heartbeat(link)
        ends.callback(heartbeat.stop)
        switchboard = Switchboard(ami, exchange.seats)
        ends.callback(switchboard.close)
        ends.enter_context(phones(parts, tmp_path, seats_at))
        lasts = calls * 60 / CALLS_A_MINUTE
        begun = time.monotonic()
        crowd = ends.enter_context(citizens(parts, tmp_path, exchange, calls, CALLS_A_MINUTE, min(TALK_S, lasts)))
        sampled, half = 0, 0.0
        pause = threading.Event()
        while (gone := time.monotonic() - begun) < lasts:
            half = half or (megabytes(exchange) if gone > lasts / 2 else 0.0)
            if sampled < samples and gone > lasts * sampled / samples:
                sampled += sample(exchange, tmp_path)
            pause.wait(0.1)
        assert crowd.wait(TALK_S), crowd.errors
        growth = megabytes(exchange) - half
        ami.wait("Hangup", Uniqueid=ami.events("Newchannel")[-1]["Uniqueid"])
        cases = {one["Case"] for one in waiting_in(ami)}
        joined = Counter((one["Conference"], one["ROLE"]) for one in ami.events("ConfbridgeJoin"))
        over = Counter(one["Case"] for one in ami.events("UserEvent") if one["State"] == "over")
        made = Counter(one["Uniqueid"] for one in ami.events("Newchannel"))
        ended = Counter(one["Uniqueid"] for one in ami.events("Hangup"))

    with capsys.disabled():
        print(f"\nbench exchange load: {calls} calls, {sampled} heard, growth {growth:.1f} MB, gate {GROWTH_MB:.0f} MB")  # noqa: T201 - this is what a bench is for
    assert len(cases) == calls + sampled
    assert joined == Counter((case, role) for case in cases for role in ("citizen", "seat"))
    assert over == Counter(cases)
    assert made == ended
    assert growth <= GROWTH_MB
