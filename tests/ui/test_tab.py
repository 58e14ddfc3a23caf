"""Tab gets everywhere: there is no place on a screen from which the keyboard does not lead on."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.desks import Desks, begin, looked, safe
from workstation.ui.demo_hands import Hands, until
from workstation.ui.demo_stage import Seat

MOST = 80


def walked(hands: Hands, code: Qt.Key = Qt.Key.Key_Tab) -> list[QWidget]:
    """Return where the focus stands after each Tab until it is back where it began."""
    met: list[QWidget] = []
    for _ in range(MOST):
        before = QApplication.focusWidget()
        hands.strike(code, Qt.KeyboardModifier.ShiftModifier if code == Qt.Key.Key_Backtab else _NONE)
        now = QApplication.focusWidget()
        assert now is not None
        assert now is not before, f"the focus stays on {type(now).__name__}; met so far: {_names(met)}"
        if now in met:
            return met
        met.append(now)
    raise AssertionError(f"no way back within {MOST} steps: {_names(met)}")


def reachable(seat: Seat) -> set[QWidget]:
    """Return what is on screen and may take the focus by Tab."""
    return {
        widget
        for widget in QApplication.allWidgets()
        if seat.window.isAncestorOf(widget)
        and widget.isVisible()
        and widget.isEnabled()
        and widget.focusProxy() is None
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    }


@pytest.mark.parametrize("code", [Qt.Key.Key_Tab, Qt.Key.Key_Backtab])
@pytest.mark.parametrize("page", ["board", "search"])
def test_tab_leads_round_the_board_with_and_without_orders(desks: Desks, page: str, code: Qt.Key) -> None:
    """
    Nothing to show is no trap: Tab and Shift+Tab lead round an empty board and a full one.
    """
    seat = desks.taker
    seat.hands.take_the_seat()
    seat.hands.press(page)
    seat.work.board.search.setFocus()
    # Two places to stand at, and at the very first moment too: what came back has not been heard of yet.
    assert set(walked(seat.hands, code)) == reachable(seat)
    desks.orders(1)
    seat.hands.take_the_seat()
    until(lambda: seat.work.board.orders.ids, "the order")
    seat.work.board.search.setFocus()
    assert set(walked(seat.hands, code)) == reachable(seat)


@pytest.mark.parametrize("code", [Qt.Key.Key_Tab, Qt.Key.Key_Backtab])
def test_tab_leads_round_the_form_at_every_stage(desks: Desks, code: Qt.Key) -> None:
    """
    A form that was just begun, one that asks and one that has nothing left to ask: Tab gets to every field of each.
    """
    seat = desks.taker
    begin(seat)
    assert set(walked(seat.hands, code)) == reachable(seat)
    safe(seat)
    looked(seat)
    seat.work.intake.panels.narrative.setFocus()
    assert set(walked(seat.hands, code)) == reachable(seat)
    seat.work.intake.panels.question.show_question(None)
    seat.work.intake.panels.narrative.setFocus()
    assert set(walked(seat.hands, code)) == reachable(seat)


@pytest.mark.parametrize("code", [Qt.Key.Key_Tab, Qt.Key.Key_Backtab])
def test_tab_leads_round_the_approval_pane_and_the_sign_in_page(desks: Desks, code: Qt.Key) -> None:
    """
    Tab is no trap where nothing waits, where an order waits, and before anybody signed in.
    """
    page = desks.before_sign_in()
    page.hands.take_the_seat()
    assert set(walked(page.hands, code)) == reachable(page)
    page.sign_in()
    officer = desks.officer
    for waiting in (0, 1):
        desks.orders(waiting)
        officer.hands.take_the_seat()
        officer.work.approval.setFocus()
        assert set(walked(officer.hands, code)) == reachable(officer)


_NONE = Qt.KeyboardModifier.NoModifier


def _names(widgets: list[QWidget]) -> str:
    return ", ".join(type(widget).__name__ for widget in widgets)
