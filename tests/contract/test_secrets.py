"""The promises of every place where a cache's key can live, kept on the real things."""

import gc
import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from workstation.adapters.data_root import DataRoot
from workstation.adapters.secrets_choice import choose, key_for
from workstation.adapters.secrets_errors import (
    KeyDamaged,
    KeyFileDamaged,
    KeyringLocked,
    KeyringSilent,
    NoKeyring,
    NotEnrolled,
    WrongPassword,
)
from workstation.adapters.secrets_keyring import SERVICE, KeyringSecrets
from workstation.adapters.secrets_memory import MemorySecrets
from workstation.adapters.secrets_wrapped import FILE_NAME, WrappedSecrets
from workstation.adapters.sql_errors import KeyMissing, WrongKey

# The keyring library leaves its socket to the garbage collector when a keyring cannot be opened.
pytestmark = pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")

KEY = bytes(range(32))
LOGIN_PASSWORD = b"invented"


@dataclass
class Session:
    """A D-Bus session of the test's own, with a GNOME keyring in it if it was asked for."""

    folder: Path
    environment: dict[str, str]
    bus: subprocess.Popen[str]
    daemon: int = 0

    def unlock(self, password: bytes) -> None:
        """Start the keyring daemon with *password*, as a log-in to the desktop does."""
        subprocess.run(
            ["gnome-keyring-daemon", "--unlock", "--components=secrets"],
            input=password,
            env=self.environment,
            capture_output=True,
            check=True,
            timeout=20,
        )
        self.daemon = self.owner()

    def owner(self) -> int:
        """Return the process that answers for the keyring."""
        ask = "--print-reply=literal --dest=org.freedesktop.DBus / org.freedesktop.DBus.GetConnectionUnixProcessID"
        command = ["dbus-send", "--session", *ask.split(), "string:org.freedesktop.secrets"]
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            done = subprocess.run(
                command, env=self.environment, capture_output=True, check=False, text=True, timeout=10
            )
            if done.returncode == 0:
                return int(done.stdout.split()[-1])
        raise AssertionError(done.stderr)

    def close(self) -> None:
        """End what this session started."""
        if self.daemon:
            os.kill(self.daemon, signal.SIGCONT)
            os.kill(self.daemon, signal.SIGTERM)
        self.bus.terminate()
        self.bus.communicate(timeout=10)


