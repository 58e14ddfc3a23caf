"""The way to a gateway that can be pulled out of the wall, without a wall."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from workstation.domain.command import Command
from workstation.domain.errors import Unavailable
from workstation.domain.identity import TransferId
from workstation.domain.incident import Incident
from workstation.domain.transfer import Transfer
from workstation.protocol.messages import Answer, Changes, Credential, IncidentQuery, Problem, Reading, SignIn


class Service(Protocol):
    """The part of a gateway's service that a console asks."""

    def sign_in(self, request: SignIn) -> Credential: ...
    def sign_out(self, token: str, at: datetime) -> None: ...
    def push(self, commands: Sequence[Command], token: str) -> Sequence[Answer | Problem]: ...
    def pull(self, cursor: str, token: str) -> Changes: ...
    def transfer(self, id: TransferId, token: str) -> Transfer: ...
    def incidents(self, query: IncidentQuery, token: str) -> Sequence[Incident]: ...
    def read(self, reading: Reading, token: str) -> Sequence[Reading]: ...


class LooseLink:
    """Hands every question on while it is plugged in; every method raises ``Unavailable`` while it is not."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._plugged = True

    def plug(self, plugged: bool) -> None:  # noqa: FBT001 -- in or out
        """Put the plug in, or pull it."""
        self._plugged = plugged

    def sign_in(self, request: SignIn) -> Credential:
        return self._reached().sign_in(request)

    def sign_out(self, token: str, at: datetime) -> None:
        self._reached().sign_out(token, at)

    def push(self, commands: Sequence[Command], token: str) -> Sequence[Answer | Problem]:
        return self._reached().push(commands, token)

    def pull(self, cursor: str, token: str) -> Changes:
        return self._reached().pull(cursor, token)

    def transfer(self, id: TransferId, token: str) -> Transfer:
        return self._reached().transfer(id, token)

    def incidents(self, query: IncidentQuery, token: str) -> Sequence[Incident]:
        return self._reached().incidents(query, token)

    def read(self, reading: Reading, token: str) -> Sequence[Reading]:
        return self._reached().read(reading, token)

    def _reached(self) -> Service:
        if not self._plugged:
            raise Unavailable("unplugged")
        return self._service
