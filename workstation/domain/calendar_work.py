"""The Chinese working-day calendar: days off, worked weekends, and honest guesses beyond the last table."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone

from workstation.domain.calendar_year import SATURDAY, STATUTORY_DAYS, YearTable
from workstation.domain.errors import InvalidValue

CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")
LAST_MOMENT = time(23, 59, 59, tzinfo=CHINA)
MOST_DAYS = 1000
NOVEMBER = 11


@dataclass(frozen=True, slots=True)
class Due:
    """A moment by which something is owed; provisional while a year it crosses has no table."""

    at: datetime
    provisional: bool


class WorkCalendar:
    """The working days of every year, exact where a table was published."""

    def __init__(self, years: Iterable[YearTable]) -> None:
        self._tables = {table.year: table for table in years}

    @property
    def years(self) -> tuple[int, ...]:
        """The years that have a table, in order."""
        return tuple(sorted(self._tables))

    def with_year(self, table: YearTable) -> "WorkCalendar":
        """Return this calendar with one year's table added or replaced."""
        return WorkCalendar((self._tables | {table.year: table}).values())

    def is_workday(self, day: date) -> bool:
        """Whether *day* is worked; in a year without a table, by weekday and fixed statutory days."""
        table = self._tables.get(day.year)
        if table is not None:
            return table.is_workday(day)
        return day.weekday() < SATURDAY and (day.month, day.day) not in STATUTORY_DAYS

    def add_workdays(self, moment: datetime, count: int) -> Due:
        """Return the end of the *count*-th working day after the day of *moment*.

        The day itself does not count. Zero means the end of that day, or of
        the next working day if it is off.

        Raises:
            InvalidValue: The moment has no time zone or the count is absurd.
        """
        if not 0 <= count <= MOST_DAYS:
            raise InvalidValue("workdays", "out_of_range", least=0, most=MOST_DAYS)
        start = day = local_day(moment)
        if count == 0:
            day = self.next_workday(day)
        for _ in range(count):
            day = self.next_workday(day + timedelta(days=1))
        return Due(datetime.combine(day, LAST_MOMENT), provisional=self._guessed(start, day))

    def next_workday(self, day: date) -> date:
        """Return *day* if it is worked, otherwise the first worked day after it."""
        while not self.is_workday(day):
            day += timedelta(days=1)
        return day

    def previous_workday(self, day: date) -> date:
        """Return the last worked day before *day*."""
        day -= timedelta(days=1)
        while not self.is_workday(day):
            day -= timedelta(days=1)
        return day

    def workdays_between(self, start: date, end: date) -> int:
        """Count the working days after *start* up to and with *end*; negative when *end* comes first."""
        if end < start:
            return -self.workdays_between(end, start)
        return sum(self.is_workday(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))

    def next_year_missing(self, today: date) -> bool:
        """Whether somebody must import a table now: this year's, or from November the next year's."""
        if today.year not in self._tables:
            return True
        return today.month >= NOVEMBER and today.year + 1 not in self._tables

    def _guessed(self, start: date, end: date) -> bool:
        return any(year not in self._tables for year in range(start.year, end.year + 1))


def local_day(moment: datetime) -> date:
    """Return the day on which *moment* falls in China.

    Raises:
        InvalidValue: The moment has no time zone.
    """
    if moment.tzinfo is None:
        raise InvalidValue("moment", "no_time_zone")
    return moment.astimezone(CHINA).date()
