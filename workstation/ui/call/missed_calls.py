"""The callers who were cut off, and the calls that nobody answered in time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Signal

from workstation.domain.call import Call
from workstation.domain.call_back import Back
from workstation.ui.card_model import CardView
from workstation.ui.cards import Card
from workstation.ui.chips import Words, ages
from workstation.ui.keys import bind, cap
from workstation.ui.layout import show_or_step_over
from workstation.ui.rows import Cards


@dataclass(frozen=True, slots=True)
class MissedView:
    """One caller: when, from which (masked) number, and how long it rang or how often they were not reached."""

    id: str
    at: str
    number: str
    rang: int = 0
    tries: int = 0
    taken: bool = False
    mine: bool = False


def missed_view(call: Call, at: str, now: datetime) -> MissedView:
    """Return what the list shows of *call*, which was queued *at*."""
    return MissedView(call.id, at, call.caller_shown, _rang(call, now))


def back_view(back: Back, at: str, rang: Call | None) -> MissedView:
    """Return what the list shows of a caller who was cut off at the time *at*, or whose call *rang* here in vain."""
    seconds = _rang(rang, back.at) if rang is not None else 0
    return MissedView(back.call, at, back.shown, seconds, back.tries, taken=back.taken, mine=back.mine)


def _rang(call: Call, now: datetime) -> int:
    """Return for how many seconds a call rang; the shortest counts as one."""
    return max(1, int(((call.ended_at or now) - call.queued_at).total_seconds()))


class MissedCalls(Card):
    """Lists who is to be called back, the longest waiting first; Enter calls the chosen one, Del gives them up."""

    chosen = Signal(str)
    given_up = Signal(str)

    def __init__(self) -> None:
        super().__init__(self.tr("Call back"), key="missed")
        self._rows = Cards()
        self._rows.opened.connect(self.chosen)
        bind("give_up", self, self._give_up)
        keys = self.tr("%1 calls, %2 gives up").replace("%1", cap("board_open")).replace("%2", cap("give_up"))
        self._keys = Words(keys, role="muted")
        self._empty = Words(self.tr("Nobody to call back."), role="muted")
        self.body.addWidget(self._empty)
        self.body.addWidget(self._rows, 1)
        self.body.addWidget(self._keys)
        self.show_calls(())

    def show_calls(self, calls: Sequence[MissedView]) -> None:
        cards = [CardView(c.id, c.number, small=c.at, note=self._said(c)) for c in calls]
        self._rows.cards.show_cards(cards)
        show_or_step_over(self, self._rows, shown=bool(calls))
        self._empty.setVisible(not calls)
        self._keys.setVisible(bool(calls))
        if calls and self.parentWidget() is not None:
            self.show()

    def _give_up(self) -> None:
        if self._rows.current:
            self.given_up.emit(self._rows.current)

    def _said(self, call: MissedView) -> str:
        if call.taken:
            return self.tr("being called back")
        if call.tries:
            return self.tr("tried %1 times").replace("%1", str(call.tries))
        if call.mine:
            return self.tr("cut off, your form")
        return self.tr("rang %1").replace("%1", ages(call.rang)) if call.rang else self.tr("cut off")
