"""The bar at the top of every screen."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from workstation.ui.call.call_bar import CallBar
from workstation.ui.call.practice_stripe import PracticeStripe
from workstation.ui.call.status_line import StatusLine
from workstation.ui.chips import Words
from workstation.ui.flow import FlowLayout


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
        left = FlowLayout(gap=12)
        for widget in (self._seat, self._operator, self.call):
            left.addWidget(widget)
        row = QHBoxLayout()
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(16)
        row.addLayout(left, 1)
        row.addWidget(self.status)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.stripe)
        column.addLayout(row)

    def show_seat(self, seat: str, operator: str) -> None:
        self._seat.show_text(seat)
        self._operator.show_text(operator)

    def show_practice(self, practice: bool) -> None:  # noqa: FBT001 - a Qt slot
        self.stripe.setVisible(practice)
