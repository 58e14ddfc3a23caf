"""What the outcomes ask for that end a form without an order: the police, an answer, a refusal, no valid call."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from workstation.desk.console import Console
from workstation.domain.guidance import GuidanceItem, GuidanceList
from workstation.domain.incident import Incident, Outcome
from workstation.ui.hits import Hit
from workstation.ui.intake.recording import Recording
from workstation.ui.intake.views import tr
from workstation.ui.labels import label
from workstation.ui.picker_filter import fits, number_wanted
from workstation.ui.sentences import objection


class Endings(QObject):
    """Asks for what an ending still needs, and has it recorded."""

    def __init__(self, recording: Recording, console: Console) -> None:
        super().__init__(recording.screen)
        self._recording = recording
        self._screen = recording.screen
        self._console = console
        self._prompt = recording.screen.panels.prompt

    def police(self) -> None:
        incident = self._screen.incident
        if incident is None:
            return
        if Outcome.POLICE_DISPATCH in incident.outcomes:
            self._recording.conclude(Outcome.POLICE_DISPATCH)
            return
        QApplication.clipboard().setText(self._summary(incident))
        question = tr("The summary is on the clipboard. Paste it in the police system and write its number here.")
        check, missing = partial(objection, Incident, "police_number"), tr("Write the number of the police system.")
        self._prompt.ask(question, self._police_sent, objection=check, missing=missing)

    def _police_sent(self, number: str) -> None:
        rows = (Hit("end", tr("Close this form")), Hit("order", tr("An order to 12345 as well")))

        def then(id: str) -> None:
            self._recording.conclude(Outcome.POLICE_DISPATCH, stay_open=id == "order", police_number=number)

        self._prompt.decide(tr("Is there a part for 12345, too?"), rows, then)

    def _summary(self, incident: Incident) -> str:
        """Return what the police system needs, one line each; the clipboard is the only way across."""
        intake, region = incident.intake, self._console.assistant.region_label(incident.intake.get("region"))
        names = ("caller_name", "contact_phone", "happened", "narrative")
        rows = [incident.number, region + intake.get("address"), *(intake.get(name) for name in names)]
        return "\n".join(row for row in rows if row)

    def answer(self) -> None:
        items = self._console.library.content.guidance.direct_answer
        self._choose_item(tr("Answer from this item"), items, Outcome.DIRECT_ANSWER)

    def refuse(self) -> None:
        items = self._console.library.content.guidance.not_accepted
        self._choose_item(tr("Not accepted because of this item"), items, Outcome.NOT_ACCEPTED)

    def _choose_item(self, title: str, items: Sequence[GuidanceItem], outcome: Outcome) -> None:
        advice = self._screen.advice
        speaking = [m.item.id for m in advice.matches] if advice else []
        ranked = sorted(items, key=lambda item: (item.id not in speaking, item.number))

        def then(id: str) -> None:
            item = next(item for item in items if item.id == id)
            self._recording.conclude(outcome, reason=item.title, guidance_item=item.id, done=item.say)

        listed = [("", item) for item in ranked]
        self._prompt.choose(title, lambda typed: _item_hits(listed, typed), then, hint=_hint())

    def look_through(self) -> None:
        """Let all four lists be looked through; choosing an item shows its sentence."""
        guidance = self._console.library.content.guidance
        listed = [(label(which), item) for which in GuidanceList for item in guidance.items(which)]

        def then(id: str) -> None:
            self._screen.say(next(item.say for _, item in listed if item.id == id), "")

        self._prompt.choose(tr("Guidance lists"), lambda typed: _item_hits(listed, typed), then, hint=_hint())

    def invalid(self) -> None:
        phrases = (tr("Silent"), tr("Misdialled"), tr("Nuisance"), tr("Test call"))
        self._prompt.ask(
            tr("Why is this no valid call?"),
            lambda why: self._recording.conclude(Outcome.INVALID_CALL, reason=why),
            phrases,
            partial(objection, Incident, "reason"),
        )


def _item_hits(listed: Sequence[tuple[str, GuidanceItem]], typed: str) -> list[Hit]:
    """Return the rows of the items that fit what was *typed*, each with the list it stands in and its number there."""
    number, place = number_wanted(typed), tr("item %1")
    return [
        Hit(item.id, item.title, f"{named} {place.replace('%1', str(item.number))} {item.say}".strip())
        for named, item in listed
        if (number == str(item.number) if number else fits(typed, f"{named} {item.title} {item.say}", item.pinyin))
    ]


def _hint() -> str:
    return tr("Words, pinyin, or # and the number")
