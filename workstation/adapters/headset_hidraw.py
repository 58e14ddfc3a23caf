"""A headset at Linux's hidraw: its telephony keys come as presses, and its lights follow the call."""

import logging
import os
import select
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from workstation.adapters.hid_descriptor import Bits, Layout, parse
from workstation.domain.headset import HeadsetKey, Lights

log = logging.getLogger(__name__)

SYSTEM: Final = Path("/sys/class/hidraw")
DEVICES: Final = Path("/dev")
LOOK_EVERY_S: Final = 2.0
ECHO_S: Final = 0.3
"""For how long after a light was set a change of the hook is the device's answer to it, and no press."""
_KEYS: Final = {0x20: HeadsetKey.HOOK, 0x21: HeadsetKey.FLASH, 0x2F: HeadsetKey.MUTE}
_LIGHTS: Final = {0x09: "mute", 0x17: "off_hook", 0x18: "ring", 0x20: "hold"}
_USAGE: Final = 0xFFFF
_LONGEST: Final = 4096
NO_PERMISSION: Final = "headset_permission"


class HidrawHeadset:
    """The first device that has a telephony hook; looked for again when it is unplugged. A thread of its own.

    Args:
        system: Where the system keeps what devices say of themselves, and *devices* where they are.
        opener: Opens one of them; the reports of what it opens are kept apart.
    """

    def __init__(
        self,
        system: Path = SYSTEM,
        devices: Path = DEVICES,
        opener: Callable[[Path, int], int] = os.open,
        look_every_s: float = LOOK_EVERY_S,
    ) -> None:
        self._system = system
        self._opener = opener
        self._devices = devices
        self._look_every_s = look_every_s
        self._pressed: Callable[[HeadsetKey], None] = lambda _: None
        self._lights = Lights()
        self._problem = ""
        self._over = False
        self._last: dict[Bits, int] = {}
        self._shown: Lights | None = None
        self._set_at = 0.0
        self._woken, self._wake = os.pipe()
        self._thread = threading.Thread(target=self._run, name="headset", daemon=True)

    @property
    def problem(self) -> str:
        """Why a device that is there cannot be used, as a code; empty while all is well or none is there."""
        return self._problem

    def listen(self, pressed: Callable[[HeadsetKey], None]) -> None:
        """Tell *pressed* of every key from now on, from the headset's own thread."""
        self._pressed = pressed
        if not self._thread.is_alive() and not self._over:
            self._thread.start()

    def show(self, lights: Lights) -> None:
        """Show how the call stands; the device is written to by its own thread."""
        if lights != self._lights and not self._over:
            self._lights = lights
            os.write(self._wake, b"l")

    def close(self) -> None:
        """Let go of the device; all its lights go out."""
        if self._over:
            return
        self._over = True
        os.write(self._wake, b"x")
        if self._thread.is_alive():
            self._thread.join()
        os.close(self._wake)
        os.close(self._woken)

    def _run(self) -> None:
        while not self._over:
            for layout, path in self._found():
                self._use(layout, path)
            if not self._over and select.select([self._woken], [], [], self._look_every_s)[0]:
                os.read(self._woken, _LONGEST)

    def _found(self) -> list[tuple[Layout, Path]]:
        """Return the devices that have a hook, or nothing while there is none."""
        found = []
        for place in sorted(self._system.glob("*")):
            with suppress(OSError):
                layout = parse((place / "device/report_descriptor").read_bytes())
                layout.lights = [bits for bits in layout.lights if bits.usage & _USAGE in _LIGHTS]
                if any(_KEYS.get(bits.usage & _USAGE) is HeadsetKey.HOOK for bits in layout.keys):
                    found.append((layout, self._devices / place.name))
        if not found:
            self._problem = ""
        return found[:1]

    def _use(self, layout: Layout, path: Path) -> None:
        try:
            device = self._opener(path, os.O_RDWR | os.O_NONBLOCK)
        except OSError as e:
            self._problem = NO_PERMISSION if isinstance(e, PermissionError) else ""
            log.info("headset not opened path=%s why=%s", path, e)
            return
        self._problem, self._last, self._shown = "", {}, None
        log.info("headset found path=%s keys=%s lights=%s", path, len(layout.keys), len(layout.lights))
        try:
            self._serve(device, layout)
        except OSError as e:
            log.info("headset gone path=%s why=%s", path, e)
        finally:
            os.close(device)

    def _serve(self, device: int, layout: Layout) -> None:
        """Hand on the device's keys and set its lights until it is unplugged or we are closed."""
        while not self._over:
            self._set(device, layout, self._lights)
            readable = select.select([device, self._woken], [], [])[0]
            if self._woken in readable:
                os.read(self._woken, _LONGEST)
            if device in readable:
                report = os.read(device, _LONGEST)
                if not report:
                    return
                for key in self._keys_in(layout, report):
                    self._pressed(key)
        self._set(device, layout, Lights())

    def _keys_in(self, layout: Layout, report: bytes) -> list[HeadsetKey]:
        number, body = (report[0], report[1:]) if layout.numbered else (0, report)
        pressed = []
        for bits in layout.keys:
            key = _KEYS.get(bits.usage & _USAGE)
            if key is None or bits.report != number:
                continue
            before, self._last[bits] = self._last.get(bits, 0), bits.read(body)
            if self._is_press(bits, key, before):
                pressed.append(key)
        return pressed

    def _is_press(self, bits: Bits, key: HeadsetKey, before: int) -> bool:
        """Say whether a value is a press: a hook has two states, and each change but our own is somebody's hand."""
        value = self._last[bits]
        if bits.relative:
            return bool(value)
        if key is not HeadsetKey.HOOK:
            return bool(value) and not before
        return value != before and time.monotonic() - self._set_at > ECHO_S

    def _set(self, device: int, layout: Layout, lights: Lights) -> None:
        if lights == self._shown:
            return
        self._shown = lights
        for number in {bits.report for bits in layout.lights}:
            mine = [bits for bits in layout.lights if bits.report == number]
            value = sum(int(getattr(lights, _LIGHTS[bits.usage & _USAGE])) << bits.offset for bits in mine)
            length = (layout.output_bits[number] + 7) // 8
            os.write(device, bytes([number]) + value.to_bytes(length, "little"))
            self._set_at = time.monotonic()
