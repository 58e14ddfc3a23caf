"""The answers that were given: which there are, and one question asked again to correct its answer."""

from PySide6.QtCore import QObject

from workstation.domain.intake import Intake
from workstation.domain.questions import Question, QuestionKind
from workstation.ui.hits import Hit
from workstation.ui.intake.field_grid import CHOICES
from workstation.ui.intake.form_view import FormView
from workstation.ui.intake.keeper import Keeper
from workstation.ui.intake.looking import Looking
from workstation.ui.intake.panels import Panels
from workstation.ui.intake.views import tr
from workstation.ui.labels import label
from workstation.ui.picker_filter import fits


class Answers(QObject):
    """Lists what was answered; the question that is chosen stands on screen again with its answer."""

    def __init__(self, panels: Panels, form: FormView, keeper: Keeper, looking: Looking) -> None:
        super().__init__(panels)
        self._panels = panels
        self._form = form
        self._keeper = keeper
        self._looking = looking

    def choose(self) -> None:
        """Let one of the answered questions be chosen, in the order in which they are asked."""
        incident, advice = self._keeper.incident, self._looking.advice
        if incident is None or advice is None:
            return
        intake = incident.intake
        answered = {question.id: question for question in advice.asked.questions if question.id in intake.answers}
        rows = [Hit(id, question.label or question.say, told(question, intake)) for id, question in answered.items()]
        if not rows:
            self._panels.notice.show_notice(tr("Nothing was answered yet."))
            return
        self._panels.prompt.choose(
            tr("Which answer is to be corrected?"),
            lambda typed: [row for row in rows if fits(typed, f"{row.text} {row.note}", ())],
            lambda id: self._reopen(answered[id], list(answered).index(id), len(answered)),
        )

    def leave(self) -> None:
        """Leave the question that was asked again as it was answered, and go on with the next one."""
        if self._form.leave_reopened():
            self._looking.look()

    def _reopen(self, question: Question, place: int, answered: int) -> None:
        incident = self._keeper.incident
        if incident is not None:
            self._form.reopen(question, told(question, incident.intake), place, answered)
            self._panels.question.setFocus()


def told(question: Question, intake: Intake) -> str:
    """Return the answer to *question* as it stands, in words; what fills a field is what the field holds."""
    answer = intake.answers[question.id]
    value = intake.get(question.fills) if question.fills else answer.value
    if not value:
        return label(answer.unanswered, "gap_reason") if answer.unanswered is not None else ""
    if question.kind is QuestionKind.YES_NO or question.fills in CHOICES:
        return label(value)
    return next((choice.label for choice in question.choices if choice.value == value), value)
