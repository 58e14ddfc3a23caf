"""A queue of deeds that are done one after the other, by whichever thread is there."""

from collections import deque
from collections.abc import Callable
from threading import Lock

Deed = Callable[[], None]


class Delivery:
    """Keeps the order of what is announced without holding a lock while announcing it.

    Put deeds while you hold your own lock, then release it and `run`. A thread that finds another one at work leaves
    its deeds to it, so a deed may itself put and run.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._deeds: deque[Deed] = deque()
        self._busy = False

    def put(self, deed: Deed) -> None:
        with self._lock:
            self._deeds.append(deed)

    def run(self) -> None:
        """Do what is queued; a deed that raises stops this run, the next run goes on behind it."""
        while (deed := self._next()) is not None:
            try:
                deed()
            finally:
                with self._lock:
                    self._busy = False

    def _next(self) -> Deed | None:
        with self._lock:
            if self._busy or not self._deeds:
                return None
            self._busy = True
            return self._deeds.popleft()
