"""Whatever is typed or pasted: a clear sentence beside the field, the text kept, nothing sent, nothing crashes."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from tests.faults.console_process import leave
from workstation.bootstrap.stage import two_consoles
from workstation.domain.incident import Incident, Outcome, Stage
from workstation.ui.demo_hands import until
from workstation.ui.demo_stage import Seat
from workstation.ui.picker import PickEdit

pytestmark = pytest.mark.faults

CONTROL = Qt.KeyboardModifier.ControlModifier
SPREADSHEET = "解放路\t12号\r\n三单元\t401室\r\n"


@pytest.fixture(scope="module")
def seat(tmp_path_factory: pytest.TempPathFactory, qapp: QApplication) -> Iterator[Seat]:
    """Sit a call-taker down at the real window."""
    del qapp
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
        stage = two_consoles(tmp_path_factory.mktemp("roots"), on_demand=True)
        seat = Seat(stage.taker)
        seat.sign_in()
        yield seat
        leave(seat)
        stage.close()
    assert seat.crashes == []


@pytest.fixture(autouse=True)
def _fresh_form(seat: Seat, qtbot: QtBot) -> Iterator[None]:
    """Begin with a form that has safety answered, and end without one."""
    del qtbot
    before = seat.work.intake.incident
    seat.hands.take_the_seat()
    seat.hands.press("new_draft")
    until(lambda: seat.work.intake.incident is not None and seat.work.intake.incident is not before, "a form")
    seat.hands.press("safety")
    seat.hands.digit(1)
    until(lambda: _form(seat).safety is not None, "the safety answer")
    yield
    seat.hands.press("park")
    until(lambda: seat.work.intake.incident is None, "no form")
    assert seat.crashes == []


def _form(seat: Seat) -> Incident:
    incident = seat.work.intake.incident
    assert incident is not None
    return incident


def _paste(seat: Seat, text: str) -> None:
    """Paste *text* where the cursor is, as from another program."""
    QApplication.clipboard().setText(text)
    seat.hands.strike(Qt.Key.Key_V, CONTROL)


def _enter(seat: Seat, field: str, text: str) -> None:
    """Go to *field* and paste *text* in the place of what stands there."""
    seat.work.intake.gaps.go_to(field)
    seat.hands.strike(Qt.Key.Key_A, CONTROL)
    _paste(seat, text)


def _shown(seat: Seat, field: str) -> str:
    if field == "narrative":
        return seat.work.intake.panels.narrative.text_edit.toPlainText()
    edit = seat.work.intake.panels.grid.fields[field].edit
    assert isinstance(edit, QLineEdit)
    return edit.text()


def _beside(seat: Seat, field: str) -> str:
    """Return the sentence that stands beside *field*."""
    panels = seat.work.intake.panels
    words = panels.narrative._error if field == "narrative" else panels.grid.fields[field]._error
    return words.text() if words.isVisible() else ""


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [
        ("address", "路" * 201, "过长:201 字,最多 200 字。内容未被截断。"),
        ("landmark", "店" * 101, "过长:101 字,最多 100 字。内容未被截断。"),
        ("caller_name", "王" * 51, "过长:51 字,最多 50 字。内容未被截断。"),
        ("respondent", "厂" * 101, "过长:101 字,最多 100 字。内容未被截断。"),
        ("wish", "修" * 501, "过长:501 字,最多 500 字。内容未被截断。"),
        ("happened", "早" * 101, "过长:101 字,最多 100 字。内容未被截断。"),
        ("narrative", "灯" * 4001, "过长:4001 字,最多 4000 字。内容未被截断。"),
        ("narrative", "灯不亮。" * 25_000, "过长:100000 字,最多 4000 字。内容未被截断。"),
        ("contact_phone", "1990000", "号码为 7 位,应为 11 位。"),
        ("contact_phone", "1990000123456", "号码为 13 位,应为 11 位。"),
        ("contact_phone", "电话不详", "电话号码不能有字母。"),
        ("contact_phone", "1" * 5000, "号码为 5000 位,应为 11 位。"),
        ("contact_phone", "☎😀", "电话号码只能是数字。"),
        ("happened", "2月30日晚上", "没有这个日期或时间。"),
        ("happened", "2025-13-45", "没有这个日期或时间。"),
        ("happened", "昨天25:61", "没有这个日期或时间。"),
        ("happened", "2099年1月1日", "日期晚于今天。"),
        ("happened", "1900年1月1日", "日期早于 1949 年。"),
        ("people_affected", "很多人", "请填写阿拉伯数字。"),
        ("people_affected", "0", "数值过小。"),
        ("people_affected", "9" * 5000, "请填写阿拉伯数字。"),
        ("people_affected", "1000001", "数值过大。"),
        ("address", "解放路\u202e12号", "第 4 位有不可见字符。"),
        ("address", "解放路\x0712号", "第 4 位有不可见字符。"),
    ],
    ids=lambda value: value if len(value) < 20 and value.isprintable() else f"{len(value)}",
)
def test_a_bad_value_is_told_beside_its_field(seat: Seat, field: str, text: str, sentence: str) -> None:
    """
    A value that no order may have gets its sentence beside the field, stays as it was pasted, and holds the order up.
    """
    _enter(seat, field, text)
    until(lambda: seat.work.intake.is_looked_at, "the machine's look")
    sentence = sentence.replace(":", "\N{FULLWIDTH COLON}").replace(",", "\N{FULLWIDTH COMMA}")
    assert _beside(seat, field) == sentence
    assert _shown(seat, field) == text
    seat.work.intake.panels.safety.setFocus()
    seat.hands.press(Outcome.WORK_ORDER)

    until(lambda: sentence in seat.work.intake.panels.notice.text, "why the order is held up")
    assert _focused(seat) == field
    assert _form(seat).stage is Stage.OPEN
    seat.work.intake.keeper.flush()
    until(lambda: seat.work.console.form.incident(_form(seat).id).intake.get(field) == text, "the text on the disk")


def _focused(seat: Seat) -> str:
    panels = seat.work.intake.panels
    return "narrative" if panels.narrative.text_edit.hasFocus() else panels.grid.focused()


@pytest.mark.parametrize(
    ("field", "text", "kept"),
    [
        ("address", "幸福路8号😀", "幸福路8号😀"),
        ("caller_name", "𬭎涛", "𬭎涛"),
        ("respondent", "㙍口𠮷野家", "㙍口𠮷野家"),
        ("address", SPREADSHEET, "解放路 12号,三单元 401室"),
        ("wish", "修灯\n\n尽快\n", "修灯,尽快"),
        ("contact_phone", " 199-0000 1234\r\n", "199-0000 1234"),
        ("narrative", SPREADSHEET, "解放路 12号\n三单元 401室\n"),
        ("narrative", "门口\x00路灯\x1b[31m不亮😀𬭎", "门口路灯[31m不亮😀𬭎"),
    ],
)
def test_what_can_be_kept_is_kept(seat: Seat, field: str, text: str, kept: str) -> None:
    """
    Emoji and rare characters stay; a pasted table is laid out as a typist would have typed it; nothing complains.
    """
    _enter(seat, field, text)
    until(lambda: seat.work.intake.is_looked_at, "the machine's look")

    kept = kept if field == "narrative" else kept.replace(",", "\N{FULLWIDTH COMMA}")
    assert _shown(seat, field) == kept
    assert _beside(seat, field) == ""
    assert _form(seat).intake.get(field) == kept


@pytest.mark.parametrize("typed", ["火星市", "zzzz", "𬭎", "滕州市" * 100])
def test_an_unknown_region_is_told(seat: Seat, typed: str) -> None:
    """
    A region that is on no list gets its sentence beside the field; what was typed stays until another is chosen.
    """
    seat.work.intake.gaps.go_to("region")
    _paste(seat, typed)
    until(lambda: seat.work.intake.is_looked_at, "the machine's look")
    seat.hands.strike(Qt.Key.Key_Tab)

    until(lambda: _beside(seat, "region") != "", "the sentence")
    assert _beside(seat, "region") == "区划不在列表中\N{FULLWIDTH COMMA}请从列表选择。"
    assert _shown(seat, "region") == typed
    assert not _form(seat).intake.filled("region")
    seat.work.intake.gaps.go_to("region")
    seat.hands.strike(Qt.Key.Key_A, CONTROL)
    seat.hands.write("滕州")
    region = seat.work.intake.panels.grid.fields["region"].edit
    assert isinstance(region, PickEdit)
    until(lambda: region.is_open, "the rows")
    seat.hands.digit(1)
    until(lambda: _form(seat).intake.filled("region") and _beside(seat, "region") == "", "the chosen region")
    assert "滕州" in _shown(seat, "region")


def test_an_over_long_reason_in_a_prompt_is_told(seat: Seat) -> None:
    """
    A reason that is too long is told in its line and stays there; the form is still open with its text.
    """
    seat.work.intake.gaps.go_to("narrative")
    seat.hands.write("门口路灯不亮", free=True)
    line = seat.work.intake.panels.prompt._line
    seat.hands.press(Outcome.INVALID_CALL)
    _paste(seat, "静" * 10_000)
    seat.hands.strike(Qt.Key.Key_Return)

    assert "过长\N{FULLWIDTH COLON}10000 字" in line._error.text()
    assert line._edit.text() == "静" * 10_000
    seat.hands.strike(Qt.Key.Key_Escape)
    assert _form(seat).stage is Stage.OPEN
    assert _shown(seat, "narrative") == "门口路灯不亮"


def _complete(seat: Seat) -> None:
    """Explain every open field, so that only what the test brings can hold the order up."""
    intake = seat.work.intake
    intake.gaps.go_to("narrative")
    seat.hands.write("门口路灯不亮", free=True)
    intake.choosing.take_category("020101")
    intake.pen.set_value("kind", "complaint")
    seat.hands.press("gap_hung_up")
    until(lambda: not intake.gaps.missing() and intake.is_looked_at, "nothing missing")


@pytest.mark.parametrize(
    ("part", "length", "words"),
    [("_subject_edit", 201, "过长:201 字,最多 200 字。"), ("_content_edit", 5001, "过长:5001 字,最多 5000 字。")],
)
def test_an_over_long_own_text_of_the_order_is_told(seat: Seat, part: str, length: int, words: str) -> None:
    """
    An order's text that was written by hand and is too long is told with its length, sends nothing and stays whole.
    """
    _complete(seat)
    seat.hands.press("preview")
    getattr(seat.work.intake.panels.preview, part).setFocus()
    seat.hands.strike(Qt.Key.Key_A, CONTROL)
    _paste(seat, "长" * length)
    seat.hands.press(Outcome.WORK_ORDER)

    words = words.replace(":", "\N{FULLWIDTH COLON}").replace(",", "\N{FULLWIDTH COMMA}")
    until(lambda: words in seat.work.intake.panels.notice.text, "the sentence")
    assert _form(seat).stage is Stage.OPEN
    name = "own_subject" if part == "_subject_edit" else "own_content"
    assert getattr(_form(seat), name) == "长" * length
    kept = seat.work.console.form.incident
    seat.work.intake.keeper.flush()
    until(lambda: getattr(kept(_form(seat).id), name) == "长" * length, "the text on the disk")


def test_an_over_long_police_number_is_told_beside_its_line(seat: Seat) -> None:
    """
    A number of the police system that is too long is told where it is written, and stays there to be mended.
    """
    line = seat.work.intake.panels.prompt._line
    seat.hands.press(Outcome.POLICE_DISPATCH)
    _paste(seat, "9" * 41)
    seat.hands.strike(Qt.Key.Key_Return)

    assert "过长\N{FULLWIDTH COLON}41 字" in line._error.text()
    assert line._edit.text() == "9" * 41
    seat.hands.strike(Qt.Key.Key_Backspace)
    seat.hands.strike(Qt.Key.Key_Return)
    seat.hands.strike(Qt.Key.Key_Down)
    seat.hands.strike(Qt.Key.Key_Return)
    until(lambda: _form(seat).police_number == "9" * 40, "the mended number")


def test_an_over_long_answer_to_a_question_is_told(seat: Seat) -> None:
    """
    An answer that is longer than its field is told beside the answer, stays whole there and is no answer yet.
    """
    intake = seat.work.intake
    until(lambda: intake.form.asked is not None and intake.form.asked.fills == "respondent", "a question with a field")
    seat.hands.press("question")
    _paste(seat, "厂" * 101)
    seat.hands.strike(Qt.Key.Key_Return)

    panel = intake.panels.question
    assert "过长\N{FULLWIDTH COLON}101 字" in panel._error.text()
    assert panel._answer.text() == "厂" * 101
    assert not _form(seat).intake.answers
    seat.hands.strike(Qt.Key.Key_Backspace)
    seat.hands.strike(Qt.Key.Key_Return)
    assert _form(seat).intake.get("respondent") == "厂" * 100
