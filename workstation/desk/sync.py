"""Bringing the console and the gateway together: push what was done here, pull what was done elsewhere."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

from workstation.desk.ports import Clock, Gateway, Store, Transaction
from workstation.domain.errors import Refused, SignInNeeded, Unavailable
from workstation.domain.identity import TransferId
from workstation.domain.incident import Stage
from workstation.domain.lifecycle import Action, State
from workstation.domain.outbox import Delivery, OutboxRow
from workstation.domain.transfer import Transfer
from workstation.protocol.messages import BATCH, Answer, Problem

Write = Callable[[Callable[[Transaction], None]], None]
PARK_AFTER = 5
CURSOR = "cursor"
EPOCH = "epoch"
_SUBMISSIONS = frozenset({Action.SUBMIT, Action.SUBMIT_URGENT})
_TO_MEND = frozenset({State.RETURNED, State.DECLINED, State.DRAFT})


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
            self._push(report)
            if token:
                self._pull(token, report)
        except Unavailable as away:
            report.unavailable = str(away)
        except SignInNeeded:
            report.sign_in_needed.add("")
        return report

    def _push(self, report: Report) -> None:
        skipped: set[str] = set()
        failing: OutboxRow | None = None
        while batch := self._next(skipped, single=failing is not None):
            try:
                self._deliver(batch, report)
            except SignInNeeded:
                report.sign_in_needed.add(batch[0].author)
                skipped.add(batch[0].credential)
            except Unavailable as away:
                self._failed(batch[0], str(away))
                if failing is not None:
                    raise  # a second order fails as well: it is not the command, nobody is there
                failing = batch[0]
                skipped.add(_lane(failing))
            else:
                if failing is not None:
                    self._again(failing, report)
                    failing = None
        if failing is not None:
            raise Unavailable("not_delivered")

    def _deliver(self, batch: Sequence[OutboxRow], report: Report) -> None:
        answers = self.gateway.push([row.command for row in batch], batch[0].credential)
        for row, answer in zip(batch, answers, strict=True):
            self._settle(row, answer, report)

    def _again(self, failing: OutboxRow, report: Report) -> None:
        """Try the failing command once more now that another passed; park it when it keeps failing alone."""
        try:
            self._deliver([failing], report)
        except Unavailable as away:
            if failing.attempts + 1 >= PARK_AFTER:
                self._park(failing, report)
            else:
                self._failed(failing, str(away))

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

    def _failed(self, row: OutboxRow, why: str) -> None:
        self.write(lambda tx: tx.failed(row.command.id, Delivery.QUEUED, "unavailable", why))

    def _park(self, row: OutboxRow, report: Report) -> None:
        self.write(lambda tx: tx.failed(row.command.id, Delivery.PARKED, "keeps_failing"))
        report.refused |= _transfers(row)

    def _settle(self, row: OutboxRow, answer: Answer | Problem, report: Report) -> None:
        report.changed |= _transfers(row)
        if isinstance(answer, Answer):
            self.write(lambda tx: _acknowledge(tx, row, answer))
            return
        truth = self._truth(row)
        report.refused |= _transfers(row)
        self.write(lambda tx: self._refuse(tx, row, answer, truth))

    def _truth(self, row: OutboxRow) -> Transfer | None:
        if row.command.transfer is None:
            return None
        try:
            return self.gateway.transfer(row.command.transfer, row.credential)
        except Refused:
            return None  # the gateway never took it: our draft is the truth

    def _refuse(self, tx: Transaction, row: OutboxRow, problem: Problem, truth: Transfer | None) -> None:
        """Move what was queued for that transfer to the refused list; a refused submit is a draft again."""
        command = row.command
        if command.transfer is None:
            tx.failed(command.id, Delivery.REFUSED, problem.problem, problem.detail)
            return
        ours = tx.transfer(command.transfer)
        for queued in tx.queued_for(command.transfer):
            tx.failed(queued.id, Delivery.REFUSED, problem.problem, problem.detail)
        if truth is not None and truth.version >= ours.version:
            tx.save_transfer(truth)
        if command.step is not None and command.step.action in _SUBMISSIONS:
            self._reopen(tx, ours)

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
                self.write(partial(self._keep, batch=batch, epoch=changes.epoch))
            self.write(partial(_remember, cursor=changes.cursor, epoch="" if changes.more else changes.epoch))
            more = changes.more

    def _keep(self, tx: Transaction, batch: Sequence[Transfer], epoch: str) -> None:
        # After a restore the gateway counts versions anew, so those we know mean nothing until everything was pulled.
        begun_anew = tx.recall(EPOCH) not in {"", epoch}
        for transfer in batch:
            if begun_anew and not tx.queued_for(transfer.id):
                tx.save_transfer(transfer)
                kept = True
            else:
                kept = tx.save_snapshot(transfer)
            if kept and transfer.state in _TO_MEND:
                self._reopen(tx, transfer)

    def _reopen(self, tx: Transaction, transfer: Transfer) -> None:
        """Open the incident of an order that came back, so that its author finds the text whole."""
        if transfer.incident is None:
            return
        try:
            incident = tx.incident(transfer.incident)
        except KeyError:
            return  # written at another console
        if incident.stage is Stage.CONCLUDED:
            tx.save_incident(incident.reopened(self.clock()))


def _acknowledge(tx: Transaction, row: OutboxRow, answer: Answer) -> None:
    tx.delivered(row.command.id)
    told = answer.transfer
    # The answer to our own command is what the commands still queued were made for, so rule 4 does not hold it back.
    if told is not None and told.version >= tx.transfer(told.id).version:
        tx.save_transfer(told)


def _remember(tx: Transaction, cursor: str, epoch: str) -> None:
    tx.remember(CURSOR, cursor)
    if epoch:
        tx.remember(EPOCH, epoch)


def _lane(row: OutboxRow) -> str:
    """Return what keeps its order: the transfer, or the incident."""
    command = row.command
    return str(command.transfer or (command.incident.id if command.incident else command.id))


def _transfers(row: OutboxRow) -> set[TransferId]:
    return {row.command.transfer} if row.command.transfer is not None else set()


def _batches(transfers: Sequence[Transfer]) -> list[Sequence[Transfer]]:
    return [transfers[start : start + BATCH] for start in range(0, len(transfers), BATCH)]
