"""The question sheets: what to ask next, and what the answers say in an order."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from enum import StrEnum

from workstation.domain.order import GapReason, SecondContact


class QuestionKind(StrEnum):
    """How a question is answered at the keyboard."""

    TEXT = "text"
    CHOICE = "choice"
    NUMBER = "number"
    YES_NO = "yes_no"


@dataclass(frozen=True, slots=True)
class Condition:
    """A simple test over what is already known.

    Every part that is given has to hold: the answer (or intake field) *of* is one of
    *among*, is none of *not_among*, the intake field *missing* is still empty.
    """

    of: str = ""
    among: tuple[str, ...] = ()
    not_among: tuple[str, ...] = ()
    missing: str = ""

    def holds(self, known: Mapping[str, str]) -> bool:
        """Say whether the test holds for *known*, which maps question and field ids to values."""
        value = known.get(self.of, "")
        if self.among and value not in self.among:
            return False
        if self.not_among and value in self.not_among:
            return False
        return not (self.missing and known.get(self.missing))


@dataclass(frozen=True, slots=True)
class Choice:
    """One numbered answer: its code, its label on the key, its words in an order (the label if empty).

    ``contact`` says why a department will have to call the citizen again when this is the answer.
    """

    value: str
    label: str
    phrase: str = ""
    contact: SecondContact | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One sentence to say aloud, the field its answer fills and the words it gives the order."""

    id: str
    say: str
    label: str
    kind: QuestionKind = QuestionKind.TEXT
    fills: str = ""
    phrase: str = ""
    phrase_no: str = ""
    unknown: str = ""
    choices: tuple[Choice, ...] = ()
    when: Condition | None = None
    required: bool = True


@dataclass(frozen=True, slots=True)
class Sheet:
    """The questions of one kind of matter, in talking order."""

    id: str
    title: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the caller said to one question, or why there is no answer."""

    question: str
    value: str = ""
    unanswered: GapReason | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a sheet has been asked, shown as 2/4."""

    settled: int
    total: int


def next_question(sheet: Sheet, answers: Mapping[str, Answer], filled: Mapping[str, str]) -> Question | None:
    """Find the first question that applies and is neither answered, given up nor filled."""
    return next((q for q in applicable(sheet, answers, filled) if not _settled(q, answers, filled)), None)


def progress(sheet: Sheet, answers: Mapping[str, Answer], filled: Mapping[str, str]) -> Progress:
    """Count the settled questions among those that apply now."""
    asked = applicable(sheet, answers, filled)
    return Progress(sum(_settled(q, answers, filled) for q in asked), len(asked))


def applicable(sheet: Sheet, answers: Mapping[str, Answer], filled: Mapping[str, str]) -> tuple[Question, ...]:
    """List the questions whose condition holds, plus those already answered.

    A question whose own field is filled stays in the list: it is settled, not gone.
    """
    known = dict(filled) | {a.question: a.value for a in answers.values() if a.value}
    return tuple(q for q in sheet.questions if q.id in answers or q.when is None or q.when.holds(known))


def _settled(question: Question, answers: Mapping[str, Answer], filled: Mapping[str, str]) -> bool:
    return question.id in answers or bool(question.fills and filled.get(question.fills))


def clauses(
    sheet: Sheet,
    answers: Mapping[str, Answer],
    values: Mapping[str, str],
    skip: AbstractSet[str] = frozenset(),
) -> tuple[str, ...]:
    """Say each answer in the words of an order, in the sheet's order.

    An answer that fills a field is said as the field stands now: the field is what may have been corrected since.

    Args:
        sheet: The sheet that was asked.
        answers: What was answered, by question id.
        values: What the intake fields hold now.
        skip: Intake fields that the order already says elsewhere.
    """
    said: list[str] = []
    told = set(skip)
    for question in sheet.questions:
        if question.id not in answers or (question.fills and question.fills in told):
            continue
        text = clause(question, _as_filled(question, answers[question.id], values))
        if text:
            told.add(question.fills)
            said.append(text)
    return tuple(said)


def _as_filled(question: Question, answer: Answer, values: Mapping[str, str]) -> Answer:
    if not question.fills:
        return answer
    value = values.get(question.fills, "")
    return replace(answer, value=value, unanswered=None if value else answer.unanswered)


def clause(question: Question, answer: Answer) -> str:
    """Say one answer in the words of an order; empty when there is nothing to say."""
    if answer.unanswered is GapReason.UNKNOWN:
        return question.unknown
    if answer.unanswered is not None or not answer.value.strip():
        return ""
    if question.kind is QuestionKind.YES_NO:
        return {"yes": question.phrase, "no": question.phrase_no}.get(answer.value, "")
    return question.phrase.replace("{answer}", spoken(question, answer.value)) if question.phrase else ""


def spoken(question: Question, value: str) -> str:
    """Turn the code of a choice into its words; any other answer is its own words."""
    found = next((c for c in question.choices if c.value == value), None)
    return (found.phrase or found.label) if found else value.strip()


def contact_needed(sheet: Sheet, answers: Mapping[str, Answer]) -> SecondContact | None:
    """Return why the answers will make a department call the citizen again: to look before to read."""
    given = {(id, answer.value) for id, answer in answers.items() if answer.unanswered is None}
    reasons = {choice.contact for q in sheet.questions for choice in q.choices if (q.id, choice.value) in given}
    return next((reason for reason in SecondContact if reason in reasons), None)
