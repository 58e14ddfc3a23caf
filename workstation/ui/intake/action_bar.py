"""The six outcomes and the two short endings, always in the same place."""

from collections.abc import Collection

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from workstation.domain.incident import Outcome
from workstation.ui.flow import FlowLayout
from workstation.ui.intake.completeness import CompletenessLine
from workstation.ui.keys import cap, key, said
from workstation.ui.theme import mark

ORDER = (
    Outcome.INVALID_CALL,
    Outcome.LINKED_TO_ORDER,
    Outcome.POLICE_DISPATCH,
    Outcome.DIRECT_ANSWER,
    Outcome.NOT_ACCEPTED,
    Outcome.CALL_TRANSFER,
    Outcome.URGENT_LINKAGE,
    Outcome.WORK_ORDER,
)
_SHORT = frozenset({Outcome.INVALID_CALL, Outcome.LINKED_TO_ORDER})


class ActionBar(QFrame):
    """Offers the outcomes with their keys; none ever moves, the usual one is blue, those not offered are dim."""

    chosen = Signal(Outcome)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "bottom")
        self.completeness = CompletenessLine()
        self._buttons = {outcome: self._button(outcome) for outcome in ORDER}
        buttons = QWidget()
        flow = FlowLayout(buttons, right=True)
        for button in self._buttons.values():
            flow.addWidget(button)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(16)
        row.addWidget(self.completeness, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(buttons)
        self.show_outcomes(ORDER)

    def show_outcomes(self, offered: Collection[Outcome], usual: Outcome | None = Outcome.WORK_ORDER) -> None:
        """Offer *offered*, and the linkage, which needs no form; *usual* is the one that the lists propose."""
        for outcome, button in self._buttons.items():
            button.setEnabled(outcome in offered or outcome is Outcome.URGENT_LINKAGE)
            urgent = "danger" if outcome is Outcome.URGENT_LINKAGE else ""
            mark(button, "state", "primary" if outcome is usual else urgent)

    def show_waiting(self, outcome: Outcome, waiting: bool) -> None:  # noqa: FBT001 - a Qt slot
        """Show that the key of *outcome* was pressed and waits for its second one; its words and its place stay."""
        button = self._buttons[outcome]
        button.setDown(waiting)
        mark(button, "waiting", waiting)

    def _button(self, outcome: Outcome) -> QPushButton:
        button = QPushButton(_text(outcome))
        button.setObjectName(outcome)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if outcome in _SHORT:
            button.setProperty("role", "keycap")
        button.clicked.connect(lambda: self.chosen.emit(outcome))
        return button


def _text(outcome: Outcome) -> str:
    return f"{cap(outcome)}  {said(key(outcome).text)}"
