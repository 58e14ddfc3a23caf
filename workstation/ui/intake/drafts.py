"""The open and parked forms of a console: which there are, going to one, and putting one aside."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from workstation.desk.console import Console
from workstation.domain.call_table import CallState
from workstation.domain.identity import IncidentId
from workstation.domain.incident import Incident, Stage
from workstation.ui.background import Background, Lane
from workstation.ui.hits import Hit
from workstation.ui.intake.form_view import FormView
from workstation.ui.intake.keeper import Keeper
from workstation.ui.intake.views import tr
from workstation.ui.labels import label
from workstation.ui.picker_filter import fits, number_wanted


class Drafts(QObject):
    """Goes between forms; each is kept before another comes."""

    opened = Signal(object)
    put_away = Signal(str)
    refused = Signal(object)

    def __init__(
        self, parent: QObject, view: FormView, keeper: Keeper, console: Console, background: Background
    ) -> None:
        super().__init__(parent)
        self._view = view
        self._prompt = view.prompt
        self._keeper = keeper
        self._form = console.form
        self._user = console.session.user
        self._background = background
        self._wanted_call = ""

    def refresh(self) -> None:
        """Show the open and parked forms of this console."""
        self._background.ask(self, self._form.drafts, self._show)

    def stand_anew(self) -> None:
        """Put the form that came to the screen first at once, as the keys count them; then look which there are."""
        self._show(self._view.drafts)
        self.refresh()

    def go_to(self, row: int) -> None:
        """Go to the numbered draft; another author's is taken over, which is logged."""
        if row < len(self._view.drafts):
            self.open(self._view.drafts[row])

    def choose(self) -> None:
        """Let one of all drafts be chosen, those without a card of their own too."""
        drafts = {draft.id: draft for draft in self._view.drafts}
        rows = {id: self._view.draft_hit(draft) for id, draft in drafts.items()}

        def search(typed: str) -> list[Hit]:
            number = number_wanted(typed)
            return [
                rows[id]
                for id, draft in drafts.items()
                if (number in draft.number if number else fits(typed, _words(draft, rows[id]), ()))
            ]

        def then(id: str) -> None:
            self.open(drafts[IncidentId(id)])

        if drafts:
            self._prompt.choose(tr("Which draft?"), search, then, hint=tr("Words, or # and the number"))

    def open(self, incident: Incident) -> None:
        """Put a draft on screen; another author's is taken over, which is logged."""
        self._keeper.flush()
        if incident.author == self._user:
            fetch = partial(self._form.incident, incident.id)
        else:
            fetch = partial(self._form.take_over, incident.id)
        self._background.ask(self, fetch, self._reopen, otherwise=self.refused.emit, lane=Lane.WRITE)

    def show_calls(self, calls: Mapping[str, CallState]) -> None:
        """Say on each form how its call stands."""
        self._view.calls = calls
        self.refresh()

    def go_to_call(self, call: str) -> None:
        """Go to the form of *call*, if it is still open here and not on screen; at the start once forms are known."""
        on_screen = self._keeper.incident
        rows = [row for row, draft in enumerate(self._view.drafts) if draft.call == call and draft.author == self._user]
        self._wanted_call = "" if rows else call
        if rows and (on_screen is None or on_screen.call != call):
            self.go_to(rows[0])

    def park(self) -> None:
        """Put the form aside, or close it when its outcome is on record and no order of it waits to be mended."""
        incident = self._keeper.incident
        if incident is None:
            return
        self._keeper.flush()
        if incident.outcomes and incident.transfer is None:
            close = partial(self._form.conclude, incident, incident.outcomes[-1])
            self._background.ask(self, close, self._closed, otherwise=self.refused.emit, lane=Lane.WRITE)
        else:
            park = partial(self._form.park, incident)
            self._background.perform(self, park, partial(self._parked, incident), otherwise=self.refused.emit)

    def _show(self, drafts: list[Incident]) -> None:
        self._view.show_drafts(drafts, self._keeper.incident)
        if self._wanted_call:
            call, self._wanted_call = self._wanted_call, ""
            if any(draft.call == call for draft in drafts):
                self.go_to_call(call)

    def _reopen(self, incident: Incident) -> None:
        if incident.stage is Stage.PARKED:
            incident = replace(incident, stage=Stage.OPEN)
        self.opened.emit(incident)

    def _closed(self, incident: Incident) -> None:
        outcomes = " + ".join(label(outcome) for outcome in incident.outcomes)
        self.put_away.emit(tr("%1: recorded.").replace("%1", outcomes))

    def _parked(self, incident: Incident, _: object) -> None:
        self._keeper.let_go(incident)
        self.put_away.emit(tr("Parked; Ctrl and its digit brings it back."))


def _words(draft: Incident, row: Hit) -> str:
    return " ".join((row.text, row.note, *draft.intake.values.values()))
