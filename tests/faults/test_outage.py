"""Work goes on while the gateway is away: nobody waits, nothing is lost, everything is delivered once."""

import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest
from PySide6.QtCore import QObject, Qt, QTimer
from pytestqt.qtbot import QtBot

from tests.faults.console_process import Typist, leave, sit_down
from tests.faults.gateway_process import OFFICER, GatewayProcess, running
from tests.faults.relay import relayed
from tests.faults.test_kills import orders_of
from workstation.domain.lifecycle import Role, State
from workstation.ui.demo_hands import Stuck, until
from workstation.ui.demo_stage import Seat

pytestmark = pytest.mark.faults

STALL_S: Final = 0.1
BEAT_MS: Final = 5
MOST_PAGES: Final = 40


class Pulse(QObject):
    """Beats with the window's event loop and remembers the longest pause between two beats."""

    def __init__(self) -> None:
        super().__init__()
        self.longest = 0.0
        self._last = time.monotonic()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def taken(self) -> float:
        """Return the longest pause since this was asked last."""
        longest, self.longest = self.longest, 0.0
        return longest

    def _beat(self) -> None:
        now = time.monotonic()
        self.longest = max(self.longest, now - self._last)
        self._last = now


@pytest.fixture(autouse=True)
def _no_keyring(monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    """Keep away from the keyring of whoever runs the tests."""
    del qtbot
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)


@contextmanager
def seated(folder: Path, url: str, *, officer: bool = False) -> Iterator[Seat]:
    """Sit somebody down at a window of their own until the block ends."""
    seat = sit_down(folder, url, OFFICER, Role.DUTY_OFFICER) if officer else sit_down(folder, url)
    try:
        seat.sign_in()
        yield seat
        assert seat.crashes == []
    finally:
        leave(seat)


@contextmanager
def coming_and_going(gateway: GatewayProcess, outages: int, dice: random.Random) -> Iterator[threading.Event]:
    """Kill the gateway and start it again, *outages* times, meanwhile; the event says when that is over."""
    leave, over = threading.Event(), threading.Event()

    def trouble() -> None:
        for _ in range(outages):
            if leave.wait(dice.uniform(0.3, 2.5)):
                break
            gateway.kill()
            leave.wait(dice.uniform(0.1, 1.0))
            gateway.start()
        over.set()

    thread = threading.Thread(target=trouble)
    thread.start()
    try:
        yield over
    finally:
        leave.set()
        thread.join()


def test_a_gateway_killed_while_orders_are_sent_and_approved(
    tmp_path: Path, counted: Callable[[int, int], int]
) -> None:
    """
    However often the gateway's process dies amid orders and approvals, each order arrives, is approved and closed once.
    """
    least, outages = counted(3, 40), counted(1, 20)
    dice = random.Random(12345)  # noqa: S311
    shown: list[str] = []
    with (
        running(tmp_path / "gateway", delay_s=0.01) as gateway,
        seated(tmp_path / "taker", gateway.url) as taker,
        seated(tmp_path / "officer", gateway.url, officer=True) as officer,
        coming_and_going(gateway, outages, dice) as over,
    ):
        typist = Typist(taker, dice, lambda **_: None)
        while len(shown) < least or not over.is_set():
            taker.hands.take_the_seat()
            shown.append(typist.record())
            if officer.work.approval.current:
                _approve(officer)
        until(lambda: _closed(taker) | _approved_one(officer) == set(shown), "every order closed", 90)
        orders = orders_of(gateway.url)

    assert Counter(order.number for order in orders) == Counter(shown)
    assert {order.state for order in orders} == {State.CLOSED}
    assert {len([step for step in order.steps if step.action == "approve"]) for order in orders} == {1}


def _approved_one(officer: Seat) -> set[str]:
    """Approve what stands on the pane, if anything does."""
    if officer.work.approval.current and officer.work.approval.online:
        _approve(officer)
    return set()


def _closed(taker: Seat) -> set[str]:
    views = taker.work.console.desk.my_orders(200)
    return {view.transfer.number for view in views if view.transfer.state is State.CLOSED}


def _approve(officer: Seat) -> None:
    """Read what stands on the pane and press the key that approves; while the gateway is away the key does nothing."""
    hands, pane = officer.hands, officer.work.approval
    hands.take_the_seat()
    until(lambda: pane.decisions.settled, "a look at the order")
    current = pane.current
    for _ in range(MOST_PAGES):
        if pane.decisions.armed:
            break
        hands.press("scroll_order")
    hands.press("approve")
    try:
        until(lambda: pane.current != current, "the next order", 0.5)
    except Stuck:
        return


@pytest.mark.quiet
def test_a_black_hole_stalls_nobody(
    tmp_path: Path, counted: Callable[[int, int], int], capsys: pytest.CaptureFixture[str]
) -> None:
    """
    While the gateway accepts and never answers, work goes on without a pause and the window says so; all arrives once.
    """
    orders = counted(2, 20)
    dice = random.Random(4)  # noqa: S311
    with (
        running(tmp_path / "gateway") as gateway,
        relayed(gateway.port) as cable,
        seated(tmp_path / "taker", cable.url) as taker,
    ):
        typist, pulse = Typist(taker, dice, lambda **_: None), Pulse()
        typist.record()
        pulse.taken()
        shown = [typist.record() for _ in range(orders)]
        with_gateway = pulse.taken()
        cable.swallow(everything=True)
        shown += [typist.record() for _ in range(orders)]
        in_the_hole = pulse.taken()
        until(lambda: "离线" in taker.said() and f"待发 {_unsent(taker)}" in taker.said(), "the outage in words")
        cable.swallow(everything=False)
        until(lambda: "已连接" in taker.said() and "待发 0" in taker.said(), "the link again", 30)
        assert _unsent(taker) == 0
        arrived = orders_of(gateway.url)
    with capsys.disabled():
        print(f"\nlongest pause: {with_gateway * 1000:.0f} ms connected, {in_the_hole * 1000:.0f} ms in a black hole")  # noqa: T201

    assert in_the_hole < max(STALL_S, 2.5 * with_gateway)  # a call that waits for the gateway would take seconds
    assert Counter(order.number for order in arrived) >= Counter(shown)
    assert set(Counter(order.number for order in arrived).values()) == {1}


def _unsent(seat: Seat) -> int:
    with seat.work.console.store.begin() as tx:
        return len(list(tx.outbox()))
