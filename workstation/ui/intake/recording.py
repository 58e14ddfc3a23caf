"""The recording of an outcome on the form it was decided for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from workstation.desk.console import Console
from workstation.domain.call_log import FirstContact
from workstation.domain.errors import IllegalAction, WorkstationError
from workstation.domain.identity import IncidentId
from workstation.domain.incident import Incident, Outcome
from workstation.ui.background import Background, Lane
from workstation.ui.intake.agreement import Agreement
from workstation.ui.intake.screen import IntakeScreen
from workstation.ui.intake.views import tr
from workstation.ui.labels import label
from workstation.ui.sentences import code_sentence


@dataclass(frozen=True, slots=True)
class _Ending:
    """How a form is to end, while somebody is asked what is still missing."""

    outcome: Outcome
    what: Mapping[str, str]
    done: str
    stay_open: bool


class Recording(QObject):
    """Lets the desk put outcomes on record; what is typed meanwhile stays, and so does another form on screen."""

    ended = Signal(str)
    """The form that was ended by its outcome."""

    def __init__(self, screen: IntakeScreen, console: Console, background: Background, agreement: Agreement) -> None:
        super().__init__(screen)
        self.screen = screen
        self._agreement = agreement
        self._form = console.form
        self._background = background

    def conclude(
        self,
        outcome: Outcome,
        first_contact: FirstContact | None = None,
        /,
        *,
        stay_open: bool = False,
        done: str = "",
        **what: str,
    ) -> None:
        """End the form on screen with *outcome*, or go on with it; then say that it is *done*.

        A form with a three-way call ends when it is noted who keeps the matter: that is asked first.
        """
        self._conclude(_Ending(outcome, what, done, stay_open=stay_open), first_contact)

    def _conclude(self, ending: "_Ending", first_contact: FirstContact | None = None) -> None:
        incident = self.screen.incident
        if incident is None:
            return
        outcome, stay_open, done = ending.outcome, ending.stay_open, ending.done

        def act() -> Incident:
            return self._form.conclude(incident, outcome, first_contact, stay_open=stay_open, **ending.what)

        def after(concluded: Incident) -> None:
            if stay_open:
                self.screen.go_on(concluded)
            else:
                self.close(concluded)
            self.screen.say(done or tr("%1: recorded.").replace("%1", label(outcome)))

        def refused(error: WorkstationError) -> None:
            here = self.screen.incident is not None and self.screen.incident.id == incident.id
            if here and isinstance(error, IllegalAction) and error.why == "first_contact":
                self.screen.say(code_sentence("first_contact"), "warn")
                self._agreement.ask(incident, partial(self._conclude, ending))
            else:
                self.screen.complain(error)

        self.ask(act, after, refused)

    def add(self, id: IncidentId, outcome: Outcome, done: str, **what: str) -> None:
        """Put *outcome* on the form *id*, wherever it is by now, and leave it as open as it is."""
        if self.screen.incident is not None and self.screen.incident.id == id:
            self.conclude(outcome, stay_open=True, done=done, **what)
            return

        def act() -> Incident:
            return self._form.conclude(self._form.incident(id), outcome, stay_open=True, **what)

        def after(_: Incident) -> None:
            self.screen.drafts.refresh()
            self.screen.say(done)

        self.ask(act, after)

    def ask(
        self,
        act: Callable[[], Incident],
        after: Callable[[Incident], object],
        otherwise: Callable[[WorkstationError], object] | None = None,
    ) -> None:
        """Keep what is on screen, then let the desk *act*; what it refuses is said beside the form."""
        self.screen.keeper.flush()
        self._background.ask(self, act, after, otherwise=otherwise or self.screen.complain, lane=Lane.WRITE)

    def close(self, concluded: Incident) -> None:
        """Take the concluded form off the screen, unless another one stands there by now."""
        self.ended.emit(concluded.id)
        if self.screen.incident is None or self.screen.incident.id == concluded.id:
            self.screen.leave()
        else:
            self.screen.finished.emit()
