"""Who keeps the matter after a three-way call: asked by a key, and at the latest when the form is closed."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from workstation.domain.call import Call
from workstation.domain.call_log import FirstContact
from workstation.domain.call_party import PartyKind
from workstation.domain.consultation import consulted
from workstation.domain.incident import ACTED_ON, Incident
from workstation.ui.call.control import CallControl
from workstation.ui.hits import Hit
from workstation.ui.intake.screen import IntakeScreen
from workstation.ui.intake.views import tr
from workstation.ui.keys import bind
from workstation.ui.labels import label


class Agreement(QObject):
    """Lets it be noted who keeps the matter of the form on screen; where an order in danger is due, nobody asks."""

    def __init__(self, screen: IntakeScreen, calls: CallControl) -> None:
        super().__init__(screen)
        self._screen = screen
        self._calls = calls
        self._shown = (False, False)
        bind("first_contact", screen, self._ask_by_key)
        calls.shown.connect(self._refresh)
        screen.keeper.changed.connect(self._refresh)

    def unsettled(self, incident: Incident) -> Call | None:
        """Return the call of *incident* if somebody was asked into it and nobody noted who keeps the matter."""
        call = self._calls.call(incident.call)
        urgent = ACTED_ON & set(incident.outcomes)
        return call if call is not None and call.unsettled and not urgent else None

    def ask(self, incident: Incident, then: Callable[[FirstContact], object]) -> None:
        """Ask who keeps the matter, note it with the call, and go on with the answer."""
        call = self._calls.call(incident.call)
        who = (consulted(call) if call is not None else "") or label(PartyKind.THIRD)
        rows = (
            Hit(FirstContact.THIRD_TAKES, tr("%1 takes the matter").replace("%1", who)),
            Hit(FirstContact.WE_KEEP, tr("No agreement: we keep it, as the first who were called")),
        )

        def noted(row: str) -> None:
            choice = FirstContact(row)
            if call is not None:
                self._calls.agree(call, choice)
            self._screen.say(tr("Noted in the log of the call: %1").replace("%1", label(choice)))
            then(choice)

        self._screen.panels.prompt.decide(tr("Who keeps the matter?"), rows, noted)

    def _ask_by_key(self) -> None:
        """Ask, also for another answer than the one that was noted; of a call between two there is nothing to ask."""
        incident = self._screen.incident
        call = self._calls.call(incident.call) if incident is not None else None
        if incident is not None and call is not None and (call.unsettled or call.first_contact is not None):
            self.ask(incident, lambda _: None)
        else:
            self._screen.say(tr("Nobody else was in the call of this form: there is nothing to settle."), "")

    def _refresh(self) -> None:
        incident = self._screen.incident
        call = self.unsettled(incident) if incident is not None else None
        shown = call is not None, call is not None and call.first_contact_due
        if shown != self._shown:  # asked at every key that is typed
            self._shown = shown
            self._calls.show_unsettled(call)
