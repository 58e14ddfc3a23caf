"""The line in which a decision's reason is written, where the decision was taken."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from workstation.ui.chips import KeyCap, Words
from workstation.ui.flow import FlowLayout, clear, show_now
from workstation.ui.intake.question_panel import AnswerEdit
from workstation.ui.keys import cap


def no_objection(_: str) -> str:
    """Take every answer."""
    return ""


class ReasonLine(QFrame):
    """Asks why; a digit takes a prepared reason, Enter gives it, Esc calls the decision off."""

    given = Signal(str)
    cancelled = Signal()
    asking = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "notice")
        self._asked = Words()
        self._edit = AnswerEdit()
        self._edit.setAccessibleName(self.tr("Reason"))
        self._edit.returnPressed.connect(self._give)
        self._edit.picked.connect(self._take)
        self._error = Words(role="error")
        self._phrases: tuple[str, ...] = ()
        self._objection: Callable[[str], str] = no_objection
        self._missing = ""
        self._choices = QWidget()
        self._flow = FlowLayout(self._choices)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(4)
        self._gives = KeyCap("approve")
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._edit, 1)
        line.addWidget(self._gives)
        line.addWidget(KeyCap("back", self.tr("Cancel")))
        column.addWidget(self._asked)
        column.addWidget(self._choices)
        column.addLayout(line)
        column.addWidget(self._error)
        self.setFocusProxy(self._edit)
        self.hide()

    def ask(
        self,
        question: str,
        phrases: Sequence[str] = (),
        objection: Callable[[str], str] = no_objection,
        does: str = "",
        missing: str = "",
    ) -> None:
        """Open with *question* and the prepared *phrases*, the cursor in the line.

        *objection* says in words what is wrong with an answer; then the line stays open with it.
        *does* names what Enter does, *missing* says what is wanted where the line is empty.
        """
        self._missing = missing
        done = self.tr("Done")
        self._gives.show_text(f"{cap('approve')} {does or done}")
        self._objection = objection
        self._asked.show_text(question)
        self._phrases = tuple(phrases)
        self._edit.choices = len(phrases)
        self._edit.clear()
        self.show_error("")
        clear(self._flow)
        self._choices.setVisible(bool(phrases))
        for digit, phrase in enumerate(phrases, start=1):
            self._flow.addWidget(Words(f"{digit} {phrase}", role="keycap", wraps=False))
        show_now(self._flow)
        self.show()
        self._edit.setFocus()

    def show_error(self, sentence: str) -> None:
        self._error.show_text(sentence)
        self._error.setVisible(bool(sentence))

    def event(self, event: QEvent) -> bool:
        """Say when the line opens and closes, and claim Esc while it is open: everywhere else it leads back."""
        if event.type() == QEvent.Type.ShortcutOverride and _is_escape(event):
            event.accept()
            return True
        if event.type() in {QEvent.Type.ShowToParent, QEvent.Type.HideToParent}:
            self.asking.emit(event.type() == QEvent.Type.ShowToParent)
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.cancelled.emit()
            return
        super().keyPressEvent(event)

    def _take(self, row: int) -> None:
        self._edit.setText(self._phrases[row])

    def _give(self) -> None:
        reason = self._edit.text().strip()
        if not reason:
            self.show_error(self._missing or self.tr("A reason is needed: say it in a few words."))
            return
        if said := self._objection(reason):
            self.show_error(said)
            return
        self.hide()
        self.given.emit(reason)


def _is_escape(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
