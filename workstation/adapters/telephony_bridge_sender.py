"""Verbs on their way to the telephony bridge: sent one after the other by a thread that nobody waits for."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from threading import Condition, Thread, current_thread

from workstation.domain.call_party import CallId, LegId


@dataclass(frozen=True, slots=True)
class Request:
    """A verb: asked for in *turn*, under *stream*; *leg* if it dials somebody."""

    method: str
    path: str
    body: bytes
    turn: int
    stream: str = ""
    call: CallId = CallId("")  # noqa: RUF009 -- a plain text
    leg: LegId = LegId("")  # noqa: RUF009 -- a plain text

    @property
    def verb(self) -> str:
        return self.path.rpartition("/")[2]


class Sender:
    """A queue of requests and the thread that hands each to *send*, which raises nothing."""

    def __init__(self, send: Callable[[Request], None], name: str) -> None:
        self._send = send
        self._changed = Condition()
        self._waiting: deque[Request] = deque()
        self._busy = False
        self._closed = False
        self._thread = Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begin to send, if that has not begun."""
        if self._thread.ident is None:
            self._thread.start()

    def put(self, request: Request) -> None:
        """Send *request* behind what waits."""
        with self._changed:
            self._waiting.append(request)
            self._changed.notify_all()

    def clear(self) -> None:
        """Forget what waits."""
        with self._changed:
            self._waiting.clear()
            self._changed.notify_all()

    def wait_until_idle(self, seconds: float) -> bool:
        """Wait until nothing waits or is on its way; say whether that came true."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._waiting and not self._busy, seconds)

    def close(self, seconds: float) -> None:
        """Forget what waits, and wait for what is on its way."""
        with self._changed:
            self._closed = True
            self._waiting.clear()
            self._changed.notify_all()
        if self._thread.ident is not None and self._thread is not current_thread():
            self._thread.join(seconds)

    def _run(self) -> None:
        while (request := self._next()) is not None:
            self._send(request)

    def _next(self) -> Request | None:
        with self._changed:
            self._busy = False
            self._changed.notify_all()
            self._changed.wait_for(lambda: self._waiting or self._closed)
            self._busy = not self._closed
            return None if self._closed else self._waiting.popleft()
