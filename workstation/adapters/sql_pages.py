"""The page of an encrypted file as SQLCipher 4 writes it: what is sealed, and the code that proves under which key."""

import hashlib
import hmac
from typing import Final

# On the first page the salt, then the encrypted page, its initialisation vector, its authentication code.
PAGE: Final = 4096
SALT_SIZE: Final = 16
CODE_SIZE: Final = 64


def code_of(sealed: bytes, number: int, key: bytes, salt: bytes) -> bytes:
    """Return the authentication code of the page *number*, of which *sealed* is what was encrypted and its vector."""
    code_key = hashlib.pbkdf2_hmac("sha512", key, bytes(byte ^ 0x3A for byte in salt), 2, 32)
    return hmac.new(code_key, sealed + number.to_bytes(4, "little"), hashlib.sha512).digest()
