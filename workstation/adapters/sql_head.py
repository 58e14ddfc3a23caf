"""A copy of a cache's first page, kept apart: when that page is lost, nothing else in the file can be found.

The copy is as encrypted as the page. It changes with the schema only, for what else stands in it (how long the file is,
which pages are free) is not needed to read rows.
"""

import os
from contextlib import closing, suppress
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from sqlcipher3 import dbapi2

from workstation.adapters.data_root import DataRoot, write_durably
from workstation.adapters.sql_file import connect
from workstation.adapters.sql_pages import CODE_SIZE, PAGE, SALT_SIZE, code_of

_VECTOR = slice(PAGE - CODE_SIZE - 16, PAGE - CODE_SIZE)
_BODY = slice(SALT_SIZE, _VECTOR.start)
_LENGTH_IN_HEADER = slice(28 - SALT_SIZE, 32 - SALT_SIZE)


def keep_head(root: DataRoot, key: bytes) -> None:
    """Copy the first page of the cache of *root*, with every change to it that still stands in the log."""
    with closing(connect(root.cache, key)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    with root.cache.open("rb") as file:
        write_durably(head_of(root), file.read(PAGE))


def head_of(root: DataRoot) -> Path:
    """Return where the copy lies."""
    return root.folder / "cache.head"


def mend(reading: Path, head: Path, key: bytes) -> bool:
    """Put the copy into *reading*, itself a copy of a damaged cache, where its own first page cannot be read."""
    if _readable(reading, key) or not head.exists() or head.stat().st_size != PAGE:
        return False
    with reading.open("r+b") as file:
        file.write(_without_length(head.read_bytes(), key))
    return _readable(reading, key)


def _readable(file: Path, key: bytes) -> bool:
    with suppress(dbapi2.DatabaseError), closing(connect(file, key, read_only=True)) as connection:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        return True
    return False


def _without_length(page: bytes, key: bytes) -> bytes:
    """Return *page* with the file's length taken out of the header, so that SQLite measures the file instead."""
    salt, vector = page[:SALT_SIZE], page[_VECTOR]
    decryptor = Cipher(AES(key), CBC(vector)).decryptor()
    body = bytearray(decryptor.update(page[_BODY]) + decryptor.finalize())
    body[_LENGTH_IN_HEADER] = bytes(4)
    vector = os.urandom(len(vector))
    encryptor = Cipher(AES(key), CBC(vector)).encryptor()
    sealed = encryptor.update(bytes(body)) + encryptor.finalize() + vector
    return salt + sealed + code_of(sealed, 1, key, salt)
