"""The ways in which a cache's key can be out of reach, each with the code of the sentence that says what to do."""

from typing import ClassVar

from workstation.domain.errors import WorkstationError


class SecretsProblem(WorkstationError):
    """The key cannot be had; ``code`` names the sentence for the user."""

    code: ClassVar[str] = "secrets_problem"


class NoKeyring(SecretsProblem):
    """This system has no keyring, or will not let us have one."""

    code = "no_keyring"


class KeyringLocked(SecretsProblem):
    """The keyring is there, but nobody has unlocked it."""

    code = "keyring_locked"


class KeyringSilent(SecretsProblem):
    """The keyring did not answer in time; it may be waiting for somebody at a prompt."""

    code = "keyring_silent"


class KeyDamaged(SecretsProblem):
    """What the keyring or the key file holds is not a key of ours."""

    code = "key_damaged"


class KeyFileDamaged(KeyDamaged):
    """The file of the wrapped key cannot be read; another start would not mend it."""

    code = "key_file_damaged"


class WrongPassword(SecretsProblem):
    """The password does not open this operator's copy of the key; it may have been changed since."""

    code = "wrong_password"


class NotEnrolled(SecretsProblem):
    """Other operators have a copy of the key on this console, this one has none yet."""

    code = "not_enrolled"
