"""The answer of a line that is being called, told once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QObject

from workstation.domain.call_party import Party
from workstation.domain.directory import Line
from workstation.domain.escalation import Ladder
from workstation.domain.identity import IncidentId
from workstation.ui.call.control import CallControl, Dialled


@dataclass(frozen=True, slots=True)
class Attempt:
    """A line that is being called: the leg it will answer on, and the form it is called for, if there is one.

    Args:
        ladder: Whom an urgent linkage calls next.
        give_up_at: When it has rung long enough; None while somebody sees to that by hand.
        given_up: It rang that long, and is no longer dialled.
        instead: What is done as soon as it is no longer dialled, in place of calling whoever comes next.
    """

    line: Line
    leg: Dialled
    incident: IncidentId | None
    ladder: Ladder | None = None
    give_up_at: datetime | None = None
    given_up: bool = False
    instead: Callable[[], object] | None = None


class Awaited(QObject):
    """Waits for what becomes of the last leg that was dialled, and tells *heard*: it joined, or why it did not."""

    def __init__(self, calls: CallControl, heard: Callable[[Attempt, Party], object], parent: QObject) -> None:
        super().__init__(parent)
        self._calls = calls
        self._heard = heard
        self.attempt: Attempt | None = None
        calls.shown.connect(self._look)

    def wait(self, attempt: Attempt) -> None:
        """Hand *attempt* on with its party as soon as that has an ending, which may be now."""
        self.attempt = attempt
        self._look()

    def hand_over(self) -> Attempt | None:
        """Wait no longer, and return what was waited for: screens that are made anew wait on."""
        attempt, self.attempt = self.attempt, None
        return attempt

    def _look(self) -> None:
        attempt = self.attempt
        party = self._calls.party(attempt.leg) if attempt is not None else None
        if attempt is None or party is None or party.ending is None:
            return
        self.attempt = None
        self._heard(attempt, party)
