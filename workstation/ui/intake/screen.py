"""The intake screen: it wires the form's widgets to the desk and never blocks."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QFrame, QVBoxLayout

from workstation.desk.assist import Advice
from workstation.desk.author import TransferView
from workstation.desk.console import Console
from workstation.domain.answer_check import check_answer
from workstation.domain.call import Call
from workstation.domain.errors import InvalidValue, WorkstationError
from workstation.domain.identity import IncidentId
from workstation.domain.incident import Incident, Outcome
from workstation.domain.order import GapReason
from workstation.domain.questions import Answer
from workstation.ui.background import Background, Lane
from workstation.ui.chord import Chord, digits
from workstation.ui.intake.answers import Answers
from workstation.ui.intake.choosing import Choosing
from workstation.ui.intake.drafts import Drafts
from workstation.ui.intake.field_grid import CHOICES
from workstation.ui.intake.form_view import FormView
from workstation.ui.intake.gaps import Gaps
from workstation.ui.intake.keeper import Keeper
from workstation.ui.intake.looking import Looking
from workstation.ui.intake.near_look import NearLook
from workstation.ui.intake.panels import Panels
from workstation.ui.intake.pen import Pen
from workstation.ui.intake.views import answer_of, safety_of, safety_view, tr, why_back
from workstation.ui.keys import bind
from workstation.ui.sentences import named_sentence, sentence


class IntakeScreen(QFrame):
    """Writes one incident at a time; the others wait as drafts."""

    finished = Signal()

    def __init__(self, console: Console, background: Background) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._console = console
        self._background = background
        self.panels = Panels()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.panels)
        self.keeper = Keeper(console.form, background)
        self.form = FormView(self.panels, console)
        self.pen = Pen(self.keeper)
        self.drafts = Drafts(self, self.form, self.keeper, console, background)
        self._looking = Looking(self, self.keeper, console.assistant, background)
        self._near = NearLook(self.panels.near, console.desk, console.assistant, background, console.clock)
        self.choosing = Choosing(self.panels, self.form, self.pen, self._looking, console.library.content)
        self.gaps = Gaps(self.panels, self.form, self.keeper, self.pen, console.assistant)
        self.answers = Answers(self.panels, self.form, self.keeper, self._looking)
        self._safety = Chord(digits(4), self)
        self._wire_widgets()
        self._wire_parts()
        self._bind_keys()
        self.form.show_nothing()

    # -- what is on screen -----------------------------------------------------------------------------------------

    @property
    def incident(self) -> Incident | None:
        return self.keeper.incident

    @property
    def advice(self) -> Advice | None:
        return self._looking.advice

    @property
    def is_looked_at(self) -> bool:
        """Whether what is shown beside the form was found for the form exactly as it stands."""
        return self._looking.is_fresh

    def begin(self, call: Call | None = None) -> None:
        """Begin a form, for a call or without one; the one on screen is kept as a draft."""
        self.keeper.flush()
        says = self._console.says(call.id) if call is not None else ""

        def begun(incident: Incident) -> None:
            if call is not None:
                self._console.phone.attach(call.id, incident.id)  # its log and recording are found with the form
            self.open(incident)
            if says:
                self.say(tr("The caller says: %1").replace("%1", says), "info")

        self._background.ask(
            self, partial(self._console.form.begin, call), begun, otherwise=self.complain, lane=Lane.WRITE
        )

    def open(self, incident: Incident) -> None:
        """Put *incident* on screen, the cursor where one writes."""
        self._looking.forget()
        self.keeper.show(incident)
        incident = self.keeper.incident or incident
        self.panels.notice.clear()
        self.panels.prompt.leave()
        self.form.show_incident(incident)
        self.panels.narrative.text_edit.moveCursor(QTextCursor.MoveOperation.End)  # what is said next comes last
        self.panels.narrative.setFocus()
        self._looking.look()
        self.drafts.stand_anew()
        if incident.transfer is not None:
            ask = partial(self._console.desk.transfer, incident.transfer)
            self._background.ask(self, ask, partial(self._say_why_back, incident.id), otherwise=lambda _: None)

    def _say_why_back(self, id: IncidentId, view: TransferView) -> None:
        """Say why the order of the form on screen came back, and what is to be corrected."""
        words = why_back(view.after)
        if words and self.incident is not None and self.incident.id == id:
            self.say(words, "warn")

    def go_on(self, incident: Incident) -> None:
        """Go on with what the desk made of the form on screen; what was typed meanwhile and the cursor stay."""
        if self.incident is not None and self.incident.id == incident.id:
            self.keeper.replace(incident)
            self._looking.look()
        self.drafts.refresh()

    def leave(self) -> None:
        """Take a finished or parked form off the screen."""
        self.keeper.show(None)
        self._looking.forget()
        self._near.forget()
        self.form.show_nothing()
        self.setFocus()  # a disabled field gives the focus to nobody, and keys would go nowhere
        self.drafts.stand_anew()
        self.finished.emit()

    def offered(self) -> tuple[Outcome, ...]:
        """Return the outcomes that this form may have now."""
        incident = self.incident
        return tuple(outcome for outcome in Outcome if incident.goes_with(outcome)) if incident is not None else ()

    def complain(self, error: WorkstationError) -> None:
        """Say beside the form what was not accepted, and go to the field it is about."""
        self.panels.notice.show_notice(named_sentence(error), "danger")
        if isinstance(error, InvalidValue):
            self.gaps.go_to(error.field)

    def say(self, text: str, state: str = "ok") -> None:
        """Say something that needs no answer."""
        self.panels.notice.show_notice(text, state)

    # -- wiring ----------------------------------------------------------------------------------------------------

    def _wire_widgets(self) -> None:
        panels = self.panels
        panels.narrative.edited.connect(partial(self.pen.set_value, "narrative"))
        panels.narrative.left.connect(self.keeper.flush)
        panels.grid.edited.connect(self._field_edited)
        panels.grid.left.connect(self._field_left)
        for field in panels.grid.fields.values():
            field.edit.returnPressed.connect(self.gaps.next)
        panels.grid.region_typed.connect(self._region_typed)
        panels.question.answered.connect(self._answered)
        panels.question.picked.connect(self._picked)
        panels.preview.subject_edited.connect(self._own_subject)
        panels.preview.content_edited.connect(self._own_content)
        panels.drafts.chosen.connect(self.drafts.go_to)
        panels.drafts.all_wanted.connect(self.drafts.choose)
        panels.safety.chosen.connect(self._safety_given)
        self._safety.waiting.connect(panels.safety.show_waiting)
        self._safety.chosen.connect(self._safety_given)

    def _wire_parts(self) -> None:
        self.keeper.failed.connect(self.complain)
        self.keeper.kept.connect(self.drafts.refresh)
        self.pen.wrote.connect(self._looking.look_soon)
        self._looking.found.connect(self._show_advice)
        self.drafts.opened.connect(self.open)
        self.drafts.put_away.connect(self._put_away)
        self.drafts.refused.connect(self.complain)
        self.gaps.category_wanted.connect(self.choosing.choose_category)
        self.gaps.explained.connect(self._show_fields)
        self.gaps.answered.connect(self._looking.look)
        self.choosing.region_taken.connect(self._region_taken)

    def _bind_keys(self) -> None:
        bind("safety", self, self._safety.start)
        bind("next_gap", self, self.gaps.next)
        bind("narrative", self, self.panels.narrative.setFocus)
        bind("question", self, self.panels.question.setFocus)
        bind("answers", self, self.answers.choose)
        bind("gap_unknown", self, partial(self.gaps.give, GapReason.UNKNOWN))
        bind("gap_refused", self, partial(self.gaps.give, GapReason.REFUSED))
        bind("gap_hung_up", self, self.gaps.caller_gone)
        bind("category", self, self.choosing.choose_category)
        bind("unit", self, self.choosing.choose_unit)
        bind("preview", self, self._edit_preview)
        bind("near_orders", self, self.panels.near.setFocus)
        bind("consent", self, self._consent)
        bind("park", self, self.drafts.park)
        bind("new_draft", self, self.begin)
        bind("all_drafts", self, self.drafts.choose)
        for row in range(3):
            bind(f"suggestion_{row + 7}", self, partial(self.choosing.take_suggestion, row))
            bind(f"recognised_{row + 1}", self, partial(self.choosing.take_recognised, row))
        for row in range(9):
            bind(f"draft_{row + 1}", self, partial(self.drafts.go_to, row))

    # -- from widgets and parts ------------------------------------------------------------------------------------

    def _field_edited(self, name: str, value: str) -> None:
        if name == "region":
            self.choosing.take_region(value)
            return
        self.pen.set_value(name, value)
        if name in CHOICES and value:
            self._show_fields()
            self.gaps.next()

    def _field_left(self, name: str) -> None:
        if name == "region" and self.panels.grid.region_unchosen:
            self.pen.set_value("region", "")  # what stands on screen is no region, so the order has none
        self.keeper.flush()

    def _region_typed(self, typed: str) -> None:
        if not typed:
            self.pen.set_value("region", "")
        regions = partial(self._console.assistant.regions, typed)
        self._background.ask(self, regions, partial(self.form.show_region_hits, typed))

    def _region_taken(self) -> None:
        self._show_fields()
        if self.panels.grid.focused() == "region":
            self.gaps.next()

    def _answered(self, text: str) -> None:
        if self.form.asked is None:
            return
        if not text.strip():
            self.answers.leave()
            self.gaps.next()
            return
        try:
            value = check_answer(self.form.asked, text, self._console.clock())
        except InvalidValue as problem:
            self.panels.question.show_error(sentence(problem))
            return
        self.gaps.answer(Answer(question=self.form.asked.id, value=value))

    def _picked(self, row: int) -> None:
        if self.form.asked is not None:
            self.gaps.answer(Answer(question=self.form.asked.id, value=answer_of(self.form.asked, row)))

    def _own_subject(self, subject: str) -> None:
        self.pen.edit(lambda incident: replace(incident, own_subject=subject))

    def _own_content(self, content: str) -> None:
        self.pen.edit(lambda incident: replace(incident, own_content=content))

    def _edit_preview(self) -> None:
        """Open the order's text for editing, or close it again."""
        self.panels.preview.show_editing(editing=not self.panels.preview.editing)

    def _safety_given(self, digit: int) -> None:
        safety = safety_of(digit, self._console.clock())
        self.pen.edit(lambda incident: replace(incident, safety=safety))
        self.panels.safety.show_answer(safety_view(safety))
        if not safety.clear:
            self.say(tr("Danger first: send police or link urgently before anything else."), "danger")

    def _consent(self) -> None:
        self.pen.set_value("consent", "yes")
        self._show_fields()

    def _put_away(self, said: str) -> None:
        self.leave()
        self.say(said)

    def _show_advice(self, incident: Incident, advice: Advice) -> None:
        self.form.show_advice(incident, advice, self.offered())
        self._near.look(incident)

    def _show_fields(self) -> None:
        if self.incident is not None and self.advice is not None:
            self.form.show_fields(self.incident, self.advice)
