"""The played hotline's own memory: its orders, what it heard and what it still has to say."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlcipher3 import dbapi2

from workstation.domain.lifecycle import Action
from workstation.gateway.hotline import RemoteMessage
from workstation.gateway.hotline_script import Play
from workstation.gateway.times import to_micros
from workstation.protocol.codec import decode, encode

_TABLES = (
    "CREATE TABLE IF NOT EXISTS books (transfer TEXT PRIMARY KEY, due_at INTEGER, document BLOB NOT NULL)",
    "CREATE INDEX IF NOT EXISTS books_due ON books(due_at) WHERE due_at IS NOT NULL",
    "CREATE TABLE IF NOT EXISTS heard (uid TEXT PRIMARY KEY, action TEXT NOT NULL, transfer TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS messages (n INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, document BLOB NOT NULL)",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """What the played hotline knows of one order: its own number and 110's, how far it counted, what it will do."""

    transfer: str
    number: str = ""
    hotline_number: str
    seq: int
    rest: tuple[Play, ...]
    due_at: datetime | None


class StandInFile:
    """A small SQLite file, or memory when there is none; each call is durable against a crash of the process."""

    def __init__(self, file: Path | None) -> None:
        name = ":memory:" if file is None else str(file)
        self._db = dbapi2.connect(name, isolation_level=None, check_same_thread=False)
        for statement in ("PRAGMA journal_mode = WAL", "PRAGMA synchronous = NORMAL", *_TABLES):
            self._db.execute(statement)

    @contextmanager
    def together(self) -> Iterator[None]:
        """Keep everything that is written inside, or nothing."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._db.execute("COMMIT")
        finally:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")

    def heard(self, uid: str, action: Action, transfer: str) -> bool:
        """Note that *uid* was heard, and say whether it was heard before."""
        row = (uid, action, transfer)
        return self._db.execute("INSERT OR IGNORE INTO heard VALUES (?, ?, ?)", row).rowcount == 0

    def told(self) -> list[tuple[str, Action]]:
        """Return every distinct thing that was heard, in order."""
        rows = self._db.execute("SELECT transfer, action FROM heard ORDER BY rowid")
        return [(transfer, Action(action)) for transfer, action in rows]

    def count(self) -> int:
        """Count the orders."""
        return int(self._db.execute("SELECT count(*) FROM books").fetchone()[0])

    def book(self, transfer: str) -> Book:
        """Return the book of *transfer*; ``KeyError`` when the hotline never heard of it."""
        found = self.find(transfer)
        if found is None:
            raise KeyError(transfer)
        return found

    def find(self, transfer: str) -> Book | None:
        """Return the book of *transfer*, or nothing."""
        row = self._db.execute("SELECT document FROM books WHERE transfer = ?", (transfer,)).fetchone()
        return None if row is None else decode(row[0], Book)

    def books(self) -> Sequence[Book]:
        """Return the books of all orders, the oldest first."""
        return [
            decode(document, Book) for (document,) in self._db.execute("SELECT document FROM books ORDER BY transfer")
        ]

    def keep(self, book: Book) -> None:
        """Keep *book* as it is now."""
        due = to_micros(book.due_at) if book.due_at and book.rest else None
        self._db.execute("INSERT OR REPLACE INTO books VALUES (?, ?, ?)", (book.transfer, due, encode(book)))

    def due(self, now: datetime) -> Sequence[Book]:
        """Return the books with something to do by *now*."""
        rows = self._db.execute("SELECT document FROM books WHERE due_at <= ? ORDER BY due_at", (to_micros(now),))
        return [decode(document, Book) for (document,) in rows.fetchall()]

    def say(self, message: RemoteMessage) -> None:
        """Keep *message* until it is acknowledged."""
        row = (message.uid, encode(message))
        self._db.execute("INSERT OR IGNORE INTO messages(uid, document) VALUES (?, ?)", row)

    def messages(self) -> Sequence[RemoteMessage]:
        """Return what is still to be said, in the order it was written."""
        return [decode(row, RemoteMessage) for (row,) in self._db.execute("SELECT document FROM messages ORDER BY n")]

    def forget(self, uids: Sequence[str]) -> None:
        """Drop acknowledged messages."""
        self._db.executemany("DELETE FROM messages WHERE uid = ?", [(uid,) for uid in uids])

    def close(self) -> None:
        """Close the file."""
        self._db.close()
