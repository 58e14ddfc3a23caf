"""The self-test of the directory: which lines may be dialled for it, under which number and when."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import Enum, auto
from typing import Final

from workstation.domain.calendar_work import CHINA
from workstation.domain.call_number import DialTarget, target
from workstation.domain.directory import Line, LineKind
from workstation.domain.errors import InvalidValue

# With or without what stands before it: a prefix for the public network, an area's code, the country's.
_EMERGENCY: Final = re.compile(r"(?:(?:00)?86)?(?:0[0-9]{0,3}|[0-9]{0,3})1(?:10|19|20|22)")
_SUBSCRIBER: Final = 7
_EMERGENCY_KINDS: Final = frozenset({LineKind.FIRE, LineKind.AMBULANCE, LineKind.TRAFFIC})


class Day(Enum):
    """A day of the week as a site's file names it, in the calendar's order."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


class Result(Enum):
    """What became of a line, named as in the report: as of an added party, or why it was not dialled."""

    JOINED = auto()
    BUSY = auto()
    REJECTED = auto()
    NO_ANSWER = auto()
    UNREACHABLE = auto()
    NOT_CONFIGURED = auto()
    NO_TEST_NUMBER = auto()
    FORBIDDEN_NUMBER = auto()
    IN_USE = auto()
    OUTSIDE_WINDOW = auto()


@dataclass(frozen=True, slots=True)
class AgreedWindow:
    """When the partners agreed to be called for a test, by the clock on the wall.

    Raises:
        InvalidValue: It has no day, or ends before it begins.
    """

    days: tuple[Day, ...]
    begins: time
    ends: time

    def __post_init__(self) -> None:
        if not self.days:
            raise InvalidValue("days", "empty")
        if self.begins.tzinfo or self.ends.tzinfo or self.begins >= self.ends:
            raise InvalidValue("ends", "not_after_begins")

    def __str__(self) -> str:
        return f"{', '.join(day.value for day in self.days)} {self.begins:%H:%M} to {self.ends:%H:%M}"

    def covers(self, moment: datetime) -> bool:
        """Say whether *moment* lies in it."""
        here = moment.astimezone(CHINA)
        return tuple(Day)[here.weekday()] in self.days and self.begins <= here.time() < self.ends


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report."""

    id: str
    number: str
    result: Result
    verified: date | None
    seconds: float | None = None

    def __str__(self) -> str:
        seconds = "-" if self.seconds is None else f"{self.seconds:.1f} s"
        return f"{self.id}\t{self.number or '-'}\t{self.result.name}\t{seconds}\t{self.verified or '-'}"

    @property
    def failed(self) -> bool:
        """Say whether somebody must look at this line: it was agreed, and is not known to work."""
        return self.result not in {Result.JOINED, Result.NO_TEST_NUMBER}


def to_dial(line: Line, lines: Iterable[Line]) -> DialTarget | Result:
    """Return what to dial for the test of *line*, or why it may not be dialled.

    An emergency number is never dialled, nor one under which the fire brigade, the ambulance or the traffic police
    of *lines* are really called.
    """
    if not line.test_number:
        return Result.NO_TEST_NUMBER
    if _is_emergency(line.test_number, lines):
        return Result.FORBIDDEN_NUMBER
    try:
        return target(replace(line, number=line.test_number, endpoint=""))
    except InvalidValue:
        return Result.NOT_CONFIGURED


def _is_emergency(number: str, lines: Iterable[Line]) -> bool:
    dialled = _digits(number)
    real = [_digits(it) for line in lines if line.kind in _EMERGENCY_KINDS for it in (line.number, line.backup)]
    return _EMERGENCY.fullmatch(dialled) is not None or any(_same(dialled, it) for it in real)


def _same(one: str, other: str) -> bool:
    """Say whether two numbers may reach the same phone, one of them perhaps without its area code."""
    shorter, longer = sorted((one.lstrip("0"), other.lstrip("0")), key=len)
    return (longer.endswith(shorter) and len(shorter) >= _SUBSCRIBER) or one == other != ""


def _digits(number: str) -> str:
    return re.sub(r"[^0-9]", "", number)
