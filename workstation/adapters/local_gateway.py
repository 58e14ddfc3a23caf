"""The gateway inside the same process: the desk's port without a socket, for practice and tests."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from workstation.domain.command import Command
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


class LocalGateway:
    """Hands every question to the service it was given; there is nothing that could be out of reach."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def sign_in(self, request: SignIn) -> Credential:
        """Return a credential for one person, one role and one seat."""
        return self._service.sign_in(request)

    def sign_out(self, token: str, at: datetime) -> None:
        """End *token*, except for commands made before *at*."""
        self._service.sign_out(token, at)

    def push(self, commands: Sequence[Command], token: str) -> Sequence[Answer | Problem]:
        """Deliver *commands* in order under one credential; one answer each, a problem where one is refused."""
        return self._service.push(commands, token)

    def pull(self, cursor: str, token: str) -> Changes:
        """Return what changed after *cursor*; empty: from the beginning."""
        return self._service.pull(cursor, token)

    def transfer(self, id: TransferId, token: str) -> Transfer:
        """Return the gateway's truth about one transfer."""
        return self._service.transfer(id, token)

    def incidents(self, query: IncidentQuery, token: str) -> Sequence[Incident]:
        """Return earlier incidents of all seats, newest first."""
        return self._service.incidents(query, token)

    def read(self, reading: Reading, token: str) -> Sequence[Reading]:
        """Say that an order is being read, and learn who else reads it."""
        return self._service.read(reading, token)

    def close(self) -> None:
        """Do nothing: the service belongs to whoever made it."""
