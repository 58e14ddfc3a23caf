"""What the gateway's word changes in the cache; each function is the body of one transaction."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from workstation.desk.ports import Transaction
from workstation.desk.tally import APPROVALS, take_back
from workstation.domain.identity import IncidentId, TransferId
from workstation.domain.incident import Incident, Stage
from workstation.domain.lifecycle import SUBMISSIONS, Action
from workstation.domain.outbox import Delivery, OutboxRow
from workstation.domain.standing import AWAITS_APPROVAL, TO_MEND
from workstation.domain.transfer import Transfer
from workstation.protocol.messages import Answer, Problem

CURSOR = "cursor"
EPOCH = "epoch"


def acknowledge(tx: Transaction, row: OutboxRow, answer: Answer, now: datetime) -> None:
    """Forget the delivered command and keep the snapshot that came with the answer."""
    tx.delivered(row.command.id)
    # The answer to our own command is what the commands still queued were made for, so rule 4 does not hold it back.
    _keep_told(tx, answer.transfer, now)


def refuse(tx: Transaction, row: OutboxRow, problem: Problem, truth: Transfer | None, now: datetime) -> None:
    """Move what was queued for that transfer to the refused list; a refused submit is a draft again.

    Args:
        tx: The transaction.
        row: The refused command.
        problem: The gateway's reason.
        truth: What the gateway has of the transfer; nothing when it never took it, so that our draft is the truth.
        now: The desk's clock.
    """
    command = row.command
    if command.transfer is None:
        tx.failed(command.id, Delivery.REFUSED, problem.problem, problem.detail)
        return
    for queued in tx.queued_for(command.transfer):
        tx.failed(queued.id, Delivery.REFUSED, problem.problem, problem.detail)
    # What we had is not put back: the truth may be newer, and a lower version would then never be replaced.
    _keep_told(tx, truth, now)
    if truth is None:
        _forgotten(tx, command.transfer, now)
    action = command.step.action if command.step is not None else None
    if action in APPROVALS:
        take_back(tx, row.author, command.transfer)
    elif action in SUBMISSIONS:
        _reopen(tx, command.incident_id, now)
    elif action is Action.WITHDRAW and truth is not None and truth.state not in TO_MEND:
        _close(tx, command.incident_id, now)


def keep(tx: Transaction, batch: Sequence[Transfer], epoch: str, now: datetime) -> None:
    """Keep the pulled snapshots of *batch* that are newer than ours and have no command on its way."""
    # After a restore the gateway counts versions anew, so those we know mean nothing until everything was pulled.
    begun_anew = _begun_anew(tx, epoch)
    for transfer in batch:
        if begun_anew and not tx.queued_for(transfer.id):
            tx.save_transfer(transfer)
            kept = True
        else:
            kept = tx.save_snapshot(transfer)
        if kept:
            _follow(tx, transfer, now)


def remember(tx: Transaction, cursor: str, epoch: str) -> None:
    """Remember how far was pulled and, once everything was (*epoch* given), in which life of the gateway's store."""
    tx.remember(CURSOR, cursor)
    if not epoch:
        return
    if _begun_anew(tx, epoch):
        _forget_versions(tx)
    tx.remember(EPOCH, epoch)


def _begun_anew(tx: Transaction, epoch: str) -> bool:
    return epoch != "" and tx.recall(EPOCH) not in {"", epoch}


def _forget_versions(tx: Transaction) -> None:
    """Make whatever the restored gateway answers to waiting commands newer than what the old one said."""
    for transfer in {row.command.transfer for row in tx.outbox()}:
        if transfer is not None and _version(tx, transfer) > 0:
            tx.save_transfer(replace(tx.transfer(transfer), version=0))


def _keep_told(tx: Transaction, told: Transfer | None, now: datetime) -> None:
    """Keep what the gateway said of one transfer, unless we know something newer."""
    if told is None or told.version < _version(tx, told.id):
        return
    tx.save_transfer(told)
    if not tx.queued_for(told.id):
        _follow(tx, told, now)


def _forgotten(tx: Transaction, id: TransferId, now: datetime) -> None:
    """Make a draft again of what the gateway lost with its disk, so that its author can submit it anew."""
    if _version(tx, id) < 1:
        return
    ours = tx.transfer(id)
    tx.save_transfer(ours.as_draft())
    _reopen(tx, ours.incident, now)


def overtaken(tx: Transaction, newest: Incident) -> None:
    """Note here who has an incident now that we revised too late; what was typed here stays whole, to be taken over.

    Revision 0 says that the text is not the one that the gateway knows, whoever takes it over here.
    """
    ours = _incident(tx, newest.id)
    if ours is None:
        return
    authors = tuple(dict.fromkeys((*newest.authors, *ours.authors)))
    tx.save_incident(
        replace(
            ours,
            author=newest.author,
            authors=authors,
            handed_over=newest.handed_over,
            revision=0,
            transfer=newest.transfer or ours.transfer,
        )
    )


def is_newest(incident: Incident, transfer: Transfer) -> bool:
    """Say whether the content of *transfer* was written on this *incident*, and not on another console's copy of it."""
    if incident.revision == 0:
        return False  # `overtaken` says so: somebody else's is newer
    sent = transfer.submitted
    if sent is None or sent.by == incident.author:
        return True
    # Taken over here from whoever sent it; a take-over of before it was sent says nothing.
    return incident.came_from({sent.by}) and datetime.fromisoformat(incident.handed_over[-1].split(" ")[0]) > sent.at


def _follow(tx: Transaction, transfer: Transfer, now: datetime) -> None:
    """Open the form of an order that came back, and close it when somebody at another console sent it again."""
    incident = _incident(tx, transfer.incident)
    if incident is None:
        return
    if transfer.state in TO_MEND and is_newest(incident, transfer):
        _reopen(tx, incident.id, now)
    elif transfer.state in AWAITS_APPROVAL and not is_newest(incident, transfer):
        _close(tx, incident.id, now)


def _reopen(tx: Transaction, id: IncidentId | None, now: datetime) -> None:
    """Open the incident of an order that came back, so that its author finds the text whole."""
    incident = _incident(tx, id)
    if incident is not None and incident.stage is Stage.CONCLUDED:
        tx.save_incident(incident.reopened(now))


def _close(tx: Transaction, id: IncidentId | None, now: datetime) -> None:
    """Conclude the incident again whose order could not be had back: it cannot be sent a second time."""
    incident = _incident(tx, id)
    if incident is not None and incident.stage is not Stage.CONCLUDED:
        tx.save_incident(replace(incident, stage=Stage.CONCLUDED, updated_at=now))


def _incident(tx: Transaction, id: IncidentId | None) -> Incident | None:
    try:
        return None if id is None else tx.incident(id)
    except KeyError:
        return None  # written at another console


def _version(tx: Transaction, id: TransferId) -> int:
    try:
        return tx.transfer(id).version
    except KeyError:
        return -1  # the cache was lost and only the outbox rescued
