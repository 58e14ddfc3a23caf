"""The telephony bridge killed, stopped, cut off and started again: the desk says so in time and is right afterwards."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from tests.contract.bridge_house import LONGEST_S, Doorkeeper, Ear, serving
from tests.contract.gateway_parts import START
from tests.contract.gateway_world import opened, served
from tests.faults.relay import Relay, relayed
from workstation.adapters.http_link import Site
from workstation.adapters.telephony_bridge import BridgeTelephony
from workstation.adapters.telephony_schedule import HandScheduler
from workstation.adapters.telephony_simulated_exchange import SimulatedExchange
from workstation.bridge.server import Address
from workstation.desk.phone import PhoneDesk
from workstation.domain.call_event import EventKind
from workstation.domain.call_number import DialTarget
from workstation.domain.call_party import CallId
from workstation.domain.call_seat import SeatState
from workstation.domain.call_table import CallState
from workstation.domain.lifecycle import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [pytest.mark.faults, pytest.mark.quiet]

SEEN_WITHIN_S: Final = 2.0
BACK_WITHIN_S: Final = 5.0
SEAT: Final = "A7"
HOTLINE: Final = DialTarget("hotline", "12345", "12345", ring_timeout=30)
_REPOSITORY = Path(__file__).parents[2]


class BridgeProcess:
    """A bridge in a process of its own, started by its real command; it keeps its address over a restart."""

    def __init__(self, gateway: str) -> None:
        self._gateway = gateway
        self.port = 0
        self.process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Start it and wait until it listens."""
        command = [sys.executable, "-m", "workstation", "telephony-bridge", "--vendor", "simulated"]
        command += ["--gateway", self._gateway, "--port", str(self.port)]
        plain = {**os.environ, "PYTHONPATH": str(_REPOSITORY)}
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=plain
        )
        assert self.process.stdout is not None
        found = re.search(r"http://\S+:(\d+)", self.process.stdout.readline())
        assert found is not None, "the bridge did not start"
        self.port = int(found.group(1))

    def send(self, number: signal.Signals) -> int:
        """Send a signal; return the exit code if that ended it."""
        assert self.process is not None
        self.process.send_signal(number)
        if number in {signal.SIGSTOP, signal.SIGCONT}:
            return 0
        code = self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()
        return code


@contextmanager
def running(folder: Path) -> Iterator[tuple[BridgeProcess, BridgeTelephony, Ear]]:
    """Run gateway, bridge process and one seat's telephone until the block ends."""
    with opened("local", folder) as world, served(world.service) as gateway:
        token = world.taker("taker1", SEAT)
        bridge = BridgeProcess(gateway.url)
        bridge.start()
        ear = Ear()
        try:
            site = Site(url=f"http://127.0.0.1:{bridge.port}")
            with closing(BridgeTelephony(site, lambda: token, lambda: START)) as phone:
                phone.listen(ear)
                with phone._changed:
                    assert phone._changed.wait_for(lambda: phone.delivered.told_all, LONGEST_S)
                yield bridge, phone, ear
        finally:
            bridge.send(signal.SIGKILL)


def test_a_killed_bridge_is_seen_and_comes_back(tmp_path: Path) -> None:
    """
    A killed bridge is a lost engine within two seconds, and within five of its start the engine is there again.
    """
    with running(tmp_path) as (bridge, phone, ear):
        for times in (1, 2, 3):
            bridge.send(signal.SIGKILL)
            killed = time.monotonic()
            ear.wait_for(EventKind.ENGINE_LOST, times)
            seen_s = time.monotonic() - killed
            bridge.start()
            started = time.monotonic()
            ear.wait_for(EventKind.ENGINE_RECOVERED, times)
            back_s = time.monotonic() - started
            phone.answer(CallId("nobodys"))
            ear.wait_for(EventKind.CALL_GONE, times)

            assert (seen_s <= SEEN_WITHIN_S, back_s <= BACK_WITHIN_S) == (True, True), (seen_s, back_s)


def test_a_bridge_that_stands_still_is_seen(tmp_path: Path) -> None:
    """
    A bridge that keeps its connections and says nothing is lost within two seconds, and found when it goes on.
    """
    with running(tmp_path) as (bridge, _, ear):
        bridge.send(signal.SIGSTOP)
        stopped = time.monotonic()
        ear.wait_for(EventKind.ENGINE_LOST)
        seen_s = time.monotonic() - stopped
        bridge.send(signal.SIGCONT)
        going = time.monotonic()
        ear.wait_for(EventKind.ENGINE_RECOVERED)
        back_s = time.monotonic() - going

    assert (seen_s <= SEEN_WITHIN_S, back_s <= BACK_WITHIN_S) == (True, True), (seen_s, back_s)


def test_a_bridge_that_is_told_to_stop_does_so(tmp_path: Path) -> None:
    """
    With a desk's stream open the bridge ends within seconds of being asked to, and with a good exit code.
    """
    with running(tmp_path) as (bridge, _, ear):
        asked = time.monotonic()
        code = bridge.send(signal.SIGTERM)
        took_s = time.monotonic() - asked
        ear.wait_for(EventKind.ENGINE_LOST)

    assert code == 0
    assert took_s < BACK_WITHIN_S


