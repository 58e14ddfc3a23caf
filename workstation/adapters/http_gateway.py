"""The gateway over HTTP: the desk's port through ``requests``."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar
from urllib.parse import quote, urlencode

from workstation.adapters.http_link import HttpLink, Site
from workstation.domain.command import Command
from workstation.domain.errors import InvalidValue, Unavailable
from workstation.domain.identity import TransferId
from workstation.domain.incident import Incident
from workstation.domain.transfer import Transfer
from workstation.protocol.codec import decode, encode
from workstation.protocol.messages import (
    BATCH,
    Answer,
    Batch,
    Changes,
    Credential,
    Holder,
    IncidentQuery,
    Incidents,
    Problem,
    Reading,
    Readings,
    Result,
    Results,
    SignIn,
    SignOut,
)

T = TypeVar("T")


class HttpGateway:
    """Asks the gateway at *site*."""

    def __init__(self, site: Site, *, link: HttpLink | None = None) -> None:
        self._link = link or HttpLink(site)

    def sign_in(self, request: SignIn) -> Credential:
        """Return a credential for one person, one role and one seat.

        Raises:
            SignInNeeded: The name or password is wrong, or the person may not sign in so.
            Unavailable: The gateway cannot be reached.
        """
        return _read(self._link.ask("POST", "/v1/sign-in", encode(request)), Credential)

    def sign_out(self, token: str, at: datetime) -> None:
        """End *token*, except for commands made before *at*.

        Raises:
            Unavailable: The gateway cannot be reached.
        """
        self._link.ask("POST", "/v1/sign-out", encode(SignOut(at=at)), token)

    def holder(self, token: str) -> Holder:
        """Return who holds *token*.

        Raises:
            SignInNeeded: The credential is not good.
            Unavailable: The gateway cannot be reached.
        """
        return _read(self._link.ask("GET", "/v1/me", token=token), Holder)

    def push(self, commands: Sequence[Command], token: str) -> Sequence[Answer | Problem]:
        """Deliver *commands* in order under one credential; one answer each, a problem where one is refused.

        Raises:
            SignInNeeded: The credential is not good; nothing was decided.
            Unavailable: No answer came; the commands may have been decided, and may be sent again.
        """
        answers: list[Answer | Problem] = []
        for start in range(0, len(commands), BATCH):
            answers += self._push(commands[start : start + BATCH], token)
        return answers

    def _push(self, commands: Sequence[Command], token: str) -> list[Answer | Problem]:
        results = _read(self._link.ask("POST", "/v1/commands", encode(Batch(commands=tuple(commands))), token), Results)
        if [result.command for result in results.results] != [command.id for command in commands]:
            raise Unavailable("foreign_answer")
        return [_one(result) for result in results.results]

    def pull(self, cursor: str, token: str) -> Changes:
        """Return what changed after *cursor*; empty: from the beginning.

        Raises:
            SignInNeeded: The credential is not good.
            Unavailable: The gateway cannot be reached.
        """
        return _read(self._link.ask("GET", "/v1/changes?" + urlencode({"after": cursor}), token=token), Changes)

    def transfer(self, id: TransferId, token: str) -> Transfer:
        """Return the gateway's truth about one transfer.

        Raises:
            Refused: There is none (``unknown``).
            SignInNeeded: The credential is not good.
            Unavailable: The gateway cannot be reached.
        """
        return _read(self._link.ask("GET", f"/v1/transfers/{quote(id, safe='')}", token=token), Transfer)

    def incidents(self, query: IncidentQuery, token: str) -> Sequence[Incident]:
        """Return earlier incidents of all seats, newest first.

        Raises:
            SignInNeeded: The credential is not good.
            Unavailable: The gateway cannot be reached.
        """
        return _read(self._link.ask("POST", "/v1/incidents/query", encode(query), token), Incidents).incidents

    def read(self, reading: Reading, token: str) -> Sequence[Reading]:
        """Say that an order is being read, and learn who else reads it.

        Raises:
            SignInNeeded: The credential is not good.
            Unavailable: The gateway cannot be reached.
        """
        return _read(self._link.ask("POST", "/v1/reading", encode(reading), token), Readings).readings

    def close(self) -> None:
        """Close the connections."""
        self._link.close()


def _read(raw: bytes, wanted: type[T]) -> T:
    try:
        return decode(raw, wanted)
    except (InvalidValue, RecursionError) as error:
        # Somebody else answered in the gateway's place: a captive portal, a proxy, a wrong address.
        raise Unavailable("foreign_answer") from error


def _one(result: Result) -> Answer | Problem:
    found = result.answer or result.problem
    if found is None:
        raise Unavailable("foreign_answer")
    return found
