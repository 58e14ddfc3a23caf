"""The item of the guidance lists that fits, with the sentence to say."""

from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout

from workstation.ui.cards import Card
from workstation.ui.chips import Chip, KeyCap, Words


@dataclass(frozen=True, slots=True)
class GuidanceView:
    """A list item: its list, edition and number, the outcome it leads to, the sentence, and who would handle it."""

    title: str
    basis: str = ""
    outcome: str = ""
    sentence: str = ""
    unit: str = ""
    tier: str = ""


class GuidanceCard(Card):
    """Shows why an outcome is proposed and what to tell the caller; the unit can be changed by its key."""

    def __init__(self) -> None:
        super().__init__(self.tr("Guidance"), key="guidance", raised=True)
        self._outcome = Chip()
        self.insert_in_head(self._outcome)
        self._basis = Words(role="muted")  # under the head: beside it there is room for three characters a line
        self._sentence = Words()
        self._unit = Words()
        self._tier = Chip()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(Words(self.tr("Unit"), role="muted", wraps=False))
        row.addWidget(self._unit, 1)
        row.addWidget(self._tier)
        row.addWidget(KeyCap("unit", self.tr("Change")))
        self.body.setSpacing(4)
        self.body.addWidget(self._basis)
        self.body.addWidget(self._sentence)
        self.body.addLayout(row)
        self.show_guidance(None)

    def show_guidance(self, view: GuidanceView | None) -> None:
        """Show *view*; None where no list has an item for this."""
        self.show_title(view.title if view else self.tr("Guidance"))
        self.show_note("" if view else self.tr("No list item yet."))
        self._basis.show_text(view.basis if view else "")
        self._basis.setVisible(bool(view and view.basis))
        self._outcome.show_chip(view.outcome if view else "", "info")
        self._sentence.show_text(view.sentence if view else "")
        self._sentence.setVisible(bool(view and view.sentence))
        self._unit.show_text(view.unit if view and view.unit else self.tr("not chosen"))
        self._tier.show_chip(view.tier if view else "", "info")
