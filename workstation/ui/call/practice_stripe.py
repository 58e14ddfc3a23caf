"""The stripe that makes practice impossible to overlook."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPolygon
from PySide6.QtWidgets import QHBoxLayout, QWidget

from workstation.ui.chips import Words
from workstation.ui.theme import colour

BAND = 24


class PracticeStripe(QWidget):
    """A band of slanting orange stripes with the word for practice in it, on every screen and in every theme."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        word = self.tr("Practice: nothing leaves this computer")
        for _ in range(3):
            row.addStretch(1)
            row.addWidget(Words(word, role="stripe", wraps=False))
        row.addStretch(1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("stripe_dark"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("stripe"))
        height = self.height()
        for left in range(-height, self.width() + height, 2 * BAND):
            painter.drawPolygon(_slanted(left, height))


def _slanted(left: int, height: int) -> QPolygon:
    """Return one stripe that leans to the right."""
    right = left + BAND
    corners = ((left, height), (right, height), (right + height, 0), (left + height, 0))
    return QPolygon([QPoint(x, y) for x, y in corners])
