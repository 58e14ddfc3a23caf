"""The desk phone on screen: what to do at it by hand, and the keys that tell what happened there."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QPushButton, QVBoxLayout, QWidget

from workstation.ui.chips import Words
from workstation.ui.fields import FieldView, LineField
from workstation.ui.flow import FlowLayout, clear, show_now
from workstation.ui.keys import cap

FIELD_WIDTH = 360


@dataclass(frozen=True, slots=True)
class ManualView:
    """What to do by hand: whom to dial at which number, or at which other; the steps; the keys (id, word)."""

    name: str = ""
    number: str = ""
    backup: str = ""
    steps: Sequence[str] = ()
    keys: Sequence[tuple[str, str]] = ()


class ManualPanel(QFrame):
    """Shows the next steps at the desk phone; the number that rings is typed where it covers nothing."""

    chosen = Signal(str)
    given = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "bar")
        self._shown: ManualView | None = None
        self._came_from: QWidget | None = None
        told = QWidget()
        self._told = FlowLayout(told, gap=12)
        none = self.tr("Enter alone if the phone shows none")
        self._field = LineField("phone", self.tr("Number of the caller"), prompt=none)
        self._field.edit.returnPressed.connect(lambda: self.given.emit(self._field.edit.text()))
        self._field.edited.connect(lambda _: self.show_problem(""))
        self._field.edit.setMinimumWidth(FIELD_WIDTH)
        self._field.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 4, 12, 4)
        column.setSpacing(4)
        column.addWidget(told)
        column.addWidget(self._field, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    @property
    def asking(self) -> bool:
        """Whether the number of a caller is being typed."""
        return not self._field.isHidden()

    @property
    def typed(self) -> str:
        """The caller's number as far as it was typed."""
        return self._field.edit.text()

    def show_manual(self, view: ManualView) -> None:
        """Show *view*; it is built anew only when it changed."""
        self.show()
        if view == self._shown:
            return
        self._shown = view
        clear(self._told)
        backup = self.tr("backup %1").replace("%1", view.backup) if view.backup else ""
        for text, role in ((self.tr("Desk phone"), "muted"), (view.name, ""), (view.number, "question"), (backup, "")):
            if text:
                self._told.addWidget(Words(text, role=role, wraps=False))
        for place, step in enumerate(view.steps, start=1):
            self._told.addWidget(Words(f"{place}. {step}" if len(view.steps) > 1 else step, wraps=False))
        for id, word in view.keys:
            self._told.addWidget(self._button(id, word))
        show_now(self._told)

    def ask(self) -> None:
        """Open the line for the number of a caller, the cursor in it."""
        if not self.asking:
            self._came_from = QApplication.focusWidget()
        self._field.show()
        self._field.setFocus()

    def show_problem(self, sentence: str) -> None:
        """Say beside the number why it cannot be one; it stays as it was typed."""
        self._field.show_marks(FieldView(error=sentence))

    def leave(self) -> None:
        """Close the line and go back to where the cursor was; the next caller has another number."""
        self._field.edit.clear()
        self.show_problem("")
        back = self._field.edit.hasFocus()
        self._field.hide()
        if back and self._came_from is not None and self._came_from.isVisible():
            self._came_from.setFocus()

    def _button(self, id: str, word: str) -> QPushButton:
        button = QPushButton(f"{cap(id)} {word}")
        button.setProperty("role", "keycap")
        button.setObjectName(id)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(lambda: self.chosen.emit(id))
        return button
