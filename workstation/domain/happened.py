"""When a matter happened, in the caller's words: kept as said, refused only when a written date cannot be."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from workstation.domain.errors import InvalidValue

EARLIEST_YEAR = 1949
CLOCK_TOLERANCE = timedelta(minutes=5)

_YEAR = "\N{CJK UNIFIED IDEOGRAPH-5E74}"
_MONTH = "\N{CJK UNIFIED IDEOGRAPH-6708}"
_DAY = "[\N{CJK UNIFIED IDEOGRAPH-65E5}\N{CJK UNIFIED IDEOGRAPH-53F7}]"
_HOUR = "[\N{CJK UNIFIED IDEOGRAPH-70B9}\N{CJK UNIFIED IDEOGRAPH-65F6}]"
_MINUTE = "\N{CJK UNIFIED IDEOGRAPH-5206}"

_TIME = re.compile(
    rf"(?<![\d:.])(?P<hour>\d{{1,2}})(?::(?P<minute>\d{{2}})(?::(?P<second>\d{{2}}))?(?![\d:])"
    rf"|{_HOUR}(?:(?P<minute_word>\d{{1,2}}){_MINUTE})?)"
)
_DATES = (
    re.compile(r"(?<![\d.-])(?P<year>\d{4})(?P<dash>[-/.])(?P<month>\d{1,2})(?P=dash)(?P<day>\d{1,2})(?![\d.-]|/\d)"),
    re.compile(rf"(?<!\d)(?P<year>\d{{4}}|\d{{2}}){_YEAR}(?P<month>\d{{1,2}}){_MONTH}(?:(?P<day>\d{{1,2}}){_DAY}?)?"),
    re.compile(rf"(?<![\d{_YEAR}])(?P<month>\d{{1,2}}){_MONTH}(?P<day>\d{{1,2}}){_DAY}"),
    re.compile(r"(?<!\d)(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})(?!\d)"),
)


@dataclass(frozen=True, slots=True)
class Happened:
    """The caller's words, with the full dates that were written out in them."""

    text: str
    dates: tuple[date, ...] = ()


def read_happened(text: str, now: datetime, field: str = "happened") -> Happened:
    """Read the time of a matter and check every date and time of day that is written in figures.

    Args:
        text: The caller's words; whatever is not a date in figures is accepted as it is.
        now: The moment to which "future" refers, in local time.
        field: The field's identifier, for the refusal.

    Raises:
        InvalidValue: ``impossible_date``, ``future_date`` or ``too_old``.
    """
    plain = unicodedata.normalize("NFKC", text)
    for match in _TIME.finditer(plain):
        _check_time(match, field)
    dates = [_checked(match, plain, now, field) for match in _written_dates(plain)]
    return Happened(text, tuple(day for day in dates if day is not None))


def check_happened(text: str, now: datetime, field: str = "happened") -> str:
    """Return the words unchanged once :func:`read_happened` has found nothing impossible in them."""
    return read_happened(text, now, field).text


def _written_dates(plain: str) -> Iterator[re.Match[str]]:
    for pattern in _DATES:
        yield from pattern.finditer(plain)


def _check_time(match: re.Match[str], field: str) -> None:
    hour, minute, second = _clock(match)
    midnight = (hour, minute, second) == (24, 0, 0)
    if not midnight and (hour > 23 or minute > 59 or second > 59):  # noqa: PLR2004 — a clock's own numbers
        raise InvalidValue(field, "impossible_date", hour=hour, minute=minute)


def _clock(match: re.Match[str]) -> tuple[int, int, int]:
    minute = match["minute"] or match["minute_word"] or 0
    return int(match["hour"]), int(minute), int(match["second"] or 0)


def _checked(match: re.Match[str], plain: str, now: datetime, field: str) -> date | None:
    named = match.groupdict()
    month, day = int(named["month"]), int(named["day"] or 1)
    if "year" not in named:
        _check_without_year(month, day, now, field)
        return None
    year = _full_year(named["year"], now)
    written = _date(year, month, day)
    if written is None:
        raise InvalidValue(field, "impossible_date", year=year, month=month, day=day)
    if year < EARLIEST_YEAR:
        raise InvalidValue(field, "too_old", year=year, earliest=EARLIEST_YEAR)
    if _is_future(written, plain[match.end() :], now):
        raise InvalidValue(field, "future_date", year=year, month=month, day=day)
    return written


def _full_year(digits: str, now: datetime) -> int:
    if len(digits) == len("1949"):
        return int(digits)
    century = now.year - now.year % 100
    year = century + int(digits)
    return year if year <= now.year + 1 else year - 100


def _check_without_year(month: int, day: int, now: datetime, field: str) -> None:
    """Accept a month and day that existed in this year or the last."""
    if _date(now.year, month, day) is None and _date(now.year - 1, month, day) is None:
        raise InvalidValue(field, "impossible_date", month=month, day=day)


def _is_future(written: date, rest: str, now: datetime) -> bool:
    if written != now.date():
        return written > now.date()
    time = _TIME.match(rest.lstrip(" T,"))
    if time is None:
        return False
    hour, minute, second = _clock(time)
    start_of_day = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return start_of_day + timedelta(hours=hour, minutes=minute, seconds=second) > now + CLOCK_TOLERANCE


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
