"""The window before a real exchange, by keyboard: what is on the screen is what three people hear."""

from __future__ import annotations

import sys
import time
from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from tests.exchange.desk import BridgeProcess
from tests.exchange.outside import Outside
from tests.faults.console_process import leave, settings_for, sit_down
from tests.faults.gateway_process import OFFICER, PASSWORD, TAKER, running
from workstation.bootstrap.live import LiveParts
from workstation.bootstrap.station import DeskStation
from workstation.bootstrap.workers import make_workers
from workstation.domain.call_table import CallState
from workstation.domain.incident import Outcome
from workstation.domain.lifecycle import Role, State
from workstation.ui.demo_hands import until
from workstation.ui.demo_stage import Place, Seat

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.exchange.conftest import Legs
    from tests.exchange.private_exchange import PrivateExchange
    from workstation.domain.call import Call
    from workstation.domain.incident import Incident

pytestmark = pytest.mark.exchange

RETURN = Qt.Key.Key_Return
CALLER = "19900000001"
ON_SCREEN_S = 2.0
MOST_GAPS = 40
GONE = "话务控制中断"


class Room:
    """A call-taker's and a duty officer's window, and everybody they talk to."""

    def __init__(self, legs: Legs, exchange: PrivateExchange, folder: Path, ends: ExitStack) -> None:
        gateway = ends.enter_context(running(folder / "gateway", delay_s=0.2))
        self.exchange = exchange
        self.outside = ends.enter_context(Outside(exchange, folder))
        self.bridge = ends.enter_context(
            BridgeProcess(exchange, gateway.url, folder, {"07": "seat-01"}, self.outside.name)
        )
        self.citizen, self.headset = legs.citizen(number=CALLER), legs.seat()
        self.taker = self._sit_down_with_telephone(folder / "taker", gateway.url)
        ends.callback(leave, self.taker)
        self.officer = sit_down(folder / "officer", gateway.url, OFFICER, Role.DUTY_OFFICER)
        ends.callback(leave, self.officer)
        self._pictures = folder / "pictures"
        self._pictures.mkdir()

    def _sit_down_with_telephone(self, folder: Path, gateway: str) -> Seat:
        settings, workers = settings_for(folder, gateway, TAKER), make_workers()
        settings = replace(settings, telephony="bridge", bridge=replace(settings.bridge, url=self.bridge.url))
        station = DeskStation(settings, folder, LiveParts(settings), workers)
        account = (TAKER, PASSWORD)
        return Seat(Place(station, settings, folder, workers, account, Role.CALL_TAKER, lambda _: None, lambda _: None))

    @property
    def call(self) -> Call:
        """The call that the call-taker is in."""
        call = self.taker.work.console.phone.current()
        assert call is not None
        return call

    @property
    def form(self) -> Incident:
        """The form on the call-taker's screen."""
        incident = self.taker.work.intake.incident
        assert incident is not None
        return incident

    def tell(self) -> None:
        """Print how everything stands, for whoever reads why a test failed."""
        work = self.taker.work
        sys.stdout.write(f"{work.console.phone.current()}\nnotice: {work.intake.panels.notice.text}\n")
        sys.stdout.write("\n".join(map(str, self.outside._events)) + "\n")

    @property
    def recognised(self) -> bool:
        """Whether the window knows the district of what is written."""
        intake = self.taker.work.intake
        return intake.is_looked_at and intake.advice is not None and intake.advice.place.certain is not None

    def keep(self, name: str) -> None:
        """Keep a picture of the call-taker's window."""
        self.taker.picture(self._pictures / f"{name}.png")

    def take_the_call(self) -> float:
        """Sign in, be ready, and answer the citizen who calls; return when they called."""
        self.taker.sign_in()
        hands, phone = self.taker.hands, self.taker.work.console.phone
        until(lambda: phone.engine_up, "the exchange")
        hands.press("ready")
        called = self.citizen.call(self.exchange.emergency)
        until(phone.ringing, "a call that rings")
        rang = time.time()
        self.keep("1-ringing")
        hands.press("answer")
        until(lambda: self.taker.work.intake.incident is not None, "the form")
        until(lambda: self.call.state is CallState.TALKING, "talking")
        assert rang - called <= 1.0
        assert self.form.intake.get("contact_phone") == CALLER
        self.citizen.hears("seat", since=called)
        self.headset.hears("citizen", since=called)
        return called

    def write(self, narrative: str) -> None:
        """Ask for safety and write down what the citizen says."""
        hands, intake = self.taker.hands, self.taker.work.intake
        hands.press("safety")
        hands.digit(1)
        hands.press("narrative")
        hands.write(narrative, free=True)
        until(lambda: intake.is_looked_at, "advice")

    def complete(self) -> None:
        """Choose the first category that is proposed and say of every other gap that the citizen does not know."""
        hands, intake = self.taker.hands, self.taker.work.intake
        hands.press("suggestion_7")
        until(lambda: self.form.intake.filled("category"), "the category")
        for _ in range(MOST_GAPS):
            until(lambda: intake.is_looked_at, "advice")
            if intake.advice is not None and not intake.advice.completeness.missing:
                return
            hands.press("gap_unknown" if intake.panels.grid.focused() else "next_gap")
        raise AssertionError("the form was not complete")


@pytest.fixture
def room(
    legs: Legs, exchange: PrivateExchange, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Room]:
    """Open a room for one journey, away from the keyring of whoever runs the tests."""
    del qtbot
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    with ExitStack() as ends:
        room = Room(legs, exchange, tmp_path, ends)
        yield room
        room.tell()
        assert room.taker.crashes == room.officer.crashes == []