def test_a_black_hole_loses_no_truth() -> None:
    """
    While everything is swallowed the desk says so within two seconds; what happened meanwhile is told afterwards.
    """
    clock = HandScheduler(START)
    ids = iter(range(100))
    exchange = SimulatedExchange(clock.now, lambda: f"id-{next(ids)}", lambda: clock)
    door, ear = Doorkeeper(), Ear()
    door.roles[SEAT] = Role.CALL_TAKER
    with (
        serving(exchange, door) as server,
        relayed(int(server.url.rpartition(":")[2])) as relay,
        closing(BridgeTelephony(Site(url=relay.url), lambda: SEAT, lambda: START)) as phone,
    ):
        desk = PhoneDesk(phone, lambda: START, lambda _: None)
        call, ringing = exchange.at(SEAT).offer("19900001234"), exchange.at(SEAT).offer("19900005678")
        ear.also = desk._register.apply
        phone.listen(ear)
        ear.wait_for(EventKind.CALL_OFFERED, 2)
        desk.answer(call)
        ear.wait_for(EventKind.RECORDING_STARTED)
        seen_s = swallow(relay, ear)
        exchange.at(SEAT).citizen_hangs_up(ringing)
        before = desk.call(ringing).state
        relay.swallow(everything=False)
        ear.wait_for(EventKind.ENGINE_RECOVERED)
        ear.wait_for(EventKind.CALL_GONE)
        desk.add_party(call, HOTLINE)
        ear.wait_for(EventKind.LEG_RINGING)

    assert seen_s <= SEEN_WITHIN_S
    assert before is CallState.RINGING
    assert desk.call(ringing).missed
    assert desk.call(call).state is CallState.ADDING


def swallow(relay: Relay, ear: Ear) -> float:
    """Let the cable swallow everything and return how long the desk took to see it."""
    relay.swallow(everything=True)
    swallowed = time.monotonic()
    ear.wait_for(EventKind.ENGINE_LOST)
    return time.monotonic() - swallowed


def test_what_is_dialled_into_a_black_hole_has_failed_afterwards() -> None:
    """
    A line that was dialled while nothing came through is unreachable once the bridge is back, and is not dialled later.
    """
    clock = HandScheduler(START)
    exchange = SimulatedExchange(clock.now, lambda: "call-1", lambda: clock)
    door, ear = Doorkeeper(), Ear()
    door.roles[SEAT] = Role.CALL_TAKER
    with serving(exchange, door) as server, relayed(int(server.url.rpartition(":")[2])) as relay:
        with closing(BridgeTelephony(Site(url=relay.url), lambda: SEAT, lambda: START)) as phone:
            desk = PhoneDesk(phone, lambda: START, lambda _: None)
            ear.also = desk._register.apply
            phone.listen(ear)
            call = exchange.at(SEAT).offer("19900001234")
            ear.wait_for(EventKind.CALL_OFFERED)
            desk.answer(call)
            ear.wait_for(EventKind.RECORDING_STARTED)
            relay.swallow(everything=True)
            desk.add_party(call, HOTLINE)
            ear.wait_for(EventKind.ENGINE_LOST)
            relay.swallow(everything=False)
            failed = ear.wait_for(EventKind.LEG_FAILED)
            state = desk.call(call).state
        legs = list(exchange.at(SEAT)._sessions[call].legs)

    assert failed.call == call
    assert state is CallState.TALKING
    assert legs == ["citizen", "seat"]


def test_a_restarted_bridge_tells_the_state_again() -> None:
    """
    When the bridge is started again before an exchange that went on, the desk has the exchange's truth in five seconds.
    """
    clock = HandScheduler(START)
    exchange = SimulatedExchange(clock.now, lambda: "call-1", lambda: clock)
    door, ear = Doorkeeper(), Ear()
    door.roles[SEAT] = Role.CALL_TAKER
    with serving(exchange, door) as server:
        port = int(server.url.rpartition(":")[2])
        phone = BridgeTelephony(Site(url=server.url), lambda: SEAT, lambda: START)
        desk = PhoneDesk(phone, lambda: START, lambda _: None)
        ear.also = desk._register.apply
        phone.listen(ear)
        desk.go_ready()
        call = exchange.at(SEAT).offer("19900001234")
        ear.wait_for(EventKind.CALL_OFFERED)
        desk.answer(call)
        ear.wait_for(EventKind.RECORDING_STARTED)
    with closing(phone):
        ear.wait_for(EventKind.ENGINE_LOST)
        exchange.at(SEAT).hold(call)
        exchange.at(SEAT).seat_state = SeatState.NOT_READY
        with serving(exchange, door, Address(port=port)):
            started = time.monotonic()
            ear.wait_for(EventKind.MUTE_CHANGED)  # the last that is told of a call
            back_s = time.monotonic() - started
            phone._sender.wait_until_idle(BACK_WITHIN_S)

    assert back_s <= BACK_WITHIN_S
    assert desk.call(call).state is CallState.HELD
    assert exchange.at(SEAT).seat_state is SeatState.TALKING
