"""The left column of the approval pane."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workstation.ui.approval.queue_model import QueueModel, QueueRow
from workstation.ui.chips import Chip, KeyCap, Words
from workstation.ui.keys import cap
from workstation.ui.rows import Cards


class Queue(QWidget):
    """Two lists under one cursor: waiting for approval, and acted on first and still to be confirmed."""

    walked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._models = (QueueModel(self), QueueModel(self))
        self._waiting, self._urgent = (
            Cards(model, least=least) for model, least in zip(self._models, (2, 1), strict=True)
        )
        self._urgent_count = Chip()
        self._empty = Words(self.tr("Nothing waits for approval. New orders appear here and ring."), role="muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        arrows = KeyCap("next_order")
        arrows.show_text(f"{cap('previous_order')} {cap('next_order')}")
        column.addLayout(_head(Words(self.tr("Waiting for approval"), wraps=False), arrows))
        column.addWidget(self._empty)
        column.addWidget(self._waiting, 3)
        self._urgent_head = QWidget()
        head = _head(Words(self.tr("Acted on first"), wraps=False), self._urgent_count)
        head.setContentsMargins(0, 0, 0, 0)
        self._urgent_head.setLayout(head)
        column.addWidget(self._urgent_head)
        column.addWidget(self._urgent, 1)
        column.addStretch()
        for cards in (self._waiting, self._urgent):
            cards.walked.connect(self.walked)
        self._waiting.left_downwards.connect(partial(self._go_over, self._urgent, 0))
        self._urgent.left_upwards.connect(partial(self._go_over, self._waiting, -1))
        self.setFocusProxy(self._waiting)
        self.show_queue(())

    @property
    def lists(self) -> tuple[Cards, Cards]:
        """The two lists: to approve, and to confirm afterwards."""
        return self._waiting, self._urgent

    def show_queue(self, orders: Sequence[QueueRow]) -> None:
        urgent = sum(order.urgent_due for order in orders)
        for cards, model, due in zip(self.lists, self._models, (False, True), strict=True):
            model.show_queue(orders, urgent_due=due, current=cards.current)
        self._urgent_count.show_chip(str(urgent) if urgent else "", "danger")
        for widget in (self._urgent_head, self._urgent):
            widget.setVisible(bool(urgent))
        self._empty.setVisible(urgent == len(orders))

    def show_passed(self, seconds: int) -> None:
        """Let every order be older by the *seconds* that passed since the queue was shown."""
        for model in self._models:
            model.show_passed(seconds)

    def show_readers(self, readers: Mapping[str, str]) -> None:
        """Say of some orders who else is reading them."""
        for model in self._models:
            model.show_readers(readers)

    def order(self) -> tuple[str, ...]:
        """Return the ids in the order they are walked through."""
        return tuple(id for model in self._models for id in model.order)

    def show_current(self, id: str) -> None:
        """Stand on *id*, in whichever list it is, without a signal."""
        for cards, model in zip(self.lists, self._models, strict=True):
            cards.blockSignals(True)
            model.reach(id)
            cards.show_current(id)  # in the other list on none: what stays current there is walked to when rows come
            cards.blockSignals(False)

    def _go_over(self, to: Cards, place: int) -> None:
        """Walk on into the other list, where that has anything."""
        if to.cards.cards:
            to.setFocus(Qt.FocusReason.OtherFocusReason)
            to.show_current(to.cards.cards[place].id)


def _head(title: Words, right: QWidget) -> QHBoxLayout:
    head = QHBoxLayout()
    head.setSpacing(8)
    head.addWidget(title)
    head.addStretch(1)
    head.addWidget(right)
    return head
