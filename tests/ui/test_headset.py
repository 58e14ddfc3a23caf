"""The promises of a headset at the window: its button answers and mutes, and never hangs up."""

import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.contract.headset_device import Device, plugged
from tests.ui.desks import Desks, answer_call, focus, incident
from tests.unit.test_hid_descriptor import HEADSET
from workstation.adapters.headset_hidraw import HidrawHeadset
from workstation.domain.call import Call
from workstation.domain.call_party import PartyState
from workstation.domain.call_table import CallState
from workstation.ui.call.headset_keys import HeadsetKeys
from workstation.ui.demo_hands import until
from workstation.ui.demo_stage import Seat

HOOK, MUTE = (2, 1), (2, 4)


@pytest.fixture
def device(tmp_path: Path) -> Iterator[Device]:
    """Plug in a headset."""
    with plugged(tmp_path / "headset", HEADSET) as device:
        yield device


def _call(seat: Seat) -> Call:
    return seat.work.console.phone.calls()[-1]


def _strike(seat: Seat, key: Qt.Key) -> None:
    """Press a key that has no text, which the usual hands cannot."""
    target = seat.window.focusWidget() or seat.window
    QTest.sendKeyEvent(QTest.KeyAction.Click, target, key, "", Qt.KeyboardModifier.NoModifier)


def _press(device: Device, report: tuple[int, int]) -> None:
    device.send(*report)
    device.send(2, 0)


def test_the_button_answers_and_mutes_and_never_hangs_up(desks: Desks, device: Device) -> None:
    """
    One press answers, each further one mutes or unmutes; the lights show ringing, talk and mute, and go out at the end.
    """
    seat = desks.taker
    with closing(HidrawHeadset(device.system, device.devices, device.open)) as headset:
        keys = HeadsetKeys(seat.work, seat.work.calls, headset)
        seat.hands.press("ready")
        seat.ring("19900002210")
        until(lambda: device.is_lit(2, 0b0100), "the light of a ringing call")
        _press(device, HOOK)
        until(lambda: seat.work.intake.incident is not None, "the form")
        until(lambda: device.is_lit(2, 0b0001), "the light of a call")
        for report in (HOOK, MUTE):
            _press(device, report)
            until(lambda: _call(seat).seat.state is PartyState.MUTED, "muted")
            until(lambda: device.is_lit(2, 0b0011), "the light of a muted call")
            _press(device, report)
            until(lambda: _call(seat).seat.state is PartyState.JOINED, "heard again")
            until(lambda: device.is_lit(2, 0b0001), "the light of a call")
        talking = _call(seat).state
        keys.leave()
        until(lambda: device.is_lit(2, 0), "no light")

    assert talking is CallState.TALKING
    assert seat.work.console.phone._pressed is None


@pytest.mark.parametrize("key", [Qt.Key.Key_MediaTogglePlayPause, Qt.Key.Key_ToggleCallHangup, Qt.Key.Key_Call])
def test_a_headset_that_sends_keys_works_while_somebody_writes(desks: Desks, key: Qt.Key) -> None:
    """
    The key answers, then mutes, also when a second call rings; the cursor stays in the text and nothing is typed there.
    """
    seat = desks.taker
    seat.hands.press("ready")
    seat.ring("19900002210")
    until(seat.work.console.phone.ringing, "a call that rings")
    _strike(seat, key)
    until(lambda: seat.work.intake.incident is not None, "the form")
    first = _call(seat).id
    seat.hands.press("narrative")
    seat.hands.write("路灯", free=True)
    written_in = focus()
    seat.ring("19900003321")
    until(seat.work.console.phone.ringing, "a second call")
    _strike(seat, key)
    until(lambda: seat.work.console.phone.call(first).seat.state is PartyState.MUTED, "muted")

    assert seat.work.console.phone.call(first).state is CallState.TALKING
    assert focus() is written_in
    assert incident(seat).intake.get("narrative") == "路灯"


def test_the_key_made_for_it_hangs_up_at_two_presses(desks: Desks) -> None:
    """
    One press asks; a key that comes twice at once is one press; the second press hangs up.
    """
    seat = desks.taker
    answer_call(seat)
    phone = seat.work.console.phone
    _strike(seat, Qt.Key.Key_Hangup)
    _strike(seat, Qt.Key.Key_Hangup)
    talking, pressed = _call(seat).state, phone._pressed
    due = time.monotonic() + 0.35
    until(lambda: time.monotonic() > due, "a moment")
    _strike(seat, Qt.Key.Key_Hangup)
    until(lambda: _call(seat).state is CallState.ENDED, "the end")

    assert talking is CallState.TALKING
    assert pressed is not None
