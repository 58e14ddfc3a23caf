"""Bringing the console and the gateway together: push what was done here, pull what was done elsewhere."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

from workstation.desk.ports import Clock, Gateway, Store, Transaction
from workstation.desk.settle import CURSOR, acknowledge, keep, overtaken, refuse, remember
from workstation.desk.truth import incident_behind, transfer_behind
from workstation.domain.errors import Refused, SignInNeeded, Unavailable
from workstation.domain.identity import TransferId
from workstation.domain.outbox import Delivery, OutboxRow
from workstation.domain.transfer import Transfer
from workstation.protocol.messages import BATCH, Answer, Problem

Write = Callable[[Callable[[Transaction], None]], None]
# What the gateway itself says of a credential that will never deliver anything again.
_GONE = frozenset({"unknown_token", "expired", "signed_out"})
PARK_AFTER = 5


@dataclass(slots=True)
class Report:
    """What one run changed and met; ``drift`` is how far the gateway's clock is ahead of ours."""

    changed: set[TransferId] = field(default_factory=set)
    refused: set[TransferId] = field(default_factory=set)
    sign_in_needed: set[str] = field(default_factory=set)
    unavailable: str = ""
    drift: timedelta | None = None


@dataclass(slots=True)
class Sync:
    """One console's synchronisation.

    Args:
        store: The console's cache.
        gateway: The transfer API.
        clock: The desk's clock, for the drift.
        write: Runs one transaction on the lane that writes, so that an autosave never waits behind more than one.
    """

    store: Store
    gateway: Gateway
    clock: Clock
    write: Write

    def once(self, token: str) -> Report:
        """Push every queued command in order, then pull every change; whatever cannot be delivered stays.

        Commands go out under their own author's credential; *token* is the one that pulls.
        """
        report = Report()
        try:
            self._push(token, report)
            self._pull(token, report)  # without a token this is where the gateway asks to sign in
        except Unavailable as away:
            report.unavailable = str(away)
        except SignInNeeded:
            report.sign_in_needed.add("")
        except Refused as refused:
            report.unavailable = refused.problem
        return report

    def _push(self, token: str, report: Report) -> None:
        """Deliver what can be delivered; a command that fails alone, while nothing else passes, simply waits."""
        skipped: set[str] = {""}  # done offline after a sign-out: signed at its author's next sign-in
        failing: OutboxRow | None = None
        single = False
        while batch := self._next(skipped, single=single):
            size = len(batch)
            try:
                self._deliver(batch, token, report)
            except SignInNeeded as ended:
                report.sign_in_needed.add(batch[0].author)
                skipped.add(batch[0].credential)
                if str(ended) in _GONE:
                    self.write(partial(_unsign, credential=batch[0].credential))
            except Unavailable:
                if failing is not None:
                    raise  # a second order fails as well: it is not the command, nobody is there
                single = True  # one of a batch spoils it for the others, and it need not be the first
                if size == 1:
                    failing = batch[0]
                    skipped.add(_lane(failing))
            else:
                if failing is not None:
                    self._again(failing, token, report)
                    failing, single = None, False

    def _deliver(self, batch: list[OutboxRow], token: str, report: Report) -> None:
        """Deliver *batch* and settle each answer; when the line breaks, what is left in *batch* was not settled."""
        try:
            answers = self.gateway.push([row.command for row in batch], batch[0].credential)
        except (Refused, SignInNeeded) as whole:
            if len(batch) == 1:
                if isinstance(whole, SignInNeeded):
                    raise
                answers = [Problem(problem=whole.problem, detail=whole.detail)]
            else:
                self._deliver_singly(batch, token, report)  # one of them spoils it for the others
                return
        for row, answer in list(zip(batch, answers, strict=True)):
            self._settle(row, answer, token, report)
            del batch[0]

    def _deliver_singly(self, batch: list[OutboxRow], token: str, report: Report) -> None:
        while batch:
            self._deliver(batch[:1], token, report)
            del batch[0]

    def _again(self, failing: OutboxRow, token: str, report: Report) -> None:
        """Try the failing command once more now that another one passed, and count if it fails alone.

        An outage is nobody's fault and is never counted, so a long one parks nothing.
        """
        try:
            self._deliver([failing], token, report)
        except Unavailable as away:
            parked = failing.attempts + 1 >= PARK_AFTER
            delivery, problem = (Delivery.PARKED, "keeps_failing") if parked else (Delivery.QUEUED, "unavailable")
            why = str(away)
            self.write(lambda tx: tx.failed(failing.command.id, delivery, problem, why))
            report.refused |= _transfers(failing) if parked else set()
        except SignInNeeded:
            report.sign_in_needed.add(failing.author)

    def _next(self, skipped: set[str], *, single: bool) -> list[OutboxRow]:
        """Return the next rows under one credential, oldest first; a transfer with an older row waiting waits too."""
        with self.store.begin() as tx:
            queued = tx.outbox(delivery=Delivery.QUEUED)
            held = {_lane(row) for row in tx.outbox(delivery=Delivery.PARKED)}
        blocked = set(skipped) | held
        batch: list[OutboxRow] = []
        for row in queued:
            if row.credential in skipped or _lane(row) in blocked:
                blocked.add(_lane(row))
            elif not batch or row.credential == batch[0].credential:
                batch.append(row)
            else:
                blocked.add(_lane(row))
            if len(batch) == (1 if single else BATCH):
                break
        return batch

    def _settle(self, row: OutboxRow, answer: Answer | Problem, token: str, report: Report) -> None:
        report.changed |= _transfers(row)
        if isinstance(answer, Answer):
            self.write(lambda tx: acknowledge(tx, row, answer, self.clock()))
            return
        truth = transfer_behind(row, self.gateway, token)
        newest = incident_behind(row, answer, self.gateway, token)
        report.refused |= _transfers(row)

        def settle(tx: Transaction) -> None:
            refuse(tx, row, answer, truth, self.clock())
            if newest is not None:
                overtaken(tx, newest)

        self.write(settle)

    def _pull(self, token: str, report: Report) -> None:
        more = True
        while more:
            with self.store.begin() as tx:
                cursor = tx.recall(CURSOR)
            asked = self.clock()
            changes = self.gateway.pull(cursor, token)
            report.drift = changes.server_time - asked - (self.clock() - asked) / 2
            for batch in _batches(changes.transfers):
                report.changed |= {transfer.id for transfer in batch}
                self.write(partial(keep, batch=batch, epoch=changes.epoch, now=self.clock()))
            self.write(partial(remember, cursor=changes.cursor, epoch="" if changes.more else changes.epoch))
            more = changes.more


def _unsign(tx: Transaction, credential: str) -> None:
    """Strike a dead credential out, so that its author's own next sign-in signs the rows."""
    tx.unsign(credential)


def _lane(row: OutboxRow) -> str:
    """Return what keeps its order: the transfer, or the incident."""
    command = row.command
    incident = command.incident
    if incident is not None and incident.handed_over and incident.transfer:
        return str(incident.transfer)  # what is submitted after a take-over must not overtake it
    return str(command.transfer or (incident.id if incident is not None else command.id))


def _transfers(row: OutboxRow) -> set[TransferId]:
    return {row.command.transfer} if row.command.transfer is not None else set()


def _batches(transfers: Sequence[Transfer]) -> list[Sequence[Transfer]]:
    return [transfers[start : start + BATCH] for start in range(0, len(transfers), BATCH)]
