"""The orders that wait for a decision, the longest first; those already acted on stand apart."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex

from workstation.settings import WAITS_LATE_S, WAITS_TOO_LONG_S
from workstation.ui.card_model import CardsModel, CardView
from workstation.ui.chips import ages

PAGE = 40


_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One waiting order: where and what, from which seat, since how many seconds, and who else is reading it.

    Args:
        urgent_due: It was sent at once for danger and only waits to be confirmed.
    """

    id: str
    title: str
    note: str = ""
    age: int = 0
    urgent_due: bool = False
    reader: str = ""


class QueueModel(CardsModel):
    """Orders waiting, oldest first, orange from one minute and red from two.

    A list lays out every card it has before it paints one, so cards are made page by page as somebody walks down.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[QueueRow, ...] = ()
        self._passed = 0
        self._changing = False
        self._readers: Mapping[str, str] = {}

    @property
    def order(self) -> tuple[str, ...]:
        """The ids of all orders, also of those that have no card yet."""
        return tuple(row.id for row in self._rows)

    def show_queue(self, orders: Iterable[QueueRow], *, urgent_due: bool, current: str = "") -> None:
        """Show those of *orders* that were acted on first (*urgent_due*), or the others; *current* keeps its card."""
        wanted = [order for order in orders if order.urgent_due is urgent_due]
        self._rows = tuple(sorted(wanted, key=lambda order: -order.age))
        self._passed = 0
        self._changing = True
        self.show_cards(self._made(self._place_of(current) + PAGE))
        self._changing = False

    def show_passed(self, seconds: int) -> None:
        """Let every order be older by the *seconds* that passed since they were shown."""
        self._passed = seconds
        self.show_ages(self._made(len(self.cards)))

    def show_readers(self, readers: Mapping[str, str]) -> None:
        """Say of some orders who else is reading them."""
        self._readers = readers
        self.show_cards(self._made(len(self.cards)))

    def reach(self, id: str) -> None:
        """See to it that the order *id* has a card."""
        place = self._place_of(id)
        if place > len(self.cards):
            self._grow(place + PAGE)

    def canFetchMore(self, parent: _Index) -> bool:
        return not parent.isValid() and not self._changing and len(self.cards) < len(self._rows)

    def fetchMore(self, parent: _Index) -> None:
        if self.canFetchMore(parent):
            self._grow(len(self.cards) + PAGE)

    def _grow(self, wanted: int) -> None:
        cards = self._made(wanted)
        self._changing = True  # whoever hears of a change may ask for more before it is over
        self.beginInsertRows(QModelIndex(), len(self.cards), len(cards) - 1)
        self.cards = cards
        self.endInsertRows()
        self._changing = False

    def _made(self, wanted: int) -> tuple[CardView, ...]:
        return tuple(_card(row, self._passed, self._readers.get(row.id, row.reader)) for row in self._rows[:wanted])

    def _place_of(self, id: str) -> int:
        """Return how many orders there are up to *id*; none when it is not among them."""
        return next((place for place, row in enumerate(self._rows, start=1) if row.id == id), 0)


def age_state(seconds: int) -> str:
    """Return the state that an approval of this age is shown in."""
    if seconds >= WAITS_TOO_LONG_S:
        return "danger"
    return "warn" if seconds >= WAITS_LATE_S else "ok"


def _card(order: QueueRow, passed: int, reader: str) -> CardView:
    note = " · ".join(part for part in (order.note, reader) if part)
    age = order.age + passed
    return CardView(order.id, order.title, note=note, chip=ages(age), state=age_state(age))
