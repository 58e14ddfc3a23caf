"""The hand-over checklist beside the form that a line is called for."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from workstation.desk.assist import Advice
from workstation.desk.console import Console
from workstation.domain.guidance import GuidanceList
from workstation.domain.handover import Known, handover
from workstation.domain.identity import IncidentId
from workstation.domain.incident import Incident
from workstation.domain.questions import clauses
from workstation.ui.intake.screen import IntakeScreen
from workstation.ui.intake.views import tr
from workstation.ui.keys import bind

_SHOWN = frozenset({"region", "address", "landmark", "contact_phone", "narrative", "confidential", "consent"})
"""Fields that the checklist has lines of their own for, or that the other centre need not know."""


class Handing(QObject):
    """Shows what is known of the form that a line was called for, as it stands now, and copies it by a key."""

    def __init__(self, screen: IntakeScreen, console: Console) -> None:
        super().__init__(screen)
        self._screen = screen
        self._console = console
        self._card = screen.panels.handover
        self.incident: IncidentId | None = None
        bind("copy_handover", screen, self.copy)

    def begin(self, incident: IncidentId | None) -> None:
        """Show the checklist of this form from now on, whenever the form is on screen."""
        self.incident = incident
        self.refresh()

    def refresh(self) -> None:
        """Show the form as it stands; nothing while another one is on screen."""
        incident = self._screen.incident
        here = incident is not None and incident.id == self.incident
        self._card.show_lines(self._lines(incident) if incident is not None and here else ())

    def copy(self) -> None:
        """Put the checklist on the clipboard."""
        incident = self._screen.incident
        if incident is None:
            return
        QApplication.clipboard().setText("\n".join(self._lines(incident)))
        self._screen.say(tr("The hand-over text is on the clipboard."), "")

    def _lines(self, incident: Incident) -> tuple[str, ...]:
        advice = self._screen.advice
        known = self._known(incident, advice) if advice is not None else Known()
        return handover(incident, known, self._console.library.wording.handover)

    def _known(self, incident: Incident, advice: Advice) -> Known:
        intake = incident.intake
        place = self._console.assistant.region_label(intake.get("region"))
        if not place and advice.place.certain is not None:
            place = self._console.library.places.label(advice.place.certain)
        linkage = (match.item.say for match in advice.matches if match.list is GuidanceList.LINKAGE)
        return Known(
            place=place,
            dangers=tuple(warned.title for warned in advice.dangers),
            asked=clauses(advice.asked, intake.answers, intake.values, _SHOWN),
            advice=next(linkage, ""),
        )
