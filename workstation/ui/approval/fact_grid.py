"""The fields of an order beside their names: two in a row where there is room, else one."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from workstation.ui.chips import Words

TWO_IN_A_ROW = 30
"""How many letters wide the grid has to be for two fields beside each other."""
SLACK = 4


class FactGrid(QWidget):
    """Gives every name the room that it takes once it is marked, so that marking moves and cuts nothing."""

    def __init__(self, pairs: Sequence[tuple[Words, Words]], longest: Sequence[str]) -> None:
        """Lay out *pairs* of a name and its text; *longest* says what may come to stand in place of each name."""
        super().__init__()
        self._pairs = pairs
        self._longest = longest
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        self._in_a_row = 0
        self._lay_out(2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._fit()

    def _fit(self) -> None:
        letters = self.width() / max(1, self.fontMetrics().height())
        self._lay_out(2 if letters >= TWO_IN_A_ROW else 1)
        metrics = self._pairs[0][0].fontMetrics()
        widest = max(metrics.horizontalAdvance(text) for text in self._longest) + SLACK
        for caption, _ in self._pairs:
            caption.setFixedWidth(min(widest, self.width() // (2 * self._in_a_row)))

    def _lay_out(self, in_a_row: int) -> None:
        if in_a_row == self._in_a_row:
            return
        self._in_a_row = in_a_row
        while self._grid.takeAt(0) is not None:
            pass
        top = Qt.AlignmentFlag.AlignTop
        for place, (caption, text) in enumerate(self._pairs):
            row, column = divmod(place, in_a_row)
            self._grid.addWidget(caption, row, 2 * column, top)
            self._grid.addWidget(text, row, 2 * column + 1, top)
        for column in range(4):
            self._grid.setColumnStretch(column, column % 2 if column < 2 * in_a_row else 0)
