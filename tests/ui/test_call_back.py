"""The promises about callers who were cut off: who stands in the queue, and what one key does."""

import time

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from tests.ui.desks import Desks, answer_call, incident
from workstation.adapters.telephony_simulated import LineScript, SimulatedTelephony
from workstation.domain.call import Call
from workstation.domain.call_event import CallEnd
from workstation.domain.call_party import Ending
from workstation.domain.call_seat import SeatState
from workstation.domain.call_table import CallState
from workstation.ui.card_model import CardView
from workstation.ui.chips import Words
from workstation.ui.demo_hands import until
from workstation.ui.demo_stage import Seat
from workstation.ui.rows import Cards

CALLER = "19900004432"


def _telephone(seat: Seat) -> SimulatedTelephony:
    telephone = seat.work.console.phone._telephony
    assert isinstance(telephone, SimulatedTelephony)
    return telephone


def _missed(seat: Seat, desks: Desks) -> None:
    seat.hands.press("ready")
    desks.stage.taker.ring(CALLER, hangs_up_after=0.2)  # type: ignore[call-arg]  # the simulated phone's own
    until(seat.work.console.phone.backs, "somebody to call back")


def _cards(seat: Seat) -> list[CardView]:
    lists: list[Cards] = list(seat.work.intake.panels.missed.findChildren(Cards))
    return [card for rows in lists for card in rows.cards.cards]


def _listed(seat: Seat) -> list[str]:
    return [card.id for card in _cards(seat)]


def _called_back(seat: Seat) -> Call:
    seat.hands.press("call_back")
    until(lambda: any(call.back_of for call in seat.work.console.phone.calls()), "the call-back")
    return [call for call in seat.work.console.phone.calls() if call.back_of][-1]


def test_one_key_calls_back_whoever_was_missed(desks: Desks) -> None:
    """
    Who gave up while it rang is called back with one key, and when they answer their form begins.
    """
    seat = desks.taker
    _missed(seat, desks)
    until(lambda: _listed(seat), "the list")
    (listed,) = (card.note for card in _cards(seat))
    _telephone(seat).script(CALLER, LineScript(Ending.JOINED, after=0.5))
    call = _called_back(seat)
    edit = seat.work.intake.panels.narrative.text_edit
    until(lambda: "正在回拨" in edit.placeholderText(), "that it rings there")
    before = seat.work.intake.incident
    until(lambda: seat.work.intake.incident is not None, "the form")

    assert before is None
    assert "振铃" in listed
    assert incident(seat).call_in_phone.text == CALLER
    assert incident(seat).call == call.id
    assert seat.work.console.phone.backs() == ()


def test_the_form_of_a_caller_who_was_cut_off_comes_up_again(desks: Desks) -> None:
    """
    A caller cut off in the middle of the form waits; the call-back brings up that form, with both recordings.
    """
    seat = desks.taker
    answer_call(seat, CALLER)
    phone, form = seat.work.console.phone, incident(seat)
    seat.hands.write("小区门口路灯不亮")
    _telephone(seat).citizen_hangs_up(phone.calls()[-1].id)
    until(phone.backs, "somebody to call back")
    kept = phone.backs()[0]
    seat.hands.press("park")
    until(lambda: seat.work.intake.incident is None, "a parked form")
    until(lambda: not phone.backs()[0].mine, "a caller whom anybody may call")
    _telephone(seat).script(CALLER, LineScript(Ending.JOINED, after=0.2))
    call = _called_back(seat)
    until(lambda: phone.call(call.id).state is CallState.TALKING, "the citizen")
    until(
        lambda: seat.work.intake.incident is not None and incident(seat).call == call.id, "the form of the first call"
    )

    assert kept.mine
    assert incident(seat).id == form.id
    assert incident(seat).intake.values["narrative"] == "小区门口路灯不亮"
    assert phone.call(call.id).incident_id == form.id
    assert len(incident(seat).recording_id.split()) == 2
    assert phone.backs() == ()


def test_a_form_that_is_done_settles_its_caller(desks: Desks) -> None:
    """
    Once the form of a caller who hung up has its outcome nobody calls them any more.
    """
    seat = desks.taker
    answer_call(seat, CALLER)
    phone = seat.work.console.phone
    _telephone(seat).citizen_hangs_up(phone.calls()[-1].id)
    until(phone.backs, "somebody to call back")
    seat.hands.press("invalid_call")
    seat.hands.digit(1)
    seat.hands.strike(Qt.Key.Key_Return)
    until(lambda: not phone.backs(), "nobody to call back")

    assert phone.calls()[-1].ended_by is CallEnd.CITIZEN


