"""The rescue of a damaged cache: the file moves aside whole, and what only this console has moves into a fresh one.

Every step may be interrupted: until the damaged file is renamed the rescue starts again, afterwards it is finished.
"""

import logging
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa
from sqlcipher3 import dbapi2

from workstation.adapters.data_root import DataRoot, sync_folder
from workstation.adapters.sql_counts import leap
from workstation.adapters.sql_documents import check_whole, incident_words, transfer_words
from workstation.adapters.sql_errors import Damaged
from workstation.adapters.sql_file import connect, create_file, make_engine, sidecars
from workstation.adapters.sql_head import head_of, mend
from workstation.adapters.sql_records import INCIDENT, TRANSFER
from workstation.adapters.sql_schema import incidents, metadata, settings, transfers
from workstation.adapters.sql_search import index
from workstation.domain.errors import InvalidValue
from workstation.domain.identity import CHINA
from workstation.domain.incident import Incident
from workstation.domain.transfer import Transfer
from workstation.protocol.codec import decode

log = logging.getLogger(__name__)

CURSOR = "cursor"
"""The setting that is not carried over, so that everything the gateway knows is pulled again."""

_SEARCHED: tuple[tuple[sa.Table, str, Callable[[bytes], list[str]]], ...] = (
    (incidents, INCIDENT, lambda raw: incident_words(decode(raw, Incident))),
    (transfers, TRANSFER, lambda raw: transfer_words(decode(raw, Transfer))),
)
_LOOKUPS = 5000
"""How many row ids between two unreadable places are tried one by one."""


@dataclass(frozen=True, slots=True)
class Recovery:
    """What was saved from a damaged cache, for the sentence the user reads.

    Args:
        moved_to: Where the damaged file lies now; it is never deleted.
        saved: Rows saved, by table.
        complete: Whether the outbox could be read to its end.
    """

    moved_to: Path
    saved: dict[str, int]
    complete: bool


def finish_interrupted(root: DataRoot) -> None:
    """Complete a rescue whose damaged file was already moved, or forget one that was not."""
    rescued = _rescued(root)
    if root.cache.exists():
        _remove(rescued)
    elif rescued.exists():
        _put_in_place(root, rescued)


def recover(root: DataRoot, key: bytes) -> Recovery:
    """Move the damaged cache of *root* aside and put what can be read of it into a fresh one."""
    rescued, reading = _rescued(root), root.cache.with_name("cache.db.reading")
    for leftover in (rescued, reading):
        _remove(leftover)
    create_file(rescued, key)
    for source, target in zip(_with_sidecars(root.cache), _with_sidecars(reading), strict=True):
        if source.exists():
            shutil.copyfile(source, target)
    mend(reading, head_of(root), key)
    saved, complete = _copy_tables(reading, rescued, key)
    _remove(reading)
    moved_to = _move_aside(root)
    _put_in_place(root, rescued)
    log.error("cache was damaged root=%s saved=%s complete=%s", root.id, saved, complete)
    return Recovery(moved_to, saved, complete)


def _copy_tables(reading: Path, rescued: Path, key: bytes) -> tuple[dict[str, int], bool]:
    saved: dict[str, int] = {}
    complete = True
    engine = make_engine(rescued, key)
    with engine.begin() as target:
        for table in metadata.sorted_tables:
            if table.info.get("salvage"):
                reader = _Reader(reading, key, table.name)
                saved[table.name] = sum(_insert(target, table, row) for row in reader.rows())
                complete = complete and reader.whole
        target.execute(sa.delete(settings).where(settings.c.name == CURSOR))
        _index_again(target)
        if not complete:
            leap(target, f"{datetime.now(CHINA):%y%m%d}")
    engine.dispose()
    return saved, complete


def _insert(target: sa.Connection, table: sa.Table, row: dict[str, object]) -> int:
    """Insert what today's schema knows of *row*; a row that breaks its rules stays in the file moved aside."""
    known = {name: value for name, value in row.items() if name in table.c}
    try:
        with target.begin_nested():
            return target.execute(sa.insert(table).values(known)).rowcount
    except sa.exc.IntegrityError:
        log.warning("row not rescued table=%s", table.name)
        return 0


def _index_again(target: sa.Connection) -> None:
    for table, kind, words in _SEARCHED:
        for row in target.execute(sa.select(table.c.id, table.c.created_at, table.c.document)):
            with suppress(InvalidValue):  # a document of a newer workstation stays, unsearched
                index(target, kind, row.id, _moment(row.created_at), words(row.document))


def _moment(micros: int) -> datetime:
    return datetime.fromtimestamp(micros / 1_000_000, UTC)


class _Reader:
    """The rows of one table, read around the places that cannot be read.

    A failed page check leaves the driver's connection useless, hence a fresh one after each failure.
    """

    def __init__(self, file: Path, key: bytes, table: str) -> None:
        self._file = file
        self._key = key
        self._table = table
        self._reached = 0
        self.whole = True

    def rows(self) -> Iterator[dict[str, object]]:
        """Yield every readable row once: from the start, from the end, then one by one in between."""
        yield from self._read("WHERE rowid > ? ORDER BY rowid", 0)
        if self.whole:
            return
        low, self._reached = self._reached, 0
        yield from self._read("WHERE rowid > ? ORDER BY rowid DESC", low)
        for row_id in range(low + 1, min(self._reached, low + _LOOKUPS)):
            yield from self._read("WHERE rowid = ?", row_id)

    def _read(self, where: str, bound: int) -> Iterator[dict[str, object]]:
        query = f"SELECT rowid AS row_id, * FROM {self._table} {where}"  # noqa: S608 -- names from our own schema
        try:
            with closing(connect(self._file, self._key)) as source:
                found = source.execute(query, (bound,))
                names = [column[0] for column in found.description]
                for values in found:
                    row = dict(zip(names, values, strict=True))
                    check_whole(row.get("document", b""))
                    self._reached = values[0]
                    yield row
        except (dbapi2.DatabaseError, Damaged):
            self.whole = False


def _rescued(root: DataRoot) -> Path:
    return root.cache.with_name("cache.db.rescued")


def _with_sidecars(file: Path) -> tuple[Path, ...]:
    return (file, *sidecars(file))


def _remove(file: Path) -> None:
    for part in _with_sidecars(file):
        part.unlink(missing_ok=True)


def _move_aside(root: DataRoot) -> Path:
    """Rename the damaged file; its name says when."""
    aside = root.folder / f"damaged-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}.db"
    root.cache.rename(aside)
    _move_sidecars(root, aside)
    return aside


def _move_sidecars(root: DataRoot, aside: Path) -> None:
    for part, target in zip(sidecars(root.cache), sidecars(aside), strict=True):
        if part.exists():
            part.rename(target)


def _put_in_place(root: DataRoot, rescued: Path) -> None:
    """Name the rescued file; a log left beside the old one would be replayed into it, so that goes first."""
    _move_sidecars(root, max(root.folder.glob("damaged-*.db"), default=rescued.with_suffix(".old")))
    rescued.rename(root.cache)
    sync_folder(root.folder)
