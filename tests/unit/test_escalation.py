"""The promises of the urgent linkage's ladder: which number follows which, and when nobody is called any more."""

import pytest

from workstation.domain.call_party import Ending
from workstation.domain.directory import Line, LineKind
from workstation.domain.escalation import Failure, Ladder, NextCall, patience

GAS = Line("gas", LineKind.GAS, "燃气", "0632-5550611", "370402", backup="0632-5550612", ring_seconds=20)
HEAT = Line("heat", LineKind.HEAT, "供热", "0632-5550711", "370402", ring_seconds=60)
FAILURES = (Ending.BUSY, Ending.REJECTED, Ending.NO_ANSWER, Ending.UNREACHABLE, Ending.NOT_CONFIGURED)


@pytest.mark.parametrize("ending", FAILURES)
def test_the_backup_follows_whatever_kept_the_number_from_answering(ending: Ending) -> None:
    """
    Busy, rejected, silent, unreachable, not configured: the backup number is next, and what failed is remembered.
    """
    ladder = Ladder(GAS).failed(ending)

    assert ladder.following(room=True) is NextCall.BACKUP
    assert ladder.number == GAS.backup
    assert ladder.failures == (Failure(GAS.number, ending),)


def test_the_officer_follows_the_backup() -> None:
    """
    When both numbers failed the duty officer is told, and so it is at once where a line has one number only.
    """
    both = Ladder(GAS).failed(Ending.BUSY).failed(Ending.NO_ANSWER)

    assert both.following(room=True) is NextCall.OFFICER
    assert both.failures == (Failure(GAS.number, Ending.BUSY), Failure(GAS.backup, Ending.NO_ANSWER))
    assert Ladder(HEAT).failed(Ending.BUSY).following(room=True) is NextCall.OFFICER


def test_nobody_follows_what_a_person_wanted_to_end() -> None:
    """
    After a number that was given up, after a stop, and where the call has no room for anybody, nobody is called.
    """
    busy = Ladder(GAS).failed(Ending.BUSY)

    assert Ladder(GAS).failed(Ending.CANCELLED).following(room=True) is NextCall.NOBODY
    assert Ladder(GAS).stop().failed(Ending.BUSY).following(room=True) is NextCall.NOBODY
    assert busy.following(room=False) is NextCall.NOBODY
    assert busy.failed(Ending.CANCELLED).following(room=True) is NextCall.NOBODY


@pytest.mark.parametrize(
    ("kind", "ring", "seconds"),
    [(LineKind.GAS, 20, 15), (LineKind.FIRE, 10, 10), (LineKind.HEAT, 60, 30), (LineKind.HEAT, 25, 25)],
)
def test_patience_is_short_and_longer_for_heat(kind: LineKind, ring: int, seconds: int) -> None:
    """
    A line rings 15 s, heat 30 s, or as long as the directory says where that is less.
    """
    assert patience(Line("x", kind, "x", "119", "370402", ring_seconds=ring)) == seconds
