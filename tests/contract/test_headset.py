"""The promises of a headset with buttons of its own, over a device that sends and takes real reports."""

from __future__ import annotations

import threading
import time
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.contract.headset_device import PATIENCE, Device, plugged
from tests.unit.test_hid_descriptor import HEADSET
from workstation.adapters.headset_hidraw import ECHO_S, NO_PERMISSION, HidrawHeadset
from workstation.domain.headset import HeadsetKey, Lights

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SWITCH = bytes.fromhex("050b0905a1010920092f1500250175019502810295068101050809179501910295079101c0")
"""A hook and a mute key that report their state, and one light; reports without a number."""


class Presses:
    """What was pressed, as it comes from the headset's thread."""

    def __init__(self) -> None:
        self.keys: list[HeadsetKey] = []
        self._news = threading.Condition()

    def __call__(self, key: HeadsetKey) -> None:
        with self._news:
            self.keys.append(key)
            self._news.notify_all()

    def wait(self, *keys: HeadsetKey) -> None:
        """Wait until exactly these were pressed."""
        with self._news:
            assert self._news.wait_for(lambda: self.keys == list(keys), PATIENCE), self.keys


@pytest.fixture
def presses() -> Presses:
    return Presses()


@pytest.fixture
def device(tmp_path: Path) -> Iterator[Device]:
    """Plug in a headset whose keys tell of presses."""
    with plugged(tmp_path, HEADSET) as device:
        yield device


def listening(device: Device, presses: Presses) -> HidrawHeadset:
    """Begin to listen to *device*."""
    headset = HidrawHeadset(device.system, device.devices, device.open, look_every_s=0.02)
    headset.listen(presses)
    return headset


def test_each_key_is_one_press_and_each_light_is_set(device: Device, presses: Presses) -> None:
    """
    Hook, mute and flash are one press each, their release is none; the lights follow the call, and go out at the end.
    """
    with closing(listening(device, presses)) as headset:
        device.lit(2, 0)
        for bit in (1, 4, 2):
            device.send(2, bit)
            device.send(2, 0)
        presses.wait(HeadsetKey.HOOK, HeadsetKey.MUTE, HeadsetKey.FLASH)
        headset.show(Lights(ring=True))
        device.lit(2, 0b0100)
        headset.show(Lights(off_hook=True, mute=True))
        device.lit(2, 0b0011)
    device.lit(2, 0)


def test_a_switch_is_pressed_at_each_change_but_not_by_its_own_light(tmp_path: Path, presses: Presses) -> None:
    """
    A hook that reports its state is pressed when it changes; the change with which a device follows its light is none.
    """
    with plugged(tmp_path, SWITCH) as device, closing(listening(device, presses)) as headset:
        device.lit(0, 0)
        threading.Event().wait(2 * ECHO_S)
        device.send(1)
        presses.wait(HeadsetKey.HOOK)
        headset.show(Lights(off_hook=True))
        device.lit(0, 1)
        device.send(0)  # the device's echo
        threading.Event().wait(2 * ECHO_S)
        device.send(2)  # mute
        presses.wait(HeadsetKey.HOOK, HeadsetKey.MUTE)
        device.send(3)
        presses.wait(HeadsetKey.HOOK, HeadsetKey.MUTE, HeadsetKey.HOOK)


def test_a_headset_may_come_and_go(device: Device, presses: Presses) -> None:
    """
    Pulling it out is no press; plugged in again it works, and has the lights of the call that went on.
    """
    with closing(listening(device, presses)) as headset:
        headset.show(Lights(off_hook=True))
        device.lit(2, 1)
        device.unplug()
        device.plug()
        device.lit(2, 1)
        device.send(2, 1)
        presses.wait(HeadsetKey.HOOK)


def test_reports_that_make_no_sense_press_nothing(device: Device, presses: Presses) -> None:
    """
    Reports of another number, too short or too long ones harm nobody.
    """
    with closing(listening(device, presses)):
        device.lit(2, 0)
        for report in ((9, 255), (2,), (255,) * 60, (0,)):
            device.send(*report)
            threading.Event().wait(0.02)
        device.send(2, 0)
        threading.Event().wait(0.02)
        device.send(2, 4)
        presses.wait(HeadsetKey.MUTE)


def test_a_device_without_a_hook_is_no_headset(tmp_path: Path, presses: Presses) -> None:
    """
    A keyboard with a mute key is left alone, and no device at all is no trouble.
    """
    keyboard = bytes.fromhex("050b092f750195018102")
    with plugged(tmp_path, keyboard) as device, closing(listening(device, presses)) as headset:
        threading.Event().wait(0.1)
        assert headset.problem == ""
        assert not device.is_lit()
        assert device.written == []


def test_a_device_that_may_not_be_opened_is_said(tmp_path: Path, presses: Presses) -> None:
    """
    A headset whose device belongs to somebody else is named as a trouble, and no more once it is pulled out.
    """

    def not_ours(path: Path, flags: int) -> int:
        raise PermissionError(path, flags)

    with plugged(tmp_path, HEADSET) as device:
        headset = HidrawHeadset(device.system, device.devices, not_ours, look_every_s=0.02)
        with closing(headset):
            headset.listen(presses)
            until(lambda: headset.problem == NO_PERMISSION)
            device.unplug()
            until(lambda: headset.problem == "")


def until(true: Callable[[], bool]) -> None:
    """Wait until something is true."""
    end, pause = time.monotonic() + PATIENCE, threading.Event()
    while not true():
        assert time.monotonic() < end
        pause.wait(0.005)
