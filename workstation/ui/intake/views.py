"""From what the desk knows to what the intake widgets show."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from workstation.desk.assist import PATH, Advice
from workstation.domain.call_table import CallState
from workstation.domain.categories import CategoryTree
from workstation.domain.edition import Edition
from workstation.domain.guidance import GuidanceList
from workstation.domain.identity import CHINA
from workstation.domain.incident import Incident, Outcome, Safety, Stage
from workstation.domain.intake import Intake, Origin
from workstation.domain.places import Region
from workstation.domain.questions import Question, QuestionKind
from workstation.domain.safety import Warned
from workstation.domain.standing import CAME_BACK
from workstation.domain.transfer import Transfer
from workstation.ui.chips import beginning
from workstation.ui.fields import FieldView
from workstation.ui.intake.draft_strip import DraftView
from workstation.ui.intake.guidance_card import GuidanceView
from workstation.ui.intake.question_panel import QuestionView
from workstation.ui.intake.safety_strip import SafetyView
from workstation.ui.intake.suggestion_list import SuggestionView
from workstation.ui.labels import label
from workstation.ui.sentences import sentence


def tr(text: str) -> str:
    """Translate a text of the intake screen."""
    return QCoreApplication.translate("intake", text)


def field_views(names: Iterable[str], intake: Intake, advice: Advice, region: str) -> Mapping[str, FieldView]:
    """Return how each of the fields *names* stands; *region* is the chosen region's name."""
    return {name: _field_view(name, intake, advice, region) for name in names}


def _field_view(name: str, intake: Intake, advice: Advice, region: str) -> FieldView:
    text = region if name == "region" else intake.get(name)
    problem = advice.problems.get(name)
    if problem is not None:
        return FieldView(text=text, error=sentence(problem))
    if name in intake.gaps and not intake.filled(name):
        return FieldView(text=text, chip=label(intake.gaps[name], "gap_reason"), state="info")
    if name in advice.completeness.missing:
        return FieldView(text=text, chip=tr("gap"), state="warn")
    if intake.filled(name) and intake.origins.get(name) is Origin.SUGGESTED:
        return FieldView(text=text, chip=tr("proposed"), state="info")
    if intake.filled(name) and intake.origins.get(name) is Origin.CALL:
        chip = tr("located, ask") if name == "address" else tr("caller's")
        return FieldView(text=text, chip=chip, state="info" if name == "address" else "")
    return FieldView(text=text)


def question_view(question: Question | None, advice: Advice) -> QuestionView | None:
    """Return the question to ask next, with its numbered answers."""
    if question is None:
        return None
    return numbered(question, advice.sheet.title, advice.progress.settled, advice.progress.total)


def numbered(question: Question, sheet: str, settled: int, total: int) -> QuestionView:
    """Return a question with its numbered answers, and where it stands on its *sheet*."""
    choices = tuple(choice.label for choice in question.choices)
    if question.kind is QuestionKind.YES_NO:
        choices = (label("yes"), label("no"))
    return QuestionView(question.id, question.say, sheet, settled, total, choices)


def said_first(incident: Incident, advice: Advice) -> str:
    """Return the sentence to say before anything is asked: that of the danger that was found, until it is linked."""
    safety = incident.safety
    if safety is None or safety.clear or Outcome.URGENT_LINKAGE in incident.outcomes:
        return ""
    return next((match.item.say for match in advice.matches if match.list is GuidanceList.LINKAGE), "")


def warned_of(warned: Warned) -> str:
    """Return a danger with the words of the narrative that speak of it."""
    return tr("%1 (%2)").replace("%1", warned.title).replace("%2", tr(", ").join(warned.words))


def spoken_words(advice: Advice, regions: Iterable[Region], *, chosen: bool) -> list[tuple[str, list[str]]]:
    """Return the words that are tinted in the narrative: of danger, police matters and what is still proposed."""
    proposed = [] if chosen else [word for s in advice.suggestions.top for word in s.reasons]
    return [
        ("danger", [word for warned in advice.dangers for word in warned.words]),
        ("warn", [word for warned in advice.police for word in warned.words]),
        ("info", [*proposed, *(region.name for region in regions)]),
    ]


def answer_of(question: Question, row: int) -> str:
    """Return the value behind the numbered answer *row* of *question*."""
    if question.kind is QuestionKind.YES_NO:
        return ("yes", "no")[row]
    return question.choices[row].value


