"""The gateway's store on SQLite: one writer thread that commits what came in together, and readers beside it."""

import logging
import threading
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Final, TypeVar

from sqlcipher3 import dbapi2

from workstation.domain.errors import Unavailable
from workstation.gateway.ports import AccountRows, HotlineRows, IncidentRows, Ledger, OrderRows
from workstation.gateway.rows_accounts import SqliteAccountRows
from workstation.gateway.rows_hotline import SqliteHotlineRows
from workstation.gateway.rows_incidents import SqliteIncidentRows
from workstation.gateway.rows_orders import SqliteOrderRows
from workstation.gateway.sqlite_file import connect, copy, epoch_of, open_file

log = logging.getLogger(__name__)

T = TypeVar("T")

TOGETHER: Final = 64


class SqliteLedger:
    """All rows of the store on one connection."""

    def __init__(self, connection: dbapi2.Connection) -> None:
        self.connection = connection
        self.orders: OrderRows = SqliteOrderRows(connection)
        self.incidents: IncidentRows = SqliteIncidentRows(connection)
        self.hotline: HotlineRows = SqliteHotlineRows(connection)
        self.accounts: AccountRows = SqliteAccountRows(connection)


class _Job:
    """Work that waits for the writer; done together with others, or alone when that went wrong."""

    __slots__ = ("alone", "done", "result", "weight", "work")

    def __init__(self, work: Callable[[Ledger], Any], weight: int) -> None:
        self.work = work
        self.weight = weight
        self.alone = False
        self.done = False
        self.result: Any = None


class _Together:
    """Work of several callers in one transaction; when it fails, each is done again alone.

    Only the culprit's own caller hears of the error then, whatever it is.
    """

    def __init__(self, jobs: list[_Job]) -> None:
        self._jobs = jobs

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> bool:
        for job in self._jobs:
            job.done = kind is None
            job.alone = kind is not None
        return isinstance(error, Exception)


class SqliteStore:
    """A file in WAL mode with synchronous=FULL; up to 64 commands that arrive together share one commit."""

    def __init__(self, file: Path) -> None:
        open_file(file)
        self._file = file
        self.epoch = epoch_of(file)
        self._waiting: deque[_Job] = deque()
        self._queueing = threading.Lock()
        self._writer = ThreadPoolExecutor(1, "gateway-writer")
        self._writing = SqliteLedger(connect(file))
        self._reading = threading.local()
        self._readers: list[SqliteLedger] = []

    def write(self, work: Callable[[Ledger], T], *, weight: int = 1) -> "Future[T]":
        """Do *work* in a durable transaction, maybe together with others' work, and answer when it is on disk."""
        job = _Job(work, weight)
        with self._queueing:  # a job's turn comes when it stands at the head of the queue, or was done with others
            self._waiting.append(job)
            return self._writer.submit(self._run, job)

    def read(self, work: Callable[[Ledger], T]) -> T:
        """Do *work*, which only reads, on one consistent picture of the store.

        Raises:
            Unavailable: The disk does not let us read.
        """
        ledger: SqliteLedger | None = getattr(self._reading, "ledger", None)
        if ledger is None:
            ledger = self._reading.ledger = SqliteLedger(connect(self._file))
            ledger.connection.execute("PRAGMA query_only = ON")
            self._readers.append(ledger)
        with _transaction(ledger.connection, "BEGIN"):
            return work(ledger)

    def backup(self, to: Path) -> None:
        """Write a consistent copy to *to* while work goes on."""
        copy(self._file, to)

    def close(self) -> None:
        """Finish the writes that wait and close the file."""
        self._writer.shutdown(wait=True)
        for ledger in (*self._readers, self._writing):
            ledger.connection.close()

    def _run(self, job: _Job) -> Any:  # noqa: ANN401 -- whatever the work returns
        # A job whose caller went away stays in the queue and is done by whoever comes next: it was handed in.
        while not (job.done or job.alone):
            jobs = self._take()
            with _Together(jobs), _transaction(self._writing.connection, "BEGIN IMMEDIATE"):
                for each in jobs:
                    each.result = each.work(self._writing)
        if not job.done:
            with _transaction(self._writing.connection, "BEGIN IMMEDIATE"):
                job.result = job.work(self._writing)
            job.done = True
        return job.result

    def _take(self) -> list[_Job]:
        jobs = [self._waiting.popleft()]
        weight = jobs[0].weight
        while self._waiting and weight + self._waiting[0].weight <= TOGETHER:
            jobs.append(self._waiting.popleft())
            weight += jobs[-1].weight
        return jobs


@contextmanager
def _transaction(connection: dbapi2.Connection, begin: str) -> Iterator[None]:
    """Commit at the end, roll back on an error.

    Raises:
        Unavailable: The disk is full, locked or gone; nothing was changed.
    """
    try:
        connection.execute(begin)
        yield
        connection.execute("COMMIT")
    except dbapi2.OperationalError as error:
        log.exception("gateway store failed error=%s", error.sqlite_errorname)
        raise Unavailable("store", error.sqlite_errorname) from error
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
