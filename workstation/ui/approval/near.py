"""Known orders that may be about the same matter as the one on the pane."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workstation.desk.author import TransferView
from workstation.domain.lifecycle import Action, Role
from workstation.domain.standing import GOES_ON
from workstation.domain.transfer import Transfer
from workstation.ui.board.views import short_time, title_of
from workstation.ui.cards import Card
from workstation.ui.chips import Chip, Words
from workstation.ui.flow import clear, show_now
from workstation.ui.labels import label


def master_among(near: Sequence[TransferView], later: Transfer, role: Role) -> TransferView | None:
    """Return the oldest of *near* into which *later* may be merged: before it, of its category, able to take a note."""
    before = [view for view in near if view.transfer.created_at < later.created_at]
    same = [view for view in before if view.transfer.order.category == later.order.category]
    goes_on = [view for view in same if view.transfer.state in GOES_ON]
    live = [view for view in goes_on if Action.REPEAT in view.offered(role) and view.transfer.steps]
    return min(live, key=lambda view: view.transfer.created_at, default=None)


def near_words(view: TransferView, now: datetime) -> str:
    """Return who reported a near order, when, and how it stands."""
    transfer = view.transfer
    who = transfer.order.caller_name.text
    return " · ".join(part for part in (who, short_time(transfer.created_at, now), label(transfer.state)) if part)


class NearOrders(QWidget):
    """Lists the orders of the same caller or place; none, and it is not there."""

    def __init__(self) -> None:
        super().__init__()
        self._count = Chip()
        self._cards = QVBoxLayout()
        self._cards.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Words(self.tr("Same caller or place")), 1)
        head.addWidget(self._count)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addLayout(self._cards)
        self.hide()

    def show_near(self, near: Sequence[TransferView], now: datetime) -> None:
        """Show *near*, the newest first."""
        clear(self._cards)
        self._count.show_chip(str(len(near)), "info")
        for view in near:
            self._cards.addWidget(_card(view, now))
        show_now(self._cards)
        self.setVisible(bool(near))


def _card(view: TransferView, now: datetime) -> Card:
    card = Card(raised=True)
    card.body.setSpacing(2)
    card.body.addWidget(Words(title_of(view.transfer.order)))
    card.body.addWidget(Words(f"{view.transfer.number} · {near_words(view, now)}", role="muted"))
    return card
