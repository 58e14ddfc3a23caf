"""The promises of the urgent linkage's ladder: which number follows which, and when nobody is called any more."""

import pytest

from workstation.domain.call_party import Ending
from workstation.domain.directory import Line, LineKind
from workstation.domain.escalation import Failure, Ladder, Rung, patience

GAS = Line("gas", LineKind.GAS, "燃气", "0632-5550611", "370402", backup="0632-5550612", ring_seconds=20)
HEAT = Line("heat", LineKind.HEAT, "供热", "0632-5550711", "370402", ring_seconds=60)
OFFICER = Line("officer", LineKind.DUTY_OFFICER, "值班", "0632-5550110", "370400", backup="0632-5550111")
FAILURES = (Ending.BUSY, Ending.REJECTED, Ending.NO_ANSWER, Ending.UNREACHABLE, Ending.NOT_CONFIGURED)


@pytest.mark.parametrize("ending", FAILURES)
def test_the_backup_follows_whatever_kept_the_number_from_answering(ending: Ending) -> None:
    """
    Busy, rejected, silent, unreachable, not configured: the backup number is next, and what failed is remembered.
    """
    ladder = Ladder(GAS, OFFICER).failed(ending, room=True)

    assert ladder.following == Rung(GAS, backup=True)
    assert ladder.now.number == GAS.backup
    assert not ladder.at_officer
    assert ladder.failures == (Failure(GAS.number, ending),)


def test_the_officer_follows_the_backup() -> None:
    """
    When both numbers failed the duty officer's are called, and so they are at once where a line has one number only.
    """
    both = Ladder(GAS, OFFICER).failed(Ending.BUSY, room=True).failed(Ending.NO_ANSWER, room=True)
    officers_too = both.failed(Ending.BUSY, room=True)

    assert both.following == Rung(OFFICER)
    assert both.at_officer
    assert both.failures == (Failure(GAS.number, Ending.BUSY), Failure(GAS.backup, Ending.NO_ANSWER))
    assert Ladder(HEAT, OFFICER).failed(Ending.BUSY, room=True).following == Rung(OFFICER)
    assert officers_too.following == Rung(OFFICER, backup=True)
    assert not officers_too.exhausted
    assert officers_too.failed(Ending.BUSY, room=True).following is None
    assert officers_too.failed(Ending.BUSY, room=True).exhausted


def test_without_an_officer_the_ladder_ends_with_the_line() -> None:
    """
    A directory that knows no duty officer: after the line's numbers nobody is called.
    """
    ladder = Ladder(HEAT).failed(Ending.BUSY, room=True)

    assert ladder.following is None
    assert ladder.exhausted


def test_nobody_follows_what_a_person_wanted_to_end() -> None:
    """
    After a number that was given up, after a stop, and where the call has no room for anybody, nobody is called.
    """
    given_up = Ladder(GAS, OFFICER).failed(Ending.CANCELLED, room=True)
    stopped = Ladder(GAS, OFFICER).stop().failed(Ending.BUSY, room=True)
    no_room = Ladder(GAS, OFFICER).failed(Ending.BUSY, room=False)

    assert [it.following for it in (given_up, stopped, no_room)] == [None] * 3
    assert not any(it.exhausted for it in (given_up, stopped, no_room))


@pytest.mark.parametrize(
    ("kind", "ring", "seconds"),
    [(LineKind.GAS, 20, 15), (LineKind.FIRE, 10, 10), (LineKind.HEAT, 60, 30), (LineKind.HEAT, 25, 25)],
)
def test_patience_is_short_and_longer_for_heat(kind: LineKind, ring: int, seconds: int) -> None:
    """
    A line rings 15 s, heat 30 s, or as long as the directory says where that is less.
    """
    assert patience(Line("x", kind, "x", "119", "370402", ring_seconds=ring)) == seconds
