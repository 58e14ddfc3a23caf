"""The promises of each outcome's key, of the telephone's keys and of the board, over a real desk."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.ui.desks import NOISE, Desks, answer_call, begin, incident, looked, safe
from tests.ui.seen import inside, said
from workstation.domain.call_table import CallState
from workstation.domain.incident import Incident, Outcome, Stage
from workstation.domain.lifecycle import State
from workstation.ui.demo_hands import until
from workstation.ui.demo_stage import Seat
from workstation.ui.hits import Hits
from workstation.ui.pictures import rest

RETURN = Qt.Key.Key_Return
ORDERED = {
    "narrative": "小区楼道里煤气味很重，物业一直不管。",
    "category": "020101",
    "kind": "complaint",
    "contact_phone": "19900002210",
    "consent": "yes",
}


@contextmanager
def busy(desks: Desks) -> Iterator[None]:
    """Let the call-taker's desk be slow: what is asked of its writing lane is answered afterwards."""
    go_on = Event()
    desks.stage.taker.workers.write.submit(go_on.wait, 20)
    try:
        yield
    finally:
        go_on.set()


def concluded(seat: Seat, id: object) -> bool:
    """Say whether the form *id* is closed on disk."""
    return seat.work.console.form.incident(id).stage is Stage.CONCLUDED  # type: ignore[arg-type]


def test_police_takes_the_summary_and_asks_for_the_number(desks: Desks) -> None:
    """
    Sending police puts the summary on the clipboard, asks for the police system's number and closes the form with it.
    """
    seat = desks.taker
    form = begin(seat)
    safe(seat)
    seat.hands.write(NOISE, free=True)
    looked(seat)

    seat.hands.press("police_dispatch")
    summary = QApplication.clipboard().text()
    seat.hands.write("JQ20260001")
    seat.hands.strike(RETURN)
    seat.hands.digit(1)
    until(lambda: seat.work.intake.incident is None, "the form closed")
    kept = seat.work.console.form.incident(form.id)

    assert NOISE in summary
    assert kept.police_number == "JQ20260001"
    assert kept.outcomes == (Outcome.POLICE_DISPATCH,)


def test_an_invalid_call_needs_two_keys_and_enter(desks: Desks) -> None:
    """
    A silent call is over by its key, a digit for the reason, and Enter.
    """
    seat = desks.taker
    form = begin(seat)

    seat.hands.press("invalid_call")
    seat.hands.digit(1)
    seat.hands.strike(RETURN)
    until(lambda: seat.work.intake.incident is None, "the form closed")

    assert concluded(seat, form.id)
    assert seat.work.console.form.incident(form.id).reason


def test_not_accepted_names_its_item_and_shows_what_to_say(desks: Desks) -> None:
    """
    A refusal rests on an item of the list, and its sentence for the caller stands on screen afterwards.
    """
    seat = desks.taker
    form = begin(seat)
    safe(seat)

    seat.hands.press("not_accepted")
    seat.hands.strike(RETURN)
    until(lambda: seat.work.intake.incident is None, "the form closed")

    assert seat.work.console.form.incident(form.id).guidance_item
    assert seat.work.intake.panels.notice.text


@pytest.mark.parametrize(("key", "digit"), [("not_accepted", 2), ("not_accepted", 0), ("direct_answer", 3)])
def test_an_item_is_taken_by_the_digit_its_row_shows(desks: Desks, key: str, digit: int) -> None:
    """
    The digit that stands at a row of a guidance list records that item at once, the tenth by 0, and no other.
    """
    seat = desks.taker
    form = begin(seat)
    safe(seat)

    seat.hands.press(key)
    rows = inside(seat.work.intake.panels.prompt, Hits)[0].hits
    seat.hands.digit(digit)
    until(lambda: seat.work.intake.incident is None, "the form closed")

    assert len(rows) == 10
    assert seat.work.console.form.incident(form.id).guidance_item == rows[digit - 1].id


