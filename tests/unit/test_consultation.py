"""The consultation log: who was in the call when, and who keeps the matter."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.unit.call_parts import HOTLINE, asked_in, at, event, over, talk, three_way
from workstation.domain.call_event import EventKind
from workstation.domain.call_log import FirstContact
from workstation.domain.call_party import SEAT_LEG, Ending
from workstation.domain.consultation import LONGEST_NAME, MOST_ENTRIES, consultation, consulted

if TYPE_CHECKING:
    from workstation.domain.call import Call

NAME = HOTLINE.name


def told(call: Call) -> list[tuple[float, str, str]]:
    """Return the log in seconds, names and events."""
    return [((entry.at - at(0)).total_seconds(), entry.party, entry.event) for entry in consultation(call)]


def test_a_call_between_two_has_no_consultation() -> None:
    """
    Only a call that somebody was asked into has a log that travels.
    """
    assert consultation(over(talk())) == ()
    assert consulted(talk()) == ""


def test_the_log_tells_who_was_in_the_call_when() -> None:
    """
    From the queue to the end everybody's coming and going is told once, a line by its name.
    """
    left = three_way().apply(event(EventKind.LEG_LEFT, 60, SEAT_LEG))
    back = left.apply(event(EventKind.LEG_JOINED, 70, SEAT_LEG))

    assert told(over(back)) == [
        (0, "citizen", "joined"),
        (5, "seat", "joined"),
        (30, NAME, "joined"),
        (60, "seat", "left"),
        (70, "seat", "joined"),
        (90, "citizen", "left"),
        (90, "seat", "left"),
        (90, NAME, "left"),
    ]
    assert consulted(over(back)) == NAME


@pytest.mark.parametrize(("choice", "who"), [(FirstContact.THIRD_TAKES, NAME), (FirstContact.WE_KEEP, "seat")], ids=str)
def test_the_log_names_who_keeps_the_matter(choice: FirstContact, who: str) -> None:
    """
    An agreement stands beside the one who keeps the matter, also when it was noted after the call.
    """
    assert told(three_way().agreed(choice, at(40)))[-1] == (40, who, choice)
    assert told(over(three_way()).agreed(choice, at(100)))[-1] == (100, who, choice)


@pytest.mark.parametrize("ending", [ending for ending in Ending if ending is not Ending.JOINED])
def test_the_log_tells_why_a_line_did_not_join(ending: Ending) -> None:
    """
    A line that was asked in vain is told with the reason, and nobody has been consulted.
    """
    line = replace(HOTLINE, number="") if ending is Ending.NOT_CONFIGURED else HOTLINE
    call = asked_in(talk(), 20, line)
    if ending is not Ending.NOT_CONFIGURED:
        call = call.apply(event(EventKind.LEG_FAILED, 25, "third-1", ending=ending))

    assert told(call)[-1][1:] == (NAME, ending)
    assert consulted(call) == ""
    assert not call.unsettled


def test_the_line_that_joined_last_takes_the_matter() -> None:
    """
    After a line that left, the agreement is that of the next one.
    """
    left = three_way().apply(event(EventKind.LEG_LEFT, 40, "third-1"))
    next_one = asked_in(left, 41, replace(HOTLINE, name="水务")).apply(event(EventKind.LEG_JOINED, 45, "third-2"))

    assert told(next_one.agreed(FirstContact.THIRD_TAKES, at(50)))[-1] == (50, "水务", "third_takes")


def test_whatever_an_exchange_calls_a_line_the_order_can_carry_it() -> None:
    """
    A name that is too long or holds what nobody can see is cut to what an order accepts; without one it has a kind.
    """
    named = talk().apply(event(EventKind.LEG_JOINED, 20, "third-1", name="长\x07" * 100))
    nameless = talk().apply(event(EventKind.LEG_JOINED, 20, "third-1"))

    assert consultation(named)[-1].party == "长" * LONGEST_NAME
    assert consultation(nameless)[-1].party == "third"


def test_a_log_without_end_still_fits_an_order() -> None:
    """
    Of a call that somebody left and joined again without end the latest lines travel.
    """
    call = three_way()
    for turn in range(MOST_ENTRIES):
        kind = EventKind.LEG_JOINED if turn % 2 else EventKind.LEG_LEFT
        call = call.apply(event(kind, 40 + turn, SEAT_LEG))

    assert len(consultation(call)) == MOST_ENTRIES
    assert consultation(call)[-1].at == at(39 + MOST_ENTRIES)