def test_screens_made_anew_still_settle_a_parked_forms_caller(desks: Desks) -> None:
    """
    Parked, the language changed twice, opened and concluded: nobody calls that caller any more.
    """
    seat = desks.taker
    answer_call(seat, CALLER)
    phone = seat.work.console.phone
    _telephone(seat).citizen_hangs_up(phone.calls()[-1].id)
    until(phone.backs, "somebody to call back")
    seat.hands.press("park")
    until(lambda: seat.work.intake.incident is None, "a parked form")
    until(lambda: not phone.backs()[0].mine, "a caller whom anybody may call")
    for _ in range(2):
        seat.hands.press("language")
    until(lambda: seat.work.intake.drafts._view.drafts, "the parked draft")
    seat.hands.press("draft_1")
    until(lambda: seat.work.intake.incident is not None, "the form")
    seat.hands.press("invalid_call")
    seat.hands.digit(1)
    seat.hands.strike(Qt.Key.Key_Return)
    until(lambda: not phone.backs(), "nobody to call back", 10)


def test_who_is_not_reached_stays_in_the_list(desks: Desks) -> None:
    """
    Whoever is busy stays, with the number of tries; no form was begun for nothing.
    """
    seat = desks.taker
    _missed(seat, desks)
    _telephone(seat).script(CALLER, LineScript(Ending.BUSY, after=0.1))
    call = _called_back(seat)
    phone = seat.work.console.phone
    until(lambda: phone.backs()[0].tries == 1, "one try")

    assert phone.call(call.id).citizen.ending is Ending.BUSY
    assert seat.work.intake.incident is None
    assert phone.seat.state is SeatState.READY  # no form, no wrap-up: the next call may come


def test_at_a_desk_phone_the_steps_and_the_result_are_by_hand(desks: Desks) -> None:
    """
    Where the telephone is a desk phone the window shows the number to dial, and is told who answered.
    """
    desks.by_hand = True
    seat = desks.taker
    phone = seat.work.console.phone
    seat.hands.press("ready")
    seat.hands.press("incoming")
    seat.hands.write(CALLER)
    seat.hands.strike(Qt.Key.Key_Return)
    until(phone.ringing, "a call that rings")
    seat.hands.press("citizen_left")
    until(phone.backs, "somebody to call back")
    call = _called_back(seat)
    panel = seat.work.desk_phone
    until(lambda: CALLER in " ".join(map(QLabel.text, panel.findChildren(Words))), "the number to dial")
    seat.hands.press("third_joined")
    until(lambda: phone.call(call.id).state is CallState.TALKING, "the citizen")
    until(lambda: seat.work.intake.incident is not None, "the form")

    assert incident(seat).call_in_phone.text == CALLER


def test_the_list_is_as_of_its_key(desks: Desks) -> None:
    """
    Whoever was cut off stands in the list from the key on, even where the window has not looked at the telephone since.
    """
    seat = desks.taker
    phone = seat.work.console.phone
    seat.hands.press("ready")
    desks.stage.taker.ring(CALLER, hangs_up_after=0.2)  # type: ignore[call-arg]  # the simulated phone's own
    late = time.monotonic() + 10
    while not phone.backs() and time.monotonic() < late:
        time.sleep(0.01)  # and not until(): the window shall not look in between
    before = _listed(seat)
    seat.hands.press("missed")

    assert before == []
    assert _listed(seat) == [back.call for back in phone.backs()] != []


def test_a_caller_is_given_up_with_a_reason(desks: Desks) -> None:
    """
    Del in the list asks why; a digit takes the caller out of the queue, and Esc leaves them there.
    """
    seat = desks.taker
    _missed(seat, desks)
    phone, prompt = seat.work.console.phone, seat.work.intake.panels.prompt
    seat.hands.press("missed")
    seat.hands.strike(Qt.Key.Key_Delete)
    until(prompt.isVisible, "the question")
    seat.hands.strike(Qt.Key.Key_Escape)
    until(prompt.isHidden, "the list")
    left = phone.backs()
    seat.hands.press("missed")
    seat.hands.strike(Qt.Key.Key_Delete)
    until(prompt.isVisible, "the question")
    seat.hands.digit(1)
    until(lambda: not phone.backs(), "nobody to call back")

    assert len(left) == 1


def test_a_caller_whose_form_is_not_done_is_not_given_up(desks: Desks) -> None:
    """
    Whoever was cut off in the middle of a form is kept until the form is closed; the screen says so.
    """
    seat = desks.taker
    answer_call(seat, CALLER)
    phone, screen = seat.work.console.phone, seat.work.intake
    _telephone(seat).citizen_hangs_up(phone.calls()[-1].id)
    until(lambda: phone.backs() and phone.backs()[0].mine, "somebody to call back")
    seat.hands.press("missed")
    seat.hands.strike(Qt.Key.Key_Delete)
    until(lambda: "先办结" in screen.panels.notice.text, "why not")

    assert not screen.panels.prompt.isVisible()
    assert len(phone.backs()) == 1
