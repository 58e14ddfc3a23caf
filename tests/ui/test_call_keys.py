"""The promises of the telephone's keys that outlast a call: wrapping up, handing over, coming back, waiting."""

from PySide6.QtCore import Qt

from tests.ui.desks import Desks, answer_call, incident
from tests.ui.seen import said
from workstation.domain.call import Call
from workstation.domain.call_party import CallId
from workstation.domain.call_seat import SeatState
from workstation.domain.call_table import CallState
from workstation.domain.incident import Outcome, Stage
from workstation.ui.demo_hands import until
from workstation.ui.demo_stage import Seat
from workstation.ui.keys import cap
from workstation.ui.labels import label

RETURN = Qt.Key.Key_Return


def _call(seat: Seat) -> Call:
    return seat.work.console.phone.calls()[-1]


def _hang_up(seat: Seat) -> None:
    seat.hands.press("hang_up")
    seat.hands.press("hang_up")
    until(lambda: _call(seat).ended_at, "the end of the call")


def test_the_seat_wraps_up_until_its_form_is_done(desks: Desks) -> None:
    """
    After hanging up the seat says that it wraps up and is rung by nobody; when its form is put aside it is ready again.
    """
    seat = desks.taker
    answer_call(seat)
    phone = seat.work.console.phone

    _hang_up(seat)
    until(lambda: label(SeatState.WRAP_UP) in seat.said(), "wrapping up on screen")
    wrapping = phone.seat.state
    seat.hands.press("park")
    until(lambda: label(SeatState.READY) in seat.said(), "ready on screen")

    assert wrapping is SeatState.WRAP_UP
    assert phone.seat.state is SeatState.READY


def test_a_call_is_handed_over_without_waiting(desks: Desks) -> None:
    """
    The key of the blind transfer hands the citizen to a line, closes the form with that outcome and frees the seat.
    """
    seat = desks.taker
    answer_call(seat)
    form = incident(seat)

    seat.hands.press("blind_transfer")
    seat.hands.strike(RETURN)
    until(lambda: seat.work.intake.incident is None, "the form closed")
    until(lambda: _call(seat).state is CallState.HANDED_OVER, "the call at the line", 40)
    kept = seat.work.console.form.incident(form.id)

    assert kept.outcomes == (Outcome.CALL_TRANSFER,)
    assert kept.stage is Stage.CONCLUDED
    assert _call(seat).third is not None


def test_who_left_a_call_for_three_comes_back_by_a_key(desks: Desks) -> None:
    """
    A call-taker who left citizen and hotline to each other is back by one key, shown once, and the screen says so.
    """
    seat = desks.taker
    answer_call(seat)
    seat.hands.press("add_party")
    seat.hands.strike(RETURN)
    until(lambda: _call(seat).state is CallState.CONFERENCED, "three in the call", 40)
    until(lambda: label(CallState.CONFERENCED) in seat.said(), "that on screen")
    shown = [seat.said().count(cap(key)) for key in ("leave_call", "drop_party")]

    seat.hands.press("leave_call")
    until(lambda: _call(seat).state is CallState.HANDED_OVER, "out of the call")
    until(lambda: label(CallState.HANDED_OVER) in seat.said(), "that on screen")
    seat.hands.press("rejoin")
    until(lambda: _call(seat).state is CallState.CONFERENCED, "back in the call")
    until(lambda: label(CallState.CONFERENCED) in seat.said(), "that on screen")

    assert _call(seat).seat.present
    assert shown == [1, 1]


def test_a_key_that_waited_too_long_lets_go_of_the_digits(desks: Desks) -> None:
    """
    F1 without a digit steps aside by itself: the options close, and a digit pressed afterwards is narrative.
    """
    seat = desks.taker
    answer_call(seat)
    strip = seat.work.intake.panels.safety
    cap = strip.cap
    assert cap is not None

    seat.hands.press("safety")
    waiting = cap.property("state")
    until(lambda: cap.property("state") != "pressed", "the key to step aside", 5)
    seat.hands.write("1")

    assert waiting == "pressed"
    assert incident(seat).safety is None
    assert incident(seat).intake.get("narrative") == "1"


