"""The thread that carries messages to the hotline and back, at once when there is something and every second."""

import logging
import threading
from collections.abc import Callable
from typing import Final

from workstation.domain.errors import Unavailable

log = logging.getLogger(__name__)

EVERY_S: Final = 1.0
_BREATH_S: Final = 0.05
_PAUSES: Final = 5


class HotlineLoop:
    """Calls *dispatch* until it is stopped; a disk that refuses is tried again.

    An error that nobody expected ends the thread, is told as any other bug is, and a new thread goes on after a pause:
    the orders of a whole city must not wait for a person to see it. Until a run succeeds, ``well`` is false.
    """

    def __init__(self, dispatch: Callable[[], int], *, every_s: float = EVERY_S) -> None:
        self._dispatch = dispatch
        self._every_s = every_s
        self._wake = threading.Event()
        self._stop = threading.Event()
        self._failed = False
        self._thread = self._next_thread(0.0)

    @property
    def well(self) -> bool:
        """Whether it runs, and its last run ended as it should."""
        return self._thread.is_alive() and not self._failed

    def start(self) -> None:
        """Begin; what was approved before a crash goes out now."""
        self._wake.set()
        self._thread.start()

    def wake(self) -> None:
        """Say that there may be something to carry."""
        self._wake.set()

    def stop(self) -> None:
        """End after what is being carried now."""
        self._stop.set()
        self._wake.set()
        while (thread := self._thread).is_alive():  # it may just be making its successor
            thread.join()

    def _next_thread(self, pause_s: float) -> threading.Thread:
        return threading.Thread(target=self._run, args=(pause_s,), name="gateway-hotline", daemon=True)

    def _run(self, pause_s: float) -> None:
        self._stop.wait(pause_s)
        try:
            self._carry()
        finally:
            if not self._stop.is_set():
                self._failed = True
                log.error("hotline loop failed and begins again")
                self._thread = self._next_thread(self._every_s * _PAUSES)
                self._thread.start()

    def _carry(self) -> None:
        while not self._stop.is_set():
            self._wake.wait(self._every_s)
            self._wake.clear()
            # A short breath lets a flood of commands share one look at the store.
            if not self._stop.wait(_BREATH_S):
                self._once()

    def _once(self) -> None:
        try:
            self._dispatch()
            self._failed = False
        except Unavailable as error:
            log.warning("hotline dispatch stopped why=%s", error)
