"""The rows of transfers and of decided commands, in SQLite."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import msgspec
import sqlalchemy as sa
from sqlcipher3 import dbapi2

from workstation.domain.lifecycle import State
from workstation.domain.transfer import Transfer
from workstation.gateway.ports import Received, Stored, Verdict
from workstation.gateway.schema import commands, transfers
from workstation.gateway.statements import insert, text_of, upsert
from workstation.gateway.times import to_micros
from workstation.protocol.codec import decode, encode
from workstation.protocol.messages import Problem

_T = transfers.c
_ONE: Final = text_of(sa.select(_T.document, _T.unknown_fields).where(_T.id == sa.bindparam("id")))
_NEXT: Final = text_of(
    sa.select(sa.func.coalesce(sa.func.max(_T.seq), sa.literal_column("0")) + sa.literal_column("1"))
)
_SAVE: Final = upsert(transfers, "id")
_CHANGED: Final = (
    text_of(sa.select(_T.seq, _T.document).where(_T.seq > sa.bindparam("after")).order_by(_T.seq)) + " LIMIT :most"
)
_IN_STATE: Final = text_of(sa.select(_T.id).where(_T.state == sa.bindparam("state")).order_by(_T.seq))
_LATEST: Final = text_of(sa.select(sa.func.coalesce(sa.func.max(_T.seq), sa.literal_column("0"))))
_COUNT: Final = (
    "INSERT INTO facts(name, value) VALUES (:name, '1')"
    " ON CONFLICT(name) DO UPDATE SET value = CAST(value AS INTEGER) + 1 RETURNING value"
)
_REMEMBER: Final = insert(commands)
_VERDICT: Final = text_of(
    sa.select(
        commands.c.user,
        commands.c.problem,
        commands.c.detail,
        commands.c.field,
        _T.document,
    )
    .select_from(commands.outerjoin(transfers, _T.id == commands.c.transfer))
    .where(commands.c.id == sa.bindparam("id"))
)


class SqliteOrderRows:
    """Transfers, each with its place in the change feed, and the commands that were decided."""

    def __init__(self, connection: dbapi2.Connection) -> None:
        self._db = connection

    def transfer(self, id: str) -> Stored | None:
        """Return the transfer; nothing when the store has none."""
        row = self._db.execute(_ONE, {"id": id}).fetchone()
        return None if row is None else Stored(decode(row[0], Transfer), row[1])

    def document(self, id: str) -> bytes | None:
        """Return the transfer as it is served; nothing when the store has none."""
        row = self._db.execute(_ONE, {"id": id}).fetchone()
        return None if row is None else bytes(row[0])

    def save(self, transfer: Transfer, unknown_fields: bytes = b"") -> bytes:
        """Keep *transfer* as the latest change of the feed; return the document as it will be served."""
        document = encode(transfer)
        if unknown_fields:
            document = _with_unknown(document, unknown_fields)
        self._db.execute(
            _SAVE,
            {
                "id": transfer.id,
                "seq": self._db.execute(_NEXT).fetchone()[0],
                "direction": transfer.direction,
                "state": transfer.state,
                "version": transfer.version,
                "document": document,
                "unknown_fields": unknown_fields,
            },
        )
        return document

    def changed(self, after: int, most: int) -> Sequence[tuple[int, bytes]]:
        """Return the documents that changed after the feed's number *after*, in commit order."""
        return self._db.execute(_CHANGED, {"after": after, "most": most}).fetchall()

    def in_state(self, state: State) -> Sequence[str]:
        """Return the ids of the transfers in *state*, longest unchanged first."""
        return [transfer for (transfer,) in self._db.execute(_IN_STATE, {"state": state})]

    def latest(self) -> int:
        """Return the feed's newest number."""
        return int(self._db.execute(_LATEST).fetchone()[0])

    def next_inbound(self, day: str) -> int:
        """Return the next running number for what the hotline offers on *day*, beginning with 1."""
        ((count,),) = self._db.execute(_COUNT, {"name": f"inbound {day}"}).fetchall()
        return int(count)

    def verdict(self, command: str) -> tuple[str, Verdict] | None:
        """Return who gave *command* and what became of it, with today's snapshot; nothing when it is new."""
        row = self._db.execute(_VERDICT, {"id": command}).fetchone()
        if row is None:
            return None
        user, code, detail, field, document = row
        problem = Problem(problem=code, detail=detail, field=field) if code else None
        return user, Verdict(command=command, document=None if problem else document, problem=problem)

    def remember(self, user: str, received: Received, problem: Problem | None, at: datetime) -> None:
        """Keep that *user* gave this command, and its problem where it was refused."""
        command = received.command
        self._db.execute(
            _REMEMBER,
            {
                "id": command.id,
                "user": user,
                "transfer": command.transfer,
                "recorded_at": to_micros(at),
                "problem": problem.problem if problem else "",
                "detail": problem.detail if problem else "",
                "field": problem.field if problem else "",
                # An incident's document is kept among its revisions, once.
                "document": b"" if command.incident and not problem else received.document,
            },
        )


def _with_unknown(document: bytes, unknown_fields: bytes) -> bytes:
    whole: dict[str, msgspec.Raw] = msgspec.json.decode(document, type=dict[str, msgspec.Raw])
    order = msgspec.json.decode(whole["order"], type=dict[str, msgspec.Raw])
    unknown = msgspec.json.decode(unknown_fields, type=dict[str, msgspec.Raw])
    whole["order"] = msgspec.Raw(msgspec.json.encode({**unknown, **order}))
    return msgspec.json.encode(whole)
