"""The rows that one is chosen from: numbered, whole, and never where the focus is."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from workstation.ui.chips import breakable
from workstation.ui.rows import lay_out_now
from workstation.ui.theme import colour

ROWS = 9
DIGITS = "1234567890"
ROW_PAD = 8
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Hit:
    """One row to choose: what comes back, what is read, and what helps to tell it apart."""

    id: str
    text: str
    note: str = ""


class HitsModel(QAbstractListModel):
    """The rows on offer, the first ten with the digit that takes each, while digits take rows."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.hits: tuple[Hit, ...] = ()
        self._numbered = True

    def show_hits(self, hits: Sequence[Hit]) -> None:
        self.beginResetModel()
        self.hits = tuple(hits)
        self.endResetModel()

    def show_numbered(self, *, numbered: bool) -> None:
        if numbered != self._numbered:
            self._numbered = numbered
            if self.hits:
                self.dataChanged.emit(self.index(0), self.index(len(self.hits) - 1))

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.hits)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        if role != Qt.ItemDataRole.DisplayRole or not index.isValid():
            return None
        hit = self.hits[index.row()]
        digit = f"{DIGITS[index.row()]}  " if index.row() < len(DIGITS) else "    "
        digit = digit if self._numbered else ""
        return f"{digit}{hit.text}" + (f"  ·  {hit.note}" if hit.note else "")


class HitDelegate(QStyledItemDelegate):
    """Paints a row whole: what is too long goes on in the next line, never to an ellipsis."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        rect: QRect = option.rect  # type: ignore[attr-defined]  # the stub lists no fields
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        painter.save()
        painter.setFont(option.font)  # type: ignore[attr-defined]
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, colour("selection"))
        painter.setPen(colour("text"))
        painter.drawText(
            rect.adjusted(ROW_PAD, ROW_PAD // 2, -ROW_PAD, -ROW_PAD // 2), _WRAP, breakable(str(index.data()))
        )
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        view = option.widget  # type: ignore[attr-defined]
        width = view.viewport().width() if isinstance(view, QAbstractItemView) else 240
        metrics = QFontMetrics(option.font)  # type: ignore[attr-defined]
        inner = QRect(0, 0, width - 2 * ROW_PAD, 10_000)
        return QSize(width, metrics.boundingRect(inner, _WRAP, breakable(str(index.data()))).height() + ROW_PAD)


class Hits(QListView):
    """Shows the rows on offer; the focus stays in the field that is being typed in."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "rows")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setItemDelegate(HitDelegate(self))
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._armed = True
        self._rows = HitsModel(self)
        self.setModel(self._rows)
        self.clicked.connect(lambda index: self.choose(index.row()))

    @property
    def hits(self) -> tuple[Hit, ...]:
        return self._rows.hits

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            lay_out_now(self)

    @property
    def armed(self) -> bool:
        """Whether the rows are those of what stands in the field, so that one may be taken."""
        return self._armed

    def disarm(self) -> None:
        """Let no row be taken until new ones come: those shown were found for what is no longer typed."""
        self._armed = False

    def show_hits(self, hits: Sequence[Hit]) -> None:
        self._armed = True
        self._rows.show_hits(hits)
        if hits:
            self.setCurrentIndex(self._rows.index(0))

    def show_numbered(self, *, numbered: bool) -> None:
        """Show the digit of each row only while it takes the row."""
        self._rows.show_numbered(numbered=numbered)

    def step(self, by: int) -> None:
        row = max(0, min(len(self.hits) - 1, self.currentIndex().row() + by))
        self.setCurrentIndex(self._rows.index(row))

    def choose(self, row: int | None = None) -> bool:
        """Choose a row, the current one by default; say whether there was one."""
        wanted = self.currentIndex().row() if row is None else row
        if not self._armed or not 0 <= wanted < len(self.hits):
            return False
        self.chosen.emit(self.hits[wanted].id)
        return True

    def wanted_width(self) -> int:
        """Return the width at which every row is one line."""
        metrics = QFontMetrics(self.font())
        rows = [str(self._rows.index(row).data()) for row in range(len(self.hits))]
        widest = max((metrics.horizontalAdvance(row) for row in rows), default=0)
        return widest + 2 * (ROW_PAD + self.frameWidth()) + 24

    def wanted_height(self) -> int:
        """Return the height that shows the first nine rows."""
        rows = min(ROWS, len(self.hits))
        return sum(self.sizeHintForRow(row) for row in range(rows)) + 2 * self.frameWidth() + 4
