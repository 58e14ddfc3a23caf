"""The promises of the approval pane: no decision falls on an order nobody saw."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, QModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.ui.gallery import order
from tests.ui.seen import button, inside, said
from tests.unit.domain_parts import OUT, a_step, a_transfer, an_order
from workstation.bootstrap.library import read_library
from workstation.desk.author import TransferView
from workstation.desk.tally import Tally
from workstation.domain.identity import CHINA
from workstation.domain.lifecycle import Action, Flag, Role, State
from workstation.ui.approval.checks import Checks, CheckView
from workstation.ui.approval.decision_bar import SETTLE_S, DecisionBar
from workstation.ui.approval.elsewhere import decided_words, decision
from workstation.ui.approval.fact_grid import FactGrid
from workstation.ui.approval.near import master_among
from workstation.ui.approval.order_sheet import Fact, OrderSheet, OrderView
from workstation.ui.approval.queue import Queue
from workstation.ui.approval.queue_model import PAGE, QueueModel, QueueRow, age_state
from workstation.ui.approval.reason_line import ReasonLine
from workstation.ui.approval.shift_counts import ShiftCounts
from workstation.ui.approval.views import checks
from workstation.ui.board.views import facts, order_view
from workstation.ui.keys import cap
from workstation.ui.layout import settle
from workstation.ui.theme import Appearance

QUEUE = [
    QueueRow("young", "路灯", age=5),
    QueueRow("old", "噪音", age=119, reader="110008 正在阅"),
    QueueRow("urgent", "燃气", age=190, urgent_due=True),
]
ALL = ("reject", "send_back", "approve")


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def press(key: Qt.Key, *, repeat: bool = False) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, "", repeat)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def bar(qtbot: QtBot, clock: Clock) -> DecisionBar:
    bar = DecisionBar(clock)
    qtbot.addWidget(bar)
    bar.show_offered(ALL)
    bar.show()
    return bar


def test_approve_waits_for_the_whole_order(bar: DecisionBar, clock: Clock) -> None:
    """
    Enter approves only after the whole order has been on screen; before that the bar says what it waits for.
    """
    decided: list[str] = []
    bar.decided.connect(decided.append)
    bar.show_switched()
    clock.now += 10
    bar.heard(press(Qt.Key.Key_Return))
    unread, hint = list(decided), said(bar)
    bar.show_read()
    bar.heard(press(Qt.Key.Key_Return))

    assert unread == []
    assert "读完全文" in hint
    assert decided == ["approve"]


@pytest.mark.parametrize(("after", "expected"), [(0.0, []), (0.399, []), (0.4, ["reject"]), (5.0, ["reject"])])
def test_keys_meant_for_the_order_before_are_void(
    bar: DecisionBar, clock: Clock, after: float, expected: list[str]
) -> None:
    """
    A key pressed within 400 ms after another order appeared decides nothing.
    """
    decided: list[str] = []
    bar.decided.connect(decided.append)
    bar.show_switched()
    clock.now += after
    bar.heard(press(Qt.Key.Key_X))

    assert decided == expected


def test_a_held_key_decides_once_at_most(bar: DecisionBar, clock: Clock) -> None:
    """
    A key that repeats because it is held decides nothing, but is not passed on either.
    """
    decided: list[str] = []
    bar.decided.connect(decided.append)
    clock.now += 1
    bar.show_read()
    heard = bar.heard(press(Qt.Key.Key_Return, repeat=True))

    assert heard
    assert decided == []


def test_who_writes_on_after_the_order_went_decides_nothing(bar: DecisionBar, clock: Clock) -> None:
    """
    After the line for a reason closed beneath somebody, decisions wait for three seconds without any key.
    """
    decided: list[str] = []
    bar.decided.connect(decided.append)
    bar.show_switched(startled=True)
    bar.show_read()
    for _ in range(3):
        clock.now += 2
        bar.note_key()
        bar.heard(press(Qt.Key.Key_Return))
    typed = list(decided)
    clock.now += 3
    bar.note_key()
    bar.heard(press(Qt.Key.Key_Return))

    assert typed == []
    assert decided == ["approve"]


def test_switching_disarms(bar: DecisionBar, clock: Clock) -> None:
    """
    The next order has to be read anew.
    """
    bar.show_read()
    bar.show_switched()
    clock.now += 1

    assert not bar.armed
    assert not button(bar, "approve").isEnabled()


def test_only_what_the_lifecycle_allows_is_offered(bar: DecisionBar, clock: Clock) -> None:
    """
    A decision that is not offered for this order is not shown and its key does nothing.
    """
    decided: list[str] = []
    bar.decided.connect(decided.append)
    bar.show_offered(("send_back",))
    clock.now += 1
    bar.heard(press(Qt.Key.Key_X))

    assert decided == []
    assert not any(word in said(bar) for word in ("不予转办", "批准"))


def test_what_cannot_be_decided_now_keeps_its_place_and_says_why(bar: DecisionBar, clock: Clock) -> None:
    """
    Decisions that are out of reach stay where they are, dimmed, with the reason; printing stays, and works.
    """
    decided: list[str] = []
    printed: list[bool] = []
    bar.decided.connect(decided.append)
    bar.printing.connect(lambda: printed.append(True))
    bar.resize(1366, bar.sizeHint().height())
    bar.show_printable(True)
    bar.show_read()
    clock.now += 1
    QApplication.processEvents()
    names = ("print", *ALL)
    before = {name: button(bar, name).geometry() for name in names}, bar.sizeHint().height()
    bar.show_offered((), "网关连接不上", dimmed=ALL)
    QApplication.processEvents()
    bar.heard(press(Qt.Key.Key_Return))
    button(bar, "print").click()

    assert ({name: button(bar, name).geometry() for name in names}, bar.sizeHint().height()) == before
    assert not any(button(bar, name).isEnabled() for name in ALL)
    assert "网关连接不上" in said(bar)
    assert f"{cap('print')}  " in button(bar, "print").text()
    assert (decided, printed) == ([], [True])


def test_the_bar_of_an_empty_pane_is_as_high_as_any(qtbot: QtBot, clock: Clock) -> None:
    """
    While nothing waits the usual keys stand there dimmed, the print key too, so that the next order moves nothing.
    """
    empty = DecisionBar(clock)
    qtbot.addWidget(empty)
    empty.show()
    height = empty.sizeHint().height()
    assert not any(button(empty, name).isEnabled() for name in ("print", "reject", "send_back", "approve"))
    empty.show_printable(True)
    empty.show_offered(ALL)

    assert empty.sizeHint().height() == height


def test_a_click_obeys_the_same_rules(bar: DecisionBar, clock: Clock) -> None:
    """
    A click right after a switch is void like a key.
    """
    decided: list[str] = []
    bar.decided.connect(decided.append)
    bar.show_switched()
    button(bar, "send_back").click()
    clock.now += 1
    button(bar, "send_back").click()

    assert decided == ["send_back"]


def test_a_short_order_is_read_at_once(qtbot: QtBot) -> None:
    """
    An order that fits the screen counts as read when it is shown.
    """
    sheet = OrderSheet()
    qtbot.addWidget(sheet)
    sheet.resize(900, 900)
    with qtbot.waitSignal(sheet.fully_shown) as shown:
        sheet.show_order(order())
        sheet.show()

    assert shown.args == ["1"]


def test_a_long_order_must_be_scrolled_through(qtbot: QtBot) -> None:
    """
    A long order counts as read only when every part of it has been on screen.
    """
    sheet, read = _long(qtbot)
    at_first = list(read)
    _read_through(sheet)

    assert at_first == []
    assert read == ["1"]


def test_jumping_to_the_end_is_not_reading(qtbot: QtBot) -> None:
    """
    Jumping to the end of a long order skips its middle and does not count.
    """
    sheet, read = _long(qtbot)
    sheet.verticalScrollBar().setValue(sheet.verticalScrollBar().maximum())

    assert read == []


def test_the_next_order_begins_unread_at_its_top(qtbot: QtBot) -> None:
    """
    Another order starts at its first line, unread; the same one shown again keeps what was read.
    """
    sheet, read = _long(qtbot)
    _read_through(sheet)
    sheet.show_order(order(times=40))
    same = sheet.verticalScrollBar().value()
    _read_through(sheet)
    once = list(read)
    sheet.show_order(order(times=41))
    other = sheet.verticalScrollBar().value()
    qtbot.waitUntil(lambda: sheet.verticalScrollBar().maximum() > 1000)
    unread = list(read)
    _read_through(sheet)

    assert same > 0
    assert other == 0
    assert once == unread == ["1"]
    assert read == ["1", "1"]


def test_an_order_that_nobody_could_see_is_unread(qtbot: QtBot) -> None:
    """
    An order on a pane that is hidden is not read, however short it is.
    """
    sheet = OrderSheet()
    qtbot.addWidget(sheet)
    read: list[str] = []
    sheet.fully_shown.connect(read.append)
    sheet.resize(900, 900)
    sheet.show_order(order())

    assert read == []


def test_digits_mark_fields_to_correct(qtbot: QtBot) -> None:
    """
    A digit marks the field of that number, the same digit takes the mark away, and a number without a field nothing.
    """
    sheet = OrderSheet()
    qtbot.addWidget(sheet)
    sheet.show_order(order())
    marks: list[object] = []
    sheet.marked.connect(marks.append)
    for number in (7, 1, 7, 0, 99):
        sheet.mark(number)

    assert marks == [("respondent",), ("kind", "respondent"), ("kind",)]


def test_marks_stay_on_the_same_content_and_leave_with_it(qtbot: QtBot) -> None:
    """
    A note that comes to the order on screen keeps its marks; another content of it takes them away and says so.
    """
    sheet, _ = _long(qtbot)
    order = sheet._order
    assert order is not None
    marks: list[object] = []
    sheet.marked.connect(marks.append)
    sheet.mark(1)

    sheet.show_order(replace(order, meta="noted"))
    kept, words = marks[-1], said(sheet)
    sheet.show_order(replace(order, revision=order.revision + 1))

    assert kept == (order.facts[0].field,)
    assert "补正" in words
    assert marks[-1] == ()


@pytest.mark.parametrize(("age", "state"), [(0, "ok"), (59, "ok"), (60, "warn"), (119, "warn"), (120, "danger")])
def test_ages_turn_orange_and_red(age: int, state: str) -> None:
    """
    A waiting order is orange from one minute and red from two.
    """
    assert age_state(age) == state


def test_the_queue_model_is_sound(qtmodeltester: ModelTester) -> None:
    """
    The model of the queue keeps Qt's rules.
    """
    model = QueueModel()
    model.show_queue(QUEUE, urgent_due=False)
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]  # pytest-qt has no types here

    assert [card.id for card in model.cards] == ["old", "young"]


def test_what_was_acted_on_first_stands_apart(qtbot: QtBot) -> None:
    """
    Orders sent at once for danger are listed apart, below, and who else reads an order is said.
    """
    queue = Queue()
    qtbot.addWidget(queue)
    queue.show()
    empty = said(queue)
    queue.show_queue(QUEUE)

    assert "没有待审批的工单" in empty
    assert queue.order() == ("old", "young", "urgent")
    assert "110008 正在阅" in queue._waiting.cards.cards[0].spoken
    assert "先办后批" in said(queue)


def test_a_long_queue_is_laid_out_as_somebody_walks_down(qtbot: QtBot) -> None:
    """
    Of a thousand orders only the first have cards; all are in order, and one can stand on any of them.
    """
    queue = Queue()
    qtbot.addWidget(queue)
    queue.resize(300, 600)
    queue.show()
    queue.show_queue([QueueRow(str(number), "路灯", age=2_000 - number) for number in range(1_000)])
    cards, _ = queue.lists
    at_first = cards.cards.rowCount()

    queue.show_current(str(700))
    reached = cards.current
    queue.show_passed(3)

    def walked_on() -> bool:
        cards.scrollToBottom()
        return cards.cards.rowCount() > 700 + 2 * PAGE

    qtbot.waitUntil(walked_on)

    assert at_first == PAGE
    assert len(queue.order()) == 1_000
    assert reached == "700"
    assert cards.cards.cards[0].chip == "33:23"


def test_the_model_of_a_long_queue_is_sound(qtmodeltester: ModelTester) -> None:
    """
    The model keeps Qt's rules while it grows, and shrinks to the page around the current order when it is read anew.
    """
    model = QueueModel()
    rows = [QueueRow(str(number), "路灯", age=number) for number in range(300)]
    model.show_queue(rows, urgent_due=False)
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]  # pytest-qt has no types here
    while model.canFetchMore(QModelIndex()):
        model.fetchMore(QModelIndex())
    grown = model.rowCount()
    model.show_queue(rows, urgent_due=False, current="295")

    assert grown == len(rows)
    assert model.rowCount() == 5 + PAGE


def test_the_counts_of_the_shift(qtbot: QtBot) -> None:
    """
    The top bar says how many wait, how long the oldest has, how many were approved and how fast; without any, little.
    """
    counts = ShiftCounts()
    qtbot.addWidget(counts)
    counts.show_approved(Tally())
    counts.show_waiting(0, 0)
    nothing = said(counts)
    counts.show_approved(Tally(86, 31.5))
    counts.show_waiting(4, 130)

    assert "待审 0" in nothing
    assert "最久" not in nothing
    assert "中位" not in nothing
    assert all(text in said(counts) for text in ("待审 4", "最久 2:10", "本班已批 86 件 · 中位 0:31"))


def test_a_new_order_leaves_the_cursor_in_the_list_it_is_in(qtbot: QtBot) -> None:
    """
    Whoever stands on an order to be confirmed stays there when another one comes to wait for its approval.
    """
    queue = Queue()
    qtbot.addWidget(queue)
    queue.resize(400, 700)
    queue.show()
    rows = [
        QueueRow(id="w1", title="油烟", age=50),
        QueueRow(id="w2", title="噪声", age=40),
        QueueRow(id="u1", title="燃气", age=30, urgent_due=True),
    ]
    queue.show_queue(rows)
    queue.show_current("w1")
    queue.show_current("u1")
    walked: list[str] = []
    queue.walked.connect(walked.append)

    queue.show_queue([*rows, QueueRow(id="w3", title="停水", age=1)])

    assert walked == []


@pytest.mark.parametrize("state", [State.CLOSED, State.RESOLVED, State.RETURNED, State.DECLINED])
def test_no_order_is_merged_into_one_that_nobody_works_on(state: State) -> None:
    """
    What is over, or may still be given up, takes no other order in.
    """
    order, sent = an_order(category="020101"), (a_step(Action.SUBMIT, Role.CALL_TAKER),)
    own = a_transfer(State.PENDING_APPROVAL, order=order, steps=sent)
    earlier = a_transfer(state, order=order, steps=sent, created_at=own.created_at - timedelta(days=1))

    assert master_among([TransferView(earlier, earlier)], own, Role.DUTY_OFFICER) is None


def test_only_an_earlier_order_of_the_same_category_takes_another_in() -> None:
    """
    An order is merged into the oldest earlier one of its category that still goes on, never into a later or closed one.
    """
    order = an_order(category="020101")
    sent = (a_step(Action.SUBMIT, Role.CALL_TAKER),)
    own = a_transfer(State.PENDING_APPROVAL, order=order, steps=sent)

    def near(minutes: int, state: State = State.SENT, **what: object) -> TransferView:
        made = {"order": order, "steps": sent, "created_at": own.created_at + timedelta(minutes=minutes), **what}
        transfer = a_transfer(state, OUT, **made)
        return TransferView(transfer, transfer)

    good = near(-9)
    others = [near(5), near(-20, State.REJECTED), near(-30, order=an_order(category="010101")), near(-2)]

    assert master_among([*others, good], own, Role.DUTY_OFFICER) is good
    assert master_among(others[:3], own, Role.DUTY_OFFICER) is None


def test_checks_speak_in_words(qtbot: QtBot) -> None:
    """
    Every check shows its verdict as a word and what was found.
    """
    shown = Checks()
    qtbot.addWidget(shown)
    shown.show_checks([CheckView("注意", "warn", "疑似重复", "260409-11-113")])
    shown.show()

    assert all(text in said(shown) for text in ("注意", "疑似重复", "260409-11-113"))


@pytest.mark.parametrize(
    ("content", "region", "verdict"),
    [
        ("滕州市锦绣花园对面工地每晚施工", "薛城区", "注意"),
        ("滕州市锦绣花园对面工地每晚施工", "滕州市龙泉街道", "通过"),
        ("锦绣花园对面工地每晚施工", "薛城区", "通过"),
        ("滕州市锦绣花园对面工地每晚施工", "", "通过"),
    ],
)
def test_a_text_that_names_another_county_is_pointed_out(
    content: str, region: str, verdict: str, qapp: QApplication
) -> None:
    """
    The machine says so where the text names beyond doubt another county than the chosen one, and only there.
    """
    assert qapp
    transfer = a_transfer(State.PENDING_APPROVAL, OUT, order=an_order(content=content, region_name=region))
    found = checks(TransferView(transfer, transfer), read_library(), "110008", ())
    (place,) = [check for check in found if check.title == "区划"]

    assert place.verdict == verdict
    assert ("区划与正文不一致" in place.note) == (verdict == "注意")


def test_a_reason_is_needed(qtbot: QtBot) -> None:
    """
    An empty reason is refused beside the line; a digit takes a prepared one and Enter gives it.
    """
    line = ReasonLine()
    qtbot.addWidget(line)
    line.ask("为什么退回？", ("缺诉求对象", "地址不清"))
    given: list[str] = []
    line.given.connect(given.append)
    QTest.keyClick(line._edit, Qt.Key.Key_Return)
    refused = said(line)
    QTest.keyClicks(line._edit, "2")
    QTest.keyClick(line._edit, Qt.Key.Key_Return)

    assert "请写明理由" in refused
    assert given == ["地址不清"]
    assert line.isHidden()


def test_escape_calls_a_decision_off(qtbot: QtBot) -> None:
    """
    Escape closes the reason without a decision.
    """
    line = ReasonLine()
    qtbot.addWidget(line)
    line.ask("为什么退回？")

    with qtbot.waitSignal(line.cancelled):
        QTest.keyClick(line._edit, Qt.Key.Key_Escape)

    assert line.isHidden()


def test_the_line_for_a_reason_names_its_keys(qtbot: QtBot) -> None:
    """
    Beside the line stands what Enter gives and that Esc calls it off, and others hear when it opens and closes.
    """
    line = ReasonLine()
    qtbot.addWidget(line)
    heard: list[bool] = []
    line.asking.connect(heard.append)
    line.ask("为什么退回？", does="退回补正")
    shown = said(line)
    QTest.keyClick(line._edit, Qt.Key.Key_Escape)

    assert "\N{DOWNWARDS ARROW WITH CORNER LEFTWARDS} 退回补正" in shown
    assert "Esc 取消" in shown
    assert heard == [True, False]


def test_no_decision_is_lit_while_a_reason_is_written(qtbot: QtBot) -> None:
    """
    While a reason is asked for, every decision is dim and no key takes one; afterwards they are as before.
    """
    now = [0.0]
    bar = DecisionBar(lambda: now[0])
    qtbot.addWidget(bar)
    bar.show_offered(["approve", "send_back"])
    bar.show_read()
    now[0] = SETTLE_S
    decided: list[str] = []
    bar.decided.connect(decided.append)
    bar.show_asking(True)
    lit = [name for name, button in bar._buttons.items() if button.isEnabled()]
    QTest.keyClick(bar, Qt.Key.Key_B)
    bar._decide("approve")
    during = list(decided)
    bar.show_asking(False)
    bar._decide("approve")

    assert lit == []
    assert during == []
    assert decided == ["approve"]


def test_a_marked_field_keeps_its_size_and_says_so(qtbot: QtBot) -> None:
    """
    A field to correct is marked by a word and keeps its size; while keys write a reason no hint says they mark.
    """
    sheet = OrderSheet()
    qtbot.addWidget(sheet)
    sheet.resize(700, 500)
    sheet.show_order(OrderView("a", 1, "关于路灯", "不亮", facts=(Fact("address", "详细地址", "桥上"),)))
    sheet.show()
    (caption,) = sheet._captions
    before = caption.text(), caption.fontMetrics().height()
    sheet.mark(1)
    marked = caption.text(), caption.fontMetrics().height()
    sheet.show_keys_taken(True)
    hinted = "要素前的键" in said(sheet)
    sheet.show_keys_taken(False)

    assert before[0] == "1 详细地址"
    assert marked[0].startswith(before[0])
    assert "补正" in marked[0]
    assert marked[1] == before[1]
    assert not hinted
    assert "要素前的键" in said(sheet)


@pytest.mark.parametrize(("width", "pixels"), [(760, 28), (800, 15)])
def test_marked_fields_are_whole_and_move_nothing(
    qtbot: QtBot, appearance: Appearance, width: int, pixels: int
) -> None:
    """
    With every field marked, at 28 px on the narrow screen too, no name is cut at the right edge and no text moves.
    """
    sheet = OrderSheet()
    qtbot.addWidget(sheet)
    appearance.show_size(pixels)
    names = ("address", "category", "respondent", "guidance_item")
    facts = tuple(Fact(name, "承办单位名称", "枣庄市某某区住房和城乡建设局" * 2) for name in names)
    sheet.show_order(OrderView("a", 1, "关于路灯", "不亮", facts=facts))
    sheet.resize(width, 700)
    sheet.show()
    (grid,) = inside(sheet, FactGrid)
    settle()
    texts = [text for _, text in grid._pairs]
    before = [text.geometry() for text in texts]
    for number in range(1, len(names) + 1):
        sheet.mark(number)
    settle()

    assert [text.geometry() for text in texts] == before
    assert grid.width() <= sheet.viewport().width()
    assert all(name.width() >= name.fontMetrics().horizontalAdvance(name.text()) for name, _ in grid._pairs)


def test_what_was_decided_elsewhere_names_who_where_and_when() -> None:
    """
    An order that another officer returned is told with the decision, the officer, the seat, the time and the reason.
    """
    order = replace(a_transfer(State.PENDING_APPROVAL, OUT), steps=(a_step(Action.SUBMIT, Role.CALL_TAKER),))
    step = replace(a_step(Action.SEND_BACK, Role.DUTY_OFFICER), by="110009", seat="02", reason="地点不清")
    returned = replace(order, state=State.RETURNED, steps=(*order.steps, step))

    found = decision(TransferView(returned, returned))
    words = decided_words(returned.number, step, step.at)

    assert decision(TransferView(order, order)) is None
    assert found == step
    wanted = (returned.number, "退回补正", "值班民警 110009", "02", f"{step.at.astimezone(CHINA):%H:%M}", "地点不清")
    assert all(word in words for word in wanted)


def test_an_order_names_the_item_of_the_guidance_lists() -> None:
    """
    The item that an order rests on is told by its own name, its code behind it; one unknown here by its code.
    """
    library = read_library()
    item = library.content.guidance.divert[0]
    order, transfer = an_order(guidance_item=item.id), a_transfer(State.SENT, OUT)
    told = {fact.field: fact.text for fact in facts(order, transfer, library)}["guidance_item"]
    unknown = {fact.field: fact.text for fact in facts(an_order(guidance_item="DV-99"), transfer, library)}

    assert told.startswith(item.title)
    assert item.id in told
    assert unknown["guidance_item"] == "DV-99"


def _read_through(sheet: OrderSheet) -> None:
    while sheet.verticalScrollBar().value() < sheet.verticalScrollBar().maximum():
        sheet.read_on()


def _long(qtbot: QtBot) -> tuple[OrderSheet, list[str]]:
    """Return a sheet with a long order on it, and the orders that were read on it so far."""
    sheet = OrderSheet()
    read: list[str] = []
    sheet.fully_shown.connect(read.append)
    qtbot.addWidget(sheet)
    sheet.resize(600, 400)
    sheet.show_order(order(times=40))
    sheet.show()
    qtbot.waitUntil(lambda: sheet.verticalScrollBar().maximum() > 1000)
    return sheet, read


def test_the_arrows_go_on_into_what_was_acted_on_first(qtbot: QtBot) -> None:
    """
    Down from the last waiting order stands on the first one to confirm, and up from there leads back.
    """
    queue = Queue()
    qtbot.addWidget(queue)
    queue.show_queue(
        [QueueRow("a", "A", "", 30), QueueRow("b", "B", "", 20), QueueRow("u", "U", "", 5, urgent_due=True)]
    )
    walked: list[str] = []
    queue.walked.connect(walked.append)
    queue.walked.connect(queue.show_current)  # as the pane does
    queue.show()
    queue.show_current("a")
    waiting, due = queue.lists

    QTest.keyClick(waiting, Qt.Key.Key_Down)
    QTest.keyClick(waiting, Qt.Key.Key_Down)
    assert (due.current, queue.focusWidget()) == ("u", due)
    QTest.keyClick(due, Qt.Key.Key_Up)

    assert walked == ["b", "u", "b"]
    assert queue.focusWidget() is waiting


def test_a_card_stands_in_the_head_of_its_order(qtbot: QtBot) -> None:
    """
    A red card is told beside the subject, not in the last line of the history alone; without one nothing is told.
    """
    late = replace(a_transfer(State.SIGNED, OUT), flags=frozenset({Flag.YELLOW_CARD, Flag.RED_CARD}))
    for transfer, shown in ((late, ["danger"]), (replace(late, flags=frozenset()), list[str]())):
        sheet = OrderSheet()
        qtbot.addWidget(sheet)
        sheet.show_order(order_view(TransferView(transfer, transfer), read_library(), late.created_at))

        words: list[QLabel] = list(sheet.findChildren(QLabel))
        assert [word.property("state") for word in words if "红牌" in word.text()] == shown
