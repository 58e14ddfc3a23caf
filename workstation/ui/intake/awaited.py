"""The answer of a line that is being called, told once."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from workstation.domain.call_party import Party
from workstation.ui.call.control import CallControl, Dialled


class Awaited(QObject):
    """Waits for what becomes of the last leg that was dialled: it joined, or why it did not."""

    def __init__(self, calls: CallControl, parent: QObject) -> None:
        super().__init__(parent)
        self._calls = calls
        self._leg: Dialled | None = None
        self._then: Callable[[Party], object] | None = None
        calls.shown.connect(self._look)

    def wait(self, leg: Dialled, then: Callable[[Party], object]) -> None:
        """Hand the party of *leg* to *then* as soon as it has an ending, which may be now."""
        self._leg, self._then = leg, then
        self._look()

    def _look(self) -> None:
        party = self._calls.party(self._leg) if self._leg is not None else None
        if party is None or party.ending is None or self._then is None:
            return
        then, self._leg, self._then = self._then, None, None
        then(party)
