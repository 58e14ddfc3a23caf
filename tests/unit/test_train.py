"""Training: what it learns from, what it reports, and that run time scores exactly as training did."""

from __future__ import annotations

import csv
import random
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("sklearn", reason="scikit-learn belongs to the train extra")

import numpy as np

from workstation.adapters.recognise_model import LinearModel
from workstation.build.train import main
from workstation.build.train_groups import folds, group
from workstation.build.train_model import Lessons, Linear, fit, wordlike
from workstation.build.train_report import macro_f1, quality
from workstation.build.train_rows import Message, ReadingFile, lessons, speaks_of_uncovered
from workstation.build.train_weights import Facts, packed

if TYPE_CHECKING:
    from pathlib import Path

TOPICS = {
    "噪声": ("施工噪音", "半夜打桩", "音响太吵", "歌厅吵闹", "睡不着觉"),
    "工资": ("拖欠工资", "包工头跑了", "工钱没给", "劳动合同", "社保没交"),
    "学校": ("幼儿园收费", "小学报名", "中考分数", "学区划分", "老师补课"),
}
NAME = "龘"
READING = ReadingFile(("^市民反映",), ("某市",), {"民政": ("低保", "殡葬")})


def filler(chance: random.Random, length: int) -> str:
    """Make up characters without a meaning, so that two messages are no twins."""
    return "".join(chr(0x4E00 + chance.randrange(600)) for _ in range(length))


def messages(each: int = 14) -> list[Message]:
    """Invent messages of every topic."""
    chance = random.Random(7)  # noqa: S311 -- invented text, no secret
    return [
        Message(f"{filler(chance, 9)}{'，'.join(chance.sample(words, 3))}{filler(chance, 9)}", label)
        for label, words in TOPICS.items()
        for _ in range(each)
    ]


def written(path: Path, rows: list[Message]) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file)
        table.writerow(("text", "label"))
        table.writerows((row.text, row.label) for row in rows)
    return path


def command(records: Path, out: Path, *more: str) -> int:
    return main(["--no-messages", "--records", str(records), "--out", str(out), *more])


def fitted(rows: list[Message]) -> Linear:
    """Fit on *rows*, those without a label being what no label covers."""
    names = sorted({row.label for row in rows if row.label})
    labels = np.array([names.index(row.label) if row.label else -1 for row in rows])
    return fit(Lessons(lessons(rows, READING.reader()), labels, np.arange(len(rows))))


def test_training_reports_before_it_writes_and_writes_the_same_bytes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """
    The report of the grouped cross-validation precedes the writing, and a second training gives the same file.
    """
    records = written(tmp_path / "records.csv", messages())

    assert command(records, tmp_path / "a.weights") == 0
    said = capsys.readouterr().out
    assert command(records, tmp_path / "b.weights") == 0

    assert said.index("macro-F1") < said.index("written:")
    assert (tmp_path / "a.weights").read_bytes() == (tmp_path / "b.weights").read_bytes()


def test_worse_weights_replace_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """
    Weights below the wanted quality are not written, nor any when only the report is wanted.
    """
    records = written(tmp_path / "records.csv", messages())
    out = tmp_path / "kept.weights"
    out.write_bytes(b"before")

    assert command(records, out, "--least-f1", "1.1") == 1
    assert command(records, out, "--report-only") == 0

    assert "not written" in capsys.readouterr().err
    assert out.read_bytes() == b"before"


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        (messages()[:14], "too_few_labels"),
        ([*messages(), Message("只有这一条讲供暖的留言", "供暖")], "too_few_messages"),
    ],
)
def test_what_cannot_be_measured_is_not_trained(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], rows: list[Message], why: str
) -> None:
    """
    One label alone, or a label with a handful of messages, is refused with its name.
    """
    assert command(written(tmp_path / "records.csv", rows), tmp_path / "none.weights") == 2

    assert why in capsys.readouterr().err
    assert not (tmp_path / "none.weights").exists()


def test_a_file_without_the_column_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """
    Records without a column text are refused.
    """
    records = tmp_path / "records.csv"
    records.write_text("note,label\n楼下很吵,噪声\n", encoding="utf-8")

    assert command(records, tmp_path / "none.weights") == 2
    assert "missing_column" in capsys.readouterr().err


