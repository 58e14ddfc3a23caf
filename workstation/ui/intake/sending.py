"""The one key: the order is composed from what stands on screen and submitted, or what is in its way is said."""

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from workstation.desk.assist import Advice
from workstation.desk.console import Console
from workstation.desk.form import Sent
from workstation.domain.call_log import FirstContact
from workstation.domain.errors import IllegalAction, InvalidValue, WorkstationError
from workstation.domain.incident import Incident, Outcome
from workstation.ui.background import Background, Lane
from workstation.ui.hits import Hit
from workstation.ui.intake.agreement import Agreement
from workstation.ui.intake.screen import IntakeScreen
from workstation.ui.intake.views import tr
from workstation.ui.labels import label
from workstation.ui.sentences import code_sentence, sentence


class Sending(QObject):
    """Sends the form on screen as an order for approval, once."""

    sent = Signal(object)

    def __init__(self, screen: IntakeScreen, console: Console, background: Background, agreement: Agreement) -> None:
        super().__init__(screen)
        self._screen = screen
        self._console = console
        self._background = background
        self._agreement = agreement
        self._prompt = screen.panels.prompt
        self._sending = False

    def send(self) -> None:
        """Send the order for approval, or go to what keeps it from being sent."""
        incident, advice = self._screen.incident, self._screen.advice
        if incident is None or advice is None or self._sending or self._held_up(incident, advice):
            return
        if advice.dangers and Outcome.URGENT_LINKAGE not in incident.outcomes:
            words = tr(", ").join(word for warned in advice.dangers for word in warned.words)
            question = tr("The text speaks of danger (%1). Is there none now?").replace("%1", words)
            rows = (Hit("send", tr("No danger now, send")), Hit("back", tr("Back to the form")))
            then = partial(self._send_as_it_stands, incident)
            self._prompt.decide(question, rows, lambda row: then() if row == "send" else None)
            return
        self._send_settled(incident)

    def _send_as_it_stands(self, asked: Incident, first_contact: FirstContact | None = None) -> None:
        """Send the form with what was written while the question stood there; another form is not meant."""
        incident, advice = self._screen.incident, self._screen.advice
        if incident is None or incident.id != asked.id or advice is None or self._sending:
            return
        if not self._held_up(incident, advice):
            self._send_settled(incident, first_contact)

    def _send_settled(self, incident: Incident, first_contact: FirstContact | None = None) -> None:
        """Send the form, once it is noted who keeps the matter after a three-way call."""
        if first_contact is None and self._agreement.unsettled(incident) is not None:
            self._ask_first_contact(incident)
        else:
            self._send_now(incident, first_contact)

    def _ask_first_contact(self, incident: Incident) -> None:
        self._screen.say(code_sentence("first_contact"), "warn")
        self._agreement.ask(incident, partial(self._send_as_it_stands, incident))

    def _held_up(self, incident: Incident, advice: Advice) -> bool:
        """Say what keeps the order from being sent, and go there."""
        screen = self._screen
        if refused := _not_for_12345(incident):
            screen.say(sentence(refused), "danger" if refused.why == "danger_first" else "warn")
        elif advice.problems:
            screen.complain(next(iter(advice.problems.values())))
        elif missing := screen.gaps.missing():
            names = tr(", ").join(label(name) for name in missing)
            screen.say(tr("Missing: %1").replace("%1", names), "warn")
            screen.gaps.next()
        else:
            return False
        return True

    def _send_now(self, incident: Incident, first_contact: FirstContact | None) -> None:
        """Compose anew from what stands on screen, and submit."""
        self._sending = True
        self._screen.keeper.flush()

        def submit() -> Sent:
            advice = self._console.assistant.look(incident)
            return self._console.form.send(incident, advice.asked, advice.decided, first_contact)

        self._background.ask(self, submit, self._sent, otherwise=partial(self._not_sent, incident), lane=Lane.WRITE)

    def _sent(self, sent: Sent) -> None:
        """Show the number at once: the caller waits for it; the form is cleared a moment later."""
        self._sending = False
        self._screen.keeper.show(None)
        self._screen.say(tr("Order %1 waits for approval. Tell the caller this number.").replace("%1", sent.number))
        self.sent.emit(sent)
        QTimer.singleShot(0, self._screen, self._clear)

    def _clear(self) -> None:
        """Clear the form that was sent, unless another one stands there by now."""
        if self._screen.incident is None:
            self._screen.leave()
        else:
            self._screen.finished.emit()

    def _not_sent(self, incident: Incident, error: WorkstationError) -> None:
        """Say why the order did not go; the desk may know of a three-way call that the telephone has forgotten."""
        self._sending = False
        here = self._screen.incident is not None and self._screen.incident.id == incident.id
        if here and isinstance(error, IllegalAction) and error.why == "first_contact":
            self._ask_first_contact(incident)
        else:
            self._screen.complain(error)


def _not_for_12345(incident: Incident) -> IllegalAction | None:
    """Return why the matter may not be handed over; a consent that was only not asked for is among what is missing."""
    try:
        incident.check_handover()
    except IllegalAction as refused:
        return refused
    except InvalidValue:
        return None
    return None
