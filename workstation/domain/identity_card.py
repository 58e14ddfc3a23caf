"""The check of an 18-digit identity number: its length, its date of birth, its last digit.

The area code is not looked up: codes were issued that were abolished since.
"""

import re
import unicodedata
from datetime import date

from workstation.domain.errors import InvalidValue

LENGTH = 18
EARLIEST_BIRTH = 1880

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
_SHAPE = re.compile(r"[1-9]\d{16}[\dX]", re.ASCII)


def normalise_identity_number(raw: str, today: date, field: str = "id_number") -> str:
    """Return the 18 characters, or say what is wrong with them.

    Raises:
        InvalidValue: ``id_length``, ``id_characters``, ``id_birth_date`` or ``id_check_digit``.
    """
    number = re.sub(r"[\s-]+", "", unicodedata.normalize("NFKC", raw)).upper()
    if len(number) != LENGTH:
        raise InvalidValue(field, "id_length", expected=LENGTH, actual=len(number))
    if not _SHAPE.fullmatch(number):
        raise InvalidValue(field, "id_characters")
    if not _plausible_birth(number[6:14], today):
        raise InvalidValue(field, "id_birth_date")
    if number[-1] != check_digit(number[:-1]):
        raise InvalidValue(field, "id_check_digit")
    return number


def check_digit(seventeen: str) -> str:
    """Return the last character that belongs to the first seventeen digits (ISO 7064, mod 11-2)."""
    total = sum(int(digit) * weight for digit, weight in zip(seventeen, _WEIGHTS, strict=True))
    return _CHECK_DIGITS[total % 11]


def _plausible_birth(digits: str, today: date) -> bool:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return born.year >= EARLIEST_BIRTH and born <= today
