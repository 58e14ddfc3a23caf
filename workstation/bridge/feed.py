"""What one seat is told: at most one stream at a time, and a note of the calls that ended meanwhile."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from threading import Lock
from typing import Final

from workstation.bridge.ports import SeatPhone
from workstation.bridge.stream import Pace, Stream
from workstation.domain.call_event import EventKind, TelephonyEvent
from workstation.domain.call_seat import CONSOLE_AWAY, SeatState
from workstation.domain.errors import Refused, Unavailable

log = logging.getLogger(__name__)

ENDS_KEPT: Final = 20


class Feed:
    """The way from one seat's telephone to its desk; lives as long as the bridge.

    A seat whose desk has been away for a while takes no calls until it comes back and says that it does; what it
    has is not touched.
    """

    def __init__(
        self, seat: str, phone: SeatPhone, exchange_lost: Callable[[], TelephonyEvent | None], pace: Pace
    ) -> None:
        self.seat = seat
        self.phone = phone
        self._exchange_lost = exchange_lost
        self._pace = pace
        self._stream: Stream | None = None
        self._ends: deque[TelephonyEvent] = deque(maxlen=ENDS_KEPT)
        self._deserted: asyncio.TimerHandle | None = None
        self._lock = Lock()

    @property
    def stream(self) -> Stream | None:
        """The stream that is open."""
        stream = self._stream
        return stream if stream is not None and not stream.over else None

    def open(self, state: SeatState | None, *, only_if_free: bool) -> Stream:
        """Begin a new stream with the whole truth; the seat's former stream ends.

        What the seat is doing is noted before: one that takes calls is told of those that wait.

        Raises:
            Refused: Another stream is open, and the asker would rather wait (``seat_taken``).
        """
        if only_if_free and self.stream is not None:
            raise Refused("seat_taken", self.seat)
        self._keep_seat()
        stream = Stream(self._pace.beat_s)
        with self._lock:
            former, self._stream = self._stream, stream
            ends = tuple(self._ends)
        if former is not None:
            former.end()
        if (lost := self._exchange_lost()) is not None:
            stream.put(lost)
        if state is not None:
            self._note_state(state, "")
        self.phone.listen(self._hear)
        # Behind whatever the telephone has put on the loop to tell what exists.
        asyncio.get_running_loop().call_soon_threadsafe(_finish, stream, ends)
        log.info("stream opened seat=%s stream=%s", self.seat, stream.id)
        return stream

    def left(self, stream: Stream) -> None:
        """Note that nobody reads *stream* any more."""
        stream.end()
        if stream is not self._stream:
            return
        log.info("stream ended seat=%s stream=%s", self.seat, stream.id)
        self._keep_seat()
        self._deserted = asyncio.get_running_loop().call_later(self._pace.deserted_s, self._desert)

    def close(self) -> None:
        """End the stream; the telephone goes on."""
        self._keep_seat()
        if self._stream is not None:
            self._stream.end()

    def _hear(self, event: TelephonyEvent) -> None:
        with self._lock:
            stream = self._stream
            if event.kind is EventKind.CALL_GONE:
                self._ends.append(event)
        if stream is not None:
            stream.put(event)

    def _keep_seat(self) -> None:
        if self._deserted is not None:
            self._deserted.cancel()
            self._deserted = None

    def _desert(self) -> None:
        self._deserted = None
        log.info("seat deserted seat=%s", self.seat)
        self._note_state(SeatState.NOT_READY, CONSOLE_AWAY)

    def _note_state(self, state: SeatState, reason: str) -> None:
        try:
            self.phone.set_seat_state(state, reason)
        except Unavailable:  # the exchange is lost; the seat says what it does when both are back
            log.info("seat state not told seat=%s", self.seat)


def _finish(stream: Stream, ends: tuple[TelephonyEvent, ...]) -> None:
    """Tell the ends that the desk may have missed, and that everything has been told."""
    for end in ends:
        stream.put(end)
    stream.beat()
