"""One open event stream: numbered lines in their order, and a beat when there is no news."""

import asyncio
import secrets
from collections import deque
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from threading import Lock
from typing import Final

from workstation.domain.call_event import TelephonyEvent
from workstation.protocol.telephony import BEAT_S, beat_line, event_line

MOST_WAITING: Final = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """After how many seconds a silent stream beats, and a seat whose desk is away takes no calls."""

    beat_s: float = BEAT_S
    deserted_s: float = 30.0


class Stream:
    """The lines that wait for one desk; events may be put from any thread.

    A desk that reads so slowly that too much waits loses its stream: it comes back and is told the truth anew.
    """

    def __init__(self, beat_s: float = BEAT_S) -> None:
        self.id = secrets.token_hex(8)
        self.last = 0
        self._beat_s = beat_s
        self._lines: deque[bytes] = deque()
        self._over = False
        self._lock = Lock()
        self._loop = asyncio.get_running_loop()
        self._news = asyncio.Event()

    @property
    def over(self) -> bool:
        return self._over

    def put(self, event: TelephonyEvent) -> None:
        """Send an event."""
        with self._lock:
            self.last += 1
            self._append(event_line(self.last, event))

    def beat(self) -> None:
        """Send a beat behind everything that was put before."""
        with self._lock:
            self._append(beat_line(self.last))

    def end(self) -> None:
        """Send nothing more."""
        with self._lock:
            self._end()

    async def pieces(self, ending: Callable[[], bool]) -> AsyncIterator[bytes]:
        """Yield what is to be sent until the stream ends or *ending* says that the server does."""
        while not (self._over or ending()):
            try:
                await asyncio.wait_for(self._news.wait(), self._beat_s)
            except TimeoutError:
                self.beat()
            yield self._taken()

    def _taken(self) -> bytes:
        with self._lock:
            self._news.clear()
            taken = b"".join(self._lines)
            self._lines.clear()
            return taken

    def _append(self, line: bytes) -> None:
        if self._over:
            return
        if len(self._lines) >= MOST_WAITING:
            self._lines.clear()
            self._end()
            return
        self._lines.append(line)
        self._loop.call_soon_threadsafe(self._news.set)

    def _end(self) -> None:
        if not self._over:
            self._over = True
            self._loop.call_soon_threadsafe(self._news.set)