@pytest.mark.parametrize(("typed", "found"), [("ranqi", "LK-"), ("rqxl", "LK-"), ("#10", "-10"), ("引导分流", "DV-")])
def test_every_item_of_the_four_lists_is_found(desks: Desks, typed: str, found: str) -> None:
    """
    All forty items are in the list, each with its list and number, and pinyin, number and list name lead to them.
    """
    seat = desks.taker
    begin(seat)

    seat.hands.press("guidance")
    rows = inside(seat.work.intake.panels.prompt, Hits)[0]
    every = rows.hits
    for _ in range(5):
        seat.hands.strike(Qt.Key.Key_PageDown)
    last = rows.currentIndex().row()
    seat.hands.write(typed, free=True)
    fewer = rows.hits

    assert len(every) == 40
    assert last == 39
    assert every[9].note.startswith("明确不受理类 第10项")
    assert 0 < len(fewer) < 40
    assert any(found in hit.id for hit in fewer)


@pytest.mark.parametrize("key", ["call_transfer", "add_party", "blind_transfer"])
def test_without_a_call_nobody_is_asked_in(desks: Desks, key: str) -> None:
    """
    Where there is no call the keys that ask somebody in say so and open no list.
    """
    seat = desks.taker
    begin(seat)

    seat.hands.press(key)

    assert "没有通话" in seat.work.intake.panels.notice.text
    assert seat.work.intake.panels.prompt.isHidden()


def test_an_open_question_outlives_the_key_of_the_language(desks: Desks) -> None:
    """
    While something is asked beside the form the language stays, with a sentence; after Esc it changes.
    """
    seat = desks.taker
    begin(seat)
    seat.hands.press("police_dispatch")

    seat.hands.strike(RETURN)
    asked = said(seat.work.intake.panels.prompt)
    seat.hands.press("language")
    still = not seat.work.intake.panels.prompt.isHidden()
    language = seat.program.language.name
    told = seat.work.intake.panels.notice.text
    seat.hands.strike(Qt.Key.Key_Escape)
    seat.hands.press("language")

    assert "编号" in asked.split("警情系统")[-1]
    assert "请写明理由" not in asked
    assert still
    assert language == "zh_CN"
    assert "Esc" in told
    assert seat.program.language.name == "en_GB"


def test_a_line_is_called_by_the_digit_its_row_shows(desks: Desks) -> None:
    """
    The digit of a line's row asks that very line into the call, though digits stand in the numbers of others.
    """
    seat = desks.taker
    answer_call(seat)

    seat.hands.press("add_party")
    rows = inside(seat.work.intake.panels.prompt, Hits)[0].hits
    seat.hands.digit(2)
    until(seat.work.parties.isVisible, "the row of parties")
    call = seat.work.console.phone.current()

    assert call is not None
    assert call.third is not None
    assert call.third.name == rows[1].text


def test_esc_leaves_a_prompt_and_gives_the_focus_back(desks: Desks) -> None:
    """
    Esc in a prompt changes nothing, and the next letter goes where the last one went.
    """
    seat = desks.taker
    begin(seat)
    seat.hands.write("工地", free=True)

    for key in ("invalid_call", "direct_answer", "guidance", "category", "linked_to_order"):
        seat.hands.press(key)
        seat.hands.strike(Qt.Key.Key_Escape)
    seat.hands.write("打桩", free=True)

    assert incident(seat).intake.get("narrative") == "工地打桩"
    assert incident(seat).outcomes == ()


def test_a_third_party_joins_and_its_state_is_shown(desks: Desks) -> None:
    """
    The hotline is asked into the call by one key and Enter; a row with its state opens and closes again by itself.
    """
    seat = desks.taker
    answer_call(seat)

    seat.hands.press("add_party")
    seat.hands.strike(RETURN)
    until(seat.work.parties.isVisible, "the row of parties")
    until(lambda: _state(seat) is CallState.CONFERENCED, "the third party in the call", 40)
    seat.hands.press("drop_party")
    until(lambda: _state(seat) is CallState.TALKING, "the call for two")

    assert "12345" in seat.said()


