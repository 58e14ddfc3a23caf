"""The recogniser with the weights we ship, and the command that asks it about a file."""

from __future__ import annotations

import io
import json
import lzma
import subprocess
import sys
from pathlib import Path

import pytest

from workstation.adapters.recognise_linear import LinearRecogniser
from workstation.adapters.suggest_file import run
from workstation.domain.categories import Category, CategoryTree
from workstation.domain.errors import InvalidValue

WEIGHTS = Path(__file__).parents[2] / "resources" / "models" / "categories.weights"
MEGABYTE = 1_000_000

TREE = CategoryTree(
    (
        Category("01", "城乡建设"),
        Category("02", "环境保护"),
        Category("0201", "大气污染"),
        Category("020101", "餐饮油烟", words=("油烟", "烧烤")),
        Category("03", "民政事务"),
        Category("030101", "低保办理", words=("低保",)),
    ),
    {"城乡建设": ("01",), "环境保护": ("02",)},
)

COVERED = {
    "楼下饭店的油烟直接排到我家窗户，臭味熏得没法开窗，污染环境": "环境保护",
    "化工厂半夜偷排废水，河里的鱼都死了，请环保局来查": "环境保护",
    "在工地干了半年，老板拖欠工资一直不给，打电话也不接": "劳动和社会保障",
    "退休手续办了三个月，养老金还没有发下来": "劳动和社会保障",
    "孩子今年上小学，想问一下学区怎么划分，报名要什么材料": "教育文体",
    "幼儿园乱收费，老师还要求家长买指定的教材": "教育文体",
    "医院做手术出了事故，医生不给说法，医患纠纷怎么处理": "卫生计生",
    "二胎准生证办了两个月没有办下来，计生办总说再等等": "卫生计生",
    "出租车司机拒载还乱要价，不打表": "交通运输",
    "快递放在驿站丢了，快递公司不赔": "交通运输",
    "超市卖的猪肉是变质的，价格还乱标，要求市场监管部门查处": "商贸旅游",
    "小区电梯三天两头出故障，关人好几次，没有人维修": "商贸旅游",
    "小区物业乱收费，停车位高价出售，业主要求成立业委会": "城乡建设",
    "安置房交房两年了办不了房产证，开发商一直推": "城乡建设",
}

UNCOVERED = (
    "去年申请的低保一直没有批下来，老人没有任何收入",
    "邻居打人之后派出所一直不立案，民警说证据不够",
    "户口从外地迁回来需要什么材料，派出所说办不了",
    "村里的农田灌溉水渠被人填了，水稻没法浇水",
    "水库的水放干了，村民的鱼塘和农田都没有水",
    "被人电话诈骗了三万块钱，公安局说没法追回来",
    "理财公司非法集资跑路了，本金和利息都没有了",
    "退伍军人优抚补助发到哪一级民政部门领",
    "村支书把扶贫款发给亲戚，贫困户一分钱没有",
    "公墓价格太高，殡葬服务乱加项目",
)


@pytest.fixture(scope="module")
def recogniser() -> LinearRecogniser:
    return LinearRecogniser(WEIGHTS, TREE)


def rows(file: Path, *, column: str = "text", top: int = 3, prefix: int | None = None) -> list[dict[str, object]]:
    """Ask about each row of *file* with the labels of the training data."""
    out = io.StringIO()
    assert run(file, column, top, prefix, "contest", out) == 0
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_the_weights_are_small_enough_for_the_repository() -> None:
    """
    The weights take at most a megabyte.
    """
    assert WEIGHTS.stat().st_size <= MEGABYTE


@pytest.mark.parametrize(("note", "label"), COVERED.items())
def test_plain_notes_are_recognised(recogniser: LinearRecogniser, note: str, label: str) -> None:
    """
    An everyday matter is among the three labels offered, and its reasons are words of the note.
    """
    found = recogniser.labels(note)

    assert label in [s.name for s in found.top]
    assert all(len(word) >= 2 and word in note for s in found.top for word in s.reasons)
    assert found.top[0].reasons


def test_most_notes_are_right_at_once_and_sure(recogniser: LinearRecogniser) -> None:
    """
    Of the everyday notes at most two are wrong at first choice, and at most three are called unsure.
    """
    answers = [(recogniser.labels(note), label) for note, label in COVERED.items()]

    assert sum(found.top[0].name != label for found, label in answers) <= 2
    assert sum(found.unsure for found, _ in answers) <= 3


def test_what_no_label_covers_is_mostly_called_unsure(recogniser: LinearRecogniser) -> None:
    """
    Of ten matters that no label covers, at least eight are called unsure.
    """
    assert sum(recogniser.labels(note).unsure for note in UNCOVERED) >= 8


@pytest.mark.parametrize("note", ["", "路灯坏了", "王先生来电反映：市民，路灯坏了", "   \n", "😀" * 9])
def test_too_little_gives_nothing(recogniser: LinearRecogniser, note: str) -> None:
    """
    Below ten characters, the stock opening not counted, nothing is offered and the answer is unsure.
    """
    found = recogniser.suggest(note)

    assert (found.top, found.unsure) == ((), True)


@pytest.mark.parametrize(
    "note", ["hello world, this is a test", "19900001234 19900005678", "😀" * 40, "𬭎" * 20, "，" * 30]
)
def test_what_is_not_chinese_is_unsure(recogniser: LinearRecogniser, note: str) -> None:
    """
    Numbers, emoji, rare characters and other languages are answered, and called unsure.
    """
    assert recogniser.labels(note).unsure


