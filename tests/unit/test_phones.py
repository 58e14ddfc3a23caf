"""The phone numbers a caller may give."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.domain.errors import InvalidValue
from workstation.domain.phones import NumberPlan, normalise_phone


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("19900001234", "19900001234"),
        ("199 0000 1234", "19900001234"),
        ("199-0000-1234", "19900001234"),
        ("1990000-1234", "19900001234"),
        ("１９９００００１２３４", "19900001234"),
        ("+86 199 0000 1234", "19900001234"),
        ("+8619900001234", "19900001234"),
        ("008619900001234", "19900001234"),
        ("8619900001234", "19900001234"),
        ("\u202d19900001234\u202c", "19900001234"),
        ("0632-5550123", "06325550123"),
        ("(0632) 5550123", "06325550123"),
        ("（0632）5550123", "06325550123"),
        ("5550123", "06325550123"),
        ("555－0123", "06325550123"),
        ("010-55501234", "01055501234"),
        ("0531-55501234", "053155501234"),
        ("0530-5550123", "05305550123"),
        ("400-000-1234", "4000001234"),
        ("8000001234", "8000001234"),
        ("4005550", "06324005550"),
        ("110", "110"),
        ("12345", "12345"),
        ("12315", "12315"),
        ("10086", "10086"),
        ("95598", "95598"),
        ("96110", "96110"),
        ("961234", "961234"),
    ],
)
def test_a_number_is_understood_however_it_is_written(typed: str, digits: str) -> None:
    """
    Mobile, landline, local, service and short numbers are reduced to the digits to dial.
    """
    assert normalise_phone(typed) == digits


@pytest.mark.parametrize(
    ("typed", "problem", "facts"),
    [
        ("", "phone_empty", {}),
        ("  ", "phone_empty", {}),
        ("1990000123", "phone_too_short", {"expected": 11, "actual": 10}),
        ("199000012345", "phone_too_long", {"expected": 11, "actual": 12}),
        ("12900001234", "phone_unknown_prefix", {}),
        ("199OOOO1234", "phone_letters", {}),
        ("一九九零零零零", "phone_letters", {}),
        ("19900001234?", "phone_characters", {}),
        ("199/0000/1234", "phone_characters", {}),
        ("1990000²", "phone_too_short", {"expected": 11, "actual": 8}),
        ("0632-12345", "phone_short_with_area_code", {}),
        ("0632-110", "phone_short_with_area_code", {}),
        ("0632-55501", "phone_too_short", {"expected": 7, "actual": 5}),
        ("0632-55501234", "phone_too_long", {"expected": 7, "actual": 8}),
        ("010-5550123", "phone_too_short", {"expected": 8, "actual": 7}),
        ("0632-1550123", "phone_unknown_prefix", {}),
        ("0132-5550123", "phone_unknown_area", {}),
        ("0632-5550123-802", "phone_extension", {}),
        ("0632-5550123转801", "phone_extension", {}),
        ("06325550123 轉 801", "phone_extension", {}),
        ("5550123分机：801", "phone_extension", {}),
        ("4000001234转8", "phone_extension", {}),
        ("5550123 Ext. 801", "phone_extension", {}),
        ("555012", "phone_too_short", {"expected": 7, "actual": 6}),
        ("55501234", "phone_too_long", {"expected": 7, "actual": 8}),
        ("9550123", "phone_unknown_prefix", {}),
        ("400000123", "phone_too_short", {"expected": 10, "actual": 9}),
        ("40000012345", "phone_too_long", {"expected": 10, "actual": 11}),
    ],
)
def test_a_wrong_number_is_refused_with_the_reason(typed: str, problem: str, facts: dict[str, object]) -> None:
    """
    A number that nobody can dial is refused, and the refusal says why without repeating it.
    """
    with pytest.raises(InvalidValue) as refused:
        normalise_phone(typed, "contact_phone")

    assert (refused.value.field, refused.value.problem, refused.value.facts) == ("contact_phone", problem, facts)
    assert not typed.strip() or typed not in str(refused.value)


def test_another_city_has_its_own_area_code_and_length() -> None:
    """
    With another number plan a bare number gets that area's code.
    """
    assert normalise_phone("55501234", plan=NumberPlan("0531", 8)) == "053155501234"


@given(st.text(max_size=20) | st.text("0123456789 -+()", max_size=20))
def test_the_answer_is_digits_and_stays_the_same(typed: str) -> None:
    """
    Whatever is typed, the answer is a refusal or digits that are understood again as themselves.
    """
    try:
        digits = normalise_phone(typed)
    except InvalidValue:
        return

    assert digits.isdigit()
    assert normalise_phone(digits) == digits