def test_hold_and_mute_go_on_and_off_by_their_keys(desks: Desks) -> None:
    """
    The key that holds a call takes it up again.
    """
    seat = desks.taker
    answer_call(seat)

    seat.hands.press("hold")
    until(lambda: _state(seat) is CallState.HELD, "the held call")
    seat.hands.press("hold")
    until(lambda: _state(seat) is CallState.TALKING, "the call again")

    assert seat.work.intake.incident is not None


def test_a_linkage_finds_the_line_of_the_place_that_was_heard(desks: Desks) -> None:
    """
    F12 and a digit call the line of the district that the narrative names, before any field is filled.
    """
    seat = desks.taker
    answer_call(seat)
    seat.hands.write("滕州市北辛街道一个小区楼道里煤气味很重", free=True)
    looked(seat)

    seat.hands.press("urgent_linkage")
    seat.hands.digit(6)
    until(lambda: Outcome.URGENT_LINKAGE in incident(seat).outcomes, "the linkage on the form")

    assert "滕州市燃气" in incident(seat).reason


def test_a_linkage_without_an_order_is_closed_by_the_parking_key(desks: Desks) -> None:
    """
    A form whose outcome is on record is closed, not parked, by the key that puts forms aside.
    """
    seat = desks.taker
    answer_call(seat)
    form = incident(seat)
    seat.hands.press("urgent_linkage")
    seat.hands.digit(1)
    until(lambda: Outcome.URGENT_LINKAGE in incident(seat).outcomes, "the linkage on the form")

    seat.hands.press("park")
    until(lambda: seat.work.intake.incident is None, "the form closed")

    assert concluded(seat, form.id)


def test_a_linkage_that_could_not_be_called_is_none_until_somebody_answered_by_hand(desks: Desks) -> None:
    """
    Without a call the linkage key says what to dial, and the form has no linkage until it is noted who answered there.
    """
    seat = desks.taker
    form = begin(seat)

    seat.hands.press("urgent_linkage")
    seat.hands.digit(1)
    rest(300)
    before = seat.work.console.form.incident(form.id).outcomes
    said = seat.said()
    prompt = seat.work.intake.panels.prompt
    seat.hands.write("119", free=True)
    seat.hands.write("指挥中心值班员已接听", free=True)
    seat.hands.strike(RETURN)
    until(lambda: Outcome.URGENT_LINKAGE in incident(seat).outcomes, "the linkage on the form")

    assert before == ()
    assert "119" in said
    assert prompt.isHidden()
    assert incident(seat).linkage_call == "119指挥中心值班员已接听"


def test_leaving_the_question_about_a_linkage_records_none(desks: Desks) -> None:
    """
    Esc at the question who answered by hand leaves the form without a linkage.
    """
    seat = desks.taker
    form = begin(seat)

    seat.hands.press("urgent_linkage")
    seat.hands.digit(1)
    asked = seat.work.intake.panels.prompt.isVisible()
    seat.hands.strike(Qt.Key.Key_Escape)
    rest(300)

    assert asked
    assert seat.work.console.form.incident(form.id).linkage_call == ""
    assert incident(seat).outcomes == ()


def test_what_is_typed_while_a_linkage_is_recorded_stays(desks: Desks) -> None:
    """
    Characters typed before the desk answered are on the form and on the disk, and the cursor stays where it is.
    """
    seat = desks.taker
    answer_call(seat)
    form = incident(seat)
    seat.hands.write("煤气味", free=True)
    seat.hands.press("urgent_linkage")

    with busy(desks):
        seat.hands.digit(1)
        seat.hands.write("很重", free=True)
        seat.work.intake.panels.grid.go_to("address")
        seat.hands.write("北楼", free=True)
    until(lambda: Outcome.URGENT_LINKAGE in incident(seat).outcomes, "the linkage on the form")
    at = seat.work.intake.panels.grid.focused()
    until(
        lambda: seat.work.console.form.incident(form.id).intake.get("address") == "北楼", "the address on the disk", 5
    )
    kept = seat.work.console.form.incident(form.id)

    assert at == "address"
    assert incident(seat).intake.get("narrative") == "煤气味很重"
    assert kept.intake.get("narrative") == "煤气味很重"
    assert kept.outcomes == (Outcome.URGENT_LINKAGE,)


