"""The place where an outcome asks for what it still needs; it covers nothing and Esc leaves it."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from workstation.ui.approval.reason_line import ReasonLine, no_objection
from workstation.ui.cards import Card
from workstation.ui.hits import Hit
from workstation.ui.picker import Picker

Search = Callable[[str], Sequence[Hit] | None]
"""Returns the rows for what was typed; None when they come later by `show_hits`."""


class Prompt(QWidget):
    """One question at a time: choose from rows, or say it in a line; then the focus is back where it was."""

    def __init__(self) -> None:
        super().__init__()
        self._card = Card(" ")
        self._picker = Picker()
        self._line = ReasonLine()
        self._search: Search = lambda _: ()
        self._then: Callable[[str], object] = lambda _: None
        self._came_from: QWidget | None = None
        self._look_number = 0
        self._card.body.addWidget(self._picker)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._card)
        column.addWidget(self._line)
        self._picker.typed.connect(self._look)
        self._picker.chosen.connect(self._give)
        self._picker.closed.connect(self.leave)
        self._line.given.connect(self._give)
        self._line.cancelled.connect(self.leave)
        self._card.show_emphasis(True)
        self.setProperty("together", True)  # the question is seen with its rows
        self.hide()

    def decide(self, question: str, rows: Sequence[Hit], then: Callable[[str], object]) -> None:
        """Let one of a few *rows* be chosen by its digit."""
        self.choose(question, lambda _: rows, then)

    def choose(  # noqa: PLR0913 -- what is asked, what comes of it, and three things said about it
        self,
        title: str,
        search: Search,
        then: Callable[[str], object],
        *,
        codes: bool = False,
        hint: str = "",
        nothing: str = "",
    ) -> None:
        """Let a row that *search* finds for what is typed be chosen by its digit; with *codes* digits are typed.

        The *hint* says in the empty line what may be typed, *nothing* stands there where no row is found.
        """
        self._open(then)
        self._search = search
        self._card.show_title(title)
        self._card.show()
        self._line.hide()
        self._picker.start(codes=codes, hint=hint, nothing=nothing)

    def ask(
        self,
        question: str,
        then: Callable[[str], object],
        phrases: Sequence[str] = (),
        objection: Callable[[str], str] = no_objection,
        missing: str = "",
    ) -> None:
        """Let a line be written, or a prepared one be taken by its digit, to which there is no *objection*.

        What is *missing* is said where the line is empty.
        """
        self._open(then)
        self._card.hide()
        self._line.ask(question, phrases, objection, missing=missing)

    @property
    def look(self) -> int:
        """The number of the look for rows that is asked for now; another text or another question has another."""
        return self._look_number

    def show_hits(self, look: int, hits: Sequence[Hit]) -> None:
        """Show rows that were looked for off the window's thread, unless a later *look* was asked for since."""
        if look == self._look_number:
            self._picker.show_hits(hits)

    def leave(self) -> None:
        """Close without an answer."""
        if self.isHidden():
            return
        self.hide()
        if self._came_from is not None and self._came_from.isVisible():
            self._came_from.setFocus()

    def _open(self, then: Callable[[str], object]) -> None:
        focus = QApplication.focusWidget()
        if self.isHidden() and focus is not None:
            self._came_from = focus
        self._then = then
        self._look_number += 1
        self.show()

    def _look(self, typed: str) -> None:
        self._look_number += 1
        hits = self._search(typed)
        if hits is not None:
            self._picker.show_hits(hits)

    def _give(self, answer: str) -> None:
        then = self._then
        self.leave()
        then(answer)
