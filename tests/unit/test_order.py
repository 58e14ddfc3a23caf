"""The order's own limits, and how a long one travels through a narrow connector."""

from __future__ import annotations

import pytest

from tests.unit.domain_parts import NOON, an_order, urgent_order
from workstation.domain.errors import InvalidValue
from workstation.domain.order import ConsultationEntry, Gap, GapReason, split_content


@pytest.mark.parametrize(
    ("field", "value", "problem"),
    [
        ("content", "", "too_short"),
        ("content", "长" * 5001, "too_long"),
        ("subject", "长" * 201, "too_long"),
        ("people_affected", 0, "too_small"),
        ("people_affected", 1_000_001, "too_large"),
        ("wish", "长" * 501, "too_long"),
        ("gaps", (Gap(field="wish", reason=GapReason.REFUSED),) * 41, "too_long"),
    ],
)
def test_an_order_out_of_its_limits_cannot_be_made(field: str, value: object, problem: str) -> None:
    """
    The field at fault is named.
    """
    with pytest.raises(InvalidValue) as refused:
        an_order(**{field: value})

    assert (refused.value.field, refused.value.problem) == (field, problem)


def test_an_urgent_order_says_why() -> None:
    """
    Urgency without a reason is refused.
    """
    with pytest.raises(InvalidValue) as refused:
        an_order(urgent=True)

    assert refused.value.field == "urgent_reason"
    assert urgent_order().urgent


def test_the_parts_of_an_order_have_limits_too() -> None:
    """
    A gap without its field, or a log line without an end, is refused.
    """
    with pytest.raises(InvalidValue):
        Gap(field="", reason=GapReason.REFUSED)
    with pytest.raises(InvalidValue):
        ConsultationEntry(at=NOON, party="水务", event="joined", note="长" * 201)


@pytest.mark.parametrize(("length", "parts"), [(0, 1), (100, 1), (101, 2), (182, 2), (183, 3)])
def test_a_long_content_is_split_without_a_loss(length: int, parts: int) -> None:
    """
    Every character arrives, each part fits and says which of how many it is.
    """
    content = "".join(chr(0x4E00 + n) for n in range(length))

    split = split_content(content, 100)

    assert len(split) == parts
    assert all(len(part) <= 100 for part in split)
    if parts > 1:
        assert [part.partition(")")[0] for part in split] == [f"({n}/{parts}" for n in range(1, parts + 1)]
    assert "".join(part.partition(")")[2] if parts > 1 else part for part in split) == content


def test_a_connector_with_no_room_is_refused() -> None:
    """
    A limit that holds no text beside the number is a mistake in the settings, not an endless split.
    """
    with pytest.raises(InvalidValue):
        split_content("长长长长长长长长长长", 9)
    assert len(split_content("长" * 11, 10)) == 11
