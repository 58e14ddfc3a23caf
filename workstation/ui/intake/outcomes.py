"""What each outcome's key begins."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from workstation.desk.console import Console
from workstation.domain.incident import Outcome
from workstation.ui.background import Background
from workstation.ui.call.control import CallControl
from workstation.ui.intake.agreement import Agreement
from workstation.ui.intake.chase import Chase
from workstation.ui.intake.endings import Endings
from workstation.ui.intake.lines import Lines
from workstation.ui.intake.linkage import URGENT, Linkage
from workstation.ui.intake.recording import Recording
from workstation.ui.intake.screen import IntakeScreen
from workstation.ui.intake.sending import Sending
from workstation.ui.intake.views import tr
from workstation.ui.keys import bind


class Outcomes(QObject):
    """Turns the keys of the action bar into outcomes of the form on screen."""

    sent = Signal(object)

    def __init__(self, screen: IntakeScreen, console: Console, background: Background, calls: CallControl) -> None:
        super().__init__(screen)
        self._screen = screen
        self._agreement = Agreement(screen, calls)
        recording = Recording(screen, console, background, self._agreement)
        self._sending = Sending(screen, console, background, self._agreement)
        self._endings = Endings(recording, console)
        self._chase = Chase(recording, console, background)
        self.lines = Lines(recording, console, calls)
        self.linkage = Linkage(recording, console, calls, self.lines)
        self._acts = {
            Outcome.WORK_ORDER: self._sending.send,
            Outcome.POLICE_DISPATCH: self._endings.police,
            Outcome.DIRECT_ANSWER: self._endings.answer,
            Outcome.NOT_ACCEPTED: self._endings.refuse,
            Outcome.CALL_TRANSFER: self.lines.three_way,
            Outcome.URGENT_LINKAGE: self.linkage.start,
            Outcome.INVALID_CALL: self._endings.invalid,
            Outcome.LINKED_TO_ORDER: self._chase.ask,
        }
        self._sending.sent.connect(self.sent)
        self._sending.sent.connect(lambda sent: self.linkage.climb.form_ended(sent.incident))
        recording.ended.connect(self.linkage.climb.form_ended)
        screen.panels.outcomes.chosen.connect(self.take)
        screen.panels.near.chosen.connect(self._chase.ask_about)
        calls.shown.connect(screen.form.show_beginning)
        self._bind_keys()

    def go_on_from(self, old: "Outcomes") -> None:
        """Wait on for whoever was being called from *old* screens of the same work."""
        attempt = old.lines.awaited.hand_over()
        if attempt is not None:
            self.lines.awaited.wait(attempt)
        self.linkage.go_on_from(old.linkage)

    def take(self, outcome: Outcome) -> None:
        """Begin *outcome* if the form on screen may have it; a linkage needs no form."""
        if outcome is Outcome.URGENT_LINKAGE or outcome in self._screen.offered():
            self._acts[outcome]()

    def _bind_keys(self) -> None:
        for outcome in self._acts:
            bind(outcome, self._screen, partial(self.take, outcome))
        bind("add_party", self._screen, self.lines.add_party)
        for digit in range(1, len(URGENT) + 1):
            bind(f"urgent_{digit}", self._screen, partial(self.linkage.choose, digit))
        bind("call_officer", self._screen, self.linkage.call_officer)
        bind("blind_transfer", self._screen, self.lines.blind_transfer)
        bind("guidance", self._screen, self._endings.look_through)
        bind("number", self._screen, self._say_number)

    def _say_number(self) -> None:
        incident = self._screen.incident
        if incident is not None:
            self._screen.say(tr("The number of this call: %1").replace("%1", incident.number), "")
