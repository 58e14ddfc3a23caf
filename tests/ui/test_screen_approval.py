"""The promises of the duty officer's pane over a real desk, driven by keys."""

from dataclasses import fields, replace
from datetime import timedelta
from functools import partial

import pytest
from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from tests.ui.desks import Desks, focus, read_to_the_end, written
from tests.ui.seen import button, said
from tests.unit.domain_parts import a_transfer, an_order
from workstation.bootstrap.library import read_library
from workstation.desk.author import TransferView
from workstation.desk.tally import Tally
from workstation.domain.identity import TransferId
from workstation.domain.lifecycle import Action, Flag, Role, State
from workstation.domain.order import Gap, GapReason, Order
from workstation.ui.approval.decision_bar import SETTLE_S, STARTLED_S
from workstation.ui.approval.screen import ApprovalScreen
from workstation.ui.approval.views import confirms
from workstation.ui.approval.waiting import waiting_of
from workstation.ui.board.offers import DIGITS
from workstation.ui.board.views import facts
from workstation.ui.demo_hands import until
from workstation.ui.keys import MARKS, cap
from workstation.ui.labels import label
from workstation.ui.layout import settle
from workstation.ui.pictures import rest
from workstation.ui.pictures_orders import write_orders


def test_an_order_is_approved_by_one_key_once_it_was_read(desks: Desks) -> None:
    """
    When the whole order has been on screen, Enter approves it and the next one stands there by itself.
    """
    desks.orders(2)
    seat = desks.officer
    seat.hands.take_the_seat()
    pane = seat.work.approval
    first, second = pane.queue.order()
    read_to_the_end(seat)

    seat.hands.press("approve")
    until(lambda: pane.queue.order() == (second,), "the next order")
    until(lambda: seat.state(first) in {State.APPROVED, State.SENT}, "the approval at the gateway")

    assert seat.state(second) is State.PENDING_APPROVAL


def test_what_was_decided_stands_on_the_board_with_what_becomes_of_it(desks: Desks) -> None:
    """
    Before a decision the duty officer's board says whose orders come there; then the order is there with each new step.
    """
    desks.orders(1)
    seat, board = desks.officer, desks.officer.work.board
    seat.hands.take_the_seat()
    seat.hands.press("board")
    until(lambda: "决定" in said(board.orders), "the sentence of an empty board")
    before = said(board.orders)
    seat.hands.press("approval")
    (only,) = seat.work.approval.queue.order()
    read_to_the_end(seat)
    seat.hands.press("approve")
    until(lambda: seat.state(only) is State.SENT, "the order sent")

    seat.hands.press("board")
    until(lambda: board.orders.ids == (only,), "the order on the board")
    board.open(only)
    until(lambda: cap(f"board_act_{DIGITS[Action.RECALL]}") in said(board.offers), "what can be done with it")
    order = board.sheet._order
    assert order is not None
    assert desks.stage.walk(only)
    seat.work.sync()
    until(lambda: board.sheet._order != order, "the next step on the board")

    assert "一键派单" not in before


def test_approve_never_falls_on_an_unseen_order(desks: Desks) -> None:
    """
    Enter pressed before the end of a long order was on screen decides nothing.
    """
    desks.orders(1, repeat=40)
    seat = desks.officer
    seat.window.resize(1366, 768)
    seat.hands.take_the_seat()
    pane = seat.work.approval
    (only,) = pane.queue.order()
    rest(int(SETTLE_S * 1000) + 100)
    assert not pane.decisions.armed

    seat.hands.press("approve")
    rest(300)

    assert seat.state(only) is State.PENDING_APPROVAL
    assert pane.queue.order() == (only,)


def test_whoever_wrote_an_order_is_not_offered_to_approve_it(desks: Desks) -> None:
    """
    A duty officer who took the call as a call-taker finds the approve key dimmed on that order, and reads why.
    """
    seat, stage = desks.officer, desks.stage
    seat.window.sign_out()
    seat.sign_in(Role.CALL_TAKER)
    write_orders(seat, stage.officer, stage.scenarios, 1)
    seat.window.sign_out()
    seat.sign_in(Role.DUTY_OFFICER)
    pane = seat.work.approval
    until(pane.queue.order, "the own order")
    (own,) = pane.queue.order()
    seat.hands.take_the_seat()
    until(lambda: "本人经手" in seat.said(), "why not")

    seat.hands.press("approve")
    rest(300)

    approve = button(pane.decisions, "approve")
    assert not approve.isEnabled()
    assert button(pane.decisions, "reject").isEnabled()
    assert seat.state(own) is State.PENDING_APPROVAL


