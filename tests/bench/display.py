"""A screen of its own for a bench: Xvfb whose pixels can be read, a window manager, and a typist."""

import mmap
import os
import shutil
import signal
import struct
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import numpy as np
import numpy.typing as npt

WIDTH, HEIGHT = 1920, 1080
LOOK_EVERY_S = 0.002
TOO_LONG_S = 60
NEEDED = ("Xvfb", "openbox", "xdotool")


class Display:
    """One X server; programs are started on it and watched from outside."""

    def __init__(self, environment: Mapping[str, str], pixels: Path) -> None:
        self.environment = dict(environment)
        self._file = pixels

    def windows(self) -> set[str]:
        """Return the ids of the windows that can be seen."""
        found = subprocess.run(
            ["xdotool", "search", "--onlyvisible", "--name", ".+"],
            env=self.environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        return set(found.stdout.split())

    def type(self, text: str) -> None:
        """Type at whichever window has the focus."""
        subprocess.run(["xdotool", "type", "--delay", "0", text], env=self.environment, check=True)

    def look(self) -> npt.NDArray[np.uint8]:
        """Return what stands on the screen, a byte a channel."""
        with self._file.open("rb") as file, mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ) as content:
            head = struct.unpack(">25I", content[:100])
            begin = head[0] + head[19] * 12
            raw = content[begin : begin + head[12] * HEIGHT]
        return np.frombuffer(raw, np.uint8).reshape(HEIGHT, -1)[:, : WIDTH * 4]


@contextmanager
def display(folder: Path) -> Iterator[Display]:
    """Start a screen, and end it together with what still runs on it."""
    folder.mkdir(parents=True)
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-noreset", "-nolisten", "tcp", "-fbdir", str(folder),
         "-screen", "0", f"{WIDTH}x{HEIGHT}x24"],
        pass_fds=(write,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(write)
    with os.fdopen(read) as told:
        name = f":{told.readline().strip()}"
    hidden = {"QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "PYTHONDONTWRITEBYTECODE"}
    environment = {k: v for k, v in os.environ.items() if k not in hidden} | {"DISPLAY": name}
    manager = subprocess.Popen(["openbox"], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield Display(environment, folder / "Xvfb_screen0")
    finally:
        for process in (manager, server):
            process.terminate()
            process.wait()


@contextmanager
def started(screen: Display, command: Sequence[str], home: Path) -> Iterator[float]:
    """Start a program with a home of its own, hand out the moment, and end it."""
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True, mode=0o700)
    own = {"HOME": str(home), "XDG_RUNTIME_DIR": str(home), "XDG_CONFIG_HOME": str(home / "config")}
    begun = time.perf_counter()
    process = subprocess.Popen(
        command, env=screen.environment | own, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    try:
        yield begun
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        wait_until(lambda: not screen.windows(), "every window is gone")


def wait_until(happened: Callable[[], object], what: str) -> None:
    """Look again and again until it *happened*.

    Raises:
        TimeoutError: It did not happen.
    """
    late = time.perf_counter() + TOO_LONG_S
    while not happened():
        if time.perf_counter() > late:
            raise TimeoutError(what)
        time.sleep(LOOK_EVERY_S)
