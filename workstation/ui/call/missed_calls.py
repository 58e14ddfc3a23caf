"""The calls that nobody answered in time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Signal

from workstation.domain.call import Call
from workstation.ui.card_model import CardView
from workstation.ui.cards import Card
from workstation.ui.chips import Words, ages
from workstation.ui.layout import show_or_step_over
from workstation.ui.rows import Cards


@dataclass(frozen=True, slots=True)
class MissedView:
    """One missed call: when, from which (masked) number, and how long it rang."""

    id: str
    at: str
    number: str
    rang: int


def missed_view(call: Call, at: str, now: datetime) -> MissedView:
    """Return what the list shows of *call*, which was queued *at*."""
    rang = (call.ended_at or now) - call.queued_at
    return MissedView(call.id, at, call.caller_shown, int(rang.total_seconds()))


class MissedCalls(Card):
    """Lists the missed calls; Enter begins a form for the chosen one, its number in it."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__(self.tr("Missed calls"), key="missed")
        self._rows = Cards()
        self._rows.opened.connect(self.chosen)
        self._empty = Words(self.tr("No missed calls."), role="muted")
        self.body.addWidget(self._empty)
        self.body.addWidget(self._rows, 1)
        self.show_calls(())

    def show_calls(self, calls: Sequence[MissedView]) -> None:
        rang = self.tr("rang %1")
        cards = [CardView(c.id, c.number, small=c.at, note=rang.replace("%1", ages(c.rang))) for c in calls]
        self._rows.cards.show_cards(cards)
        show_or_step_over(self, self._rows, shown=bool(calls))
        self._empty.setVisible(not calls)
        if calls and self.parentWidget() is not None:
            self.show()
