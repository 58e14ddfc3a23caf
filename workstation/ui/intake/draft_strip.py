"""This call and the parked drafts, one numbered card each."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from workstation.ui.cards import Card
from workstation.ui.chips import Chip, Words
from workstation.ui.flow import clear
from workstation.ui.layout import Scrolled

MOST = 9
LEAST = 130


@dataclass(frozen=True, slots=True)
class DraftView:
    """One draft: what it is called, what it is about, a note and a chip."""

    title: str
    about: str = ""
    note: str = ""
    chip: str = ""
    state: str = ""
    current: bool = False


class DraftStrip(Scrolled):
    """Shows nine drafts, each with the key that goes to it, and how many more there are, with the key that lists all.

    Where there is no room for all cards, it scrolls.
    """

    chosen = Signal(int)
    all_wanted = Signal()

    def __init__(self) -> None:
        self._cards = QWidget()
        super().__init__(self._cards)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._column = QVBoxLayout(self._cards)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._shown: tuple[DraftView, ...] = ()

    def show_drafts(self, drafts: Sequence[DraftView]) -> None:
        if tuple(drafts) == self._shown:
            return
        self._shown = tuple(drafts)
        clear(self._column)
        if len(drafts) > MOST:
            more = MoreCard(len(drafts) - MOST)  # on top, where it is seen however short the strip is
            more.pressed.connect(self.all_wanted)
            self._column.addWidget(more)
            more.show()
        for number, draft in enumerate(drafts[:MOST]):
            card = DraftCard(number, draft)
            card.pressed.connect(self.chosen)
            self._column.addWidget(card)
            card.show()
        self.updateGeometry()
        self._show_current()

    def sizeHint(self) -> QSize:
        """Ask for the room of all cards."""
        return QSize(240, self._cards.heightForWidth(self.width()) if self._shown else 0)

    def minimumSizeHint(self) -> QSize:
        """Insist on the room of a card and a half, so that it is seen that there are more."""
        return QSize(96, min(self.sizeHint().height(), LEAST))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()  # titles wrap anew
        self._show_current()

    def _show_current(self) -> None:
        for place, draft in enumerate(self._shown[:MOST], start=int(len(self._shown) > MOST)):
            item = self._column.itemAt(place)
            if draft.current and item is not None and item.widget() is not None:
                self.ensureWidgetVisible(item.widget(), 0, 0)


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
        event.accept()
        self.pressed.emit(self._number)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()  # it belongs to the press


class MoreCard(Card):
    """How many drafts have no card of their own, with the key that lists all of them."""

    pressed = Signal()

    def __init__(self, more: int) -> None:
        super().__init__(self.tr("+%1 more drafts").replace("%1", str(more)), key="all_drafts", raised=True)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()
        self.pressed.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()  # it belongs to the press
