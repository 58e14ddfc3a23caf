"""A breaker: after three failures in a row nobody waits for a dead server; one is let through now and then to look."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from workstation.domain.errors import Unavailable, WorkstationError

STRIKES: Final = 3
OPEN_S: Final = 5.0


class Breaker:
    """Counts ``Unavailable`` and refuses at once while it is open."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._strikes = 0
        self._open_until = 0.0

    @contextmanager
    def guard(self) -> Iterator[None]:
        """Let one question through.

        Raises:
            Unavailable: ``breaker_open``, or what the question itself raised.
        """
        self._enter()
        try:
            yield
        except Unavailable:
            self._strike()
            raise
        except WorkstationError:
            self._healed()  # it answered, if only to refuse
            raise
        self._healed()

    def _enter(self) -> None:
        with self._lock:
            now = self._clock()
            if self._strikes >= STRIKES and now < self._open_until:
                raise Unavailable("breaker_open")
            # Half open: this one looks, the others go on waiting until it knows.
            if self._strikes >= STRIKES:
                self._open_until = now + OPEN_S

    def _healed(self) -> None:
        with self._lock:
            self._strikes = 0

    def _strike(self) -> None:
        with self._lock:
            self._strikes += 1
            self._open_until = self._clock() + OPEN_S
