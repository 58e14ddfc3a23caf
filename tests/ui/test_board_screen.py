"""The promises of the board over a real desk, driven by keys."""

import re
from datetime import timedelta
from functools import partial

import pytest
from PySide6.QtCore import Qt

from tests.ui.desks import CTRL, Desks, begin, focus, read_to_the_end, safe, written
from tests.ui.desks import incident as incident_on
from tests.ui.seen import inside, said
from workstation.domain.errors import Stale
from workstation.domain.identity import TransferId
from workstation.domain.lifecycle import Action, Role, State
from workstation.domain.outbox import Delivery
from workstation.domain.standing import UNDER_WAY
from workstation.ui.board.my_orders import MyOrders
from workstation.ui.board.offers import DIGITS
from workstation.ui.chips import FoundWords
from workstation.ui.demo_hands import until
from workstation.ui.demo_stage import Seat
from workstation.ui.pictures import rest
from workstation.ui.rows import Cards
from workstation.ui.sentences import code_sentence, refusal_sentence, sentence


def number(seat: Seat, id: str) -> str:
    """Return the number of an order, as the sheet shows it."""
    return seat.work.console.desk.transfer(TransferId(id)).transfer.number


def at_the_board(seat: Seat, id: str) -> None:
    """Go to the board and let one order stand on the sheet."""
    seat.hands.take_the_seat()
    seat.hands.press("board")
    board = seat.work.board
    until(board.isVisible, "the board")
    rest(300)  # its lists arrive, and whoever has the focus stands on a row
    board.open(id)
    until(lambda: number(seat, id) in said(board.sheet), "the order on the sheet")


def test_the_board_decides_nothing_that_has_to_be_read_first(desks: Desks) -> None:
    """
    At a duty officer's board no digit approves, sends back or rejects an order: that is done where it is read.
    """
    desks.orders(1)
    seat = desks.officer
    (only,) = seat.work.approval.queue.order()
    at_the_board(seat, only)
    words = said(seat.work.board)

    for digit in range(1, 10):
        seat.hands.digit(digit)
        seat.hands.strike(Qt.Key.Key_Escape)
    rest(300)

    assert not any(word in words for word in ("批准", "退回补正", "不予转办"))
    assert seat.state(only) is State.PENDING_APPROVAL


def test_a_digit_never_falls_on_an_order_that_left_the_screen(desks: Desks) -> None:
    """
    A digit pressed while the order walked to is still being fetched does nothing to the one before.
    """
    desks.orders(2)
    first, second = desks.officer.work.approval.queue.order()
    taker = desks.taker
    at_the_board(taker, first)

    taker.work.board.open(second)
    taker.hands.digit(DIGITS[Action.WITHDRAW])
    until(lambda: taker.work.board.orders.current == second, "the second order under the cursor")
    rest(300)

    assert taker.state(first) is State.PENDING_APPROVAL
    assert taker.state(second) is State.PENDING_APPROVAL
    taker.hands.digit(DIGITS[Action.WITHDRAW])
    until(lambda: taker.state(second) is State.DRAFT, "the second order taken back")


def test_a_reason_for_another_order_is_void(desks: Desks) -> None:
    """
    The line for a reason closes when another order comes on the sheet, so that no reason goes to the wrong order.
    """
    desks.orders(2)
    first, second = desks.officer.work.approval.queue.order()
    taker = desks.taker
    at_the_board(taker, first)
    board = taker.work.board
    taker.hands.digit(DIGITS[Action.RECHECK_DANGER])
    asked = not board.reason.isHidden()

    board.open(second)
    until(lambda: number(taker, second) in said(board.sheet), "the second order on the sheet")

    assert asked
    assert board.reason.isHidden()


