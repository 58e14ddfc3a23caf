"""How much of what an order needs is there."""

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workstation.ui.chips import Chip, Meter, Words

NAMED = 2
NARROWEST = 17
"""How many letters wide this line stays beside the outcomes, so that it does not become a column."""


class CompletenessLine(QWidget):
    """A bar, the count, and the names of what is missing."""

    def __init__(self) -> None:
        super().__init__()
        self._meter = Meter(56)
        self._count = Words(role="muted", wraps=False)
        self._missing = Chip()
        row = QHBoxLayout()
        row.setSpacing(8)
        for widget in (Words(self.tr("Complete"), role="muted", wraps=False), self._meter, self._count):
            row.addWidget(widget)
        row.addStretch(1)
        lines = QVBoxLayout(self)  # always two, so that the bar has the same height whatever is missing
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(4)
        lines.addLayout(row)
        lines.addWidget(self._missing)
        self.show_completeness(0, 0, ())

    def sizeHint(self) -> QSize:
        """Ask for the same width whatever is missing: the outcomes beside it keep their places."""
        width = NARROWEST * self.font().pixelSize()
        return QSize(width, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def show_completeness(self, done: int, total: int, missing: Sequence[str]) -> None:
        """Show *done* of *total* and name the first of the *missing* fields."""
        complete = bool(total) and done >= total
        self._meter.show_share(done / total if total else 0.0, "ok" if complete else "")
        self._count.show_text(f"{done} / {total}" if total else self.tr("No form yet"))
        if complete:
            self._missing.show_chip(self.tr("Nothing missing"), "ok")
            return
        names = self.tr(", ").join(missing[:NAMED])
        if len(missing) > NAMED:
            names = self.tr("%1 and %2 more").replace("%1", names).replace("%2", str(len(missing) - NAMED))
        self._missing.show_chip(self.tr("Missing: %1").replace("%1", names) if missing else "", "warn")
