"""The promises of the telephone that nobody can drive: the window says what to do, keys say what happened."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.ui.desks import NOISE, Desks, begin, focus, incident
from tests.ui.seen import said
from workstation.domain.call import Call
from workstation.domain.call_party import Ending
from workstation.domain.call_table import CallAction, CallState
from workstation.ui.demo_hands import until
from workstation.ui.demo_stage import Seat
from workstation.ui.labels import label

RETURN, ESCAPE = Qt.Key.Key_Return, Qt.Key.Key_Escape
NUMBER = "19900002210"


@pytest.fixture
def seat(desks: Desks) -> Iterator[Seat]:
    """Give a call-taker's console whose telephone is a desk phone."""
    desks.by_hand = True
    seat = desks.taker
    seat.hands.take_the_seat()
    yield seat
    assert seat.crashes == []


def call_of(seat: Seat) -> Call:
    """Return the call at this seat, or the last one."""
    phone = seat.work.console.phone
    return phone.current() or phone.calls()[-1]


def panel(seat: Seat) -> str:
    """Return every word of the desk phone's part of the window, as it stands now."""
    seat.work.calls.refresh()
    return said(seat.work.desk_phone)


def talk(seat: Seat, number: str = NUMBER) -> Call:
    """Type the number of a caller and answer, by keys."""
    before = seat.work.intake.incident
    seat.hands.press("incoming")
    seat.hands.write(number)
    seat.hands.strike(RETURN)
    seat.hands.press("answer")
    until(lambda: seat.work.intake.incident not in (None, before), "the call's form")
    return call_of(seat)


def dial(seat: Seat, key: str = "add_party", name: str = "12345") -> None:
    """Choose the line called *name* for the party to add, by keys."""
    seat.hands.press(key)
    seat.hands.write(name)
    seat.hands.strike(RETURN)
    until(lambda: call_of(seat).third is not None, "the third party")


def test_a_number_typed_by_hand_rings_and_its_form_opens_with_it(seat: Seat) -> None:
    """
    A number that cannot be one stays, a sentence beside it; mended it rings, and F11 opens the form with it.
    """
    seat.hands.press("incoming")
    seat.hands.write("199 0000-")
    seat.hands.strike(RETURN)
    refused, kept, rang = panel(seat), seat.work.desk_phone.typed, seat.work.console.phone.ringing()
    seat.hands.write("2210")
    mended = panel(seat)
    seat.hands.strike(RETURN)
    until(seat.work.console.phone.ringing, "a call that rings")
    ringing = panel(seat)
    seat.hands.press("answer")
    until(lambda: seat.work.intake.incident is not None, "the call's form")

    assert "7" in refused
    assert "11" in refused
    assert (kept, rang) == ("199 0000-", ())
    assert "11" not in mended
    assert "请摘机" in ringing
    assert incident(seat).call_in_phone.text == NUMBER
    assert call_of(seat).state is CallState.TALKING
    assert not seat.work.desk_phone.asking
    assert focus() is seat.work.intake.panels.narrative.focusProxy()


def test_the_number_line_is_no_hindrance_during_a_form(seat: Seat) -> None:
    """
    It leaves the form's text alone, Esc puts the cursor back, and the answer key takes a withheld number at once.

    A caller who gives up before is among the missed calls.
    """
    form = begin(seat)
    seat.hands.write(NOISE[:12], free=True)
    writing = focus()
    seat.hands.press("incoming")
    seat.hands.write("0632")
    seat.hands.strike(ESCAPE)
    back, calls = focus(), seat.work.console.phone.calls()
    seat.hands.press("incoming")
    seat.hands.strike(RETURN)
    seat.hands.press("citizen_left")
    until(seat.work.console.phone.missed, "a missed call")
    still = focus()
    seat.hands.press("incoming")
    seat.hands.press("answer")
    until(lambda: incident(seat).id != form.id, "the call's form")

    assert back is writing
    assert still is writing
    assert calls == ()
    assert seat.work.console.form.incident(form.id).intake.get("narrative") == NOISE[:12]
    assert call_of(seat).state is CallState.TALKING
    assert not incident(seat).call_in_phone.text


