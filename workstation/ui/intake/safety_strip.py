"""The safety screen: four answers before anything else."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from workstation.ui.cards import Card
from workstation.ui.chips import Chip, Words
from workstation.ui.flow import FlowLayout, clear, show_now


@dataclass(frozen=True, slots=True)
class SafetyView:
    """What was answered: in words, how it stands (ok or danger), and at what time."""

    said: str = ""
    state: str = ""
    at: str = ""


class SafetyStrip(Card):
    """Asks for the safety answers by F1 and a digit, and shows what was answered, without taking the focus."""

    chosen = Signal(int)

    def __init__(self, options: Sequence[str]) -> None:
        super().__init__(self.tr("Safety"), key="safety")
        self._options = tuple(options)
        self._line = QWidget()
        self._flow = FlowLayout(self._line)
        self.head.replaceWidget(self._note, self._line)
        self._note.hide()
        self.head.setStretchFactor(self._line, 1)
        self._view = SafetyView()
        self._warning = Words(role="warning")
        self._warning.hide()
        self.body.addWidget(self._warning)
        self._waiting = False
        self._draw()

    def show_answer(self, view: SafetyView) -> None:
        self._view = view
        self._draw()

    def show_waiting(self, waiting: bool) -> None:  # noqa: FBT001 - a Qt slot
        """Show the four answers and their digits while the key waits for one."""
        self._waiting = waiting
        if self.cap is not None:
            self.cap.show_pressed(waiting)
        self._draw()

    def show_warning(self, text: str) -> None:
        """Show which words of the narrative speak of danger."""
        self._warning.show_text(text)
        self._warning.setVisible(bool(text))

    def _draw(self) -> None:
        clear(self._flow)
        answered = bool(self._view.said)
        open_now = self._waiting or not answered
        if self.cap is not None:
            self.cap.show_key("safety", self.tr("Ask again") if answered and not self._waiting else self.tr("Ask"))
        self.show_emphasis(not answered)
        self.show_state("danger" if self._view.state == "danger" else "")
        for digit, text in enumerate(self._options if open_now else (), start=1):
            self._flow.addWidget(self._option(digit, text))
        if not open_now:
            self._flow.addWidget(Chip(self._view.said, self._view.state))
            self._flow.addWidget(Words(self._view.at, role="muted", wraps=False))
        show_now(self._flow)

    def _option(self, digit: int, text: str) -> QPushButton:
        button = QPushButton(f"{digit} {text}")
        button.setProperty("role", "keycap")
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(lambda: self.chosen.emit(digit))
        return button
