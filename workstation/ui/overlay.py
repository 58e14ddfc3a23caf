"""Rows over the form, below the field that they are for."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QEvent,
    QObject,
    QPoint,
    Qt,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QWidget,
)

from workstation.ui.hits import Hit, Hits
from workstation.ui.picker import PickEdit


class Overlay(QObject):
    """Keeps rows below (or above) their field and over whatever is there, without being a window."""

    def __init__(self, edit: PickEdit, hits: Hits) -> None:
        super().__init__(edit)
        self._edit = edit
        self._hits = hits
        hits.hide()
        edit.installEventFilter(self)
        edit.left.connect(self.close)
        edit.chosen.connect(self.close)

    def show_hits(self, hits: Sequence[Hit]) -> None:
        """Show the rows if there are any and the field has the focus."""
        self._hits.show_hits(hits)
        if not hits or not self._edit.hasFocus():
            self.close()
            return
        window = self._edit.window()
        self._hits.setParent(window)
        self._place(window)
        self._hits.show()
        self._hits.raise_()
        self._edit.show_open(True)

    def close(self) -> None:
        self._edit.show_open(False)
        self._hits.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent)
        if pressed and event.key() == Qt.Key.Key_Escape and self._edit.is_open:  # type: ignore[attr-defined]  # asked above
            self.close()
            return True
        return super().eventFilter(watched, event)

    def _place(self, window: QWidget) -> None:
        corner = self._edit.mapTo(window, QPoint(0, 0))
        below = window.height() - corner.y() - self._edit.height() - 4
        width = min(max(self._edit.width(), 280, self._hits.wanted_width()), window.width() - 8)
        self._hits.resize(width, self._hits.height())
        height = self._hits.wanted_height()
        if height <= below or below >= corner.y():
            top, height = corner.y() + self._edit.height(), min(height, below)
        else:
            height = min(height, corner.y() - 4)
            top = corner.y() - height
        left = min(corner.x(), window.width() - width - 4)
        self._hits.setGeometry(left, top, width, height)
