"""An urgent linkage that goes on by itself: the backup number when the first one fails, then the duty officer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, Signal

from workstation.domain.call_party import Ending, Party
from workstation.domain.directory import Line
from workstation.domain.escalation import Failure, Ladder, Rung, patience
from workstation.domain.identity import IncidentId
from workstation.ui.call.control import CallControl, Dialled
from workstation.ui.intake.awaited import Attempt, Awaited
from workstation.ui.intake.views import tr
from workstation.ui.keys import cap
from workstation.ui.labels import label


@dataclass(frozen=True, slots=True)
class Hearers:
    """Who is told when the line answered, and when it was not reached."""

    answered: Callable[[Attempt], object]
    failed: Callable[[Attempt], object]


class Climb(QObject):
    """Dials one number after the other until somebody joins, the call-taker stops it, or call or form is over.

    Args:
        officer: Who is asked into the call when nobody answers at the line.
        clock: None where a person dials at a desk phone and sees to the time as well.
    """

    said = Signal(str, str)
    """What is being done or must be done now, in words, and how serious that is."""

    def __init__(
        self,
        calls: CallControl,
        hearers: Hearers,
        officer: Line | None,
        clock: Callable[[], datetime] | None,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._calls = calls
        self._hearers = hearers
        self._officer = officer
        self._clock = clock
        self.awaited = Awaited(calls, self._heard, self)
        calls.shown.connect(self._look_at_clock)

    def begin(self, line: Line, leg: Dialled, incident: IncidentId | None) -> None:
        """Go on from the number of *line* that was just dialled."""
        said = tr("Dialled: %1, %2. Waiting for an answer.").replace("%1", line.name).replace("%2", line.number)
        self.said.emit(said, "warn")
        self._wait(line, leg, incident, Ladder(line, self._officer))

    def go_on_from(self, old: "Climb") -> None:
        """Go on where screens that are made anew left off."""
        attempt = old.awaited.hand_over()
        if attempt is not None:
            self.awaited.wait(replace(attempt, instead=None))  # the old screens cannot dial any more

    @property
    def calls_officer(self) -> bool:
        """Whether the duty officer is being called, by itself."""
        attempt = self.awaited.attempt
        return attempt is not None and attempt.ladder is not None and attempt.ladder.at_officer

    def make_way(self, line: Line, then: Callable[[], object]) -> bool:
        """Give up the duty officer, whom nobody asked for, for *line*, and return whether there was a need to.

        *then* is done as soon as the call has room again; not if the officer has answered in this very moment.
        """
        attempt = self.awaited.attempt
        if attempt is None or not self.calls_officer or not self._calls.give_up(attempt.leg):
            return False
        words = tr("The duty officer is no longer called; %1 is called now.")
        self.said.emit(words.replace("%1", line.name), "warn")
        self.awaited.wait(replace(attempt, give_up_at=None, instead=then))
        return True

    def stop(self) -> None:
        """Call nobody further by itself; what rings goes on ringing."""
        attempt = self.awaited.attempt
        if attempt is None or attempt.ladder is None or attempt.ladder.stopped:
            return
        self._end(attempt, attempt.ladder)
        said = tr("No further number is called by itself. %1 still rings.")
        self.said.emit(said.replace("%1", _whom(attempt.ladder.now)), "warn")

    def form_ended(self, id: IncidentId) -> None:
        """Call nobody further for a form that is over."""
        attempt = self.awaited.attempt
        if attempt is not None and attempt.ladder is not None and attempt.incident == id:
            self._end(attempt, attempt.ladder)

    def _end(self, attempt: Attempt, ladder: Ladder) -> None:
        self.awaited.wait(replace(attempt, ladder=ladder.stop(), give_up_at=None))

    def _wait(self, line: Line, leg: Dialled, incident: IncidentId | None, ladder: Ladder) -> None:
        rings = timedelta(seconds=patience(ladder.now.line))
        give_up_at = self._clock() + rings if self._clock is not None else None
        self.awaited.wait(Attempt(line, leg, incident, ladder, give_up_at))

    def _look_at_clock(self) -> None:
        """Give up a number that has rung long enough; what becomes of that is heard as of any other."""
        attempt = self.awaited.attempt
        if attempt is None or attempt.give_up_at is None or self._clock is None or self._clock() < attempt.give_up_at:
            return
        if self._calls.give_up(attempt.leg):
            self.awaited.wait(replace(attempt, give_up_at=None, given_up=True))

    def _heard(self, attempt: Attempt, party: Party) -> None:
        ladder = attempt.ladder
        if ladder is None or party.ending is None:
            return
        if party.ending is Ending.JOINED:
            self._answered(attempt, ladder)
            return
        if attempt.instead is not None:
            attempt.instead()
            return
        gave_up = attempt.given_up and party.ending is Ending.CANCELLED
        ending = Ending.NO_ANSWER if gave_up else party.ending
        ladder = ladder.failed(ending, room=self._calls.has_room(attempt.leg))
        if ladder.following is not None:
            self._dial_next(attempt, ladder, ladder.following)
        else:
            self._come_to_rest(attempt, ladder)

    def _answered(self, attempt: Attempt, ladder: Ladder) -> None:
        if not ladder.at_officer:
            self._hearers.answered(attempt)
            return
        words = tr("%1 is in the call; %2 was not reached. Its key dials again, or notes who answered by hand.")
        self.said.emit(words.replace("%1", ladder.now.line.name).replace("%2", attempt.line.name), "warn")

    def _dial_next(self, attempt: Attempt, ladder: Ladder, rung: Rung) -> None:
        if ladder.at_officer:
            self._hearers.failed(attempt)
            words = tr("Not linked: %1, %2. The duty officer is called now: %3. %4 stops that; %5 calls another line.")
            words = words.replace("%5", cap("urgent_linkage"))
        else:
            words = tr("%1 %2. The backup number %3 is called now; waiting for an answer. %4 calls nobody further.")
        leg = self._calls.dial_into(rung.line, attempt.leg, backup=rung.backup)
        if leg is None:
            self._come_to_rest(attempt, ladder.failed(Ending.UNREACHABLE, room=False))
            return
        said = words.replace("%1", attempt.line.name).replace("%2", _all(ladder.failures))
        self.said.emit(said.replace("%3", rung.number).replace("%4", cap("back")), "warn")
        self._wait(attempt.line, leg, attempt.incident, ladder)

    def _come_to_rest(self, attempt: Attempt, ladder: Ladder) -> None:
        if ladder.exhausted:
            words = tr("Not linked: %1, %2. Tell the duty officer now: %3 calls them. Nobody else is called by itself.")
            words = words.replace("%3", cap("call_officer"))
        else:
            words = tr("Not linked: %1, %2. Its key dials again, or notes who answered by hand.")
        self.said.emit(words.replace("%1", attempt.line.name).replace("%2", _all(ladder.failures)), "danger")
        self._hearers.failed(attempt)


def _all(failures: Sequence[Failure]) -> str:
    return tr(", ").join(f"{failure.number} {label(failure.ending)}" for failure in failures)


def _whom(rung: Rung) -> str:
    return f"{rung.line.name} {rung.number}"
