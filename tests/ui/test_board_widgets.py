"""The promises of the orders' list and timeline."""

from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.ui.seen import said
from tests.unit.domain_parts import NOON, a_step, a_transfer
from workstation.bootstrap.library import read_library
from workstation.desk.author import TransferView
from workstation.desk.library import Library
from workstation.domain.deadlines import DeadlineKind
from workstation.domain.errors import InvalidValue
from workstation.domain.lifecycle import Action, Direction, Flag, Role, State, offered
from workstation.domain.transfer import Step
from workstation.ui.board.my_orders import MyOrders
from workstation.ui.board.offers import DIGITS, MEND, Offers, offered_here
from workstation.ui.board.orders_model import OrderRow, OrdersModel
from workstation.ui.board.timeline import StepView, Timeline
from workstation.ui.board.views import order_row
from workstation.ui.board.views import steps as shown_steps
from workstation.ui.card_model import CARD_ROLE
from workstation.ui.chips import Words
from workstation.ui.keys import KEYS, Scope
from workstation.ui.keys import said as translated
from workstation.ui.keys_page import KeysPage, rows
from workstation.ui.sentences import named_sentence


@pytest.fixture(scope="module")
def library() -> Library:
    return read_library()


ROWS = [
    OrderRow("a", "260411-06-087", State.PENDING_APPROVAL, "消费退款", "提交 21:46", age=38),
    OrderRow("b", "260411-06-074", State.ASSIGNED, "自来水浑浊", queued=True),
    OrderRow("c", "260410-06-192", State.ASSIGNED, "占道经营", deadline="over", due="超期 1 日"),
    OrderRow("d", "260410-06-177", State.SIGNED, "小区停车", "区住建局", due="余 3 工作日"),
]


def test_the_orders_model_is_sound(qtmodeltester: ModelTester) -> None:
    """
    The model of the orders keeps Qt's rules while rows change, come and go.
    """
    model = OrdersModel()
    model.show_orders(ROWS)
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]  # pytest-qt has no types here
    model.show_orders([*ROWS[1:], OrderRow("e", "1", State.SENT, "新")])
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]  # pytest-qt has no types here


@pytest.mark.parametrize(
    ("row", "chip", "state"),
    [(0, "0:38", "warn"), (1, "，待发", "warn"), (2, "超期 1 日", "danger"), (3, "已签收", "ok")],
)
def test_a_card_says_state_age_and_deadline(row: int, chip: str, state: str) -> None:
    """
    A card's chip says the state, its age while somebody waits, an unsent step, and above all a deadline that presses.
    """
    model = OrdersModel()
    model.show_orders(ROWS)
    card = model.data(model.index(row), CARD_ROLE)

    assert chip in card.chip  # type: ignore[attr-defined]  # a card
    assert card.state == state  # type: ignore[attr-defined]


def test_a_card_of_the_system_is_a_word_and_a_colour(qtbot: QtBot, library: Library) -> None:
    """
    The row names the card beside its deadline, or below the title later; the timeline says what it is about.
    """
    receipt = a_step(Action.RECEIPT, Role.HOTLINE, recorded_at=NOON)
    moment = NOON + timedelta(days=9)
    red = Step(action=Action.WARN_RED, role=Role.SYSTEM, by="gateway", at=moment, fields=(DeadlineKind.GENERAL,))
    steps = (receipt, a_step(Action.ACCEPT, Role.HOTLINE), a_step(Action.SIGN, Role.UNIT))
    late = a_transfer(State.SIGNED, steps=steps, notes=(red,), flags=frozenset({Flag.RED_CARD}))
    done = replace(late, state=State.RESOLVED)
    model = OrdersModel()
    model.show_orders([order_row(TransferView(each, each), library, moment) for each in (late, done)])
    timeline = Timeline()
    qtbot.addWidget(timeline)
    timeline.show_steps(shown_steps(TransferView(late, late), moment))
    shown = [part for part in QApplication.allWidgets() if isinstance(part, Words) and timeline.isAncestorOf(part)]
    (warning,) = [words for words in shown if "红牌" in words.text()]

    assert model.cards[0].chip.startswith("红牌 03-09 23:59")
    assert model.cards[0].state == "danger"
    assert "红牌" in model.cards[1].note
    assert "亮红牌 · 系统 · 一般办理时限" in warning.text()
    assert warning.property("state") == "danger"


