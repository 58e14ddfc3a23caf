"""Whether a cache was written under another console's key, told apart from a damaged one of ours."""

import hmac
from pathlib import Path

from workstation.adapters.sql_file import salt_of
from workstation.adapters.sql_pages import CODE_SIZE, PAGE, SALT_SIZE, code_of

_LOOKS_ENCRYPTED = 250
"""A page of 4096 random bytes has nearly all 256 values; zeros, text and plain tables have far fewer."""


def is_of_another_console(file: Path, key: bytes) -> bool:
    """Return whether *file* looks encrypted from end to end and no page of it was written with *key*.

    A damaged file of ours still has a page that was: one is enough. What is neither is damage, never another console's.
    """
    size, salt = file.stat().st_size, salt_of(key)
    if not size or size % PAGE:
        return False
    with file.open("rb") as pages:
        first = pages.read(PAGE)
        if first.startswith(salt):
            return False
        page, number = first, 1
        while page:
            sealed = page[SALT_SIZE if number == 1 else 0 : -CODE_SIZE]
            ours = hmac.compare_digest(code_of(sealed, number, key, salt), page[-CODE_SIZE:])
            if ours or len(set(page)) < _LOOKS_ENCRYPTED:
                return False
            page, number = pages.read(PAGE), number + 1
    return True
