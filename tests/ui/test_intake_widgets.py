"""The promises of the intake form's widgets."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.seen import button, inside, said
from tests.unit.domain_parts import NOON, an_incident
from workstation.domain.categories import CategoryTree
from workstation.domain.incident import Outcome
from workstation.domain.intake import FIELDS as DOMAIN_FIELDS
from workstation.ui.card_model import CardView
from workstation.ui.cards import Card
from workstation.ui.chips import Meter
from workstation.ui.fields import FieldView
from workstation.ui.hits import Hit
from workstation.ui.intake.action_bar import ActionBar
from workstation.ui.intake.completeness import CompletenessLine
from workstation.ui.intake.draft_strip import DraftCard, DraftStrip, DraftView
from workstation.ui.intake.field_grid import FieldGrid
from workstation.ui.intake.guidance_card import GuidanceCard, GuidanceView
from workstation.ui.intake.narrative_panel import NarrativePanel
from workstation.ui.intake.near_orders import NearOrders
from workstation.ui.intake.order_preview import OrderPreview
from workstation.ui.intake.question_panel import QuestionPanel, QuestionView
from workstation.ui.intake.safety_strip import SafetyStrip, SafetyView
from workstation.ui.intake.suggestion_list import SuggestionList, SuggestionView
from workstation.ui.intake.views import draft_view
from workstation.ui.keys import cap
from workstation.ui.layout import settle

ASKED = QuestionView("builder", "工地是哪家公司在施工？", "施工噪音", 1, 4)


def test_safety_shows_its_digits_until_it_is_answered(qtbot: QtBot) -> None:
    """
    Unanswered, the strip shows four answers with their digits; answered, it shows the answer and the time.
    """
    strip = SafetyStrip(("无危险", "有危险", "有人受伤", "涉嫌违法"))
    qtbot.addWidget(strip)
    strip.show()
    asked = said(strip)
    strip.show_answer(SafetyView("无危险", "ok", "21:46:02"))
    answered = said(strip)
    strip.show_waiting(True)
    again = said(strip)

    assert "2 有危险" in asked
    assert "21:46:02" in answered
    assert "2 有危险" not in answered
    assert "2 有危险" in again


def test_safety_takes_no_focus(qtbot: QtBot) -> None:
    """
    The safety answers can be clicked, and the cursor stays in the narrative.
    """
    strip = SafetyStrip(("无危险", "有危险"))
    qtbot.addWidget(strip)
    strip.show()
    options = inside(strip, QPushButton)

    with qtbot.waitSignal(strip.chosen) as chosen:
        options[1].click()

    assert chosen.args == [2]
    assert all(option.focusPolicy() == Qt.FocusPolicy.NoFocus for option in options)


def test_danger_marks_the_safety_strip(qtbot: QtBot) -> None:
    """
    An answer that means danger turns the edge red, and the word stands there too.
    """
    strip = SafetyStrip(("无危险", "有危险"))
    qtbot.addWidget(strip)
    strip.show_answer(SafetyView("有危险", "danger", "21:46:02"))

    assert strip.property("state") == "danger"
    assert "有危险" in said(strip)


def test_recognised_words_have_keys(qtbot: QtBot) -> None:
    """
    The first three proposals below the narrative each show the key that takes them.
    """
    panel = NarrativePanel()
    qtbot.addWidget(panel)
    panel.show_recognised(["时间 昨晚", "频次 三天", "诉求 停工", "人数 3"])
    panel.show()

    words = said(panel)

    assert all(cap(f"recognised_{number}") in words for number in (1, 2, 3))
    assert "人数 3" in words


def test_typing_in_the_narrative_is_reported(qtbot: QtBot) -> None:
    """
    Every committed character of the narrative is reported with the whole text.
    """
    panel = NarrativePanel()
    qtbot.addWidget(panel)
    edits: list[str] = []
    panel.edited.connect(edits.append)

    QTest.keyClicks(panel.text_edit, "ab")

    assert edits == ["a", "ab"]


def test_a_question_is_answered_by_enter(qtbot: QtBot) -> None:
    """
    Enter gives the answer; the next question begins with an empty line.
    """
    panel = QuestionPanel()
    qtbot.addWidget(panel)
    panel.show_question(ASKED)
    panel.show()
    edit = panel._answer
    with qtbot.waitSignal(panel.answered) as answered:
        QTest.keyClicks(edit, "three")
        QTest.keyClick(edit, Qt.Key.Key_Return)
    panel.show_question(QuestionView("since", "从什么时候开始？", "施工噪音", 2, 4))

    assert answered.args == ["three"]
    assert not edit.text()
    assert "3 / 4" in said(panel)


def test_a_numbered_answer_takes_one_digit(qtbot: QtBot) -> None:
    """
    Where a question has numbered answers, one digit is the answer; a number typed after text stays text.
    """
    panel = QuestionPanel()
    qtbot.addWidget(panel)
    panel.show_question(QuestionView("kind", "是打桩还是搅拌？", "施工噪音", 0, 2, ("打桩", "搅拌")))
    panel.show()
    picked: list[int] = []
    panel.picked.connect(picked.append)

    QTest.keyClicks(panel._answer, "2")
    QTest.keyClicks(panel._answer, "a12")

    assert picked == [1]
    assert panel._answer.text() == "a12"
    assert "1 打桩" in said(panel)


def test_without_a_question_the_panel_says_so(qtbot: QtBot) -> None:
    """
    When nothing is left to ask, the panel says so and asks for no answer.
    """
    panel = QuestionPanel()
    qtbot.addWidget(panel)
    panel.show()

    assert "没有要追问的了" in said(panel)
    assert not panel._answer.isVisible()


def test_the_form_has_every_field_but_narrative_and_category() -> None:
    """
    Every field of the intake is on the form; narrative and category have places of their own.
    """
    grid = FieldGrid()

    assert set(DOMAIN_FIELDS) - set(grid.fields) == {"narrative", "category"}


def test_tab_follows_the_talk(qtbot: QtBot) -> None:
    """
    Tab goes through the form in talking order: where, what, who, wishes.
    """
    grid = FieldGrid()
    qtbot.addWidget(grid)
    grid.show()
    grid.activateWindow()
    qtbot.waitUntil(grid.isActiveWindow)
    grid.go_to("region")
    order = [grid.focused()]
    for _ in range(len(grid.fields) - 1):
        QTest.keyClick(grid.fields[grid.focused()].edit, Qt.Key.Key_Tab)
        order.append(grid.focused())

    assert order[:3] == ["region", "address", "landmark"]
    assert order[-4:] == ["wish", "wants_reply", "confidential", "consent"]
    assert len(set(order)) == len(grid.fields)


def test_a_gap_shows_its_reason_beside_its_field(qtbot: QtBot) -> None:
    """
    A gap's coded reason stands beside the empty field, and an error's sentence below it.
    """
    grid = FieldGrid()
    qtbot.addWidget(grid)
    grid.show()
    grid.show_field("respondent", FieldView("", "不知道", "info"))
    grid.show_field("contact_phone", FieldView("199", "", "", "号码应为 11 位。"))

    assert "不知道" in said(grid.fields["respondent"])
    assert "号码应为 11 位。" in said(grid.fields["contact_phone"])


def test_a_choice_explains_its_digits_while_it_has_the_focus(qtbot: QtBot) -> None:
    """
    The head of the form says which digit means what for the field one stands in, and choosing names the value.
    """
    grid = FieldGrid()
    qtbot.addWidget(grid)
    grid.show()
    grid.activateWindow()
    qtbot.waitUntil(grid.isActiveWindow)
    edits: list[tuple[str, str]] = []
    grid.edited.connect(lambda name, text: edits.append((name, text)))
    grid.go_to("confidential")
    hint = said(grid)
    QTest.keyClicks(grid.fields["confidential"].edit, "1")

    assert "2 否" in hint
    assert edits == [("confidential", "yes")]
    assert grid.fields["confidential"].edit.text() == "是"


def test_a_region_is_picked_from_its_rows(qtbot: QtBot) -> None:
    """
    Typing in the region field asks for rows, and a digit chooses one.
    """
    grid = FieldGrid()
    qtbot.addWidget(grid)
    grid.resize(700, 400)
    grid.show()
    grid.activateWindow()
    qtbot.waitUntil(grid.isActiveWindow)
    typed: list[str] = []
    edits: list[tuple[str, str]] = []
    grid.region_typed.connect(typed.append)
    grid.edited.connect(lambda name, text: edits.append((name, text)))
    grid.go_to("region")

    QTest.keyClicks(grid.fields["region"].edit, "tz")
    grid.show_region_hits([Hit("370481", "滕州市"), Hit("370402", "市中区")], "tz")
    QTest.keyClicks(grid.fields["region"].edit, "2")

    assert typed == ["t", "tz"]
    assert edits == [("region", "370402")]


def test_suggestions_show_words_share_and_key(qtbot: QtBot) -> None:
    """
    Each proposal shows its path, how sure it is, the words that spoke for it and its key; the first is emphasised.
    """
    proposals = SuggestionList()
    qtbot.addWidget(proposals)
    proposals.show_suggestions(
        [
            SuggestionView("环境保护 › 噪声", 0.94, "工地 · 打桩"),
            SuggestionView("城乡建设", 0.04, "施工"),
        ]
    )
    proposals.show()
    words = said(proposals)

    assert all(text in words for text in ("Alt+7", "94%", "工地 · 打桩", "Alt+8"))
    assert [card.property("emphasised") for card in inside(proposals, Card)] == [True, False]
    assert {round(meter.share, 2) for meter in inside(proposals, Meter)} == {0.94, 0.04}


def test_a_choice_takes_the_place_of_the_proposals(qtbot: QtBot) -> None:
    """
    Once a human chose, one line with the choice and the key to change it is left: no card, no key of a proposal.
    """
    proposals = SuggestionList()
    qtbot.addWidget(proposals)
    views = [SuggestionView("环境保护", 0.9, "打桩")]
    proposals.show_suggestions(views)
    proposals.show()

    proposals.show_suggestions(views, chosen="城乡建设")
    chosen, cards = said(proposals), inside(proposals, Card)
    proposals.show_suggestions(views)

    assert "城乡建设" in chosen
    assert f"{cap('category')} 改" in chosen
    assert cap("suggestion_7") not in chosen
    assert cards == []
    assert "城乡建设" not in said(proposals)


def test_an_unsure_suggestion_is_not_emphasised(qtbot: QtBot) -> None:
    """
    When the machine is not sure it says so in words, and nothing looks chosen.
    """
    proposals = SuggestionList()
    qtbot.addWidget(proposals)
    proposals.show_suggestions([SuggestionView("环境保护", 0.4)], unsure=True)
    proposals.show()

    assert "看不准" in said(proposals)
    assert not any(card.property("emphasised") for card in inside(proposals, Card))


def test_no_proposal_is_not_called_unsure(qtbot: QtBot) -> None:
    """
    Where there is no proposal yet, nothing is said about how sure it is.
    """
    rows = SuggestionList()
    qtbot.addWidget(rows)
    rows.show_suggestions((), unsure=True)

    assert "看不准" not in said(rows)


def test_what_must_be_said_first_stands_above_the_question(qtbot: QtBot) -> None:
    """
    A sentence that cannot wait is the largest text of a red card and stands before the question, which stays on offer.
    """
    panel = QuestionPanel()
    qtbot.addWidget(panel)
    panel.resize(600, 300)
    panel.show()
    panel.show_question(ASKED)
    panel.show_first("不要开灯，马上到室外。")
    urgent = panel.property("state")
    words = said(panel)
    panel.show_first("")

    assert urgent == "danger"
    assert words.index("不要开灯") < words.index(ASKED.say)
    assert "不要开灯" not in said(panel)
    assert panel.property("state") == ""


def test_a_long_subject_is_edited_whole(qtbot: QtBot) -> None:
    """
    Opened for editing, a subject that is longer than a line is on show to its last letter, and Enter breaks no line.
    """
    preview = OrderPreview()
    qtbot.addWidget(preview)
    preview.resize(400, 900)
    preview.show_order("关于路灯", "正文")
    preview.show()
    preview.show_editing(editing=True)
    edit = preview._subject_edit
    before = edit.height()

    preview.show_editing(editing=False)
    preview.show_order("关于滕州市的" * 12, "正文")
    preview.show_editing(editing=True)
    qtbot.waitUntil(lambda: edit.height() > before)
    QTest.keyClick(edit, Qt.Key.Key_Return)

    last = edit.cursorRect(_at_the_end(edit))
    assert edit.textCursor().position() == 0
    assert edit.viewport().rect().contains(last)
    assert edit.toPlainText() == "关于滕州市的" * 12


def _at_the_end(edit: QPlainTextEdit) -> QTextCursor:
    cursor = edit.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.End)
    return cursor


def test_guidance_says_the_sentence(qtbot: QtBot) -> None:
    """
    The guidance card shows basis, outcome, the sentence to say and the unit; without an item it says so.
    """
    card = GuidanceCard()
    qtbot.addWidget(card)
    card.show()
    empty = said(card)
    card.show_guidance(GuidanceView("引导分流类", "第 17 项", "一键派单", "由 12345 受理。", "住建局", "县级"))

    assert "暂无" in empty
    assert all(text in said(card) for text in ("第 17 项", "一键派单", "由 12345 受理。", "住建局", "县级", "Alt+U"))


def test_many_drafts_scroll_and_are_not_squashed(qtbot: QtBot) -> None:
    """
    Where there is no room for seven drafts each keeps its height, and the current one is brought into view.
    """
    strip = DraftStrip()
    qtbot.addWidget(strip)
    strip.resize(240, 200)
    strip.show()
    strip.show_drafts([DraftView("未完", "楼下烧烤店油烟很大", "260409-11-1", current=n == 6) for n in range(7)])
    settle()
    cards = inside(strip, DraftCard)
    (current,) = [card for card in cards if card._number == 6]

    assert len(cards) == 7
    assert all(card.height() >= card.heightForWidth(card.width()) for card in cards)
    qtbot.waitUntil(lambda: not current.visibleRegion().isEmpty(), timeout=2000)


def test_an_order_is_edited_in_place(qtbot: QtBot) -> None:
    """
    The composed text opens for editing where it stands; a newly composed one does not overwrite what is being edited.
    """
    preview = OrderPreview()
    qtbot.addWidget(preview)
    preview.show_order("标题", "正文")
    preview.show()
    preview.show_editing(editing=True)
    edits: list[str] = []
    preview.content_edited.connect(edits.append)
    preview.subject_edited.connect(edits.append)

    QTest.keyClicks(preview._content_edit, "a")
    preview.show_order("另一标题", "另一正文")
    preview.show_editing(editing=False)

    assert edits == ["a正文"]
    assert preview._content_edit.toPlainText() == "a正文"


def test_near_orders_link_by_enter(qtbot: QtBot) -> None:
    """
    Enter on a near order asks to link this call to it.
    """
    orders = NearOrders()
    qtbot.addWidget(orders)
    orders.show_orders([CardView("t1", "同地点", "260409-11-113")])
    orders.show()
    orders._rows.setCurrentIndex(orders._rows.cards.index(0))

    with qtbot.waitSignal(orders.chosen) as chosen:
        QTest.keyClick(orders._rows, Qt.Key.Key_Return)

    assert chosen.args == ["t1"]


@pytest.mark.parametrize(
    ("done", "total", "missing", "word"),
    [
        (8, 9, ["诉求对象"], "缺 诉求对象"),
        (9, 9, [], "要素齐全"),
        (5, 9, ["甲", "乙", "丙"], "缺 甲、乙，另 1 项"),
        (0, 0, [], "暂无表单"),
    ],
)
def test_completeness_names_what_is_missing(qtbot: QtBot, done: int, total: int, missing: list[str], word: str) -> None:
    """
    The line shows the count and names the first missing fields; complete, it says so.
    """
    line = CompletenessLine()
    qtbot.addWidget(line)
    line.show_completeness(done, total, missing)
    line.show()

    assert word in said(line)


def test_the_outcomes_stand_still(qtbot: QtBot) -> None:
    """
    All eight outcomes are always there in the same order, each with its key; only what is offered can be chosen.
    """
    bar = ActionBar()
    qtbot.addWidget(bar)
    bar.resize(1366, 60)
    bar.show()
    before = [found.x() for found in inside(bar, QPushButton)]
    bar.show_outcomes([Outcome.WORK_ORDER], usual=Outcome.WORK_ORDER)
    chosen: list[Outcome] = []
    bar.chosen.connect(chosen.append)

    button(bar, Outcome.POLICE_DISPATCH).click()
    button(bar, Outcome.WORK_ORDER).click()

    assert [found.x() for found in inside(bar, QPushButton)] == before
    assert len(before) == len(Outcome)
    assert chosen == [Outcome.WORK_ORDER]
    assert all(cap(outcome) in said(bar) for outcome in Outcome)


def test_what_is_missing_moves_no_outcome(qtbot: QtBot) -> None:
    """
    At 28 px the outcomes keep their places and the bar its height, whatever is missing.
    """
    bar = ActionBar()
    bar.setStyleSheet("* { font-size: 28px; }")
    qtbot.addWidget(bar)
    bar.resize(1366, 160)
    bar.show()
    places = []
    for missing in (["诉求对象", "期望结果", "类别"], ["类别"], []):
        bar.completeness.show_completeness(3, 3 + len(missing), missing)
        settle()
        places.append([button(bar, outcome).geometry() for outcome in Outcome] + [bar.sizeHint()])

    assert places[0] == places[1] == places[2]


def test_the_usual_outcome_is_primary(qtbot: QtBot) -> None:
    """
    Exactly one outcome is blue: the one the lists propose; the urgent one is red unless it is proposed.
    """
    bar = ActionBar()
    qtbot.addWidget(bar)
    bar.show()
    bar.show_outcomes(tuple(Outcome), usual=Outcome.DIRECT_ANSWER)

    primary = [found.objectName() for found in inside(bar, QPushButton) if found.property("state") == "primary"]

    assert primary == ["direct_answer"]
    assert button(bar, Outcome.URGENT_LINKAGE).property("state") == "danger"


def test_a_waiting_outcome_is_seen(qtbot: QtBot) -> None:
    """
    While the urgent key waits for its digit, its button changes its colour, not its words nor anybody's place.
    """
    bar = ActionBar()
    qtbot.addWidget(bar)
    bar.resize(1100, 60)
    bar.show()
    urgent = button(bar, Outcome.URGENT_LINKAGE)
    calm, before = urgent.text(), [found.geometry() for found in inside(bar, QPushButton)]
    bar.show_waiting(Outcome.URGENT_LINKAGE, True)

    assert urgent.property("waiting")
    assert urgent.text() == calm
    assert [found.geometry() for found in inside(bar, QPushButton)] == before


def test_drafts_are_numbered(qtbot: QtBot) -> None:
    """
    Each draft shows the key that goes to it, and the current one is emphasised.
    """
    strip = DraftStrip()
    qtbot.addWidget(strip)
    strip.show_drafts([DraftView("本次来电", "施工噪音", current=True), DraftView("暂存", "欠薪 5/9")])
    strip.show()
    cards = inside(strip, Card)

    with qtbot.waitSignal(strip.chosen) as chosen:
        QTest.mouseClick(cards[1], Qt.MouseButton.LeftButton)

    assert [card.property("emphasised") for card in cards] == [True, False]
    assert "Ctrl+2" in said(strip)
    assert chosen.args == [1]
    assert isinstance(cards[0], QWidget)


def test_whoever_lost_a_draft_is_told_who_has_it(qtbot: QtBot) -> None:
    """
    A draft that was taken over says so to the one before, by name; to others it is a colleague's.
    """
    strip = DraftStrip()
    qtbot.addWidget(strip)
    strip.show()
    draft = an_incident({"narrative": "油烟"}).taken_over("taker-2", NOON)
    shown = {}
    for me in ("taker-1", "taker-2", "taker-3"):
        strip.show_drafts([draft_view(draft, CategoryTree(()), me, "", current=False)])
        shown[me] = said(strip)

    assert "已被 taker-2 接手" in shown["taker-1"]
    assert "taker-2" not in shown["taker-2"]
    assert "taker-2" in shown["taker-3"]
    assert "接手" not in shown["taker-3"]
