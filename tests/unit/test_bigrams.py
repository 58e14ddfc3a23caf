"""The cutting of text for the search index."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.domain.bigrams import Term, cut, folded, places_of, terms


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


@pytest.mark.parametrize(
    ("text", "query", "found"),
    [
        ("昨天在市中区买酒", "市中", ["市中"]),
        ("昨天在市中区买酒", "昨天 买酒", ["昨天", "买酒"]),
        ("电话１９９００００３３２１", "3321", ["３３２１"]),
        ("电话19900003321", "199", ["199"]),
        ("电话19900003321", "0000", []),
        ("261124-06-001", "261124-06", ["261124-06"]),
        ("Ab楼", "ab", ["Ab"]),
        ("路灯路灯", "路灯", ["路灯路灯"]),
        ("路灯", "", []),
    ],
)
def test_the_places_of_what_was_found(text: str, query: str, found: list[str]) -> None:
    """
    What a search found stands at its places in the text, whatever its width and case; what it did not find has none.
    """
    assert [text[start:end] for start, end in places_of(text, query)] == found
