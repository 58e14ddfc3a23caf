"""A headset that is plugged in: its descriptor where the system keeps it, and a device that reports come from."""

import fcntl
import os
import termios
import threading
import time
import tty
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

PATIENCE: Final = 10.0
HANDED_ON_S: Final = 0.03
"""A pseudo-terminal hands on what was written a little later."""


class Device:
    """The hardware's end of a headset at a pseudo-terminal: it sends reports and is sent its lights."""

    def __init__(self, root: Path, descriptor: bytes, name: str = "hidraw7") -> None:
        self.system, self.devices = root / "system", root / "devices"
        self._descriptor, self._name = descriptor, name
        self.devices.mkdir(parents=True, exist_ok=True)
        self.system.mkdir(parents=True, exist_ok=True)
        self._hardware = self._seat = -1
        self.written = b""

    def plug(self) -> None:
        """Plug it in."""
        self._hardware, self._seat = os.openpty()
        tty.setraw(self._seat)
        os.set_blocking(self._hardware, False)
        self.written = b""
        (self.devices / self._name).symlink_to(os.ttyname(self._seat))
        place = self.system / self._name / "device"
        place.mkdir(parents=True)
        (place / "report_descriptor").write_bytes(self._descriptor)

    def unplug(self) -> None:
        """Pull it out."""
        if self._hardware < 0:
            return
        (self.system / self._name / "device/report_descriptor").unlink()
        (self.system / self._name / "device").rmdir()
        (self.system / self._name).rmdir()
        (self.devices / self._name).unlink()
        os.close(self._seat)
        os.close(self._hardware)
        self._hardware = -1

    def send(self, *report: int) -> None:
        """Send one report and wait until it was read; at a terminal, unlike a device, the next would run into it."""
        os.write(self._hardware, bytes(report))
        end, pause = time.monotonic() + PATIENCE, threading.Event()
        pause.wait(HANDED_ON_S)
        while int.from_bytes(fcntl.ioctl(self._seat, termios.FIONREAD, bytes(4)), "little"):
            assert time.monotonic() < end, "nobody reads"
            pause.wait(0.002)

    def is_lit(self, *report: int) -> bool:
        """Say whether the lights were last set like this."""
        with suppress(BlockingIOError):
            self.written += os.read(self._hardware, 4096)
        return self.written.endswith(bytes(report))

    def lit(self, *report: int) -> None:
        """Wait until the lights were last set like this."""
        end, pause = time.monotonic() + PATIENCE, threading.Event()
        while not self.is_lit(*report):
            assert time.monotonic() < end, (self.written, report)
            pause.wait(0.005)


@contextmanager
def plugged(root: Path, descriptor: bytes) -> Iterator[Device]:
    """Plug a headset in until the block ends."""
    device = Device(root, descriptor)
    device.plug()
    try:
        yield device
    finally:
        device.unplug()
