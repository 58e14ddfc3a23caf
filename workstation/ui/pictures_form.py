"""The scenes of one form, from the first words to the whole order."""

from PySide6.QtCore import Qt

from workstation.domain.incident import Outcome
from workstation.ui.demo_hands import until
from workstation.ui.demo_stage import Seat
from workstation.ui.pictures import CONTRAST, LARGEST, Studio, rest

MOST_FIELDS = 30
ESC = Qt.Key.Key_Escape


def begin(taker: Seat) -> None:
    """Begin a form without a call."""
    intake = taker.work.intake
    before = intake.incident.id if intake.incident is not None else ""
    taker.hands.press("new_draft")
    until(lambda: intake.incident is not None and intake.incident.id != before, "a new form")
    rest()


def looked(taker: Seat) -> None:
    """Wait until what is beside the form was found for the form as it stands."""
    until(lambda: taker.work.intake.is_looked_at, "advice for the form as it stands")


def fill(taker: Seat, fields: dict[str, str], most: int = MOST_FIELDS) -> None:
    """Go from gap to gap and write what the caller says; what the caller does not say is explained."""
    intake, hands = taker.work.intake, taker.hands
    for _ in range(most):
        looked(taker)
        if not intake.gaps.missing():
            return
        hands.press("next_gap")
        name = intake.panels.grid.focused()
        choice = {"kind": "3", "wants_reply": "1", "consent": "1", "confidential": "2"}.get(name)
        if choice:
            hands.write(choice)
        elif name in fields:
            hands.write(fields[name], free=True)
        else:
            hands.press("gap_unknown")
        rest(20)


def form(studio: Studio, taker: Seat) -> None:
    hands, scenario = taker.hands, studio.stage.scenarios[1]
    hands.press("safety")
    hands.digit(1)
    hands.write(scenario.narrative, free=True)
    until(lambda: taker.work.intake.advice is not None and taker.work.intake.advice.suggestions.top, "suggestions")
    looked(taker)
    rest(300)
    studio.keep(taker, "form-narrative", CONTRAST, *LARGEST)
    hands.press("suggestion_7")
    hands.press("recognised_1")
    looked(taker)
    fill(taker, scenario.expected.fields, most=3)
    rest(200)
    studio.keep(taker, "form-half", *LARGEST)
    _region(studio, taker)
    hands.press("category")
    rest(100)
    hands.write("zaosheng")
    rest(200)
    studio.keep(taker, "category-picker", *LARGEST)
    hands.strike(ESC)
    hands.press("question")
    studio.keep(taker, "question")
    _error(studio, taker)
    fill(taker, scenario.expected.fields)
    rest(300)
    studio.keep(taker, "form-complete", CONTRAST, *LARGEST)
    hands.press("preview")
    rest(100)
    studio.keep(taker, "order-text-edited")
    hands.press("preview")
    hands.press("narrative")
    hands.press("number")
    studio.keep(taker, "number-to-read-out")
    hands.press("notice")


def _region(studio: Studio, taker: Seat) -> None:
    hands, grid = taker.hands, taker.work.intake.panels.grid
    grid.go_to("region")
    hands.strike(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    hands.write("bx")
    rest(400)

    def type_again() -> None:
        grid.go_to("region")
        hands.strike(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        hands.write("bx")
        rest(300)

    studio.keep(taker, "region-rows", again=type_again)
    hands.digit(1)
    looked(taker)


def _error(studio: Studio, taker: Seat) -> None:
    hands, grid = taker.hands, taker.work.intake.panels.grid
    grid.go_to("contact_phone")
    hands.strike(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    hands.write("12")
    rest(300)
    looked(taker)
    hands.press(Outcome.WORK_ORDER)
    rest(300)
    studio.keep(taker, "form-error", *LARGEST)
    hands.strike(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    hands.write("19900002210")
    hands.press("notice")
    rest(300)
