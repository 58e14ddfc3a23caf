"""The two ways to the telephony bridge over HTTP: one request for each verb, and a stream of events."""

import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Final

import requests
from urllib3.exceptions import HTTPError, NewConnectionError

from workstation.adapters.http_link import Site, reason_of
from workstation.domain.errors import InvalidValue, Refused, SignInNeeded, Unavailable
from workstation.protocol.codec import decode
from workstation.protocol.messages import Problem
from workstation.protocol.telephony import EVENTS_TYPE, LONGEST_LINE, STREAM_HEADER, Line, read_line

_PROBLEM: Final = "application/problem+json"
_CHUNK: Final = 64 * 1024
_LARGEST_ANSWER: Final = 64 * 1024
_SIGN_IN: Final = frozenset({401, 403})
_FINAL: Final = frozenset({409, 422})
_OK, _ACCEPTED = 200, 202


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long the adapter waits, in seconds: for a line, an answer, a connection, and before it tries again."""

    line_s: float = 1.5
    answer_s: float = 2.0
    connect_s: float = 1.0
    first_pause_s: float = 0.3
    longest_pause_s: float = 1.0


class NothingSent(Unavailable):
    """The request has not left: the other side cannot have done anything."""


class BridgeLink:
    """Sends requests to the bridge on one thread, and opens streams on others."""

    def __init__(self, site: Site, patience: Patience) -> None:
        self._site = site
        self._patience = patience
        self._session = _session(site)

    def ask(self, method: str, path: str, body: bytes, token: str, stream: str) -> None:
        """Hand one request over.

        Raises:
            NothingSent: There is no connection.
            SignInNeeded: The token is not good for this.
            Refused: The bridge will not do it.
            Unavailable: No answer, or none of the bridge's; it may have been done.
        """
        headers = {**_bearer(token), "Content-Type": "application/json"}
        if stream:
            headers[STREAM_HEADER] = stream
        wait = (self._patience.connect_s, self._patience.answer_s)
        try:
            with self._session.request(
                method,
                self._site.url.rstrip("/") + path,
                data=body,
                headers=headers,
                timeout=wait,
                allow_redirects=False,
                stream=True,
            ) as response:
                check(response, _ACCEPTED)
                _rest_of(response)
        except (requests.RequestException, HTTPError, OSError) as error:
            raise _unavailable(error, self._site.ca) from error

    def open(self, token: str, seat_state: str, *, only_if_free: bool) -> "EventStream":
        """Open the event stream of the token's seat, and say with it what that seat is doing, if that is known.

        Raises:
            SignInNeeded: The token is not good for this.
            Refused: Another desk has the seat's stream (``seat_taken``).
            Unavailable: No answer, or none of the bridge's.
        """
        headers = _bearer(token)
        asked = {"state": seat_state, "only_if_free": "1" if only_if_free else ""}
        session = _session(self._site)
        try:
            response = session.get(
                self._site.url.rstrip("/") + "/v1/events",
                params={name: value for name, value in asked.items() if value},
                headers=headers,
                timeout=(self._patience.connect_s, self._patience.line_s),
                allow_redirects=False,
                stream=True,
            )
            check(response, _OK, EVENTS_TYPE)
        except (requests.RequestException, HTTPError, OSError) as error:
            session.close()
            raise _unavailable(error, self._site.ca) from error
        except (Refused, SignInNeeded, Unavailable):
            session.close()
            raise
        return EventStream(session, response, self._patience.line_s)

    def close(self) -> None:
        """Close the connection for requests."""
        self._session.close()


@dataclass(slots=True)
class EventStream:
    """The lines of an open stream, numbered without a gap; it ends with an error, never silently."""

    _session: requests.Session
    _response: requests.Response
    _line_s: float
    _closed: bool = False
    _lock: Lock = field(default_factory=Lock)

    @property
    def id(self) -> str:
        return self._response.headers.get(STREAM_HEADER, "")

    def lines(self) -> Iterator[Line]:
        """Yield line after line.

        Raises:
            Unavailable: No line for too long, a line that cannot be read or is missing, or the stream ended.
        """
        expected = 0
        for raw in self._raw_lines():
            try:
                line = read_line(raw)
            except InvalidValue as error:
                raise Unavailable("unreadable_line") from error
            expected += 0 if line.beat else 1
            if line.seq != expected:
                raise Unavailable("line_lost")
            yield line
        raise Unavailable("stream_ended")

    def stop(self) -> None:
        """Wake whoever waits for the next line, from any thread; the stream is over then."""
        with self._lock:
            if not self._closed:
                with suppress(OSError, ValueError, RuntimeError):  # it is over already
                    self._response.raw.shutdown()

    def close(self) -> None:
        """Let go of the connection."""
        with self._lock:
            self._closed = True
        with suppress(OSError, HTTPError):
            self._response.close()
        self._session.close()

    def _raw_lines(self) -> Iterator[bytes]:
        rest, last = b"", time.monotonic()
        for piece in self._pieces():
            *whole, rest = (rest + piece).split(b"\n")
            now = time.monotonic()
            if whole:
                last = now
            elif now - last > self._line_s or len(rest) > LONGEST_LINE:
                raise Unavailable("unreadable_line")
            yield from whole

    def _pieces(self) -> Iterator[bytes]:
        try:
            while piece := self._response.raw.read1(_CHUNK, decode_content=False):
                yield piece
        except (requests.RequestException, HTTPError, OSError) as error:
            raise _unavailable(error) from error


def check(response: requests.Response, wanted: int, media_type: str = "") -> None:
    """Let a good answer of the bridge pass.

    Raises:
        SignInNeeded: The token is not good for this; the code says why.
        Refused: The bridge's own final answer.
        Unavailable: Everything else.
    """
    kind = response.headers.get("Content-Type", "").partition(";")[0].strip()
    if response.status_code == wanted and media_type in {"", kind}:
        return
    problem = _problem_in(kind, response)
    response.close()
    if response.status_code in _SIGN_IN and problem is not None:
        raise SignInNeeded(problem.detail or problem.problem)
    if response.status_code in _FINAL and problem is not None:
        raise Refused(problem.problem, " ".join(part for part in (problem.field, problem.detail) if part))
    if problem is not None:
        raise Unavailable(problem.detail or problem.problem)
    raise Unavailable("foreign_answer")


def _problem_in(kind: str, response: requests.Response) -> Problem | None:
    if kind != _PROBLEM:
        return None
    try:
        return decode(_rest_of(response), Problem)
    except InvalidValue:
        return None


def _rest_of(response: requests.Response) -> bytes:
    """Return the rest of a short answer, so that its connection can be used again."""
    rest: bytes = response.raw.read(_LARGEST_ANSWER, decode_content=False)
    return rest


def _session(site: Site) -> requests.Session:
    session = requests.Session()
    # No proxy and no .netrc of the machine may come between a console and its telephone.
    session.trust_env = False
    session.verify = site.ca or True
    return session


def _bearer(token: str) -> dict[str, str]:
    if not token:
        raise SignInNeeded("no_token")
    return {"Authorization": f"Bearer {token}"}


def _unavailable(error: Exception, ca: str = "") -> Unavailable:
    if ca and not Path(ca).is_file():
        return NothingSent("certificate_authority_unreadable")
    inner = error.args[0] if error.args else None
    unsent = isinstance(error, requests.ConnectTimeout) or isinstance(
        getattr(inner, "reason", None), NewConnectionError
    )
    return NothingSent(reason_of(error)) if unsent else Unavailable(reason_of(error))