def test_deadlines_follow_the_clock(desks: Desks) -> None:
    """
    A deadline that passes turns its order red within a minute although nothing else happens, while somebody works here.
    """
    desks.orders(1)
    officer, taker = desks.officer, desks.taker
    (only,) = officer.work.approval.queue.order()
    officer.hands.take_the_seat()
    read_to_the_end(officer)
    officer.hands.press("approve")
    until(lambda: taker.state(only) is State.SENT, "the order sent")
    while taker.state(only) not in UNDER_WAY:
        desks.stage.walk(only)
        taker.work.sync()
        rest(100)
    at_the_board(taker, only)
    desks.stage.taker.plug(False)
    lists = taker.work.board.orders, taker.work.intake.panels.orders
    before = [_card_states(rows) for rows in lists]
    minute = taker.work._minute
    beats = minute.isActive(), minute.interval()

    desks.clock.ahead += timedelta(days=60)
    minute.timeout.emit()
    until(lambda: all(_card_states(rows) == ["danger"] for rows in lists), "the red of both lists", 5)
    work = taker.work
    taker.window.sign_out()

    assert ["danger"] not in before
    assert beats == (True, 60_000)
    assert taker.window.work is None
    assert not work._minute.isActive()


def _card_states(rows: MyOrders) -> list[str]:
    return [card.state for card in rows._model.cards]


@pytest.mark.parametrize("again", ["digit", "enter"])
def test_a_repetition_is_noted_only_when_said_twice(desks: Desks, again: str) -> None:
    """
    The digit of a repetition asks first; Esc and other digits note nothing, the same digit or Enter notes it once.
    """
    desks.orders(1)
    (only,) = desks.officer.work.approval.queue.order()
    taker = desks.taker
    at_the_board(taker, only)
    board, desk, digit = taker.work.board, taker.work.console.desk, DIGITS[Action.REPEAT]
    taker.hands.digit(digit)
    asked = said(board.ask_first)
    taker.hands.strike(Qt.Key.Key_Escape)
    called_off = board.ask_first.isHidden() and board.isVisible()
    stood = board.orders.current
    taker.hands.digit(digit)
    taker.hands.digit(DIGITS[Action.WITHDRAW])
    rest(300)
    unnoted = desk.transfer(TransferId(only)).after.notes
    if again == "digit":
        taker.hands.digit(digit)
    else:
        taker.hands.strike(Qt.Key.Key_Return)
    until(lambda: desk.transfer(TransferId(only)).after.notes, "the repetition noted")

    assert "不能撤回" in asked
    assert called_off
    assert stood == only
    assert unnoted == ()
    assert board.ask_first.isHidden()
    assert [note.action for note in desk.transfer(TransferId(only)).after.notes] == [Action.REPEAT]
    assert taker.state(only) is State.PENDING_APPROVAL


def test_a_question_goes_with_the_screen(desks: Desks) -> None:
    """
    A question that nobody answered is gone when the board is left, so that no later digit answers it.
    """
    desks.orders(1)
    (only,) = desks.officer.work.approval.queue.order()
    taker = desks.taker
    at_the_board(taker, only)
    taker.hands.digit(DIGITS[Action.REPEAT])
    asked = not taker.work.board.ask_first.isHidden()
    taker.hands.press("intake")
    taker.hands.press("board")

    assert asked
    assert taker.work.board.ask_first.isHidden()


def test_escape_clears_the_search_before_it_leads_back(desks: Desks) -> None:
    """
    While something is searched for, Esc empties the line and every order is there again; the next Esc leads back.
    """
    desks.orders(1)
    (only,) = desks.officer.work.approval.queue.order()
    taker = desks.taker
    at_the_board(taker, only)
    board = taker.work.board
    taker.hands.press("search")
    taker.hands.write("zzzz")
    until(lambda: board.orders.ids == (), "nothing found")
    taker.hands.strike(Qt.Key.Key_Escape)
    until(lambda: board.orders.ids == (only,), "every order again")
    here = board.isVisible()
    taker.hands.strike(Qt.Key.Key_Escape)

    assert here
    assert taker.work.intake.isVisible()


