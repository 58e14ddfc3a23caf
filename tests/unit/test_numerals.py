"""Numerals that tell a time become figures."""

import pytest

from workstation.domain.numerals import in_figures


@pytest.mark.parametrize(
    ("words", "figures"),
    [
        ("二月三十日", "2月30日"),
        ("十月十日二十点", "10月10日20点"),
        ("二〇二六年", "2026年"),
        ("二零二六年", "2026年"),
        ("十五分", "15分"),
        ("六七点", "六七点"),
        ("十五六号", "十五六号"),
        ("两三点", "两三点"),
        ("一百三十二号", "一百三十二号"),
        ("三年五载", "3年五载"),
        ("二十五个", "二十五个"),
        ("零点", "0点"),
    ],
)
def test_only_a_plain_number_before_a_time_is_turned(words: str, figures: str) -> None:
    """
    A vague number, a part of a larger one and what is no time stay as they were said.
    """
    assert in_figures(words) == figures