def test_a_key_pressed_for_the_order_before_is_void(desks: Desks) -> None:
    """
    Enter, Enter in one breath approves one order: the second press came before the second order could be seen.
    """
    desks.orders(2)
    seat = desks.officer
    seat.hands.take_the_seat()
    pane = seat.work.approval
    first, second = pane.queue.order()
    read_to_the_end(seat)

    seat.hands.press("approve")
    seat.hands.press("approve")
    until(lambda: seat.state(first) in {State.APPROVED, State.SENT}, "the approval")
    rest(300)

    assert seat.state(second) is State.PENDING_APPROVAL


def test_an_order_about_the_same_is_merged_into_the_earlier_one(desks: Desks) -> None:
    """
    An order of the same caller names the earlier one beside it; M and a reason reject it and mark that one.
    """
    desks.orders(1)
    desks.clock.ahead += timedelta(minutes=1)
    desks.orders(1)
    seat = desks.officer
    seat.hands.take_the_seat()
    pane, console = seat.work.approval, seat.work.console
    first, second = pane.queue.order()
    number = console.desk.transfer(TransferId(first)).transfer.number
    seat.hands.press("next_order")
    until(lambda: pane.current == second, "the later order")
    until(lambda: number in said(pane.near), "the earlier one beside it")
    read_to_the_end(seat)
    until(lambda: f"并入 {number}" in said(pane.decisions), "the key")

    seat.hands.press("merge")
    seat.hands.digit(1)
    seat.hands.strike(Qt.Key.Key_Return)
    until(lambda: desks.taker.state(second) is State.REJECTED, "the rejection at its author's")
    master = console.desk.transfer(TransferId(first)).transfer

    assert pane.queue.order() == (first,)
    assert Flag.REPEAT in master.flags
    assert number in desks.taker.work.console.desk.transfer(TransferId(second)).transfer.steps[-1].reason


def test_a_notice_moves_nothing(desks: Desks) -> None:
    """
    A notice appears in room that is kept for it: the order and the decisions stay where they were.
    """
    desks.orders(1)
    seat = desks.officer
    seat.hands.take_the_seat()
    pane = seat.work.approval
    read_to_the_end(seat)
    before = (pane.decisions.geometry(), pane.sheet.size())

    pane.notice.show_notice("一句话", "warn")
    settle()

    assert (pane.decisions.geometry(), pane.sheet.size()) == before


def test_the_top_bar_counts_the_shift(desks: Desks) -> None:
    """
    The duty officer's top bar counts what waits and what was approved; the call-taker's counts nothing.
    """
    desks.orders(2)
    seat = desks.officer
    seat.hands.take_the_seat()
    until(lambda: "待审 2" in said(seat.work.bar), "two that wait")
    read_to_the_end(seat)
    seat.hands.press("approve")

    until(lambda: "待审 1" in said(seat.work.bar) and "本班已批 1 件" in said(seat.work.bar), "one approved")

    assert "待审" not in said(desks.taker.work.bar)


def test_a_held_key_approves_nothing(desks: Desks) -> None:
    """
    A key that repeats because it is held down is no decision.
    """
    desks.orders(1)
    seat = desks.officer
    seat.hands.take_the_seat()
    pane = seat.work.approval
    (only,) = pane.queue.order()
    read_to_the_end(seat)
    nothing = Qt.KeyboardModifier.NoModifier
    held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, nothing, "\r", True)

    QApplication.sendEvent(focus() or pane, held)
    rest(200)

    assert seat.state(only) is State.PENDING_APPROVAL