@pytest.mark.parametrize(
    ("role", "by", "who"),
    [
        (Role.UNIT, "unit", "承办单位"),
        (Role.HOTLINE, "hotline", "12345"),
        (Role.DUTY_OFFICER, "110008", "值班民警 110008"),
    ],
)
def test_a_step_names_who_took_it(role: Role, by: str, who: str) -> None:
    """
    A step says the role and the number of a person, and of a machine the role alone.
    """
    step = Step(action=Action.SIGN, role=role, by=by, at=NOON)
    transfer = a_transfer(State.SIGNED, steps=(step,))
    (shown,) = shown_steps(TransferView(transfer, transfer), NOON)

    assert shown.who == who


def test_chinese_is_punctuated_as_chinese(qapp: QApplication) -> None:
    """
    The fields to correct are parted, and the name of a wrong field is followed, by the marks that Chinese has.
    """
    assert qapp
    step = Step(action=Action.SEND_BACK, role=Role.DUTY_OFFICER, by="110008", at=NOON, fields=("address", "wish"))
    transfer = a_transfer(State.RETURNED, steps=(step,))
    (shown,) = shown_steps(TransferView(transfer, transfer), NOON)

    assert shown.note == "详细地址、期望结果"
    assert named_sentence(InvalidValue("contact_phone", "required")).startswith("联系电话：")


def test_an_unsent_step_never_looks_like_a_state_of_the_gateway() -> None:
    """
    A step that the gateway has not acknowledged is marked as unsent beside the state, whatever the state is.
    """
    model = OrdersModel()
    for state in State:
        model.show_orders([OrderRow("a", "1", state, "x", queued=True)])

        assert "待发" in model.cards[0].chip


def test_a_change_of_text_keeps_the_rows(qtbot: QtBot) -> None:
    """
    When only an age changes, the rows stay and the cursor with them.
    """
    orders = MyOrders()
    qtbot.addWidget(orders)
    orders.show_orders(ROWS)
    orders.show_current("c")
    resets: list[None] = []
    orders._model.modelReset.connect(lambda: resets.append(None))

    orders.show_orders([OrderRow("a", "260411-06-087", State.PENDING_APPROVAL, "消费退款", age=39), *ROWS[1:]])

    assert orders.current == "c"
    assert resets == []


def test_an_age_goes_on_without_a_layout(qtbot: QtBot) -> None:
    """
    What waits grows older by itself, is painted anew, and no card is laid out again for it.
    """
    orders = MyOrders()
    qtbot.addWidget(orders)
    orders.show_orders(ROWS)
    told: list[str] = []
    orders._model.dataChanged.connect(lambda: told.append("laid out"))
    orders._model.modelReset.connect(lambda: told.append("made anew"))
    orders._model.aged.connect(lambda: told.append("painted"))

    orders.show_passed(5)

    assert "0:43" in orders._model.cards[0].chip
    assert told == ["painted"]

    orders.show_passed(5)

    assert told == ["painted"]

    orders.show_passed(600)

    assert "10:38" in orders._model.cards[0].chip
    assert told == ["painted", "laid out"]


def test_the_ages_of_a_list_on_screen_are_kept_by_its_clock(qtbot: QtBot) -> None:
    """
    A list that is looked at lets its orders grow older; one that nobody sees costs nothing.
    """
    orders = MyOrders()
    qtbot.addWidget(orders)
    orders.show_orders(ROWS)
    told: list[str] = []
    orders._model.aged.connect(lambda: told.append("painted"))
    orders.show()

    with qtbot.waitSignal(orders._model.aged, timeout=5000):
        pass

    assert told
    assert "0:38" not in orders._model.cards[0].chip


