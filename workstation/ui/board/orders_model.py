"""The orders of this console as cards."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from PySide6.QtCore import QCoreApplication, QObject

from workstation.domain.lifecycle import State
from workstation.domain.standing import AGES_HERE, IN_GOOD_HANDS, NOT_TAKEN, WAITS_HERE
from workstation.ui.card_model import CardsModel, CardView
from workstation.ui.chips import ages
from workstation.ui.labels import label


@dataclass(frozen=True, slots=True)
class OrderRow:
    """One order: its number and state, the age of that state in seconds, where and what, and its deadline in words.

    Args:
        state: None for a form that is no order; `became` says in words what it is.
        queued: The last step has not been acknowledged by the gateway yet.
        deadline: Empty, ``near`` or ``over``.
        found: The words around what was searched for.
        card: A warning that was raised before, in a word; one about the present deadline stands in ``due``.
    """

    id: str
    number: str
    state: State | None
    title: str
    note: str = ""
    age: int = 0
    queued: bool = False
    deadline: str = ""
    due: str = ""
    card: str = ""
    became: str = ""
    found: str = ""


class OrdersModel(CardsModel):
    """Turns orders into cards: the deadline, if it presses, before the state."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._orders: tuple[OrderRow, ...] = ()

    def show_orders(self, orders: Iterable[OrderRow]) -> None:
        self._orders = tuple(orders)
        self.show_cards([_card(order) for order in self._orders])

    def show_passed(self, seconds: int) -> None:
        """Let every order be older by the *seconds* that passed since they were shown."""
        self.show_ages([_card(replace(order, age=order.age + seconds)) for order in self._orders])


def _card(order: OrderRow) -> CardView:
    return CardView(
        id=order.id,
        title=order.title,
        small=order.number,
        note=" · ".join(part for part in _small(order) if part),
        found=order.found,
        chip=_chip(order),
        state=_state(order),
    )


def _small(order: OrderRow) -> tuple[str, ...]:
    """Return what stands below the title; what the chip says already is not said twice."""
    return (order.note, order.card) if order.deadline else (order.note, order.due, order.card)


def _chip(order: OrderRow) -> str:
    if order.deadline and order.due:
        return order.due
    if order.state is None:
        return order.became
    words = label(order.state)
    if order.state in AGES_HERE:
        words = f"{words} {ages(order.age)}"
    return words + (QCoreApplication.translate("OrdersModel", ", unsent") if order.queued else "")


def _state(order: OrderRow) -> str:
    if order.deadline:
        return {"near": "warn", "over": "danger"}[order.deadline]
    if order.queued:
        return "warn"
    for states, colour in ((IN_GOOD_HANDS, "ok"), (WAITS_HERE, "warn"), (NOT_TAKEN, "danger")):
        if order.state in states:
            return colour
    return "info"
