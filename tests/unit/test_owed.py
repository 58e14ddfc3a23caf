"""What a transfer owes, and the cards that fall due for it."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from tests.unit.domain_parts import NOON, OUT, a_step, a_transfer, an_order, urgent_order
from workstation.adapters.calendar_files import load_calendar, read_rules
from workstation.domain.deadlines import DeadlineBook, DeadlineKind
from workstation.domain.lifecycle import Action, Flag, Role, State
from workstation.domain.order import Kind
from workstation.domain.owed import CARDS, Card, cards_due, cards_raised, cards_to_come, owed
from workstation.domain.transfer import Transfer

CONTENT = Path(__file__).resolve().parents[2] / "resources" / "content"
BOOK = DeadlineBook(read_rules(CONTENT / "deadlines.yaml"), load_calendar(CONTENT / "calendars"))
YELLOW, RED = CARDS
SIGN, DECLINE, GENERAL = DeadlineKind.SIGN, DeadlineKind.DECLINE, DeadlineKind.GENERAL


def received(state: State = State.RECEIVED, *done: Action, **what: object) -> Transfer:
    """Return an order that the hotline got on Monday noon, with the steps *done* since."""
    steps = [a_step(Action.RECEIPT, Role.HOTLINE, recorded_at=NOON)]
    steps += [a_step(action, Role.HOTLINE, recorded_at=NOON) for action in done]
    return a_transfer(state, OUT, steps=tuple(steps), **what)


def noted(transfer: Transfer, action: Action, kind: DeadlineKind, at: datetime) -> Transfer:
    note = a_step(action, Role.SYSTEM, recorded_at=at, fields=(kind,))
    return replace(transfer, notes=(*transfer.notes, note))


def cards(transfer: Transfer, days: int) -> list[tuple[Action, DeadlineKind]]:
    return [(card.action, card.kind) for card in cards_due(transfer, BOOK, NOON + timedelta(days=days))]


def test_an_order_owes_what_was_not_done_yet() -> None:
    """
    Once accepted it may not be declined late, once signed it is not signed late; the result is owed to the last.
    """
    kinds = {
        State.RECEIVED: [d.kind for d in owed(received(), BOOK)],
        State.ACCEPTED: [d.kind for d in owed(received(State.ACCEPTED, Action.ACCEPT), BOOK)],
        State.SIGNED: [d.kind for d in owed(received(State.SIGNED, Action.ACCEPT, Action.SIGN), BOOK)],
    }

    assert kinds == {
        State.RECEIVED: [SIGN, DECLINE, GENERAL],
        State.ACCEPTED: [SIGN, GENERAL],
        State.SIGNED: [GENERAL],
    }


def test_before_the_receipt_and_after_the_result_nothing_is_owed() -> None:
    """
    What the hotline does not have, or has done, owes nothing and gets no card.
    """
    sent, done = a_transfer(State.SENT), received(State.RESOLVED)

    assert owed(sent, BOOK) == owed(done, BOOK) == owed(a_transfer(State.RECEIVED), BOOK) == ()
    assert cards_to_come(sent, BOOK) == cards_to_come(done, BOOK) == ()


def test_kind_urgency_and_extension_set_the_limit() -> None:
    """
    A consultation, a danger and a granted extension each have their own day.
    """
    consult = received(order=an_order(kind=Kind.CONSULT))
    danger = received(order=urgent_order())
    longer = received(flags=frozenset({Flag.EXTENSION_GRANTED}))

    assert owed(consult, BOOK)[-1].kind is DeadlineKind.CONSULT
    assert owed(danger, BOOK)[-1].kind is DeadlineKind.DANGER
    assert owed(longer, BOOK)[-1].due > owed(received(), BOOK)[-1].due


def test_the_yellow_card_comes_before_the_red_one() -> None:
    """
    One working day before the limit the yellow card is due, after it the red one; a card that was raised comes no more.
    """
    signed = received(State.SIGNED, Action.ACCEPT, Action.SIGN)
    warned = noted(signed, YELLOW, GENERAL, NOON + timedelta(days=6))

    assert cards(signed, 3) == cards(warned, 6) == []
    assert cards(signed, 6) == [(YELLOW, GENERAL)]
    assert cards(warned, 8) == [(RED, GENERAL)]
    assert cards(noted(warned, RED, GENERAL, NOON + timedelta(days=8)), 30) == []
    assert cards_raised(warned) == {GENERAL: (YELLOW,)}


def test_a_missed_yellow_card_is_not_raised_late() -> None:
    """
    After an outage over the whole warning only the red card comes.
    """
    late = received(State.SIGNED, Action.ACCEPT, Action.SIGN)

    assert cards(late, 30) == [(RED, GENERAL)]
    assert cards(noted(late, RED, GENERAL, NOON + timedelta(days=30)), 31) == []


def test_a_limit_of_one_day_has_no_yellow_card() -> None:
    """
    A warning that would have begun before the order came warns of nothing; its red card comes, one for each debt.
    """
    assert [(card.action, card.kind) for card in cards_to_come(received(), BOOK)] == [
        (YELLOW, DECLINE),
        (RED, SIGN),
        (RED, DECLINE),
        (YELLOW, GENERAL),
        (RED, GENERAL),
    ]


def test_an_order_that_was_received_anew_is_warned_about_anew() -> None:
    """
    Cards of an earlier delivery do not count for the next one, and other notes are no cards.
    """
    old = noted(received(State.SIGNED, Action.ACCEPT, Action.SIGN), RED, GENERAL, NOON - timedelta(days=9))
    chased = replace(old, notes=(*old.notes, a_step(Action.CHASE, Role.CALL_TAKER, recorded_at=NOON)))

    assert cards_raised(chased) == {}
    assert Card(RED, GENERAL, owed(chased, BOOK)[-1].due) in cards_to_come(chased, BOOK)


def test_the_unit_that_follows_one_which_handed_back_owes_its_own_signature() -> None:
    """
    Signed or not, what a unit hands back owes no signature until it is given to the next, and a new one from then on.

    Cards about the first signature do not count for the next one; the answer is owed from the receipt all along.
    """
    later = NOON + timedelta(days=2)
    for taken in ((Action.ACCEPT, Action.ASSIGN, Action.SIGN), (Action.ACCEPT, Action.ASSIGN)):
        back = noted(received(State.ACCEPTED, *taken, Action.BOUNCE), RED, SIGN, NOON + timedelta(days=1))
        handed = a_step(Action.ASSIGN, Role.HOTLINE, recorded_at=later)
        again = replace(back, state=State.ASSIGNED, steps=(*back.steps, handed))
        signed = replace(again, state=State.SIGNED, steps=(*again.steps, a_step(Action.SIGN, Role.UNIT)))

        assert [d.kind for d in owed(back, BOOK)] == [d.kind for d in owed(signed, BOOK)] == [GENERAL]
        assert owed(again, BOOK) == (BOOK.deadline(SIGN, later), BOOK.deadline(GENERAL, NOON))
        assert cards(again, 2) == []
        assert (RED, SIGN) in cards(again, 4)
        assert cards_raised(back) == {SIGN: (RED,)}
        assert cards_raised(again) == {}
        assert (RED, SIGN) not in cards(noted(again, RED, SIGN, NOON + timedelta(days=4)), 5)


def test_a_second_round_owes_everything_again() -> None:
    """
    An order that was declined and submitted anew owes signature and answer anew, counted from its new receipt.
    """
    again = NOON + timedelta(days=30)
    first = [a_step(action, Role.HOTLINE, recorded_at=NOON) for action in (Action.RECEIPT, Action.ACCEPT, Action.SIGN)]
    second = a_step(Action.RECEIPT, Role.HOTLINE, recorded_at=again)
    transfer = a_transfer(State.RECEIVED, OUT, steps=(*first, second))

    assert {deadline.kind for deadline in owed(transfer, BOOK)} == {SIGN, DECLINE, GENERAL}
    assert not cards_due(transfer, BOOK, again + timedelta(minutes=1))


def test_a_reopened_order_counts_from_its_reopening() -> None:
    """
    What was closed in time and is reopened a month later has no red card a minute afterwards, and need not be accepted.
    """
    again = NOON + timedelta(days=30)
    taken = (Action.RECEIPT, Action.ACCEPT, Action.SIGN, Action.REPORT, Action.CLOSE)
    first = [a_step(action, Role.HOTLINE, recorded_at=NOON) for action in taken]
    transfer = a_transfer(State.ASSIGNED, OUT, steps=(*first, a_step(Action.REOPEN, Role.HOTLINE, recorded_at=again)))

    assert {deadline.kind for deadline in owed(transfer, BOOK)} == {SIGN, GENERAL}
    assert not cards_due(transfer, BOOK, again + timedelta(minutes=1))
