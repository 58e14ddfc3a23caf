"""The promises of the pieces every screen is made of."""

from typing import TypeVar

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QInputMethodEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.seen import inside, said
from workstation.ui.card_model import CardView
from workstation.ui.cards import Notice
from workstation.ui.chips import Chip, KeyCap, Meter, Words, ages, breakable
from workstation.ui.fields import ChoiceField, FieldView, LineField, PickField
from workstation.ui.flow import FlowLayout
from workstation.ui.hits import Hit, Hits
from workstation.ui.keys import cap
from workstation.ui.layout import column, scrolled
from workstation.ui.picker import Picker
from workstation.ui.quiet_text import QuietTextEdit, plain
from workstation.ui.rows import Cards
from workstation.ui.theme import Appearance
from workstation.ui.tints import MOST, Tint, tints

W = TypeVar("W", bound=QWidget)
PLACES = [Hit("370481", "滕州市", "tz"), Hit("370402", "市中区", "sz"), Hit("370403", "薛城区", "xc")]


@pytest.mark.parametrize(
    ("seconds", "said"), [(0, "0:00"), (72, "1:12"), (3599, "59:59"), (3672, "1:01:12"), (-5, "0:00")]
)
def test_ages_are_minutes_and_seconds_below_an_hour(seconds: int, said: str) -> None:
    """
    An age is shown as m:ss below an hour, and a clock that runs back never shows a negative one.
    """
    assert ages(seconds) == said


def test_long_runs_can_break() -> None:
    """
    A link or account of eighty letters without a blank can be wrapped and is whole when copied without the breaks.
    """
    run = "https://example.invalid/" + "a" * 56

    assert breakable(run).replace("\N{ZERO WIDTH SPACE}", "") == run
    assert max(map(len, breakable(run).split("\N{ZERO WIDTH SPACE}"))) <= 8


def test_markup_is_shown_as_it_was_typed(qtbot: QtBot) -> None:
    """
    What looks like markup is shown letter by letter, never interpreted.
    """
    words = Words("<b>bold</b><img src=x>")
    qtbot.addWidget(words)

    assert words.textFormat() == Qt.TextFormat.PlainText
    assert words.text().replace("\N{ZERO WIDTH SPACE}", "") == "<b>bold</b><img src=x>"


def test_an_empty_chip_is_not_there(qtbot: QtBot) -> None:
    """
    A chip without a word takes no room; a chip always has a word beside its colour.
    """
    chip = Chip("缺", "warn")
    qtbot.addWidget(chip)
    chip.show_chip("", "danger")

    assert chip.isHidden()


def test_a_key_cap_shows_the_key_of_the_table(qtbot: QtBot) -> None:
    """
    The key-cap beside an action shows the key that takes it.
    """
    cap = KeyCap("next_gap", "下一缺项")
    qtbot.addWidget(cap)

    assert cap.text() == "F7 下一缺项"


def test_a_meter_shows_its_share(qtbot: QtBot) -> None:
    """
    A meter fills in proportion.
    """
    meter = Meter()
    qtbot.addWidget(meter)
    meter.show_share(7 / 9)

    assert round(meter.share, 2) == 0.78


def test_a_notice_takes_no_focus(qtbot: QtBot) -> None:
    """
    A notice appears beside its cause while the cursor stays in the text.
    """
    window, edit = _window(qtbot, QuietTextEdit())
    notice = Notice()
    _column(window).addWidget(notice)
    edit.setFocus()

    notice.show_notice("网关连接不上，已在本机保存。", "warn")

    assert notice.isVisible()
    assert edit.hasFocus()
    assert notice.text == "网关连接不上，已在本机保存。"


def test_composed_text_is_no_edit_until_it_is_committed(qtbot: QtBot) -> None:
    """
    What an input method is still composing is not reported; the committed characters are, once.
    """
    edit = QuietTextEdit()
    qtbot.addWidget(edit)
    edits: list[str] = []
    edit.edited.connect(edits.append)

    QApplication.sendEvent(edit, QInputMethodEvent("zhang", []))
    composing = list(edits)
    commit = QInputMethodEvent()
    commit.setCommitString("张")
    QApplication.sendEvent(edit, commit)

    assert composing == []
    assert edits == ["张"]


def test_tab_leaves_the_narrative(qtbot: QtBot) -> None:
    """
    Tab goes on to the next field instead of being written into the text.
    """
    window, edit = _window(qtbot, QuietTextEdit())
    other = LineField("address", "详细地址")
    _column(window).addWidget(other)
    other.show()
    edit.setFocus()
    left: list[None] = []
    edit.left.connect(lambda: left.append(None))

    QTest.keyClick(edit, Qt.Key.Key_Tab)

    assert other.edit.hasFocus()
    assert left == [None]
    assert not edit.toPlainText()


