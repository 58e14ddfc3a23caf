"""The thread that carries messages to the hotline and back, at once when there is something and every second."""

import logging
import threading
from collections.abc import Callable
from typing import Final

from workstation.domain.errors import Unavailable

log = logging.getLogger(__name__)

EVERY_S: Final = 1.0
_BREATH_S: Final = 0.05


class HotlineLoop:
    """Calls *dispatch* until it is stopped; a disk that refuses is tried again."""

    def __init__(self, dispatch: Callable[[], int], *, every_s: float = EVERY_S) -> None:
        self._dispatch = dispatch
        self._every_s = every_s
        self._wake = threading.Event()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="gateway-hotline", daemon=True)

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
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.is_set():
            self._wake.wait(self._every_s)
            self._wake.clear()
            # A short breath lets a flood of commands share one look at the store.
            if not self._stop.wait(_BREATH_S):
                self._once()

    def _once(self) -> None:
        try:
            self._dispatch()
        except Unavailable as error:
            log.warning("hotline dispatch stopped why=%s", error)
