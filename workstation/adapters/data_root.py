"""The folder that belongs to one console: its lock, its identity and the check of its key."""

import hashlib
import hmac
import json
import os
import sys
import uuid
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Self

from workstation.adapters.sql_errors import AlreadyRunning, CardDamaged, WrongKey, told

_LABEL = b"workstation: this key belongs to this data root"


@dataclass(frozen=True, slots=True)
class RootCard:
    """What a data root says about itself in plain text: nothing secret.

    Args:
        id: Names the root's one keyring entry.
        key_check: Proof that a key is the root's own, without telling the key.
        secrets: Where its key was put: ``keyring``, ``wrapped`` or nowhere yet.
    """

    id: str
    key_check: str = ""
    secrets: str = ""


class DataRoot:
    """A console's folder, held by this process until it is closed.

    Raises:
        AlreadyRunning: Another process holds it.
        ReadOnlyFolder: It cannot be written.
        DiskFull: It has no room for even this.
        CardDamaged: Its card cannot be read.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.cache = folder / "cache.db"
        self._card_file = folder / "root.json"
        self._damage_mark = folder / "cache.damaged"
        with told():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if sys.platform != "win32" and folder.stat().st_mode & 0o077:
                folder.chmod(0o700)  # made by hand, or by an older version: what is inside is nobody else's business
            self._lock: int | None = _lock(folder / "root.lock")
            try:
                self._card = self._read_card()
            except BaseException:
                self.close()
                raise

    @property
    def id(self) -> str:
        """The name of this root's entry in the operating system's keyring."""
        return self._card.id

    @property
    def secrets(self) -> str:
        """Where this root's key was put: ``keyring``, ``wrapped``, or empty if nowhere yet."""
        return self._card.secrets

    @property
    def has_key(self) -> bool:
        """Whether a key was ever made for this root."""
        return bool(self._card.key_check)

    def check_key(self, key: bytes) -> None:
        """Make sure that *key* is the one this root was made with.

        Raises:
            WrongKey: It is not, or it is not a key at all.
        """
        if len(key) != hashlib.sha256().digest_size:
            raise WrongKey("not 32 bytes")
        if self.has_key and not hmac.compare_digest(self._card.key_check, _check_of(key)):
            raise WrongKey(self.id)

    def adopt_key(self, key: bytes, secrets: str = "") -> None:
        """Remember, durably, that *key* is this root's and where it was put."""
        card = replace(self._card, key_check=_check_of(key), secrets=secrets or self._card.secrets)
        if card != self._card:
            with told():
                write_durably(self._card_file, json.dumps(asdict(card)).encode())
            self._card = card

    @property
    def damaged(self) -> bool:
        """Whether a page was met that could not be read; the next start rescues what it can."""
        return self._damage_mark.exists()

    def mark_damaged(self, *, damaged: bool = True) -> None:
        """Remember for the next start that the cache is damaged, or that it no longer is."""
        with told():
            if damaged:
                self._damage_mark.touch()
            else:
                self._damage_mark.unlink(missing_ok=True)

    def close(self) -> None:
        """Let another process have the folder."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _read_card(self) -> RootCard:
        if self._card_file.exists():
            return _card_in(self._card_file)
        card = RootCard(id=str(uuid.uuid4()))
        write_durably(self._card_file, json.dumps(asdict(card)).encode())
        return card


def write_durably(file: Path, content: bytes) -> None:
    """Replace *file* by *content* so that a crash leaves the old or the new one, whole and private."""
    beside = file.with_name(file.name + ".new")
    beside.unlink(missing_ok=True)
    binary = getattr(os, "O_BINARY", 0)  # Windows would write two bytes for a line feed
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | binary, 0o600)
    try:
        view = memoryview(content)
        while view:
            view = view[os.write(handle, view) :]
        os.fsync(handle)
    finally:
        os.close(handle)
    beside.replace(file)
    sync_folder(file.parent)


def sync_folder(folder: Path) -> None:
    """Make renames inside *folder* survive a power cut."""
    if sys.platform != "win32":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _card_in(file: Path) -> RootCard:
    raw = file.read_bytes()
    try:
        found = json.loads(raw)
        return RootCard(id=found["id"], key_check=found.get("key_check", ""), secrets=found.get("secrets", ""))
    except (ValueError, KeyError, TypeError, AttributeError):
        raise CardDamaged(str(file)) from None


def _check_of(key: bytes) -> str:
    return hmac.new(key, _LABEL, hashlib.sha256).hexdigest()[:32]


def _lock(file: Path) -> int:
    handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _lock_handle(handle)
    except BlockingIOError as error:
        os.close(handle)
        raise AlreadyRunning(str(file)) from error
    return handle


if sys.platform == "win32":
    import msvcrt

    def _lock_handle(handle: int) -> None:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except PermissionError as error:
            raise BlockingIOError(error.errno, "locked") from error

else:
    import fcntl

    def _lock_handle(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
