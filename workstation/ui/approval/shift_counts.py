"""The duty officer's part of the top bar: how much waits, since when, and what this shift has done."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from workstation.desk.tally import Tally
from workstation.ui.approval.queue_model import age_state
from workstation.ui.chips import Chip, Words, ages


class ShiftCounts(QWidget):
    """Shows how many orders wait, how long the oldest has, and how many were approved in this shift."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting = Chip()
        self._oldest = Chip()
        self._approved = Words(role="muted", wraps=False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for widget in (self._waiting, self._oldest, self._approved):
            row.addWidget(widget)
        self.hide()

    def show_waiting(self, count: int, oldest: int) -> None:
        """Show how many wait and for how many seconds the oldest has."""
        self._waiting.show_chip(self.tr("Waiting %1").replace("%1", str(count)), "warn" if count else "")
        longest = self.tr("Longest %1").replace("%1", ages(oldest))
        self._oldest.show_chip(longest if count else "", age_state(oldest))
        self.show()

    def show_approved(self, tally: Tally) -> None:
        """Show how many were approved, and the time that half of them waited no longer than."""
        text = self.tr("This shift %1 approved").replace("%1", str(tally.approved))
        if tally.approved:
            text += " · " + self.tr("median %1").replace("%1", ages(tally.median))
        self._approved.show_text(text)