def test_the_arrows_lead_into_what_was_found_and_back(desks: Desks) -> None:
    """
    Down from the search line stands on the first hit, even when it is still on its way; Up from it is in the line.
    """
    desks.orders(3)
    queue = desks.officer.work.approval.queue.order()
    taker = desks.taker
    at_the_board(taker, queue[0])
    board = taker.work.board
    taker.hands.press("search")
    taker.hands.write(number(taker, queue[1]))
    taker.hands.press("board_hits")
    until(lambda: board.orders.ids == (queue[1],), "what was found")
    until(lambda: board.orders.current == queue[1], "the hit under the cursor")
    until(lambda: number(taker, queue[1]) in said(board.sheet), "the hit on the sheet")
    inside = board.orders.isAncestorOf(focus())  # type: ignore[arg-type]  # something has it
    taker.hands.press("board_line")
    back = focus() is board.search.edit
    taker.hands.strike(Qt.Key.Key_Escape)
    until(lambda: len(board.orders.ids) == len(queue), "every order again")
    taker.hands.press("board_hits")
    first = board.orders.current
    taker.hands.press("board_hits")
    second = board.orders.current
    taker.hands.press("board_line")
    still_inside = focus() is not board.search.edit

    assert inside
    assert back
    assert (first, second) == board.orders.ids[:2]
    assert still_inside
    assert board.orders.current == first


def _found(seat: Seat, words: str) -> tuple[str, ...]:
    """Search at the board, by keys, and return what is listed for it."""
    seat.hands.take_the_seat()
    seat.hands.press("search")
    seat.hands.strike(Qt.Key.Key_A, CTRL)
    seat.hands.write(words, free=True)
    board = seat.work.board
    until(lambda: board._listed == words, "the list for these words")
    return board.orders.ids


def test_a_form_that_became_no_order_is_found_and_can_be_read(desks: Desks) -> None:
    """
    A call that ended with the police is found by its number, the police's and its words, and is read whole, no more.
    """
    taker = desks.taker
    form = begin(taker)
    safe(taker)
    taker.hands.write("北辛街道门口有人打架", free=True)
    taker.hands.press("police_dispatch")
    taker.hands.write("JQ2026112300001")
    taker.hands.strike(Qt.Key.Key_Return)
    taker.hands.digit(1)
    until(lambda: taker.work.intake.incident is None, "the form closed")

    found = [_found(taker, words) for words in (form.number, "JQ2026112300001", "打架")]
    board = taker.work.board
    taker.hands.press("board_hits")
    until(lambda: "JQ2026112300001" in said(board.sheet), "the summary")
    offers = said(board.offers)
    taker.hands.strike(Qt.Key.Key_Return)
    taker.hands.digit(1)
    spoken, read = board.orders.spoken, said(board.sheet)
    nothing = _found(taker, "zzzz")
    board.refresh()
    rest(300)

    assert found == [(form.id,)] * 3
    assert "不是工单" in offers
    assert "派警" in spoken
    assert form.number in spoken
    assert nothing == ()
    assert taker.crashes == []
    assert "北辛街道门口有人<span" in read
    assert "北辛街道门口有人" not in said(board.sheet)
    assert board.isVisible()
    assert taker.work.intake.incident is None


def test_a_parked_form_is_found_and_opened_where_it_is_written(desks: Desks) -> None:
    """
    A draft is found by its words as one that is parked, and Enter leads to its form.
    """
    taker = desks.taker
    form = begin(taker)
    taker.hands.write("某处井盖丢失", free=True)
    taker.hands.press("park")
    until(lambda: taker.work.intake.incident is None, "an empty screen")

    found = _found(taker, "井盖")
    spoken = taker.work.board.orders.spoken
    taker.hands.press("board_hits")
    taker.hands.strike(Qt.Key.Key_Return)
    until(lambda: taker.work.intake.incident is not None, "the form")

    assert found == (form.id,)
    assert "暂存" in spoken
    assert taker.work.intake.isVisible()
    assert incident_on(taker).id == form.id


def test_a_search_that_finds_nothing_says_so(desks: Desks) -> None:
    """
    Where nothing was found the list says that, and not that there are no orders yet.
    """
    taker = desks.taker
    begin(taker)

    found = _found(taker, "zzzz")
    board = taker.work.board
    nothing = said(board.orders)
    taker.hands.strike(Qt.Key.Key_Escape)
    until(lambda: "没有找到" not in said(board.orders), "the list without a search")

    assert found == ()
    assert "没有找到" in nothing