def test_paste_is_plain(qtbot: QtBot) -> None:
    """
    A pasted spreadsheet becomes text: cells parted by blanks, no control characters, rare characters kept.
    """
    edit = QuietTextEdit()
    qtbot.addWidget(edit)
    clip = QMimeData()
    clip.setText("姓名\t电话\r\n张\x00𬭎\t199\x1b0000\u2028完")
    clip.setHtml("<b>rich</b>")

    edit.insertFromMimeData(clip)

    assert edit.toPlainText() == "姓名 电话\n张𬭎 1990000\n完"


def test_plain_keeps_emoji() -> None:
    """
    An emoji is text and stays.
    """
    assert plain("好的👍🏽") == "好的👍🏽"


def test_spans_tint_the_right_words_after_a_rare_character(qtbot: QtBot) -> None:
    """
    The tinted words are the right ones even behind a character outside the basic plane.
    """
    edit = QuietTextEdit()
    qtbot.addWidget(edit)
    text = "𬭎先生昨晚十点多开始"
    edit.show_text(text)
    start = text.index("昨晚")
    edit.show_tints([Tint(start, start + 5)])

    selections = edit.extraSelections()

    assert [s.cursor.selectedText() for s in selections] == ["昨晚十点多"]  # type: ignore[attr-defined]  # no fields in the stub


def test_danger_has_the_word_that_two_lists_name() -> None:
    """
    Each letter is tinted once: danger before a proposal, the longer word before the shorter, and no single letter.
    """
    text = "楼道煤气味很浓，楼道有人"

    found = tints(text, [("danger", ["煤气味", "人"]), ("info", ["煤气", "楼道"])])

    assert [(text[tint.start : tint.end], tint.state) for tint in found] == [
        ("楼道", "info"),
        ("煤气味", "danger"),
        ("楼道", "info"),
    ]


def test_a_long_text_keeps_its_danger_words() -> None:
    """
    However long the text is, only so many words are tinted that typing stays quick, those of danger before others.
    """
    text = "工地" * 900 + "煤气味"

    found = tints(text, [("danger", ["煤气味"]), ("info", ["工地"])])

    assert len(found) == MOST
    assert found[-1] == Tint(1800, 1803, "danger")


def test_what_warns_is_underlined_and_what_is_composed_stays(qtbot: QtBot) -> None:
    """
    A tinted danger is underlined; tinting leaves text, cursor and what an input method composes alone.
    """
    _, edit = _window(qtbot, QuietTextEdit())
    edit.show_text("闻到煤气味")
    edit.moveCursor(QTextCursor.MoveOperation.End)
    QApplication.sendEvent(edit, QInputMethodEvent("hen'nong", []))
    edits: list[str] = []
    edit.edited.connect(edits.append)

    edit.show_tints(tints("闻到煤气味", [("danger", ["煤气味"]), ("info", ["闻到"])]))

    underlined = {
        s.cursor.selectedText(): s.format.fontUnderline()  # type: ignore[attr-defined]  # no fields in the stub
        for s in edit.extraSelections()
    }
    assert underlined == {"煤气味": True, "闻到": False}
    assert edit.textCursor().block().layout().preeditAreaText() == "hen'nong"
    assert (edits, edit.textCursor().position()) == ([], 5)


def test_words_typed_behind_a_tint_are_not_tinted(qtbot: QtBot) -> None:
    """
    What is typed on behind a tinted word is plain until somebody looked at it.
    """
    _, edit = _window(qtbot, QuietTextEdit())
    edit.show_text("闻到煤气味")
    edit.show_tints([Tint(2, 5, "danger")])
    edit.moveCursor(QTextCursor.MoveOperation.End)

    QTest.keyClicks(edit, "ok")

    assert [s.cursor.selectedText() for s in edit.extraSelections()] == ["煤气味"]  # type: ignore[attr-defined]  # no fields in the stub


def test_a_picker_says_its_keys_and_that_nothing_is_found(qtbot: QtBot) -> None:
    """
    The keys that take a row and that leave stand beside the rows; where no row is found a sentence stands instead.
    """
    _, picker = _window(qtbot, Picker())
    picker.start(nothing="没有工单")
    before = inside(picker, Hits)

    picker.show_hits(())
    empty = said(picker), inside(picker, Hits)
    picker.show_hits(PLACES)

    assert before == empty[1] == []
    assert all(words in empty[0] for words in ("没有工单", cap("next_question"), cap("back")))
    assert inside(picker, Hits)
    assert "没有工单" not in said(picker)


