"""The promise that nothing is cut off: long text, 28 px, both languages, the narrow screen."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui import gallery
from tests.ui.desks import Desks, answer_call, looked
from tests.ui.seen import button, inside
from workstation.domain.call_table import CallState
from workstation.domain.incident import Outcome
from workstation.ui.approval.checks import Checks, CheckView
from workstation.ui.approval.decision_bar import DECISIONS, DecisionBar
from workstation.ui.approval.order_sheet import OrderSheet, OrderView
from workstation.ui.call.call_bar import KEYS_OF_ACTIONS, CallBar, CallView
from workstation.ui.call.status_line import StatusView
from workstation.ui.call.top_bar import TopBar
from workstation.ui.cards import Notice
from workstation.ui.chips import Chip, KeyCap, Words
from workstation.ui.demo_stage import Seat
from workstation.ui.intake.action_bar import ActionBar
from workstation.ui.intake.draft_strip import DraftStrip, DraftView
from workstation.ui.intake.field_grid import FieldGrid
from workstation.ui.intake.guidance_card import GuidanceCard, GuidanceView
from workstation.ui.intake.narrative_panel import NarrativePanel
from workstation.ui.intake.order_preview import OrderPreview
from workstation.ui.intake.question_panel import QuestionPanel, QuestionView
from workstation.ui.intake.safety_strip import SafetyStrip, SafetyView
from workstation.ui.intake.suggestion_list import SuggestionList, SuggestionView
from workstation.ui.language import Language
from workstation.ui.layout import scrolled
from workstation.ui.pictures import rest
from workstation.ui.theme import Appearance

LONG = "滕州市北辛街道新兴路锦绣花园对面工地夜间施工噪音扰民" * 6 + "https://example.invalid/" + "a" * 200
LEFT, CENTRE, RIGHT, SMALL, WHOLE = 320, 1000, 520, 1366, 1920


def _drafts() -> QWidget:
    strip = DraftStrip()
    strip.show_drafts([DraftView("本次来电", LONG, LONG, "疑似重复 1", "warn")])
    return strip


def _safety() -> QWidget:
    strip = SafetyStrip(("无危险", "现在有人有危险", "有人受伤或发病", "涉嫌违法犯罪"))
    strip.show_answer(SafetyView("无危险 · 无伤病 · 不涉违法犯罪", "ok", "21:46:02"))
    strip.show_waiting(True)
    strip.show_warning(LONG)
    return strip


def _narrative() -> QWidget:
    panel = NarrativePanel()
    panel.show_text(LONG)
    panel.show_error(LONG)
    panel.show_recognised([LONG[:60], "诉求", LONG[:40]])
    return panel


def _question() -> QWidget:
    panel = QuestionPanel()
    panel.show_question(QuestionView("q", LONG, LONG[:30], 1, 4, tuple(LONG[:12] for _ in range(9))))
    return panel


def _suggestions() -> QWidget:
    proposals = SuggestionList()
    proposals.show_suggestions([SuggestionView(LONG, 0.9, LONG)] * 3, unsure=True)
    return proposals


def _guidance() -> QWidget:
    card = GuidanceCard()
    card.show_guidance(GuidanceView("引导分流类", LONG, "一键派单", LONG, LONG, "县级"))
    return card


def _preview() -> QWidget:
    preview = OrderPreview()
    preview.show_order(LONG, LONG, own=True)
    return preview


def _actions() -> QWidget:
    bar = ActionBar()
    bar.show_outcomes(tuple(Outcome))
    bar.completeness.show_completeness(3, 9, [LONG[:8], LONG[:8]])
    return bar


def _call() -> QWidget:
    bar = CallBar()
    bar.show_call(CallView(CallState.TALKING, "199 **** 2210", "公民", 3672, KEYS_OF_ACTIONS))
    bar.show_second("199 **** 2211")
    return bar


def _bar() -> QWidget:
    bar = TopBar()
    bar.show_seat("06 席", "接警员 110023")
    bar.call.show_call(CallView(CallState.TALKING, "199 **** 2210", "公民", 3672, KEYS_OF_ACTIONS))
    bar.status.show_status(StatusView(connected=False, unsent=12, oldest=4000, parked=2, drift=40, keyring=False))
    bar.status.show_clock("21:47:09")
    bar.show_practice(True)
    return bar


def _decisions() -> QWidget:
    bar = DecisionBar(lambda: 0.0)
    bar.show_offered(DECISIONS)
    return bar


def _checks() -> QWidget:
    checks = Checks()
    checks.show_checks([CheckView("注意", "warn", LONG, LONG)])
    return checks


def _sheet() -> QWidget:
    sheet = OrderSheet()
    sheet.show_order(OrderView("1", 1, LONG, LONG, LONG, "完整度 9 / 9", facts=gallery.order().facts))
    return sheet


def _notice() -> QWidget:
    notice = Notice()
    notice.show_notice(LONG, "danger")
    return notice


PARTS: list[tuple[Callable[[], QWidget], int]] = [
    (_drafts, LEFT),
    (_checks, LEFT),
    (_suggestions, RIGHT),
    (_guidance, RIGHT),
    (_preview, RIGHT),
    (_safety, CENTRE),
    (_narrative, CENTRE),
    (_question, CENTRE),
    (FieldGrid, CENTRE),
    (_sheet, CENTRE),
    (_call, RIGHT),
    (_call, WHOLE),
    (_bar, SMALL),
    (_bar, WHOLE),
    (_actions, SMALL),
    (_actions, WHOLE),
    (_decisions, WHOLE),
    (_notice, WHOLE),
]


@pytest.mark.parametrize("language_name", ["zh_CN", "en_GB"])
@pytest.mark.parametrize(("make", "width"), PARTS, ids=lambda part: getattr(part, "__name__", str(part)))
def test_long_text_at_28_px_stays_in_its_column(
    qtbot: QtBot,
    appearance: Appearance,
    language: Language,
    make: Callable[[], QWidget],
    width: int,
    language_name: str,
) -> None:
    """
    At the largest text size and with very long text, every part fits its column, in both languages.
    """
    language.show(language_name)
    appearance.show_size(28)
    part = make()
    column = scrolled(part)
    qtbot.addWidget(column)
    column.resize(width, 600)
    column.show()
    for _ in range(3):
        QApplication.processEvents()

    assert part.minimumSizeHint().width() <= width
    assert _cut_off(part) == []


@pytest.mark.parametrize(("width", "height", "size"), [(1366, 768, 15), (1920, 1080, 18)])
def test_the_intake_screen_fits_both_screens(
    qtbot: QtBot, appearance: Appearance, width: int, height: int, size: int
) -> None:
    """
    On both screens of the field the whole form is seen without scrolling, and no word is cut off.
    """
    appearance.show_size(size)
    screen = gallery.intake_screen(narrow=height < 900)
    qtbot.addWidget(screen)
    screen.resize(width, height)
    screen.show()
    for _ in range(3):
        QApplication.processEvents()
    grid = inside(screen, FieldGrid)[0]

    assert screen.size().width() == width
    assert screen.minimumSizeHint().width() <= width
    assert grid.visibleRegion().boundingRect().height() == grid.height()
    assert _cut_off(screen) == []


@pytest.mark.parametrize("language_name", ["zh_CN", "en_GB"])
def test_the_small_screen_fits_again_after_the_largest_text(desks: Desks, language_name: str) -> None:
    """
    With a call on the small screen nothing is cut off at 28 px, nor back at 15 px, where every bar is as low as before.
    """
    seat = desks.taker
    if language_name != "zh_CN":
        seat.hands.press("language")
    seat.window.resize(1366, 768)
    seat.appearance.show_size(15)
    answer_call(seat)
    looked(seat)
    rest()
    before, cut = _bars(seat), _cut_off(seat.window)

    seat.appearance.show_size(28)
    rest()
    cut += _cut_off(seat.window)
    seat.appearance.show_size(15)
    rest()

    assert [*cut, *_cut_off(seat.window)] == []
    assert _bars(seat) == before
    assert before[1] <= 2 * button(seat.window, "work_order").height() + 32  # two lines and what is around them


def _bars(seat: Seat) -> tuple[int, int]:
    return seat.work.bar.height(), seat.work.intake.panels.outcomes.height()


def _cut_off(part: QWidget) -> list[str]:
    """Name the words whose label or key is smaller than they are, or stands beyond the edge."""
    words: list[Words | Chip | KeyCap] = [*inside(part, Words), *inside(part, Chip), *inside(part, KeyCap)]
    labels: list[QLabel | QPushButton] = [*words, *inside(part, QPushButton)]
    return [label.text() for label in labels if _too_small(label) or _beyond(label, part)]


def _too_small(label: QLabel | QPushButton) -> bool:
    if isinstance(label, QLabel) and label.wordWrap():
        return label.height() < label.heightForWidth(label.width()) - 1
    words = label.fontMetrics().horizontalAdvance(label.text())
    padding = 0 if label.property("role") == "caption" else label.sizeHint().width() - words
    return label.width() < words + padding - 1


def _beyond(label: QWidget, part: QWidget) -> bool:
    return label.mapTo(part, QPoint(label.width(), 0)).x() > part.width() + 1
