"""The window before a real exchange, by keyboard: what is on the screen is what three people hear."""

from __future__ import annotations

import time
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from tests.exchange.room import Room
from workstation.domain.call_table import CallState
from workstation.domain.incident import Outcome
from workstation.domain.lifecycle import State
from workstation.ui.demo_hands import until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.exchange.conftest import Legs
    from tests.exchange.private_exchange import PrivateExchange

pytestmark = pytest.mark.exchange

RETURN = Qt.Key.Key_Return
CALLER = "19900000001"
ON_SCREEN_S = 2.0
MOST_GAPS = 40
GONE = "话务控制中断"


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