def test_the_centre_shows_what_was_found_and_where(desks: Desks) -> None:
    """
    A search puts its first hit on the sheet with its words tinted; one that finds nothing clears it until Esc.
    """
    desks.orders(3)
    taker, desk = desks.taker, desks.taker.work.console.desk
    first = next(view.transfer for view in desk.my_orders() if "惠民超市" in view.transfer.order.content)
    other = next(view.transfer for view in desk.my_orders() if "惠民超市" not in view.transfer.order.content)
    at_the_board(taker, other.id)
    board = taker.work.board

    hits = _found(taker, "惠民超市")
    until(lambda: first.number in said(board.sheet), "the first hit on the sheet")
    tinted = [words.text() for words in inside(board.sheet, FoundWords) if "<span" in words.text()]
    spoken = board.orders.spoken
    nothing = _found(taker, "惠民超市没有的字")
    empty = said(board.sheet)
    taker.hands.strike(Qt.Key.Key_Escape)
    until(lambda: first.number in said(board.sheet), "the order of before")

    assert hits[0] == first.id
    assert any("惠民超市" in words for words in tinted)
    assert "「惠民超市」" in spoken
    assert nothing == ()
    assert first.number not in empty
    assert "<span" not in said(board.sheet)
    assert board.orders.current == first.id


def test_the_open_order_is_always_in_the_list(desks: Desks) -> None:
    """
    An order that the list does not reach, as it is none of the newest, stands behind them while it is open, selected.
    """
    desks.orders(1)
    seat = desks.officer
    (only,) = seat.work.approval.queue.order()
    at_the_board(seat, only)
    board = seat.work.board
    until(lambda: board.orders.ids == (only,), "the open order in the list")
    board.refresh()
    rest(300)

    assert seat.work.console.desk.my_orders() == []
    assert board.orders.ids == (only,)
    assert board.orders.current == only


def test_the_board_says_what_it_can_do_without_the_gateway(desks: Desks) -> None:
    """
    With the gateway out of reach the board says what still works, and moves nothing; an empty one says what will come.
    """
    taker = desks.taker
    taker.hands.take_the_seat()
    taker.hands.press("board")
    board = taker.work.board
    until(lambda: "还没有工单" in said(board.orders), "the sentence of an empty list")
    empty, before = said(board), board.offers.geometry()

    desks.stage.taker.plug(False)
    taker.work.sync()
    until(lambda: "网关连接不上" in said(board), "the news that the gateway is down")
    during = board.offers.geometry()
    desks.stage.taker.plug(True)
    taker.work.sync()
    until(lambda: "网关连接不上" not in said(board), "the news that it is back")

    assert "这里显示全文" in empty
    assert "请先选择" in empty
    assert during == before


@pytest.mark.parametrize("size", [15, 28])
def test_the_lists_show_whole_cards_on_the_small_screen(desks: Desks, size: int) -> None:
    """
    On the small screen the list of orders has room for two whole cards at every size of text, and the open one shows.
    """
    desks.orders(4)
    taker = desks.taker
    oldest = taker.work.console.desk.my_orders()[-1].transfer.id
    at_the_board(taker, oldest)
    taker.appearance.show_size(size)
    taker.window.resize(1366, 768)
    (cards,) = inside(taker.work.board.orders, Cards)
    rest(300)

    assert cards.viewport().height() >= sum(cards.sizeHintForRow(row) for row in (0, 1))
    assert cards.viewport().rect().contains(cards.visualRect(cards.currentIndex()))


def test_escape_calls_off_what_asks_for_a_reason_and_leads_nowhere_else(desks: Desks) -> None:
    """
    While a reason is asked for, Esc closes the line and nothing else; only the next Esc leads back from the board.
    """
    desks.orders(1)
    (only,) = desks.officer.work.approval.queue.order()
    taker = desks.taker
    at_the_board(taker, only)
    board = taker.work.board
    taker.hands.digit(DIGITS[Action.RECHECK_DANGER])
    asked = not board.reason.isHidden()
    taker.hands.strike(Qt.Key.Key_Escape)
    closed, still_here = board.reason.isHidden(), board.isVisible()
    taker.hands.strike(Qt.Key.Key_Escape)

    assert asked
    assert closed
    assert still_here
    assert taker.work.intake.isVisible()