def test_sending_back_needs_marks_and_a_reason(desks: Desks) -> None:
    """
    Without a marked field the pane asks for one; with marks and a reason the order goes back, and the author sees both.
    """
    desks.orders(1)
    seat = desks.officer
    seat.hands.take_the_seat()
    pane = seat.work.approval
    (only,) = pane.queue.order()
    rest(int(SETTLE_S * 1000) + 100)

    seat.hands.press("send_back")
    asked = pane.notice.text
    seat.hands.digit(4)
    seat.hands.press("back")
    seat.hands.digit(5)
    seat.hands.press("send_back")
    seat.hands.digit(1)
    seat.hands.strike(Qt.Key.Key_Return)
    until(lambda: desks.taker.state(only) is State.RETURNED, "the order back at its author")
    step = desks.taker.work.console.desk.transfer(only).transfer.steps[-1]  # type: ignore[arg-type]

    assert asked
    assert len(step.fields) == 2
    assert step.reason


def test_the_first_mark_leads_on_to_the_sending_back_that_was_asked_for(desks: Desks) -> None:
    """
    After B with nothing marked, the key of a field opens the line for the reason, and Enter there sends back.
    """
    desks.orders(1)
    seat = desks.officer
    seat.hands.take_the_seat()
    pane = seat.work.approval
    (only,) = pane.queue.order()
    read_to_the_end(seat)
    order = pane.sheet._order
    assert order is not None

    seat.hands.press("send_back")
    seat.hands.digit(1)
    opened = pane.reason.isVisible()
    notice = pane.notice.text if pane.notice.isVisible() else ""
    seat.hands.write("地址不清", free=True)
    seat.hands.strike(Qt.Key.Key_Return)
    until(lambda: seat.state(only) is not State.PENDING_APPROVAL, "a decision")
    until(lambda: desks.taker.state(only) is State.RETURNED, "the order back at its author")
    step = desks.taker.work.console.desk.transfer(TransferId(only)).transfer.steps[-1]

    assert opened
    assert not notice
    assert (step.fields, step.reason) == ((order.facts[0].field,), "地址不清")


def test_enter_approves_nothing_while_a_sending_back_was_asked_for(desks: Desks) -> None:
    """
    After B with nothing marked Enter only says what is missing; Esc calls it off, and then Enter approves.
    """
    desks.orders(1)
    seat = desks.officer
    seat.hands.take_the_seat()
    pane = seat.work.approval
    (only,) = pane.queue.order()
    read_to_the_end(seat)

    seat.hands.press("send_back")
    seat.hands.write("地址不清", free=True)
    seat.hands.press("approve")
    rest(300)
    held, asked = seat.state(only), pane.notice.text
    seat.hands.press("back")
    said_after = pane.notice.isVisible()
    seat.hands.press("approve")
    until(lambda: desks.taker.state(only) is State.SENT, "the order sent")

    assert held is State.PENDING_APPROVAL
    assert "Esc" in asked
    assert not said_after


def test_an_order_with_marked_fields_is_not_approved(desks: Desks) -> None:
    """
    Enter on an order with a marked field names the mark and the ways on; Esc takes it off, and then Enter approves.
    """
    desks.orders(1)
    seat = desks.officer
    seat.hands.take_the_seat()
    pane = seat.work.approval
    (only,) = pane.queue.order()
    read_to_the_end(seat)

    seat.hands.digit(2)
    seat.hands.press("approve")
    rest(300)
    held, asked = seat.state(only), pane.notice.text
    seat.hands.press("back")
    marks = "补正" in "".join(caption.text() for caption in pane.sheet._captions)
    seat.hands.press("approve")
    until(lambda: desks.taker.state(only) is State.SENT, "the order sent")

    assert held is State.PENDING_APPROVAL
    assert all(word in asked for word in ("标记", cap("send_back"), "Esc"))
    assert not marks


def test_escape_calls_a_decision_off_in_the_window_too(desks: Desks) -> None:
    """
    Esc closes the line for a reason, and the decisions are the pane's again.
    """
    desks.orders(1)
    seat = desks.officer
    seat.hands.take_the_seat()
    pane = seat.work.approval
    (only,) = pane.queue.order()
    read_to_the_end(seat)
    seat.hands.press("reject")
    until(lambda: not pane.reason.isHidden(), "the line for the reason")

    seat.hands.strike(Qt.Key.Key_Escape)
    closed = pane.reason.isHidden()
    seat.hands.press("approve")
    until(lambda: desks.taker.state(only) is State.SENT, "the order sent")

    assert closed


