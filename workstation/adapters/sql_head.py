"""A copy of a cache's first page, kept apart: when that page is lost, nothing else in the file can be found.

The copy is as encrypted as the page. It changes with the schema only, for what else stands in it (how long the file is,
which pages are free) is not needed to read rows.
"""

import hashlib
import hmac
import os
from contextlib import closing, suppress
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from sqlcipher3 import dbapi2

from workstation.adapters.data_root import DataRoot, write_durably
from workstation.adapters.sql_file import connect

# The page format of SQLCipher 4: salt, the encrypted page, its initialisation vector, its authentication code.
_PAGE = 4096
_SALT = 16
_VECTOR = slice(_PAGE - 80, _PAGE - 64)
_CODE = slice(_PAGE - 64, _PAGE)
_BODY = slice(_SALT, _VECTOR.start)
_FIRST_PAGE_NUMBER = (1).to_bytes(4, "little")
_LENGTH_IN_HEADER = slice(28 - _SALT, 32 - _SALT)


def keep_head(root: DataRoot, key: bytes) -> None:
    """Copy the first page of the cache of *root*, with every change to it that still stands in the log."""
    with closing(connect(root.cache, key)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    with root.cache.open("rb") as file:
        write_durably(head_of(root), file.read(_PAGE))


def head_of(root: DataRoot) -> Path:
    """Return where the copy lies."""
    return root.folder / "cache.head"


def mend(reading: Path, head: Path, key: bytes) -> bool:
    """Put the copy into *reading*, itself a copy of a damaged cache, where its own first page cannot be read."""
    if _readable(reading, key) or not head.exists() or head.stat().st_size != _PAGE:
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
    salt, vector = page[:_SALT], page[_VECTOR]
    decryptor = Cipher(AES(key), CBC(vector)).decryptor()
    body = bytearray(decryptor.update(page[_BODY]) + decryptor.finalize())
    body[_LENGTH_IN_HEADER] = bytes(4)
    vector = os.urandom(len(vector))
    encryptor = Cipher(AES(key), CBC(vector)).encryptor()
    sealed = encryptor.update(bytes(body)) + encryptor.finalize() + vector
    code_key = hashlib.pbkdf2_hmac("sha512", key, bytes(byte ^ 0x3A for byte in salt), 2, 32)
    return salt + sealed + hmac.new(code_key, sealed + _FIRST_PAGE_NUMBER, hashlib.sha512).digest()