def test_dialling_shows_what_to_do_and_hears_what_came_of_it(seat: Seat) -> None:
    """
    A line that is dialled shows its name, number, backup number and the steps; one key says what came of it.

    The log keeps each attempt, the citizen stays, and who hung up has a key each.
    """
    line = seat.work.console.library.content.directory.line("hotline")
    assert line is not None
    talk(seat)
    failed = {"third_busy": Ending.BUSY, "third_silent": Ending.NO_ANSWER, "third_unreachable": Ending.UNREACHABLE}
    for key in failed:
        dial(seat)
        shown, writing = panel(seat), focus()
        seat.hands.press(key)
        until(lambda: call_of(seat).third is None, "the attempt over")
        assert focus() is writing
        assert "请按取消键" in panel(seat)
        assert call_of(seat).state is CallState.TALKING
    dial(seat)
    seat.hands.press("third_joined")
    until(lambda: call_of(seat).state is CallState.CONFERENCED, "three in the call")
    joined = panel(seat)
    seat.hands.press("third_left")
    until(lambda: call_of(seat).state is CallState.TALKING, "two in the call")
    kept = [note.ending for note in call_of(seat).log if note.ending]
    seat.hands.press("citizen_left")
    until(lambda: call_of(seat).state is CallState.ENDED, "the end")

    assert all(part in shown for part in (line.name, line.number, line.backup))
    places = [shown.index(step) for step in ("1. 请按会议键", "2. 请拨号码", "3. 请等对方接听", "4. 请再按会议键")]
    assert places == sorted(places)
    assert all(label(ending) in shown for ending in (Ending.JOINED, *failed.values()))
    assert kept == list(failed.values())
    assert line.number not in joined


def test_the_log_is_that_of_any_telephone(seat: Seat, desks: Desks) -> None:
    """
    Holding, adding, handing over and hanging up by hand leave the usual notes, and each says what to press.
    """
    talk(seat)
    seat.hands.press("hold")
    until(lambda: call_of(seat).state is CallState.HELD, "on hold")
    told = [panel(seat)]
    seat.hands.press("hold")
    until(lambda: call_of(seat).state is CallState.TALKING, "back")
    told.append(panel(seat))
    dial(seat)
    seat.hands.press("drop_party")
    until(lambda: call_of(seat).third is None, "the attempt over")
    told.append(panel(seat))
    dial(seat, "blind_transfer")
    seat.hands.press("third_joined")
    until(lambda: call_of(seat).state is CallState.HANDED_OVER, "handed over")
    told.append(panel(seat))
    seat.hands.press("rejoin")
    until(lambda: call_of(seat).state is CallState.CONFERENCED, "back in the call")
    seat.hands.press("hang_up")
    seat.hands.press("hang_up")
    until(lambda: call_of(seat).state is CallState.ENDED, "the end")
    told.append(panel(seat))
    desks.clock.ahead = timedelta(minutes=1)
    wanted = ["answer", "hold", "resume", "add_party", "cancel_add", "transfer", "rejoin", "end"]

    assert [note.what for note in call_of(seat).log if note.what in set(CallAction)] == wanted
    steps = ("请按保持键", "请按恢复键", "请按取消键", "请按转接键", "请挂机")
    assert [step in words for step, words in zip(steps, told, strict=True)] == [True] * len(steps)
    assert "请挂机" not in panel(seat)


def test_a_simulated_telephone_shows_no_desk_phone(desks: Desks) -> None:
    """
    Where the telephone knows by itself what happens, nothing of the desk phone is on the window.
    """
    seat = desks.taker
    seat.hands.press("incoming")

    assert seat.work.desk_phone.isHidden()
    assert not seat.work.desk_phone.asking
    assert QApplication.focusWidget() is not None