def test_every_field_that_is_shown_can_be_marked(desks: Desks) -> None:
    """
    Each field of the order stands behind a key of its own, letters after the nine digits, and goes back marked by it.
    """
    desks.orders(1)
    seat = desks.officer
    seat.hands.take_the_seat()
    pane = seat.work.approval
    (only,) = pane.queue.order()
    read_to_the_end(seat)
    order = pane.sheet._order
    assert order is not None
    names = [fact.field for fact in order.facts]
    shown = said(pane.sheet)
    for id in MARKS[: len(names)]:
        seat.hands.press(id)
    seat.hands.press("send_back")
    seat.hands.digit(1)
    seat.hands.strike(Qt.Key.Key_Return)
    until(lambda: desks.taker.state(only) is State.RETURNED, "the order back at its author")
    step = desks.taker.work.console.desk.transfer(TransferId(only)).transfer.steps[-1]

    assert 9 < len(names) <= len(MARKS)
    assert all(f"{cap(id)} {fact.name}" in shown for id, fact in zip(MARKS, order.facts, strict=False))
    assert set(step.fields) == set(names)


def test_the_keys_suffice_for_the_longest_order() -> None:
    """
    An order in which every field holds something has a key for each.
    """
    names = [each.name for each in fields(Order) if each.name != "gaps"]
    shown: set[str] = set()
    library = read_library()
    for some in (names[::2], names[1::2]):
        order = an_order(gaps=tuple(Gap(field=name, reason=GapReason.UNKNOWN) for name in some))
        shown |= {fact.field for fact in facts(order, a_transfer(State.SENT, order=order), library)}

    assert len(shown) == len(MARKS)


def places(pane: ApprovalScreen) -> dict[str, QRect]:
    """Return where every decision stands, and the bar."""
    names = ("print", "reject", "send_back", "approve")
    return {name: button(pane.decisions, name).geometry() for name in names} | {"bar": pane.decisions.geometry()}


def test_the_gateway_out_of_reach_offers_no_approval(desks: Desks) -> None:
    """
    Without the gateway the pane says so, moves no key, approves nothing and prints the order by its key or button.
    """
    desks.orders(1)
    seat = desks.officer
    seat.hands.take_the_seat()
    pane = seat.work.approval
    (only,) = pane.queue.order()
    read_to_the_end(seat)
    before = places(pane)
    desks.stage.officer.plug(False)
    seat.work.sync()
    until(lambda: not pane.online, "the news that the gateway is down")

    told, status = pane.notice.text, said(seat.work.bar.status)
    seat.hands.press("approve")
    after = places(pane)
    button(pane.decisions, "print").click()
    rest(200)
    desks.stage.officer.plug(True)

    assert after == before
    assert f"（{cap('print')}）" in told
    assert "离线" in status
    assert "接警" not in status
    assert seat.state(only) is State.PENDING_APPROVAL
    (file,) = seat.work.console.prints.glob("*.pdf")
    assert file.read_bytes().startswith(b"%PDF")


def test_a_withdrawn_order_is_gone_before_it_is_decided(desks: Desks) -> None:
    """
    An order that its author withdrew meanwhile is decided by nobody, and the pane says who withdrew it.
    """
    desks.orders(1)
    officer, taker = desks.officer, desks.taker
    (only,) = officer.work.approval.queue.order()
    taker.hands.take_the_seat()
    taker.hands.press("board")
    until(lambda: taker.work.board.orders.ids == (only,), "the order on the board")
    taker.hands.strike(Qt.Key.Key_Home)
    taker.work.board.open(only)
    until(lambda: "撤回" in taker.said(), "what can be done")
    taker.hands.digit(DIGITS[Action.WITHDRAW])

    until(lambda: officer.work.approval.queue.order() == (), "an empty queue")
    until(lambda: "已由他人处理" in officer.work.approval.notice.text, "what became of it")

    assert officer.state(only) is State.DRAFT
    who = taker.work.console.session.user
    assert all(word in officer.work.approval.notice.text for word in (label(Action.WITHDRAW), who, "06"))


