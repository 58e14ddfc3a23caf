"""A data root's key in a file of its own, wrapped by the login password of each operator of the console."""

import hashlib
import json
import secrets
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from workstation.adapters.data_root import write_durably
from workstation.adapters.secrets_errors import KeyFileDamaged, NotEnrolled, WrongPassword
from workstation.adapters.sql_errors import told
from workstation.settings import PasswordCost

FILE_NAME = "key.wrapped.json"
CAREFUL = PasswordCost()
_SALT_BYTES = 16
_NONCE_BYTES = 12


@dataclass(frozen=True, slots=True)
class Slot:
    """One operator's copy of the key; the costs stand beside it, so that they may rise later.

    Args:
        salt: For argon2id, hexadecimal like the others.
        nonce: For AES-GCM.
        sealed: The key, encrypted and authenticated.
    """

    salt: str
    nonce: str
    sealed: str
    passes: int
    kibibytes: int
    lanes: int


class WrappedSecrets:
    """The fall-back where no keyring exists: AES-GCM under argon2id of the operator's login password.

    Every operator of the console has a slot of their own; a slot is made while somebody else's has opened the key.
    """

    def __init__(self, folder: Path, root: str, operator: str, password: str, cost: PasswordCost = CAREFUL) -> None:
        self._cost = cost
        self._file = folder / FILE_NAME
        self._name = hashlib.sha256(f"{root}/{operator}".encode()).hexdigest()[:32]
        self._bound_to = f"{root}/{self._name}".encode()
        self._password = password.encode()

    def get(self) -> bytes | None:
        """Return the key, nothing if the console has none yet.

        Raises:
            NotEnrolled: Only other operators have a slot.
            WrongPassword: It does not open this operator's slot.
            KeyFileDamaged: The file is not ours.
            ReadOnlyFolder: The file may not be read.
        """
        slots = self._slots()
        if not slots:
            return None
        slot = slots.get(self._name)
        if slot is None:
            raise NotEnrolled(str(self._file))
        try:
            cipher = AESGCM(self._wrapping_key(slot))
            return cipher.decrypt(bytes.fromhex(slot.nonce), bytes.fromhex(slot.sealed), self._bound_to)
        except InvalidTag:
            raise WrongPassword(str(self._file)) from None

    def put(self, key: bytes) -> None:
        """Give this operator a slot with *key*; the other operators keep theirs.

        Raises:
            KeyFileDamaged: The file there is not ours.
            ReadOnlyFolder: Nothing may be written there.
            DiskFull: There is no room.
        """
        cost = self._cost
        salt, nonce = secrets.token_hex(_SALT_BYTES), secrets.token_hex(_NONCE_BYTES)
        slot = Slot(salt, nonce, "", cost.passes, cost.kibibytes, cost.lanes)
        sealed = AESGCM(self._wrapping_key(slot)).encrypt(bytes.fromhex(slot.nonce), key, self._bound_to)
        slots = {**self._slots(), self._name: replace(slot, sealed=sealed.hex())}
        content = {"version": 1, "slots": {name: asdict(each) for name, each in slots.items()}}
        with told():
            write_durably(self._file, json.dumps(content).encode())

    def status(self) -> str:
        """Say which kind of secret store is in force."""
        return "wrapped"

    def _slots(self) -> dict[str, Slot]:
        with told():
            if not self._file.exists():
                return {}
            raw = self._file.read_bytes()
        try:
            return {name: Slot(**slot) for name, slot in json.loads(raw)["slots"].items()}
        except (ValueError, KeyError, TypeError, AttributeError):
            raise KeyFileDamaged(str(self._file)) from None

    def _wrapping_key(self, slot: Slot) -> bytes:
        return hash_secret_raw(
            self._password,
            bytes.fromhex(slot.salt),
            time_cost=slot.passes,
            memory_cost=slot.kibibytes,
            parallelism=slot.lanes,
            hash_len=32,
            type=Type.ID,
        )
