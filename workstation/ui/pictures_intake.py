"""The scenes of the call-taker: sign-in, calls, the form in every state, and what each outcome asks."""

from functools import partial

from PySide6.QtCore import Qt

from workstation.domain.call_table import CallAction
from workstation.domain.incident import Incident, Outcome
from workstation.ui.demo_hands import Stuck, until
from workstation.ui.demo_stage import Seat
from workstation.ui.pictures import CONTRAST, LARGEST, Studio, rest

MOST_FIELDS = 30
RETURN, ESC = Qt.Key.Key_Return, Qt.Key.Key_Escape
LONGEST = 60
LONG = 40


def play(studio: Studio, taker: Seat) -> None:
    """Play one shift of a call-taker, scene by scene."""
    _sign_in(studio, taker)
    _calls(studio, taker)
    _form(studio, taker)
    _outcomes(studio, taker)
    _parties(studio, taker)
    _send(studio, taker)
    _others(studio, taker)


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


def incident_of(taker: Seat) -> Incident:
    """Return the form on screen."""
    incident = taker.work.intake.incident
    if incident is None:
        raise Stuck("a form")
    return incident


def _sign_in(studio: Studio, taker: Seat) -> None:
    studio.keep(taker, "sign-in-empty", CONTRAST, *LARGEST)
    hands = taker.hands
    hands.take_the_seat()
    taker.window.page.setFocus()
    for text in ("110023", "wrong-password"):
        hands.write(text)
        hands.strike(Qt.Key.Key_Tab)
    hands.strike(RETURN)
    rest(1500)
    studio.keep(taker, "sign-in-wrong-password")
    taker.window.page.setFocus()
    for _ in range(LONGEST):
        hands.strike(Qt.Key.Key_Backspace)
    taker.sign_in()
    taker.work.show_keyring(kept=True)
    studio.keep(taker, "intake-empty", CONTRAST)
    hands.press("all_keys")
    studio.keep(taker, "keys", *LARGEST)
    hands.press("all_keys")


def _calls(studio: Studio, taker: Seat) -> None:
    hands = taker.hands
    hands.press("ready")
    studio.keep(taker, "intake-ready")
    taker.ring("19900002210")
    until(taker.work.console.phone.ringing, "a call that rings")
    rest(600)
    studio.keep(taker, "ringing", CONTRAST)
    hands.press("answer")
    until(lambda: taker.work.intake.incident is not None, "the form of the call")
    rest(200)
    studio.keep(taker, "talking-form-empty", CONTRAST)
    studio.keep(taker, "safety-waiting", again=partial(hands.press, "safety"))
    hands.strike(ESC)
    rest(50)
    studio.keep(taker, "linkage-waiting", again=partial(hands.press, "urgent_linkage"))
    hands.strike(ESC)


def _form(studio: Studio, taker: Seat) -> None:
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
        studio.keep(taker, f"prompt-{name}")
        hands.strike(ESC)
        until(prompt.isHidden, f"the form after {name}")


def _parties(studio: Studio, taker: Seat) -> None:
    hands, phone = taker.hands, taker.work.console.phone
    taker.ring("19900003321")
    rest(700)
    studio.keep(taker, "second-call")
    hands.press("call_transfer")
    rest(150)
    hands.strike(RETURN)
    until(lambda: (call := phone.current()) is not None and len(call.parties) > 2, "a third party")  # noqa: PLR2004
    rest(600)
    studio.keep(taker, "parties-ringing")
    until(lambda: _may(taker, CallAction.DROP_PARTY), "joined", 30)
    rest(600)
    studio.keep(taker, "parties-joined")
    hands.press("drop_party")
    rest(600)
    studio.keep(taker, "parties-left")
    hands.press("notice")
    studio.keep(taker, "hang-up-again", again=partial(_once, taker))
    hands.press("hang_up")
    rest(3200)


def _may(taker: Seat, action: CallAction) -> bool:
    call = taker.work.console.phone.current()
    return call is not None and action in call.offered()


def _once(taker: Seat) -> None:
    """Press the key that hangs up once, long after any press before."""
    rest(3200)
    taker.hands.press("hang_up")


def _send(studio: Studio, taker: Seat) -> None:
    hands, intake = taker.hands, taker.work.intake
    fill(taker, studio.stage.scenarios[1].expected.fields)
    looked(taker)
    hands.press(Outcome.WORK_ORDER)
    rest(500)
    if not intake.panels.prompt.isHidden():
        hands.digit(1)
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
    studio.keep(taker, "danger-warning", CONTRAST)
    hands.press("urgent_linkage")
    hands.digit(6)
    rest(700)
    studio.keep(taker, "urgent-linkage")
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
