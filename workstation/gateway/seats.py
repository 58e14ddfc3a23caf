"""The register of which console stands at which seat, so that no two count the same numbers without knowing."""

import logging
import threading
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from workstation.domain.errors import SignInNeeded
from workstation.protocol.messages import SignIn

log = logging.getLogger(__name__)

SILENT_AFTER: Final = timedelta(minutes=2)
"""A console asks every few seconds; one that was not heard of for so long is off, cut off or broken."""

ASKED_AGAIN_WITHIN: Final = timedelta(minutes=10)
"""How long the answer *in use* is remembered: whoever signs in again meanwhile has read it and means it."""


@dataclass(frozen=True, slots=True)
class _Holder:
    """The console that stands at a seat, the digest of its token, and when it was last heard of."""

    console: str
    digest: str
    heard: datetime


class SeatRegister:
    """Consoles by seat, in memory: a gateway that starts anew refuses nobody until it has heard of somebody.

    It only ever delays: whoever signs in again takes the seat over, and the console before it works on.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._holders: dict[str, _Holder] = {}
        self._seats: dict[str, str] = {}
        self._asked: dict[tuple[str, str], datetime] = {}

    def ask(self, request: SignIn, now: datetime) -> None:
        """Let *request*'s console have its seat; one that says nothing of itself always may.

        Raises:
            SignInNeeded: Another console works at the seat, and this one was not told so yet (``seat_in_use``).
        """
        with self._lock:
            self._asked = {who: at for who, at in self._asked.items() if now - at < ASKED_AGAIN_WITHIN}
            holder = self._holders.get(request.seat)
            if not request.console or holder is None or holder.console == request.console:
                return
            who = (request.seat, request.console)
            if now - holder.heard >= SILENT_AFTER:
                return
            if who in self._asked:
                log.warning("seat taken over seat=%s user=%s", request.seat, request.user)
                return
            self._asked[who] = now
        raise SignInNeeded("seat_in_use")

    def take(self, request: SignIn, digest: str, now: datetime) -> None:
        """Note that *request*'s console stands at its seat from now on, under the token of *digest*."""
        if not request.console:
            return
        with self._lock:
            before = self._holders.get(request.seat)
            if before is not None:
                self._seats.pop(before.digest, None)
            self._asked.pop((request.seat, request.console), None)
            self._holders[request.seat] = _Holder(request.console, digest, now)
            self._seats[digest] = request.seat

    def heard(self, digest: str, now: datetime) -> None:
        """Note that the holder of the token of *digest* is there."""
        with self._lock:
            seat = self._seats.get(digest)
            if seat is not None:
                self._holders[seat] = replace(self._holders[seat], heard=now)

    def left(self, digest: str) -> None:
        """Note that the holder of the token of *digest* signed out; the seat is free if it was theirs."""
        with self._lock:
            seat = self._seats.pop(digest, None)
            if seat is not None:
                del self._holders[seat]
