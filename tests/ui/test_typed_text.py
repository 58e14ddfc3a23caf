"""What is typed is checked where it is typed: answers to questions, and the order's own text."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.ui.desks import CTRL, Desks, begin, incident, looked, safe
from tests.ui.seen import said
from workstation.domain.incident import Outcome
from workstation.ui.demo_hands import until
from workstation.ui.demo_stage import Seat

WAGES = "老板拖欠我们十几个人工资三个月不给"


def paste(seat: Seat, text: str) -> None:
    QApplication.clipboard().setText(text)
    seat.hands.strike(Qt.Key.Key_V, CTRL)


def ask(seat: Seat, id: str) -> None:
    """Begin a form about wages and answer until question *id* is asked."""
    begin(seat)
    safe(seat)
    seat.hands.write(WAGES, free=True)
    looked(seat)
    seat.hands.press("category")
    seat.hands.write("0501")
    seat.hands.strike(Qt.Key.Key_Return)
    looked(seat)
    while (asked := seat.work.intake.form.asked) is not None and asked.id != id:
        seat.hands.press("question")
        if asked.choices:
            seat.hands.digit(1)
        else:
            seat.hands.write("5")
            seat.hands.strike(Qt.Key.Key_Return)
        looked(seat)
    assert asked is not None


@pytest.mark.parametrize(
    ("id", "typed", "sentence"),
    [
        ("wages_amount", "大概\u202e三\u2067万", "第 3 位有不可见字符"),
        ("wages_amount", "很多很多", "请填写阿拉伯数字"),
        ("wages_tried", "5", "请按数字选择"),
    ],
)
def test_an_answer_that_is_none_is_told_beside_its_line(desks: Desks, id: str, typed: str, sentence: str) -> None:
    """
    The text stays in the line with a sentence below it, the question stays, and a mended answer is taken.
    """
    seat = desks.taker
    ask(seat, id)

    seat.hands.press("question")
    paste(seat, typed)
    seat.hands.strike(Qt.Key.Key_Return)

    panel = seat.work.intake.panels.question
    assert sentence in said(panel)
    assert seat.work.intake.form.asked is not None
    assert seat.work.intake.form.asked.id == id
    assert id not in incident(seat).intake.answers
    seat.hands.strike(Qt.Key.Key_A, CTRL)
    seat.hands.write("2")
    assert sentence not in said(panel)
    if id == "wages_tried":
        seat.hands.strike(Qt.Key.Key_Backspace)
        seat.hands.digit(2)
    else:
        seat.hands.strike(Qt.Key.Key_Return)
    assert incident(seat).intake.answers[id].value == ("boss" if id == "wages_tried" else "2")


def test_the_orders_own_text_is_told_beside_it(desks: Desks) -> None:
    """
    An unseen character in the edited text is named below the text as it is typed, not when the order is sent.
    """
    seat = desks.taker
    begin(seat)
    safe(seat)
    seat.hands.write(WAGES, free=True)
    looked(seat)
    seat.hands.press("preview")
    paste(seat, "正文\u202e反")
    looked(seat)

    preview = seat.work.intake.panels.preview
    assert "第 3 位有不可见字符" in said(preview)
    seat.hands.press(Outcome.WORK_ORDER)
    until(seat.work.intake.panels.notice.isVisible, "why it is not sent")
    assert incident(seat).own_content
    seat.hands.press("park")
    until(lambda: seat.work.intake.incident is None, "the form parked")
    assert "第 3 位有不可见字符" not in said(preview)
