"""Numbers that may be dialled, and the partner lines they belong to."""

import re
from dataclasses import dataclass
from typing import Annotated

from workstation.domain.directory import Line
from workstation.domain.errors import InvalidValue
from workstation.domain.limits import Limit, check_limits

SHORTEST_NUMBER = 3
LONGEST_NUMBER = 20

_DIALLABLE = re.compile(r"\+?[0-9]+")
_PRINTED = re.compile(r"(0[0-9]{2,3})-([0-9]{7,8})")
_ENDPOINT = r"[A-Za-z0-9_-]{0,64}"
_EXTENSION = re.compile(r"(?:[0-9]{3,4}-)?[0-9]{5,} ?(?:[xX#,;*-]|ext\.?|\u8f6c) ?[0-9]+")


def check_number(text: str, field: str = "phone") -> str:
    """Return *text* if a telephone engine may be handed it: ASCII digits, one leading plus at most.

    Nothing is mended here (`workstation.domain.phones` does that where a human types): a number that was mended
    silently is a wrong number that was dialled.

    Raises:
        InvalidValue: With one of the codes ``phone_empty``, ``phone_too_short``, ``phone_too_long``,
            ``phone_extension``, ``phone_letters`` and ``phone_characters``.
    """
    if not _DIALLABLE.fullmatch(text):
        raise InvalidValue(field, _problem(text))
    digits = len(text.removeprefix("+"))
    if digits < SHORTEST_NUMBER:
        raise InvalidValue(field, "phone_too_short", expected=SHORTEST_NUMBER, actual=digits)
    if digits > LONGEST_NUMBER:
        raise InvalidValue(field, "phone_too_long", expected=LONGEST_NUMBER, actual=digits)
    return text


def _problem(text: str) -> str:
    if not text.strip():
        return "phone_empty"
    if _EXTENSION.fullmatch(text):
        return "phone_extension"
    only_words = re.fullmatch(r"[\w -]+", text) and re.search(r"[^\W\d_]", text)
    return "phone_letters" if only_words else "phone_characters"


@dataclass(frozen=True, slots=True)
class DialTarget:
    """What a telephone engine must know of a partner's line: 12345, 119, 120, the gas company."""

    id: Annotated[str, Limit(min_length=1, max_length=64)]
    name: Annotated[str, Limit(max_length=60)] = ""
    number: str = ""
    endpoint: Annotated[str, Limit(pattern=_ENDPOINT)] = ""
    ring_timeout: Annotated[int, Limit(least=1, most=300)] = 30

    def __post_init__(self) -> None:
        check_limits(self)
        if self.number:
            check_number(self.number)

    @property
    def configured(self) -> bool:
        """Say whether there is anything to dial."""
        return bool(self.number or self.endpoint)


def target(line: Line, *, backup: bool = False) -> DialTarget:
    """Return what to dial for a line of the directory, or for its backup number.

    Raises:
        InvalidValue: The directory holds a number that may not be dialled.
    """
    if backup:
        return DialTarget(line.id, line.name, _unprinted(line.backup), ring_timeout=line.ring_seconds)
    return DialTarget(line.id, line.name, _unprinted(line.number), line.endpoint, line.ring_seconds)


def _unprinted(number: str) -> str:
    """Return *number* without the hyphen that a directory prints after the area code, and otherwise as it is."""
    return "".join(found.groups()) if (found := _PRINTED.fullmatch(number)) else number
