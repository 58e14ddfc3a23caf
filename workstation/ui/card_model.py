"""The cards of a list, as what is read on them."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

_Index = QModelIndex | QPersistentModelIndex
CARD_ROLE = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class CardView:
    """One card of a list: a small line with a chip, a title that wraps, a note, and what was found in it."""

    id: str
    title: str
    small: str = ""
    note: str = ""
    chip: str = ""
    state: str = ""
    found: str = ""

    @property
    def spoken(self) -> str:
        """The whole card in one line, for a screen reader and for search by typing."""
        return " · ".join(part for part in (self.small, self.title, self.chip, self.note, self.found) if part)


class CardsModel(QAbstractListModel):
    """Cards in the order they are given; the ready card is kept, so that painting asks for nothing else."""

    aged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.cards: tuple[CardView, ...] = ()

    def show_cards(self, cards: Sequence[CardView]) -> None:
        """Show *cards*; where only texts changed, the rows stay and so does the cursor."""
        same = [card.id for card in cards] == [card.id for card in self.cards]
        if same and cards:
            changed = [row for row, card in enumerate(cards) if card != self.cards[row]]
            self.cards = tuple(cards)
            if changed:  # told at once: a list lays all its cards out anew each time it hears
                self.dataChanged.emit(self.index(changed[0]), self.index(changed[-1]))
            return
        self.beginResetModel()
        self.cards = tuple(cards)
        self.endResetModel()

    def show_ages(self, cards: Sequence[CardView]) -> None:
        """Show the same cards, only older: they are painted anew and stay in their places while no age grows longer."""
        if any(len(new.chip) != len(old.chip) for new, old in zip(cards, self.cards, strict=True)):
            self.show_cards(cards)
        elif tuple(cards) != self.cards:
            self.cards = tuple(cards)
            self.aged.emit()

    def row_of(self, id: str) -> int:
        return next((row for row, card in enumerate(self.cards) if card.id == id), -1)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.cards)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role == CARD_ROLE:
            return self.cards[index.row()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return self.cards[index.row()].spoken
        return None
