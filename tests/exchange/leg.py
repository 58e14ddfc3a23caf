"""A SIP leg as the tests see it: commands to its process, its events, and what it hears."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.exchange.tones import VOICES, Recording

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Self

_SCRIPT: Final = Path(__file__).with_name("leg_process.py")
_PATIENCE: Final = 10.0
_LOOK: Final = 0.02
_WINDOW: Final = 0.05

Event = "Mapping[str, str | int | float]"


class Leg:
    """One phone in a process of its own, heard by its own tone."""

    def __init__(
        self,
        name: str,
        voice: str,
        port: int,
        folder: Path,
        answering: str = "answer",
        address: str = "127.0.0.1",
        registration: tuple[str, ...] = (),
    ) -> None:
        """Start the phone and wait until it plays and records.

        Args:
            name: Its SIP user: a seat's or line's name, or a citizen's number.
            voice: Whose tone it plays, as in `tones.VOICES`.
            answering: What it does with a call: answer, answer:SECONDS (rings until then), ring, busy or decline.
            registration: The SIP address of a registrar and a password; then it speaks TLS and SRTP only.
        """
        self.name = name
        self.voice = voice
        path = folder / f"{name}-{port}-{time.monotonic_ns()}.wav"
        words = [name, str(VOICES[voice]), str(path), address, str(port), answering, *registration]
        self.process = subprocess.Popen(
            [sys.executable, str(_SCRIPT), *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self._news = threading.Condition()
        self._events: list[Mapping[str, str | int | float]] = []
        self._reader = threading.Thread(target=self._read, name=f"leg-{name}", daemon=True)
        self._reader.start()
        self.recording = Recording(path, float(self.wait("ready")["at"]))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.quit()

    def call(self, to: str, location: str = "") -> float:
        """Call a SIP address, with a *location* as the network would give it; return when that was said."""
        return self._say("call", to=to, location=location)

    def answer(self) -> float:
        """Answer what rings."""
        return self._say("answer")

    def answering(self, how: str) -> float:
        """Say what is to be done with the next call; see `__init__`."""
        return self._say("answering", how=how)

    def hold(self) -> float:
        """Put the call on hold at the phone (SIP)."""
        return self._say("hold")

    def resume(self) -> float:
        """Take the call off hold at the phone."""
        return self._say("resume")

    def hang_up(self) -> float:
        """End every call of this phone."""
        return self._say("hang_up")

    def kill(self) -> float:
        """End the process without a word to anybody; return when."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        return time.time()

    def quit(self) -> None:
        """End the process; calls are hung up."""
        if self.process.poll() is None:
            self._say("quit", wait=False)
            try:
                self.process.wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                self.kill()
        self._reader.join()
        for pipe in (self.process.stdin, self.process.stdout):
            assert pipe is not None
            pipe.close()

    @property
    def state(self) -> str:
        """Return the newest call's SIP state: CALLING, EARLY, CONFIRMED, DISCONNECTED, …, or nothing."""
        states = self.events("state")
        return str(states[-1]["state"]) if states else ""

    def events(self, event: str, since: float = 0.0) -> list[Mapping[str, str | int | float]]:
        """Return what happened under this name after *since*."""
        with self._news:
            return [one for one in self._events if one["event"] == event and float(one["at"]) >= since]

    def wait(
        self, event: str, since: float = 0.0, timeout: float = _PATIENCE, **facts: str | int
    ) -> Mapping[str, str | int | float]:
        """Wait for an event with these facts that came after *since*, and return it."""
        until = time.monotonic() + timeout
        with self._news:
            while True:
                for one in self._events:
                    fits = one["event"] == event and float(one["at"]) >= since
                    if fits and all(one.get(name) == value for name, value in facts.items()):
                        return one
                if not self._news.wait(until - time.monotonic()):
                    raise TimeoutError(f"{self.name}: {event} {facts} did not come; last: {self._events[-6:]}")

    def hears(self, *voices: str, since: float, for_s: float = 0.5, timeout: float = _PATIENCE) -> float:
        """Wait until exactly *voices* are heard for *for_s* seconds after *since*; return from when on they are."""
        begun = since

        def exactly() -> bool:
            nonlocal begun
            while self.recording.until >= begun + for_s:
                if self.recording.hears_only(set(voices), begun, begun + for_s):
                    return True
                begun += _WINDOW
            return False

        def why() -> str:
            heard = self.recording.hears(begun - for_s, begun)
            return f"{self.name} hears {sorted(heard)}, not {sorted(voices)}"

        self._until(exactly, timeout, why)
        return begun + _WINDOW

    def heard_until(self, moment: float, timeout: float = _PATIENCE) -> Recording:
        """Wait until the recording holds everything up to *moment*, and return it."""
        timeout += max(0.0, moment - time.time())
        self._until(lambda: self.recording.until >= moment, timeout, lambda: f"{self.name} records nothing")
        return self.recording

    def _until(self, true: Callable[[], bool], timeout: float, why: Callable[[], str]) -> None:
        """Look again and again: the file is written by another process, which tells nobody."""
        end = time.monotonic() + timeout
        pause = threading.Event()
        while not true():
            if time.monotonic() > end:
                raise TimeoutError(why())
            pause.wait(_LOOK)

    def _say(self, do: str, *, wait: bool = True, **more: str) -> float:
        at = time.time()
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps({"do": do, **more}) + "\n")
        self.process.stdin.flush()
        if wait:
            self.wait("done", since=at, do=do)
        return at

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            with self._news:
                self._events.append(json.loads(line))
                self._news.notify_all()
