"""The cutting of text for the search index."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.domain.bigrams import Term, cut, folded, terms


@pytest.mark.parametrize(
    ("text", "words", "tails"),
    [
        ("拖欠工资", "拖欠 欠工 工资 资", ""),
        ("刷", "刷", ""),
        ("", "", ""),
        ("…！？😀", "", ""),
        ("电话１９９ 0000", "电话 话 199 0000", "991 0000"),
        ("No.7 楼Ab", "no 7 楼 ab", "7"),
        ("𬭎钢", "𬭎钢 钢", ""),
        ("231123-07-001", "231123 07 001", "321132 70 100"),
    ],
)
def test_text_is_cut_without_a_dictionary(text: str, words: str, tails: str) -> None:
    """
    A Chinese run becomes overlapping pairs and its last character, letters and digits stay whole.
    """
    assert cut([text]) == (words, tails)


def test_a_phrase_never_crosses_fields() -> None:
    """
    Between two fields stands a piece that no query can hold.
    """
    words, tails = cut(["张三", "李四1"])

    assert words == "张三 三 \ue000 李四 四 1"
    assert tails == "1"
    assert terms("\ue000") == ()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("工资", (Term(("工资",), open_end=False),)),
        ("欠工资", (Term(("欠工", "工资"), open_end=False),)),
        ("刷", (Term(("刷",), open_end=True),)),
        ("0123", (Term(("0123",), open_end=True, tail="3210"),)),
        ("abc", (Term(("abc",), open_end=True),)),
        ("3号楼", (Term(("3", "号楼"), open_end=False),)),
        ("号楼3", (Term(("号楼", "楼", "3"), open_end=True),)),
        ("231123-07-00", (Term(("231123", "07", "00"), open_end=True),)),
        ("张三，李四 5", (Term(("张三",), open_end=False), Term(("李四",), open_end=False), Term(("5",), True, "5"))),
        (" , ", ()),
    ],
)
def test_a_query_becomes_terms(query: str, expected: tuple[Term, ...]) -> None:
    """
    Blanks and commas part the terms of a query; inside a term the pieces follow each other.
    """
    assert terms(query) == expected


@given(st.text(max_size=40), st.text(max_size=40))
def test_cutting_takes_any_text(first: str, second: str) -> None:
    """
    Whatever is typed or pasted, the pieces hold only letters, digits and the break between fields.
    """
    words, tails = cut([first, second])

    assert all(piece.isalnum() or piece == "\ue000" for piece in words.split())
    assert tails.isascii()
    assert folded(folded(first)) == folded(first)
    for term in terms(first):
        assert all(piece.isalnum() for piece in term.pieces)
