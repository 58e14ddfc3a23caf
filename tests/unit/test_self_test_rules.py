"""The directory's self-test: what may be dialled for it, and when."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from workstation.adapters.content_yaml import read_content
from workstation.domain.call_number import DialTarget
from workstation.domain.directory import Line, LineKind
from workstation.domain.errors import InvalidValue
from workstation.domain.self_test import AgreedWindow, Day, Finding, Result, to_dial
from workstation.settings import RESOURCES

GAS = Line("gas", LineKind.GAS, "Gas", "0632-5550611", "370402", test_number="0632-5550991")
FIRE = Line("fire", LineKind.FIRE, "Fire", "0632-5550119", "370400", backup="0632-5550129", endpoint="line-119")
LINES = (GAS, FIRE)
WINDOW = AgreedWindow((Day.TUESDAY, Day.THURSDAY), time(10), time(11, 30))


@pytest.mark.parametrize(
    ("moment", "covered"),
    [
        (datetime(2026, 3, 3, 2, 0, tzinfo=UTC), True),
        (datetime(2026, 3, 5, 3, 29, 59, tzinfo=UTC), True),
        (datetime(2026, 3, 3, 3, 30, tzinfo=UTC), False),
        (datetime(2026, 3, 3, 1, 59, 59, tzinfo=UTC), False),
        (datetime(2026, 3, 4, 2, 0, tzinfo=UTC), False),
        (datetime(2026, 3, 2, 18, 30, tzinfo=UTC), False),
    ],
    ids=["first moment", "last", "over", "early", "wednesday", "tuesday by the clock here, at night"],
)
def test_the_window_is_meant_by_the_clock_on_the_wall(moment: datetime, covered: bool) -> None:  # noqa: FBT001
    """
    Only the agreed days and hours count, in China's time, the end left out.
    """
    assert WINDOW.covers(moment) is covered
    assert str(WINDOW) == "tuesday, thursday 10:00 to 11:30"


@pytest.mark.parametrize(
    ("days", "begins", "ends"),
    [
        ((), time(10), time(11)),
        ((Day.MONDAY,), time(10), time(10)),
        ((Day.MONDAY,), time(22), time(2)),
        ((Day.MONDAY,), time(10, tzinfo=UTC), time(11)),
        ((Day.MONDAY,), time(10), time(11, tzinfo=UTC)),
    ],
)
def test_a_window_that_is_none_is_refused(days: tuple[Day, ...], begins: time, ends: time) -> None:
    """
    A window has a day and ends later on that day.
    """
    with pytest.raises(InvalidValue):
        AgreedWindow(days, begins, ends)


def test_the_agreed_number_is_dialled_and_no_other() -> None:
    """
    What is dialled is the test number; without one nothing is, whatever else the line has.
    """
    assert to_dial(GAS, LINES) == DialTarget("gas", "Gas", "06325550991", ring_timeout=15)
    assert to_dial(FIRE, LINES) is Result.NO_TEST_NUMBER
    assert to_dial(replace(GAS, test_number=""), LINES) is Result.NO_TEST_NUMBER
    assert to_dial(replace(FIRE, test_number="0632-5550992"), LINES) == DialTarget(
        "fire", "Fire", "06325550992", ring_timeout=15
    )


@pytest.mark.parametrize(
    "number",
    [
        *("110", "119", "120", "122"),
        *("9119", "0119", "0632119", "0632-119", "010 110", "+86120", "0086632122", "1 1 9"),
        *("0632-5550119", "06325550129", "5550119", "+866325550119", "0632 555 0119"),
    ],
)
def test_an_emergency_is_never_dialled(number: str) -> None:
    """
    Neither 110, 119, 120 and 122, however they are written, nor the fire brigade's real number, for whichever line.
    """
    assert to_dial(replace(GAS, test_number=number), LINES) is Result.FORBIDDEN_NUMBER
    assert to_dial(replace(FIRE, test_number=number), LINES) is Result.FORBIDDEN_NUMBER


@pytest.mark.parametrize("number", ["0632-5550991 ext 4", "gas@evil", "5550991\r\nAction: Originate", "12", "${EXTEN}"])
def test_what_is_no_number_is_not_dialled(number: str) -> None:
    """
    A test number that an exchange may not be handed is a fault of the directory.
    """
    assert to_dial(replace(GAS, test_number=number), LINES) is Result.NOT_CONFIGURED


def test_a_short_number_is_itself_only() -> None:
    """
    A line inside the house that is the ambulance's is not dialled, one that ends like a real number may be.
    """
    ambulance = Line("ambulance", LineKind.AMBULANCE, "Ambulance", "80150", "370400")
    lines = (*LINES, ambulance)

    assert to_dial(replace(GAS, test_number="80150"), lines) is Result.FORBIDDEN_NUMBER
    assert to_dial(replace(GAS, test_number="50129"), lines) == DialTarget("gas", "Gas", "50129", ring_timeout=15)
    assert to_dial(replace(GAS, test_number="none"), lines) is Result.NOT_CONFIGURED


def test_a_finding_is_one_line() -> None:
    """
    A report says id, number, result, seconds to the answer and when the line was last verified.
    """
    told = Finding("gas", "06325550991", Result.JOINED, date(2026, 1, 1), 1.25)
    untold = Finding("fire", "", Result.NO_TEST_NUMBER, None)

    assert str(told) == "gas\t06325550991\tJOINED\t1.2 s\t2026-01-01"
    assert str(untold) == "fire\t-\tNO_TEST_NUMBER\t-\t-"
    assert not told.failed
    assert not untold.failed
    assert replace(told, result=Result.BUSY).failed


def test_the_sample_can_be_tested() -> None:
    """
    Every test number of the sample directory may be dialled; the emergency lines have none.
    """
    lines = read_content(RESOURCES).directory.lines
    tested = {line.id: to_dial(line, lines) for line in lines if line.test_number}

    assert tested
    assert all(isinstance(whom, DialTarget) for whom in tested.values())
    assert not {"fire", "ambulance", "traffic"} & tested.keys()
