"""The intake screen: it wires the form's widgets to the desk and never blocks."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from workstation.desk.assist import Advice
from workstation.desk.author import TransferView
from workstation.desk.console import Console
from workstation.domain.call import Call
from workstation.domain.errors import InvalidValue, WorkstationError
from workstation.domain.incident import PAIRS, Incident, Outcome, Stage
from workstation.domain.intake import Intake, Origin
from workstation.domain.order import GapReason
from workstation.domain.picker import find
from workstation.domain.questions import Answer, spoken
from workstation.ui.background import Background, Lane
from workstation.ui.chord import Chord, digits
from workstation.ui.intake.field_grid import CHOICES
from workstation.ui.intake.form_view import FormView
from workstation.ui.intake.keeper import Keeper
from workstation.ui.intake.near_views import near_card, near_orders
from workstation.ui.intake.panels import Panels
from workstation.ui.intake.views import answer_of, chosen_path, safety_of, safety_view, tr
from workstation.ui.keys import bind
from workstation.ui.labels import label
from workstation.ui.picker import Hit
from workstation.ui.sentences import named_sentence

LOOK_AFTER_MS = 200
NEVER_HUNG_UP = frozenset({"narrative", "category", "kind"})


class IntakeScreen(QFrame):
    """Writes one incident at a time; the others wait as drafts."""

    wrote = Signal()
    looked = Signal()
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
        self.advice: Advice | None = None
        self._looked_at: Incident | None = None
        self._looks = 0
        self._shown_look = 0
        self._near: tuple[str, ...] = ()
        self._look_soon = QTimer(self)
        self._look_soon.setSingleShot(True)
        self._look_soon.setInterval(LOOK_AFTER_MS)
        self._look_soon.timeout.connect(self.look)
        self._wire()
        self._bind_keys()
        self.form.show_nothing()

    # -- what is on screen -----------------------------------------------------------------------------------------

    @property
    def incident(self) -> Incident | None:
        return self.keeper.incident

    @property
    def is_looked_at(self) -> bool:
        """Whether what is shown beside the form was found for the form exactly as it stands."""
        return self.advice is not None and self.incident is not None and self._looked_at == self.incident

    def begin(self, call: Call | None = None) -> None:
        """Begin a form, for a call or without one; the one on screen is kept as a draft."""
        self.keeper.flush()
        self._background.ask(
            self, partial(self._console.form.begin, call), self.open, otherwise=self.complain, lane=Lane.WRITE
        )

    def open(self, incident: Incident) -> None:
        """Put *incident* on screen, the cursor where one writes."""
        self.advice = None
        self.keeper.show(incident)
        incident = self.keeper.incident or incident
        self.panels.notice.clear()
        self.panels.prompt.leave()
        self.form.show_incident(incident)
        self.panels.narrative.setFocus()
        self.look()
        self.refresh_drafts()

    def go_on(self, incident: Incident) -> None:
        """Go on with what the desk made of the form on screen; what was typed meanwhile and the cursor stay."""
        if self.incident is not None and self.incident.id == incident.id:
            self.keeper.replace(incident)
            self.look()
        self.refresh_drafts()

    def leave(self, incident: Incident | None = None) -> None:
        """Take a finished or parked form off the screen and go to the next open draft, if there is one."""
        del incident
        self.keeper.show(None)
        self.advice = None
        self._near = ()
        self.panels.near.show_orders(())
        self.form.show_nothing()
        self.setFocus()  # a disabled field gives the focus to nobody, and keys would go nowhere
        self.refresh_drafts()
        self.finished.emit()

    def refresh_drafts(self) -> None:
        """Show the open and parked forms of this console."""
        self._background.ask(self, self._console.form.drafts, self._show_drafts)

    def offered(self) -> tuple[Outcome, ...]:
        """Return the outcomes that this form may have now."""
        incident = self.incident
        if incident is None:
            return ()
        made = incident.outcomes
        return tuple(o for o in Outcome if not made or o in made or frozenset({*made, o}) in PAIRS)

    def complain(self, error: WorkstationError) -> None:
        """Say beside the form what was not accepted, and go to the field it is about."""
        self.panels.notice.show_notice(named_sentence(error), "danger")
        if isinstance(error, InvalidValue):
            self.go_to(error.field)

    def say(self, text: str, state: str = "ok") -> None:
        """Say something that needs no answer."""
        self.panels.notice.show_notice(text, state)

    # -- editing ---------------------------------------------------------------------------------------------------

    def edit(self, change: Callable[[Incident], Incident]) -> None:
        """Change the form; it is looked at a moment later."""
        self.keeper.edit(change)
        self._look_soon.start()

    def edit_intake(self, change: Callable[[Intake], Intake]) -> None:
        """Change what was said."""
        self.edit(lambda incident: replace(incident, intake=change(incident.intake)))

    def set_value(self, name: str, value: str, origin: Origin = Origin.HUMAN) -> None:
        """Put *value* into field *name*."""
        self.edit_intake(lambda intake: intake.with_value(name, value, origin))

    def look(self) -> None:
        """Ask what can be said about the form as it stands."""
        incident = self.incident
        if incident is not None:
            self._looks += 1
            look = partial(self._console.assistant.look, incident)
            self._background.ask(self, look, partial(self._show_advice, self._looks, incident))

    def missing(self) -> tuple[str, ...]:
        """Name the required fields that are open now, in talking order."""
        incident = self.incident
        return self._console.assistant.completeness(incident.intake).missing if incident is not None else ()

    def next_gap(self) -> None:
        """Go to the next required field that is open, in talking order, and to the narrative when none is."""
        missing, here = self.missing(), self.panels.grid.focused()
        if here in missing:
            at = missing.index(here)
            missing = (*missing[at + 1 :], *missing[:at])
        self.go_to(missing[0] if missing else "narrative")

    def go_to(self, name: str) -> None:
        """Put the cursor where field *name* is filled."""
        if name == "narrative":
            self.panels.narrative.setFocus()
        elif name == "category":
            self.choose_category()
        elif name in self.panels.grid.fields:
            self.panels.grid.go_to(name)

    def give_gap(self, reason: GapReason) -> None:
        """Say why the field with the cursor, or the question on screen, has no answer; then go on."""
        name = self.panels.grid.focused()
        if name:
            if self.incident is not None and not self.incident.intake.filled(name):
                self.edit_intake(lambda intake: intake.with_gap(name, reason))
                self._show_fields()
                self.next_gap()
        elif self.form.asked is not None:
            asked = self.form.asked
            self._answer(Answer(question=asked.id, unanswered=reason))

    def caller_gone(self) -> None:
        """Explain every open field at once: the caller hung up."""
        for name in self.missing():
            if name not in NEVER_HUNG_UP:
                self.edit_intake(lambda intake, name=name: _explained(intake, name))  # type: ignore[misc]
        self.look()

    def choose_category(self) -> None:
        """Let the category be chosen from the whole tree by pinyin, number or words."""
        tree = self._console.library.content.categories

        def search(typed: str) -> Sequence[Hit]:
            return [
                Hit(f.category.code, chosen_path(tree, f.category.code), f.category.code) for f in find(tree, typed)
            ]

        self.panels.prompt.choose(tr("Category: pinyin, number or words"), search, self.take_category)

    def take_category(self, code: str, origin: Origin = Origin.HUMAN) -> None:
        """Take a category; the first one is kept beside the last."""
        self.edit(lambda incident: replace(incident, category_first=incident.category_first or code))
        self.set_value("category", code, origin)
        self.look()

    def take_suggestion(self, row: int) -> None:
        """Take the proposed category *row*, counted from 0; taking it is a human's choice."""
        top = self.advice.suggestions.top if self.advice else ()
        if row < len(top):
            self.take_category(top[row].code)

    def take_recognised(self, row: int) -> None:
        """Take what was recognised in the narrative."""
        if row < len(self.form.regions):
            self.take_region(self.form.regions[row].id)

    def take_region(self, id: str) -> None:
        """Take a region of the list."""
        self.set_value("region", id)
        self.panels.grid.start_anew()
        self.panels.grid.show_region_hits(())
        self._show_fields()
        if self.panels.grid.focused() == "region":
            self.next_gap()

    def choose_unit(self) -> None:
        """Let another unit be chosen; up to three are proposed."""
        units = self.advice.units if self.advice else ()
        hits = [Hit(p.unit.name, p.unit.name, p.basis) for p in units]
        self.panels.prompt.choose(
            tr("Unit"),
            lambda typed: [hit for hit in hits if typed in hit.text],
            lambda unit: self.edit(lambda incident: replace(incident, unit=unit)),
        )

    def edit_preview(self) -> None:
        """Open the order's text for editing, or close it again."""
        self.panels.preview.show_editing(editing=not self.panels.preview.editing)

    def park(self) -> None:
        """Put the form aside, or close it when its outcome is on record and no order of it waits to be mended."""
        incident = self.incident
        if incident is None:
            return
        self.keeper.flush()
        if incident.outcomes and incident.transfer is None:
            close = partial(self._console.form.conclude, incident, incident.outcomes[-1])
            self._background.ask(self, close, self._closed, otherwise=self.complain, lane=Lane.WRITE)
        else:
            park = partial(self._console.form.park, incident)
            self._background.perform(self, park, partial(self._parked, incident), otherwise=self.complain)

    def go_to_draft(self, row: int) -> None:
        """Go to the numbered draft; another author's is taken over, which is logged."""
        if row >= len(self.form.drafts):
            return
        incident = self.form.drafts[row]
        self.keeper.flush()
        if incident.author == self._console.session.user:
            fetch = partial(self._console.form.incident, incident.id)
        else:
            fetch = partial(self._console.form.take_over, incident.id)
        self._background.ask(self, fetch, self._reopen, otherwise=self.complain, lane=Lane.WRITE)

    # -- wiring ----------------------------------------------------------------------------------------------------

    def _wire(self) -> None:
        panels = self.panels
        panels.narrative.edited.connect(partial(self.set_value, "narrative"))
        panels.narrative.left.connect(self.keeper.flush)
        panels.grid.edited.connect(self._field_edited)
        panels.grid.left.connect(self._field_left)
        for field in panels.grid.fields.values():
            field.edit.returnPressed.connect(self.next_gap)
        panels.grid.region_typed.connect(self._region_typed)
        panels.question.answered.connect(self._answered)
        panels.question.picked.connect(self._picked)
        panels.preview.edited.connect(self._own_text)
        panels.drafts.chosen.connect(self.go_to_draft)
        panels.safety.chosen.connect(self._safety_given)
        self.keeper.failed.connect(self.complain)
        self.keeper.kept.connect(self.wrote)
        self.keeper.kept.connect(self.refresh_drafts)
        self._safety = Chord(digits(4), self)
        self._safety.waiting.connect(panels.safety.show_waiting)
        self._safety.chosen.connect(self._safety_given)

    def _bind_keys(self) -> None:
        bind("safety", self, self._safety.start)
        bind("next_gap", self, self.next_gap)
        bind("narrative", self, self.panels.narrative.setFocus)
        bind("question", self, self.panels.question.setFocus)
        bind("gap_unknown", self, partial(self.give_gap, GapReason.UNKNOWN))
        bind("gap_refused", self, partial(self.give_gap, GapReason.REFUSED))
        bind("gap_hung_up", self, self.caller_gone)
        bind("category", self, self.choose_category)
        bind("unit", self, self.choose_unit)
        bind("preview", self, self.edit_preview)
        bind("near_orders", self, self.panels.near.setFocus)
        bind("consent", self, partial(self._quick_choice, "consent", "yes"))
        bind("park", self, self.park)
        bind("new_draft", self, self.begin)
        for row in range(3):
            bind(f"suggestion_{row + 7}", self, partial(self.take_suggestion, row))
            bind(f"recognised_{row + 1}", self, partial(self.take_recognised, row))
        for row in range(9):
            bind(f"draft_{row + 1}", self, partial(self.go_to_draft, row))

    # -- from widgets ----------------------------------------------------------------------------------------------

    def _field_edited(self, name: str, value: str) -> None:
        if name == "region":
            self.take_region(value)
            return
        self.set_value(name, value)
        if name in CHOICES and value:
            self._show_fields()
            self.next_gap()

    def _field_left(self, name: str) -> None:
        if name == "region" and self.panels.grid.region_unchosen:
            self.set_value("region", "")  # what stands on screen is no region, so the order has none
        self.keeper.flush()

    def _region_typed(self, typed: str) -> None:
        if not typed:
            self.set_value("region", "")
        regions = partial(self._console.assistant.regions, typed)
        self._background.ask(self, regions, self.form.show_region_hits)

    def _answered(self, text: str) -> None:
        if self.form.asked is None:
            return
        if not text.strip():
            self.next_gap()
            return
        self._answer(Answer(question=self.form.asked.id, value=text))

    def _picked(self, row: int) -> None:
        if self.form.asked is not None:
            self._answer(Answer(question=self.form.asked.id, value=answer_of(self.form.asked, row)))

    def _answer(self, answer: Answer) -> None:
        asked = self.form.asked
        self.edit_intake(lambda intake: intake.with_answer(answer))
        if asked is not None and asked.fills and not answer.unanswered:
            as_code = asked.fills in CHOICES
            self.set_value(asked.fills, answer.value if as_code else spoken(asked, answer.value))
        elif asked is not None and asked.fills and answer.unanswered:
            self.edit_intake(lambda intake: _explained(intake, asked.fills, answer.unanswered))
        self.look()

    def _own_text(self, subject: str, content: str) -> None:
        self.edit(lambda incident: replace(incident, own_subject=subject, own_content=content))

    def _safety_given(self, digit: int) -> None:
        safety = safety_of(digit, self._console.clock())
        self.edit(lambda incident: replace(incident, safety=safety))
        self.panels.safety.show_answer(safety_view(safety))
        if not safety.clear:
            self.say(tr("Danger first: send police or link urgently before anything else."), "danger")

    def _quick_choice(self, name: str, value: str) -> None:
        self.set_value(name, value)
        self._show_fields()

    # -- to widgets ------------------------------------------------------------------------------------------------

    def _show_advice(self, look: int, asked: Incident, advice: Advice) -> None:
        """Show what was found, unless the form on screen is another one by now or a later look was faster."""
        incident = self.incident
        if incident is not None and incident.id == asked.id and look > self._shown_look:
            self._shown_look = look
            self.advice, self._looked_at = advice, asked
            self.form.show_advice(incident, advice, self.offered())
            self._look_near(incident)
            self.looked.emit()

    def _look_near(self, incident: Incident) -> None:
        """Look for orders of the same caller or place in the cache, when either changed."""
        intake = incident.intake
        phone = intake.get("contact_phone") or incident.call_in_phone.text
        place = self._console.assistant.region_label(intake.get("region"))
        wanted = (incident.id, phone, place, intake.get("address"))
        if wanted == self._near:
            return
        self._near = wanted
        find = partial(near_orders, self._console.desk, phone, place, intake.get("address"))
        self._background.ask(self, find, partial(self._show_near, wanted))

    def _show_near(self, wanted: tuple[str, ...], found: list[TransferView]) -> None:
        if wanted == self._near:
            now = self._console.clock()
            self.panels.near.show_orders([near_card(view, now) for view in found])

    def _show_fields(self) -> None:
        if self.incident is not None and self.advice is not None:
            self.form.show_fields(self.incident, self.advice)

    def _show_drafts(self, drafts: list[Incident]) -> None:
        self.form.show_drafts(drafts, self.incident)

    def _reopen(self, incident: Incident) -> None:
        if incident.stage is Stage.PARKED:
            incident = replace(incident, stage=Stage.OPEN)
        self.open(incident)

    def _closed(self, incident: Incident) -> None:
        self.leave()
        outcomes = " + ".join(label(outcome) for outcome in incident.outcomes)
        self.say(tr("%1: recorded.").replace("%1", outcomes))

    def _parked(self, incident: Incident, _: object) -> None:
        self.keeper.let_go(incident)
        self.say(tr("Parked; Ctrl and its digit brings it back."))
        self.leave()


def _explained(intake: Intake, name: str, reason: GapReason | None = GapReason.HUNG_UP) -> Intake:
    """Return the intake with the reason why *name* is empty, unless it is filled by now."""
    return intake if intake.filled(name) or reason is None else intake.with_gap(name, reason)
