"""When a matter happened, in the caller's words: kept as said, refused only when a written date cannot be."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from workstation.domain.errors import InvalidValue
from workstation.domain.numerals import in_figures

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

# A day of a month that is not named, where a time follows or nothing does: a house may have any number.
_BARE_DAY = re.compile(
    r"(?:^|[,;\s\u3002\u3001\u6708\u4ece\u5230\u81f3])(?P<day>\d{2,3})\u53f7"
    r"(?=$|[,;\s\u3002\u3001\u665a\u65e9\u591c\u524d\u540e\u5f53]|\u4e0a\u5348|\u4e0b\u5348|\u51cc\u6668|\u4e2d\u5348|\u5f00\u59cb|\u5de6\u53f3)"
)
_BARE_MINUTE = re.compile(rf"(?<![\d.])(?P<minute>\d{{2,3}}){_MINUTE}(?![\u949f\u4e4b])")
_BARE_YEAR = re.compile(rf"(?<!\d)(?P<year>\d{{4}}){_YEAR}(?!\s*\d)")
_ALONE, _ENDS = r"(?<![\d./-])", r"(?![\d./-])"
_MONTH_AND_DAY = re.compile(rf"{_ALONE}(?P<month>0?[1-9]|1[0-2])/(?P<day>[0-3]?\d){_ENDS}")
_SHORT_YEAR = re.compile(rf"{_ALONE}(\d{{2}})(?P<dash>[-/.])(\d{{1,2}})(?P=dash)(\d{{1,2}}){_ENDS}")
_YEAR_LAST = re.compile(rf"{_ALONE}(\d{{1,2}})(?P<dash>[-/.])(\d{{1,2}})(?P=dash)(\d{{4}}){_ENDS}")
LONGEST_MONTH = 31


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
    plain = in_figures(unicodedata.normalize("NFKC", text))
    _check_parts(plain, now, field)
    _check_in_any_order(plain, now, field)
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


def _check_parts(plain: str, now: datetime, field: str) -> None:
    """Check a day, a minute or a year that stands alone, and a month with its day."""
    for match in _BARE_DAY.finditer(plain):
        if int(match["day"]) > LONGEST_MONTH:
            raise InvalidValue(field, "impossible_date", day=int(match["day"]))
    for match in _BARE_MINUTE.finditer(plain):
        if int(match["minute"]) > 59:  # noqa: PLR2004 — a clock's own numbers
            raise InvalidValue(field, "impossible_date", minute=int(match["minute"]))
    for match in _BARE_YEAR.finditer(plain):
        if int(match["year"]) > now.year:
            raise InvalidValue(field, "future_date", year=int(match["year"]))
    for match in _MONTH_AND_DAY.finditer(plain):
        if 1 <= int(match["day"]) <= LONGEST_MONTH:  # anything else is a fraction
            _check_without_year(int(match["month"]), int(match["day"]), now, field)


def _check_in_any_order(plain: str, now: datetime, field: str) -> None:
    """Check the dates whose parts may stand in more than one order: one reading that can be is enough."""
    for match in _SHORT_YEAR.finditer(plain):
        one, two, three = match[1], int(match[3]), int(match[4])
        this_century = now.year - now.year % 100
        _check_readings(((_full_year(one, now), two, three), (this_century + three, two, int(one))), now, field)
    for match in _YEAR_LAST.finditer(plain):
        one, two, year = int(match[1]), int(match[3]), int(match[4])
        _check_readings(((year, two, one), (year, one, two)), now, field)


def _check_readings(readings: tuple[tuple[int, int, int], ...], now: datetime, field: str) -> None:
    """Refuse a date of which no reading, year first, can have been."""
    dates = [_date(*reading) for reading in readings]
    if any(found is not None and found <= now.date() for found in dates):
        return
    year, month, day = readings[0]
    raise InvalidValue(field, "future_date" if dates[0] else "impossible_date", year=year, month=month, day=day)


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
