"""The surfaces of the window: cards and the notice line."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from workstation.ui.chips import KeyCap, Words, breakable
from workstation.ui.flow import FlowLayout, clear, show_now
from workstation.ui.theme import mark


class Card(QFrame):
    """A framed part of the screen: a title, a note, what belongs to its head, and a body."""

    def __init__(self, title: str = "", *, key: str = "", does: str = "", raised: bool = False) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setProperty("raised", raised)
        self._title = Words(title, wraps=False)
        self._note = Words(role="muted")
        self.head = QHBoxLayout()
        self.head.setSpacing(8)
        self.head.addWidget(self._title)
        self.head.addWidget(self._note, 1)
        self.cap: KeyCap | None = None
        if key:
            self.cap = KeyCap(key, does)
            self.head.addWidget(self.cap)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(12, 8, 12, 8)
        self.body.setSpacing(8)
        if title:
            self.body.addLayout(self.head)

    def show_title(self, title: str) -> None:
        self._title.show_text(title)

    def show_note(self, note: str) -> None:
        self._note.show_text(note)

    def show_emphasis(self, emphasised: bool) -> None:  # noqa: FBT001 - a Qt slot
        mark(self, "emphasised", emphasised)

    def show_state(self, state: str) -> None:
        mark(self, "state", state)

    def insert_in_head(self, widget: QWidget) -> None:
        """Put *widget* before the key-cap."""
        self.head.insertWidget(self.head.count() - (1 if self.cap else 0), widget)


class Notice(QFrame):
    """One sentence beside what caused it; it takes no focus, covers nothing and waits for nobody."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "notice")
        self._text = Words(" ")  # a line of room from the start, where the room is kept
        self._choices = QWidget()
        self._choices.hide()
        self._flow = FlowLayout(self._choices, gap=4)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 8, 4)
        row.setSpacing(8)
        row.addWidget(self._text, 1)
        row.addWidget(self._choices, 8)
        row.addWidget(KeyCap("notice", self.tr("Close")))
        self.hide()

    @property
    def text(self) -> str:
        return self._text.text().strip()

    def show_notice(self, text: str, state: str = "", choices: Sequence[str] = ()) -> None:
        """Show a sentence; *state* is ok, warn, danger or nothing. A digit takes one of the *choices* beside it."""
        mark(self, "state", state)
        self._text.show_text(text)
        clear(self._flow)
        self._choices.setVisible(bool(choices))
        for digit, choice in enumerate(choices, start=1):
            self._flow.addWidget(Words(f"{digit} {choice}", role="keycap", wraps=False))
        show_now(self._flow)
        self.setVisible(bool(text))

    def take_back(self, text: str) -> None:
        """Take the sentence away if it is still *text*."""
        if self.text == breakable(text).strip():
            self.clear()

    def clear(self) -> None:
        if not self.isHidden():
            self.hide()
            self.closed.emit()
