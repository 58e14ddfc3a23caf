"""A headset that is plugged in: its descriptor where the system keeps it, and a device that reports come from."""

import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

PATIENCE: Final = 10.0


class Device:
    """The hardware's end of a headset: a pair of sockets that keeps reports apart, as hidraw does."""

    def __init__(self, root: Path, descriptor: bytes, name: str = "hidraw7") -> None:
        self.system = root / "system"
        self.devices = root / "devices"
        self._descriptor, self._name = descriptor, name
        self._hardware: socket.socket | None = None
        self._seat: socket.socket | None = None
        self.written: list[bytes] = []

    def plug(self) -> None:
        """Plug it in."""
        self._hardware, self._seat = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._hardware.setblocking(False)
        self.written = []
        place = self.system / self._name / "device"
        place.mkdir(parents=True)
        (place / "report_descriptor").write_bytes(self._descriptor)

    def unplug(self) -> None:
        """Pull it out."""
        if self._hardware is None or self._seat is None:
            return
        (self.system / self._name / "device/report_descriptor").unlink()
        (self.system / self._name / "device").rmdir()
        (self.system / self._name).rmdir()
        self._seat.close()
        self._hardware.close()
        self._hardware = None

    def open(self, path: Path, flags: int) -> int:
        """Open it as a program does."""
        assert path == self.devices / self._name
        assert flags & os.O_RDWR
        assert self._seat is not None
        return os.dup(self._seat.fileno())

    def send(self, *report: int) -> None:
        """Send one report."""
        assert self._hardware is not None
        self._hardware.send(bytes(report))

    def is_lit(self, *report: int) -> bool:
        """Say whether the lights were last set like this."""
        assert self._hardware is not None
        with suppress(BlockingIOError):
            while True:
                self.written.append(self._hardware.recv(4096))
                if not self.written[-1]:
                    return False
        return self.written[-1:] == [bytes(report)]

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
