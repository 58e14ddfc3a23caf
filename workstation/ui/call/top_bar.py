"""The bar at the top of every screen."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from workstation.ui.call.call_bar import CallBar
from workstation.ui.call.practice_stripe import PracticeStripe
from workstation.ui.call.status_line import StatusLine
from workstation.ui.chips import Words

BETWEEN = 12
PLACE_OF_CALL = 2


class TopBar(QFrame):
    """Seat, operator, call, state of the console and clock; in practice it carries the stripe."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "bar")
        self.call = CallBar()
        self.status = StatusLine()
        self.stripe = PracticeStripe()
        self.stripe.hide()
        self._seat = Words(wraps=False)
        self._operator = Words(role="muted", wraps=False)
        self._beside: list[QWidget] = [self._seat, self._operator, self.call]
        self._row = QHBoxLayout()
        self._row.setSpacing(BETWEEN)
        for widget in self._beside:
            self._row.addWidget(widget)
        self._row.addStretch(1)
        self._row.addWidget(self.status)
        self._call_below = False
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(12, 8, 12, 8)
        self._rows.setSpacing(8)
        self._rows.addLayout(self._row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.stripe)
        column.addLayout(self._rows)

    def add(self, widget: QWidget) -> None:
        """Put what a role counts behind what everybody sees."""
        self._beside.append(widget)
        self._row.insertWidget(self._row.indexOf(self.status) - 1, widget)

    def show_seat(self, seat: str, operator: str) -> None:
        self._seat.show_text(seat)
        self._operator.show_text(operator)

    def show_practice(self, practice: bool) -> None:  # noqa: FBT001 - a Qt slot
        self.stripe.setVisible(practice)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._arrange()
        return super().event(event)

    def _arrange(self) -> None:
        """Give the call a line of its own where it does not fit beside the rest."""
        parts = [part for part in (*self._beside, self.status) if not part.isHidden()]
        needed = sum(part.sizeHint().width() + BETWEEN for part in parts) + 2 * BETWEEN
        below = needed > self.width()
        if below is self._call_below:
            return
        self._call_below = below
        if below:
            self._rows.addWidget(self.call)
        else:
            self._row.insertWidget(PLACE_OF_CALL, self.call)
