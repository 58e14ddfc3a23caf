"""One HTTP connection to the gateway: time-outs, certificate checks and the outside's failures in our words."""

import ssl
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import requests
from urllib3.exceptions import HTTPError

from workstation.adapters.breaker import Breaker
from workstation.domain.errors import InvalidValue, Refused, SignInNeeded, Unavailable
from workstation.protocol.codec import decode
from workstation.protocol.messages import Problem
from workstation.settings import check_private

_PROBLEM: Final = "application/problem+json"
_CHUNK: Final = 64 * 1024
_LARGEST: Final = 64 * 1024 * 1024
_SIGN_IN: Final = frozenset({401, 403})
_FINAL: Final = frozenset({409, 422})
# OpenSSL's X509_V_ERR_… numbers.
_CERTIFICATE: Final = {
    9: "certificate_not_yet_valid",
    10: "certificate_expired",
    62: "certificate_wrong_host",
    64: "certificate_wrong_host",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Where the gateway is, whom to trust, and how long to wait; ``ca`` empty means the system's authorities.

    Raises:
        InvalidValue: The address is on another machine and without TLS.
    """

    url: str
    ca: str = ""
    connect_s: float = 3.0
    total_s: float = 10.0

    def __post_init__(self) -> None:
        check_private(self.url)  # passwords and citizens' words go this way, whoever made the address


@dataclass(slots=True)
class HttpLink:
    """Asks the gateway; may be used from several threads, each with its own connection."""

    site: Site
    breaker: Breaker = field(default_factory=lambda: Breaker(time.monotonic))
    _mine: threading.local = field(default_factory=threading.local)
    _sessions: list[requests.Session] = field(default_factory=list)

    def ask(self, method: str, path: str, body: bytes = b"", token: str = "") -> bytes:
        """Return the body of the gateway's good answer.

        Raises:
            Refused: The gateway's own final answer.
            SignInNeeded: The credential is not good.
            Unavailable: Everything else; try later.
        """
        with self.breaker.guard():
            deadline = time.monotonic() + self.site.total_s
            status, kind, answer = self._exchange(method, path, body, token, deadline)
            if status in _SIGN_IN:
                raise SignInNeeded(_problem_in(kind, answer).detail or str(status))
            if status in _FINAL and kind == _PROBLEM:
                problem = _problem_in(kind, answer)
                raise Refused(problem.problem, " ".join(part for part in (problem.field, problem.detail) if part))
            if status // 100 != 2:  # noqa: PLR2004 -- the family of good answers
                raise Unavailable(f"HTTP {status}")
            return answer

    def close(self) -> None:
        """Close all connections."""
        for session in self._sessions:
            session.close()

    def _exchange(self, method: str, path: str, body: bytes, token: str, deadline: float) -> tuple[int, str, bytes]:
        headers = {"Content-Type": "application/json"} if body else {}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        try:
            with self._session().request(
                method,
                self.site.url.rstrip("/") + path,
                data=body or None,
                headers=headers,
                timeout=(self.site.connect_s, self.site.total_s),
                allow_redirects=False,
                stream=True,
            ) as response:
                kind = response.headers.get("Content-Type", "").partition(";")[0].strip()
                return response.status_code, kind, b"".join(_pieces(response, deadline))
        except (requests.RequestException, HTTPError, OSError) as error:
            if self.site.ca and not Path(self.site.ca).is_file():
                raise Unavailable("certificate_authority_unreadable") from error
            raise Unavailable(reason_of(error)) from error

    def _session(self) -> requests.Session:
        session: requests.Session | None = getattr(self._mine, "session", None)
        if session is None:
            session = self._mine.session = requests.Session()
            # No proxy and no .netrc of the machine may come between a console and its gateway.
            session.trust_env = False
            session.verify = self.site.ca or True
            self._sessions.append(session)
        return session


def _pieces(response: requests.Response, deadline: float) -> Iterator[bytes]:
    """Yield the body as it comes, until the deadline; a server that trickles is as good as silent."""
    size = 0
    while piece := response.raw.read1(_CHUNK, decode_content=True):
        size += len(piece)
        if time.monotonic() > deadline or size > _LARGEST:
            raise Unavailable("too_slow" if size <= _LARGEST else "too_large")
        yield piece


def _problem_in(kind: str, answer: bytes) -> Problem:
    if kind != _PROBLEM:
        return Problem(problem="foreign")
    try:
        return decode(answer, Problem)
    except InvalidValue:
        return Problem(problem="foreign")


def reason_of(error: BaseException) -> str:
    """Return a code for why the gateway could not be asked: certificates have their own, the rest is by kind."""
    seen: BaseException | None = error
    for _ in range(8):
        if isinstance(seen, ssl.SSLCertVerificationError):
            return _CERTIFICATE.get(seen.verify_code, "certificate_untrusted")
        if isinstance(seen, ssl.SSLError):
            # The reason in OpenSSL's words tells a file that holds no certificate from a server that speaks no TLS.
            return "certificate_authority_unreadable" if "CERT" in str(getattr(seen, "reason", "")) else "no_tls"
        if seen is None:
            break
        seen = _inner(seen)
    return type(error).__name__


def _inner(error: BaseException) -> BaseException | None:
    reason = getattr(error, "reason", None)
    if isinstance(reason, BaseException):
        return reason
    nested = [argument for argument in error.args if isinstance(argument, BaseException)]
    return nested[0] if nested else error.__cause__ or error.__context__
