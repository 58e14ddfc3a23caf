"""Identifiers: UUIDv7, made where the thing is made, and the number that is read out."""

import os
import re
from datetime import date, datetime, timedelta, timezone
from typing import Final, NewType

from workstation.domain.errors import InvalidValue

TransferId = NewType("TransferId", str)
IncidentId = NewType("IncidentId", str)
CommandId = NewType("CommandId", str)

CHINA = timezone(timedelta(hours=8), "CST")
SEAT_FORM: Final = r"[0-9A-Za-z]{1,8}"
"""A seat is part of every number that is read out, so no two consoles may have the same one."""
NUMBER_FORM: Final = rf"[0-9]{{6}}-{SEAT_FORM}-[0-9]{{3,6}}"


def uuid7(at: datetime, *, entropy: int | None = None) -> str:
    """Return a version-7 UUID (RFC 9562) for the moment *at*: 48 bits of milliseconds, 74 random bits."""
    drawn = int.from_bytes(os.urandom(10), "big") if entropy is None else entropy
    random_bits = drawn & ((1 << 74) - 1)
    milliseconds = int(at.timestamp() * 1000) & ((1 << 48) - 1)
    value = milliseconds << 80 | 0x7 << 76 | (random_bits >> 62) << 64 | 0b10 << 62 | random_bits & ((1 << 62) - 1)
    digits = f"{value:032x}"  # by hand: this is imported before the first window, and the uuid module is slow to load
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def spoken_number(day: date, seat: str, count: int) -> str:
    """Return the number that is read out to the citizen: ``YYMMDD-<seat>-<nnn>``; made by the desk, offline too.

    Raises:
        InvalidValue: The seat's name cannot be part of a number.
    """
    number = f"{day:%y%m%d}-{seat}-{count:03d}"
    if not re.fullmatch(NUMBER_FORM, number):
        raise InvalidValue("seat", "wrong_form")
    return number
