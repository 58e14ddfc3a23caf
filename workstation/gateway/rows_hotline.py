"""The rows of what waits for the hotline and of what came from it, in SQLite."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import sqlalchemy as sa
from sqlcipher3 import dbapi2

from workstation.domain.lifecycle import Action
from workstation.gateway.ports import Delivery
from workstation.gateway.schema import deliveries, remote_messages
from workstation.gateway.statements import insert, text_of
from workstation.gateway.times import from_micros, to_micros

_D = deliveries.c
_R = remote_messages.c
_CONSIGN: Final = insert(deliveries, without="seq").replace("INSERT INTO", "INSERT OR IGNORE INTO", 1)
# The oldest delivery of each transfer only: an order is never overtaken by its own recall.
_DUE: Final = (
    "SELECT seq, uid, transfer, action, attempts FROM deliveries WHERE seq IN"
    " (SELECT min(seq) FROM deliveries WHERE done_at IS NULL GROUP BY transfer) AND due_at <= :now"
    " ORDER BY seq LIMIT :most"
)
_OPEN: Final = text_of(sa.select(_D.seq).where(_D.seq == sa.bindparam("wanted"), _D.done_at.is_(None)))
_DONE: Final = text_of(
    sa.update(deliveries)
    .where(_D.seq == sa.bindparam("wanted"))
    .values(done_at=sa.bindparam("at"), problem=sa.bindparam("why"))
)
_POSTPONE: Final = text_of(
    sa.update(deliveries)
    .where(_D.seq == sa.bindparam("wanted"))
    .values(attempts=_D.attempts + sa.literal_column("1"), due_at=sa.bindparam("at"), problem=sa.bindparam("why"))
)
_FORGET: Final = "UPDATE deliveries SET done_at = :at, problem = :why WHERE transfer = :transfer AND done_at IS NULL"
_WAITING: Final = text_of(sa.select(sa.func.count(), sa.func.min(_D.created_at)).where(_D.done_at.is_(None)))
_FATE: Final = text_of(sa.select(_R.fate).where(_R.uid == sa.bindparam("uid")))
_KEEP: Final = insert(remote_messages)
_SETTLE: Final = text_of(
    sa.update(remote_messages)
    .where(_R.uid == sa.bindparam("wanted"))
    .values(fate=sa.bindparam("new_fate"), problem=sa.bindparam("why"))
)
_HELD: Final = text_of(
    sa.select(_R.document)
    .where(_R.transfer == sa.bindparam("transfer"), _R.fate == sa.bindparam("fate"))
    .order_by(_R.remote_seq)
)


class SqliteHotlineRows:
    """Deliveries in the order they were written, remote messages under their own uid."""

    def __init__(self, connection: dbapi2.Connection) -> None:
        self._db = connection

    def consign(self, uid: str, transfer: str, action: Action, at: datetime) -> None:
        """Queue a delivery; the same uid a second time changes nothing."""
        now = to_micros(at)
        row = {"uid": uid, "transfer": transfer, "action": action, "created_at": now, "due_at": now}
        self._db.execute(_CONSIGN, {**row, "attempts": 0, "problem": "", "done_at": None})

    def due(self, now: datetime, most: int) -> Sequence[Delivery]:
        """Return what may be delivered now, at most one per transfer, oldest first."""
        rows = self._db.execute(_DUE, {"now": to_micros(now), "most": most})
        return [Delivery(seq=q, uid=u, transfer=t, action=Action(a), attempts=n) for q, u, t, a, n in rows]

    def still_open(self, seq: int) -> bool:
        """Whether the delivery was neither made nor given up."""
        return self._db.execute(_OPEN, {"wanted": seq}).fetchone() is not None

    def done(self, seq: int, at: datetime, problem: str = "") -> None:
        """Mark a delivery as settled: delivered, or refused for good with *problem*."""
        self._db.execute(_DONE, {"wanted": seq, "at": to_micros(at), "why": problem})

    def postpone(self, seq: int, until: datetime, problem: str) -> None:
        """Count a failed attempt and wait *until* the next."""
        self._db.execute(_POSTPONE, {"wanted": seq, "at": to_micros(until), "why": problem})

    def forget(self, transfer: str, at: datetime, why: str) -> None:
        """Give up what is still open for a transfer that was recalled or has a new content."""
        self._db.execute(_FORGET, {"transfer": transfer, "at": to_micros(at), "why": why})

    def waiting(self) -> tuple[int, datetime | None]:
        """Return how many deliveries wait and since when the oldest does."""
        count, oldest = self._db.execute(_WAITING).fetchone()
        return count, None if oldest is None else from_micros(oldest)

    def fate(self, uid: str) -> str:
        """Return what became of a remote message; empty when it is new."""
        row = self._db.execute(_FATE, {"uid": uid}).fetchone()
        return "" if row is None else str(row[0])

    def keep(self, uid: str, transfer: str, remote_seq: int, document: bytes, at: datetime) -> None:
        """Keep a remote message before it is looked at."""
        row = {"uid": uid, "transfer": transfer, "remote_seq": remote_seq, "document": document}
        self._db.execute(_KEEP, {**row, "fate": "held", "problem": "", "received_at": to_micros(at)})

    def settle(self, uid: str, fate: str, problem: str = "") -> None:
        """Note what became of a remote message."""
        self._db.execute(_SETTLE, {"wanted": uid, "new_fate": fate, "why": problem})

    def held(self, transfer: str) -> Sequence[bytes]:
        """Return the remote messages about *transfer* that overtook another one, lowest number first."""
        rows = self._db.execute(_HELD, {"transfer": transfer, "fate": "held"})
        return [bytes(document) for (document,) in rows]
