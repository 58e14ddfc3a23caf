"""The scenes of the call-taker, one shift long."""

from PySide6.QtCore import Qt

from workstation.domain.call_party import Ending
from workstation.domain.incident import Outcome
from workstation.ui.demo_hands import until
from workstation.ui.demo_stage import Seat
from workstation.ui.pictures import CONTRAST, LARGEST, Studio, rest
from workstation.ui.pictures_calls import SLOW_S, first_call, sign_in, three_in_a_call
from workstation.ui.pictures_form import begin, fill, form, looked

RETURN, ESC = Qt.Key.Key_Return, Qt.Key.Key_Escape
LONG = 40


def play(studio: Studio, taker: Seat) -> None:
    """Play one shift of a call-taker, scene by scene."""
    sign_in(studio, taker)
    first_call(studio, taker)
    form(studio, taker)
    _outcomes(studio, taker)
    three_in_a_call(studio, taker)
    _send(studio, taker)
    _others(studio, taker)


def _outcomes(studio: Studio, taker: Seat) -> None:
    hands, prompt = taker.hands, taker.work.intake.panels.prompt
    for id, name in (
        ("police_dispatch", "police-number"),
        ("direct_answer", "direct-answer"),
        ("not_accepted", "not-accepted"),
        ("invalid_call", "invalid-call"),
        ("linked_to_order", "linked-order"),
        ("call_transfer", "three-way"),
        ("guidance", "guidance-lists"),
        ("unit", "unit"),
    ):
        hands.press(id)
        rest(200)
        studio.keep(taker, f"prompt-{name}", *LARGEST)
        if name == "police-number":
            hands.strike(RETURN)
            rest(200)
            studio.keep(taker, "prompt-error", *LARGEST)
        hands.strike(ESC)
        until(prompt.isHidden, f"the form after {name}")


def _send(studio: Studio, taker: Seat) -> None:
    hands, intake = taker.hands, taker.work.intake
    fill(taker, studio.stage.scenarios[1].expected.fields)
    looked(taker)
    hands.press(Outcome.WORK_ORDER)
    rest(500)
    while not intake.panels.prompt.isHidden():  # whether there is danger, who keeps the matter
        hands.digit(1)
        rest(500)
    until(lambda: intake.incident is None, "the form sent")
    rest(300)
    studio.keep(taker, "sent", CONTRAST)
    hands.press("answer")
    until(lambda: intake.incident is not None, "the second call's form")
    hands.press("safety")
    hands.digit(1)
    hands.write(studio.stage.scenarios[0].narrative, free=True)
    rest(500)
    begin(taker)
    hands.write(studio.stage.scenarios[7].narrative, free=True)
    rest(600)
    studio.keep(taker, "parked-drafts")


def _others(studio: Studio, taker: Seat) -> None:
    hands = taker.hands
    begin(taker)
    hands.press("safety")
    hands.digit(2)
    hands.write(studio.stage.scenarios[4].narrative, free=True)
    rest(700)
    studio.keep(taker, "danger-warning", CONTRAST, *LARGEST)
    for line in ("gas", "gas-370404"):
        studio.stage.taker.script(line, Ending.JOINED, SLOW_S)
    hands.press("urgent_linkage")
    hands.digit(6)
    rest(700)
    studio.keep(taker, "urgent-linkage", *LARGEST)
    until(
        lambda: taker.work.intake.incident is not None and taker.work.intake.incident.outcomes, "an answer", 2 * SLOW_S
    )
    rest()
    studio.keep(taker, "urgent-linked")
    hands.press("notice")
    begin(taker)
    hands.press("safety")
    hands.digit(1)
    hands.write(studio.stage.scenarios[2].narrative * LONG, free=True)
    hands.press("safety")
    hands.digit(1)
    rest(900)
    studio.keep(taker, "form-very-long", *LARGEST)
    hands.press("park")
    rest(500)
    studio.stage.taker.plug(False)
    hands.press("new_draft")
    rest(900)
    taker.work.sync()
    rest(900)
    studio.keep(taker, "offline")
    studio.stage.taker.plug(True)
    taker.work.show_keyring(kept=False)
    rest(900)
    studio.keep(taker, "no-keyring")
    taker.work.show_keyring(kept=True)
    hands.press("park")
    rest(300)
