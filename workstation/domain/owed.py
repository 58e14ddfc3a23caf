"""What a transfer owes by when, and the yellow and red cards that nobody has raised for it yet."""

from dataclasses import dataclass
from datetime import datetime

from workstation.domain.deadlines import Deadline, DeadlineBook, DeadlineKind, Urgency
from workstation.domain.lifecycle import Action, Flag
from workstation.domain.order import Kind
from workstation.domain.standing import UNDER_WAY
from workstation.domain.transfer import Step, Transfer

CARDS = (Action.WARN_YELLOW, Action.WARN_RED)
# What ends each debt that is not ended by the result.
_ENDED_BY = {DeadlineKind.SIGN: Action.SIGN, DeadlineKind.DECLINE: Action.ACCEPT}


@dataclass(frozen=True, slots=True)
class Card:
    """A warning that falls due at a moment, about one debt."""

    action: Action
    kind: DeadlineKind
    at: datetime


def owed(transfer: Transfer, book: DeadlineBook) -> tuple[Deadline, ...]:
    """Return what an order that is under way still owes; nothing before the hotline has it or after the result."""
    receipt = transfer.last(Action.RECEIPT)
    if transfer.state not in UNDER_WAY or receipt is None:
        return ()
    order = transfer.order
    found = book.deadlines_for(
        _when(receipt),
        consultation=order.kind is Kind.CONSULT,
        urgency=Urgency.DANGER if order.urgent else Urgency.NONE,
        extended=Flag.EXTENSION_GRANTED in transfer.flags,
    )
    return tuple(deadline for deadline in found if _is_open(deadline, transfer))


def cards_to_come(transfer: Transfer, book: DeadlineBook) -> tuple[Card, ...]:
    """Return the cards that are still to be raised, each once for its debt, the earliest first.

    A warning that would begin before the order came warns of nothing, so a short limit has a red card only; after the
    red card no yellow one comes.
    """
    receipt = transfer.last(Action.RECEIPT)
    if receipt is None:
        return ()
    since = _when(receipt)
    raised = cards_raised(transfer)
    found = [
        Card(action, deadline.kind, at)
        for deadline in owed(transfer, book)
        for action, at in ((Action.WARN_YELLOW, deadline.warn_from), (Action.WARN_RED, deadline.due))
        if not {action, Action.WARN_RED} & set(raised.get(deadline.kind, ())) and at > since
    ]
    return tuple(sorted(found, key=lambda card: card.at))


def cards_raised(transfer: Transfer) -> dict[str, tuple[Action, ...]]:
    """Return which cards were raised about which debt since the hotline got the order, the latest last."""
    receipt = transfer.last(Action.RECEIPT)
    found: dict[str, tuple[Action, ...]] = {}
    for note in transfer.notes:
        if note.action in CARDS and receipt is not None and _when(note) >= _when(receipt):
            found |= {kind: (*found.get(kind, ()), note.action) for kind in note.fields}
    return found


def cards_due(transfer: Transfer, book: DeadlineBook, now: datetime) -> tuple[Card, ...]:
    """Return the cards to raise at *now*; where the red one is due, a yellow one that was missed comes no more."""
    late = [card for card in cards_to_come(transfer, book) if card.at < now]
    red = {card.kind for card in late if card.action is Action.WARN_RED}
    return tuple(card for card in late if card.action is Action.WARN_RED or card.kind not in red)


def _is_open(deadline: Deadline, transfer: Transfer) -> bool:
    end = _ENDED_BY.get(deadline.kind)
    return end is None or transfer.last(end) is None


def _when(step: Step) -> datetime:
    return step.recorded_at or step.at
