"""The choice between keyring and wrapped key, and the rule that a new key is never made over an old cache."""

import secrets
from collections.abc import Callable

from workstation.adapters.data_root import DataRoot
from workstation.adapters.secrets_errors import NoKeyring
from workstation.adapters.secrets_keyring import KeyringSecrets
from workstation.adapters.secrets_memory import MemorySecrets
from workstation.adapters.secrets_wrapped import WrappedSecrets
from workstation.adapters.sql_errors import KeyMissing

KEY_BYTES = 32


def choose(
    root: DataRoot, keyring: KeyringSecrets, wrapped: Callable[[], WrappedSecrets]
) -> KeyringSecrets | WrappedSecrets:
    """Return where the key of *root* is, or where a new one will go: the keyring wherever there is one.

    Args:
        root: Knows where its key was put.
        keyring: The keyring's entry for this root.
        wrapped: Makes the fall-back; called only when it is needed, as it needs the operator's password.

    Raises:
        NoKeyring: The key is in a keyring that is gone; a fall-back would hide that.
        KeyringLocked: The keyring is locked.
        KeyringSilent: The keyring did not answer.
        KeyDamaged: The keyring's entry is not a key.
    """
    if root.secrets == "wrapped":
        return wrapped()
    try:
        keyring.get()
    except NoKeyring:
        if root.has_key:
            raise
        return wrapped()
    return keyring


def key_for(root: DataRoot, store: KeyringSecrets | WrappedSecrets | MemorySecrets) -> bytes:
    """Return the key of *root* from *store*; the first start makes it.

    Raises:
        KeyMissing: The store has none although there is a cache.
        WrongKey: The store has another root's key.
        SecretsProblem: The store cannot be read or written.
    """
    key = store.get()
    if key is None:
        if root.has_key or root.cache.exists():
            raise KeyMissing(root.id)
        key = secrets.token_bytes(KEY_BYTES)
        store.put(key)
    root.check_key(key)
    if not root.cache.exists() or root.has_key:
        root.adopt_key(key, store.status())
    return key
