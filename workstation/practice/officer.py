"""A played duty officer, who approves what a trainee submits after a moment."""

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

from workstation.domain.command import Command
from workstation.domain.errors import WorkstationError
from workstation.domain.identity import CommandId
from workstation.domain.lifecycle import Action, Role, offered
from workstation.domain.transfer import Step, Transfer
from workstation.protocol.messages import Answer, Changes, Credential, Problem, SignIn

log = logging.getLogger(__name__)

AFTER = timedelta(seconds=20)
EVERY_S = 1.0


class Service(Protocol):
    """The part of a gateway's service that the officer uses."""

    def sign_in(self, request: SignIn) -> Credential: ...
    def push(self, commands: list[Command], token: str) -> list[Answer | Problem]: ...
    def pull(self, cursor: str, token: str) -> Changes: ...


class PlayedOfficer:
    """Reads what waits and approves it, *after* it has waited; a linkage is confirmed the same way."""

    def __init__(
        self,
        service: Service,
        account: SignIn,
        clock: Callable[[], datetime],
        new_id: Callable[[], str],
        after: timedelta = AFTER,
    ) -> None:
        self._service = service
        self._account = account
        self._clock = clock
        self._new_id = new_id
        self._after = after
        self._token = ""
        self._cursor = ""
        self._waiting: dict[str, Transfer] = {}
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="played-officer", daemon=True)

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    def stop(self) -> None:
        """Go home."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()

    def work(self) -> int:
        """Look once at what waits and decide what has waited long enough; return how many that were."""
        if not self._token:
            self._token = self._service.sign_in(self._account).token
        self._read()
        due = [t for t in self._waiting.values() if self._clock() - t.steps[-1].at >= self._after]
        for transfer in due:
            self._decide(transfer)
        return len(due)

    def _read(self) -> None:
        more = True
        while more:
            changes = self._service.pull(self._cursor, self._token)
            for transfer in changes.transfers:
                self._waiting.pop(transfer.id, None)
                if _answer(transfer) is not None:
                    self._waiting[transfer.id] = transfer
            self._cursor, more = changes.cursor, changes.more

    def _decide(self, transfer: Transfer) -> None:
        action = _answer(transfer)
        if action is None:
            return
        step = Step(action=action, role=Role.DUTY_OFFICER, by=self._account.user, at=self._clock())
        command = Command(
            id=CommandId(self._new_id()),
            at=step.at,
            transfer=transfer.id,
            state=transfer.state,
            revision=transfer.revision,
            step=step,
        )
        self._service.push([command], self._token)
        self._waiting.pop(transfer.id, None)

    def _run(self) -> None:
        while not self._stop.wait(EVERY_S):
            try:
                self.work()
            except WorkstationError as error:
                log.info("played officer waits error=%s", type(error).__name__)
                self._token = ""


def _answer(transfer: Transfer) -> Action | None:
    """Return the yes that an officer may say to *transfer* now, if there is one to say."""
    known = offered(transfer.direction, transfer.state, Role.DUTY_OFFICER, transfer.flags)
    return next((action for action in (Action.APPROVE, Action.CONFIRM) if action in known), None)
