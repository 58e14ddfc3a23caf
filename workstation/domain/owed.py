"""What a transfer owes by when, and the yellow and red cards that nobody has raised for it yet."""

from dataclasses import dataclass
from datetime import datetime

from workstation.domain.deadlines import Deadline, DeadlineBook, DeadlineKind, Urgency
from workstation.domain.lifecycle import Action, Flag
from workstation.domain.order import Kind
from workstation.domain.standing import UNDER_WAY
from workstation.domain.transfer import Step, Transfer

CARDS = (Action.WARN_YELLOW, Action.WARN_RED)
_BEGINS = frozenset({Action.RECEIPT, Action.REOPEN})
# The unit that follows one which handed the order back owes a signature of its own, from when it got the order.
_HANDED_ON = (Action.BOUNCE, Action.ASSIGN)
# What ends each debt that is not ended by the result, and what begins it again; a reopened order was accepted long ago.
_ENDED_BY = {
    DeadlineKind.SIGN: frozenset({Action.SIGN, Action.BOUNCE}),
    DeadlineKind.DECLINE: frozenset({Action.ACCEPT}),
}
_BEGUN_BY = {
    DeadlineKind.SIGN: _BEGINS | {Action.ASSIGN},
    DeadlineKind.DECLINE: frozenset({Action.RECEIPT}),
}
_NEVER: frozenset[Action] = frozenset()


@dataclass(frozen=True, slots=True)
class Card:
    """A warning that falls due at a moment, about one debt."""

    action: Action
    kind: DeadlineKind
    at: datetime


def owed(transfer: Transfer, book: DeadlineBook) -> tuple[Deadline, ...]:
    """Return what an order that is under way still owes; nothing before the hotline has it or after the result."""
    since = _began(transfer)
    if transfer.state not in UNDER_WAY or since is None:
        return ()
    order = transfer.order
    found = book.deadlines_for(
        since,
        consultation=order.kind is Kind.CONSULT,
        urgency=Urgency.DANGER if order.urgent else Urgency.NONE,
        extended=Flag.EXTENSION_GRANTED in transfer.flags,
    )
    sign = book.deadline(DeadlineKind.SIGN, _began(transfer, DeadlineKind.SIGN) or since)
    mine = (sign if deadline.kind is DeadlineKind.SIGN else deadline for deadline in found)
    return tuple(deadline for deadline in mine if _is_open(deadline, transfer))


def cards_to_come(transfer: Transfer, book: DeadlineBook) -> tuple[Card, ...]:
    """Return the cards that are still to be raised, each once for its debt, the earliest first.

    A warning that would begin before the debt did warns of nothing, so a short limit has a red card only; after the
    red card no yellow one comes.
    """
    raised = cards_raised(transfer)
    found = [
        Card(action, deadline.kind, at)
        for deadline in owed(transfer, book)
        for action, at in ((Action.WARN_YELLOW, deadline.warn_from), (Action.WARN_RED, deadline.due))
        if not {action, Action.WARN_RED} & set(raised.get(deadline.kind, ()))
        and _had_begun(transfer, deadline.kind, before=at)
    ]
    return tuple(sorted(found, key=lambda card: card.at))


def cards_raised(transfer: Transfer) -> dict[str, tuple[Action, ...]]:
    """Return which cards were raised about which debt since that debt began, the latest last."""
    found: dict[str, tuple[Action, ...]] = {}
    for note in transfer.notes:
        for kind in note.fields if note.action in CARDS else ():
            since = _began(transfer, kind)
            if since is not None and _when(note) >= since:
                found[kind] = (*found.get(kind, ()), note.action)
    return found


def cards_due(transfer: Transfer, book: DeadlineBook, now: datetime) -> tuple[Card, ...]:
    """Return the cards to raise at *now*; where the red one is due, a yellow one that was missed comes no more."""
    late = [card for card in cards_to_come(transfer, book) if card.at < now]
    red = {card.kind for card in late if card.action is Action.WARN_RED}
    return tuple(card for card in late if card.action is Action.WARN_RED or card.kind not in red)


def _is_open(deadline: Deadline, transfer: Transfer) -> bool:
    ends, begins = _ENDED_BY.get(deadline.kind, _NEVER), _BEGUN_BY.get(deadline.kind, _NEVER)
    moves = [step.action for step in transfer.steps if step.action in ends | begins]
    return not moves or moves[-1] in begins


def _had_begun(transfer: Transfer, kind: str, *, before: datetime) -> bool:
    since = _began(transfer, kind)
    return since is not None and since < before


def _began(transfer: Transfer, kind: str = "") -> datetime | None:
    """Return when the debt of *kind* began: with the latest receipt, or when the order was reopened after that.

    A signature is owed anew by the unit that follows one which handed back.
    """
    before = (None, *(step.action for step in transfer.steps))
    for previous, step in reversed(tuple(zip(before, transfer.steps, strict=False))):  # the last one is before nothing
        handed_on = (previous, step.action) == _HANDED_ON and kind == DeadlineKind.SIGN
        if handed_on or step.action in _BEGINS:
            return _when(step)
    return None


def _when(step: Step) -> datetime:
    return step.recorded_at or step.at
