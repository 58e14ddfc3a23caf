"""The categories that the words so far speak for."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workstation.ui.cards import Card
from workstation.ui.chips import Chip, KeyCap, Meter, Words
from workstation.ui.flow import clear, show_now

FIRST_KEY = 7


@dataclass(frozen=True, slots=True)
class SuggestionView:
    """One proposed category: its path, how sure it is, and the words that spoke for it."""

    path: str
    share: float
    reasons: str = ""


class SuggestionList(QWidget):
    """Shows at most three proposals, one key each; after a human chose, one line with the choice is left of them."""

    def __init__(self) -> None:
        super().__init__()
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Words(self.tr("Category"), wraps=False))
        self._state = Chip()
        head.addWidget(self._state)
        head.addStretch()
        self._chosen = Words()
        self._chosen.hide()
        head.addWidget(self._chosen, 1)
        self._cap = KeyCap("category", self.tr("Choose"))
        head.addWidget(self._cap)
        self._cards = QVBoxLayout()
        self._cards.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addLayout(self._cards)
        self.show_suggestions(())

    @property
    def is_chosen(self) -> bool:
        """Whether a choice stands in the place of the proposals."""
        return not self._chosen.isHidden()

    def show_suggestions(
        self, suggestions: Sequence[SuggestionView], *, unsure: bool = False, chosen: str = ""
    ) -> None:
        """Show what is proposed; once there is a *chosen* path, only that and the key to change it."""
        clear(self._cards)
        self._chosen.show_text(chosen)
        self._chosen.setVisible(bool(chosen))
        self._cap.show_key("category", self.tr("Change") if chosen else self.tr("Choose"))
        if chosen:
            self._state.show_chip("")
            return
        self._state.show_chip(self.tr("Not sure") if unsure and suggestions else "", "warn")
        if not suggestions:
            self._cards.addWidget(Words(self.tr("Proposals come from ten characters on."), role="muted"))
        for number, suggestion in enumerate(suggestions[:3]):
            self._cards.addWidget(_card(FIRST_KEY + number, suggestion, first=number == 0 and not unsure))
        show_now(self._cards)


def _card(digit: int, suggestion: SuggestionView, *, first: bool) -> Card:
    card = Card(raised=True)
    card.show_emphasis(first)
    card.body.setSpacing(2)
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(KeyCap(f"suggestion_{digit}"))
    row.addWidget(Words(suggestion.path), 1)
    meter = Meter(64)
    meter.show_share(suggestion.share)
    row.addWidget(meter)
    row.addWidget(Words(f"{suggestion.share:.0%}", role="muted", wraps=False))
    card.body.addLayout(row)
    if suggestion.reasons:
        card.body.addWidget(Words(suggestion.reasons, role="muted"))
    return card
