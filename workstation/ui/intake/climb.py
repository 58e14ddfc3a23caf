"""An urgent linkage that goes on by itself: the backup number when the first one fails, then word to the officer."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, Signal

from workstation.domain.call_party import Ending, Party
from workstation.domain.directory import Line
from workstation.domain.escalation import Failure, Ladder, NextCall, patience
from workstation.domain.identity import IncidentId
from workstation.ui.call.control import CallControl, Dialled
from workstation.ui.intake.awaited import Attempt, Awaited
from workstation.ui.intake.views import tr
from workstation.ui.keys import cap
from workstation.ui.labels import label


@dataclass(frozen=True, slots=True)
class Hearers:
    """Who is told when somebody answered, and when nobody is called any more."""

    answered: Callable[[Attempt], object]
    failed: Callable[[Attempt], object]


class Climb(QObject):
    """Dials one number after the other until somebody joins, the call-taker stops it, or call or form is over.

    Args:
        clock: None where a person dials at a desk phone and sees to the time as well.
    """

    said = Signal(str, str)
    """What is being done or must be done now, in words, and how serious that is."""

    def __init__(
        self, calls: CallControl, hearers: Hearers, clock: Callable[[], datetime] | None, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._calls = calls
        self._hearers = hearers
        self._clock = clock
        self.awaited = Awaited(calls, self._heard, self)
        calls.shown.connect(self._look_at_clock)

    def begin(self, line: Line, leg: Dialled, incident: IncidentId | None) -> None:
        """Go on from the number of *line* that was just dialled."""
        said = tr("Dialled: %1, %2. Waiting for an answer.").replace("%1", line.name).replace("%2", line.number)
        self.said.emit(said, "warn")
        self._wait(line, leg, incident, Ladder(line))

    def go_on_from(self, old: "Climb") -> None:
        """Go on where screens that are made anew left off."""
        attempt = old.awaited.hand_over()
        if attempt is not None:
            self.awaited.wait(attempt)

    def stop(self) -> None:
        """Call nobody further by itself; what rings goes on ringing."""
        attempt = self.awaited.attempt
        if attempt is None or attempt.ladder is None or attempt.ladder.stopped:
            return
        self._end(attempt, attempt.ladder)
        said = tr("No further number is called by itself. %1 still rings.")
        self.said.emit(said.replace("%1", f"{attempt.line.name} {attempt.ladder.number}"), "warn")

    def form_ended(self, id: IncidentId) -> None:
        """Call nobody further for a form that is over."""
        attempt = self.awaited.attempt
        if attempt is not None and attempt.ladder is not None and attempt.incident == id:
            self._end(attempt, attempt.ladder)

    def _end(self, attempt: Attempt, ladder: Ladder) -> None:
        self.awaited.wait(replace(attempt, ladder=ladder.stop(), give_up_at=None))

    def _wait(self, line: Line, leg: Dialled, incident: IncidentId | None, ladder: Ladder) -> None:
        give_up_at = self._clock() + timedelta(seconds=patience(line)) if self._clock is not None else None
        self.awaited.wait(Attempt(line, leg, incident, ladder, give_up_at))

    def _look_at_clock(self) -> None:
        """Give up a number that has rung long enough; what becomes of that is heard as of any other."""
        attempt = self.awaited.attempt
        if attempt is None or attempt.give_up_at is None or self._clock is None or self._clock() < attempt.give_up_at:
            return
        if self._calls.give_up(attempt.leg):
            self.awaited.wait(replace(attempt, give_up_at=None, given_up=True))

    def _heard(self, attempt: Attempt, party: Party) -> None:
        if attempt.ladder is None or party.ending is None:
            return
        if party.ending is Ending.JOINED:
            self._hearers.answered(attempt)
            return
        gave_up = attempt.given_up and party.ending is Ending.CANCELLED
        ladder = attempt.ladder.failed(Ending.NO_ANSWER if gave_up else party.ending)
        if ladder.following(room=self._calls.has_room(attempt.leg)) is NextCall.BACKUP:
            self._dial_backup(attempt, ladder)
        else:
            self._come_to_rest(attempt, ladder)

    def _dial_backup(self, attempt: Attempt, ladder: Ladder) -> None:
        line, leg = attempt.line, self._calls.dial_backup(attempt.line, attempt.leg)
        if leg is None:
            self._come_to_rest(attempt, ladder.failed(Ending.UNREACHABLE))
            return
        said = tr("%1 %2. The backup number %3 is called now; waiting for an answer. %4 calls nobody further.")
        said = said.replace("%1", line.name).replace("%2", _why(ladder.failures[0]))
        self.said.emit(said.replace("%3", line.backup).replace("%4", cap("back")), "warn")
        self._wait(line, leg, attempt.incident, ladder)

    def _come_to_rest(self, attempt: Attempt, ladder: Ladder) -> None:
        why = tr(", ").join(_why(failure) for failure in ladder.failures)
        if ladder.following(room=self._calls.has_room(attempt.leg)) is NextCall.OFFICER:
            words = tr("Not linked: %1, %2. Tell the duty officer now: %3 calls them. Nobody else is called by itself.")
            words = words.replace("%3", cap("call_officer"))
        else:
            words = tr("Not linked: %1, %2. Its key dials again, or notes who answered by hand.")
        self.said.emit(words.replace("%1", attempt.line.name).replace("%2", why), "danger")
        self._hearers.failed(attempt)


def _why(failure: Failure) -> str:
    return f"{failure.number} {label(failure.ending)}"
