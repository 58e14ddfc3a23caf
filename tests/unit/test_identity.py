"""Identifiers are unique, ordered in time and readable aloud."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.unit.domain_parts import a_step, an_incident, an_order
from workstation.domain.errors import InvalidValue
from workstation.domain.identity import spoken_number, uuid7
from workstation.domain.lifecycle import Action, Role
from workstation.protocol.messages import SignIn

if TYPE_CHECKING:
    from collections.abc import Callable

MOMENT = datetime(2022, 2, 22, 19, 22, 22, tzinfo=UTC)


def test_an_id_follows_the_standard() -> None:
    """
    The example of RFC 9562, appendix A.6, comes out bit for bit.
    """
    entropy = 0xCC3 << 62 | 0x18C4DC0C0C07398F

    assert uuid7(MOMENT, entropy=entropy) == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f"
    assert uuid7(MOMENT, entropy=entropy | 1 << 74) == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f"


def test_ids_are_unique_and_in_order() -> None:
    """
    A later id sorts behind an earlier one, and two of one moment differ.
    """
    ids = [uuid7(MOMENT + timedelta(milliseconds=n)) for n in range(100)]

    assert ids == sorted(ids)
    assert len({uuid7(MOMENT) for _ in range(1000)}) == 1000
    assert {uuid.UUID(id).version for id in ids} == {7}
    assert {uuid.UUID(id).variant for id in ids} == {uuid.RFC_4122}


@pytest.mark.parametrize(
    ("seat", "count", "number"),
    [("07", 1, "260302-07-001"), ("A12", 999, "260302-A12-999"), ("7", 99999, "260302-7-99999")],
)
def test_a_number_can_be_read_out(seat: str, count: int, number: str) -> None:
    """
    The number has day, seat and running count, and goes on beyond 999 calls.
    """
    assert spoken_number(date(2026, 3, 2), seat, count) == number


@pytest.mark.parametrize("seat", ["", "七", "07-1", "123456789", "0 7", "07\n"])
def test_a_seat_that_cannot_be_read_out_is_refused(seat: str) -> None:
    """
    A seat's name that would make the number ambiguous is refused.
    """
    with pytest.raises(InvalidValue) as refused:
        spoken_number(date(2026, 3, 2), seat, 1)

    assert refused.value.field == "seat"


@pytest.mark.parametrize("seat", ["七", "07-1", "0 7"])
def test_no_record_is_made_at_such_a_seat(seat: str) -> None:
    """
    Sign-in, incident, order and step take the seats that a number can hold, and no others.
    """
    makers: tuple[Callable[[], object], ...] = (
        lambda: SignIn(user="taker-1", password="invented-8", seat=seat, role=Role.CALL_TAKER),
        lambda: an_incident(seat=seat),
        lambda: an_order(seat=seat),
        lambda: a_step(Action.SUBMIT, Role.CALL_TAKER, seat=seat),
    )
    for make in makers:
        with pytest.raises(InvalidValue) as refused:
            make()
        assert (refused.value.field, refused.value.problem) == ("seat", "wrong_form")


@pytest.mark.parametrize("number", ["260302-07", "警情-1", "260302-07-001 ", "2603020-7-001"])
def test_an_incident_has_a_number_that_can_be_read_out(number: str) -> None:
    """
    A record under any other number than one that a desk makes is refused.
    """
    with pytest.raises(InvalidValue) as refused:
        an_incident(number=number)

    assert (refused.value.field, refused.value.problem) == ("number", "wrong_form")