def test_the_opening_changes_nothing(recogniser: LinearRecogniser) -> None:
    """
    The same note with and without a stock opening gets the same answer.
    """
    note = "楼下烧烤店的油烟很大，影响休息"

    assert recogniser.labels(f"李女士来电反映：市民{note}") == recogniser.labels(note)


def test_the_tree_is_answered_with_a_leaf(recogniser: LinearRecogniser) -> None:
    """
    With our own tree the word of the note names the leaf and stands first among the reasons.
    """
    found = recogniser.suggest("楼下饭店的油烟直接排到我家窗户，臭味污染环境")

    assert found.top[0].code == "020101"
    assert found.top[0].reasons[0] == "油烟"


def test_an_uncovered_matter_finds_its_leaf_by_word(recogniser: LinearRecogniser) -> None:
    """
    A matter that no label covers is unsure, and yet offered where a word of the tree names it.
    """
    found = recogniser.suggest("去年申请的低保一直没有批下来，老人没有任何收入")

    assert found.unsure
    assert found.top[0].code == "030101"


def test_a_very_long_note_is_answered(recogniser: LinearRecogniser) -> None:
    """
    A note of many thousand characters gives the answer of its first part.
    """
    note = "工地老板拖欠工资，一直不给。" * 400

    assert recogniser.labels(note).top[0].name == "劳动和社会保障"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (None, "unreadable"),
        (b"something else", "wrong_kind"),
        (b"CATEGORY WEIGHTS 1\n{}\n", "wrong_shape"),
        (WEIGHTS.read_bytes()[:-2000], "damaged"),
    ],
)
def test_damaged_weights_are_named(tmp_path: Path, content: bytes | None, problem: str) -> None:
    """
    Weights that are missing, foreign or cut off are refused when they are loaded, not when they are named.
    """
    path = tmp_path / "x.weights"
    if content is not None:
        path.write_bytes(content)
    recogniser = LinearRecogniser(path, TREE)

    with pytest.raises(InvalidValue) as refused:
        recogniser.warm()

    assert refused.value.problem == problem


def test_numpy_stays_off_the_start_up_path() -> None:
    """
    Making a recogniser loads neither numpy nor the weights.
    """
    code = (
        "import sys; from pathlib import Path; from workstation.adapters.recognise_linear import LinearRecogniser; "
        "from workstation.domain.categories import CategoryTree; "
        "LinearRecogniser(Path('none'), CategoryTree(())); sys.exit('numpy' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_file_is_answered_row_by_row(tmp_path: Path) -> None:
    """
    Each row gives one line in order, whatever stands in it: an empty cell, a very long one, a byte-order mark before.
    """
    file = tmp_path / "notes.csv"
    long = "工地老板拖欠工资，一直不给。" * 600
    file.write_text(f'id,text\n1,"{long}"\n2,\n3,"化工厂偷排废水，\n河里的鱼都死了"\n4\n', encoding="utf-8-sig")

    found = rows(file)

    assert [row["line"] for row in found] == [1, 2, 3, 4]
    assert [row["unsure"] for row in found] == [False, True, False, True]
    assert found[1]["top"] == []


def test_a_line_has_the_promised_shape(tmp_path: Path) -> None:
    """
    A line names label, probability and reasons of as many labels as asked for.
    """
    file = tmp_path / "notes.csv.xz"
    with lzma.open(file, "wt", encoding="utf-8") as packed:
        packed.write("note\n楼下饭店油烟很大，污染环境，没法开窗\n")

    (row,) = rows(file, column="note", top=2)
    top = row["top"]

    assert isinstance(top, list)
    assert len(top) == 2
    assert set(top[0]) == {"label", "p", "reasons"}
    assert top[0]["label"] == "环境保护"
    assert row["unsure"] is False


def test_a_prefix_reads_what_was_typed_so_far(tmp_path: Path) -> None:
    """
    With a prefix only so many characters are read.
    """
    file = tmp_path / "notes.csv"
    file.write_text("text\n在工地干了半年老板拖欠工资，楼下饭店油烟很大\n", encoding="utf-8")

    assert rows(file, prefix=9)[0]["top"] == []
    assert rows(file, prefix=14) != rows(file)


def test_our_own_tree_answers_with_its_codes(tmp_path: Path) -> None:
    """
    Without a scheme the lines name nodes of the content pack, by name and code.
    """
    file = tmp_path / "notes.csv"
    file.write_text("text\n楼下饭店的油烟直接排到我家窗户，臭味污染环境\n", encoding="utf-8")
    out = io.StringIO()

    assert run(file, "text", 3, None, "own", out) == 0

    top = json.loads(out.getvalue())["top"]
    assert all(offer["code"].isdigit() and offer["label"] for offer in top)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (None, "unreadable"),
        (b"note\nx\n", "missing_column"),
        ("text\n夜里".encode("gbk"), "not_utf8"),
        (b"", "missing_column"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes | None, problem: str
) -> None:
    """
    A missing file, a missing column or another encoding is refused with its reason.
    """
    file = tmp_path / "notes.csv"
    if content is not None:
        file.write_bytes(content)

    assert run(file, "text", 3, None, "contest", io.StringIO()) == 2

    said = capsys.readouterr().err
    assert problem in said
    assert "file=notes.csv" in said
