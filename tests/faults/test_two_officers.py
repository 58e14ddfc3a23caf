"""Two duty officers at two real consoles of one real gateway decide one order in the same moment."""

import random
from collections import Counter
from contextlib import ExitStack
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.faults.console_process import Typist, leave, sit_down
from tests.faults.gateway_process import OFFICER, OTHER_OFFICER, running
from tests.faults.test_kills import orders_of
from workstation.domain.lifecycle import Action, Role, State
from workstation.ui.demo_hands import until
from workstation.ui.demo_officer import Officer
from workstation.ui.demo_stage import Seat

pytestmark = pytest.mark.faults


@pytest.fixture(autouse=True)
def _no_keyring(monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    """Keep away from the keyring of whoever runs the tests."""
    del qtbot
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)


def test_one_of_two_decisions_counts_and_the_other_officer_is_told(tmp_path: Path) -> None:
    """
    When both approve before either hears of the other, the order leaves once and the second reads why not twice.
    """
    with running(tmp_path / "gateway") as gateway, ExitStack() as ends:
        gateway.add(OTHER_OFFICER, "--roles", "duty_officer")

        def sits_down(folder: str, *who: object) -> Seat:
            seat = sit_down(tmp_path / folder, gateway.url, *who)  # type: ignore[arg-type]
            ends.callback(leave, seat)
            seat.sign_in()
            return seat

        taker = sits_down("taker")
        officers = [sits_down(name, name, Role.DUTY_OFFICER) for name in (OFFICER, OTHER_OFFICER)]
        taker.hands.take_the_seat()
        Typist(taker, random.Random(6), lambda **_: None).record()  # noqa: S311
        for officer in officers:
            Officer(officer).read()
        (order,) = officers[0].work.approval.queue.order()

        for officer in officers:
            QTest.keyClick(officer.work.approval, Qt.Key.Key_Return)
        until(lambda: any("已由他人处理" in officer.said() for officer in officers), "whose decision it is, in words")
        until(lambda: all(officer.state(order) is State.SENT for officer in officers), "the truth at both consoles")

        told = ["已由他人处理" in officer.said() for officer in officers]
        (kept,) = orders_of(gateway.url)
        actions = Counter(step.action for step in kept.steps)
        assert sorted(told) == [False, True]
        assert (actions[Action.APPROVE], actions[Action.RELEASE]) == (1, 1)
        late = officers[told.index(True)]
        late.hands.take_the_seat()
        late.hands.press("board")
        until(lambda: "工单已在别处改动" in late.said(), "why it was refused")
        assert [officer.crashes for officer in officers] == [[], []]
