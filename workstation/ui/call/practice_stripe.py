"""The stripe that makes practice impossible to overlook."""

from PySide6.QtCore import QEvent, QPoint, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPolygon, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from workstation.ui.chips import Words
from workstation.ui.theme import colour

BAND = 24
OFTEN = 3
AROUND = 2


class PracticeStripe(QWidget):
    """A band of slanting orange stripes with the word for practice in it, on every screen and in every theme."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, AROUND, 0, AROUND)
        word = self.tr("Practice: nothing leaves this computer")
        self._words = [Words(word, role="stripe", wraps=False) for _ in range(OFTEN)]
        for words in self._words:
            row.addStretch(1)
            row.addWidget(words)
        row.addStretch(1)

    def minimumSizeHint(self) -> QSize:
        """Ask for the room of the word once."""
        return self._words[0].minimumSizeHint() + QSize(0, 2 * AROUND)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        """Say the word as often as there is room for the whole of it."""
        often = self.width() // (self._words[0].sizeHint().width() + BAND)
        for place, words in enumerate(self._words):
            words.setVisible(place < max(1, often))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("stripe_dark"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("stripe"))
        height = self.height()
        for left in range(-height, self.width() + height, 2 * BAND):
            painter.drawPolygon(_slanted(left, height))
        painter.end()  # whoever looks at this frame from outside may keep the painter longer than the paint lasts


def _slanted(left: int, height: int) -> QPolygon:
    """Return one stripe that leans to the right."""
    right = left + BAND
    corners = ((left, height), (right, height), (right + height, 0), (left + height, 0))
    return QPolygon([QPoint(x, y) for x, y in corners])
