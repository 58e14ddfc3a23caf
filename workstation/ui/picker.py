"""Choosing from many by typing a little: rows with digits, no popup, no mouse."""

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
    Signal,
)
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from workstation.ui.quiet_text import QuietLineEdit, line_keys
from workstation.ui.rows import lay_out_now
from workstation.ui.theme import colour

ROWS = 9
ROW_PAD = 8
_WRAP = int(Qt.TextFlag.TextWrapAnywhere | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Hit:
    """One row to choose: what comes back, what is read, and what helps to tell it apart."""

    id: str
    text: str
    note: str = ""


class HitsModel(QAbstractListModel):
    """The rows on offer, numbered from 1."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.hits: tuple[Hit, ...] = ()

    def show_hits(self, hits: Sequence[Hit]) -> None:
        self.beginResetModel()
        self.hits = tuple(hits)
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.hits)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        if role != Qt.ItemDataRole.DisplayRole or not index.isValid():
            return None
        hit = self.hits[index.row()]
        digit = f"{index.row() + 1}  " if index.row() < ROWS else "    "
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
        painter.drawText(rect.adjusted(ROW_PAD, ROW_PAD // 2, -ROW_PAD, -ROW_PAD // 2), _WRAP, str(index.data()))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        view = option.widget  # type: ignore[attr-defined]
        width = view.viewport().width() if isinstance(view, QAbstractItemView) else 240
        metrics = QFontMetrics(option.font)  # type: ignore[attr-defined]
        inner = QRect(0, 0, width - 2 * ROW_PAD, 10_000)
        return QSize(width, metrics.boundingRect(inner, _WRAP, str(index.data())).height() + ROW_PAD)


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

    def show_hits(self, hits: Sequence[Hit]) -> None:
        self._rows.show_hits(hits)
        if hits:
            self.setCurrentIndex(self._rows.index(0))

    def step(self, by: int) -> None:
        row = max(0, min(len(self.hits) - 1, self.currentIndex().row() + by))
        self.setCurrentIndex(self._rows.index(row))

    def choose(self, row: int | None = None) -> bool:
        """Choose a row, the current one by default; say whether there was one."""
        wanted = self.currentIndex().row() if row is None else row
        if not 0 <= wanted < len(self.hits):
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


class PickEdit(QuietLineEdit):
    """A field whose rows appear while one types; arrows move, a digit or Enter chooses, Esc closes them.

    Where codes are looked for, a filter that begins with a digit is the number
    of a category, so its digits are typed and not taken for rows.
    """

    typed = Signal(str)
    chosen = Signal(str)
    left = Signal()

    def __init__(self, hits: Hits) -> None:
        super().__init__()
        self._hits = hits
        self._codes = False
        self._open = False
        self.textEdited.connect(self.typed)
        hits.chosen.connect(self._choose)

    @property
    def is_open(self) -> bool:
        return self._open and bool(self._hits.hits)

    def show_codes(self, *, codes: bool) -> None:
        self._codes = codes

    def show_open(self, is_open: bool) -> None:  # noqa: FBT001 - a Qt slot
        self._open = is_open

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.is_open and line_keys(event.modifiers()) and self._moved(event):
            event.accept()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def _moved(self, event: QKeyEvent) -> bool:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: ROWS, Qt.Key.Key_PageUp: -ROWS}
        key = Qt.Key(event.key())
        if key in steps:
            self._hits.step(steps[key])
            return True
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            return self._hits.choose()
        digit = event.text()
        if len(digit) == 1 and digit in "123456789" and not (self._codes and _is_code(self.text())):
            return self._hits.choose(int(digit) - 1)
        return False

    def _choose(self, id: str) -> None:
        self.chosen.emit(id)


def _is_code(text: str) -> bool:
    return not text or text[:1].isdigit()


class Picker(QWidget):
    """A filter line with its rows below it, in the place of whatever it is chosen for."""

    typed = Signal(str)
    chosen = Signal(str)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._hits = Hits()
        self.edit = PickEdit(self._hits)
        self.edit.show_open(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.edit)
        column.addWidget(self._hits)
        self.edit.typed.connect(self.typed)
        self.edit.chosen.connect(self.chosen)
        self.setFocusProxy(self.edit)

    def show_codes(self, *, codes: bool) -> None:
        """Say whether what is looked for has numbers that are typed."""
        self.edit.show_codes(codes=codes)

    def show_hits(self, hits: Sequence[Hit]) -> None:
        self._hits.show_hits(hits)
        self._hits.setFixedHeight(max(self._hits.wanted_height(), self.edit.sizeHint().height()))

    def start(self) -> None:
        """Begin anew: an empty filter that has the focus."""
        self.edit.clear()
        self.edit.setFocus()
        self.typed.emit("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)


class Overlay(QObject):
    """Keeps rows below (or above) their field and over whatever is there, without being a window."""

    def __init__(self, edit: PickEdit, hits: Hits) -> None:
        super().__init__(edit)
        self._edit = edit
        self._hits = hits
        hits.hide()
        edit.installEventFilter(self)
        edit.left.connect(self.close)
        edit.chosen.connect(self.close)

    def show_hits(self, hits: Sequence[Hit]) -> None:
        """Show the rows if there are any and the field has the focus."""
        self._hits.show_hits(hits)
        if not hits or not self._edit.hasFocus():
            self.close()
            return
        window = self._edit.window()
        self._hits.setParent(window)
        self._place(window)
        self._hits.show()
        self._hits.raise_()
        self._edit.show_open(True)

    def close(self) -> None:
        self._edit.show_open(False)
        self._hits.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent)
        if pressed and event.key() == Qt.Key.Key_Escape and self._edit.is_open:  # type: ignore[attr-defined]  # asked above
            self.close()
            return True
        return super().eventFilter(watched, event)

    def _place(self, window: QWidget) -> None:
        corner = self._edit.mapTo(window, QPoint(0, 0))
        below = window.height() - corner.y() - self._edit.height() - 4
        width = min(max(self._edit.width(), 280, self._hits.wanted_width()), window.width() - 8)
        self._hits.resize(width, self._hits.height())
        height = self._hits.wanted_height()
        if height <= below or below >= corner.y():
            top, height = corner.y() + self._edit.height(), min(height, below)
        else:
            height = min(height, corner.y() - 4)
            top = corner.y() - height
        left = min(corner.x(), window.width() - width - 4)
        self._hits.setGeometry(left, top, width, height)
