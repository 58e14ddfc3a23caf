"""A key that waits a moment for a second one."""

from collections.abc import Mapping
from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

T = TypeVar("T")

PATIENCE_MS = 3000


class Chord(QObject, Generic[T]):
    """Listens for one of a few second keys after a first one, then steps aside.

    While it waits, the second keys are its own wherever the focus is; any
    other key ends the wait and does what it always does, and so does time.
    Digits reach the text again the moment it is over.
    """

    waiting = Signal(bool)
    chosen = Signal(object)

    def __init__(self, seconds: Mapping[Qt.Key, T], parent: QObject, *, patience_ms: int = PATIENCE_MS) -> None:
        super().__init__(parent)
        self._seconds = dict(seconds)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(patience_ms)
        self._timer.timeout.connect(self.stop)

    @property
    def is_waiting(self) -> bool:
        return self._timer.isActive()

    def start(self) -> None:
        app = QApplication.instance()
        if app is None:
            return
        if not self.is_waiting:
            app.installEventFilter(self)
            self.waiting.emit(True)
        self._timer.start()

    def stop(self) -> None:
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
        self._timer.stop()
        self.waiting.emit(False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and self.is_waiting:
            return self._heard(event)
        return super().eventFilter(watched, event)

    def _heard(self, event: QKeyEvent) -> bool:
        """Take the event if it is ours: a second key, or Escape, which calls the chord off."""
        key = Qt.Key(event.key())
        if event.type() == QEvent.Type.ShortcutOverride:
            if key in self._seconds or key == Qt.Key.Key_Escape:
                event.accept()
                return True
            return False
        if event.type() != QEvent.Type.KeyPress or key in _MODIFIERS:
            return False
        if event.isAutoRepeat():
            return key in self._seconds
        self.stop()
        if key in self._seconds:
            self.chosen.emit(self._seconds[key])
        return key in self._seconds or key == Qt.Key.Key_Escape


_MODIFIERS = frozenset({Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta})


def digits(last: int) -> dict[Qt.Key, int]:
    """Return the digit keys 1 to *last* and what they mean."""
    return {Qt.Key(Qt.Key.Key_1 + offset): offset + 1 for offset in range(last)}
