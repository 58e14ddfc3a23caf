"""The gaps of a form: where the next one is, and why one stays open."""

from PySide6.QtCore import QObject, Signal

from workstation.desk.assist import Assistant
from workstation.domain.intake import Intake
from workstation.domain.order import GapReason
from workstation.domain.questions import Answer, spoken
from workstation.ui.intake.field_grid import CHOICES
from workstation.ui.intake.form_view import FormView
from workstation.ui.intake.keeper import Keeper
from workstation.ui.intake.panels import Panels
from workstation.ui.intake.pen import Pen

NEVER_HUNG_UP = frozenset({"narrative", "category", "kind"})


class Gaps(QObject):
    """Goes from gap to gap in talking order; each is filled, answered by its question, or explained."""

    explained = Signal()
    answered = Signal()
    category_wanted = Signal()

    def __init__(self, panels: Panels, form: FormView, keeper: Keeper, pen: Pen, assistant: Assistant) -> None:
        super().__init__(panels)
        self._panels = panels
        self._form = form
        self._keeper = keeper
        self._pen = pen
        self._assistant = assistant

    def missing(self) -> tuple[str, ...]:
        """Name the required fields that are open now, in talking order."""
        incident = self._keeper.incident
        return self._assistant.completeness(incident.intake).missing if incident is not None else ()

    def next(self) -> None:
        """Go to the next required field that is open, in talking order: the only one keeps the cursor.

        When none is open, the narrative has it.
        """
        missing, here = self.missing(), self._panels.grid.focused()
        if here in missing:
            at = missing.index(here)
            missing = (*missing[at + 1 :], *missing[: at + 1])
        self.go_to(missing[0] if missing else "narrative")

    def go_to(self, name: str) -> None:
        """Put the cursor where field *name* is filled."""
        if name == "narrative":
            self._panels.narrative.setFocus()
        elif name == "category":
            self.category_wanted.emit()
        elif name in self._panels.grid.fields:
            self._panels.grid.go_to(name)

    def give(self, reason: GapReason) -> None:
        """Say why the field with the cursor, or the question on screen, has no answer; then go on."""
        name, incident = self._panels.grid.focused(), self._keeper.incident
        if name:
            if incident is not None and not incident.intake.filled(name):
                self._pen.edit_intake(lambda intake: intake.with_gap(name, reason))
                self.explained.emit()
                self.next()
        elif self._form.asked is not None:
            self.answer(Answer(question=self._form.asked.id, unanswered=reason))

    def caller_gone(self) -> None:
        """Explain every open field at once: the caller hung up."""
        for name in self.missing():
            if name not in NEVER_HUNG_UP:
                self._pen.edit_intake(lambda intake, name=name: _explained(intake, name))  # type: ignore[misc]
        self.answered.emit()

    def answer(self, answer: Answer) -> None:
        """Take the answer to the question on screen, and fill the field that it is about."""
        asked = self._form.asked
        self._form.leave_reopened()
        self._pen.edit_intake(lambda intake: intake.with_answer(answer))
        if asked is not None and asked.fills and not answer.unanswered:
            as_code = asked.fills in CHOICES
            self._pen.set_value(asked.fills, answer.value if as_code else spoken(asked, answer.value))
        elif asked is not None and asked.fills and answer.unanswered:
            self._pen.edit_intake(lambda intake: _explained(intake, asked.fills, answer.unanswered))
        self.answered.emit()


def _explained(intake: Intake, name: str, reason: GapReason | None = GapReason.HUNG_UP) -> Intake:
    """Return the intake with the reason why *name* is empty, unless it is filled by now."""
    return intake if intake.filled(name) or reason is None else intake.with_gap(name, reason)
