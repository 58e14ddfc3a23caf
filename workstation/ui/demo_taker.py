"""A call-taker who plays one note through the form, by keys alone."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from workstation.desk.assist import Advice
from workstation.domain.directory import LineKind
from workstation.domain.errors import InvalidValue
from workstation.domain.identity import IncidentId, TransferId
from workstation.domain.incident import Incident, Outcome, Stage
from workstation.domain.order import Kind
from workstation.ui.demo_hands import Stuck, until
from workstation.ui.demo_notes import Note, Said, Words, read
from workstation.ui.demo_stage import Seat
from workstation.ui.fields import PickField
from workstation.ui.hits import ROWS
from workstation.ui.intake.field_grid import CHOICES
from workstation.ui.intake.linkage import URGENT

if TYPE_CHECKING:
    from workstation.desk.form import Sent

FREE = frozenset({"address", "caller_name"})
MOST_FIELDS = 60


@dataclass(slots=True, kw_only=True)
class Played:
    """What became of one note at the call-taker's desk."""

    note: Note
    number: str = ""
    outcomes: tuple[Outcome, ...] = ()
    transfer: TransferId | None = None
    missing: tuple[str, ...] = ()
    keys: int = 0
    refused: str = ""
    stuck: str = ""


class Taker:
    """Answers one call after the other; before a form is sent or closed *look* may take a picture."""

    def __init__(self, seat: Seat, words: Words, look: Callable[[Note], object]) -> None:
        self._seat = seat
        self._hands = seat.hands
        self._words = words
        self._look = look
        self._sent: list[Sent] = []
        self._id = IncidentId("")
        seat.work.outcomes.sent.connect(self._sent.append)

    def play(self, note: Note) -> Played:
        """Take the call of *note* and give it the outcome that fits."""
        played = Played(note=note)
        before = self._hands.keys
        self._hands.take_the_seat()
        try:
            self._play(note, read(note, self._words), played)
        except Stuck as stuck:
            played.stuck = str(stuck)
            with suppress(Stuck):
                self._park()
        played.keys = self._hands.keys - before
        return played

    def _play(self, note: Note, said: Said, played: Played) -> None:
        self._answer(note)
        played.number = self._incident().number
        if not said.narrative:
            played.refused = "invalid call: silent"
            self._silent(note)
        else:
            self._listen(note, said, played)
        played.outcomes = self._concluded(played)
        self._hang_up()

    def _listen(self, note: Note, said: Said, played: Played) -> None:
        """Write down what is said, and choose the outcome by what the window says about it."""
        self._hands.press("safety")
        self._hands.digit(1)
        self._hands.write(said.narrative, free=True)
        advice = self._advice()
        if advice.dangers:
            played.refused = "danger: " + ", ".join(warned.title for warned in advice.dangers)
            self._danger(note, advice)
        elif advice.police:
            played.refused = "police matter: " + ", ".join(warned.title for warned in advice.police)
            self._police(note)
        elif advice.usual is Outcome.NOT_ACCEPTED and advice.guidance is not None:
            played.refused = f"not accepted: {advice.guidance.title}"
            self._refuse(note)
        elif advice.usual is Outcome.DIRECT_ANSWER and advice.guidance is not None and _asks(said):
            played.refused = f"answered: {advice.guidance.title}"
            self._tell(note)
        else:
            self._order(note, said, played)

    # -- the call --------------------------------------------------------------------------------------------------

    def _answer(self, note: Note) -> None:
        phone, intake = self._seat.work.console.phone, self._seat.work.intake
        self._seat.ring(note.phone)
        until(phone.ringing, "a call that rings")
        self._hands.press("answer")
        until(lambda: intake.incident is not None and intake.panels.narrative.text_edit.hasFocus(), "the form")

    def _hang_up(self) -> None:
        phone = self._seat.work.console.phone
        call = phone.current()
        if call is not None and call.ended_at is None:
            self._hands.press("hang_up")
            self._hands.press("hang_up")
        until(lambda: all(call.ended_at for call in phone.calls()), "the end of the call")

    # -- outcomes --------------------------------------------------------------------------------------------------

    def _order(self, note: Note, said: Said, played: Played) -> None:
        sure = self._categorise()
        self._fill(said)
        self._look(note)
        intake = self._incident().intake
        gaps = (name for name in intake.gaps if not intake.filled(name))
        played.missing = tuple(dict.fromkeys((*gaps, *said.cut, *(() if sure else ("category",)))))
        waiting = len(self._sent)
        self._hands.press(Outcome.WORK_ORDER)
        until(lambda: len(self._sent) > waiting or self._seat.work.intake.panels.notice.isVisible(), "the order sent")
        until(lambda: len(self._sent) > waiting, f"the order sent: {self._seat.work.intake.panels.notice.text}", 5)
        played.transfer = self._sent[-1].transfer

    def _categorise(self) -> bool:
        """Take the first proposal, or without one the first row of the tree; say whether anybody may rely on it."""
        intake, proposed = self._seat.work.intake, self._advice().suggestions
        if proposed.top:
            self._hands.press("suggestion_7")
        else:
            self._hands.press("category")
            self._hands.strike(Qt.Key.Key_Return)
        until(lambda: self._incident().intake.filled("category"), "the category")
        if intake.form.regions and self._advice().place.certain is not None:
            self._hands.press("recognised_1")
            until(lambda: self._incident().intake.filled("region"), "the recognised region")
        return bool(proposed.top) and not proposed.unsure

    def _fill(self, said: Said) -> None:
        """Go from gap to gap: what the note says is written, for the rest the caller does not know."""
        hands, intake = self._hands, self._seat.work.intake
        for _ in range(MOST_FIELDS):
            name = intake.panels.grid.focused()
            if not name:
                if not self._advice().completeness.missing:
                    return
                hands.press("next_gap")
                continue
            value = said.values.get(name, "")
            if name == "region" and said.region and self._pick_region(said.region):
                continue
            if not value:
                hands.press("gap_unknown")
            elif name in CHOICES:
                hands.digit(list(CHOICES[name]).index(value) + 1)
                self._advice()  # what is chosen decides what else is needed
            else:
                hands.write(value, free=name in FREE)
                hands.strike(Qt.Key.Key_Return)
        raise Stuck("the fields " + ", ".join(self._advice().completeness.missing))

    def _pick_region(self, said: tuple[str, ...]) -> bool:
        """Type the smallest part of the place and take the row that has all of it; else leave the field empty."""
        grid = self._seat.work.intake.panels.grid
        field = grid.fields["region"]
        if not isinstance(field, PickField):
            return False
        self._hands.write(said[-1])
        with suppress(Stuck):
            until(lambda: field.hits, "rows of regions", 1)
        fitting = [row for row, hit in enumerate(field.hits, start=1) if all(part in hit.text for part in said)]
        if len(fitting) == 1 and fitting[0] <= ROWS:
            self._hands.digit(fitting[0])
            return True
        for _ in said[-1]:
            self._hands.strike(Qt.Key.Key_Backspace)
        return False

    def _silent(self, note: Note) -> None:
        """End a call in which nothing is said by its short ending and the first of its reasons."""
        self._hands.press(Outcome.INVALID_CALL)
        until(self._seat.work.intake.panels.prompt.isVisible, "the question why")
        self._look(note)
        self._hands.digit(1)
        self._hands.strike(Qt.Key.Key_Return)

    def _danger(self, note: Note, advice: Advice) -> None:
        """Link urgently to the line that is responsible, then tell the police; the form ends with both."""
        hands = self._hands
        hands.press("safety")
        hands.digit(2)
        kinds = [kind for match in advice.matches for kind in match.item.lines if kind in URGENT]
        if kinds:
            self._link(kinds[0])
        self._police(note)

    def _link(self, kind: LineKind) -> None:
        self._hands.press(Outcome.URGENT_LINKAGE)
        self._hands.digit(URGENT.index(kind) + 1)
        with suppress(Stuck):  # no line is known for it: the police are told all the same
            until(lambda: Outcome.URGENT_LINKAGE in self._incident().outcomes, "the linkage", 3)

    def _police(self, note: Note) -> None:
        """Paste the summary in the police system, write the number it gives, and close the form."""
        prompt = self._seat.work.intake.panels.prompt
        self._hands.press(Outcome.POLICE_DISPATCH)
        until(prompt.isVisible, "the question for the police number")
        self._look(note)
        self._hands.write(f"{note.line:06d}")
        self._hands.strike(Qt.Key.Key_Return)
        self._hands.strike(Qt.Key.Key_Return)

    def _refuse(self, note: Note) -> None:
        """Take the item of the list that speaks: it stands first."""
        self._hands.press(Outcome.NOT_ACCEPTED)
        until(self._seat.work.intake.panels.prompt.isVisible, "the list")
        self._look(note)
        self._hands.strike(Qt.Key.Key_Return)

    def _tell(self, note: Note) -> None:
        """Answer a question from the item of the list that speaks: it stands first."""
        self._hands.press(Outcome.DIRECT_ANSWER)
        until(self._seat.work.intake.panels.prompt.isVisible, "the list of answers")
        self._look(note)
        self._hands.strike(Qt.Key.Key_Return)

    def _concluded(self, played: Played) -> tuple[Outcome, ...]:
        """Wait until the form is off the screen, and return what was recorded."""
        intake, desk = self._seat.work.intake, self._seat.work.console.form
        id = self._id
        until(lambda: intake.incident is None, "the form closed")
        kept = desk.incident(id)
        if kept.stage is not Stage.CONCLUDED:
            raise Stuck(f"{played.number} concluded")
        return kept.outcomes

    def _park(self) -> None:
        """Put a form that did not end aside, so that the next call finds the desk free."""
        intake = self._seat.work.intake
        self._hands.press("back")
        if intake.incident is not None:
            self._hands.press("park")
            until(lambda: intake.incident is None, "the form parked")
        self._hang_up()

    # -- what is on screen -----------------------------------------------------------------------------------------

    def _incident(self) -> Incident:
        incident = self._seat.work.intake.incident
        if incident is None:
            raise Stuck("a form on screen")
        self._id = incident.id
        return incident

    def _advice(self) -> Advice:
        """Wait until what stands beside the form was found for it as it is."""
        intake = self._seat.work.intake
        until(lambda: intake.is_looked_at, "advice for the form as it stands")
        if intake.advice is None:
            raise InvalidValue("advice", "required")
        return intake.advice


def _asks(said: Said) -> bool:
    """Say whether the note only asks; a complaint that mentions what a list answers is no question."""
    return said.values["kind"] == Kind.CONSULT
