"""A list of cards that can be walked through with the arrow keys."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from workstation.ui.theme import colour

_Index = QModelIndex | QPersistentModelIndex
CARD_ROLE = Qt.ItemDataRole.UserRole + 1
PAD = 10
GAP = 6
MOST_MEASURED = 40
MOST_TRIES = 3
MOST_REMEMBERED = 2000
_AS_WIDE = str.maketrans("123456789", "000000000")


@dataclass(frozen=True, slots=True)
class CardView:
    """One card of a list: a small line with a chip, a title that wraps, a note."""

    id: str
    title: str
    small: str = ""
    note: str = ""
    chip: str = ""
    state: str = ""

    @property
    def spoken(self) -> str:
        """The whole card in one line, for a screen reader and for search by typing."""
        return " · ".join(part for part in (self.small, self.title, self.chip, self.note) if part)


class CardsModel(QAbstractListModel):
    """Cards in the order they are given; the ready card is kept, so that painting asks for nothing else."""

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


class CardDelegate(QStyledItemDelegate):
    """Paints a card: the one that is current has the blue edge."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._heights: dict[tuple[object, ...], int] = {}

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        card = index.data(CARD_ROLE)
        if not isinstance(card, CardView):
            return
        current = bool(option.state & QStyle.StateFlag.State_Selected)  # type: ignore[attr-defined]  # the stub lists no fields
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)  # type: ignore[attr-defined]
        rect: QRect = option.rect.adjusted(0, 0, -1, -GAP)  # type: ignore[attr-defined]
        font: QFont = option.font  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _paint_surface(painter, rect, current=current, focused=focused)
        _paint_texts(painter, rect.adjusted(PAD, PAD - 2, -PAD, -PAD + 2), card, font)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        card = index.data(CARD_ROLE)
        view = option.widget  # type: ignore[attr-defined]  # the stub lists no fields
        width = view.viewport().width() if isinstance(view, QAbstractItemView) else 240
        if not isinstance(card, CardView):
            return QSize(width, 0)
        font: QFont = option.font  # type: ignore[attr-defined]
        return QSize(width, self._height(card, width, font))

    def _height(self, card: CardView, width: int, font: QFont) -> int:
        """Return the height of a card; an age that goes on changes no height, and Qt asks for all of them each time."""
        shape = (card.small, card.title, card.note, card.chip.translate(_AS_WIDE), width, font.pixelSize())
        if shape not in self._heights:
            if len(self._heights) > MOST_REMEMBERED:
                self._heights.clear()
            inner = QRect(0, 0, width - 2 * PAD - 1, 10_000)
            bottom = max((rect.bottom() for rect in _places(inner, card, font).values()), default=0)
            self._heights[shape] = bottom + 1 + 2 * PAD - 4 + GAP
        return self._heights[shape]


class Cards(QListView):
    """A list of cards; arrows walk, Enter opens, and the card one stood on stays the current one."""

    opened = Signal(str)
    walked = Signal(str)

    def __init__(self, model: CardsModel | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
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
        self.verticalScrollBar().rangeChanged.connect(self.scheduleDelayedItemsLayout)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._stood_on = ""

    def sizeHint(self) -> QSize:
        """Ask for the height of all cards; a column that has less scrolls."""
        rows = range(min(len(self.cards.cards), MOST_MEASURED))
        return QSize(240, sum(self.sizeHintForRow(row) for row in rows) + 2 * self.frameWidth())

    def minimumSizeHint(self) -> QSize:
        return QSize(96, min(self.sizeHint().height(), 96))

    @property
    def current(self) -> str:
        row = self.currentIndex().row()
        return self.cards.cards[row].id if 0 <= row < len(self.cards.cards) else ""

    def show_current(self, id: str) -> None:
        self.setCurrentIndex(self.cards.index(self.cards.row_of(id)))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.FontChange}:
            self.scheduleDelayedItemsLayout()
            QTimer.singleShot(0, self, self.updateGeometry)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()  # titles wrap anew, so the cards have other heights
            lay_out_now(self)

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
_WRAP = int(Qt.TextFlag.TextWrapAnywhere | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)


def _small(font: QFont) -> QFont:
    smaller = QFont(font)
    smaller.setPixelSize(max(13, round(font.pixelSize() * 0.83)))
    return smaller


def _chip_width(card: CardView, font: QFont) -> int:
    return QFontMetrics(_small(font)).horizontalAdvance(card.chip) + 20 if card.chip else 0


def _places(inner: QRect, card: CardView, font: QFont) -> dict[str, QRect]:
    """Place the texts of a card one below the other; the chip stands at the right of the first, or above it."""
    places: dict[str, QRect] = {}
    top = inner.top()
    chip = QSize(_chip_width(card, font), QFontMetrics(_small(font)).height() + 2)
    for part, text in (("small", card.small), ("title", card.title), ("note", card.note)):
        if not text:
            continue
        metrics = QFontMetrics(font if part == "title" else _small(font))
        width = inner.width()
        if card.chip and "chip" not in places:
            places["chip"] = QRect(QPoint(inner.right() - chip.width() + 1, top), chip)
            if part == "small" and metrics.horizontalAdvance(text) > width - chip.width() - 8:
                top += chip.height() + 3
            else:
                width -= chip.width() + 8
        height = metrics.boundingRect(QRect(0, 0, width, 10_000), _WRAP, text).height() + 2
        places[part] = QRect(inner.left(), top, width, height)
        top = max(top + height, places["chip"].bottom() + 3 if "chip" in places else 0)
    return places


def _paint_surface(painter: QPainter, rect: QRect, *, current: bool, focused: bool) -> None:
    edge = colour("accent") if focused else colour("line")
    painter.setPen(QPen(edge, 1))
    painter.setBrush(colour("selection") if focused else colour("raised"))
    painter.drawRoundedRect(rect, 6, 6)
    if current:
        painter.fillRect(QRect(rect.left(), rect.top() + 4, 3, rect.height() - 8), colour("accent"))


def _paint_texts(painter: QPainter, inner: QRect, card: CardView, font: QFont) -> None:
    places = _places(inner, card, font)
    for part, rect in places.items():
        if part == "chip":
            _paint_chip(painter, rect, card, font)
            continue
        painter.setFont(font if part == "title" else _small(font))
        painter.setPen(colour("text" if part == "title" else "muted"))
        painter.drawText(rect, _WRAP, getattr(card, part))


def _paint_chip(painter: QPainter, rect: QRect, card: CardView, font: QFont) -> None:
    name = {"info": "accent"}.get(card.state, card.state)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(f"{name}_bg") if name else colour("keycap"))
    painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
    painter.setPen(colour(f"{name}_text") if name else colour("keycap_text"))
    painter.setFont(_small(font))
    painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), card.chip)