def test_showing_text_is_no_edit_and_keeps_the_cursor(qtbot: QtBot) -> None:
    """
    Text that is put in by the program is not reported as typed, and the cursor stays where it was.
    """
    edit = QuietTextEdit()
    qtbot.addWidget(edit)
    edit.show_text("工地噪音很大")
    edit.moveCursor(QTextCursor.MoveOperation.NextCharacter)
    edits: list[str] = []
    edit.edited.connect(edits.append)

    edit.show_text("工地噪音很大，三天了")

    assert edits == []
    assert edit.textCursor().position() == 1


def test_a_wrong_field_says_so_and_keeps_its_text(qtbot: QtBot) -> None:
    """
    A sentence stands below a field that is wrong, and what was typed stays.
    """
    field = LineField("contact_phone", "联系电话")
    qtbot.addWidget(field)
    field.show()
    QTest.keyClicks(field.edit, "199000")

    field.show_field(FieldView("199000", error="号码应为 11 位。"))

    assert field.edit.text() == "199000"
    assert "号码应为 11 位。" in said(field)
    assert field.edit.property("state") == "danger"


def test_a_digit_chooses(qtbot: QtBot) -> None:
    """
    In a field of a few values a digit chooses, Backspace empties, and the digits are explained while it has the focus.
    """
    choices = [Hit("consult", "咨询"), Hit("help", "求助"), Hit("complaint", "投诉")]
    window, field = _window(qtbot, ChoiceField("kind", "诉求类型", choices))
    chosen: list[str] = []
    hints: list[object] = []
    field.edited.connect(chosen.append)
    field.edit.clearFocus()
    field.hinted.connect(hints.append)
    field.edit.setFocus()

    QTest.keyClicks(field.edit, "3")
    shown = field.edit.text()
    QTest.keyClick(field.edit, Qt.Key.Key_Backspace)
    QTest.keyClicks(field.edit, "9")

    assert shown == "投诉"
    assert chosen == ["complaint", ""]
    assert hints == [tuple(choices)]
    assert window.isVisible()


def test_the_picker_works_by_keyboard_alone(qtbot: QtBot) -> None:
    """
    Typing filters, an arrow and Enter choose, a digit chooses at once, Escape closes.
    """
    _, picker = _window(qtbot, Picker())
    typed: list[str] = []
    chosen: list[str] = []
    closed: list[None] = []
    picker.typed.connect(typed.append)
    picker.chosen.connect(chosen.append)
    picker.closed.connect(lambda: closed.append(None))
    picker.start()

    QTest.keyClicks(picker.edit, "sh")
    picker.show_hits(PLACES)
    QTest.keyClick(picker.edit, Qt.Key.Key_Down)
    QTest.keyClick(picker.edit, Qt.Key.Key_Return)
    QTest.keyClicks(picker.edit, "3")
    QTest.keyClick(picker.edit, Qt.Key.Key_Escape)

    assert typed == ["", "s", "sh"]
    assert chosen == ["370402", "370403"]
    assert closed == [None]


def test_a_category_number_is_typed_not_chosen(qtbot: QtBot) -> None:
    """
    Where rows have numbers of their own, digits typed first are such a number; after letters a digit chooses.
    """
    _, picker = _window(qtbot, Picker())
    chosen: list[str] = []
    picker.chosen.connect(chosen.append)
    picker.start(codes=True)
    picker.show_hits(PLACES)
    rows = inside(picker, Hits)[0].model()
    first = rows.index(0, 0)

    QTest.keyClicks(picker.edit, "0302")
    number, shown = picker.edit.text(), str(first.data())
    picker.edit.clear()
    QTest.keyClicks(picker.edit, "z")
    picker.show_hits(PLACES)
    numbered = str(rows.index(0, 0).data())
    QTest.keyClicks(picker.edit, "2")

    assert number == "0302"
    assert not shown.startswith("1")
    assert numbered.startswith("1")
    assert chosen == ["370402"]


def test_ten_rows_are_taken_by_their_digits_and_a_number_is_looked_for_behind_its_sign(qtbot: QtBot) -> None:
    """
    Each of ten rows is taken by the digit it shows, the tenth by 0; behind a number sign digits are typed.
    """
    _, picker = _window(qtbot, Picker())
    chosen: list[str] = []
    picker.chosen.connect(chosen.append)
    ten = [Hit(f"row-{number}", f"第{number}项") for number in range(1, 11)]

    for digit in "1234567890":
        picker.start()
        picker.show_hits(ten)
        QTest.keyClicks(picker.edit, digit)
    QTest.keyClicks(picker.edit, "#12")

    assert chosen == [hit.id for hit in ten]
    assert picker.edit.text() == "#12"


