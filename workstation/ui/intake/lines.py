"""Other people in the call: a line of the directory is chosen and asked in, or the citizen is handed to it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from workstation.desk.console import Console
from workstation.domain.call_log import FirstContact
from workstation.domain.call_party import Ending, Party
from workstation.domain.directory import Line, LineKind
from workstation.domain.identity import IncidentId
from workstation.domain.incident import Outcome
from workstation.ui.call.control import CallControl, Dialled
from workstation.ui.hits import Hit
from workstation.ui.intake.awaited import Attempt, Awaited
from workstation.ui.intake.recording import Recording
from workstation.ui.intake.views import tr
from workstation.ui.labels import label
from workstation.ui.picker_filter import fits, number_wanted


class Lines(QObject):
    """Lets a line be chosen for the call; what that makes of the form is recorded."""

    def __init__(self, recording: Recording, console: Console, calls: CallControl) -> None:
        super().__init__(recording.screen)
        self._recording = recording
        self._screen = recording.screen
        self._directory = console.library.content.directory
        self._calls = calls
        self.awaited = Awaited(calls, self._heard, self)
        self._joined: tuple[Dialled, str] | None = None
        calls.shown.connect(self._clear_joined)

    def three_way(self) -> None:
        """Ask another line into the call; once the call is over, close a form that needs no order beside it."""
        incident = self._screen.incident
        if incident is not None and Outcome.CALL_TRANSFER in incident.outcomes and not self._calls.in_call:
            self._recording.conclude(Outcome.CALL_TRANSFER)
            return
        self._choose_for_call(tr("Into the call: 12345 or another line"), self._added)

    def _added(self, line: Line) -> None:
        incident = self._screen.incident
        self._call(line, incident.id if incident is not None else None)

    def ask_in(self, line: Line) -> None:
        """Ask a line that was chosen elsewhere into the call."""
        if self._calls.in_call:
            self._added_only(line)
        else:
            self._no_call()

    def add_party(self) -> None:
        """Ask another line into the call; what becomes of the form is said by its own key."""
        self._choose_for_call(tr("Into the call: 12345 or another line"), self._added_only)

    def _added_only(self, line: Line) -> None:
        self._call(line, None)

    def _call(self, line: Line, incident: IncidentId | None) -> None:
        leg = self._calls.dial(line)
        if leg is not None:
            self._screen.say(tr("Calling %1.").replace("%1", line.name))
            self.awaited.wait(Attempt(line, leg, incident))

    def _heard(self, attempt: Attempt, party: Party) -> None:
        """Say whether the line joined; only then the three-way call is what became of the form it was called for."""
        line, incident = attempt.line, attempt.incident
        if party.ending is not Ending.JOINED:
            why = label(party.ending) if party.ending is not None else ""
            words = tr("%1 did not join: %2. Try another line, or send an order instead.")
            self._screen.say(words.replace("%1", line.name).replace("%2", why), "warn")
            return
        joined = tr("%1 has joined the call.").replace("%1", line.name)
        self._joined = attempt.leg, joined
        if incident is None:
            self._screen.say(joined)
        else:
            self._recording.add(incident, Outcome.CALL_TRANSFER, joined)

    def _clear_joined(self) -> None:
        """Take back that a line has joined as soon as it has left; whatever was said since then stays."""
        if self._joined is None:
            return
        leg, said = self._joined
        party, notice = self._calls.party(leg), self._screen.panels.notice
        if party is None or not party.alive:
            self._joined = None
            if notice.text == said:
                notice.clear()

    def blind_transfer(self) -> None:
        def then(line: Line) -> None:
            if self._calls.transfer_to(line):
                done = tr("Handing over to %1.").replace("%1", line.name)
                takes = FirstContact.THIRD_TAKES  # whoever the citizen was handed to has the matter
                self._recording.conclude(Outcome.CALL_TRANSFER, takes, done=done)

        self._choose_for_call(tr("Hand the call over to"), then)

    def _choose_for_call(self, title: str, then: Callable[[Line], None]) -> None:
        """Let a line be chosen for the call; where there is none, say so instead."""

        def still(line: Line) -> None:
            if self._calls.in_call:
                then(line)
            else:
                self._no_call()

        if self._calls.in_call:
            self.choose(title, still)
        else:
            self._no_call()

    def _no_call(self) -> None:
        self._screen.say(tr("There is no call: nobody can be asked in or handed over."), "warn")

    def choose(self, title: str, then: Callable[[Line], None], kind: LineKind | None = None) -> None:
        known = [line for line in self._directory.lines if kind in {None, line.kind}]
        lines = sorted(known, key=lambda line: line.kind is not LineKind.HOTLINE)

        def search(typed: str) -> Sequence[Hit]:
            number = number_wanted(typed)
            return [
                Hit(line.id, line.name, line.number)
                for line in lines
                if (number in line.number if number else fits(typed, f"{line.name} {line.number}", line.pinyin))
            ]

        if self._directory.edition.sample:
            title += tr(" (sample)")  # the numbers are invented
        self._screen.panels.prompt.choose(
            title,
            search,
            lambda row: then(next(line for line in lines if line.id == row)),
            hint=tr("Words, pinyin, or # and the number"),
        )
