"""What can be done with the order on the board, each by its digit."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from workstation.domain.lifecycle import Action
from workstation.ui.board.views import tr
from workstation.ui.cards import Card
from workstation.ui.chips import Words
from workstation.ui.flow import clear
from workstation.ui.labels import label

MEND = "mend"
MOST = 9


class Offers(QWidget):
    """Numbers the actions that the lifecycle allows, mending first."""

    def __init__(self) -> None:
        super().__init__()
        self._offered: list[str] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def of(self, place: int) -> str:
        """Return what stands at *place*, counted from 0; empty where nothing does."""
        return self._offered[place] if place < len(self._offered) else ""

    def show_offers(self, actions: Sequence[Action], *, mendable: bool) -> None:
        clear(self._column)
        self._offered = [*([MEND] if mendable else []), *actions][:MOST]
        card = Card(tr("Do"))
        for digit, action in enumerate(self._offered, start=1):
            text = tr("Mend and send again") if action == MEND else label(action, "action")
            card.body.addWidget(Words(f"{digit}  {text}"))
        if not self._offered:
            card.body.addWidget(Words(tr("Nothing to do; it goes its way."), role="muted"))
        self._column.addWidget(card)
