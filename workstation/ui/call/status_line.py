"""What the console says about itself: telephone, link, what is unsent, clock and keyring."""

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from workstation.settings import DRIFT_SHOWN_S
from workstation.ui.call.trouble import Trouble, sentence, short
from workstation.ui.chips import Chip, Words, ages
from workstation.ui.flow import FlowLayout


@dataclass(frozen=True, slots=True)
class StatusView:
    """How the console stands: `drift` is in seconds, `keyring` is False where the key is wrapped in a file.

    `writes` says that forms are written here; who only decides cannot go on without the gateway.
    """

    connected: bool = True
    unsent: int = 0
    oldest: int = 0
    parked: int = 0
    refused: int = 0
    drift: int = 0
    keyring: bool = True
    writes: bool = True


class StatusLine(QWidget):
    """Says how the console stands; what is well takes little room."""

    def __init__(self) -> None:
        super().__init__()
        self._telephone = Chip()
        self._link = Chip()
        self._unsent = Words(role="muted", wraps=False)
        self._failed = Chip()
        self._drift = Chip()
        self._keyring = Chip()
        why = self.tr("This computer has no keyring: the key of its records lies in a file that the password opens.")
        self._keyring.setToolTip(why)
        self._keyring.setAccessibleDescription(why)
        self._clock = Words(wraps=False)
        row = FlowLayout(self, right=True)
        for widget in (
            self._telephone,
            self._keyring,
            self._drift,
            self._failed,
            self._link,
            self._unsent,
            self._clock,
        ):
            row.addWidget(widget)
        self.show_status(StatusView())

    def show_status(self, status: StatusView) -> None:
        if status.connected:
            self._link.show_chip(self.tr("Connected"), "ok")
        else:
            self._link.show_chip(self.tr("Offline, work goes on") if status.writes else self.tr("Offline"), "warn")
        self._unsent.show_text(self._waiting(status))
        failed = status.parked + status.refused
        self._failed.show_chip(self.tr("%1 not delivered").replace("%1", str(failed)) if failed else "", "danger")
        drift = self.tr("Clock %1 s off").replace("%1", str(abs(status.drift)))
        self._drift.show_chip(drift if abs(status.drift) >= DRIFT_SHOWN_S else "", "warn")
        self._keyring.show_chip("" if status.keyring else self.tr("No keyring"), "warn")

    def show_telephone(self, reason: Trouble | None) -> None:
        """Say why the telephone cannot be driven from here and what to do meanwhile; nothing while it can."""
        words, whole = ("", "") if reason is None else (short(reason), sentence(reason))
        self._telephone.show_chip(words, "danger")
        self._telephone.setToolTip(whole)
        self._telephone.setAccessibleDescription(whole)

    def show_clock(self, text: str) -> None:
        self._clock.show_text(text)

    def _waiting(self, status: StatusView) -> str:
        text = self.tr("Unsent %1").replace("%1", str(status.unsent))
        return f"{text} · {ages(status.oldest)}" if status.unsent else text
