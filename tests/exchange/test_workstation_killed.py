"""The workstation is killed in a real call: nobody who talks notices, and the next start shows the truth."""

from __future__ import annotations

import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.exchange.desk import BridgeProcess, Wiring
from tests.exchange.outside import Outside
from tests.exchange.room import CALLER
from tests.exchange.test_whole_way import NO_GAP, TOLD
from tests.faults.child import Child
from tests.faults.gateway_process import running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.exchange.conftest import Legs
    from tests.exchange.private_exchange import PrivateExchange

pytestmark = [pytest.mark.exchange, pytest.mark.faults]

WINDOW = Path(__file__).with_name("window_process.py")
START_S = 20.0


class House:
    """A gateway, a bridge, the citizen's, the seat's and the hotline's phones; the window is a process."""

    def __init__(self, legs: Legs, exchange: PrivateExchange, folder: Path, ends: ExitStack) -> None:
        gateway = ends.enter_context(running(folder / "gateway", delay_s=0.2))
        self.outside = ends.enter_context(Outside(exchange, folder))
        wiring = Wiring({"07": "seat-01"}, self.outside.name)
        self.bridge = ends.enter_context(BridgeProcess(exchange, gateway.url, folder, wiring))
        self.citizen, self.headset = legs.citizen(number=CALLER), legs.seat()
        self._words = str(folder / "taker"), gateway.url, self.bridge.url
        self._ends = ends

    def window(self, *orders: str) -> Child:
        """Start the window."""
        child = Child(WINDOW, *self._words, *orders)
        self._ends.callback(child.kill)
        return child


def said(child: Child, what: str, value: object, timeout: float = START_S) -> float:
    """Wait until *child* says something; return when it did, in the machine's own seconds."""
    end = time.monotonic() + timeout
    while True:
        found = [line for line in child.of(what) if line[what] == value]
        if found:
            return float(str(found[-1]["at"]))
        assert child.process.poll() is None, child.told
        assert time.monotonic() < end, child.told
        time.sleep(0.02)


@pytest.fixture
def house(legs: Legs, exchange: PrivateExchange, tmp_path: Path) -> Iterator[House]:
    """Open a house for one test."""
    with ExitStack() as ends:
        yield House(legs, exchange, tmp_path, ends)


@pytest.mark.parametrize("three", [False, True], ids=["two", "three-way"])
def test_killed_while_people_talk(house: House, exchange: PrivateExchange, *, three: bool) -> None:
    """
    Citizen, seat and third party hear each other on; the next window shows their state and form, and can hang up.
    """
    child = house.window(*(["three"] if three else []))
    said(child, "ready", value=True)
    called = house.citizen.call(exchange.emergency)
    state, voices = ("conferenced", ("seat", "third")) if three else ("talking", ("seat",))
    said(child, "state", state)
    before = house.citizen.hears(*voices, since=called)
    form = child.of("form")[-1]
    child.kill()
    child.wait()
    house.citizen.hears(*voices, since=time.time())
    again = house.window("hang_up")
    said(again, "state", state)
    until = time.time()
    house.citizen.wait("state", since=until - TOLD, state="DISCONNECTED", timeout=TOLD + START_S)
    ended = float(house.citizen.events("state")[-1]["at"])
    shown = again.of("form")[0]
    again.kill()
    again.wait()

    heard = house.citizen.heard_until(ended - 0.2)
    assert heard.longest_gap("seat", before, ended - 0.2) <= NO_GAP
    assert house.headset.heard_until(ended - 0.2).longest_gap("citizen", before, ended - 0.2) <= NO_GAP
    if three:
        assert heard.longest_gap("third", before, ended - 0.2) <= NO_GAP
    assert (shown["call"], shown["form"]) == (form["call"], form["form"])
