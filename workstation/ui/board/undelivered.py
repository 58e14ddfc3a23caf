"""What was not delivered, and the keys that deal with it."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from workstation.domain.outbox import Delivery, OutboxRow
from workstation.ui.board.views import tr
from workstation.ui.cards import Card
from workstation.ui.chips import Words
from workstation.ui.flow import clear, show_now
from workstation.ui.keys import cap
from workstation.ui.sentences import refusal_sentence

MOST_REFUSED = 5


class Undelivered(QWidget):
    """Lists acts that the gateway refused or that were held back, with the reason; nothing while there is none."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[OutboxRow, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def first(self, delivery: Delivery) -> OutboxRow | None:
        """Return the uppermost row that stands like this."""
        return next((row for row in self.rows if row.delivery is delivery), None)

    def show_rows(self, rows: Sequence[OutboxRow]) -> None:
        clear(self._column)
        self.rows = tuple(rows)
        if rows:
            self._column.addWidget(self._card())
        show_now(self._column)

    def _card(self) -> Card:
        card = Card(tr("Not delivered"))
        card.show_state("danger")
        for row in self.rows[:MOST_REFUSED]:
            number = row.command.number or (row.command.incident.number if row.command.incident else "")
            card.body.addWidget(Words(f"{number} {refusal_sentence(row.problem, row.detail)}"))
        if more := self.rows[MOST_REFUSED:]:
            card.body.addWidget(Words(tr("and %1 more").replace("%1", str(len(more))), role="muted"))
        if self.first(Delivery.REFUSED) is not None:
            card.body.addWidget(
                Words(tr("%1 takes the uppermost refused one away").replace("%1", cap("board_dismiss")))
            )
        if self.first(Delivery.PARKED) is not None:
            card.body.addWidget(Words(tr("%1 sends again what was held back").replace("%1", cap("board_requeue"))))
        return card