def test_the_pane_keeps_its_order_when_another_arrives(desks: Desks) -> None:
    """
    An order that arrives changes the list, never the order that is being read, nor the focus.
    """
    desks.orders(1)
    seat = desks.officer
    seat.hands.take_the_seat()
    pane = seat.work.approval
    read_to_the_end(seat)
    before, shown = focus(), pane.queue.order()[0]

    desks.orders(1)

    assert focus() is before
    assert pane.decisions.armed
    assert pane.queue.order()[0] == shown


def change_unseen(desks: Desks, id: TransferId) -> None:
    """Withdraw an order, change it and send it again, between two looks of the duty officer's console."""
    taker, officer = desks.taker, desks.officer
    desks.stage.officer.plug(False)
    desk, form = taker.work.console.desk, taker.work.console.form
    written(taker, partial(desk.act, id, Action.WITHDRAW))
    kept = form.incident(desk.transfer(id).transfer.incident)  # type: ignore[arg-type]
    changed = kept.intake.with_value("narrative", "换了一件事：路灯不亮。" * 120)
    written(taker, partial(form.keep, replace(kept, intake=changed)))
    kept = form.incident(kept.id)
    advice = taker.work.console.assistant.look(kept)
    written(taker, partial(form.send, kept, advice.asked, advice.decided))
    taker.work.sync()
    until(lambda: not desk.transfer(id).queued, "the changed order at the gateway")
    desks.stage.officer.plug(True)
    officer.work.sync()
    until(lambda: officer.work.console.desk.transfer(id).transfer.revision == 2, "the changed order here")
    until(lambda: "换了一件事" in said(officer.work.approval.sheet), "the changed order on the pane")


def test_an_order_changed_beneath_the_pane_has_to_be_read_again(desks: Desks) -> None:
    """
    When the author changes an order between two looks at the gateway, Enter approves nothing that was not read.
    """
    desks.orders(1)
    seat = desks.officer
    seat.window.resize(1366, 768)
    seat.hands.take_the_seat()
    pane = seat.work.approval
    (only,) = pane.queue.order()
    read_to_the_end(seat)

    change_unseen(desks, TransferId(only))
    rest(int(SETTLE_S * 1000) + 100)
    armed = pane.decisions.armed
    seat.hands.press("approve")
    rest(300)

    assert not armed
    assert pane.notice.text
    assert pane.sheet.verticalScrollBar().value() == 0
    assert seat.state(only) is State.PENDING_APPROVAL
    assert not seat.work.console.desk.transfer(TransferId(only)).queued


def test_a_reason_for_a_changed_order_is_void(desks: Desks) -> None:
    """
    When the order changes while a reason is being written, the line closes, the marks are gone, and Enter does nothing.
    """
    desks.orders(1)
    seat = desks.officer
    seat.hands.take_the_seat()
    pane = seat.work.approval
    (only,) = pane.queue.order()
    read_to_the_end(seat)
    seat.hands.press("reject")
    until(lambda: not pane.reason.isHidden(), "the line for the reason")

    change_unseen(desks, TransferId(only))
    for _ in range(2):
        pane.decisions._switched -= STARTLED_S - 1
        seat.hands.strike(Qt.Key.Key_Return)
    rest(300)

    assert pane.reason.isHidden()
    assert not pane.decisions.settled
    assert seat.state(only) is State.PENDING_APPROVAL
    assert not seat.work.console.desk.transfer(TransferId(only)).queued


@pytest.mark.parametrize(
    ("state", "offered"),
    [(State.PENDING_APPROVAL, {"approve", "send_back", "reject"}), (State.SENT, {"approve", "object"})],
)
def test_an_urgent_order_that_came_again_is_approved_again(desks: Desks, state: State, offered: set[str]) -> None:
    """
    An order acted on first, declined and submitted anew is decided like any other; only one on its way is confirmed.
    """
    seat = desks.officer
    seat.hands.take_the_seat()
    pane = seat.work.approval
    due = a_transfer(state, revision=2, flags=frozenset({Flag.APPROVAL_DUE}))

    pane._show_waiting(waiting_of([TransferView(due, due)], desks.clock(), Tally()))

    assert pane.decisions._offered == offered
    assert confirms(TransferView(due, due)) is (state is State.SENT)
    assert ("补批同意" in pane.decisions._buttons["approve"].text()) is (state is State.SENT)
