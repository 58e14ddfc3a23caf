"""The promises of a three-way call's end: who keeps the matter is asked by a key, and travels with the order."""

import pytest
from PySide6.QtCore import Qt

from tests.ui.desks import NOISE, Desks, answer_call, focus, incident, looked, safe
from tests.ui.seen import said
from workstation.domain.call import Call
from workstation.domain.call_log import FirstContact
from workstation.domain.call_party import CallId
from workstation.domain.call_table import CallState
from workstation.domain.incident import Incident, Outcome
from workstation.ui.demo_hands import until
from workstation.ui.demo_stage import Seat

RETURN, ESC = Qt.Key.Key_Return, Qt.Key.Key_Escape
WHO = "由谁受理"
FIELDS = {"narrative": NOISE, "category": "020101", "kind": "complaint", "consent": "yes"}


def _call(seat: Seat) -> Call:
    return seat.work.console.phone.calls()[-1]


def _chip(seat: Seat) -> bool:
    """Say whether the top bar asks who keeps the matter."""
    return WHO in said(seat.work.bar)


def _consult(seat: Seat) -> Incident:
    """Answer a citizen, ask the hotline into the call and fill the form, all but ready to be sent."""
    answer_call(seat)
    form = incident(seat)
    seat.hands.press("call_transfer")
    seat.hands.strike(RETURN)
    until(lambda: Outcome.CALL_TRANSFER in incident(seat).outcomes, "the three-way call on the form", 40)
    screen = seat.work.intake
    region = seat.work.console.assistant.regions("tz")[0].region.id
    for name, value in {**FIELDS, "region": region}.items():
        screen.pen.set_value(name, value)
    safe(seat)
    screen.gaps.caller_gone()
    looked(seat)
    assert screen.gaps.missing() == ()
    return form


def _leave(seat: Seat) -> None:
    seat.hands.press("leave_call")
    until(lambda: _call(seat).state is CallState.HANDED_OVER, "out of the call")


@pytest.mark.parametrize(("digit", "choice"), list(enumerate(FirstContact, start=1)))
def test_the_order_goes_when_it_is_said_who_keeps_the_matter(desks: Desks, digit: int, choice: FirstContact) -> None:
    """
    The key that sends asks first who keeps the matter; one digit notes it and sends, and the duty officer reads it.
    """
    seat = desks.taker
    _consult(seat)
    _leave(seat)
    screen = seat.work.intake

    seat.hands.press("work_order")
    until(screen.panels.prompt.isVisible, "the question")
    asked, notice = said(screen.panels.prompt), screen.panels.notice.text
    sent_before = seat.work.console.desk.my_orders()
    seat.hands.digit(digit)
    until(lambda: screen.incident is None, "the order sent")
    officer = desks.officer
    pane = officer.work.approval
    officer.hands.take_the_seat()
    until(pane.queue.order, "the order at the duty officer's")
    until(lambda: "三方通话记录" in said(pane.sheet), "its log")
    (order,) = (view.after.order for view in seat.work.console.desk.my_orders())

    assert WHO in asked
    assert "派单" in notice
    assert sent_before == []
    assert [entry.event for entry in order.consultation].count(choice) == 1
    assert order.queued_at is not None
    assert order.on_hook_at is not None
    assert order.recording_id == _call(seat).recording_id != ""
    assert _call(seat).first_contact is choice
    assert "12345" in said(pane.sheet)
    assert f"{order.seat} 席 · 已离开" in said(pane.sheet)
    assert ("对方受理" if choice is FirstContact.THIRD_TAKES else "本方首接") in said(pane.sheet)


def test_esc_at_the_question_sends_nothing(desks: Desks) -> None:
    """
    Whoever leaves the question goes back to the form as it was: nothing is noted and nothing is sent.
    """
    seat = desks.taker
    form = _consult(seat)
    screen = seat.work.intake

    seat.hands.press("work_order")
    until(screen.panels.prompt.isVisible, "the question")
    seat.hands.strike(ESC)
    until(screen.panels.prompt.isHidden, "the form")

    assert incident(seat).id == form.id
    assert _call(seat).first_contact is None
    assert seat.work.console.desk.my_orders() == []


def test_the_bar_asks_who_keeps_the_matter_until_it_is_noted(desks: Desks) -> None:
    """
    From the moment somebody joins, the bar shows the key; it takes no focus, one digit answers and the bar is calm.
    """
    seat = desks.taker
    answer_call(seat)
    alone = _chip(seat)
    seat.hands.press("add_party")
    seat.hands.strike(RETURN)
    until(lambda: _chip(seat), "the question in the bar", 40)
    narrative = focus()
    seat.hands.write("说", free=True)
    seat.hands.press("first_contact")
    seat.hands.digit(2)
    until(lambda: not _chip(seat), "the bar without it")
    seat.hands.write("完", free=True)

    assert not alone
    assert _call(seat).first_contact is FirstContact.WE_KEEP
    assert incident(seat).intake.get("narrative") == "说完"
    assert focus() is narrative


