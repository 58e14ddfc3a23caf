"""The fields of a form: a line to write in and a choice by digit, each with what is wrong or missing beside it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from workstation.domain.errors import InvalidValue
from workstation.ui.chips import Chip, Words
from workstation.ui.hits import Hit, Hits
from workstation.ui.overlay import Overlay
from workstation.ui.picker import PickEdit
from workstation.ui.quiet_text import QuietLineEdit, line_keys
from workstation.ui.sentences import sentence
from workstation.ui.theme import mark


@dataclass(frozen=True, slots=True)
class FieldView:
    """What a field shows: its text, a word beside it (a gap's reason, an origin) and what is wrong with it."""

    text: str = ""
    chip: str = ""
    state: str = ""
    error: str = ""


class LineEdit(QuietLineEdit):
    """One line that says when it was left; what an input method still composes is not in its text."""

    left = Signal()
    entered = Signal()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class Field(QWidget):
    """A label, something to fill in, a chip beside it and a sentence below it when it is wrong."""

    def __init__(self, name: str, label: str, edit: QLineEdit) -> None:
        super().__init__()
        self.name = name
        self.caption = Words(label, role="caption", wraps=False)
        self.edit = edit
        self._chip = Chip()
        self._error = Words(role="error")
        self._error.hide()
        edit.setAccessibleName(label)
        self.caption.setBuddy(edit)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.caption)
        row.addWidget(edit, 1)
        row.addWidget(self._chip)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self._error)
        self.setFocusProxy(edit)
        edit.setMinimumWidth(48)
        edit.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_caption_width(self, width: int) -> None:
        self.caption.setFixedWidth(width)

    def show_marks(self, view: FieldView) -> None:
        """Show the chip, the coloured edge and the sentence of *view*."""
        self._chip.show_chip(view.chip, view.state)
        self._error.show_text(view.error)
        self._error.setVisible(bool(view.error))
        mark(self.edit, "state", "danger" if view.error else view.state)


class LineField(Field):
    """One line of text."""

    edited = Signal(str)
    left = Signal()

    def __init__(self, name: str, label: str, *, prompt: str = "") -> None:
        self._line = LineEdit()
        super().__init__(name, label, self._line)
        self._line.setPlaceholderText(prompt)
        self._line.textEdited.connect(self.edited)
        self._line.left.connect(self.left)

    def show_field(self, view: FieldView) -> None:
        """Show *view*; a field that is being written in keeps its cursor."""
        if view.text != self.edit.text():
            at = self.edit.cursorPosition()
            self.edit.setText(view.text)
            self.edit.setCursorPosition(at if self.edit.hasFocus() else 0)
        self.show_marks(view)


class PickField(Field):
    """One line whose value is chosen from rows that appear over the form while one types."""

    typed = Signal(str)
    edited = Signal(str)
    left = Signal()

    def __init__(self, name: str, label: str) -> None:
        self._hits = Hits(None)
        pick = PickEdit(self._hits)
        super().__init__(name, label, pick)
        self._hits.setParent(self)
        self._overlay = Overlay(pick, self._hits)
        pick.typed.connect(self.typed)
        pick.chosen.connect(self.edited)
        pick.left.connect(self._leave)

    @property
    def unchosen(self) -> bool:
        """Whether something was typed and none of its rows chosen."""
        return self.edit.isModified() and bool(self.edit.text())

    @property
    def filter(self) -> str:
        """What is typed to find rows by; empty where the field shows what was chosen."""
        return self.edit.text() if self.edit.isModified() else ""

    def start_anew(self) -> None:
        """Forget a filter that led to no row."""
        self.edit.setModified(False)

    def show_field(self, view: FieldView) -> None:
        """Show *view*; a filter stays while it is typed, and after that with what is wrong with it."""
        if not self.unchosen:
            self.edit.setText(view.text)
            self.edit.setCursorPosition(0)
        lost = self.unchosen and not self.edit.hasFocus()
        self.show_marks(replace(view, error=self._unknown()) if lost else view)

    @property
    def hits(self) -> tuple[Hit, ...]:
        """The rows on offer while they are open and can be taken."""
        return self._hits.hits if self._hits.isVisible() and self._hits.armed else ()

    def show_hits(self, hits: Sequence[Hit]) -> None:
        self._overlay.show_hits(hits)

    def show_chosen(self, view: FieldView) -> None:
        """Put the name of what was chosen in the place of the filter."""
        self.start_anew()
        self.edit.setText(view.text)
        self.show_marks(view)

    def _leave(self) -> None:
        """Say beside the field that nothing was chosen; what was typed stays."""
        if self.unchosen:
            self.show_marks(FieldView(error=self._unknown()))
        self.left.emit()

    def _unknown(self) -> str:
        return sentence(InvalidValue(self.name, f"unknown_{self.name}"))


class ChoiceEdit(LineEdit):
    """Shows one of a few values; a digit chooses, arrows go through them, Backspace empties."""

    chosen = Signal(str)

    def __init__(self, choices: Sequence[Hit]) -> None:
        super().__init__()
        self.choices = tuple(choices)
        self._value = ""
        self.setReadOnly(True)
        self.setProperty("role", "choice")
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    @property
    def value(self) -> str:
        return self._value

    def show_value(self, value: str) -> None:
        self._value = value
        texts = {choice.id: choice.text for choice in self.choices}
        self.setText(texts.get(value, value))
        self.setCursorPosition(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self._row(event) if line_keys(event.modifiers()) else None
        if row is None:
            super().keyPressEvent(event)
        else:
            self._choose(self.choices[row].id if row >= 0 else "")

    def _row(self, event: QKeyEvent) -> int | None:
        """Translate a key into a row; -1 empties, None is not ours."""
        key, text = event.key(), event.text()
        current = next((row for row, choice in enumerate(self.choices) if choice.id == self._value), -1)
        if key in {Qt.Key.Key_Backspace, Qt.Key.Key_Delete}:
            return -1
        if key in {Qt.Key.Key_Down, Qt.Key.Key_Right}:
            return min(len(self.choices) - 1, current + 1)
        if key in {Qt.Key.Key_Up, Qt.Key.Key_Left}:
            return max(0, current - 1)
        if len(text) == 1 and text in "123456789" and int(text) <= len(self.choices):
            return int(text) - 1
        return None

    def _choose(self, value: str) -> None:
        self.show_value(value)
        self.chosen.emit(value)


class ChoiceField(Field):
    """One of a few values, chosen by digit; `hinted` says which digits mean what while it has the focus."""

    edited = Signal(str)
    left = Signal()
    hinted = Signal(object)

    def __init__(self, name: str, label: str, choices: Sequence[Hit]) -> None:
        self._choice = ChoiceEdit(choices)
        super().__init__(name, label, self._choice)
        self._choice.chosen.connect(self.edited)
        self._choice.entered.connect(lambda: self.hinted.emit(self._choice.choices))
        self._choice.left.connect(lambda: self.hinted.emit(()))
        self._choice.left.connect(self.left)

    @property
    def value(self) -> str:
        """The chosen value itself; empty while none is."""
        return self._choice.value

    def show_field(self, view: FieldView) -> None:
        self._choice.show_value(view.text)
        self.show_marks(view)
