"""Scripted citizens call a seat that takes calls, one after the other."""

from datetime import UTC, datetime
from itertools import count

import pytest

from workstation.adapters.content_yaml import read_scenarios
from workstation.adapters.telephony_schedule import HandScheduler
from workstation.adapters.telephony_simulated import SimulatedTelephony
from workstation.domain.call_event import EventKind, TelephonyEvent
from workstation.domain.call_seat import SeatState
from workstation.practice.callers import Callers
from workstation.settings import RESOURCES


class Practice:
    """A simulated telephone, its callers, and what was heard of it."""

    def __init__(self) -> None:
        self.time = HandScheduler(datetime(2026, 3, 2, 19, 0, tzinfo=UTC))
        numbers = count(1)
        self.telephone = SimulatedTelephony(self.time.now, lambda: f"call-{next(numbers)}", self.time)
        self.heard: list[TelephonyEvent] = []
        self.telephone.listen(self.heard.append)
        self.callers = Callers(read_scenarios(RESOURCES), self.telephone, self.time.call_later)
        self.callers.start()

    @property
    def rang(self) -> list[str]:
        return list(dict.fromkeys(event.call for event in self.heard if event.kind is EventKind.CALL_OFFERED))


@pytest.fixture
def practice() -> Practice:
    return Practice()


def test_nobody_calls_a_seat_that_takes_no_calls(practice: Practice) -> None:
    """
    While the seat is not ready nobody rings; a moment after it is, the first citizen does.
    """
    practice.time.turn(60)
    before = practice.rang
    practice.telephone.set_seat_state(SeatState.READY, "")
    practice.time.turn(30)

    assert before == []
    assert len(practice.rang) == 1


def test_the_next_one_calls_when_the_seat_is_free_again(practice: Practice) -> None:
    """
    Nobody calls into a conversation; when it is over and the seat is ready, the next citizen calls, with other words.
    """
    practice.telephone.set_seat_state(SeatState.READY, "")
    practice.time.turn(30)
    (first,) = practice.rang
    practice.telephone.answer(first)  # type: ignore[arg-type]  # an id
    practice.time.turn(60)
    during = practice.rang
    practice.telephone.end(first)  # type: ignore[arg-type]
    practice.time.turn(30)
    _, second = practice.rang

    assert during == [first]
    assert practice.callers.says(first)  # type: ignore[arg-type]
    assert practice.callers.says(first) != practice.callers.says(second)  # type: ignore[arg-type]
    assert not practice.callers.says("another")  # type: ignore[arg-type]
