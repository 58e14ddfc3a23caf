"""The orders that wait for a decision, the longest first; those already acted on stand apart."""

from collections.abc import Iterable
from dataclasses import dataclass

from workstation.ui.chips import ages
from workstation.ui.rows import CardsModel, CardView

LATE = 60
OVERDUE = 120


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
    """Orders waiting, oldest first, orange from one minute and red from two."""

    def show_queue(self, orders: Iterable[QueueRow], *, urgent_due: bool) -> None:
        """Show those of *orders* that were acted on first (*urgent_due*), or the others."""
        wanted = [order for order in orders if order.urgent_due is urgent_due]
        self.show_cards([_card(order) for order in sorted(wanted, key=lambda order: -order.age)])


def age_state(seconds: int) -> str:
    """Return the state that an approval of this age is shown in."""
    if seconds >= OVERDUE:
        return "danger"
    return "warn" if seconds >= LATE else "ok"


def _card(order: QueueRow) -> CardView:
    note = " · ".join(part for part in (order.note, order.reader) if part)
    return CardView(order.id, order.title, note=note, chip=ages(order.age), state=age_state(order.age))
