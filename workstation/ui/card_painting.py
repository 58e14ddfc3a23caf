"""The painting of a card: title, small line, note and chip, each with the room its text needs."""

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from workstation.ui.card_model import CARD_ROLE, CardView
from workstation.ui.theme import colour

_Index = QModelIndex | QPersistentModelIndex
PAD = 10
GAP = 6
MOST_REMEMBERED = 2000
_AS_WIDE = str.maketrans("123456789", "000000000")
_INKS = {"title": "text", "found": "text"}
_WRAP = int(Qt.TextFlag.TextWrapAnywhere | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)


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
        shape = (card.small, card.title, card.note, card.found, card.chip.translate(_AS_WIDE), width, font.pixelSize())
        if shape not in self._heights:
            if len(self._heights) > MOST_REMEMBERED:
                self._heights.clear()
            inner = QRect(0, 0, width - 2 * PAD - 1, 10_000)
            bottom = max((rect.bottom() for rect in _places(inner, card, font).values()), default=0)
            self._heights[shape] = bottom + 1 + 2 * PAD - 4 + GAP
        return self._heights[shape]


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
    for part, text in (("small", card.small), ("title", card.title), ("note", card.note), ("found", card.found)):
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
        painter.setPen(colour(_INKS.get(part, "muted")))
        painter.drawText(rect, _WRAP, getattr(card, part))


def _paint_chip(painter: QPainter, rect: QRect, card: CardView, font: QFont) -> None:
    name = {"info": "accent"}.get(card.state, card.state)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(f"{name}_bg") if name else colour("keycap"))
    painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
    painter.setPen(colour(f"{name}_text") if name else colour("keycap_text"))
    painter.setFont(_small(font))
    painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), card.chip)