def test_the_form_on_screen_is_that_of_the_citizen_one_talks_to(desks: Desks) -> None:
    """
    F11 puts the first citizen on hold and answers the second; when that one is done, F2 brings the first and the form.
    """
    seat = desks.taker
    answer_call(seat)
    first = incident(seat)
    seat.hands.write("楼下烧烤店油烟", free=True)
    seat.ring("19900003321")
    until(seat.work.console.phone.ringing, "a second call")
    seat.hands.press("answer")
    until(lambda: incident(seat).id != first.id, "the second form")
    second = incident(seat)
    until(lambda: "保持中" in seat.said(), "that the first one is on hold")
    for _ in range(2):
        seat.hands.press("hang_up")
    until(lambda: seat.work.console.phone.call(CallId(second.call)).ended_at is not None, "the end of the second call")
    seat.hands.press("hold")
    until(lambda: incident(seat).id == first.id, "the first citizen's form")

    assert incident(seat).intake.get("narrative") == "楼下烧烤店油烟"
    assert seat.work.console.form.incident(second.id).call != first.call


def test_who_waits_on_hold_is_never_off_the_screen(desks: Desks) -> None:
    """
    While another is talked to, the bar names the one on hold and for how long; F2 twice or one key changes over.
    """
    seat = desks.taker
    seat.window.resize(1366, 768)
    seat.appearance.show_size(15)
    answer_call(seat)
    height = seat.work.bar.height()
    seat.ring("19900003321")
    until(seat.work.console.phone.ringing, "a second call")
    seat.hands.press("answer")
    until(lambda: "保持 19900002210" in said(seat.work.bar), "the first citizen in the bar")
    talking_to_second = said(seat.work.bar)
    beside = seat.work.bar.height()
    seat.hands.press("board")
    elsewhere = said(seat.work.bar)
    seen = []
    for number in ("19900003321", "19900002210"):
        seat.hands.press("hold")
        until(lambda: not _talks(seat), "nobody to talk to")
        until(lambda: label(CallState.HELD) in said(seat.work.bar), "that on screen")
        seat.hands.press("hold")
        until(lambda number=number: f"保持 {number}" in said(seat.work.bar), "the other citizen")  # type: ignore[misc]
        seen.append(_talks(seat))
    for number in ("19900002210", "19900003321"):
        seat.hands.press("swap")
        until(lambda number=number: _talks(seat) == [number], "the other citizen")  # type: ignore[misc]
        until(lambda: "Alt+W" in said(seat.work.bar), "the key again")

    assert "19900003321" in talking_to_second
    assert "Alt+W 换回" in talking_to_second
    assert "保持 19900002210" in elsewhere
    assert beside == height
    assert seen == [["19900002210"], ["19900003321"]]


def _talks(seat: Seat) -> list[str]:
    calls = seat.work.console.phone.calls()
    return [call.caller_shown for call in calls if call.state is CallState.TALKING]


def test_nobody_leaves_while_a_citizen_is_there(desks: Desks) -> None:
    """
    The key that signs out says that the call comes first; after the call it works again.
    """
    seat = desks.taker
    answer_call(seat)
    form = incident(seat)
    seat.hands.press("sign_out")
    assert "市民还在线上" in seat.work.intake.panels.notice.text
    assert incident(seat).id == form.id
    for _ in range(2):
        seat.hands.press("hang_up")
    until(lambda: not seat.work.in_call, "the end of the call")
    seat.hands.press("sign_out")
    until(lambda: seat.window.work is None, "signed out")


def test_screens_made_anew_still_know_whose_call_it_is(desks: Desks) -> None:
    """
    Changing the language during a call leaves the form the one of this call, and makes no second one.
    """
    seat = desks.taker
    answer_call(seat)
    form = incident(seat)

    for _ in range(2):
        seat.hands.press("language")
    until(lambda: "本次来电" in seat.said(), "that the form is this call's")

    assert incident(seat).id == form.id
    assert [draft.id for draft in seat.work.console.form.drafts()] == [form.id]


def test_a_locked_seat_with_a_citizen_is_not_left_either(desks: Desks) -> None:
    """
    Over a locked screen the key that signs out says, where it is read, that a citizen is still there.
    """
    seat = desks.taker
    answer_call(seat)
    seat.hands.press("lock")
    seat.hands.press("sign_out")

    assert "市民还在线上" in seat.said()
    assert seat.window.work is not None


def test_the_form_begins_with_where_the_network_says_the_caller_is(desks: Desks) -> None:
    """
    Number and location stand in the form as soon as it is there; the location is marked as not confirmed until typed.
    """
    seat = desks.taker
    seat.hands.press("ready")
    desks.stage.taker.ring("19900002210", location="示例路 12 号附近")  # type: ignore[call-arg]  # the simulated phone's own
    until(seat.work.console.phone.ringing, "a call that rings")
    before = seat.said()
    seat.hands.press("answer")
    until(lambda: seat.work.intake.incident is not None and "定位，待核" in seat.said(), "the marked address")

    assert "示例路" not in before
    assert incident(seat).intake.get("address") == "示例路 12 号附近"
    assert incident(seat).intake.get("contact_phone") == "19900002210"
