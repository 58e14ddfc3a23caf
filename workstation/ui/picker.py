"""Choosing from many by typing a little: rows with digits, no popup, no mouse."""

from collections.abc import Sequence

from PySide6.QtCore import (
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from workstation.ui.chips import KeyCap, Words
from workstation.ui.flow import FlowLayout
from workstation.ui.hits import DIGITS, ROWS, Hit, Hits
from workstation.ui.picker_filter import NUMBER_SIGNS
from workstation.ui.quiet_text import QuietLineEdit, line_keys

ABOVE, LEAST = 5, 4
"""How many lines the filter, its keys and its title need, and how many the rows have at least."""


class PickEdit(QuietLineEdit):
    """A field whose rows appear while one types; arrows move, a digit or Enter chooses, Esc closes them.

    Where codes are looked for, a filter that begins with a digit is such a
    code, so its digits are typed and not taken for rows; anywhere a number is
    looked for behind a number sign. The rows show their digits only while
    those take them.
    """

    typed = Signal(str)
    chosen = Signal(str)
    left = Signal()

    def __init__(self, hits: Hits) -> None:
        super().__init__()
        self._hits = hits
        self._codes = False
        self._open = False
        self.textEdited.connect(self._type)
        hits.chosen.connect(self._choose)

    @property
    def is_open(self) -> bool:
        return self._open and bool(self._hits.hits)

    def show_codes(self, *, codes: bool) -> None:
        self._codes = codes
        self._number_rows()

    def show_open(self, is_open: bool) -> None:  # noqa: FBT001 - a Qt slot
        self._open = is_open

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.is_open and line_keys(event.modifiers()) and self._moved(event):
            event.accept()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def _moved(self, event: QKeyEvent) -> bool:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: ROWS, Qt.Key.Key_PageUp: -ROWS}
        key = Qt.Key(event.key())
        if key in steps:
            self._hits.step(steps[key])
            return True
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            return self._hits.choose()
        digit = event.text()
        if len(digit) == 1 and digit in DIGITS and not self._typing_number():
            return self._hits.choose(DIGITS.index(digit))
        return False

    def _typing_number(self) -> bool:
        """Say whether the next digit belongs to a number that is looked for."""
        text = self.text()
        return text.startswith(NUMBER_SIGNS) or (self._codes and _is_code(text))

    def _number_rows(self) -> None:
        self._hits.show_numbered(numbered=not self._typing_number())

    def _type(self, text: str) -> None:
        """Ask for the rows of *text*; those of the text before it can no longer be taken."""
        self._hits.disarm()
        self._number_rows()
        self.typed.emit(text)

    def _choose(self, id: str) -> None:
        self.chosen.emit(id)


def _is_code(text: str) -> bool:
    return not text or text[:1].isdigit()


class Picker(QWidget):
    """A filter line with its rows below it, in the place of whatever it is chosen for."""

    typed = Signal(str)
    chosen = Signal(str)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._hits = Hits()
        self.edit = PickEdit(self._hits)
        self.edit.show_open(True)
        self._nothing = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self._none = Words(role="muted")
        self._none.hide()
        keys = QWidget()
        caps = FlowLayout(keys)
        for key, does in (("next_question", self.tr("Take")), ("back", self.tr("Cancel"))):
            caps.addWidget(KeyCap(key, does))
        column.addWidget(self.edit)
        column.addWidget(keys)
        column.addWidget(self._none)
        column.addWidget(self._hits)
        self.edit.typed.connect(self.typed)
        self.edit.chosen.connect(self.chosen)
        self.setFocusProxy(self.edit)

    def show_hits(self, hits: Sequence[Hit]) -> None:
        """Show what was found, or say that nothing was."""
        self._show(hits, "" if hits else self._nothing or self.tr("Nothing is found for this."))

    def _show(self, hits: Sequence[Hit], instead: str) -> None:
        self._hits.show_hits(hits)
        self._hits.setVisible(bool(hits))
        self._none.show_text(instead)
        self._none.setVisible(bool(instead))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _fit(self) -> None:
        """Be as high as nine rows, but never higher than is seen at once with the filter and the title above."""
        line = self.edit.sizeHint().height()
        wanted = max(self._hits.wanted_height(), line)
        around: QWidget | None = self.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        room = around.viewport().height() - ABOVE * line if around is not None else wanted
        self._hits.setFixedHeight(min(wanted, max(room, LEAST * line)))

    def start(self, *, codes: bool = False, hint: str = "", nothing: str = "") -> None:
        """Begin anew: an empty filter that has the focus; with *codes* numbers are typed into it.

        *nothing* is what stands in the place of the rows where none is found.
        """
        self._nothing = nothing
        self._show((), "")  # rows of another question may not stand there until this one has some
        self.edit.clear()
        self.edit.setPlaceholderText(hint)
        self.edit.show_codes(codes=codes)
        self.edit.setFocus()
        self._hits.disarm()
        self.typed.emit("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)
