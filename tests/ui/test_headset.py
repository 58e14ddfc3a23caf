"""The promises of a headset at the window: its button answers, mutes, and never hangs up at one press."""

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


def test_the_button_answers_mutes_and_hangs_up_at_two_presses(desks: Desks, device: Device) -> None:
    """
    One press answers; in the call one press only asks, a second one hangs up; the lights show ringing, talk and mute.
    """
    seat = desks.taker
    with closing(HidrawHeadset(device.system, device.devices, device.open)) as headset:
        keys = HeadsetKeys(seat.work, seat.work.calls, headset)
        seat.hands.press("ready")
        seat.ring("19900002210")
        until(lambda: device.is_lit(2, 0b0100), "the lights")
        _press(device, HOOK)
        until(lambda: seat.work.intake.incident is not None, "the form")
        until(lambda: device.is_lit(2, 0b0001), "the lights")
        _press(device, MUTE)
        until(lambda: _call(seat).seat.state is PartyState.MUTED, "muted")
        until(lambda: device.is_lit(2, 0b0011), "the lights")
        _press(device, HOOK)
        until(lambda: seat.work.console.phone._pressed is not None, "one press")
        talking = _call(seat).state
        _press(device, HOOK)
        until(lambda: _call(seat).state is CallState.ENDED, "the end")
        until(lambda: device.is_lit(2, 0), "the lights")
        keys.leave()

    assert talking is CallState.TALKING


@pytest.mark.parametrize("key", [Qt.Key.Key_MediaTogglePlayPause, Qt.Key.Key_ToggleCallHangup, Qt.Key.Key_Call])
def test_a_headset_that_sends_keys_works_while_somebody_writes(desks: Desks, key: Qt.Key) -> None:
    """
    The key of a headset answers, and asks once before it hangs up, with the cursor in the text and nothing typed there.
    """
    seat = desks.taker
    answer_call(seat)
    first = _call(seat).id
    seat.hands.write("路灯", free=True)
    written_in = focus()
    _strike(seat, key)
    until(lambda: seat.work.console.phone._pressed is not None, "one press")
    talking = seat.work.console.phone.call(first).state
    _strike(seat, key)
    until(lambda: seat.work.console.phone.call(first).state is CallState.ENDED, "the end")

    assert talking is CallState.TALKING
    assert focus() is written_in
    assert incident(seat).intake.get("narrative") == "路灯"
