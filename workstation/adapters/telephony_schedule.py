"""Clocks for a simulated telephone: one that runs by itself, one whose hands are turned."""

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock, Timer, current_thread
from typing import Protocol

Cancel = Callable[[], None]

LONGEST_GOODBYE = 2.0


class Scheduler(Protocol):
    """Something that does a thing later; a test turns its hands, the desktop has a timer."""

    def call_later(self, seconds: float, deed: Callable[[], None]) -> Cancel:
        """Do *deed* after *seconds*, on any thread, never inside this call; the answer takes it back."""
        ...

    def close(self) -> None:
        """Take back everything."""
        ...


class TimerScheduler:
    """A scheduler of daemon threads, one per pending deed."""

    def __init__(self) -> None:
        self._timers: list[Timer] = []
        self._closed = False
        self._lock = Lock()

    def call_later(self, seconds: float, deed: Callable[[], None]) -> Cancel:
        """Do *deed* after *seconds*, or never if it is taken back or the scheduler is closed."""
        timer = Timer(seconds, deed)
        timer.daemon = True
        timer.name = "simulated-telephone"
        with self._lock:
            if not self._closed:
                self._timers = [*(pending for pending in self._timers if pending.is_alive()), timer]
                timer.start()
        return timer.cancel

    def close(self) -> None:
        """Take back everything, and wait a moment for what is under way."""
        with self._lock:
            self._closed = True
            pending = [timer for timer in self._timers if timer is not current_thread()]
        for timer in pending:
            timer.cancel()
        for timer in pending:
            timer.join(LONGEST_GOODBYE)


class HandScheduler:
    """A clock that stands still until its hands are turned; for demonstrations and tests on one thread."""

    def __init__(self, start: datetime) -> None:
        self._now = start
        self._due: list[tuple[datetime, Callable[[], None]]] = []

    def now(self) -> datetime:
        return self._now

    def call_later(self, seconds: float, deed: Callable[[], None]) -> Cancel:
        """Do *deed* when the hands have been turned by *seconds*."""
        entry = (self._now + timedelta(seconds=seconds), deed)
        self._due.append(entry)
        return lambda: self._due.remove(entry) if entry in self._due else None

    def turn(self, seconds: float) -> None:
        """Let *seconds* go by and do what falls due, in its order."""
        end = self._now + timedelta(seconds=seconds)
        while due := [entry for entry in self._due if entry[0] <= end]:
            entry = min(due, key=lambda entry: entry[0])
            self._due.remove(entry)
            self._now = entry[0]
            entry[1]()
        self._now = end

    def close(self) -> None:
        """Take back everything."""
        self._due.clear()
