"""The check of an identity number; every number here is invented."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.domain.errors import InvalidValue
from workstation.domain.identity_card import check_digit, normalise_identity_number

TODAY = date(2026, 11, 23)


def number(born: str, area: str = "370499", serial: str = "000") -> str:
    start = area + born + serial
    return start + check_digit(start)


@pytest.mark.parametrize("born", ["19550102", "19870228", "20261123", "20000229"])
def test_a_sound_number_is_accepted_whatever_its_area(born: str) -> None:
    """
    A number with a real date and the right last digit is accepted; abolished area codes too.
    """
    assert normalise_identity_number(number(born), TODAY) == number(born)
    assert normalise_identity_number(number(born, "379999"), TODAY) == number(born, "379999")


def test_spaces_full_width_and_small_x_are_understood() -> None:
    """
    Spaces, full-width digits and a small x make no difference.
    """
    ends_with_x = next(n for n in (number("19900101", serial=f"{i:03}") for i in range(100)) if n.endswith("X"))
    spaced = f"{ends_with_x[:6]} {ends_with_x[6:14]} {ends_with_x[14:].lower()}"
    wide = spaced.translate({ord(str(d)): chr(0xFF10 + d) for d in range(10)})

    assert normalise_identity_number(wide, TODAY) == ends_with_x


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("37049919900101000", "id_length"),
        ("3704991990010100000", "id_length"),
        ("37049919900101ABCD", "id_characters"),
        ("070499199001010000", "id_characters"),
        (number("19900230"), "id_birth_date"),
        (number("20261124"), "id_birth_date"),
        (number("18000101"), "id_birth_date"),
    ],
)
def test_a_wrong_number_is_refused_with_the_reason(typed: str, problem: str) -> None:
    """
    A wrong number is refused by its length, its characters or its date of birth.
    """
    with pytest.raises(InvalidValue) as refused:
        normalise_identity_number(typed, TODAY)

    assert refused.value.problem == problem


@given(st.integers(0, 16), st.integers(1, 9))
def test_one_mistyped_digit_is_noticed(place: int, by: int) -> None:
    """
    Any single mistyped digit is refused.
    """
    right = number("19900101", serial="012")
    wrong = right[:place] + str((int(right[place]) + by) % 10) + right[place + 1 :]

    with pytest.raises(InvalidValue):
        normalise_identity_number(wrong, TODAY)
