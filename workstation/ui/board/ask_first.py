"""The line that asks before something is done that nobody can take back."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QWidget

from workstation.ui.chips import KeyCap, Words
from workstation.ui.keys import cap


class AskFirst(QFrame):
    """Asks once; Enter does it, and so does the key that was pressed before; left alone it does nothing."""

    confirmed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "notice")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._came_from: QWidget | None = None
        self._asked = Words()
        self._does = KeyCap("board_open")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        row.addWidget(self._asked, 1)
        row.addWidget(self._does)
        row.addWidget(KeyCap("back", self.tr("Cancel")))
        self.hide()

    def ask(self, question: str, *, does: str, key: str) -> None:
        """Open with *question*; *does* names what Enter does, and *key*, which the screen hears."""
        self._asked.show_text(question)
        self._does.show_text(f"{cap(key)} / {cap('board_open')} {does}")
        self._came_from = QApplication.focusWidget()
        self.show()
        self.setFocus()

    def confirm(self) -> None:
        """Close, and say that it is to be done."""
        self.leave()
        self.confirmed.emit()

    def leave(self) -> None:
        """Close without doing anything; the focus is back where it was."""
        self.hide()
        if self._came_from is not None and self._came_from.isVisible():
            self._came_from.setFocus()
        self._came_from = None

    def hideEvent(self, event: QHideEvent) -> None:
        """Close with the screen as well: a question nobody sees any more is not answered later."""
        super().hideEvent(event)
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.isAutoRepeat():
            self.confirm()
            return
        super().keyPressEvent(event)
