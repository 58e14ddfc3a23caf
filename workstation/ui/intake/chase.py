"""The call about an order that is known: it ends the form and chases that order."""

from functools import partial

from PySide6.QtCore import QObject

from workstation.desk.console import Console
from workstation.domain.identity import TransferId
from workstation.domain.incident import Incident, Outcome
from workstation.domain.lifecycle import Action
from workstation.domain.outbox import SearchHit
from workstation.ui.background import Background
from workstation.ui.hits import Hit
from workstation.ui.intake.recording import Recording
from workstation.ui.intake.views import tr


class Chase(QObject):
    """Lets the order be found that the caller means, and links this call to it."""

    def __init__(self, recording: Recording, console: Console, background: Background) -> None:
        super().__init__(recording.screen)
        self._recording = recording
        self._screen = recording.screen
        self._console = console
        self._background = background

    def ask(self) -> None:
        incident = self._screen.incident
        if incident is None:
            return
        near = incident.call_in_phone.text or incident.number[:6]
        self._screen.panels.prompt.choose(
            tr("Which order? Number, name or words"),
            partial(self._find_orders, near),
            self._linked,
            codes=True,
            hint=tr("Order number, name or words"),
            nothing=tr("No order is found. Type the number of an order, a name or words of it."),
        )

    def _find_orders(self, near: str, typed: str) -> None:
        words, look = typed.strip() or near, self._screen.panels.prompt.look
        self._background.ask(self, partial(self._console.desk.search, words), partial(self._show_orders, look))

    def _show_orders(self, look: int, found: list[SearchHit]) -> None:
        orders = [hit.transfer for hit in found if hit.transfer is not None]
        hits = [Hit(order.id, order.order.subject, order.number) for order in orders]
        self._screen.panels.prompt.show_hits(look, hits)

    def ask_about(self, id: str) -> None:
        """Ask before this call ends as a repeat of the order *id*; one key says yes."""
        rows = (Hit("link", tr("Link and chase it")), Hit("back", tr("Back to the form")))
        self._screen.panels.prompt.decide(
            tr("Is this call about the same matter?"),
            rows,
            lambda row: self._linked(id) if row == "link" else None,
        )

    def _linked(self, id: str) -> None:
        incident = self._screen.incident
        if incident is None:
            return

        def chase() -> Incident:
            view = self._console.desk.transfer(TransferId(id))
            if Action.CHASE in view.offered(self._console.session.role):
                self._console.desk.act(TransferId(id), Action.CHASE)
            return self._console.form.conclude(incident, Outcome.LINKED_TO_ORDER, linked_number=view.transfer.number)

        def after(done: Incident) -> None:
            self._recording.close(done)
            self._screen.say(tr("Linked to order %1; the chase is on its way.").replace("%1", done.linked_number))

        self._recording.ask(chase, after)
