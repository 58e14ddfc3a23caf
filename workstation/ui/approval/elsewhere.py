"""What became of an order that somebody else decided while it was on this pane."""

from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject

from workstation.desk.author import TransferView
from workstation.desk.console import Console
from workstation.domain.identity import TransferId
from workstation.domain.lifecycle import SUBMISSIONS, Action, Role
from workstation.domain.transfer import Step
from workstation.ui.approval.views import tr
from workstation.ui.approval.waiting import still_waits
from workstation.ui.background import Background
from workstation.ui.board.views import short_time
from workstation.ui.cards import Notice
from workstation.ui.labels import label

_DOT = " \N{MIDDLE DOT} "
_HERE = frozenset({Role.CALL_TAKER, Role.DUTY_OFFICER})
_SAID_OF_IT = frozenset({Action.CONFIRM, Action.OBJECT})


class Elsewhere(QObject):
    """Tells who decided what, and when, about an order that left the pane without a decision of this seat.

    What was decided here is watched until the gateway has answered: the first decision wins, and it may be another's.
    """

    def __init__(self, pane: QObject, console: Console, background: Background, notice: Notice) -> None:
        super().__init__(pane)
        self._console = console
        self._background = background
        self._notice = notice
        self._watched: set[str] = set()

    def watch(self, id: str) -> None:
        """Look whether the decision that was just taken here is the one that holds."""
        self._watched.add(id)

    def ask(self, id: str) -> None:
        """Tell what became of the order *id*; nothing when there is none."""
        if id:
            self._background.ask(self, partial(self._console.desk.transfer, TransferId(id)), self._tell)

    def look_again(self) -> None:
        """Ask about every order whose answer is still awaited: something may have come."""
        for id in self._watched:
            self.ask(id)

    def _tell(self, view: TransferView) -> None:
        if view.queued:
            return  # the gateway has yet to say whose decision it is
        self._watched.discard(view.transfer.id)
        step = decision(view)
        if step is not None and step.by != self._console.session.user:
            self._notice.show_notice(decided_words(view.transfer.number, step, self._console.clock()), "warn")


def decision(view: TransferView) -> Step | None:
    """Return the step by which a person ended the waiting of an order; none while it waits."""
    if still_waits(view):
        return None
    transfer = view.transfer
    said = [note for note in transfer.notes if note.action in _SAID_OF_IT]
    taken = [step for step in (*transfer.steps, *said) if step.role in _HERE and step.action not in SUBMISSIONS]
    return max(taken, key=lambda step: step.recorded_at or step.at, default=None)


def decided_words(number: str, step: Step, now: datetime) -> str:
    """Say what was decided about the order *number*, by whom, from which seat, when and why."""
    seat = tr("seat %1").replace("%1", step.seat) if step.seat else ""
    who = f"{label(step.role)} {step.by}"
    parts = (label(step.action), who, seat, short_time(step.recorded_at or step.at, now), step.reason)
    words = tr("%1 was decided elsewhere meanwhile: %2").replace("%1", number)
    return words.replace("%2", _DOT.join(part for part in parts if part))