@pytest.mark.parametrize(
    ("delivery", "problem", "detail", "key"),
    [
        (Delivery.REFUSED, "illegal_action", "approve by duty_officer: approver_is_author", "board_dismiss"),
        (Delivery.PARKED, "keeps_failing", "HTTP 500", "board_requeue"),
    ],
)
def test_what_was_not_delivered_is_dealt_with_by_one_key(
    desks: Desks, delivery: Delivery, problem: str, detail: str, key: str
) -> None:
    """
    A refused message says why and goes off the list by its key; one that was held back is sent again by its own.
    """
    desks.orders(1)
    (only,) = desks.officer.work.approval.queue.order()
    taker = desks.taker
    at_the_board(taker, only)
    board, desk = taker.work.board, taker.work.console.desk
    words = refusal_sentence(problem, detail)
    desks.stage.taker.plug(False)

    def hold_back() -> None:
        desk.act(TransferId(only), Action.WITHDRAW)
        with desk._store.begin() as tx:
            (row,) = tx.outbox()
            tx.failed(row.command.id, delivery, problem, detail)

    written(taker, hold_back)
    board.refresh()
    until(lambda: words in said(board), "the sentence")

    taker.hands.press(key)

    until(lambda: words not in said(board), "an empty list")
    assert desk.refused() == []


def test_a_form_of_another_seat_is_brought_here_to_be_mended(desks: Desks) -> None:
    """
    A digit opens the form of a returned order that was written at another seat, whole, and it is this person's now.
    """
    desks.orders(1)
    seat, taker = desks.officer, desks.taker
    (only,) = seat.work.approval.queue.order()
    id = TransferId(only)
    desk = seat.work.console.desk
    written(seat, partial(desk.act, id, Action.SEND_BACK, reason="楼号不清", fields=("address",)))
    seat.work.sync()
    until(lambda: taker.state(only) is State.RETURNED, "the order back at its author")
    incident = taker.work.console.desk.transfer(id).transfer.incident
    assert incident is not None
    narrative = taker.work.console.form.incident(incident).intake.get("narrative")
    seat.window.sign_out()
    seat.sign_in(Role.CALL_TAKER)
    at_the_board(seat, only)

    seat.hands.digit(1)
    until(lambda: seat.work.intake.isVisible() and seat.work.intake.incident is not None, "the form")
    shown = incident_on(seat)

    assert shown.id == incident
    assert shown.intake.get("narrative") == narrative
    assert shown.author == seat.work.console.session.user
    assert len(shown.handed_over) == 1


def test_a_search_looks_through_what_came_back_too(desks: Desks) -> None:
    """
    While something is searched for, the list of what came back shows only what was found of it; then all of it again.
    """
    desks.orders(2)
    officer, taker = desks.officer, desks.taker
    first, second = officer.work.approval.queue.order()
    for id in (first, second):
        send_back = partial(officer.work.console.desk.act, TransferId(id), Action.SEND_BACK)
        written(officer, partial(send_back, reason="楼号不清", fields=("address",)))
    officer.work.sync()
    until(lambda: {taker.state(first), taker.state(second)} == {State.RETURNED}, "both orders back at their author")
    at_the_board(taker, first)
    board = taker.work.board
    board.refresh()
    until(lambda: set(board.returned.ids) == {first, second}, "both orders in the list of what came back")

    board.search.edit.setText(number(taker, second))
    board._search(number(taker, second))
    until(lambda: board.orders.ids == (second,), "what was searched for")
    found = board.returned.ids
    board.search.edit.clear()
    board._search("")
    until(lambda: set(board.returned.ids) == {first, second}, "everything again")

    assert found == (second,)


@pytest.mark.parametrize("code", ["keeps_failing", "unknown", "too_large", "too_many", "incomplete", "superseded"])
def test_a_refusal_speaks_chinese(code: str) -> None:
    """
    Every code by which the gateway refuses has a sentence, and what is stale says so whoever noticed.
    """
    assert re.search("[\u4e00-\u9fff]", code_sentence(code))
    assert sentence(Stale("revision 1", "revision 2")) == code_sentence("stale")
    assert refusal_sentence("stale", "nothing known") == code_sentence("stale")
