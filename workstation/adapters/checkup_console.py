"""The checks of what is this console's own: its folder, its key, its encryption."""

import shutil
from contextlib import closing
from functools import partial
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryDirectory
from typing import Final

from workstation.adapters.checkup import Check, Finding, fail, ok, warn
from workstation.adapters.data_root import DataRoot
from workstation.adapters.secrets_errors import KeyringLocked, KeyringSilent, NoKeyring
from workstation.adapters.secrets_keyring import KeyringSecrets
from workstation.adapters.sql_errors import AlreadyRunning, CacheProblem, told
from workstation.adapters.sql_file import connect, create_file

LEAST_FREE: Final = 500_000_000
_CARD: Final = "root.json"
_ASK: Final = "SELECT count(*) FROM sqlite_master"


def console_checks(folder: Path) -> tuple[Check, ...]:
    """Return the checks of the console whose data root is *folder*."""
    return (
        ("data folder", partial(data_folder, folder)),
        ("disk", partial(disk, folder)),
        ("keyring", partial(keyring, folder)),
        ("encryption", encryption),
    )


def seat(name: str) -> Finding:
    """Find out whether this console has a seat of its own; which other console has it cannot be known here."""
    return ok(name) if name else warn('none in the settings, so each sign-in asks for it; set seat = "…" there')


def data_folder(folder: Path) -> Finding:
    """Find out whether the data root can be written and is free; one that is not there yet is not made.

    Raises:
        CacheProblem: It cannot be written, or its card is damaged.
    """
    if not folder.exists():
        with told(), NamedTemporaryFile(dir=_nearest(folder)):
            return ok(f"{folder} will be made at the first start")
    with told(folder), NamedTemporaryFile(dir=folder):
        pass
    if not (folder / _CARD).exists():
        return ok(f"{folder} is empty so far")
    try:
        with DataRoot(folder) as root:
            return ok(f"{folder}{', damaged at the last start' if root.damaged else ''}")
    except AlreadyRunning:
        return warn(f"{folder} is in use by a running workstation")


def disk(folder: Path) -> Finding:
    """Find out whether there is room for drafts, cache and logs."""
    free = shutil.disk_usage(_nearest(folder)).free
    said = f"{free // 1_000_000} MB free"
    return ok(said) if free >= LEAST_FREE else warn(f"{said}, less than {LEAST_FREE // 1_000_000} MB")


def keyring(folder: Path) -> Finding:
    """Find out where the key of the cache lies, or where a new one would be put.

    Raises:
        SecretsProblem: The keyring holds something that is no key.
    """
    name, place = _key_of(folder)
    if place == "wrapped":
        return warn("the key of this console is wrapped by its operators' passwords, as there was no keyring")
    try:
        KeyringSecrets(name).get()
    except NoKeyring:
        if place == "keyring":
            return fail("the key of this console is in a keyring that is gone")
        return warn("none here; the key will be wrapped by the operators' passwords")
    except (KeyringLocked, KeyringSilent) as error:
        return warn(f"{error.code}; unlock it before the start")
    return ok("the system's keyring answers")


def encryption() -> Finding:
    """Make, close and open an encrypted file in a folder of its own, and see that a wrong key is refused.

    Raises:
        CacheProblem: The engine or the disk refuses.
    """
    with TemporaryDirectory(prefix="workstation-") as folder, told():
        file = Path(folder) / "cache.db"
        create_file(file, bytes(range(32)))
        with closing(connect(file, bytes(range(32)))) as connection:
            connection.execute(_ASK).fetchone()
            version = connection.execute("PRAGMA cipher_version").fetchone()[0]
        try:
            with told(), closing(connect(file, bytes(32))) as connection:
                connection.execute(_ASK).fetchone()
        except CacheProblem:
            return ok(f"SQLCipher {version}; a wrong key is refused")
    return fail("a wrong key opened the file")


def _key_of(folder: Path) -> tuple[str, str]:
    """Return the root's name in the keyring and where its key was put; nothing for a root that is not there yet."""
    if not (folder / _CARD).exists():
        return "check-up", ""
    try:
        with DataRoot(folder) as root:
            return root.id, root.secrets
    except AlreadyRunning:
        return "check-up", ""


def _nearest(folder: Path) -> Path:
    return next(place for place in (folder, *folder.parents) if place.exists())
