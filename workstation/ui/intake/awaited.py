"""The answer of a line that is being called, told once."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject

from workstation.domain.call_party import Party
from workstation.domain.directory import Line
from workstation.domain.identity import IncidentId
from workstation.ui.call.control import CallControl, Dialled


@dataclass(frozen=True, slots=True)
class Attempt:
    """A line that is being called: the leg it will answer on, and the form it is called for, if there is one."""

    line: Line
    leg: Dialled
    incident: IncidentId | None


class Awaited(QObject):
    """Waits for what becomes of the last leg that was dialled, and tells *heard*: it joined, or why it did not."""

    def __init__(self, calls: CallControl, heard: Callable[[Attempt, Party], object], parent: QObject) -> None:
        super().__init__(parent)
        self._calls = calls
        self._heard = heard
        self._attempt: Attempt | None = None
        calls.shown.connect(self._look)

    def wait(self, attempt: Attempt) -> None:
        """Hand *attempt* on with its party as soon as that has an ending, which may be now."""
        self._attempt = attempt
        self._look()

    def hand_over(self) -> Attempt | None:
        """Wait no longer, and return what was waited for: screens that are made anew wait on."""
        attempt, self._attempt = self._attempt, None
        return attempt

    def _look(self) -> None:
        attempt = self._attempt
        party = self._calls.party(attempt.leg) if attempt is not None else None
        if attempt is None or party is None or party.ending is None:
            return
        self._attempt = None
        self._heard(attempt, party)