@pytest.fixture(autouse=True)
def _collected() -> Iterator[None]:
    yield
    gc.collect()


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    missing = [tool for tool in ("dbus-daemon", "dbus-send", "gnome-keyring-daemon") if shutil.which(tool) is None]
    if missing:
        pytest.skip(f"NOT TESTED: the real keyring, because {missing} is missing (Debian: dbus, gnome-keyring)")
    home = tmp_path / "home"
    for folder in (home, tmp_path / "run"):
        folder.mkdir(mode=0o700)
    environment = {"HOME": str(home), "XDG_RUNTIME_DIR": str(tmp_path / "run"), "PATH": os.environ["PATH"]}
    bus = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert bus.stdout is not None
    environment["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().strip()
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("DISPLAY", raising=False)
    opened = Session(tmp_path, environment, bus)
    yield opened
    opened.close()


@pytest.fixture
def root(tmp_path: Path) -> Iterator[DataRoot]:
    with DataRoot(tmp_path / "root") as held:
        yield held


def wrapped(root: DataRoot, operator: str = "op-1", password: str = "open sesame") -> WrappedSecrets:  # noqa: S107 -- invented
    return WrappedSecrets(root.folder, root.id, operator, password)


def test_the_keyring_keeps_the_key(session: Session) -> None:
    """
    A key put into the keyring is there for the next start, under this root's name only.
    """
    session.unlock(LOGIN_PASSWORD)
    here = KeyringSecrets("root-a")
    assert here.get() is None
    here.put(KEY)

    assert KeyringSecrets("root-a").get() == KEY
    assert KeyringSecrets("root-b").get() is None
    assert here.status() == "keyring"


def test_the_keyring_is_asked_once(session: Session) -> None:
    """
    Once read, the key is not asked for again, so a keyring that goes away later stops nobody.
    """
    session.unlock(LOGIN_PASSWORD)
    KeyringSecrets("root-a").put(KEY)
    here = KeyringSecrets("root-a")
    assert here.get() == KEY
    os.kill(session.daemon, signal.SIGTERM)
    session.daemon = 0

    assert here.get() == KEY


def test_an_entry_that_is_no_key_is_refused(session: Session) -> None:
    """
    Something else under our name in the keyring is called damaged and not used.
    """
    session.unlock(LOGIN_PASSWORD)
    here = KeyringSecrets("root-a")
    here._backend().set_password(SERVICE, "root-a", "not a key")

    with pytest.raises(KeyDamaged):
        here.get()


def test_a_locked_keyring_is_named(session: Session) -> None:
    """
    A keyring that was locked and not opened is told apart from a keyring that does not exist.
    """
    session.unlock(LOGIN_PASSWORD)
    KeyringSecrets("root-a").put(KEY)
    import secretstorage

    bus = secretstorage.dbus_init()
    secretstorage.get_default_collection(bus).lock()
    bus.close()

    with pytest.raises(KeyringLocked):
        KeyringSecrets("root-a").get()


def test_a_silent_keyring_hangs_nobody(session: Session) -> None:
    """
    A keyring that does not answer is given up in time, and the process can still end.
    """
    session.unlock(LOGIN_PASSWORD)
    os.kill(session.daemon, signal.SIGSTOP)
    script = (
        "from workstation.adapters.secrets_keyring import KeyringSecrets\n"
        "from workstation.adapters.secrets_errors import KeyringSilent\n"
        "try: KeyringSecrets('root-a', patience=0.5).get()\n"
        "except KeyringSilent as e: print(e.code)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=20, check=True)

    assert done.stdout.strip() == KeyringSilent.code


def test_no_bus_is_no_keyring(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """
    Without a session bus there is no keyring, and that is said at once.
    """
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))

    with pytest.raises(NoKeyring):
        KeyringSecrets("root-a").get()


def test_a_bus_without_a_keyring_is_no_keyring(session: Session) -> None:
    """
    A bus on which nobody has opened a keyring counts as none.
    """
    assert session.daemon == 0

    with pytest.raises(NoKeyring):
        KeyringSecrets("root-a").get()


def test_the_wrapped_key_opens_for_its_operator(root: DataRoot) -> None:
    """
    The wrapped key comes back for the same operator and password, and its file is private and holds no key.
    """
    assert wrapped(root).get() is None
    wrapped(root).put(KEY)
    file = root.folder / FILE_NAME

    assert wrapped(root).get() == KEY
    assert wrapped(root).status() == "wrapped"
    assert file.stat().st_mode & 0o777 == 0o600
    assert KEY.hex() not in file.read_text()
    assert "op-1" not in file.read_text()


def test_a_wrong_password_opens_nothing(root: DataRoot) -> None:
    """
    A wrong password is told apart from a damaged file and from an operator who has no slot.
    """
    wrapped(root).put(KEY)

    with pytest.raises(WrongPassword):
        wrapped(root, password="open barley").get()
    with pytest.raises(NotEnrolled):
        wrapped(root, operator="op-2").get()


def test_a_second_operator_is_enrolled(root: DataRoot) -> None:
    """
    A second operator's slot opens the same key and the first one's still does.
    """
    wrapped(root).put(KEY)
    wrapped(root, "op-2", "another one").put(KEY)

    assert wrapped(root, "op-2", "another one").get() == KEY
    assert wrapped(root).get() == KEY


def test_a_slot_cannot_be_moved_to_another_operator(root: DataRoot) -> None:
    """
    A slot copied under another name in the file does not open there.
    """
    wrapped(root).put(KEY)
    wrapped(root, "op-2").put(secrets.token_bytes(32))
    file = root.folder / FILE_NAME
    content = json.loads(file.read_text())
    first, second = content["slots"]
    content["slots"][second] = content["slots"][first]
    file.write_text(json.dumps(content))

    with pytest.raises(WrongPassword):
        wrapped(root, "op-2").get()


@pytest.mark.parametrize("content", [b"", b"\x00\xff", b"[]", b'{"slots": {"a": {"x": 1}}}'])
def test_a_damaged_key_file_is_named(root: DataRoot, content: bytes) -> None:
    """
    A key file that is not ours is called damaged and never overwritten.
    """
    file = root.folder / FILE_NAME
    file.write_bytes(content)

    with pytest.raises(KeyFileDamaged):
        wrapped(root).get()
    with pytest.raises(KeyFileDamaged):
        wrapped(root).put(KEY)
    assert file.read_bytes() == content


def test_the_keyring_is_preferred(session: Session, root: DataRoot) -> None:
    """
    Where a keyring is, the key goes there and the operator's password is not asked for.
    """
    session.unlock(LOGIN_PASSWORD)
    chosen = choose(root, KeyringSecrets(root.id), lambda: pytest.fail("asked for the password"))
    key = key_for(root, chosen)

    assert chosen.status() == root.secrets == "keyring"
    assert KeyringSecrets(root.id).get() == key


def test_no_keyring_falls_back_visibly(root: DataRoot, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Without a keyring the wrapped key takes over, says so, and stays in force for this root.
    """
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
    chosen = choose(root, KeyringSecrets(root.id), lambda: wrapped(root))
    key = key_for(root, chosen)

    assert chosen.status() == root.secrets == "wrapped"
    assert choose(root, KeyringSecrets(root.id), lambda: wrapped(root)).get() == key


def test_a_keyring_that_is_gone_is_not_replaced(root: DataRoot, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    When the key is in a keyring that is gone, nothing falls back silently.
    """
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
    root.adopt_key(KEY, "keyring")

    with pytest.raises(NoKeyring):
        choose(root, KeyringSecrets(root.id), lambda: wrapped(root))


def test_no_new_key_over_an_old_cache(root: DataRoot) -> None:
    """
    A cache without its key is never given a new one; another root's key is refused.
    """
    root.adopt_key(KEY)

    with pytest.raises(KeyMissing):
        key_for(root, MemorySecrets())
    with pytest.raises(WrongKey):
        key_for(root, MemorySecrets(secrets.token_bytes(32)))
    assert key_for(root, MemorySecrets(KEY)) == KEY