def _danger_without_answer(seat: Seat) -> Incident:
    """Fill a form that speaks of danger, all but ready to be sent."""
    form = begin(seat)
    screen = seat.work.intake
    region = seat.work.console.assistant.regions("tz")[0].region.id
    for name, value in {**ORDERED, "region": region}.items():
        screen.pen.set_value(name, value)
    safe(seat)
    screen.gaps.caller_gone()
    looked(seat)
    assert screen.advice is not None
    assert screen.advice.dangers
    assert screen.gaps.missing() == ()
    return form


def test_the_digit_of_going_back_sends_nothing(desks: Desks) -> None:
    """
    At the question about danger the digit that stands before "back" goes back, and the order is not sent.
    """
    seat = desks.taker
    _danger_without_answer(seat)
    screen = seat.work.intake

    seat.hands.press("work_order")
    until(screen.panels.prompt.isVisible, "the question")
    seat.hands.digit(2)
    rest(300)

    assert screen.panels.prompt.isHidden()
    assert screen.incident is not None
    assert screen.incident.outcomes == ()
    assert seat.work.console.desk.my_orders() == []


def test_an_order_is_sent_as_it_stands_after_the_question_about_danger(desks: Desks) -> None:
    """
    What was changed on the form while the question about danger stood there is in the order.
    """
    seat = desks.taker
    form = _danger_without_answer(seat)
    screen = seat.work.intake

    seat.hands.press("work_order")
    until(screen.panels.prompt.isVisible, "the question")
    screen.pen.set_value("address", "锦绣花园南门")
    seat.hands.digit(1)
    until(lambda: screen.incident is None, "the order sent")

    assert seat.work.console.form.incident(form.id).intake.get("address") == "锦绣花园南门"


def test_an_order_is_found_by_its_number(desks: Desks) -> None:
    """
    The search finds an order by the number the caller was told, from whatever screen one comes.
    """
    desks.orders(3)
    seat = desks.taker
    seat.hands.take_the_seat()
    wanted = seat.work.console.desk.my_orders()[1].transfer

    seat.hands.press("search")
    seat.hands.write(wanted.number)

    found = seat.work.board.orders
    until(lambda: wanted.id in found.ids and len(found.ids) < 3, "the order among fewer")

    assert seat.work.board.isVisible()


def test_a_returned_order_is_mended_in_its_form(desks: Desks) -> None:
    """
    An order that came back opens its form again by one key, with everything that was written.
    """
    desks.orders(1)
    seat, officer = desks.taker, desks.officer
    (only,) = officer.work.approval.queue.order()
    officer.hands.take_the_seat()
    until(lambda: officer.work.approval.decisions.settled, "a look at the order")
    officer.hands.digit(4)
    officer.hands.press("send_back")
    officer.hands.digit(1)
    officer.hands.strike(RETURN)
    until(lambda: seat.state(only) is State.RETURNED, "the order back")

    seat.hands.take_the_seat()
    seat.hands.press("board")
    seat.work.board.open(only)
    until(lambda: "补正" in seat.said(), "what can be done")
    seat.hands.digit(1)
    until(lambda: seat.work.intake.incident is not None, "the form again")

    assert incident(seat).transfer == only
    assert incident(seat).intake.get("narrative")
    until(lambda: "需补正" in seat.work.intake.panels.notice.text, "why it came back, and what to correct")

    form = incident(seat)
    seat.hands.press("park")
    until(lambda: seat.work.intake.incident is None, "the form put aside")

    assert not concluded(seat, form.id)
    assert form.id in {draft.id for draft in seat.work.console.form.drafts()}


def _state(seat: Seat) -> CallState | None:
    call = seat.work.console.phone.current()
    return call.state if call is not None else None
