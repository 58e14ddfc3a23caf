"""The list of this console's orders in the left column."""

from collections.abc import Sequence

from PySide6.QtCore import QElapsedTimer, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workstation.ui.board.orders_model import OrderRow, OrdersModel
from workstation.ui.chips import Chip, KeyCap, Words
from workstation.ui.layout import show_or_step_over
from workstation.ui.rows import Cards

TICK_MS = 1000


class MyOrders(QWidget):
    """Shows the orders, the newest first; Enter opens one."""

    opened = Signal(str)
    walked = Signal(str)
    left_upwards = Signal()

    def __init__(self, title: str = "", *, decides: bool = False, least: int = 0) -> None:
        """Make the list of what somebody wrote, or of what somebody *decides* on; *least* cards show in any room."""
        super().__init__()
        self._decides = decides
        self._model = OrdersModel(self)
        self._rows = Cards(self._model, least=least)
        self._rows.opened.connect(self.opened)
        self._rows.walked.connect(self.walked)
        self._rows.left_upwards.connect(self.left_upwards)
        self._count = Chip()
        self._empty = Words(role="muted")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Words(title or self.tr("My orders"), wraps=False))
        head.addWidget(self._count)
        head.addStretch(1)
        head.addWidget(KeyCap("board"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._empty)
        column.addWidget(self._rows, 1)
        column.addStretch()
        self._since = QElapsedTimer()
        self._tick = QTimer(self)
        self._tick.timeout.connect(self._on_tick)
        self._tick.start(TICK_MS)
        self.show_orders(())

    @property
    def current(self) -> str:
        return self._rows.current

    @property
    def ids(self) -> tuple[str, ...]:
        """The orders on show, from the top."""
        return tuple(card.id for card in self._model.cards)

    @property
    def spoken(self) -> str:
        """What stands on the cards, as it is read aloud."""
        return " ".join(card.spoken for card in self._model.cards)

    def show_orders(self, orders: Sequence[OrderRow], *, returned: int = 0, searched: bool = False) -> None:
        """Show *orders*, all or those *searched* for; *returned* counts those that came back and wait for somebody."""
        nothing = self.tr("Nothing found. Look for another number, name, phone, place or other words.")
        none_yet = self.tr("No orders yet. Send one with its key and it appears here.")
        if self._decides:
            none_yet = self.tr("Nothing decided yet. What you decide on appears here, with what becomes of it.")
        self._empty.show_text(nothing if searched else none_yet)
        self._model.show_orders(orders)
        self._since.start()
        self._count.show_chip(self.tr("%1 returned").replace("%1", str(returned)) if returned else "", "danger")
        show_or_step_over(self, self._rows, shown=bool(orders))
        self._empty.setVisible(not orders)

    def show_passed(self, seconds: int) -> None:
        """Let every order be older by the *seconds* that passed since the list was shown."""
        self._model.show_passed(seconds)

    def _on_tick(self) -> None:
        if self.isVisible():
            self.show_passed(self._since.elapsed() // 1000)

    def go_in(self) -> bool:
        """Stand on the first order with the focus; say whether there is one."""
        ids = self.ids
        if ids:
            self._rows.setFocus()
            self._rows.show_current(ids[0])
        return bool(ids)

    def show_current(self, id: str) -> None:
        """Stand on *id*, or nowhere when it is not in this list; without a signal."""
        if self._rows.current != id:
            self.blockSignals(True)
            self._rows.show_current(id)
            self.blockSignals(False)
