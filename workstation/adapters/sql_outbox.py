"""The outbox table: commands in the order they were given, each with its author's own credential."""

from collections.abc import Sequence
from datetime import UTC, datetime

import sqlalchemy as sa

from workstation.adapters.sql_documents import micros, stored
from workstation.adapters.sql_schema import outbox
from workstation.domain.command import Command
from workstation.domain.identity import CommandId
from workstation.domain.lifecycle import Role
from workstation.domain.outbox import Delivery, OutboxRow
from workstation.protocol.codec import encode

_INSERT = sa.insert(outbox)
_WAITING = (Delivery.QUEUED, Delivery.PARKED)


def enqueue(connection: sa.Connection, command: Command, author: str, credential: str) -> None:
    """Queue *command* behind everything queued before."""
    row = {
        "command": command.id,
        "transfer": command.transfer,
        "author": author,
        "credential": credential,
        "delivery": Delivery.QUEUED,
        "attempts": 0,
        "problem": "",
        "detail": "",
        "created_at": micros(command.at),
        "document": encode(command),
    }
    connection.execute(_INSERT, row)


def sign(connection: sa.Connection, author: str, role: Role, credential: str) -> None:
    """Give *author*'s rows of *role* that have no credential yet this one."""
    unsigned = sa.and_(outbox.c.author == author, outbox.c.credential == "")
    for found in connection.execute(sa.select(outbox.c.seq, outbox.c.document).where(unsigned)).all():
        step = stored(found.document, Command).step
        if (step.role if step is not None else Role.CALL_TAKER) is role:  # incidents are a call-taker's
            connection.execute(sa.update(outbox).where(outbox.c.seq == found.seq).values(credential=credential))


def unsign(connection: sa.Connection, credential: str) -> None:
    """Strike *credential* out of the rows that still wait under it."""
    waiting = sa.and_(outbox.c.credential == credential, outbox.c.delivery.in_(_WAITING))
    connection.execute(sa.update(outbox).where(waiting).values(credential=""))


def rows(connection: sa.Connection, delivery: Delivery | None, limit: int) -> list[OutboxRow]:
    """Return the rows in the order they were queued."""
    query = sa.select(outbox).order_by(outbox.c.seq).limit(limit)
    if delivery is not None:
        query = query.where(outbox.c.delivery == delivery)
    return [_row(found) for found in connection.execute(query)]


def queued_for(connection: sa.Connection, transfer: str) -> list[Command]:
    """Return the commands of one transfer that still wait, in order."""
    mine = sa.and_(outbox.c.transfer == transfer, outbox.c.delivery.in_(_WAITING))
    query = sa.select(outbox.c.document).where(mine).order_by(outbox.c.seq)
    return [stored(raw, Command) for raw in connection.scalars(query)]


def has_queued(connection: sa.Connection, transfer: str) -> bool:
    """Say whether a command of this transfer is on its way; a parked one is not."""
    mine = sa.and_(outbox.c.transfer == transfer, outbox.c.delivery == Delivery.QUEUED)
    return connection.scalar(sa.select(sa.literal(1)).where(mine).limit(1)) is not None


def forget(connection: sa.Connection, command: CommandId, among: Sequence[Delivery] = tuple(Delivery)) -> None:
    """Delete a row, if it is in one of the conditions *among*; a row that is gone already is fine."""
    connection.execute(sa.delete(outbox).where(outbox.c.command == command, outbox.c.delivery.in_(among)))


def failed(connection: sa.Connection, command: CommandId, delivery: Delivery, problem: str, detail: str) -> None:
    """Count a failed attempt and keep its reason; ``KeyError`` when there is no such row."""
    values = {"delivery": delivery, "attempts": outbox.c.attempts + 1, "problem": problem, "detail": detail}
    done = connection.execute(sa.update(outbox).where(outbox.c.command == command).values(values))
    if done.rowcount == 0:
        raise KeyError(command)


def requeue(connection: sa.Connection, command: CommandId) -> None:
    """Put a parked command back in its old place with its attempts forgotten; ``KeyError`` when it is not parked."""
    parked = sa.and_(outbox.c.command == command, outbox.c.delivery == Delivery.PARKED)
    done = connection.execute(sa.update(outbox).where(parked).values(delivery=Delivery.QUEUED, attempts=0))
    if done.rowcount == 0:
        raise KeyError(command)


def _row(found: sa.Row[tuple[object, ...]]) -> OutboxRow:
    return OutboxRow(
        seq=found.seq,
        command=stored(found.document, Command),
        author=found.author,
        credential=found.credential,
        delivery=Delivery(found.delivery),
        attempts=found.attempts,
        created_at=datetime.fromtimestamp(found.created_at / 1_000_000, UTC),
        problem=found.problem,
        detail=found.detail,
    )
