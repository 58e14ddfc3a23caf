"""The ways in which the console's cache can refuse to work, each with the code of the sentence that says what to do."""

import errno
import shutil
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import sqlalchemy as sa
from sqlcipher3 import dbapi2

from workstation.domain.errors import WorkstationError

if TYPE_CHECKING:
    from collections.abc import Iterator

_CORRUPT, _NOT_A_DATABASE, _FULL, _READ_ONLY, _CANNOT_OPEN, _NO_PERMISSION, _IO = 11, 26, 13, 8, 14, 3, 10
_SHARED_MEMORY_DID_NOT_FIT = 10 | 19 << 8
_NO_ROOM = 64 * 1024
_SHORT_READ = 10 | 2 << 8


class CacheProblem(WorkstationError):
    """The console's cache cannot be used; ``code`` names the sentence for the user."""

    code: ClassVar[str] = "cache_problem"


class WrongKey(CacheProblem):
    """The key is not the one this cache was made with."""

    code = "wrong_key"


class KeyMissing(CacheProblem):
    """There is a cache, but no key for it; making a new key would lose what is in it."""

    code = "key_missing"


class ForeignFile(CacheProblem):
    """The cache file was written by another console: somebody put it in this one's place."""

    code = "foreign_file"


class PlainFile(CacheProblem):
    """The cache file is not encrypted: somebody put another file in its place."""

    code = "plain_file"


class NewerSchema(CacheProblem):
    """A newer workstation has written this cache."""

    code = "newer_schema"


class Damaged(CacheProblem):
    """The file can no longer be read; the next start moves it aside and saves what can be saved."""

    code = "damaged"


class CardDamaged(CacheProblem):
    """The card of the data root cannot be read: without its name for the key nothing there can be opened or rescued."""

    code = "card_damaged"


class ReadOnlyFolder(CacheProblem):
    """Nothing may be written where the cache lies."""

    code = "read_only_folder"


class DiskFull(CacheProblem):
    """No space is left where the cache lies."""

    code = "disk_full"


class DiskFailed(CacheProblem):
    """The disk refused to read or write for a reason of its own."""

    code = "disk_failed"


class AlreadyRunning(CacheProblem):
    """Another workstation is using this data root."""

    code = "already_running"


def problem_of(error: BaseException, folder: Path | None = None) -> CacheProblem | None:
    """Return what *error* from the driver or the system means for the user, None if it is a bug.

    A disk without room in *folder* is called full whatever SQLite failed at: its log's index gives no reason.
    """
    problem = _meaning(error)
    if isinstance(problem, DiskFailed) and folder is not None and shutil.disk_usage(folder).free < _NO_ROOM:
        return DiskFull(str(problem))
    return problem


def _meaning(error: BaseException) -> CacheProblem | None:
    cause = error.orig if isinstance(error, sa.exc.DBAPIError) else error
    if isinstance(cause, dbapi2.Error):
        return _of_driver(getattr(cause, "sqlite_errorcode", 0), getattr(cause, "sqlite_errorname", ""))
    if isinstance(cause, OSError):
        return _of_system(cause)
    return None


def _of_driver(code: int, name: str) -> CacheProblem | None:
    if code in {_SHARED_MEMORY_DID_NOT_FIT, _FULL}:
        return DiskFull(name)
    if code == _SHORT_READ or code & 0xFF in {_CORRUPT, _NOT_A_DATABASE}:
        return Damaged(name)
    if code & 0xFF in {_READ_ONLY, _CANNOT_OPEN, _NO_PERMISSION}:
        return ReadOnlyFolder(name)
    return DiskFailed(name) if code & 0xFF == _IO else None


def _of_system(error: OSError) -> CacheProblem:
    name = errno.errorcode.get(error.errno or 0, "OSError")
    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return DiskFull(name)
    if error.errno in {errno.EROFS, errno.EACCES, errno.EPERM}:
        return ReadOnlyFolder(name)
    return DiskFailed(name)


@contextmanager
def told(folder: Path | None = None) -> "Iterator[None]":
    """Turn the driver's and the system's failures inside into the ones a user can be told about.

    Raises:
        CacheProblem: One of the above; any other error flies on as it is.
    """
    try:
        yield
    except (sa.exc.DBAPIError, dbapi2.Error, OSError) as error:
        problem = problem_of(error, folder)
        if problem is None:
            raise
        raise problem from error
