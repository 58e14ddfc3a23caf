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
_BEGINS = frozenset({Action.RECEIPT, Action.REOPEN})
_ENDED_BY = {DeadlineKind.SIGN: Action.SIGN, DeadlineKind.DECLINE: Action.ACCEPT}


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
    return tuple(deadline for deadline in found if _is_open(deadline, transfer))


def cards_to_come(transfer: Transfer, book: DeadlineBook) -> tuple[Card, ...]:
    """Return the cards that are still to be raised, each once for its debt, the earliest first.

    A warning that would begin before the order came warns of nothing, so a short limit has a red card only; after the
    red card no yellow one comes.
    """
    since = _began(transfer)
    if since is None:
        return ()
    raised = cards_raised(transfer)
    found = [
        Card(action, deadline.kind, at)
        for deadline in owed(transfer, book)
        for action, at in ((Action.WARN_YELLOW, deadline.warn_from), (Action.WARN_RED, deadline.due))
        if not {action, Action.WARN_RED} & set(raised.get(deadline.kind, ())) and at > since
    ]
    return tuple(sorted(found, key=lambda card: card.at))


def cards_raised(transfer: Transfer) -> dict[str, tuple[Action, ...]]:
    """Return which cards were raised about which debt in the round that goes on, the latest last."""
    since = _began(transfer)
    found: dict[str, tuple[Action, ...]] = {}
    for note in transfer.notes:
        if note.action in CARDS and since is not None and _when(note) >= since:
            found |= {kind: (*found.get(kind, ()), note.action) for kind in note.fields}
    return found


def cards_due(transfer: Transfer, book: DeadlineBook, now: datetime) -> tuple[Card, ...]:
    """Return the cards to raise at *now*; where the red one is due, a yellow one that was missed comes no more."""
    late = [card for card in cards_to_come(transfer, book) if card.at < now]
    red = {card.kind for card in late if card.action is Action.WARN_RED}
    return tuple(card for card in late if card.action is Action.WARN_RED or card.kind not in red)


def _is_open(deadline: Deadline, transfer: Transfer) -> bool:
    end = _ENDED_BY.get(deadline.kind)
    begins = _BEGINS - ({Action.REOPEN} if end is Action.ACCEPT else set())  # a reopened order was accepted long ago
    moves = [step.action for step in transfer.steps if step.action in {end, *begins}]
    return end is None or moves[-1:] != [end]


def _began(transfer: Transfer) -> datetime | None:
    """Return when the round that goes on began: with its latest receipt, or when it was reopened after that."""
    return next((_when(step) for step in reversed(transfer.steps) if step.action in _BEGINS), None)


def _when(step: Step) -> datetime:
    return step.recorded_at or step.at
