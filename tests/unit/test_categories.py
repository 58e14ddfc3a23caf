"""The category tree and the picker's search."""

import pytest

from workstation.domain.categories import Category, CategoryTree
from workstation.domain.picker import Rank, find

TREE = CategoryTree(
    (
        Category("01", "城乡建设", pinyin=("cheng", "xiang", "jian", "she")),
        Category("0101", "市政设施", pinyin=("shi", "zheng", "she", "shi")),
        Category("010101", "路灯不亮", ("路灯", "照明"), ("灯坏",), pinyin=("lu", "deng", "bu", "liang")),
        Category(
            "010102",
            "井盖缺失",
            ("窨井",),
            pinyin=("jing", "gai", "que", "shi"),
            alias_pinyin=(("yin", "jing", "gai"),),
        ),
        Category("02", "环境保护", pinyin=("huan", "jing", "bao", "hu")),
        Category("0201", "噪声", sheet="noise", pinyin=("zao", "sheng")),
        Category("020101", "施工噪声", ("打桩",), pinyin=("shi", "gong", "zao", "sheng")),
    ),
    {"环境保护": ("02",)},
)


def found(typed: str, **options: object) -> list[str]:
    return [hit.category.code for hit in find(TREE, typed, **options)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("ldbl", "010101"),
        ("ludengbuliang", "010101"),
        ("LuDeng", "010101"),
        ("zaosheng", "0201"),
        ("010102", "010102"),
        ("路灯不亮", "010101"),
        ("打桩", "020101"),
        ("灯坏", "010101"),
        ("yjg", "010102"),
        ("环境 施工", "020101"),
        ("sgz", "020101"),
    ],
)
def test_a_node_is_found_by_code_pinyin_and_words(typed: str, code: str) -> None:
    """
    Initials, full pinyin, code, words, aliases and a branch's name with a word all lead to the node.
    """
    assert found(typed)[0] == code


@pytest.mark.parametrize("typed", ["xyz", "99", "飞机", "路灯 打桩"])
def test_what_fits_nothing_finds_nothing(typed: str) -> None:
    """
    A search that no node answers is empty, also when each of its words fits some other node.
    """
    assert found(typed) == []


def test_exact_beats_prefix_and_prefix_beats_inside() -> None:
    """
    The better answer comes first, whatever the order of the codes.
    """
    hits = find(TREE, "zs", within="02")

    assert [(hit.category.code, hit.rank) for hit in hits] == [("0201", Rank.EXACT), ("020101", Rank.INSIDE)]


def test_among_equals_the_more_used_comes_first() -> None:
    """
    Usage decides between equally good answers.
    """
    assert found("01", usage={"010102": 3})[:2] == ["01", "010102"]
    assert found("01")[:2] == ["01", "0101"]


def test_nothing_typed_lists_the_level_to_choose_from() -> None:
    """
    An empty field shows the first level, and inside a branch its children.
    """
    assert found("") == ["01", "02"]
    assert found(" ", within="0101") == ["010101", "010102"]


def test_search_stays_in_the_branch_and_the_limit() -> None:
    """
    A branch confines the search and the limit cuts it.
    """
    assert found("sg", within="02") == ["020101"]
    assert found("l", within="02") == []
    assert len(found("0", limit=3)) == 3


def test_tree_knows_its_levels() -> None:
    """
    Path, names, children, leaves and level follow from the codes.
    """
    assert TREE.names("020101") == ("环境保护", "噪声", "施工噪声")
    assert [node.code for node in TREE.children("0101")] == ["010101", "010102"]
    assert [node.code for node in TREE.leaves("01")] == ["010101", "010102"]
    assert (TREE["020101"].level, TREE["020101"].parent_code, len(TREE), "0201" in TREE) == (3, "0201", 7, True)
    assert TREE.path("9999") == ()


def test_sheet_comes_from_the_nearest_level() -> None:
    """
    A leaf takes the question sheet of its branch, and the general one when no level names any.
    """
    assert TREE.sheet("020101") == "noise"
    assert TREE.sheet("010101") == "general"


def test_part_of_a_name_finds_it_after_the_beginning() -> None:
    """
    Words from the middle of a name find it, a leaf before the branch above it.
    """
    assert found("声") == ["020101", "0201"]
    assert find(TREE, "缺失")[0].rank is Rank.INSIDE
