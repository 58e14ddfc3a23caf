"""The console's encrypted cache, as the desk sees it: one transaction at a time, whole or not at all."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Self

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from workstation.adapters import sql_counts, sql_hits, sql_outbox, sql_records, sql_search
from workstation.adapters.data_root import DataRoot
from workstation.adapters.sql_engine import open_cache
from workstation.adapters.sql_errors import Damaged, problem_of
from workstation.adapters.sql_salvage import Recovery
from workstation.adapters.sql_schema import settings
from workstation.domain.call import Call
from workstation.domain.call_party import CallId
from workstation.domain.command import Command
from workstation.domain.identity import CommandId, IncidentId, TransferId
from workstation.domain.incident import Incident
from workstation.domain.lifecycle import Flag, Role, State
from workstation.domain.outbox import Delivery, OutboxRow, SearchHit
from workstation.domain.transfer import Transfer


class SqlStore:
    """An open cache; it holds its data root until it is closed.

    ``recovery`` says what was saved if the cache was found damaged, for the user to read.
    """

    def __init__(self, root: DataRoot, engine: sa.Engine, recovery: Recovery | None = None) -> None:
        self._root = root
        self._engine = engine
        self.recovery = recovery

    @classmethod
    def open(cls, root: DataRoot, key: bytes) -> Self:
        """Open the cache of *root*, made or rescued where needed.

        Raises:
            CacheProblem: Its ``code`` says why it stays closed.
        """
        cache = open_cache(root, key)
        return cls(root, cache.engine, cache.recovery)

    @contextmanager
    def begin(self) -> "Iterator[SqlTransaction]":
        """Open a transaction; leaving it commits durably, an exception rolls back.

        Any thread may read; only one, the write lane, may write, for a reader that begins to write behind another
        writer's back is refused by SQLite.

        Raises:
            DiskFull: Nothing of the transaction was kept; it can be tried again when there is room.
            ReadOnlyFolder: Nothing may be written any more.
            Damaged: A page cannot be read; the next start rescues the rest.
            DiskFailed: The disk refused.
        """
        try:
            with self._engine.begin() as connection:
                yield SqlTransaction(connection)
        except Damaged:
            self._root.mark_damaged()
            raise
        except sa.exc.DBAPIError as error:
            problem = problem_of(error, self._root.folder)
            if problem is None:
                raise
            if isinstance(problem, Damaged):
                self._root.mark_damaged()
            raise problem from error

    def close(self) -> None:
        """Close the file and let another process have the data root."""
        self._engine.dispose()
        self._root.close()


class SqlTransaction:
    """Reads and writes that happen together or not at all."""

    def __init__(self, connection: sa.Connection) -> None:
        self._db = connection

    def save_incident(self, incident: Incident) -> None:
        sql_records.save_incident(self._db, incident)

    def incident(self, id: IncidentId) -> Incident:
        return sql_records.incident(self._db, id)

    def incidents(self, *, author: str = "", open_only: bool = False, limit: int = 200) -> Sequence[Incident]:
        return sql_records.all_incidents(self._db, author, open_only=open_only, limit=limit)

    def save_transfer(self, transfer: Transfer) -> None:
        sql_records.save_transfer(self._db, transfer)

    def save_snapshot(self, transfer: Transfer) -> bool:
        """Keep a pulled snapshot unless a command of it is on its way or ours is not older; say whether it was kept."""
        ours = sql_records.version_of(self._db, transfer.id)
        if ours is not None and (ours >= transfer.version or sql_outbox.has_queued(self._db, transfer.id)):
            return False
        sql_records.save_transfer(self._db, transfer)
        return True

    def transfer(self, id: TransferId) -> Transfer:
        return sql_records.transfer(self._db, id)

    def transfers(
        self, *, states: Sequence[State] = (), author: str = "", flag: Flag | None = None, limit: int = 500
    ) -> Sequence[Transfer]:
        return sql_records.all_transfers(self._db, states, author, flag, limit)

    def enqueue(self, command: Command, *, author: str, credential: str) -> None:
        sql_outbox.enqueue(self._db, command, author, credential)

    def sign(self, author: str, role: Role, credential: str) -> None:
        """Give the author's own rows of this role that have no credential yet this one; a signed row stays."""
        sql_outbox.sign(self._db, author, role, credential)

    def unsign(self, credential: str) -> None:
        """Strike a credential out of the rows that still wait under it."""
        sql_outbox.unsign(self._db, credential)

    def outbox(self, *, delivery: Delivery | None = None, limit: int = 1000) -> Sequence[OutboxRow]:
        return sql_outbox.rows(self._db, delivery, limit)

    def queued_for(self, transfer: TransferId) -> Sequence[Command]:
        return sql_outbox.queued_for(self._db, transfer)

    def delivered(self, command: CommandId) -> None:
        sql_outbox.forget(self._db, command)

    def failed(self, command: CommandId, delivery: Delivery, problem: str, detail: str = "") -> None:
        sql_outbox.failed(self._db, command, delivery, problem, detail)

    def requeue(self, command: CommandId) -> None:
        sql_outbox.requeue(self._db, command)

    def dismiss(self, command: CommandId) -> None:
        """Drop a refused command; one that still waits stays."""
        sql_outbox.forget(self._db, command, (Delivery.REFUSED,))

    def save_call(self, call: Call) -> None:
        sql_records.save_call(self._db, call)

    def call(self, id: CallId) -> Call:
        return sql_records.call(self._db, id)

    def calls(self, *, limit: int = 200) -> Sequence[Call]:
        return sql_records.all_calls(self._db, limit)

    def next_count(self, day: str, seat: str) -> int:
        return sql_counts.next_count(self._db, day, seat)

    def search(self, words: str, *, limit: int = 50) -> Sequence[SearchHit]:
        """Find orders and incidents, newest first; an incident and its order are one hit."""
        found = sql_search.find(self._db, words, 2 * limit)
        hits = sql_hits.hits(self._db, found[:limit])
        # Only where incidents and their orders fell together is there room for more.
        return hits if len(hits) == len(found[:limit]) else sql_hits.hits(self._db, found)[:limit]

    def remember(self, name: str, value: str) -> None:
        row = {"name": name, "value": value}
        self._db.execute(insert(settings).values(row).on_conflict_do_update(index_elements=["name"], set_=row))

    def recall(self, name: str) -> str:
        return self._db.scalar(sa.select(settings.c.value).where(settings.c.name == name)) or ""
