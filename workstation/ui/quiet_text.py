"""The fields that people write in: what is typed stays, what is pasted is laid out as if it had been typed."""

import re
from collections.abc import Iterable

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QSizePolicy, QTextEdit

from workstation.domain.text import single_line
from workstation.ui.theme import colour, mark
from workstation.ui.tints import Tint

LINES = 3
PADDING = 8
_BREAKS = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0\ufdd1]")


class QuietTextEdit(QPlainTextEdit):
    """Plain text that stays what was typed.

    `edited` speaks of committed text only: what an input method is still
    composing is nobody's business yet. Tab leaves the field.
    """

    edited = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self._known = ""
        self._tints: tuple[Tint, ...] = ()
        self.textChanged.connect(self._notice)

    def show_text(self, text: str) -> None:
        """Show *text* without calling it an edit; the cursor stays where it is if it can."""
        if text == self._known:
            return
        at = self.textCursor().position()
        self._known = text
        self.show_tints(())
        self.setPlainText(text)
        cursor = self.textCursor()
        cursor.setPosition(min(at, self.document().characterCount() - 1))
        self.setTextCursor(cursor)

    def show_tints(self, tints: Iterable[Tint]) -> None:
        """Tint stretches of the text as it stands; the text, the cursor and what is composed are not touched."""
        wanted = tuple(tints)
        if wanted or self._tints:
            self._tints = wanted
            self._tint()

    def sizeHint(self) -> QSize:
        """Ask for a few lines; the layout gives whatever room there is."""
        return QSize(320, self.fontMetrics().lineSpacing() * LINES + 2 * self.frameWidth() + 16)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def show_state(self, state: str) -> None:
        mark(self, "state", state)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasText()

    def insertFromMimeData(self, source: QMimeData) -> None:
        self.insertPlainText(plain(source.text()))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._tint()

    def _notice(self) -> None:
        text = self.toPlainText()
        if text != self._known:
            self._known = text
            self.edited.emit(text)

    def _tint(self) -> None:
        text = self.toPlainText()
        selections = []
        for tint in self._tints:
            selection = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self.document())
            cursor.setPosition(_units(text[: tint.start]))
            cursor.setPosition(_units(text[: tint.end]), QTextCursor.MoveMode.KeepAnchor)
            cursor.setKeepPositionOnInsert(True)  # what is typed behind a tinted word is not a part of it
            selection.cursor = cursor  # type: ignore[attr-defined]  # the stub lists no fields
            selection.format = _format(tint.state)  # type: ignore[attr-defined]
            selections.append(selection)
        self.setExtraSelections(selections)


class GrowingLineEdit(QuietTextEdit):
    """One line of text that wraps and is as high as all of it: nothing that will be sent is out of sight."""

    def __init__(self) -> None:
        super().__init__()
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        lines = max(1, self.document().firstBlock().layout().lineCount())
        around = 2 * (self.frameWidth() + round(self.document().documentMargin()))
        return QSize(320, lines * self.fontMetrics().lineSpacing() + around + PADDING)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.ignore()  # a subject has no second line
            return
        super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        self.insertPlainText(single_line(source.text()))


class QuietLineEdit(QLineEdit):
    """One line; what is pasted is laid out on it: cells parted by a blank, lines by a comma."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste) and not self.isReadOnly():
            self.insert(single_line(QApplication.clipboard().text()))
            event.accept()
            return
        super().keyPressEvent(event)


def plain(text: str) -> str:
    """Return pasted text as a typist could have typed it: no control characters, cells parted by a blank."""
    return _CONTROL.sub("", _BREAKS.sub("\n", text).replace("\t", " ")).replace("\N{NULL}", "")


def _format(state: str) -> QTextCharFormat:
    """Return the tint of a word; what warns is underlined too, so that no colour has to be told apart."""
    style = QTextCharFormat()
    tone = "accent" if state == "info" else state
    style.setBackground(colour(f"{tone}_bg"))
    style.setForeground(colour(f"{tone}_text"))
    if state != "info":
        style.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        style.setUnderlineColor(colour(state))
    return style


def _units(text: str) -> int:
    """Count UTF-16 units: Qt's positions differ from ours after a character beyond the basic plane."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def line_keys(modifiers: Qt.KeyboardModifier) -> bool:
    """Say whether a key was pressed without Ctrl or Alt, so that it types."""
    held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
    return not modifiers & held
