"""The folder of a gateway: its files, and the lock that lets only one gateway serve them."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from sqlcipher3 import dbapi2

from workstation.gateway.sqlite_file import StoreRefused

GATEWAY_FILE: Final = "gateway.db"
STAND_IN_FILE: Final = "hotline_stand_in.db"
PRACTICE_STAND_IN_FILE: Final = "hotline.json"
"""The same file in the gateway's folder of a practising console, under its old name."""
_LOCK_FILE: Final = "gateway.lock"


@contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Hold the folder's lock; it is the database engine's own, so it works on every system and ends with the process.

    Raises:
        StoreRefused: Another gateway holds it (``in_use``).
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with closing(dbapi2.connect(folder / _LOCK_FILE, timeout=0.0, isolation_level=None)) as lock:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except dbapi2.OperationalError as error:
            raise StoreRefused("in_use") from error
        yield
