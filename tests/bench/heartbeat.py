"""The heartbeat of an event loop: how late each beat comes, and what the loop was doing when it came late."""

import sys
import threading
import time
import traceback
from collections import Counter

from PySide6.QtCore import QObject, Qt, QTimer

INTERVAL_MS = 5
LATE_MS = 16.0


class Heartbeat(QObject):
    """Beats every 5 ms on this thread; a watcher beside it names the code that holds a late beat up."""

    def __init__(self) -> None:
        super().__init__()
        self.stalls: list[float] = []
        self.culprits: Counter[str] = Counter()
        self._last = time.perf_counter()
        self._thread = threading.get_ident()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self._beat)
        self._over = threading.Event()
        self._watcher = threading.Thread(
            target=self._watch, name="heartbeat", daemon=True
        )  # a failed test leaves it behind

    def start(self) -> None:
        """Begin to beat."""
        self._last = time.perf_counter()
        self._timer.start()
        self._watcher.start()

    def stop(self) -> None:
        """Beat no more."""
        self._timer.stop()
        self._over.set()
        self._watcher.join()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.stalls.append(max(0.0, (now - self._last) * 1000 - INTERVAL_MS))
        self._last = now

    def _watch(self) -> None:
        while not self._over.wait(LATE_MS / 4 / 1000):
            if (time.perf_counter() - self._last) * 1000 > LATE_MS + INTERVAL_MS:
                frame = sys._current_frames().get(self._thread)
                self.culprits[_place(traceback.extract_stack(frame))] += 1


def _place(stack: traceback.StackSummary) -> str:
    """Name the innermost lines of our own code."""
    ours = [f"{entry.filename.rpartition('/')[2]}:{entry.lineno} {entry.name}" for entry in stack if _ours(entry)]
    return " < ".join(reversed(ours[-3:])) or "Qt or the test itself"


def _ours(entry: traceback.FrameSummary) -> bool:
    return "/workstation/" in entry.filename and "demo_hands" not in entry.filename
