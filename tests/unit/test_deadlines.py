"""The deadlines of a transfer."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.adapters.calendar_files import load_calendar, read_rules
from workstation.domain.calendar_work import CHINA
from workstation.domain.deadlines import Colour, Deadline, DeadlineBook, DeadlineKind, Urgency, colour, load_rules
from workstation.domain.errors import InvalidValue

CONTENT = Path(__file__).resolve().parents[2] / "resources" / "content"
CALENDAR = load_calendar(CONTENT / "calendars")
BOOK = DeadlineBook(read_rules(CONTENT / "deadlines.yaml"), CALENDAR)
LIMITS = {kind.value: {"workdays": 5} for kind in DeadlineKind}

moments = st.datetimes(datetime(2020, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


def owed(deadlines: tuple[Deadline, ...]) -> dict[str, str]:
    return {d.kind.value: d.due.strftime("%m-%d %H:%M") for d in deadlines}


def test_a_general_order_owes_three_things() -> None:
    """
    A general order is signed within one working day, declined within two, done within five.
    """
    deadlines = BOOK.deadlines_for(at("2026-11-20 10:00"))

    assert owed(deadlines) == {"sign": "11-23 23:59", "decline": "11-24 23:59", "general": "11-27 23:59"}


def test_a_consultation_is_answered_sooner() -> None:
    """
    A consultation is answered within three working days.
    """
    assert owed(BOOK.deadlines_for(at("2026-11-20 10:00"), consultation=True))["consult"] == "11-25 23:59"


@pytest.mark.parametrize(("urgency", "due"), [(Urgency.DANGER, "11-22 01:30"), (Urgency.UTILITIES, "11-22 23:30")])
def test_danger_counts_hours_on_any_day(urgency: Urgency, due: str) -> None:
    """
    Danger and utilities count hours, at night and on a Saturday too.
    """
    assert owed(BOOK.deadlines_for(at("2026-11-21 23:30"), urgency=urgency))[urgency.value] == due


def test_an_extension_is_added_to_the_limit() -> None:
    """
    A granted extension adds its working days to the result's limit; hours are not extended.
    """
    moment = at("2026-11-20 10:00")

    assert owed(BOOK.deadlines_for(moment, extended=True))["general"] == "12-11 23:59"
    assert owed(BOOK.deadlines_for(moment, urgency=Urgency.DANGER, extended=True))["danger"] == "11-20 12:00"


def test_the_last_days_of_december_are_provisional() -> None:
    """
    On 31 December every deadline is computed, and those that reach the next year are provisional.
    """
    assert [d.provisional for d in BOOK.deadlines_for(at("2026-12-31 23:00"))] == [True, True, True]


@pytest.mark.parametrize(
    ("now", "shown"),
    [
        ("2026-11-20 10:00", Colour.OK),
        ("2026-11-25 23:59", Colour.OK),
        ("2026-11-26 00:00", Colour.SOON),
        ("2026-11-27 00:00", Colour.DUE_TODAY),
        ("2026-11-27 23:59", Colour.DUE_TODAY),
        ("2026-11-28 00:00", Colour.OVERDUE),
    ],
)
def test_yellow_one_working_day_before_red_on_the_first_day_over(now: str, shown: Colour) -> None:
    """
    The card is yellow from one working day before, and red on the first day over.
    """
    assert colour(BOOK.deadline(DeadlineKind.GENERAL, at("2026-11-20 10:00")), at(now)) is shown


def test_the_warning_comes_before_the_holiday() -> None:
    """
    A deadline on the first working day after a holiday turns yellow on the last one before it.
    """
    deadline = BOOK.deadline(DeadlineKind.SIGN, at("2026-09-30 10:00"))

    assert deadline.due.date().isoformat() == "2026-10-08"
    assert colour(deadline, at("2026-10-02 10:00")) is Colour.SOON


@pytest.mark.parametrize(
    ("minutes", "shown"),
    [(0, Colour.OK), (89, Colour.OK), (90, Colour.SOON), (120, Colour.SOON), (121, Colour.OVERDUE)],
)
def test_hours_turn_yellow_in_the_last_quarter(minutes: int, shown: Colour) -> None:
    """
    A deadline in hours turns yellow in its last quarter and red the moment it is over.
    """
    start = at("2026-11-21 23:30")
    deadline = BOOK.deadline(DeadlineKind.DANGER, start)

    assert colour(deadline, start + timedelta(minutes=minutes)) is shown


@given(moments, st.sampled_from(list(DeadlineKind)), st.lists(st.integers(0, 60 * 24 * 30), max_size=6))
def test_a_colour_never_gets_calmer(moment: datetime, kind: DeadlineKind, minutes: list[int]) -> None:
    """
    As time passes the colour only gets more urgent.
    """
    deadline = BOOK.deadline(kind, moment)
    order = list(Colour)
    shown = [order.index(colour(deadline, moment + timedelta(minutes=m))) for m in sorted(minutes)]

    assert shown == sorted(shown)
    assert deadline.warn_from < deadline.due


def test_a_moment_without_a_zone_is_refused() -> None:
    """
    Neither hours nor working days are counted from a moment without a zone.
    """
    for kind in (DeadlineKind.DANGER, DeadlineKind.SIGN):
        with pytest.raises(InvalidValue, match="no_time_zone"):
            BOOK.deadline(kind, datetime(2026, 11, 20))  # noqa: DTZ001


def test_the_site_may_change_every_limit() -> None:
    """
    The limits come from the site's file, hours and working days alike.
    """
    rules = load_rules({"limits": LIMITS | {"general": {"hours": 36}}, "warn_workdays": 2})
    book = DeadlineBook(rules, CALENDAR)

    assert owed((book.deadline(DeadlineKind.GENERAL, at("2026-11-20 10:00")),)) == {"general": "11-21 22:00"}
    assert book.deadline(DeadlineKind.SIGN, at("2026-11-20 10:00")).warn_from == at("2026-11-25 00:00")


@pytest.mark.parametrize(
    ("raw", "field", "problem"),
    [
        ([], "limits", "not_a_table"),
        ({"limits": 3}, "limits", "not_a_table"),
        ({"limits": {}}, "limits.sign", "not_a_limit"),
        ({"limits": LIMITS | {"danger": {"workdays": 1, "hours": 2}}}, "limits.danger", "not_a_limit"),
        ({"limits": LIMITS | {"danger": {"minutes": 5}}}, "limits.danger", "unknown_unit"),
        ({"limits": LIMITS | {"danger": {"hours": "2"}}}, "limits.danger", "not_a_number"),
        ({"limits": LIMITS | {"danger": {"hours": True}}}, "limits.danger", "not_a_number"),
        ({"limits": LIMITS | {"danger": {"hours": 0}}}, "limits.danger", "out_of_range"),
        ({"limits": LIMITS, "warn_workdays": 999}, "warn_workdays", "out_of_range"),
    ],
)
def test_wrong_limits_are_refused_where_they_are_wrong(raw: object, field: str, problem: str) -> None:
    """
    A wrong limit is refused and named.
    """
    with pytest.raises(InvalidValue) as refused:
        load_rules(raw)

    assert (refused.value.field, refused.value.problem) == (field, problem)


@pytest.mark.parametrize("text", ["limits: [", "limits: {}"])
def test_a_damaged_file_of_limits_is_refused_by_name(tmp_path: Path, text: str) -> None:
    """
    A damaged file of limits is refused by its name.
    """
    file = tmp_path / "deadlines.yaml"
    file.write_text(text)

    with pytest.raises(InvalidValue, match=r"^deadlines\.yaml"):
        read_rules(file)
