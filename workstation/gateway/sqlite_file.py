"""The gateway's SQLite file: made, checked, migrated, copied and put back.

The SQLite inside sqlcipher3 is used without a key: one version of SQLite for desk and gateway, on every system.
"""

import logging
import os
import secrets
from contextlib import closing
from pathlib import Path

import sqlalchemy as sa
from sqlcipher3 import dbapi2

from workstation.domain.errors import WorkstationError
from workstation.gateway.schema import INCIDENT_WORDS, SCHEMA_VERSION, facts, metadata

log = logging.getLogger(__name__)

_BUSY_SECONDS = 5.0
_HEAD = "0001"
# The history's own table, in Alembic's words, so that a fresh store is stamped without importing Alembic.
_ALEMBIC_TABLE = (
    "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL,"
    " CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
)


class StoreRefused(WorkstationError):
    """The file is not one that this gateway may open; the first argument is a code that says why."""


def connect(file: Path, *, read_only: bool = False) -> dbapi2.Connection:
    """Open *file*; transactions are begun by the caller, never by the driver."""
    source = f"{file.absolute().as_uri()}?mode={'ro' if read_only else 'rw'}"
    connection = dbapi2.connect(source, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False, uri=True)
    for pragma in ("cipher_log_level = NONE", "synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def open_file(file: Path) -> None:
    """Make *file* ready: made when it is missing, migrated when it is older.

    Raises:
        StoreRefused: A newer gateway wrote it (``newer_schema``), or it is no store of ours (``damaged``).
    """
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not file.exists():
        _make(file)
    found = check(file)
    if found < SCHEMA_VERSION:
        migrate(file)
        log.info("gateway store migrated from=%d to=%d", found, SCHEMA_VERSION)


def check(file: Path, *, thorough: bool = False) -> int:
    """Return the schema version of *file*.

    Raises:
        StoreRefused: It is newer than we are (``newer_schema``), or no sound store of ours (``damaged``).
    """
    try:
        with closing(connect(file)) as connection:
            version = int(connection.execute("PRAGMA user_version").fetchone()[0])
            if version > SCHEMA_VERSION:
                raise StoreRefused("newer_schema", version)
            named = connection.execute("SELECT count(*) FROM facts WHERE name = 'epoch'").fetchone()[0]
            sound = connection.execute("PRAGMA integrity_check").fetchone()[0] if thorough else "ok"
    except dbapi2.Error as error:
        raise StoreRefused("damaged", type(error).__name__) from error
    if named != 1 or sound != "ok":
        raise StoreRefused("damaged", "integrity_check")
    return version


def migrate(file: Path) -> None:
    """Take *file* to the newest schema; Alembic is imported only here."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    engine = sa.create_engine("sqlite://", creator=lambda: connect(file), module=dbapi2, poolclass=sa.NullPool)
    with engine.begin() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")
    engine.dispose()


def new_epoch(connection: dbapi2.Connection) -> None:
    """Begin a new life of the store: every cursor handed out before is void."""
    connection.execute("INSERT OR REPLACE INTO facts(name, value) VALUES ('epoch', ?)", (secrets.token_hex(6),))


def epoch_of(file: Path) -> str:
    """Return the store's life, which is part of every cursor."""
    with closing(connect(file)) as connection:
        return str(connection.execute("SELECT value FROM facts WHERE name = 'epoch'").fetchone()[0])


def copy(source: Path, to: Path) -> None:
    """Write a consistent copy of *source* to *to* while others go on writing; an existing *to* is replaced at the end.

    Raises:
        StoreRefused: The copy does not read back as a sound store.
    """
    fresh = to.with_name(to.name + ".making")
    fresh.unlink(missing_ok=True)
    to.parent.mkdir(parents=True, exist_ok=True)
    with closing(connect(source)) as connection:
        connection.execute("VACUUM INTO ?", (str(fresh),))
    check(fresh, thorough=True)
    fresh.chmod(0o600)
    _sync(fresh)
    fresh.replace(to)
    _sync(to.parent)


def put_back(backup: Path, file: Path) -> Path | None:
    """Make *backup* the store at *file*, in a new life; return where the store before it was moved, if there was one.

    Raises:
        StoreRefused: The backup is no sound store; nothing was changed.
    """
    check(backup, thorough=True)
    fresh = file.with_name(file.name + ".restoring")
    copy(backup, fresh)
    with closing(connect(fresh)) as connection:
        new_epoch(connection)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    aside = _move_aside(file) if file.exists() else None
    fresh.replace(file)
    _sync(file.parent)
    return aside


def _move_aside(file: Path) -> Path:
    with closing(connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    count = 1
    while (aside := file.with_name(f"{file.name}.before-restore-{count}")).exists():
        count += 1
    file.rename(aside)
    for suffix in ("-wal", "-shm"):
        file.with_name(file.name + suffix).unlink(missing_ok=True)
    return aside


def _make(file: Path) -> None:
    fresh = file.with_name(file.name + ".making")
    fresh.unlink(missing_ok=True)
    fresh.touch(mode=0o600)
    engine = sa.create_engine("sqlite://", creator=lambda: connect(fresh), module=dbapi2, poolclass=sa.NullPool)
    with engine.begin() as connection:
        metadata.create_all(connection)
        connection.exec_driver_sql(INCIDENT_WORDS)
        connection.exec_driver_sql(_ALEMBIC_TABLE)
        connection.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (_HEAD,))
        connection.execute(sa.insert(facts).values(name="epoch", value=secrets.token_hex(6)))
        connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")
    engine.dispose()
    with closing(connect(fresh)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
    fresh.replace(file)
    _sync(file.parent)


def _sync(path: Path) -> None:
    """Force *path*, a file or a folder, onto the disk; Windows has no such thing for folders."""
    if os.name == "nt" and path.is_dir():
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
