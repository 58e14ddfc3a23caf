"""The opening of a console's cache: checked, made, migrated or rescued here before anyone reads a row."""

import logging
from contextlib import closing
from dataclasses import dataclass

import sqlalchemy as sa
from sqlcipher3 import dbapi2

from workstation.adapters import sql_salvage
from workstation.adapters.data_root import DataRoot, sync_folder
from workstation.adapters.sql_documents import check_whole
from workstation.adapters.sql_errors import Damaged, ForeignFile, NewerSchema, PlainFile, WrongKey, told
from workstation.adapters.sql_file import connect, create_file, make_engine, sidecars
from workstation.adapters.sql_head import head_of, keep_head
from workstation.adapters.sql_owner import is_of_another_console
from workstation.adapters.sql_salvage import Recovery
from workstation.adapters.sql_schema import SCHEMA_VERSION, alembic_version, metadata

log = logging.getLogger(__name__)

_PLAIN_HEADER = b"SQLite format 3\x00"


@dataclass(frozen=True, slots=True)
class OpenCache:
    """A cache that passed every check, and what had to be recovered to get there."""

    engine: sa.Engine
    recovery: Recovery | None = None


def open_cache(root: DataRoot, key: bytes) -> OpenCache:
    """Open the cache of *root*, made, migrated or recovered where needed.

    Raises:
        WrongKey: The key is not this root's.
        ForeignFile: Another console wrote the file.
        PlainFile: The file is not encrypted.
        NewerSchema: A newer workstation wrote it.
        ReadOnlyFolder: Nothing may be written there.
        DiskFull: There is no room.
        DiskFailed: The disk refused.
    """
    root.check_key(key)
    with told(root.folder):
        sql_salvage.finish_interrupted(root)
        if not root.cache.exists():
            _create(root, key)
        recovery = None
        try:
            found = _probe(root, key)
        except Damaged:
            recovery = sql_salvage.recover(root, key)
            root.mark_damaged(damaged=False)
            head_of(root).unlink(missing_ok=True)
            found = SCHEMA_VERSION
        root.adopt_key(key)
        if found < SCHEMA_VERSION:
            _bring_up_to_date(root, key, found)
        if not head_of(root).exists():
            keep_head(root, key)
        return OpenCache(make_engine(root.cache, key), recovery)


def _create(root: DataRoot, key: bytes) -> None:
    root.adopt_key(key)
    head_of(root).unlink(missing_ok=True)
    fresh = root.cache.with_name("cache.db.making")
    for leftover in (fresh, *sidecars(fresh)):
        leftover.unlink(missing_ok=True)
    create_file(fresh, key)
    fresh.rename(root.cache)
    sync_folder(root.folder)
    log.info("cache created root=%s schema=%d", root.id, SCHEMA_VERSION)


def _probe(root: DataRoot, key: bytes) -> int:
    """Return the schema version of a file that can be read; the small tables are read to their ends."""
    with root.cache.open("rb") as file:
        if file.read(len(_PLAIN_HEADER)) == _PLAIN_HEADER:
            raise PlainFile(str(root.cache))
    # Before anything is opened: a log of ours that lies beside it would be written into it.
    if root.has_key and is_of_another_console(root.cache, key):
        raise ForeignFile(str(root.cache))
    try:
        with told(), closing(connect(root.cache, key)) as connection:
            return _read_through(connection, marked=root.damaged)
    except Damaged as error:
        if not root.has_key:
            # Nothing proves that the key is right, and moving a healthy file aside would be worse than refusing.
            raise WrongKey(root.id) from error
        raise


def _read_through(connection: dbapi2.Connection, *, marked: bool) -> int:
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > SCHEMA_VERSION:
        raise NewerSchema(str(version))
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if marked or version == 0 or alembic_version.name not in tables:
        raise Damaged("marked" if marked else "no schema")
    for table in metadata.tables.values():
        column = table.info.get("read_at_start")
        if column and table.name in tables:
            # Reading to the last byte, not counting: long documents lie on pages of their own.
            query = f'SELECT "{column}" FROM {table.name}'  # noqa: S608 -- names from our own schema
            for (value,) in connection.execute(query):
                if isinstance(value, bytes):
                    check_whole(value)
    return version


def _bring_up_to_date(root: DataRoot, key: bytes, found: int) -> None:
    from workstation.adapters.sql_migrate import upgrade

    head_of(root).unlink(missing_ok=True)
    engine = make_engine(root.cache, key)
    with engine.begin() as connection:
        upgrade(connection)
        connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")
    engine.dispose()
    log.info("cache migrated root=%s from=%d to=%d", root.id, found, SCHEMA_VERSION)
