"""The urgent linkage: a line is dialled by two keys, and it is on record once somebody answered there."""

from functools import partial

from PySide6.QtCore import QObject

from workstation.desk.console import Console
from workstation.domain.directory import Line, LineKind, lines_for
from workstation.domain.identity import IncidentId
from workstation.domain.incident import Incident, Outcome
from workstation.ui.call.control import CallControl
from workstation.ui.chord import Chord, digits
from workstation.ui.hits import Hit
from workstation.ui.intake.awaited import Attempt
from workstation.ui.intake.climb import Climb, Hearers
from workstation.ui.intake.handing import Handing
from workstation.ui.intake.lines import Lines
from workstation.ui.intake.recording import Recording
from workstation.ui.intake.views import tr
from workstation.ui.labels import label
from workstation.ui.sentences import objection

URGENT = (
    LineKind.FIRE,
    LineKind.AMBULANCE,
    LineKind.TRAFFIC,
    LineKind.WATER,
    LineKind.POWER,
    LineKind.GAS,
    LineKind.HEAT,
)


class Linkage(QObject):
    """Dials at once, with no form and no approval in the way, and says what became of it: answered, or why not."""

    def __init__(self, recording: Recording, console: Console, calls: CallControl, lines: Lines) -> None:
        super().__init__(recording.screen)
        self._recording = recording
        self._screen = recording.screen
        self._directory = console.library.content.directory
        self._calls = calls
        self._lines = lines
        clock = console.clock if console.reported is None else None
        self._officer = next((line for line in self._directory.lines if line.kind is LineKind.DUTY_OFFICER), None)
        self.climb = Climb(calls, Hearers(self._answered, self._not_reached), self._officer, clock, self)
        self.handing = Handing(self._screen, console)
        self.climb.said.connect(self._say)
        calls.shown.connect(self.handing.refresh)
        self._failed: tuple[IncidentId | None, str] | None = None
        self._chord = Chord(digits(len(URGENT)), self)
        self._chord.waiting.connect(partial(self._screen.panels.outcomes.show_waiting, Outcome.URGENT_LINKAGE))
        self._chord.waiting.connect(self._show_kinds)
        self._chord.chosen.connect(self.choose)

    def go_on_from(self, old: "Linkage") -> None:
        """Go on where screens that are made anew left off."""
        self.handing.begin(old.handing.incident)
        self.climb.go_on_from(old.climb)

    def call_officer(self) -> None:
        """Ask the duty officer into the call."""
        if self._officer is None:
            self._screen.say(tr("No line is known for this; dial it by hand."), "danger")
        elif not self.climb.calls_officer:
            self._lines.ask_in(self._officer)

    def start(self) -> None:
        """Wait for the digit that says whom to call."""
        self._chord.start()

    def _show_kinds(self, waiting: bool) -> None:  # noqa: FBT001 -- a Qt slot
        if waiting:
            kinds = [label(kind) for kind in URGENT]
            self._screen.panels.notice.show_notice(tr("Who is to be called?"), "danger", kinds)
        else:
            self._screen.panels.notice.clear()

    def choose(self, digit: int) -> None:
        """Call the line of the *digit*-th kind that is responsible for the caller's district."""
        kind, incident, advice = URGENT[digit - 1], self._screen.incident, self._screen.advice
        region = incident.intake.get("region") if incident else ""
        if not region and advice is not None and advice.place.certain is not None:
            region = advice.place.certain.id  # nobody fills in fields before the gas company is called
        lines = lines_for(self._directory, kind, region)
        if lines:
            self._take(lines[0])
        elif any(line.kind is kind for line in self._directory.lines):
            self._lines.choose(tr("Which district? Its line is called at once"), self._take, kind)
        else:
            self._screen.say(tr("No line is known for this; dial it by hand."), "danger")

    def _take(self, line: Line) -> None:
        """Dial *line*; after an attempt that failed somebody may have reached it on another telephone meanwhile."""
        incident = self._screen.incident
        if incident is None or self._failed != (incident.id, line.id):
            self._dial(line)
            return
        rows = (Hit("dial", tr("Dial again")), Hit("hand", tr("Somebody answered by hand")))
        question = tr("%1 was not reached before").replace("%1", line.name)
        acts = {"dial": partial(self._dial, line), "hand": partial(self._ask_who, line)}
        self._screen.panels.prompt.decide(question, rows, lambda row: acts[row]())

    def _dial(self, line: Line) -> None:
        """Call *line* into the conversation; where it cannot be called from here, ask how it was reached by hand."""
        if self.climb.make_way(line, partial(self._dial, line)):
            return
        incident = self._screen.incident
        if self.climb.awaited.attempt is None:  # what is said of a line that still rings stays
            self._screen.panels.handover.show_standing("", "")
        self.handing.begin(incident.id if incident is not None else None)
        leg = self._calls.dial(line)
        if leg is None:
            dial = tr("Nothing was called. Dial by hand: %1, %2.").replace("%1", line.name).replace("%2", line.number)
            self._screen.say(dial, "danger")
            if incident is not None:
                self._ask_who(line, dial)
            return
        self.climb.begin(line, leg, incident.id if incident is not None else None)

    def _say(self, said: str, state: str) -> None:
        """Say how the linkage stands; beside what is handed over it stays when something else is said."""
        self._screen.panels.handover.show_standing(said, state)
        self._screen.say(said, state)

    def _answered(self, attempt: Attempt) -> None:
        words = tr("Linked: %1 answered. The order follows afterwards with its key.")
        said = words.replace("%1", attempt.line.name)
        self._note(attempt.incident, attempt.line, attempt.leg.call, said)

    def _not_reached(self, attempt: Attempt) -> None:
        self._failed = (attempt.incident, attempt.line.id)

    def _ask_who(self, line: Line, why: str = "") -> None:
        """Ask who answered: only a linkage that took place lets an order go out before its approval."""
        incident = self._screen.incident
        if incident is None:
            return
        who = tr("Who answered there, and when?")
        asked = f"{why} {who}".strip()
        words = tr("Linkage by hand recorded: %1. The order follows afterwards with its key.")
        said = words.replace("%1", line.name)
        then = partial(self._note_by_hand, incident.id, line, said)
        check, missing = partial(objection, Incident, "linkage_call"), tr("Write who answered there, and when.")
        self._screen.panels.prompt.ask(asked, then, objection=check, missing=missing)

    def _note_by_hand(self, incident: IncidentId, line: Line, said: str, note: str) -> None:
        self._note(incident, line, note, said)

    def _note(self, incident: IncidentId | None, line: Line, call: str, said: str) -> None:
        """Note a linkage that took place on its form, if there is one."""
        self._failed = None
        self._screen.panels.handover.show_standing("", "")
        if incident is None:
            self._screen.say(said)
            return
        self._recording.add(incident, Outcome.URGENT_LINKAGE, said, linkage_call=call, reason=line.name)