def test_a_digit_takes_no_row_of_what_was_typed_before(qtbot: QtBot) -> None:
    """
    From the next letter on the rows of the text before it can be taken by no key and no click; the new rows can.
    """
    _, picker = _window(qtbot, Picker())
    chosen: list[str] = []
    picker.chosen.connect(chosen.append)
    picker.start()
    QTest.keyClicks(picker.edit, "s")
    picker.show_hits(PLACES)

    QTest.keyClicks(picker.edit, "h")
    QTest.keyClicks(picker.edit, "2")
    QTest.keyClick(picker.edit, Qt.Key.Key_Return)
    inside(picker, Hits)[0].choose(1)
    stale = list(chosen)
    picker.show_hits(PLACES)
    QTest.keyClicks(picker.edit, "2")

    assert stale == []
    assert chosen == ["370402"]


def test_rows_of_a_field_lie_over_the_form_and_move_nothing(qtbot: QtBot) -> None:
    """
    The rows of a region appear below their field, inside the window, and nothing else moves.
    """
    window, field = _window(qtbot, PickField("region", "事发区划"))
    below = LineField("address", "详细地址")
    _column(window).addWidget(below)
    window.resize(500, 400)
    field.edit.setFocus()
    before = below.mapTo(window, QPoint(0, 0))
    chosen: list[str] = []
    field.edited.connect(chosen.append)

    QTest.keyClicks(field.edit, "t")
    field.show_hits(PLACES)
    after = below.mapTo(window, QPoint(0, 0))
    QTest.keyClick(field.edit, Qt.Key.Key_Return)
    QTest.keyClick(field.edit, Qt.Key.Key_Down)

    assert before == after
    assert field.edit.hasFocus()
    assert chosen == ["370481"]


def test_cards_keep_the_place_one_stood_on(qtbot: QtBot) -> None:
    """
    When rows come and go, the card one stood on stays the current one.
    """
    cards = Cards()
    qtbot.addWidget(cards)
    cards.cards.show_cards([CardView("a", "一"), CardView("b", "二")])
    cards.show_current("b")

    cards.cards.show_cards([CardView("c", "三"), CardView("a", "一"), CardView("b", "二")])

    assert cards.current == "b"


@pytest.mark.parametrize("size", [15, 28])
def test_a_card_is_as_high_as_its_text(qtbot: QtBot, appearance: Appearance, size: int) -> None:
    """
    A long title wraps and makes its card higher; nothing is cut off.
    """
    appearance.show_size(size)
    cards = Cards()
    qtbot.addWidget(cards)
    cards.resize(240, 600)
    cards.cards.show_cards([CardView("a", "短"), CardView("b", "施工噪音扰民" * 12, chip="待审批 0:38", state="warn")])
    cards.show()

    assert cards.sizeHintForRow(1) > 3 * cards.sizeHintForRow(0)


def test_what_has_the_focus_stays_in_sight_when_the_page_is_laid_out_anew(qtbot: QtBot) -> None:
    """
    Where parts above grow after the focus came, the field is scrolled into sight, and with it the question it is of.
    """
    above, field, rows, prompt = QWidget(), QLineEdit(), QWidget(), QWidget()
    rows.setFixedHeight(120)
    prompt.setProperty("together", True)
    inner = QVBoxLayout(prompt)
    inner.addWidget(field)
    inner.addWidget(rows)
    above.setFixedHeight(20)
    area = scrolled(column(above, prompt, None))
    qtbot.addWidget(area)
    area.resize(300, 240)
    area.show()
    area.activateWindow()
    qtbot.waitUntil(area.isActiveWindow)
    field.setFocus()

    above.setFixedHeight(900)
    qtbot.waitUntil(lambda: area.widget().height() > 900)

    qtbot.waitUntil(lambda: rows.visibleRegion().boundingRect().height() == 120, timeout=1000)
    assert not field.visibleRegion().isEmpty()


def test_flow_goes_on_in_the_next_line(qtbot: QtBot) -> None:
    """
    Chips that do not fit beside each other go on in the next line.
    """
    widget = QWidget()
    qtbot.addWidget(widget)
    flow = FlowLayout(widget)
    for _ in range(6):
        flow.addWidget(Chip("频次 连续 3 日", "info"))

    assert flow.heightForWidth(200) > 2 * flow.heightForWidth(2000)


def _window(qtbot: QtBot, widget: W) -> tuple[QWidget, W]:
    window = QWidget()
    QVBoxLayout(window).addWidget(widget)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window, widget


def _column(window: QWidget) -> QVBoxLayout:
    layout = window.layout()
    assert isinstance(layout, QVBoxLayout)
    return layout
