"""The row that opens below the top bar while more than two are in a call."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QFrame

from workstation.domain.call_party import Ending, PartyState
from workstation.ui.chips import Chip, KeyCap, ages
from workstation.ui.flow import FlowLayout, clear, show_now
from workstation.ui.labels import label

_STATES = {
    PartyState.JOINED: "ok",
    PartyState.CALLING: "info",
    PartyState.RINGING: "info",
    PartyState.FAILED: "danger",
    PartyState.HELD: "warn",
    PartyState.PRIVATE: "warn",
    PartyState.MUTED: "warn",
}
_COUNTED = frozenset({PartyState.CALLING, PartyState.RINGING, PartyState.HELD, PartyState.PRIVATE})


@dataclass(frozen=True, slots=True)
class PartyView:
    """One party: who, how it stands and since how many seconds; why, if it could not be reached."""

    name: str
    state: PartyState
    seconds: int = 0
    ending: Ending | None = None


class PartyRow(QFrame):
    """One chip per party and the keys that apply now; it closes by itself when the call is for two again."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "bar")
        self._row = FlowLayout(self, gap=12)
        self._row.setContentsMargins(12, 4, 12, 4)
        self._chips: list[Chip] = []
        self._shown: tuple[str, ...] = ()
        self.hide()

    def show_parties(self, parties: Sequence[PartyView], keys: Sequence[tuple[str, str]] = ()) -> None:
        """Show *parties* and the *keys* (id, word) that act on them; none closes the row."""
        layout = (str(len(parties)), *(f"{key} {word}" for key, word in keys))
        if layout != self._shown:
            self._build(len(parties), keys)
            self._shown = layout
        for chip, party in zip(self._chips, parties, strict=True):
            chip.show_chip(_said(party), _STATES.get(party.state, ""))
        self.setVisible(bool(parties))

    def _build(self, count: int, keys: Sequence[tuple[str, str]]) -> None:
        clear(self._row)
        self._chips = [Chip(" ") for _ in range(count)]
        for widget in (*self._chips, *(KeyCap(key, word) for key, word in keys)):
            self._row.addWidget(widget)
        show_now(self._row)


def _said(party: PartyView) -> str:
    """Say how a party stands in words, with its time while that matters."""
    words = [party.name, label(party.state)]
    if party.state is PartyState.FAILED and party.ending is not None:
        words[1] = label(party.ending)
    if party.state in _COUNTED:
        words.append(ages(party.seconds))
    return " · ".join(words[:2]) + (f" {words[2]}" if len(words) > 2 else "")  # noqa: PLR2004 - name, state, time
