"""An order as a department will read it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from workstation.ui.approval.fact_grid import FactGrid
from workstation.ui.board.timeline import StepView, Timeline
from workstation.ui.cards import Card
from workstation.ui.chips import Chip, FoundWords, KeyCap, Words
from workstation.ui.flow import clear
from workstation.ui.keys import MARKS, cap
from workstation.ui.theme import mark

SLACK = 4


@dataclass(frozen=True, slots=True)
class Fact:
    """One field of the order: its identifier, its name and its text."""

    field: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class OrderView:
    """What the sheet shows of one revision of one order."""

    id: str
    revision: int
    subject: str
    content: str
    meta: str = ""
    complete: str = ""
    complete_state: str = "ok"
    card: str = ""
    card_state: str = ""
    facts: tuple[Fact, ...] = ()
    consultation: tuple[StepView, ...] = ()
    steps: tuple[StepView, ...] = ()


class OrderSheet(QScrollArea):
    """Shows one order and notices when all of it has been on screen, in one go or by scrolling through."""

    fully_shown = Signal(str)
    marked = Signal(object)

    def __init__(self, empty: str = "", *, marks: bool = True) -> None:
        """Make a sheet; without *marks* its fields have no keys, as digits mean something else there."""
        super().__init__()
        self._marks = MARKS if marks else ()
        self._empty = empty or self.tr("Choose an order on the left.")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._order: OrderView | None = None
        self._seen = 0.0
        self._told = False
        self._marked: set[str] = set()
        self._keys_taken = False
        self._hint: KeyCap | None = None
        self._captions: list[Words] = []
        self._texts: list[FoundWords] = []
        self._query = ""
        self._page = QWidget()
        self._column = QVBoxLayout(self._page)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self.setWidget(self._page)
        self._page.installEventFilter(self)
        self.verticalScrollBar().valueChanged.connect(self._look)
        self.show_order(None)

    def show_order(self, order: OrderView | None) -> None:
        """Show *order* from its top; the same revision shown again keeps what was already read and marked."""
        if order is not None and order == self._order:
            return
        if _content(order) != _content(self._order):
            self.unmark()
        self._order, self._seen, self._told = None, 0.0, False
        self._captions, self._texts = [], []
        self._hint = None
        clear(self._column)
        for part in self._parts(order):
            self._column.addWidget(part)
            part.show()  # a part that Qt has yet to show has no height, and the order would look shorter than it is
        self._column.addStretch(1)
        self.verticalScrollBar().setValue(0)
        self._order = order
        if order is not None and self._marked:
            self._show_marks(order.facts)
        self._page.adjustSize()

    def show_found(self, query: str) -> None:
        """Tint in the order what was searched for; an empty *query* takes the tint away."""
        self._query = query
        for words in self._texts:
            words.show_found(query)

    def read_on(self) -> None:
        """Scroll by most of a page, so that no line is skipped."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + max(1, bar.pageStep() - self.fontMetrics().lineSpacing()))

    def mark(self, number: int) -> None:
        """Mark the field with this number as one to correct, or take the mark away."""
        facts = self._order.facts if self._order else ()
        if not 1 <= number <= min(len(facts), len(self._marks)):
            return
        self._marked ^= {facts[number - 1].field}
        self._show_marks(facts)

    def unmark(self) -> None:
        """Take every mark away."""
        if self._marked:
            self._marked.clear()
            self._show_marks(self._order.facts if self._order else ())

    def _show_marks(self, facts: Sequence[Fact]) -> None:
        for place, (fact, caption) in enumerate(zip(facts, self._captions, strict=True)):
            caption.show_text(self._caption(place, fact))
            mark(caption, "state", "warn" if fact.field in self._marked else "")
        self.marked.emit(tuple(fact.field for fact in facts if fact.field in self._marked))

    def show_keys_taken(self, taken: bool) -> None:  # noqa: FBT001 - a Qt slot
        """Note that keys mean something else for now, so that nobody is told that they mark fields."""
        self._keys_taken = taken
        if self._hint is not None:
            self._hint.setVisible(not taken)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._look()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.Resize, QEvent.Type.LayoutRequest}:
            self._look()
        return super().eventFilter(watched, event)

    def _look(self) -> None:
        """Note how far down the order has been on screen without a gap; shares survive a change of width."""
        if self._order is None or self._told or not self.isVisible() or not self._laid_out():
            return
        height = max(1, self._page.height())
        top = self.verticalScrollBar().value()
        bottom = top + self.viewport().height()
        if top <= self._seen * height + SLACK:
            self._seen = max(self._seen, bottom / height)
        if self._seen * height >= height - SLACK:
            self._told = True
            self.fully_shown.emit(self._order.id)

    def _laid_out(self) -> bool:
        """Say whether the page has the height its text needs; before that its end cannot be seen."""
        needed = self._page.heightForWidth(self.viewport().width())
        return self._page.height() >= needed - SLACK

    def _parts(self, order: OrderView | None) -> list[QWidget]:
        if order is None:
            return [Words(self._empty, role="muted")]
        parts: list[QWidget] = [self._head_card(order)]
        if order.facts:
            parts.append(self._facts_card(order.facts))
        if order.consultation:
            parts.append(_steps_card(self.tr("Three-way call"), order.consultation))
        if order.steps:
            parts.append(_steps_card(self.tr("What happened"), order.steps))
        return parts

    def _head_card(self, order: OrderView) -> Card:
        card = Card()
        card.body.addWidget(self._found_in(order.subject, "headline"))
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._found_in(order.meta, "muted"), 1)
        line.addWidget(Chip(order.card, order.card_state))
        line.addWidget(Chip(order.complete, order.complete_state))
        card.body.addLayout(line)
        card.body.addWidget(self._found_in(order.content))
        return card

    def _facts_card(self, facts: Sequence[Fact]) -> Card:
        card = Card(self.tr("Fields"))
        if self._marks:
            card.head.addWidget(self._marks_cap())
        self._captions = [Words(self._caption(place, fact), role="caption") for place, fact in enumerate(facts)]
        texts = [self._found_in(fact.text) for fact in facts]
        longest = [self._caption(place, fact, marked=bool(self._marks)) for place, fact in enumerate(facts)]
        card.body.addWidget(FactGrid(list(zip(self._captions, texts, strict=True)), longest))
        return card

    def _found_in(self, text: str, role: str = "") -> FoundWords:
        words = FoundWords(text, role=role)
        words.show_found(self._query)
        self._texts.append(words)
        return words

    def _marks_cap(self) -> KeyCap:
        self._hint = KeyCap("mark_field_1")
        self._hint.show_text(self.tr("The key before a field marks it to correct"))
        keeps = self._hint.sizePolicy()
        keeps.setRetainSizeWhenHidden(True)  # the order is being read: nothing on it moves
        self._hint.setSizePolicy(keeps)
        if self._keys_taken:
            self._hint.hide()
        return self._hint

    def _caption(self, place: int, fact: Fact, *, marked: bool = False) -> str:
        key = f"{cap(self._marks[place])} " if place < len(self._marks) else ""
        wanted = self.tr(" - correct this") if marked or fact.field in self._marked else ""
        return f"{key}{fact.name}{wanted}"


def _content(order: OrderView | None) -> tuple[str, int]:
    return (order.id, order.revision) if order is not None else ("", 0)


def _steps_card(title: str, steps: Sequence[StepView]) -> Card:
    card = Card(title)
    timeline = Timeline()
    timeline.show_steps(steps)
    card.body.addWidget(timeline)
    return card
