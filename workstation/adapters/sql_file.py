"""The encrypted SQLite file of a console's cache, as a driver's connection and as an engine."""

import hashlib
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import make_url
from sqlcipher3 import dbapi2

from workstation.adapters.sql_errors import Damaged, DiskFailed, problem_of
from workstation.adapters.sql_pages import SALT_SIZE
from workstation.adapters.sql_schema import HEAD, SCHEMA_VERSION, alembic_version, metadata

_BUSY_SECONDS = 5.0
_READERS_AND_WRITER = 3


def connect(file: Path, key: bytes, *, read_only: bool = False) -> dbapi2.Connection:
    """Open *file* with *key*; transactions are begun by the caller, never by the driver.

    The salt is derived from the key, so the pages of a file whose first page is lost can still be read.
    """
    salt = salt_of(key)
    source = f"{file.absolute().as_uri()}?mode={'ro' if read_only else 'rwc'}"
    connection = dbapi2.connect(source, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False, uri=True)
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}{salt.hex()}'\"")
        if not read_only:
            for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
                connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return connection


def salt_of(key: bytes) -> bytes:
    """Return the salt of a cache under *key*, with which its file begins."""
    return hashlib.sha256(b"workstation cache salt" + key).digest()[:SALT_SIZE]


def make_engine(file: Path, key: bytes) -> sa.Engine:
    """Return an engine over *file* whose transactions are real ones and whose URL holds no key."""
    engine = sa.create_engine(
        make_url("sqlite://"),
        creator=lambda: connect(file, key),
        module=dbapi2,
        poolclass=sa.QueuePool,
        pool_size=_READERS_AND_WRITER,
        hide_parameters=True,
    )

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    @sa.event.listens_for(engine, "handle_error")
    def _drop_useless(context: sa.ExceptionContext) -> None:
        # After a page that fails its check the driver's connection answers nothing any more.
        if isinstance(problem_of(context.original_exception), Damaged | DiskFailed):
            context.is_disconnect = True

    return engine


def create_file(file: Path, key: bytes) -> None:
    """Make a fresh cache at *file* straight from the schema, stamped as the newest."""
    engine = make_engine(file, key)
    with engine.begin() as connection:
        metadata.create_all(connection)
        connection.execute(sa.insert(alembic_version).values(version_num=HEAD))
        connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")
    engine.dispose()
    file.chmod(0o600)


def sidecars(file: Path) -> tuple[Path, ...]:
    """Return the files that SQLite keeps beside *file*."""
    return tuple(file.with_name(file.name + suffix) for suffix in ("-wal", "-shm"))
