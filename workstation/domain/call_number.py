"""Numbers that may be dialled, and the partner lines they belong to."""

import re
from dataclasses import dataclass
from typing import Annotated

from workstation.domain.errors import InvalidValue
from workstation.domain.limits import Limit, check_limits

SHORTEST_NUMBER = 3
LONGEST_NUMBER = 20

_DIALLABLE = re.compile(r"\+?[0-9]+")
_ENDPOINT = r"[A-Za-z0-9_-]{0,64}"
_EXTENSION = re.compile(r"[0-9]+(?:-[0-9]+){0,2} ?(?:[xX#,;*-]|ext\.?|\u8f6c) ?[0-9]+")


def check_number(text: str, field: str = "number") -> str:
    """Return *text* if a telephone engine may be handed it: ASCII digits, one leading plus at most.

    Nothing is mended here: a number that was mended silently is a wrong number that was dialled.

    Raises:
        InvalidValue: With the first of the codes ``empty``, ``too_long``, ``extension``,
            ``spaces``, ``letters``, ``forbidden_character``, ``too_short`` that applies.
    """
    problem = _problem(text)
    if problem:
        raise InvalidValue(field, problem)
    return text


def _problem(text: str) -> str:
    digits = len(text.removeprefix("+"))
    if _DIALLABLE.fullmatch(text):
        if digits > LONGEST_NUMBER:
            return "too_long"
        return "too_short" if digits < SHORTEST_NUMBER else ""
    if not text.strip():
        return "empty"
    if len(text) > LONGEST_NUMBER * 2:
        return "too_long"
    return _problem_of_characters(text)


def _problem_of_characters(text: str) -> str:
    if _EXTENSION.fullmatch(text):
        return "extension"
    if not re.fullmatch(r"[\w +-]+", text):  # \w takes letters and digits of every script
        return "forbidden_character"
    if " " in text:
        return "spaces"
    return "letters" if re.search(r"[^\W\d_]", text) else "forbidden_character"


@dataclass(frozen=True, slots=True)
class Line:
    """A partner's line as a telephone engine needs it: 12345, 119, 120, the gas company."""

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
