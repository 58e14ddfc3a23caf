"""What may stand in a field of text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.domain.errors import InvalidValue
from workstation.domain.text import check_text, single_line


def refusal(text: str, *, limit: int = 50, lines: bool = False) -> tuple[str, dict[str, object]]:
    with pytest.raises(InvalidValue) as refused:
        check_text("subject", text, limit=limit, lines=lines)
    assert refused.value.field == "subject"
    return refused.value.problem, refused.value.facts


@pytest.mark.parametrize("text", ["噪音扰民😀", "𬭎先生", "电话１９９", "👨‍👩‍👧一家", "❤️", "\U00031350", ""])
def test_rare_characters_and_emoji_are_kept(text: str) -> None:
    """
    Emoji, characters beyond the basic plane and full-width digits stay as they were written.
    """
    assert check_text("subject", text, limit=20) == text


def test_decomposed_characters_are_composed() -> None:
    """
    A letter typed with a combining accent is stored in its composed form.
    """
    assert check_text("subject", "e\u0301", limit=1) == "é"


@pytest.mark.parametrize(
    "character",
    [
        *("\x00", "\x07", "\x1b", "\x7f", "\u202e", "\ud800", "\u2067"),
        *("\u200b", "\ufeff", "\u00ad", "\u200f", "\u061c", "\U000e0041", "\u200d"),
        *("\ufffe", "\ufdd0", "\U0001ffff", "\ue000", "\U000f0000"),
    ],
)
def test_a_control_character_is_refused_with_its_position(character: str) -> None:
    """
    What nobody can see is refused and its position, counted from one, is named.
    """
    code = f"U+{ord(character):04X}"
    assert refusal("噪音" + character) == ("control_character", {"position": 3, "code": code})


def test_a_joiner_stands_inside_an_emoji_only() -> None:
    """
    Between letters it is as unseen as the others.
    """
    assert refusal("张\u200d三")[1] == {"position": 2, "code": "U+200D"}


def test_line_breaks_belong_to_a_narrative_only() -> None:
    """
    Line breaks and tabs are kept in a narrative and refused in a one-line field.
    """
    assert check_text("narrative", "一\r\n二\r三\t四", limit=20, lines=True) == "一\n二\n三\t四"
    assert refusal("一\n二")[0] == "control_character"


def test_length_is_counted_in_characters() -> None:
    """
    A character beyond the basic plane counts once, and a longer text is refused with both numbers.
    """
    assert check_text("subject", "𬭎" * 50, limit=50) == "𬭎" * 50
    assert refusal("𬭎" * 51) == ("too_long", {"limit": 50, "actual": 51})


def test_a_pasted_table_becomes_one_line() -> None:
    """
    Rows pasted from a spreadsheet become one line: commas between rows, spaces between cells.
    """
    assert single_line("张庄村\t3户\r\n李庄村\t\t2户\n\n") == "张庄村 3户，李庄村 2户"


def test_a_row_that_ends_with_a_stop_gets_no_comma() -> None:
    """
    No comma is added behind a row that already ends with punctuation.
    """
    assert single_line("停水三天。\n要求恢复") == "停水三天。要求恢复"


@given(st.text(max_size=80))
def test_a_single_line_has_no_line_breaks_and_stays_as_it_is(text: str) -> None:
    """
    One line stays one line however often it is laid out.
    """
    once = single_line(text)

    assert "\n" not in once
    assert "\t" not in once
    assert single_line(once) == once