def test_nobody_knows_who_is_responsible(room: Room) -> None:
    """
    责任不清 → 三方通话 → 12345 同意受理 → 派单: three hear each other, the order goes when approved, and comes back.
    """
    room.take_the_call()
    room.write("楼下饭店和邻居都把油烟排到公共通道,城管和环保都说不归他们管")
    room.keep("2-written")
    hands, added = room.taker.hands, time.time()
    hands.press("call_transfer")
    hands.strike(RETURN)
    until(lambda: Outcome.CALL_TRANSFER in room.form.outcomes, "the three-way call on the form")
    until(lambda: "已加入" in room.taker.said(), "that on the screen")
    on_screen = time.time()
    room.keep("3-three-way")
    heard = max(
        room.citizen.hears("seat", "third", since=added),
        room.headset.hears("citizen", "third", since=added),
        room.outside.hears("citizen", "seat", since=added),
    )
    assert on_screen - heard <= ON_SCREEN_S

    gone = room.outside.hang_up()
    until(lambda: room.call.state is CallState.TALKING, "the two alone", ON_SCREEN_S)
    hands.press("first_contact")
    hands.digit(1)
    room.complete()
    hands.press(Outcome.WORK_ORDER)
    until(room.taker.work.console.desk.my_orders, "the order")
    room.keep("4-sent")
    hands.press("hang_up")
    hands.press("hang_up")
    room.citizen.wait("state", since=gone, state="DISCONNECTED")

    room.officer.sign_in()
    pane = room.officer.work.approval
    room.officer.hands.take_the_seat()
    until(pane.queue.order, "the order at the duty officer's")
    (order,) = (view.transfer.id for view in room.taker.work.console.desk.my_orders())
    assert room.taker.state(order) in {None, State.PENDING_APPROVAL, State.DRAFT}
    until(lambda: pane.decisions.armed and pane.decisions.settled, "an order read")
    room.officer.hands.press("approve")
    until(lambda: room.taker.state(order) is State.CLOSED, "closed", 30)
    until(lambda: room.officer.state(order) is State.CLOSED, "closed at the officer's too", 30)


def test_gas_leaks(room: Room) -> None:
    """
    燃气泄漏 → 紧急联动: one key and a digit ring the gas company's duty line at once, with no form in the way.
    """
    room.take_the_call()
    hands = room.taker.hands
    hands.press("narrative")
    hands.write("滕州市北辛街道家里煤气泄漏,味道很大", free=True)
    until(lambda: room.recognised, "the district")
    pressed = time.time()
    hands.press("urgent_linkage")
    hands.digit(6)
    room.keep("2-dialled")
    room.outside.wait("incoming", since=pressed)
    until(lambda: Outcome.URGENT_LINKAGE in room.form.outcomes, "the linkage on the form")
    room.keep("2-linked")
    room.citizen.hears("seat", "third", since=pressed)
    room.outside.hears("citizen", "seat", since=pressed)

    assert "已联动" in room.taker.work.intake.panels.notice.text


def test_a_busy_line_is_followed_by_its_backup(room: Room) -> None:
    """
    The gas company's number is busy: the desk rings its backup by itself, and citizen and seat go on talking.
    """
    room.take_the_call()
    hands = room.taker.hands
    hands.press("narrative")
    hands.write("滕州市北辛街道家里煤气泄漏,味道很大", free=True)
    until(lambda: room.recognised, "the district")
    room.outside.answering("busy")
    pressed = time.time()
    hands.press("urgent_linkage")
    hands.digit(6)
    first = room.outside.wait("incoming", since=pressed)
    turned = room.outside.answering("answer:1.5")  # the window, which waits here, has not heard of the first one yet
    until(lambda: "0632-5550662" in room.taker.work.intake.panels.notice.text, "the backup number", ON_SCREEN_S)
    second = room.outside.wait("incoming", since=turned)
    room.keep("2-backup")
    until(lambda: Outcome.URGENT_LINKAGE in room.form.outcomes, "the linkage on the form")
    room.keep("2-linked")
    room.citizen.hears("seat", "third", since=turned)
    room.outside.hears("citizen", "seat", since=turned)
    now = time.time()

    assert "06325550661" in str(first["dialled"])
    assert "06325550662" in str(second["dialled"])
    assert room.citizen.heard_until(now).longest_gap("seat", pressed, now) <= 0.04
    assert room.headset.heard_until(now).longest_gap("citizen", pressed, now) <= 0.04
    assert "已联动" in room.taker.work.intake.panels.notice.text


def test_the_bridge_dies_under_the_window(room: Room) -> None:
    """
    Within 2 s of the bridge's death the window says that the telephone is gone; those who talk go on; it comes back.
    """
    called = room.take_the_call()
    phone = room.taker.work.console.phone
    killed = room.bridge.kill()
    until(lambda: not phone.engine_up, "the loss", ON_SCREEN_S)
    until(lambda: GONE in room.taker.said(), "that on the screen", ON_SCREEN_S)
    room.keep("2-telephone-gone")
    now = time.time()
    gap = room.citizen.heard_until(now).longest_gap("seat", killed, now)
    room.bridge.start()
    until(lambda: phone.engine_up, "the bridge", 5)
    until(lambda: room.call.state is CallState.TALKING, "the call", ON_SCREEN_S)
    until(lambda: GONE not in room.taker.said(), "that no longer on the screen", ON_SCREEN_S)

    assert called < killed
    assert gap <= 0.04
