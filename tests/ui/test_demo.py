"""The promises of the demonstration: invented notes, played through both consoles by keys."""

import json
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from workstation.bootstrap import played
from workstation.bootstrap.stage import two_consoles
from workstation.domain.errors import InvalidValue
from workstation.domain.intake_check import NARRATIVE_LIMIT
from workstation.domain.order import Kind
from workstation.ui import demo
from workstation.ui.demo_notes import Note, Words, kind, read, read_notes, read_words, wish

NOISE = "锦绣花园对面工地昨晚十点多开始打桩，一直到凌晨两点，已经连着三天了。希望晚上别再施工。盼回复。"
FIRE = "快来人，三号楼五楼着火了，浓烟滚滚，里面还有人出不来了。"
SILENT = ""
ASKED = "您好，请问身份证在哪里办？"
COURT = "我和装修公司的合同纠纷已经在法院立案，下周就要开庭，想让你们先给我评评理。"


@pytest.fixture(scope="module")
def words() -> Words:
    return read_words()


def test_every_note_ends_closed_or_rightly_refused(tmp_path: Path, qtbot: QtBot) -> None:
    """
    An order is closed, a danger goes to police and rescue, a court case and a question get their item; nothing is lost.
    """
    del qtbot
    notes = tmp_path / "notes.csv"
    rows = [
        f"{NOISE},王女士,0632-5550123,滕州市北辛街道新兴路锦绣花园",
        f"{FIRE},,,",
        f"{COURT},,,",
        f"{SILENT},,没有号码,",
        f"{ASKED},,,",
    ]
    notes.write_text("\n".join(["text,caller,phone,place", *rows]), encoding="utf-8")
    said: list[str] = []

    code = demo.run(two_consoles(tmp_path / "roots", on_demand=False), read_notes(notes), tmp_path, said.append)

    order, fire, court, silent, asked, total = (json.loads(line) for line in said)
    assert code == 0
    assert (order["line"], order["outcome"], order["state"], order["refused"]) == (1, "work_order", "closed", "")
    assert {"happened", "respondent"} <= set(order["missing"])
    assert not {"region", "caller_name", "contact_phone", "address", "wish", "wants_reply"} & set(order["missing"])
    assert (fire["outcome"], fire["state"]) == ("urgent_linkage+police_dispatch", "concluded")
    assert fire["refused"].startswith("danger: ")
    assert court["outcome"] == "not_accepted"
    assert court["refused"].startswith("not accepted: ")
    assert (silent["outcome"], silent["state"], silent["refused"]) == (
        "invalid_call",
        "concluded",
        "invalid call: silent",
    )
    assert (asked["outcome"], asked["refused"]) == ("direct_answer", "answered: 身份证办理地点和时间")
    assert 0 < court["keys"] < fire["keys"] < order["keys"] <= 60
    assert {key: total[key] for key in ("notes", "sent", "approved", "closed", "refused", "lost", "pictures")} == {
        "notes": 5, "sent": 1, "approved": 1, "closed": 1, "refused": 4, "lost": 0, "pictures": 4,
    }  # fmt: skip
    assert list(order) == ["line", "number", "outcome", "state", "missing", "keys", "refused"]
    sent = json.loads((tmp_path / "orders.jsonl").read_text(encoding="utf-8"))
    assert sent["order"]["wish"] == "希望晚上别再施工"
    assert sent["order"]["address"] == "滕州市北辛街道新兴路锦绣花园"
    assert sent["order"]["region_name"].endswith("北辛街道")
    assert sent["order"]["respondent"] == ""
    assert sent["order"]["contact_phone"] == "06325550123"
    assert sent["order"]["subject"].count("北辛街道") == 1


def test_nothing_is_read_that_was_not_said(words: Words) -> None:
    """
    A note without a name, a place, a wish or the request to be called back leaves those fields empty.
    """
    said = read(Note(1, "路灯坏了"), words)

    assert said.values == {"caller_name": "", "address": "", "kind": Kind.COMPLAINT, "wish": "", "wants_reply": ""}
    assert said.narrative == "路灯坏了"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("路灯坏了一个月，希望尽快修好，谢谢。", ""),
        ("路灯坏了一个月。我们希望尽快修好！", "我们希望尽快修好"),
        ("厂子没有按国家要求排放污水。", ""),
        ("希望" + "很" * 60 + "快。", ""),
        ("恳请先修东门。希望再修西门的灯。", "希望再修西门的灯"),
    ],
)
def test_a_wish_is_in_the_callers_own_words(text: str, wanted: str, words: Words) -> None:
    """
    Only a short clause that begins as a wish is taken, the last one said, and never a part of a word.
    """
    assert wish(text, words.wishes, words) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("请问居住证在哪里办", Kind.CONSULT),
        ("举报一家店卖过期食品", Kind.REPORT),
        ("小区门口天天堵车", Kind.COMPLAINT),
        ("小区门口天天堵车" * 10 + "，请问谁管", Kind.COMPLAINT),
    ],
)
def test_the_kind_is_what_is_said_first(text: str, wanted: Kind, words: Words) -> None:
    """
    A question at the end of a long complaint makes it no consultation.
    """
    assert kind(text, words) is wanted


def test_a_note_that_is_too_long_is_cut_where_everybody_sees_it(words: Words) -> None:
    """
    The first part is kept up to the limit, and a visible remark says that there was more.
    """
    said = read(Note(1, "长" * (NARRATIVE_LIMIT + 1)), words)

    assert said.cut == ("narrative",)
    assert len(said.narrative) == NARRATIVE_LIMIT
    assert said.narrative.endswith(words.cut)


def test_a_limit_spreads_over_the_file_and_takes_the_longest(tmp_path: Path) -> None:
    """
    Fewer notes than the file has are taken from all of it, in its order, and the longest is among them.
    """
    file = tmp_path / "notes.csv"
    rows = ["短"] * 20
    rows[13] = "最长的一条"
    file.write_text("\n".join(["text", *rows]), encoding="utf-8")

    taken = read_notes(file, 4)
    assert [note.line for note in taken] == [1, 6, 11, 14]
    assert len(read_notes(file)) == 20
    assert len({note.phone for note in taken}) == 4
    assert all(note.phone.startswith("199000") for note in taken)


@pytest.mark.parametrize(
    ("name", "raw", "problem"),
    [
        ("none.csv", None, "unreadable"),
        ("other.csv", b"words\nx\n", "no_column"),
        ("empty.csv", b"", "no_column"),
        ("foreign.csv", b"text\n\xff\xfe\n", "unreadable"),
        ("no.csv.xz", b"not compressed", "unreadable"),
    ],
)
def test_a_file_that_cannot_be_played_is_named(name: str, raw: bytes | None, problem: str, tmp_path: Path) -> None:
    """
    A missing, foreign or damaged file is refused before any window opens.
    """
    file = tmp_path / name
    if raw is not None:
        file.write_bytes(raw)
    with pytest.raises(InvalidValue) as refused:
        read_notes(file)

    assert refused.value.problem == problem
    assert played.demo(file, None, 0) == 2
