"""A list of cards that can be walked through with the arrow keys."""

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QSizePolicy,
    QWidget,
)

from workstation.ui.card_model import CardsModel
from workstation.ui.card_painting import CardDelegate

MOST_MEASURED = 40
MOST_TRIES = 3


class Cards(QListView):
    """A list of cards; arrows walk, Enter opens, and the card one stood on stays the current one."""

    opened = Signal(str)
    walked = Signal(str)
    left_upwards = Signal()
    left_downwards = Signal()

    def __init__(self, model: CardsModel | None = None, parent: QWidget | None = None, *, least: int = 0) -> None:
        """Make a list that shows *least* whole cards, whatever the room; a column around it may scroll."""
        super().__init__(parent)
        self._least = least
        self.cards = model or CardsModel(self)
        self.setModel(self.cards)
        self.setItemDelegate(CardDelegate(self))
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.activated.connect(lambda index: self.opened.emit(self.cards.cards[index.row()].id))
        self.selectionModel().currentChanged.connect(self._walk)
        self.cards.modelAboutToBeReset.connect(self._remember)
        self.cards.modelReset.connect(self._return)
        self.cards.modelReset.connect(self.updateGeometry)
        self.cards.dataChanged.connect(self.updateGeometry)
        self.cards.aged.connect(self.viewport().update)
        self.verticalScrollBar().rangeChanged.connect(self.scheduleDelayedItemsLayout)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._stood_on = ""

    def sizeHint(self) -> QSize:
        """Ask for the height of all cards; a column that has less scrolls."""
        return QSize(240, self._height_of(MOST_MEASURED))

    def minimumSizeHint(self) -> QSize:
        return QSize(96, max(min(self.sizeHint().height(), 96), self._height_of(self._least)))

    def _height_of(self, most: int) -> int:
        rows = range(min(len(self.cards.cards), most))
        return sum(self.sizeHintForRow(row) for row in rows) + 2 * self.frameWidth()

    @property
    def current(self) -> str:
        row = self.currentIndex().row()
        return self.cards.cards[row].id if 0 <= row < len(self.cards.cards) else ""

    def show_current(self, id: str) -> None:
        self.setCurrentIndex(self.cards.index(self.cards.row_of(id)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk; who goes on from the first or last card, and not because a key is still held, leaves the list."""
        row, last = self.currentIndex().row(), self.cards.rowCount() - 1
        if event.isAutoRepeat():
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Up and row == 0:
            self.left_upwards.emit()
        elif event.key() == Qt.Key.Key_Down and row == last and not self.cards.canFetchMore(QModelIndex()):
            self.left_downwards.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.FontChange}:
            self.scheduleDelayedItemsLayout()
            QTimer.singleShot(0, self, self._grow)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            lay_out_now(self)
            self._grow()  # titles wrap anew, so the cards have other heights

    def _grow(self) -> None:
        """Ask for the room that the cards take now; whoever stood on one still sees it."""
        self.updateGeometry()
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def _remember(self) -> None:
        self._stood_on = self.current

    def _return(self) -> None:
        row = self.cards.row_of(self._stood_on)
        if row >= 0:
            self.setCurrentIndex(self.cards.index(row))

    def _walk(self, now: QModelIndex) -> None:
        if now.isValid():
            self.walked.emit(self.cards.cards[now.row()].id)


def lay_out_now(rows: QListView) -> None:
    """Give every row of *rows* its place for the width there is now.

    Qt would wait a tenth of a second, and until then draw the rows over each other, in their places for the old width.
    """
    if rows.property(_BUSY):
        return
    rows.setProperty(_BUSY, True)
    for _ in range(MOST_TRIES):
        width = rows.viewport().width()
        rows.doItemsLayout()
        if rows.viewport().width() == width:
            break  # no scroll bar came or went
    rows.setProperty(_BUSY, False)


_BUSY = "layingOut"
