"""The scenes of sign-in and of the telephone."""

from functools import partial

from PySide6.QtCore import Qt

from workstation.domain.call_party import Ending
from workstation.domain.call_table import CallAction
from workstation.ui.demo_hands import until
from workstation.ui.demo_stage import Seat
from workstation.ui.pictures import CONTRAST, LARGEST, Studio, rest

MISSED = "19900004432"
SLOW_S = 14  # until a called line answers: longer than it takes to keep the pictures of it ringing
QUICK_S = 1
RETURN, ESC = Qt.Key.Key_Return, Qt.Key.Key_Escape
LONGEST = 60


def sign_in(studio: Studio, taker: Seat) -> None:
    studio.keep(taker, "sign-in-empty", CONTRAST, *LARGEST)
    hands = taker.hands
    hands.take_the_seat()
    taker.window.page.setFocus()
    _unreached(studio, taker)
    for text in ("110023", "wrong-password"):
        hands.write(text)
        hands.strike(Qt.Key.Key_Tab)
    hands.strike(RETURN)
    rest(1500)
    studio.keep(taker, "sign-in-wrong-password")
    _wipe(taker)
    taker.sign_in()
    taker.work.show_keyring(kept=True)
    studio.keep(taker, "intake-empty", CONTRAST, *LARGEST)
    hands.press("board")
    rest(300)
    studio.keep(taker, "board-empty", *LARGEST)
    hands.press("intake")
    rest()
    hands.press("all_keys")
    studio.keep(taker, "keys", *LARGEST)
    hands.press("all_keys")


def _unreached(studio: Studio, taker: Seat) -> None:
    """Show what somebody sees who signs in here for the first time while the gateway cannot be reached."""
    hands, place = taker.hands, studio.stage.taker
    place.plug(False)
    for text in place.account:
        hands.write(text)
        hands.strike(Qt.Key.Key_Tab)
    hands.strike(RETURN)
    until(lambda: taker.window.page.problem, "what is wrong")
    studio.keep(taker, "sign-in-gateway-down", *LARGEST)
    place.plug(True)
    _wipe(taker)


def _wipe(taker: Seat) -> None:
    """Take away what was typed as the user's number."""
    taker.window.page.setFocus()
    for _ in range(LONGEST):
        taker.hands.strike(Qt.Key.Key_Backspace)


def first_call(studio: Studio, taker: Seat) -> None:
    hands = taker.hands
    hands.press("ready")
    studio.keep(taker, "intake-ready")
    _missed(studio, taker)
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


def _missed(studio: Studio, taker: Seat) -> None:
    """Show who is to be called back: one who gave up while it rang, tried in vain, and given up."""
    hands, place, phone = taker.hands, studio.stage.taker, taker.work.console.phone
    taker.ring(MISSED)
    until(phone.ringing, "a call that rings")
    place.cut_off(phone.ringing()[0].id)
    until(phone.backs, "somebody to call back")
    hands.press("missed")
    rest(300)
    studio.keep(taker, "call-back-list", CONTRAST, *LARGEST)
    place.script(MISSED, Ending.BUSY, SLOW_S)
    hands.press("call_back")
    rest(600)
    studio.keep(taker, "calling-back", *LARGEST)
    until(lambda: phone.backs()[0].tries, "a busy caller", 2 * SLOW_S)
    hands.press("missed")
    rest(300)
    studio.keep(taker, "call-back-tried")
    hands.strike(Qt.Key.Key_Delete)
    rest(300)
    studio.keep(taker, "call-back-give-up", *LARGEST)
    hands.digit(1)
    until(lambda: not phone.backs(), "nobody to call back")


def three_in_a_call(studio: Studio, taker: Seat) -> None:
    hands, place = taker.hands, studio.stage.taker
    hands.press("hold")
    rest(500)
    studio.keep(taker, "call-held", CONTRAST, *LARGEST)
    hands.press("hold")
    place.wire(False)
    rest(800)
    studio.keep(taker, "telephone-lost", CONTRAST, *LARGEST)
    place.wire(True)
    rest(800)
    hands.press("notice")
    taker.ring("19900003321")
    rest(700)
    studio.keep(taker, "second-call")
    _busy(studio, taker)
    place.script("hotline", Ending.JOINED, SLOW_S)
    hands.press("call_transfer")
    rest(150)
    hands.strike(RETURN)
    until(lambda: _may(taker, CallAction.CANCEL_ADD), "a third party")
    rest(600)
    studio.keep(taker, "parties-ringing")
    until(lambda: _may(taker, CallAction.DROP_PARTY), "joined", 30)
    rest(600)
    studio.keep(taker, "parties-joined", *LARGEST)
    hands.press("drop_party")
    rest(600)
    studio.keep(taker, "parties-left")
    hands.press("first_contact")
    rest(200)
    studio.keep(taker, "prompt-first-contact")
    hands.strike(ESC)
    hands.press("notice")
    studio.keep(taker, "hang-up-again", again=partial(_once, taker))
    hands.press("hang_up")
    rest(3200)


def _busy(studio: Studio, taker: Seat) -> None:
    """Show what is said of a third party that did not come, and what to do next."""
    hands = taker.hands
    studio.stage.taker.script("hotline", Ending.BUSY, QUICK_S)
    hands.press("call_transfer")
    rest(150)
    hands.strike(RETURN)
    until(lambda: _may(taker, CallAction.CANCEL_ADD), "a third party")
    until(lambda: _may(taker, CallAction.ADD_PARTY), "the busy line")
    rest(600)
    studio.keep(taker, "party-busy", *LARGEST)
    hands.press("notice")


def _may(taker: Seat, action: CallAction) -> bool:
    call = taker.work.console.phone.current()
    return call is not None and action in call.offered()


def _once(taker: Seat) -> None:
    """Press the key that hangs up once, long after any press before."""
    rest(3200)
    taker.hands.press("hang_up")
