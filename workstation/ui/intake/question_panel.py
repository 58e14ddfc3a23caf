"""The next thing to ask, in the words to say aloud."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from workstation.ui.cards import Card
from workstation.ui.chips import KeyCap, Words
from workstation.ui.fields import LineEdit
from workstation.ui.flow import FlowLayout, clear, show_now
from workstation.ui.layout import show_or_step_over
from workstation.ui.quiet_text import line_keys
from workstation.ui.theme import mark


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question: what to say, on which sheet, how far the sheet is, and the numbered answers if it has any."""

    id: str
    say: str
    sheet: str = ""
    settled: int = 0
    total: int = 0
    choices: tuple[str, ...] = ()


class AnswerEdit(LineEdit):
    """A line in which a digit is an answer while numbered answers are offered and nothing was typed yet."""

    picked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.choices = 0

    def keyPressEvent(self, event: QKeyEvent) -> None:
        digit = event.text()
        bare = not self.text() and line_keys(event.modifiers())
        if bare and len(digit) == 1 and digit in "123456789" and int(digit) <= self.choices:
            self.picked.emit(int(digit) - 1)
            return
        super().keyPressEvent(event)


class QuestionPanel(Card):
    """Shows one question at a time, in the largest text of the screen, and takes its answer."""

    answered = Signal(str)
    picked = Signal(int)
    edited = Signal(str)

    def __init__(self) -> None:
        super().__init__(self.tr("Ask next"), key="next_question", does=self.tr("Next question"))
        self.setProperty("raised", True)
        self._first = Words(role="question")
        self._first.hide()
        self._say = Words(role="question")
        self._answer = AnswerEdit()
        self._answer.setPlaceholderText(self.tr("Answer"))
        self._answer.setAccessibleName(self.tr("Answer"))
        self._answer.returnPressed.connect(self._give)
        self._answer.textEdited.connect(self.edited)
        self._answer.textEdited.connect(lambda: self.show_error(""))
        self._answer.picked.connect(self.picked)
        self._choices = QWidget()
        self._flow = FlowLayout(self._choices)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._answer, 1)
        self._unknown = KeyCap("gap_unknown", self.tr("Does not know"))
        self._refused = KeyCap("gap_refused", self.tr("Refused"))
        self._answers = KeyCap("answers", self.tr("Answers"))
        self._answers.hide()
        self.insert_in_head(self._answers)
        row.addWidget(self._unknown)
        row.addWidget(self._refused)
        self.body.addWidget(self._first)
        self.body.addWidget(self._say)
        self.body.addWidget(self._choices)
        self.body.addLayout(row)
        self._error = Words(role="error")
        self.body.addWidget(self._error)
        self.show_question(None)

    def show_question(self, question: QuestionView | None) -> None:
        """Show *question*, with an empty answer; None when nothing is left to ask."""
        self.show_emphasis(question is not None)
        self._say.show_text(self.tr("Nothing more to ask.") if question is None else question.say)
        self._answer.clear()
        self.show_error("")
        choices = question.choices if question else ()
        self._show_choices(choices)
        show_or_step_over(self, self._answer, shown=question is not None)
        for key in (self._unknown, self._refused):
            key.setVisible(question is not None)
        if self.cap is not None:
            self.cap.setVisible(question is not None)
        self._answer.setPlaceholderText(self.tr("Answer"))
        self.show_note(
            f"{question.sheet} · {min(question.settled + 1, question.total)} / {question.total}" if question else ""
        )

    def show_again(self, question: QuestionView, told: str) -> None:
        """Show a question with what was *told* before: to be changed in the line, or by another digit."""
        self.show_question(question)
        if question.choices:
            self._answer.setPlaceholderText(told)  # in the line it would keep a digit from being an answer
        else:
            self._answer.setText(told)

    def show_correctable(self, *, correctable: bool) -> None:
        """Show the key of the answers that were given, once there are any."""
        self._answers.setVisible(correctable)

    def show_first(self, sentence: str) -> None:
        """Show what must be said before anything is asked; then the question steps back to plain text."""
        self.show_title(self.tr("Say first") if sentence else self.tr("Ask next"))
        self.show_state("danger" if sentence else "")
        self._first.show_text(sentence)
        self._first.setVisible(bool(sentence))
        mark(self._say, "role", "" if sentence else "question")

    def show_error(self, sentence: str) -> None:
        """Say beside the answer what is wrong with it; it stays until another letter is typed."""
        self._error.show_text(sentence)
        self._error.setVisible(bool(sentence))

    def show_nothing(self) -> None:
        """Show no question while there is no form to ask for."""
        self.show_question(None)
        self.show_correctable(correctable=False)
        self.show_first("")
        self._say.show_text("")

    def show_answer(self, text: str) -> None:
        if text != self._answer.text():
            self._answer.setText(text)

    def _show_choices(self, choices: Sequence[str]) -> None:
        clear(self._flow)
        self._answer.choices = len(choices)
        self._choices.setVisible(bool(choices))
        for digit, text in enumerate(choices, start=1):
            choice = Words(f"{digit} {text}", role="keycap", wraps=False)
            choice.setAlignment(Qt.AlignmentFlag.AlignVCenter)
            self._flow.addWidget(choice)
        show_now(self._flow)

    def _give(self) -> None:
        self.answered.emit(self._answer.text())