def suggestion_views(advice: Advice, tree: CategoryTree) -> list[SuggestionView]:
    """Return the proposed categories with the words that spoke for them."""
    because = tr("Because of: %1")
    return [
        SuggestionView(
            chosen_path(tree, s.code),
            s.p,
            because.replace("%1", " \N{MIDDLE DOT} ".join(s.reasons)) if s.reasons else "",
        )
        for s in advice.suggestions.top
    ]


def chosen_path(tree: CategoryTree, code: str) -> str:
    """Return the path of a chosen category; empty while none is."""
    return PATH.join(tree.names(code)) if code in tree else code


def edition_name(edition: Edition) -> str:
    """Return which issue of a content file it is; an invented one says so wherever it is relied on."""
    return edition.version + (tr(" (sample)") if edition.sample else "")


def guidance_view(advice: Advice, version: str) -> GuidanceView | None:
    """Return the item of the four lists that speaks, with the unit that would handle the order."""
    unit, tier = advice.decided.unit, advice.decided.tier
    if not advice.matches:
        return GuidanceView(tr("Guidance"), unit=unit, tier=label(tier) if tier else "") if unit else None
    match = advice.matches[0]
    basis = tr("List %1, item %2").replace("%1", version).replace("%2", str(match.item.number))
    return GuidanceView(
        title=label(match.list),
        basis=f"{basis} {match.item.title}",
        outcome=label(match.item.outcome, "outcome"),
        sentence=match.item.say,
        unit=unit,
        tier=label(tier) if tier else "",
    )


def safety_view(safety: Safety | None) -> SafetyView:
    """Return what was answered to the safety questions."""
    if safety is None:
        return SafetyView()
    at = clock_time(safety.at)
    if safety.clear:
        return SafetyView(tr("No danger, nobody hurt, no crime"), "ok", at)
    said = [words for words, is_so in _dangers(safety) if is_so]
    return SafetyView(" \N{MIDDLE DOT} ".join(said), "danger", at)


def _dangers(safety: Safety) -> tuple[tuple[str, bool], ...]:
    return (
        (tr("Danger"), safety.danger),
        (tr("Somebody hurt"), safety.injured),
        (tr("Crime or weapon"), safety.crime or safety.weapon),
    )


def safety_options() -> tuple[str, str, str, str]:
    """Return the four answers to the safety questions, in the order of their digits."""
    return tr("None of it"), tr("Danger"), tr("Somebody hurt"), tr("Crime or weapon")


def safety_of(digit: int, at: datetime) -> Safety:
    """Return what the digit of a safety answer means."""
    return Safety(danger=digit == 2, injured=digit == 3, weapon=False, crime=digit == 4, at=at)  # noqa: PLR2004 -- digits


def draft_view(  # noqa: PLR0913 -- a draft, who looks, and how it stands
    incident: Incident, tree: CategoryTree, me: str, region: str, *, current: bool, call: CallState | None = None
) -> DraftView:
    """Return one card of the draft strip; *call* is how its call stands, while it goes on."""
    names = tree.names(incident.intake.get("category"))
    about = " \N{MIDDLE DOT} ".join(part for part in (region, names[-1] if names else "") if part)
    if call is not None:
        title = tr("On hold") if call is CallState.HELD else tr("This call")
    elif current:
        title = tr("On screen")
    else:
        title = tr("Parked") if incident.stage is Stage.PARKED else tr("Open")
    words = tr("taken over by %1") if me in incident.authors else tr("by %1")
    other = "" if incident.author == me else words.replace("%1", incident.author)
    return DraftView(
        title=title,
        about=about or beginning(incident.intake.get("narrative")) or tr("Nothing written yet"),
        note=incident.number,
        chip=other,
        state="warn" if other else "",
        current=current,
    )


def clock_time(at: datetime) -> str:
    """Return the time of day in China."""
    return f"{at.astimezone(CHINA):%H:%M:%S}"


def why_back(transfer: Transfer) -> str:
    """Return why an order came back and what is to be corrected in it; nothing for one that did not."""
    step = transfer.steps[-1] if transfer.steps else None
    if step is None or transfer.state not in CAME_BACK:
        return ""
    words = f"{label(step.action)}{tr(': %1').replace('%1', step.reason)}" if step.reason else label(step.action)
    named = tr(", ").join(label(name) for name in step.fields)
    return words + (tr(" To be corrected: %1.").replace("%1", named) if named else "")
