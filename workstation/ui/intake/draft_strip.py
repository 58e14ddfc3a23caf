"""This call and the parked drafts, one numbered card each."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workstation.ui.cards import Card
from workstation.ui.chips import Chip, Words
from workstation.ui.flow import clear

MOST = 9


@dataclass(frozen=True, slots=True)
class DraftView:
    """One draft: what it is called, what it is about, a note and a chip."""

    title: str
    about: str = ""
    note: str = ""
    chip: str = ""
    state: str = ""
    current: bool = False


class DraftStrip(QWidget):
    """Shows up to nine drafts; Ctrl and the digit goes to one."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._shown: tuple[DraftView, ...] = ()

    def show_drafts(self, drafts: Sequence[DraftView]) -> None:
        if tuple(drafts) == self._shown:
            return
        self._shown = tuple(drafts)
        clear(self._column)
        for number, draft in enumerate(drafts[:MOST]):
            card = DraftCard(number, draft)
            card.pressed.connect(self.chosen)
            self._column.addWidget(card)


class DraftCard(Card):
    """One draft of the strip."""

    pressed = Signal(int)

    def __init__(self, number: int, draft: DraftView) -> None:
        super().__init__(draft.title, key=f"draft_{number + 1}", raised=True)
        self._number = number
        self.body.setSpacing(4)
        self.show_emphasis(draft.current)
        if draft.about:
            self.body.addWidget(Words(draft.about))
        if draft.note or draft.chip:
            row = QHBoxLayout()
            row.addWidget(Words(draft.note, role="muted"), 1)
            row.addWidget(Chip(draft.chip, draft.state))
            self.body.addLayout(row)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.pressed.emit(self._number)
