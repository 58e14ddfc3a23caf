"""The event streams of a desk, one after the other: opened, followed, lost and opened anew, on threads of their own."""

from threading import Condition, Lock, Thread, current_thread
from typing import Final, Protocol

from workstation.adapters.telephony_bridge_link import EventStream, Patience
from workstation.adapters.telephony_bridge_news import News
from workstation.domain.errors import Refused, WorkstationError
from workstation.protocol.telephony import Line

THREADS: Final = "telephony-bridge"


class Opens(Protocol):
    """Opens the seat's stream; it may block, and raises what `BridgeLink.open` does."""

    def __call__(self, *, only_if_free: bool) -> EventStream: ...


class Streams:
    """Follows the last stream that was begun; what an older one still says is not believed.

    What is not private is used under *changed*, but for `join`.
    """

    def __init__(self, opens: Opens, news: News, patience: Patience, changed: Condition) -> None:
        self._opens = opens
        self._news = news
        self._patience = patience
        self._changed = changed
        self._followers: list[Thread] = []
        self._stream: EventStream | None = None
        self._closed = False
        # A request that comes to the bridge after a later turn's would take the seat's stream away from that one.
        self._opening = Lock()
        self.turn = 0
        """Counts the followers."""

    @property
    def id(self) -> str:
        """The open stream's name; empty when none is open."""
        return self._stream.id if self._stream is not None else ""

    def begin_anew(self) -> None:
        """Open a new stream, which makes the bridge tell everything again."""
        self.turn += 1
        self._stop()
        self._stream = None
        follower = Thread(target=self._follow, args=(self.turn,), name=THREADS, daemon=True)
        self._followers = [*(thread for thread in self._followers if thread.is_alive()), follower]
        follower.start()
        self._changed.notify_all()

    def close(self) -> None:
        """Follow nothing any more."""
        self._closed = True
        self.turn += 1
        self._stop()
        self._changed.notify_all()

    def join(self, longest_s: float) -> None:
        """Wait for the threads to end."""
        for follower in self._followers:
            if follower is not current_thread():
                follower.join(longest_s)

    def _stop(self) -> None:
        if self._stream is not None:
            self._stream.stop()

    # On the threads that follow a stream, one for each turn.

    def _follow(self, turn: int) -> None:
        pause, only_if_free = self._patience.first_pause_s, False
        while self._is_on(turn):
            try:
                self._follow_stream(turn, only_if_free=only_if_free)
            except WorkstationError as error:
                code = code_of(error)
                if self._lose_stream(turn, code):
                    pause = self._patience.first_pause_s
                # What ended in order was ended by another desk at this seat: that one keeps it.
                only_if_free = code in {"stream_ended", "seat_taken"}
                self._rest(turn, pause)
                pause = min(pause * 2, self._patience.longest_pause_s)

    def _follow_stream(self, turn: int, *, only_if_free: bool) -> None:
        """Follow one stream until it ends, which is an error, or until another turn has begun."""
        with self._opening:
            if not self._is_on(turn):
                return
            stream = self._opens(only_if_free=only_if_free)
        try:
            if self._begin(turn, stream):
                for line in stream.lines():
                    if not self._take(turn, stream, line):
                        return
                    self._news.tell_all()
        finally:
            stream.close()

    def _is_on(self, turn: int) -> bool:
        return turn == self.turn and not self._closed

    def _rest(self, turn: int, seconds: float) -> None:
        with self._changed:
            self._changed.wait_for(lambda: not self._is_on(turn), seconds)

    def _begin(self, turn: int, stream: EventStream) -> bool:
        with self._changed:
            if not self._is_on(turn):
                return False
            self._stream = stream
            self._news.begin()
            return True

    def _lose_stream(self, turn: int, code: str) -> bool:
        """Tell that the engine is lost; say whether a stream had been open."""
        with self._changed:
            if not self._is_on(turn):
                return False
            found = self._stream is not None
            self._stream = None
            self._news.lose(code)
        self._news.tell_all()
        return found

    def _take(self, turn: int, stream: EventStream, line: Line) -> bool:
        """Tell the listener what a line says; say whether this turn goes on."""
        with self._changed:
            if not self._is_on(turn):
                return False
            goes_on = self._news.take(stream.id, line)
            if not goes_on:
                self.begin_anew()
            return goes_on


def code_of(error: WorkstationError) -> str:
    """Return why something did not work, as a code."""
    return error.problem if isinstance(error, Refused) else str(error)