def test_where_nobody_was_asked_in_there_is_nothing_to_settle(desks: Desks) -> None:
    """
    In a call between two the key says so, and asks nothing.
    """
    seat = desks.taker
    answer_call(seat)

    seat.hands.press("first_contact")

    assert seat.work.intake.panels.prompt.isHidden()
    assert "没有" in seat.work.intake.panels.notice.text


def test_police_and_rescue_wait_for_no_answer(desks: Desks) -> None:
    """
    With the question still open the police are sent and the fire brigade is linked by their keys as ever.
    """
    seat = desks.taker
    form = _consult(seat)
    _leave(seat)

    seat.hands.press("police_dispatch")
    seat.hands.write("P2026030200017")
    seat.hands.strike(RETURN)
    seat.hands.digit(1)
    until(lambda: seat.work.intake.incident is None, "the form closed")

    assert seat.work.console.form.incident(form.id).outcomes == (Outcome.POLICE_DISPATCH,)
    assert _call(seat).first_contact is None


def test_after_a_linkage_the_order_goes_unasked(desks: Desks) -> None:
    """
    Of whoever was called into a danger nobody asks who keeps the matter: the order goes at once.
    """
    seat = desks.taker
    answer_call(seat)
    seat.hands.press("urgent_linkage")
    seat.hands.digit(1)
    until(lambda: Outcome.URGENT_LINKAGE in incident(seat).outcomes, "the linkage on the form", 40)
    screen = seat.work.intake
    region = seat.work.console.assistant.regions("tz")[0].region.id
    for name, value in {**FIELDS, "region": region}.items():
        screen.pen.set_value(name, value)
    safe(seat)
    screen.gaps.caller_gone()
    looked(seat)
    asks = _chip(seat)

    seat.hands.press("work_order")
    until(lambda: screen.incident is None, "the order sent")

    assert not asks


def test_an_abandoned_form_keeps_recording_and_log(desks: Desks) -> None:
    """
    Of a form that nobody ended, the call stays on the disk with its recording, its log and the form it belongs to.
    """
    seat = desks.taker
    answer_call(seat)
    form = incident(seat)
    seat.hands.press("add_party")
    seat.hands.strike(RETURN)
    until(lambda: _call(seat).state is CallState.CONFERENCED, "three in the call", 40)
    seat.hands.press("hang_up")
    seat.hands.press("hang_up")
    until(lambda: _call(seat).ended_at, "the end of the call")

    def on_disk() -> Call:
        with seat.work.console.store.begin() as tx:
            return tx.call(CallId(form.call))

    until(lambda: on_disk().ended_at, "the end on the disk")
    desks.close()
    kept = desks.taker.work.console
    with kept.store.begin() as tx:
        call = tx.call(CallId(form.call))

    assert call.incident_id == form.id
    assert call.recording_id
    assert call.log[-1].what == "call_gone"
    assert call.on_hook_at is not None
    assert kept.form.incident(form.id).call == call.id


def test_an_answer_without_an_order_asks_who_keeps_the_matter_first(desks: Desks) -> None:
    """
    A form whose call somebody was asked into is closed by an answer only when a digit says who keeps the matter.
    """
    seat = desks.taker
    answer_call(seat)
    form, screen = incident(seat), seat.work.intake
    seat.hands.press("add_party")
    seat.hands.strike(RETURN)
    until(lambda: _chip(seat), "somebody else in the call", 40)

    seat.hands.press("direct_answer")
    seat.hands.strike(RETURN)
    until(lambda: WHO in said(screen.panels.prompt), "the question")
    asked_about = incident(seat).id
    seat.hands.digit(1)
    until(lambda: screen.incident is None, "the form closed")
    closed = seat.work.console.form.incident(form.id)

    assert asked_about == form.id
    assert Outcome.DIRECT_ANSWER in closed.outcomes
    assert FirstContact.THIRD_TAKES in {entry.event for entry in closed.consultation}


def test_a_three_way_call_that_needs_no_order_is_closed_by_its_own_key(desks: Desks) -> None:
    """
    After the call the key of the three-way call closes the form, and asks who keeps the matter; the log goes up.
    """
    seat = desks.taker
    form = _consult(seat)
    screen = seat.work.intake
    seat.hands.press("hang_up")
    seat.hands.press("hang_up")
    until(lambda: _call(seat).state is CallState.ENDED, "the end of the call")

    seat.hands.press("call_transfer")
    until(lambda: WHO in said(screen.panels.prompt), "the question")
    seat.hands.digit(1)
    until(lambda: screen.incident is None, "the form closed")
    closed = seat.work.console.form.incident(form.id)

    assert closed.outcomes == (Outcome.CALL_TRANSFER,)
    assert closed.on_hook_at is not None
    assert FirstContact.THIRD_TAKES in {entry.event for entry in closed.consultation}
