"""A data root's key in the operating system's keyring: one entry, one pinned backend, read once."""

import sys
import threading
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import TypeVar

import keyring.errors
from keyring.backend import KeyringBackend

from workstation.adapters.secrets_errors import KeyDamaged, KeyringLocked, KeyringSilent, NoKeyring, SecretsProblem

if sys.platform == "win32":
    from keyring.backends.Windows import WinVaultKeyring as SystemKeyring

    _FAILURES: tuple[type[Exception], ...] = (keyring.errors.KeyringError, OSError)
else:
    from jeepney.wrappers import DBusErrorResponse
    from keyring.backends.SecretService import Keyring as SystemKeyring
    from secretstorage.exceptions import SecretStorageException

    # The backend lets its own library's errors through wherever it did not think of them.
    _FAILURES = (keyring.errors.KeyringError, SecretStorageException, DBusErrorResponse, OSError, EOFError)

SERVICE = "workstation cache"
PATIENCE_SECONDS = 10.0

T = TypeVar("T")


class KeyringSecrets:
    """The key of one data root in the keyring of whoever is logged in to this computer.

    The backend is named here and never looked for: a search would take the first one installed, even one that
    writes plain text.
    """

    def __init__(
        self, root: str, *, patience: float = PATIENCE_SECONDS, backend: Callable[[], KeyringBackend] = SystemKeyring
    ) -> None:
        self._root = root
        self._patience = patience
        self._backend = backend
        self._key: bytes | None = None

    def get(self) -> bytes | None:
        """Return the key, nothing if the keyring has none; it is asked once.

        Raises:
            NoKeyring: There is no keyring here.
            KeyringLocked: It is locked and stayed so.
            KeyringSilent: It did not answer in time.
            KeyDamaged: The entry is not a key.
        """
        if self._key is None:
            text = self._ask(lambda: self._backend().get_password(SERVICE, self._root))
            self._key = None if text is None else _key_in(text)
        return self._key

    def put(self, key: bytes) -> None:
        """Keep *key*, and make sure that it is there.

        Raises:
            NoKeyring: There is no keyring here.
            KeyringLocked: It is locked and stayed so.
            KeyringSilent: It did not answer in time.
            KeyDamaged: It gave back something else.
        """
        self._ask(lambda: self._backend().set_password(SERVICE, self._root, key.hex()))
        self._key = None
        if self.get() != key:
            raise KeyDamaged(self._root)

    def status(self) -> str:
        """Say which kind of secret store is in force."""
        return "keyring"

    def _ask(self, question: Callable[[], T]) -> T:
        """Ask in a worker of its own: a keyring that waits at a prompt must hang neither start-up nor shutdown."""
        answers: SimpleQueue[tuple[T] | Exception] = SimpleQueue()

        def work() -> None:
            try:
                answers.put((question(),))
            except _FAILURES as error:
                answers.put(error)

        threading.Thread(target=work, name="keyring", daemon=True).start()
        try:
            answer = answers.get(timeout=self._patience)
        except Empty:
            raise KeyringSilent(f"{self._patience:g} s") from None
        if isinstance(answer, Exception):
            raise _meaning(answer) from answer
        return answer[0]


def _meaning(error: Exception) -> SecretsProblem:
    name = type(error).__name__
    return KeyringLocked(name) if "Locked" in name else NoKeyring(name)


def _key_in(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        raise KeyDamaged("not hexadecimal") from None
