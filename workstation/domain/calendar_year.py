"""A year's working days as the State Council announced them: days off, and weekends that are worked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from workstation.domain.errors import InvalidValue

FIRST_YEAR, LAST_YEAR = 2000, 2100
SATURDAY = 5

# The fixed ones; the lunar holidays of an unpublished year are not guessed.
STATUTORY_DAYS = ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))


@dataclass(frozen=True, slots=True)
class YearTable:
    """The announced exceptions to "Monday to Friday" of one year."""

    year: int
    off: frozenset[date]
    work: frozenset[date]
    notice: str
    source: str
    published: date | None

    def is_workday(self, day: date) -> bool:
        """Whether *day* of this year is worked."""
        if day in self.work:
            return True
        return day.weekday() < SATURDAY and day not in self.off


def load_year(raw: object) -> YearTable:
    """Read one year's table, as shipped or as imported on site.

    Raises:
        InvalidValue: Its field names the place in the file, such as ``off[3]``.
    """
    if not isinstance(raw, Mapping):
        raise InvalidValue("calendar", "not_a_table")
    year = _year(raw.get("year"))
    off = _days(raw, "off", year)
    work = _days(raw, "work", year)
    _check_together(year, off, work)
    published = raw.get("published")
    return YearTable(
        year=year,
        off=frozenset(off),
        work=frozenset(work),
        notice=_words(raw, "notice_no"),
        source=_words(raw, "source_url"),
        published=None if published in {None, ""} else _day("published", published),
    )


def _year(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise InvalidValue("year", "not_a_year")
    if not FIRST_YEAR <= value <= LAST_YEAR:
        raise InvalidValue("year", "out_of_range", least=FIRST_YEAR, most=LAST_YEAR)
    return value


def _days(raw: Mapping[str, object], field: str, year: int) -> list[date]:
    values = raw.get(field)
    if not isinstance(values, list):
        raise InvalidValue(field, "not_a_list")
    days: list[date] = []
    for index, value in enumerate(values):
        place = f"{field}[{index}]"
        day = _day(place, value)
        if day.year != year:
            raise InvalidValue(place, "wrong_year", year=year)
        if day in days:
            raise InvalidValue(place, "repeated")
        days.append(day)
    return days


def _day(field: str, value: object) -> date:
    if not isinstance(value, str):
        raise InvalidValue(field, "not_a_date")
    try:
        return date.fromisoformat(value)
    except ValueError as e:
        raise InvalidValue(field, "not_a_date") from e


def _words(raw: Mapping[str, object], field: str) -> str:
    value = raw.get(field, "")
    if not isinstance(value, str):
        raise InvalidValue(field, "not_text")
    return value


def _check_together(year: int, off: list[date], work: list[date]) -> None:
    for index, day in enumerate(work):
        if day in off:
            raise InvalidValue(f"work[{index}]", "also_off")
        if day.weekday() < SATURDAY:
            raise InvalidValue(f"work[{index}]", "not_a_weekend")
    for month, number in STATUTORY_DAYS:
        if date(year, month, number) not in off:
            raise InvalidValue("off", "statutory_day_missing", month=month, day=number)
