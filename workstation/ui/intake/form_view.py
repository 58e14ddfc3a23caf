"""What the form's widgets show of an incident and of what the machine says about it."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from workstation.desk.assist import Advice
from workstation.desk.console import Console
from workstation.domain.call_seat import SeatState
from workstation.domain.call_table import CallState
from workstation.domain.incident import Incident, Outcome, Stage
from workstation.domain.own_text import OWN_LIMITS
from workstation.domain.places_find import Hit as RegionHit
from workstation.domain.questions import Question
from workstation.ui.fields import FieldView
from workstation.ui.hits import Hit
from workstation.ui.intake.draft_strip import DraftView
from workstation.ui.intake.panels import Panels
from workstation.ui.intake.prompt import Prompt
from workstation.ui.intake.views import (
    chosen_path,
    draft_view,
    edition_name,
    field_views,
    guidance_view,
    numbered,
    question_view,
    safety_view,
    said_first,
    spoken_words,
    suggestion_views,
    tr,
    warned_of,
)
from workstation.ui.keys import cap
from workstation.ui.labels import label
from workstation.ui.sentences import sentence

if TYPE_CHECKING:
    from workstation.domain.identity import IncidentId
    from workstation.domain.places import Region


class FormView:
    """Shows one incident at a time in the panels; it changes nothing."""

    def __init__(self, panels: Panels, console: Console) -> None:
        self._panels = panels
        self._library = console.library
        self._assistant = console.assistant
        self._me = console.session.user
        self.calls: Mapping[str, CallState] = {}
        self.regions: tuple[Region, ...] = ()
        self.asked: Question | None = None
        self._reopened = False
        self.drafts: list[Incident] = []
        self._composed: IncidentId | None = None
        self._phone = console.phone

    def show_incident(self, incident: Incident) -> None:
        """Show a form that was just opened; the rest follows when it has been looked at."""
        panels = self._panels
        for widget in (panels.narrative, panels.grid, panels.question, panels.preview):
            widget.setEnabled(True)
        panels.grid.start_anew()
        panels.narrative.text_edit.setPlaceholderText("")
        panels.narrative.show_text(incident.intake.get("narrative"))
        panels.safety.show_answer(safety_view(incident.safety))
        panels.preview.show_editing(editing=False)
        panels.question.show_first("")
        self._composed = None
        self.asked, self._reopened = None, False

    def show_nothing(self) -> None:
        """Show an empty form that says how to begin."""
        panels = self._panels
        for widget in (panels.narrative, panels.grid, panels.question, panels.preview):
            widget.setEnabled(False)
        panels.narrative.show_text("")
        self._composed = None
        self.show_beginning()
        panels.narrative.show_recognised(())
        panels.narrative.show_error("")
        panels.safety.show_answer(safety_view(None))
        panels.safety.show_warning("")
        panels.grid.start_anew()
        panels.grid.show_fields({name: FieldView() for name in panels.grid.fields})
        panels.grid.show_count(0, 0)
        panels.question.show_nothing()
        panels.suggestions.show_suggestions(())
        panels.guidance.show_guidance(None)
        panels.preview.show_order("", "")
        panels.outcomes.show_outcomes((), None)
        panels.outcomes.completeness.show_completeness(0, 0, ())
        self.asked, self._reopened = None, False
        self.regions = ()

    def show_beginning(self) -> None:
        """Say in the empty narrative which keys begin something, as the telephone stands; a form on screen has none."""
        edit = self._panels.narrative.text_edit
        if edit.isEnabled():
            return
        call, ready = self._phone.current(), self._phone.seat.wanted is SeatState.READY
        begin = tr("%1 takes calls, %2 answers, %3 begins a form without a call.")
        if call is not None and call.state is CallState.CALLING_BACK:
            begin = tr("The caller is being called back. %5 hangs up.")
        elif call is not None and call.state is not CallState.ENDED and not self._phone.ringing():
            begin = tr("The call goes on. %3 begins a form for it, %4 opens the first draft.")
        elif self._phone.ringing():
            begin = tr("A call rings: %2 answers it.")
        elif ready:
            begin = tr("Ready for calls: %2 answers when one rings. %3 begins a form without a call.")
        for place, key in (
            ("%1", "ready"),
            ("%2", "answer"),
            ("%3", "new_draft"),
            ("%4", "draft_1"),
            ("%5", "hang_up"),
        ):
            begin = begin.replace(place, cap(key))
        if begin != edit.placeholderText():
            edit.setPlaceholderText(begin)

    def show_advice(self, incident: Incident, advice: Advice, outcomes: Sequence[Outcome]) -> None:
        """Show what was found for *incident* as it stands now."""
        panels, intake = self._panels, incident.intake
        self.show_fields(incident, advice)
        code = intake.get("category")
        panels.suggestions.show_suggestions(
            suggestion_views(advice, self._library.content.categories),
            unsure=advice.suggestions.unsure,
            chosen=chosen_path(self._library.content.categories, code) if code else "",
        )
        panels.guidance.show_guidance(guidance_view(advice, edition_name(self._library.content.guidance.edition)))
        self._show_order(incident, advice)
        panels.safety.show_warning(self._warning(advice))
        panels.narrative.show_error(sentence(advice.problems["narrative"]) if "narrative" in advice.problems else "")
        self._show_question(advice)
        panels.question.show_correctable(correctable=bool(intake.answers))
        panels.question.show_first(said_first(incident, advice))
        self._show_regions(incident, advice)
        panels.narrative.show_words(spoken_words(advice, self.regions, chosen=bool(code)))
        panels.outcomes.show_outcomes(outcomes, advice.usual if advice.usual in outcomes else None)
        done = advice.completeness
        panels.outcomes.completeness.show_completeness(done.done, done.total, [label(name) for name in done.missing])
        panels.grid.show_count(done.done, done.total)

    def show_fields(self, incident: Incident, advice: Advice) -> None:
        """Show each field, its gap and what is wrong with it."""
        region = self._assistant.region_label(incident.intake.get("region"))
        self._panels.grid.show_fields(field_views(self._panels.grid.fields, incident.intake, advice, region))

    def show_region_hits(self, typed: str, found: Sequence[RegionHit]) -> None:
        """Show the rows of the region field that were found for *typed*."""
        self._panels.grid.show_region_hits([Hit(hit.region.id, hit.label) for hit in found], typed)

    def show_drafts(self, drafts: Sequence[Incident], here: Incident | None) -> None:
        """Show the open and parked forms, the one on screen first."""
        current = here.id if here is not None else ""
        self.drafts = sorted(drafts, key=lambda d: (d.id != current, d.stage is Stage.PARKED))
        self._panels.drafts.show_drafts([self._draft(draft, current=draft.id == current) for draft in self.drafts])

    @property
    def prompt(self) -> Prompt:
        return self._panels.prompt

    def draft_hit(self, draft: Incident) -> Hit:
        """Return the row of *draft* in the list of all."""
        view = self._draft(draft, current=False)
        return Hit(draft.id, view.about, " ".join(part for part in (view.note, view.title, view.chip) if part))

    def _draft(self, draft: Incident, *, current: bool) -> DraftView:
        region = self._assistant.region_label(draft.intake.get("region"))
        tree, call = self._library.content.categories, self.calls.get(draft.call)
        return draft_view(draft, tree, self._me, region, current=current, call=call)

    def _warning(self, advice: Advice) -> str:
        dangers = [warned_of(warned) for warned in advice.dangers]
        police = [tr("Police matter: %1").replace("%1", warned_of(warned)) for warned in advice.police]
        return "  ".join([*dangers, *police])

    def _show_order(self, incident: Incident, advice: Advice) -> None:
        """Show the order's text; while a wrong field keeps it from being composed, the last one stays."""
        order = advice.preview
        if not incident.intake.get("narrative").strip() and not incident.own_content:
            self._panels.preview.show_order("", "")  # nothing but the wording around it would stand there
        elif order is not None:
            self._composed = incident.id
            self._panels.preview.show_order(order.subject, order.content, own=bool(incident.own_content))
        elif self._composed != incident.id:
            self._panels.preview.show_order("", "")
        for name in OWN_LIMITS:
            problem = advice.problems.get(name)
            self._panels.preview.show_error(name, sentence(problem) if problem is not None else "")

    def reopen(self, question: Question, told: str, place: int, answered: int) -> None:
        """Ask *question* again with what was *told*, until it is answered or left."""
        self.asked, self._reopened = question, True
        self._panels.question.show_again(numbered(question, tr("Answered"), place, answered), told)

    def leave_reopened(self) -> bool:
        """Let the next look show what is to be asked; say whether a question was asked again."""
        was, self._reopened = self._reopened, False
        if was:
            self.asked = None
        return was

    def _show_question(self, advice: Advice) -> None:
        if self._reopened:
            return
        if advice.question is None or advice.question != self.asked:
            self.asked = advice.question
            self._panels.question.show_question(question_view(advice.question, advice))

    def _show_regions(self, incident: Incident, advice: Advice) -> None:
        place = advice.place
        found = (place.certain,) if place.certain is not None else place.ambiguous[:3]
        self.regions = () if incident.intake.filled("region") else tuple(found)
        self._panels.narrative.show_recognised([self._library.places.label(region) for region in self.regions])
