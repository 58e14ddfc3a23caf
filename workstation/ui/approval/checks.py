"""What the machine checked before a person decides."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workstation.ui.cards import Card
from workstation.ui.chips import Chip, Words
from workstation.ui.flow import clear, show_now


@dataclass(frozen=True, slots=True)
class CheckView:
    """One check: its result in a word, the state of that word, what was checked and what was found."""

    verdict: str
    state: str
    title: str
    note: str = ""


class Checks(QWidget):
    """Lists the checks; each verdict is a word, its colour only repeats it."""

    def __init__(self) -> None:
        super().__init__()
        self._cards = QVBoxLayout()
        self._cards.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(Words(self.tr("Checks"), wraps=False))
        column.addLayout(self._cards)
        column.addStretch(1)
        self._shown: tuple[CheckView, ...] = ()

    def show_checks(self, checks: Sequence[CheckView]) -> None:
        if tuple(checks) == self._shown:
            return
        self._shown = tuple(checks)
        clear(self._cards)
        for check in checks:
            self._cards.addWidget(_card(check))
        show_now(self._cards)


def _card(check: CheckView) -> Card:
    card = Card(raised=True)
    card.body.setSpacing(2)
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(Chip(check.verdict, check.state))
    row.addWidget(Words(check.title), 1)
    card.body.addLayout(row)
    if check.note:
        card.body.addWidget(Words(check.note, role="muted"))
    return card