def test_run_time_scores_as_training_did(tmp_path: Path) -> None:
    """
    The weights file, read with numpy alone, gives the scores of the fitted model, short notes and long.
    """
    rows = [*messages(), Message("低保申请没有批", ""), Message("殡葬费用太高", "")]
    model = fitted(rows)
    facts = Facts(tuple(TOPICS), READING.openings, READING.masks, ((10, 1.0),), 0.5, 0.4, len(rows), ())
    path = tmp_path / "small.weights"
    path.write_bytes(packed(model, wordlike(model.ngrams, [row.text for row in rows]), facts))
    runtime = LinearModel(path)
    spoken = ["楼下半夜打桩施工噪音", "包工头跑了" * 60, "低保", "幼儿园收费，小学报名" + "拖欠工资" * 30, "x"]

    expected = model.scores(spoken, READING.reader())
    found = np.array([runtime.scored(text).scores for text in spoken])

    np.testing.assert_allclose(found, expected, atol=2e-3)


def test_what_no_label_covers_has_its_own_head() -> None:
    """
    With lessons for "not covered" its head tells them from the rest; without, it always says no.
    """
    rows = messages()
    taught = [*rows, *(Message(f"低保殡葬{filler(random.Random(n), 6)}", "") for n in range(9))]  # noqa: S311
    text = ["咨询低保殡葬的事情"]

    assert fitted(taught).scores(text, READING.reader())[0, -1] > 0
    assert fitted(rows).scores(text, READING.reader())[0, -1] < -5


def test_names_are_not_kept() -> None:
    """
    An n-gram that stands in a single message, however often, is not among the weights, and none is longer than two.
    """
    rows = [*messages(), Message(f"{NAME}师傅拖欠工资，" * 8, "工资")]
    model = fitted(rows)

    assert not any(NAME in ngram for ngram in model.ngrams)
    assert max(map(len, model.ngrams)) == 2


def test_a_segmented_twin_shares_the_fold_of_its_message() -> None:
    """
    A message, the same without its small words, and the same sent again fall into one fold; others do not join them.
    """
    raw = "我们小区楼下的烧烤店每天晚上都营业到凌晨两点，油烟很大，已经影响到了居民的休息，请有关部门来处理一下。"
    cut = "小区楼下烧烤店每天晚上营业凌晨两点油烟很大影响居民休息请有关部门处理"
    others = [message.text for message in messages(20)]
    texts = [READING.reader().folded(text) for text in [raw, *others, cut, raw + "急！"]]

    groups = group(texts)
    fold = folds(groups, np.arange(len(texts)) % 2)

    assert groups[0] == groups[-1] == groups[-2]
    assert fold[0] == fold[-1] == fold[-2]
    assert len(set(groups.tolist())) == 61


def test_each_message_teaches_whole_typed_and_titled() -> None:
    """
    A raw message gives itself, each prefix and its title, a segmented one no title and less weight.
    """
    raw = Message("一二三四五六七八九十" * 5, "噪声", "半夜打桩")
    cut = Message("一二三四五六七八九十百", "噪声", "半夜打桩", raw=False)

    found = [(len(item.text), item.of, item.weight) for item in lessons([raw, cut], READING.reader())]

    assert found == [(50, 0, 1), (10, 0, 0.5), (20, 0, 0.5), (40, 0, 0.5), (4, 0, 0.5), (11, 1, 1), (10, 1, 0.2)]


@pytest.mark.parametrize(
    ("message", "uncovered"),
    [
        (Message("很长的正文", "", "咨询低保"), True),
        (Message("请问殡葬怎么收费", ""), True),
        (Message("正文里才说到低保", "", "路灯不亮"), False),
    ],
)
def test_the_title_says_what_is_uncovered(message: Message, *, uncovered: bool) -> None:
    """
    A message counts as not covered by its title, or by its opening when there is none.
    """
    assert speaks_of_uncovered(message, READING) is uncovered


def test_the_measures_are_what_they_are_called() -> None:
    """
    Accuracy, macro-F1, top-3 and calibration error of a worked example.
    """
    p = np.array([[0.9, 0.05, 0.03, 0.02], [0.6, 0.3, 0.06, 0.04], [0.5, 0.3, 0.15, 0.05], [0.1, 0.2, 0.3, 0.4]])
    labels = np.array([0, 1, 3, 3])

    found = quality(20, p, labels)

    assert (found.accuracy, found.top3) == (0.5, 0.75)
    assert found.macro_f1 == pytest.approx((1 / 2 + 0 + 2 / 3) / 3)
    assert found.error == pytest.approx((0.1 + 0.6 + 0.5 + 0.6) / 4)
    assert macro_f1(labels, labels) == 1
    assert str(found).startswith("   20  accuracy 0.5000  macro-F1 0.3889  top-3 0.7500  ECE 0.45")
