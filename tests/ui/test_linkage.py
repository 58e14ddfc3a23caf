"""The promises of an urgent linkage: what is said of it is what became of it."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from tests.ui.desks import Desks, answer_call, begin, incident, looked
from workstation.domain.incident import Outcome
from workstation.ui.demo_hands import until
from workstation.ui.demo_stage import Seat

RETURN = Qt.Key.Key_Return
FIRE = "119"


@pytest.fixture
def by_hand(desks: Desks) -> Desks:
    """Give consoles whose telephone stands on the desk: whoever sits there tells what happened at it."""
    desks.by_hand = True
    return desks


def _answer_by_hand(seat: Seat) -> None:
    seat.hands.press("ready")
    seat.hands.press("incoming")
    seat.hands.write("19900002210")
    seat.hands.strike(RETURN)
    until(seat.work.console.phone.ringing, "a call that rings")
    seat.hands.press("answer")
    until(lambda: seat.work.intake.incident is not None, "the call's form")
    looked(seat)


def _link(seat: Seat) -> str:
    seat.hands.press("urgent_linkage")
    seat.hands.digit(1)
    return seat.work.intake.panels.notice.text


def _notice(seat: Seat) -> str:
    return seat.work.intake.panels.notice.text


def test_a_line_that_was_only_dialled_is_not_yet_linked(desks: Desks) -> None:
    """
    F12 and a digit say that the line is being called; only when somebody answers there it is linked, and on the form.
    """
    seat = desks.taker
    answer_call(seat)

    dialled = _link(seat)
    before = incident(seat).outcomes
    until(lambda: Outcome.URGENT_LINKAGE in incident(seat).outcomes, "the linkage on the form")
    linked = _notice(seat)

    assert "等待接听" in dialled
    assert "已联动" not in dialled
    assert before == ()
    assert "已联动" in linked
    assert FIRE in linked


@pytest.mark.parametrize(
    ("outcome", "second", "says"),
    [(Outcome.URGENT_LINKAGE, Qt.Key.Key_1, "已联动"), (Outcome.CALL_TRANSFER, RETURN, "已加入通话")],
)
def test_screens_made_anew_still_wait_for_the_answer(desks: Desks, outcome: Outcome, second: Qt.Key, says: str) -> None:
    """
    A line that answers after the language was changed counts all the same, for the form it was called for.
    """
    seat = desks.taker
    answer_call(seat)
    form = incident(seat)
    looked(seat)
    seat.hands.press(outcome)
    seat.hands.strike(second)
    for _ in range(2):
        seat.hands.press("language")
    before = incident(seat).outcomes
    until(lambda: outcome in incident(seat).outcomes, "the outcome on the form", 10)
    until(lambda: says in _notice(seat), "that on screen")

    assert before == ()
    assert incident(seat).id == form.id
    assert incident(seat).outcomes == (outcome,)


def test_a_line_that_nobody_answered_is_no_linkage(by_hand: Desks) -> None:
    """
    A busy line is said to be busy and the form has no linkage; its key dials again, and an answer then counts.
    """
    seat = by_hand.taker
    _answer_by_hand(seat)

    _link(seat)
    seat.hands.press("third_busy")
    until(lambda: "占线" in _notice(seat), "why it is not linked")
    failed, outcomes = _notice(seat), incident(seat).outcomes
    _link(seat)
    seat.hands.digit(1)
    until(lambda: "等待接听" in _notice(seat), "the second attempt")
    seat.hands.press("third_joined")
    until(lambda: Outcome.URGENT_LINKAGE in incident(seat).outcomes, "the linkage on the form")

    assert "未联动" in failed
    assert outcomes == ()
    assert incident(seat).reason.startswith(FIRE)


def test_after_a_failed_attempt_an_answer_by_hand_can_be_noted(by_hand: Desks) -> None:
    """
    Whoever reached the line on another telephone writes down who answered, and that is the linkage.
    """
    seat = by_hand.taker
    _answer_by_hand(seat)
    _link(seat)
    seat.hands.press("third_silent")
    until(lambda: "无人接听" in _notice(seat), "why it is not linked")

    _link(seat)
    seat.hands.digit(2)
    seat.hands.write("值班员已接听", free=True)
    seat.hands.strike(RETURN)
    until(lambda: Outcome.URGENT_LINKAGE in incident(seat).outcomes, "the linkage on the form")

    assert incident(seat).linkage_call == "值班员已接听"


def test_an_answer_is_noted_on_the_form_that_the_line_was_dialled_for(by_hand: Desks) -> None:
    """
    Whoever begins another form while the line rings finds the linkage on the first one, and nothing on the other.
    """
    seat = by_hand.taker
    _answer_by_hand(seat)
    first = incident(seat)
    _link(seat)
    second = begin(seat)

    seat.hands.press("third_joined")
    form = seat.work.console.form
    until(lambda: Outcome.URGENT_LINKAGE in form.incident(first.id).outcomes, "the linkage on the first form")

    assert incident(seat).id == second.id
    assert incident(seat).outcomes == ()
    assert form.incident(second.id).outcomes == ()
    assert form.incident(first.id).stage is first.stage


def test_a_call_that_ends_before_an_answer_is_no_linkage(by_hand: Desks) -> None:
    """
    When the citizen hangs up while the line still rings, the form has no linkage, and it is said.
    """
    seat = by_hand.taker
    _answer_by_hand(seat)
    _link(seat)

    seat.hands.press("hang_up")
    seat.hands.press("hang_up")
    until(lambda: "未联动" in _notice(seat), "that nothing is linked")

    assert incident(seat).outcomes == ()


def test_a_line_that_is_only_called_is_no_three_way_call_yet(desks: Desks) -> None:
    """
    F9 says that the line is being called; when it joins, that is said too, and only then it is what became of the form.
    """
    seat = desks.taker
    answer_call(seat)

    seat.hands.press("call_transfer")
    seat.hands.strike(RETURN)
    calling, before = _notice(seat), incident(seat).outcomes
    until(lambda: Outcome.CALL_TRANSFER in incident(seat).outcomes, "the three-way call on the form", 40)

    assert "正在呼叫" in calling
    assert before == ()
    assert "已加入" in _notice(seat)


def test_a_line_that_left_is_no_longer_said_to_be_in_the_call(by_hand: Desks) -> None:
    """
    When the added party hangs up, the sentence that it joined goes at once, and its row closes a few seconds later.
    """
    seat = by_hand.taker
    _answer_by_hand(seat)
    row = seat.work.parties

    seat.hands.press("call_transfer")
    seat.hands.strike(RETURN)
    seat.hands.press("third_joined")
    until(lambda: "已加入" in _notice(seat), "that the line joined")
    joined = row.isVisible()
    seat.hands.press("third_left")
    until(lambda: not seat.work.intake.panels.notice.isVisible(), "the sentence gone")
    left = row.isVisible()
    by_hand.clock.ahead += timedelta(seconds=6)
    until(lambda: not row.isVisible(), "the row closed", 3)

    assert joined
    assert left


@pytest.mark.parametrize(("key", "why"), [("third_busy", "占线"), ("third_silent", "无人接听")])
def test_a_third_party_that_does_not_join_leaves_every_way_open(by_hand: Desks, key: str, why: str) -> None:
    """
    A busy or silent line is named with what to do next, and the form can still end in any other way.
    """
    seat = by_hand.taker
    _answer_by_hand(seat)

    seat.hands.press("call_transfer")
    seat.hands.strike(RETURN)
    seat.hands.press(key)
    until(lambda: why in _notice(seat), "why the line did not join")
    said, outcomes = _notice(seat), incident(seat).outcomes
    seat.hands.press("invalid_call")
    seat.hands.digit(1)
    seat.hands.strike(RETURN)
    until(lambda: seat.work.intake.incident is None, "the form ended another way")

    assert "工单" in said
    assert outcomes == ()
