"""What to read out to the other centre, and whom the linkage is calling."""

from collections.abc import Sequence

from workstation.ui.cards import Card
from workstation.ui.chips import Words


class HandoverCard(Card):
    """Shows the hand-over checklist and how the linkage stands, beside the narrative; it takes no focus."""

    def __init__(self) -> None:
        super().__init__(self.tr("To hand over"), key="copy_handover", does=self.tr("Copy"))
        self._standing = Words(role="warning")
        self._lines = Words()
        self.body.setSpacing(4)
        self.body.addWidget(self._standing)
        self.body.addWidget(self._lines)
        self.show_standing("", "")
        self.hide()

    def show_standing(self, said: str, state: str) -> None:
        """Say how the linkage stands."""
        self._standing.show_text(said)
        self._standing.setVisible(bool(said))
        self.show_state("danger" if state == "danger" else "")

    def show_lines(self, lines: Sequence[str]) -> None:
        """Show the checklist; none closes the card."""
        self._lines.show_text("\n".join(lines))
        self.setVisible(bool(lines))
