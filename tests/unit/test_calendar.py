"""The Chinese working-day calendar."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import chinese_calendar
import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.adapters.calendar_files import import_year, load_calendar, read_year
from workstation.domain.calendar_work import CHINA, Due
from workstation.domain.calendar_year import load_year
from workstation.domain.errors import InvalidValue

TABLES = Path(__file__).resolve().parents[2] / "resources" / "content" / "calendars"
CALENDAR = load_calendar(TABLES)
YEARS = range(2020, 2027)

moments = st.datetimes(datetime(2019, 1, 1), datetime(2029, 12, 31), timezones=st.sampled_from([UTC, CHINA]))  # noqa: DTZ001
counts = st.integers(0, 40)
days = st.dates(date(2019, 1, 1), date(2029, 12, 31))


def raw(**changes: object) -> dict[str, object]:
    fixed = ["2027-01-01", "2027-05-01", "2027-05-02", "2027-10-01", "2027-10-02", "2027-10-03"]
    return {"year": 2027, "off": fixed, "work": ["2027-10-09"], "notice_no": "", "published": "2026-11-25"} | changes


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


def test_the_tables_agree_with_two_other_sources() -> None:
    """
    Every day of every bundled year is worked or not as chinesecalendar and holidays say.
    """
    other = holidays.country_holidays("CN", years=YEARS)
    every_day = (date(2020, 1, 1) + timedelta(days=n) for n in range((date(2027, 1, 1) - date(2020, 1, 1)).days))
    differing = [
        day
        for day in every_day
        if not CALENDAR.is_workday(day) == chinese_calendar.is_workday(day) == other.is_working_day(day)
    ]

    assert CALENDAR.years == tuple(YEARS)
    assert differing == []


@pytest.mark.parametrize(
    ("start", "count", "due"),
    [
        ("2026-11-23 10:00", 1, "2026-11-24"),
        ("2026-11-20 23:59", 1, "2026-11-23"),
        ("2026-09-30 09:00", 5, "2026-10-13"),
        ("2026-02-12 09:00", 2, "2026-02-14"),
        ("2026-02-13 09:00", 5, "2026-02-27"),
        ("2026-10-01 09:00", 0, "2026-10-08"),
        ("2026-11-23 09:00", 0, "2026-11-23"),
    ],
)
def test_worked_weekends_and_holidays_count(start: str, count: int, due: str) -> None:
    """
    Days off are skipped, weekends that are worked count, and the day itself does not.
    """
    assert CALENDAR.add_workdays(at(start), count) == Due(at(f"{due} 23:59:59"), provisional=False)


def test_late_december_gives_a_provisional_date() -> None:
    """
    A deadline that falls in a year without a table is computed and said to be provisional.
    """
    due = CALENDAR.add_workdays(at("2026-12-30 23:00"), 5)

    assert due == Due(at("2027-01-07 23:59:59"), provisional=True)


def test_a_new_table_makes_the_date_certain() -> None:
    """
    Once the next year's table is there the same deadline is exact, and may move.
    """
    table = load_year(raw(off=[*raw()["off"], "2027-01-04"]))  # type: ignore[misc]
    due = CALENDAR.with_year(table).add_workdays(at("2026-12-30 23:00"), 5)

    assert due == Due(at("2027-01-08 23:59:59"), provisional=False)


def test_the_day_is_the_day_in_china() -> None:
    """
    A moment in UTC counts from the Chinese day it falls on.
    """
    evening = datetime(2026, 11, 23, 16, 30, tzinfo=UTC)

    assert CALENDAR.add_workdays(evening, 1).at == at("2026-11-25 23:59:59")


@given(moments, counts, counts)
def test_more_working_days_are_never_sooner(moment: datetime, fewer: int, more: int) -> None:
    """
    A longer limit never ends earlier than a shorter one, nor does a later start end earlier.
    """
    first, second = sorted((fewer, more))

    assert CALENDAR.add_workdays(moment, first).at <= CALENDAR.add_workdays(moment, second).at
    later = moment + timedelta(days=first)
    assert CALENDAR.add_workdays(moment, more).at <= CALENDAR.add_workdays(later, more).at


@given(moments, st.integers(1, 40))
def test_counting_back_gives_what_was_added(moment: datetime, count: int) -> None:
    """
    Between a day and its deadline lie exactly the working days that were added, the last one worked.
    """
    start, end = moment.astimezone(CHINA).date(), CALENDAR.add_workdays(moment, count).at.date()

    assert CALENDAR.workdays_between(start, end) == count
    assert CALENDAR.workdays_between(end, start) == -count
    assert CALENDAR.is_workday(end)


@given(moments, st.integers(1, 20), st.integers(1, 20))
def test_adding_twice_is_adding_the_sum(moment: datetime, one: int, two: int) -> None:
    """
    Two limits in a row end where one limit of both together ends.
    """
    halfway = CALENDAR.add_workdays(moment, one).at

    assert CALENDAR.add_workdays(halfway, two).at == CALENDAR.add_workdays(moment, one + two).at


@given(days)
def test_neighbouring_working_days_are_worked(day: date) -> None:
    """
    The working day before and the one from a day on are worked, with none in between overlooked.
    """
    before, following = CALENDAR.previous_workday(day), CALENDAR.next_workday(day)

    assert before < day <= following
    assert CALENDAR.workdays_between(before, following) == 1


@pytest.mark.parametrize(
    ("today", "missing"),
    [("2026-10-31", False), ("2026-11-01", True), ("2025-11-30", False), ("2027-03-01", True)],
)
def test_a_missing_next_year_is_noticed_from_november(today: str, missing: bool) -> None:  # noqa: FBT001
    """
    From 1 November a missing table of the next year is announced; a missing current year always.
    """
    assert CALENDAR.next_year_missing(date.fromisoformat(today)) is missing


@pytest.mark.parametrize("count", [-1, 1001])
def test_an_absurd_count_is_refused(count: int) -> None:
    """
    A negative or endless number of working days is refused.
    """
    with pytest.raises(InvalidValue, match="workdays: out_of_range"):
        CALENDAR.add_workdays(at("2026-11-23 10:00"), count)


def test_a_moment_without_a_zone_is_refused() -> None:
    """
    A moment whose zone is unknown is refused instead of guessed.
    """
    with pytest.raises(InvalidValue, match="no_time_zone"):
        CALENDAR.add_workdays(datetime(2026, 11, 23), 1)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("changes", "field", "problem"),
    [
        ({"year": "2027"}, "year", "not_a_year"),
        ({"year": True}, "year", "not_a_year"),
        ({"year": 1999}, "year", "out_of_range"),
        ({"off": None}, "off", "not_a_list"),
        ({"off": ["2027-02-30"]}, "off[0]", "not_a_date"),
        ({"off": [20270101]}, "off[0]", "not_a_date"),
        ({"off": ["2026-01-01"]}, "off[0]", "wrong_year"),
        ({"off": ["2027-01-01", "2027-01-01"]}, "off[1]", "repeated"),
        ({"off": ["2027-01-01"]}, "off", "statutory_day_missing"),
        ({"work": ["2027-10-08"]}, "work[0]", "not_a_weekend"),
        ({"work": ["2027-10-02"]}, "work[0]", "also_off"),
        ({"notice_no": 7}, "notice_no", "not_text"),
        ({"published": "soon"}, "published", "not_a_date"),
    ],
)
def test_a_wrong_table_is_refused_where_it_is_wrong(changes: dict[str, object], field: str, problem: str) -> None:
    """
    An imported table with a mistake is refused, and the place of the mistake is named.
    """
    with pytest.raises(InvalidValue) as refused:
        load_year(raw(**changes))

    assert (refused.value.field, refused.value.problem) == (field, problem)


def test_something_else_than_a_table_is_refused() -> None:
    """
    A file that is no table at all is refused.
    """
    with pytest.raises(InvalidValue, match="calendar: not_a_table"):
        load_year([])


def test_a_table_without_a_date_of_publication_is_accepted() -> None:
    """
    The date of publication may be left out.
    """
    assert load_year(raw(published="")).published is None


def test_an_imported_table_is_used_from_then_on(tmp_path: Path) -> None:
    """
    An imported table is kept in the site's folder and goes before a bundled one.
    """
    file = tmp_path / "received.json"
    file.write_text(json.dumps(raw()))
    import_year(file, tmp_path / "site")

    assert load_calendar(TABLES, tmp_path / "site").years == (*YEARS, 2027)


@pytest.mark.parametrize("text", ["{", "\x00", '{"year": 2027}', "[]"])
def test_a_damaged_import_keeps_nothing(tmp_path: Path, text: str) -> None:
    """
    A damaged file is refused by name and nothing is kept of it.
    """
    file = tmp_path / "2027.json"
    file.write_text(text)

    with pytest.raises(InvalidValue, match=r"^2027\.json"):
        import_year(file, tmp_path / "site")
    assert not (tmp_path / "site").exists()


def test_a_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    """
    Bytes that are no text at all are refused in the same way.
    """
    file = tmp_path / "2027.json"
    file.write_bytes(b"\xff\xfe\xfa")

    with pytest.raises(InvalidValue, match="unreadable"):
        read_year(file)
