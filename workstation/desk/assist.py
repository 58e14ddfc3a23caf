"""What the machine can say about a form as it stands: proposals, guidance, the next question, what is missing."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from workstation.desk.library import Library
from workstation.domain.compose import Decided, compose
from workstation.domain.directory import UnitProposal, route
from workstation.domain.errors import InvalidValue
from workstation.domain.guidance import GuidanceItem, Match, matching
from workstation.domain.incident import Incident, Outcome
from workstation.domain.intake import Completeness, Intake, completeness
from workstation.domain.intake_check import problems
from workstation.domain.order import Order
from workstation.domain.own_text import text_problems
from workstation.domain.places import Region
from workstation.domain.places_find import Hit, RegionPicker
from workstation.domain.places_recognise import PlaceReader, Recognised
from workstation.domain.questions import Answer, Progress, Question, Sheet, contact_needed, next_question, progress
from workstation.domain.safety import Warned, dangers, police_matters
from workstation.domain.suggestion import NOTHING, Suggestions

CLOSING_SHEET = "closing"
PATH = " \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK} "

# An order that was written all the same does not rest on an item that speaks against one.
_NO_ORDER = frozenset({Outcome.NOT_ACCEPTED, Outcome.DIRECT_ANSWER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """Everything shown beside the form; none of it changes the form by itself."""

    suggestions: Suggestions
    matches: tuple[Match, ...]
    sheet: Sheet
    asked: Sheet
    question: Question | None
    progress: Progress
    completeness: Completeness
    problems: Mapping[str, InvalidValue]
    units: tuple[UnitProposal, ...]
    place: Recognised
    dangers: tuple[Warned, ...]
    police: tuple[Warned, ...]
    preview: Order | None
    decided: Decided
    usual: Outcome

    @property
    def guidance(self) -> GuidanceItem | None:
        """The item whose sentence is shown, if any speaks."""
        return self.matches[0].item if self.matches else None


class Assistant:
    """Looks at forms with what the station knows; it is asked off the window's thread."""

    def __init__(self, library: Library, clock: Callable[[], datetime]) -> None:
        self._library = library
        self._clock = clock
        self._reader = PlaceReader(library.places)
        self._picker = RegionPicker(library.places)

    def regions(self, typed: str, limit: int = 9) -> tuple[Hit, ...]:
        """Find regions for the picker."""
        return self._picker.find(typed, limit)

    def region_label(self, id: str) -> str:
        """Return the shown name of a region, from the county down; empty when there is none."""
        region = self._region(id)
        return self._library.places.label(region) if region is not None else ""

    def completeness(self, intake: Intake) -> Completeness:
        """Count what an order needs and what of it is there; quick enough to be asked at every key."""
        filled = {name: value for name, value in intake.values.items() if value.strip()}
        required = self._library.content.requirements.needed(filled.get("category", ""), filled)
        return completeness(intake, required)

    def look(self, incident: Incident) -> Advice:
        """Return what can be said about *incident* as it stands."""
        content, intake = self._library.content, incident.intake
        filled = {name: value for name, value in intake.values.items() if value.strip()}
        category = filled.get("category", "")
        text = spoken(intake)
        suggestions = self._suggest(intake.get("narrative"))
        guess = category or (suggestions.top[0].code if suggestions.top and not suggestions.unsure else "")
        sheet, closing = content.sheet_for(guess), content.sheets[CLOSING_SHEET]
        asked = _everything_asked(sheet, closing, content.sheets, intake)
        answers = {**_explained(intake, (*sheet.questions, *closing.questions)), **intake.answers}
        units = route(content.directory, guess, filled.get("region", ""))
        found = matching(content.guidance, content.safety, text, guess)
        required = content.requirements.needed(category, filled)
        decided = self._decided(incident, units, required)
        item, version = self._basis(found)
        second_contact = contact_needed(asked, intake.answers)
        decided = replace(decided, second_contact=second_contact, guidance_item=item, guidance_version=version)
        return Advice(
            suggestions=suggestions,
            matches=found,
            sheet=sheet,
            asked=asked,
            question=next_question(sheet, answers, filled) or next_question(closing, answers, filled),
            progress=_together(progress(sheet, answers, filled), progress(closing, answers, filled)),
            completeness=completeness(intake, required),
            problems={**problems(intake, self._clock()), **text_problems(incident)},
            units=units,
            place=self._reader.recognise(text),
            dangers=dangers(content.safety, text),
            police=police_matters(content.safety, text),
            preview=self._preview(incident, asked, decided),
            decided=decided,
            usual=_usual(found),
        )

    def _suggest(self, text: str) -> Suggestions:
        """Return the proposed categories; without its weights the station goes on and categories are chosen by hand."""
        try:
            return self._library.recogniser.suggest(text)
        except InvalidValue:
            return NOTHING

    def _decided(self, incident: Incident, units: tuple[UnitProposal, ...], required: tuple[str, ...]) -> Decided:
        tree, category = self._library.content.categories, incident.intake.get("category")
        names = tree.names(category)
        proposed = next((p.unit for p in units if p.unit.name == incident.unit), units[0].unit if units else None)
        urgent = incident.reason if Outcome.URGENT_LINKAGE in incident.outcomes else ""
        return Decided(
            category_name=PATH.join(names),
            matter=names[-1] if len(names) > 1 else "",  # the first level names no matter
            region_name=self.region_label(incident.intake.get("region")),
            unit=proposed.name if proposed else "",
            tier=proposed.tier if proposed else None,
            urgent_reason=urgent,
            required=required,
        )

    def _basis(self, found: tuple[Match, ...]) -> tuple[str, str]:
        """Return the item of the lists that is shown, where it leads to an order, and the lists' edition."""
        if not found or found[0].item.outcome in _NO_ORDER:
            return "", ""
        return found[0].item.id, self._library.content.guidance.edition.version

    def _preview(self, incident: Incident, sheet: Sheet, decided: Decided) -> Order | None:
        """Compose as much as there is; a gap does not keep the text from being shown."""
        try:
            return compose(incident, sheet, replace(decided, required=()), self._library.wording, self._clock())
        except InvalidValue:
            return None

    def _region(self, id: str) -> Region | None:
        return self._library.places.regions.get(id)


def _everything_asked(sheet: Sheet, closing: Sheet, sheets: Mapping[str, Sheet], intake: Intake) -> Sheet:
    """Return the sheet an order is composed from: this one, and what was answered before the matter changed."""
    here = {question.id: question for question in (*sheet.questions, *closing.questions)}
    before = {q.id: q for other in sheets.values() for q in other.questions if q.id in intake.answers}
    return replace(sheet, questions=tuple({**here, **before}.values()))


def _together(first: Progress, second: Progress) -> Progress:
    return Progress(first.settled + second.settled, first.total + second.total)


def spoken(intake: Intake) -> str:
    """Return what the caller said that proposals may be read from."""
    return intake.get("narrative")


def _explained(intake: Intake, questions: Iterable[Question]) -> dict[str, Answer]:
    """Return the questions whose own field was given up beside it: nobody is asked twice."""
    return {q.id: Answer(question=q.id, unanswered=intake.gaps[q.fills]) for q in questions if q.fills in intake.gaps}


def _usual(found: tuple[Match, ...]) -> Outcome:
    return Outcome(found[0].item.outcome) if found else Outcome.WORK_ORDER