@pytest.mark.parametrize("role", [Role.CALL_TAKER, Role.DUTY_OFFICER])
def test_every_action_of_the_board_has_a_digit_of_its_own(role: Role) -> None:
    """
    Whatever the lifecycle offers on the board has one digit, and no two offered together share theirs.
    """
    for direction, state in product(Direction, State):
        offers = offered_here(offered(direction, state, role, frozenset(Flag)), state)
        digits = [DIGITS[action] for action in offers]
        if Action.SUBMIT in offered(direction, state, role):
            digits.append(DIGITS[MEND])

        assert len(set(digits)) == len(digits), (direction, state, offers)


def test_nobody_is_chased_for_an_order_that_was_never_sent(qtbot: QtBot) -> None:
    """
    An order that waits here is marked as repeated by its key, the same as later; it is chased only after it was sent.
    """
    offers = Offers()
    qtbot.addWidget(offers)
    places: dict[State, tuple[str, str, str]] = {}
    for state in (State.PENDING_APPROVAL, State.ASSIGNED):
        here = offered_here(offered(Direction.OUTBOUND, state, Role.CALL_TAKER), state)
        offers.show_offers(here, mendable=False)
        offers.show()
        places[state] = offers.of(4), offers.of(5), said(offers)

    assert places[State.PENDING_APPROVAL][:2] == (Action.REPEAT, "")
    assert places[State.ASSIGNED][:2] == (Action.REPEAT, Action.CHASE)
    assert "标记重复 4" in places[State.ASSIGNED][2]


def test_an_empty_list_says_what_to_do(qtbot: QtBot) -> None:
    """
    On the first start the list says how an order gets there.
    """
    orders = MyOrders()
    qtbot.addWidget(orders)
    orders.show()
    empty = said(orders)
    orders.show_orders(ROWS, returned=2)

    assert "还没有工单" in empty
    assert "还没有工单" not in said(orders)
    assert "退回 2" in said(orders)


def test_enter_opens_an_order(qtbot: QtBot) -> None:
    """
    Enter on a card opens its order.
    """
    orders = MyOrders()
    qtbot.addWidget(orders)
    orders.show_orders(ROWS)

    with qtbot.waitSignal(orders.opened) as opened:
        orders._rows.activated.emit(orders._model.index(2))

    assert opened.args == ["c"]


def test_five_hundred_orders_are_shown_at_once(qtbot: QtBot) -> None:
    """
    A list of five hundred orders appears and scrolls without measuring every card for every paint.
    """
    orders = MyOrders()
    qtbot.addWidget(orders)
    orders.resize(260, 700)
    orders.show_orders([OrderRow(str(n), f"260411-06-{n:03}", State.SENT, "路灯不亮 " * 6) for n in range(500)])
    orders.show()
    orders.show_current("499")

    assert orders.current == "499"


def test_the_timeline_says_when_what_who_and_why(qtbot: QtBot) -> None:
    """
    Every step shows its time, actor and reason, and whether it was inferred or is still unsent.
    """
    timeline = Timeline()
    qtbot.addWidget(timeline)
    timeline.show()
    empty = said(timeline)
    timeline.show_steps(
        [
            StepView("21:47", "提交", "110023"),
            StepView("21:49", "退回补正", "110008", "缺诉求对象"),
            StepView("21:55", "受理", "12345", inferred=True),
            StepView("21:56", "撤回", "110023", queued=True),
        ]
    )
    words = said(timeline)

    assert "还没有经过" in empty
    assert all(text in words for text in ("21:49", "110008", "缺诉求对象", "推定", "待发"))


def test_the_page_of_keys_shows_the_whole_table(qtbot: QtBot) -> None:
    """
    Every action of the table stands on the page of keys with its key.
    """
    page = KeysPage()
    qtbot.addWidget(page)
    page.show()
    words = said(page)

    assert all(translated(key.text) in words for key in KEYS)
    assert ("Ctrl+1–9", translated("Go to a draft")) in rows(Scope.ANYWHERE)
    assert ("F1, 1-4", translated("Safety")) in rows(Scope.INTAKE)
