"""What can be done with the order on the board, each by its own digit."""

from collections.abc import Collection, Mapping

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workstation.domain.lifecycle import Action, State
from workstation.domain.standing import WAITS_HERE
from workstation.ui.board.views import tr
from workstation.ui.cards import Card
from workstation.ui.chips import KeyCap, Words
from workstation.ui.flow import clear, show_now
from workstation.ui.labels import label

MEND = "mend"
# Orders are written on the form and decided on the approval pane, which knows what was read; here neither is offered.
_ON_THE_FORM = frozenset({Action.SUBMIT, Action.SUBMIT_URGENT, Action.RELEASE})
_ON_THE_PANE = frozenset({Action.APPROVE, Action.SEND_BACK, Action.REJECT, Action.CONFIRM, Action.OBJECT})
HIDDEN = _ON_THE_FORM | _ON_THE_PANE
_NOT_SENT = WAITS_HERE | {State.RETURNED}
DIGITS: Mapping[str, int] = {
    MEND: 1,
    Action.TAKE_ON: 1,
    Action.WITHDRAW: 2,
    Action.RECALL: 2,
    Action.ASK_RECALL: 2,
    Action.ABANDON: 3,
    Action.TURN_DOWN: 3,
    Action.REPEAT: 4,
    Action.CHASE: 5,
    Action.REPORT: 5,
    Action.RECHECK_DANGER: 6,
    Action.SUPERVISE: 7,
    Action.INTERVIEW: 8,
    Action.DISPATCH: 8,
    Action.NOTIFY: 9,
}
"""The digit of each action, always the same; two that never meet in one person's hands may share one."""

NOT_TAKEN_BACK = frozenset({Action.REPEAT})
"""What is done at once, asks for no reason, and stays on the order for good: it is asked about first."""


def offered_here(offered: Collection[Action], state: State) -> list[Action]:
    """Return which of the *offered* actions the board takes; nobody is chased for an order that was never sent."""
    return [action for action in offered if action not in HIDDEN and (action is not Action.CHASE or _was_sent(state))]


def _was_sent(state: State) -> bool:
    return state not in _NOT_SENT


class Offers(QWidget):
    """Shows the actions that the lifecycle allows, each beside its key."""

    def __init__(self) -> None:
        super().__init__()
        self._offered: dict[int, str] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def of(self, digit: int) -> str:
        """Return the action of *digit*; empty where it has none now."""
        return self._offered.get(digit, "")

    def show_offers(self, actions: Collection[Action], *, mendable: bool, nothing: str = "") -> None:
        """Show the *actions*, or *nothing* in words."""
        clear(self._column)
        every = [*([MEND] if mendable else []), *actions]
        self._offered = {DIGITS[action]: action for action in every}
        card = Card(tr("Do"))
        for digit, action in sorted(self._offered.items()):
            row = QHBoxLayout()
            row.setSpacing(8)
            row.addWidget(KeyCap(f"board_act_{digit}"))
            row.addWidget(Words(tr("Mend and send again") if action == MEND else label(action, "action")), 1)
            card.body.addLayout(row)
        if not self._offered:
            card.body.addWidget(Words(nothing or tr("Nothing to do; it goes its way."), role="muted"))
        self._column.addWidget(card)
        show_now(self._column)
