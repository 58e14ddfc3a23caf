"""Which orders may be submitted, whoever sends them."""

import pytest

from tests.unit.domain_parts import NOON, an_order
from workstation.domain.errors import InvalidValue
from workstation.domain.order import ConsultationEntry
from workstation.domain.order_check import checked_order
from workstation.domain.privacy import Address, PersonName, Phone


def test_a_sound_order_passes_as_it_is() -> None:
    """
    Codes of any depth, several lines of content and an order with nothing optional are orders.
    """
    whole = an_order(
        content="甲\n\t乙", category="020105", region="370402000000", happened="2026-03-01 22:00", tags=("噪声",)
    )

    assert checked_order(whole) is whole
    assert checked_order(an_order(contact_phone=Phone(""))).contact_phone.text == ""


@pytest.mark.parametrize(
    ("field", "value", "problem"),
    [
        ("content", "甲\u202e乙", "control_character"),
        ("content", "甲\x00", "control_character"),
        ("subject", "甲\x1b", "control_character"),
        ("subject", "甲\n乙", "control_character"),
        ("wish", "\u200b", "control_character"),
        ("address", Address("东湖路\x07"), "control_character"),
        ("caller_name", PersonName("欧阳\u202e"), "control_character"),
        ("police_number", "J\x07", "control_character"),
        ("tags", ("甲", "乙\x07"), "control_character"),
        ("consultation", (ConsultationEntry(at=NOON, party="水务\x07", event="joined"),), "control_character"),
        ("region", "火星", "wrong_form"),
        ("category", "02010", "wrong_form"),
        ("contact_phone", Phone("abc"), "phone_letters"),
        ("happened", "2月30日", "impossible_date"),
        ("happened", "2026-03-03", "future_date"),
    ],
)
def test_what_no_desk_composes_is_refused(field: str, value: object, problem: str) -> None:
    """
    The field is named with the code that the form would show beside it.
    """
    with pytest.raises(InvalidValue) as refused:
        checked_order(an_order(**{field: value}))

    assert (refused.value.field, refused.value.problem) == (field, problem)
