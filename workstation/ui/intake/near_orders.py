"""Known orders that may be about the same thing."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workstation.ui.card_model import CardView
from workstation.ui.chips import Chip, KeyCap, Words
from workstation.ui.layout import show_or_step_over
from workstation.ui.rows import Cards

SHOWN = 3


class NearOrders(QWidget):
    """Lists orders of the same place or caller; Enter on one links this call to it."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Words(self.tr("Near orders"), wraps=False))
        self._count = Chip()
        head.addWidget(self._count)
        head.addStretch(1)
        head.addWidget(KeyCap("near_orders", self.tr("Link")))
        self._rows = Cards()
        self._rows.opened.connect(self.chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        self._empty = Words(self.tr("No order of this caller or place is known here."), role="muted")
        column.addWidget(self._empty)
        column.addWidget(self._rows)
        self.show_orders(())

    def show_orders(self, orders: Sequence[CardView]) -> None:
        self._rows.cards.show_cards(orders)
        self._count.show_chip(str(len(orders)) if orders else "", "warn")
        show_or_step_over(self, self._rows, shown=bool(orders))
        self._empty.setVisible(not orders)
        self._rows.setFixedHeight(sum(self._rows.sizeHintForRow(row) for row in range(min(SHOWN, len(orders)))) + 4)
