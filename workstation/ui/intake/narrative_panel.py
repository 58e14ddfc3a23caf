"""Where the call is written down while the caller speaks."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from workstation.ui.cards import Card
from workstation.ui.chips import Chip, KeyCap, Words
from workstation.ui.flow import FlowLayout, clear, show_now
from workstation.ui.quiet_text import QuietTextEdit
from workstation.ui.tints import tints

TAKEN_BY_KEY = 3


class NarrativePanel(Card):
    """The narrative with the words that proposals came from tinted, and the proposals below it."""

    edited = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__(self.tr("Narrative"), key="narrative")
        self.show_note(self.tr("Write while listening"))
        self._text = QuietTextEdit()
        self._text.setAccessibleName(self.tr("Narrative"))
        self._text.edited.connect(self.edited)
        self._text.left.connect(self.left)
        self._error = Words(role="error")
        self._error.hide()
        self._line = QWidget()
        self._flow = FlowLayout(self._line)
        self._line.hide()
        self.body.addWidget(self._text, 1)
        self.body.addWidget(self._error)
        self.body.addWidget(self._line)
        self.setFocusProxy(self._text)

    @property
    def text_edit(self) -> QuietTextEdit:
        return self._text

    def show_text(self, text: str) -> None:
        self._text.show_text(text)

    def show_words(self, words: Sequence[tuple[str, Iterable[str]]]) -> None:
        """Tint the *words* that something was read from, each list with what it speaks of: danger, warn or info."""
        self._text.show_tints(tints(self._text.toPlainText(), words))

    def show_error(self, sentence: str) -> None:
        self._error.show_text(sentence)
        self._error.setVisible(bool(sentence))
        self._text.show_state("danger" if sentence else "")

    def show_recognised(self, texts: Sequence[str]) -> None:
        """Show what was recognised; the first three can be taken by a key each."""
        clear(self._flow)
        self._line.setVisible(bool(texts))
        if texts:
            self._flow.addWidget(Words(self.tr("Recognised"), role="muted", wraps=False))
        for number, text in enumerate(texts, start=1):
            self._flow.addWidget(Chip(text, "info"))
            if number <= TAKEN_BY_KEY:
                self._flow.addWidget(KeyCap(f"recognised_{number}"))
        show_now(self._flow)
