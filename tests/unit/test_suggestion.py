"""The suggestion of a category: what is read, how sure it is, and how labels are led down our tree."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.domain.categories import Category, CategoryTree
from workstation.domain.suggestion import Recognised, Suggestion, TreeWords, refine
from workstation.domain.suggestion_scale import chance, shares, temperature
from workstation.domain.suggestion_text import READ_LIMIT, Reader, Reading, prefixes

READER = Reader(
    Reading(openings=(r"^[^，]{0,8}?来电反映[：:]?(市民)?，?", "^市民反映"), masks=(r"[a-z]\d*(?=[市区])",))
)
KNOTS = ((10, 0.8), (40, 0.4))

TREE = CategoryTree(
    (
        Category("01", "城乡建设"),
        Category("0101", "道路桥梁"),
        Category("010101", "路面破损坑洼", words=("大坑", "路面破损")),
        Category("010102", "路灯不亮", words=("路灯",)),
        Category("02", "住房物业"),
        Category("0201", "物业服务"),
        Category("020101", "电梯故障", words=("电梯", "困人")),
        Category("03", "环境保护"),
        Category("0301", "噪声"),
        Category("030101", "施工噪声", words=("打桩", "夜间施工"), aliases=("工地噪音",)),
        Category("04", "民政事务"),
        Category("0401", "社会救助"),
        Category("040101", "低保办理", words=("低保",)),
    ),
    {"城乡建设": ("01", "02"), "环境保护": ("03", "99")},
)


def recognised(building: float, *, uncovered: float = 0.0, unsure: bool = False) -> Recognised:
    """Answer as a recogniser of two labels would."""
    labels = (
        Suggestion("城乡建设", "城乡建设", building, ("修路",)),
        Suggestion("环境保护", "环境保护", 1 - building, ("污染", "打桩机")),
    )
    return Recognised(labels, uncovered, unsure)


def offered(text: str, said: Recognised, top: int = 3) -> list[str]:
    return [s.code for s in refine(TREE, TreeWords(TREE), said, text, top).top]


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("王先生来电反映：市民，楼下有大坑", "楼下有大坑"),
        ("\ufeff  市民反映楼下有大坑\n", "楼下有大坑"),
        ("楼下有大坑，来电反映", "楼下有大坑，来电反映"),
        ("", ""),
    ],
)
def test_the_stock_opening_is_not_read(text: str, spoken: str) -> None:
    """
    What every note begins with is stripped, the same words further on are kept.
    """
    assert READER.spoken(text) == spoken


def test_a_note_is_folded_to_what_is_counted() -> None:
    """
    Width, case, marks, place codes and the digits of a number make no difference.
    """
    assert READER.folded("Ａ３市区12栋、５号楼 WiFi坏了！😀") == "市区0栋0号楼wifi坏了"


def test_without_patterns_everything_is_read() -> None:
    """
    A city may do without openings and masks.
    """
    plain = Reader(Reading())

    assert plain.folded(plain.spoken("市民反映A3区停水")) == "市民反映a0区停水"


@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    """
    Whatever is typed, at most the limit is read, and the lead is no longer than the whole.
    """
    spoken = READER.spoken(text * 20)
    whole, lead = READER.parts(spoken)

    assert len(spoken) <= READ_LIMIT
    assert len(READER.folded(lead)) <= len(READER.folded(whole)) or not whole.startswith(lead)


def test_prefixes_are_what_was_typed_so_far() -> None:
    """
    A text gives one prefix for each length that it exceeds.
    """
    assert prefixes("一二三四", (2, 4, 8)) == ("一二",)


@pytest.mark.parametrize(("length", "heat"), [(3, 0.8), (10, 0.8), (20, 0.6), (40, 0.4), (900, 0.4)])
def test_the_temperature_depends_on_the_length(length: int, heat: float) -> None:
    """
    Between the knots the temperature goes with the logarithm of the length; beyond them it stays.
    """
    assert temperature(length, KNOTS) == pytest.approx(heat)


@given(st.lists(st.floats(-50, 50), min_size=2, max_size=9), st.floats(0.05, 5))
def test_probabilities_keep_the_order_of_the_scores(scores: list[float], heat: float) -> None:
    """
    Probabilities add up to one, and the best score has the best probability.
    """
    p = shares(scores, heat)

    assert math.fsum(p) == pytest.approx(1)
    assert p[scores.index(max(scores))] == max(p)


@pytest.mark.parametrize(("score", "p"), [(0.0, 0.5), (-1000.0, 0.0), (1000.0, 1.0)])
def test_a_yes_or_no_head_never_overflows(score: float, p: float) -> None:
    """
    Any score becomes a probability.
    """
    assert chance(score) == pytest.approx(p)


def test_a_word_of_the_note_names_the_leaf() -> None:
    """
    The label says which branch, the word which leaf; the word is the first reason.
    """
    found = refine(TREE, TreeWords(TREE), recognised(0.9), "门口的路面破损很久了")

    assert found.top[0].code == "010101"
    assert found.top[0].reasons == ("路面破损", "修路")


def test_a_note_that_names_no_leaf_gets_its_upper_level() -> None:
    """
    Without a word of the tree the likeliest first level is offered, alternatives of a label are not.
    """
    assert offered("说不清的事情", recognised(0.9)) == ["01", "03"]


def test_a_word_brings_in_the_other_code_of_a_label() -> None:
    """
    A label that stands for two of our codes goes where the word points.
    """
    assert offered("小区电梯困人", recognised(0.95))[0] == "020101"


def test_a_leaf_makes_its_upper_levels_superfluous() -> None:
    """
    What stands above a better node is not offered again.
    """
    codes = offered("夜间施工打桩", recognised(0.5))

    assert codes == ["030101", "01"]


def test_a_reason_is_not_told_twice() -> None:
    """
    A word that holds or is held by a reason already given is left out.
    """
    found = refine(TREE, TreeWords(TREE), recognised(0.1), "工地打桩机很吵")

    assert found.top[0].reasons == ("打桩", "污染")


def test_the_longest_word_speaks_alone() -> None:
    """
    A word inside a longer one that was found says nothing more.
    """
    assert TreeWords(TREE).found("路面破损坑洼") == {"010101": {"路面破损坑洼": 6.0}}


def test_a_matter_that_no_label_covers_is_named_by_its_word() -> None:
    """
    However sure the recogniser is of its labels, a word of an uncovered branch puts that branch on offer.
    """
    sure, doubting = recognised(0.9), recognised(0.9, uncovered=0.8, unsure=True)

    assert "040101" in offered("低保一直没有批", sure)
    assert offered("低保一直没有批", doubting)[0] == "040101"


def test_what_is_probably_not_covered_is_offered_with_little_probability() -> None:
    """
    When the matter is probably none of ours and no word names it, no offer claims to be likely.
    """
    found = refine(TREE, TreeWords(TREE), recognised(0.9, uncovered=0.9, unsure=True), "说不清的事情")

    assert found.unsure
    assert max(s.p for s in found.top) < 0.1


def test_a_tree_without_labels_and_words_offers_nothing() -> None:
    """
    A replaced tree that has nothing in common with the labels gives no offer, and no crash.
    """
    empty = CategoryTree(())

    assert refine(empty, TreeWords(empty), recognised(0.5), "低保").top == ()


@given(st.text(alphabet="低保电梯打桩大坑夜间施工路面破损，", max_size=30), st.floats(0, 1), st.floats(0, 1))
def test_offers_are_ordered_and_never_claim_too_much(text: str, building: float, uncovered: float) -> None:
    """
    Offers are at most as many as asked for, each once, the likeliest first, together at most certain.
    """
    top = refine(TREE, TreeWords(TREE), recognised(building, uncovered=uncovered), text, 2).top

    assert len({s.code for s in top}) == len(top) <= 2
    assert [s.p for s in top] == sorted((s.p for s in top), reverse=True)
    assert math.fsum(s.p for s in top) <= 1 + 1e-9


def test_the_word_that_was_said_first_counts_double() -> None:
    """
    Of two leaves with one word each, the one named in the lead comes first.
    """
    late = "另外还有一件事情要说一下。" * 8

    assert offered(f"小区的路灯坏了{late}门口还有大坑", recognised(0.9))[0] == "010102"
    assert offered(f"门口的大坑没人填{late}路灯也坏了", recognised(0.9))[0] == "010101"


def test_a_word_of_an_upper_level_supports_its_leaf() -> None:
    """
    With a word for the branch and one for a leaf below it, the leaf is offered and the branch is not.
    """
    assert offered("社会救助里的低保", recognised(0.9, uncovered=0.9))[0] == "040101"
    assert offered("社会救助怎么申请", recognised(0.9, uncovered=0.9))[0] == "0401"


def test_hopeless_offers_are_left_out() -> None:
    """
    What is next to impossible takes no place on the screen; the best offer always does.
    """
    assert offered("路面破损大坑", recognised(0.999)) == ["010101"]
