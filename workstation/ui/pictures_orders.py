"""The scenes of orders: the duty officer's pane, the board, search, lock."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from threading import Event

from PySide6.QtCore import Qt

from workstation.desk.console import Console
from workstation.desk.form import Sent
from workstation.domain.identity import TransferId
from workstation.domain.incident import Outcome, Safety
from workstation.domain.intake import Intake, Origin
from workstation.domain.lifecycle import Flag, Role
from workstation.domain.order import GapReason
from workstation.domain.scenario import Scenario
from workstation.ui.approval.views import read_by
from workstation.ui.demo_hands import until
from workstation.ui.demo_stage import Place, Seat
from workstation.ui.pictures import CONTRAST, LARGEST, Studio, rest

MANY = 500
OLDEST, OLDER = 75, 60
NEAR_DANGER = 95 * 60
PAST_DANGER = 3 * 3600
LONG = 40
GAS_LEAK = "130305"
GAS_LINE = "gas-370404"


def play(studio: Studio, taker: Seat, officer: Seat) -> None:
    """Play one shift of a duty officer beside the call-taker's."""
    _first_orders(studio, taker, officer)
    _decisions(studio, taker, officer)
    _board(studio, taker, officer)
    _many(studio, taker, officer)
    _late(studio, taker)
    _in_english(studio, taker)
    _locked(studio, taker)


def write_orders(seat: Seat, place: Place, scenarios: Sequence[Scenario], count: int, repeat: int = 1) -> None:
    """Write and send *count* orders where everything local is written, without keys."""
    console = seat.work.console
    written = place.workers.write.submit(partial(_write, console, scenarios, count, repeat))
    until(written.done, f"{count} orders", 120)
    for sent in written.result():
        seat.work.outcomes.sent.emit(sent)


def _write(console: Console, scenarios: Sequence[Scenario], count: int, repeat: int) -> list[Sent]:
    """Return the last order that was sent, if there is one."""
    sent: list[Sent] = []
    matters = [s for s in scenarios if "work_order" in s.expected.outcomes and s.expected.fields]
    for number in range(count):
        scenario = matters[number % len(matters)]
        incident = console.form.begin()
        intake = incident.intake.with_value("narrative", scenario.narrative * repeat, Origin.HUMAN)
        place = console.assistant.look(replace(incident, intake=intake)).place
        region = place.certain or (place.ambiguous or (console.assistant.regions("tz")[0].region,))[0]
        known = {
            "kind": "complaint",
            "contact_phone": f"1990000{3000 + number}",
            "consent": "yes",
            "wants_reply": "yes",
        }
        known |= scenario.expected.fields | {"category": scenario.expected.category, "region": region.id}
        for name, value in known.items():
            intake = intake.with_value(name, value, Origin.HUMAN)
        safety = Safety(danger=False, injured=False, weapon=False, crime=False, at=console.clock())
        done = replace(incident, intake=_explained(console, intake), safety=safety)
        advice = console.assistant.look(done)
        console.form.keep(done)
        sent = [console.form.send(done, advice.sheet, advice.decided)]
    return sent


def _explained(console: Console, intake: Intake) -> Intake:
    """Return *intake* with a reason for every field that the caller said nothing about."""
    for name in console.assistant.completeness(intake).missing:
        intake = intake.with_gap(name, GapReason.UNKNOWN)
    return intake


def _write_urgent(console: Console, scenario: Scenario) -> None:
    """Write an order of something that was acted on first."""
    incident = console.form.begin()
    said = incident.intake.with_value("narrative", scenario.narrative, Origin.HUMAN)
    place = console.assistant.look(replace(incident, intake=said)).place
    region = place.certain or (place.ambiguous or (console.assistant.regions("tz")[0].region,))[0]
    intake = incident.intake
    for name, value in {
        "narrative": scenario.narrative,
        "region": region.id,
        "category": scenario.expected.category or GAS_LEAK,
        "kind": "report",
        "consent": "yes",
        "contact_phone": "19900004455",
    }.items():
        intake = intake.with_value(name, value, Origin.HUMAN)
    safety = Safety(danger=True, injured=False, weapon=False, crime=False, at=console.clock())
    done = replace(incident, intake=_explained(console, intake), safety=safety)
    console.form.keep(done)
    line = console.library.content.directory.line(GAS_LINE)
    linked = console.form.conclude(
        done, Outcome.URGENT_LINKAGE, stay_open=True, linkage_call="gas", reason=line.name if line else ""
    )
    advice = console.assistant.look(linked)
    console.form.send(linked, advice.sheet, advice.decided)


@contextmanager
def _slow_start(place: Place) -> Iterator[None]:
    """Keep the lane busy in which a station opens its cache."""
    gate = Event()
    place.workers.write.submit(gate.wait)
    try:
        yield
    finally:
        gate.set()


def nothing_waits(studio: Studio, officer: Seat) -> None:
    """Show the pane of a duty officer before anything came."""
    hands, place = officer.hands, studio.stage.officer
    with _slow_start(place):
        hands.take_the_seat()
        officer.window.page.setFocus()
        for text in place.account:
            hands.write(text)
            hands.strike(Qt.Key.Key_Tab)
        hands.digit(2)
        hands.strike(Qt.Key.Key_Return)
        rest(500)
        studio.keep(officer, "starting", *LARGEST)
    until(lambda: officer.window.work is not None, "signed in")
    officer.work.show_keyring(kept=True)
    rest(300)
    studio.keep(officer, "approval-empty", CONTRAST)


def _first_orders(studio: Studio, taker: Seat, officer: Seat) -> None:
    stage, clock = studio.stage, studio.clock
    pane = officer.work.approval
    write_orders(taker, stage.taker, stage.scenarios, 1)
    clock.skip(OLDEST)
    write_orders(taker, stage.taker, stage.scenarios[2:], 1)
    clock.skip(OLDER)
    urgent = partial(_write_urgent, taker.work.console, stage.scenarios[4])
    stage.taker.workers.write.submit(urgent).result()
    write_orders(taker, stage.taker, stage.scenarios[1:], 2)
    until(lambda: len(pane.queue.order()) >= 5, "five orders at the duty officer's")  # noqa: PLR2004
    officer.hands.take_the_seat()
    rest(600)
    studio.keep(officer, "approval-queue", CONTRAST, *LARGEST)


def _decisions(studio: Studio, taker: Seat, officer: Seat) -> None:
    hands, pane = officer.hands, officer.work.approval
    hands.digit(2)
    hands.digit(4)
    rest(500)
    hands.press("send_back")
    _no_reason(studio, officer)
    studio.keep(officer, "approval-send-back", *LARGEST)
    hands.digit(1)
    rest(100)
    hands.strike(Qt.Key.Key_Return)
    rest(600)
    studio.keep(officer, "approval-after-decision")
    for _ in range(2):
        waiting = len(pane.queue.order())
        write_orders(taker, studio.stage.taker, studio.stage.scenarios, 1)
        until(lambda waiting=waiting: len(pane.queue.order()) > waiting, "the same caller again")  # type: ignore[misc]
    pane.queue.walked.emit(pane.queue.order()[-2])
    rest(900)
    studio.keep(officer, "approval-near", *LARGEST)
    pane.queue.show_readers(dict.fromkeys(pane.queue.order(), read_by(("110009",))))
    rest()
    studio.keep(officer, "approval-read-by-another")
    studio.stage.officer.plug(False)
    officer.work.sync()
    rest(600)
    studio.keep(officer, "approval-gateway-down")
    studio.stage.officer.plug(True)
    officer.work.sync()
    rest(600)
    hands.strike(Qt.Key.Key_Down)
    hands.strike(Qt.Key.Key_Down)
    hands.strike(Qt.Key.Key_Down)
    rest(600)
    studio.keep(officer, "approval-urgent-due")
    for _ in range(MANY):
        if not pane.queue.order():
            break
        left = pane.queue.order()
        for _ in range(LONG):
            if pane.decisions.armed:
                break
            hands.press("scroll_order")
        until(lambda: pane.decisions.armed and pane.decisions.settled, "an order read")
        hands.press("approve")
        until(lambda left=left: pane.queue.order() != left, "the next order")  # type: ignore[misc]
    write_orders(taker, studio.stage.taker, studio.stage.scenarios, 1, LONG)
    until(pane.queue.order, "the long order")
    rest(500)
    studio.keep(officer, "approval-long", *LARGEST)
    _own_order(studio, officer)


def _no_reason(studio: Studio, officer: Seat) -> None:
    """Show what is said to whoever sends back without a reason; then begin anew."""
    hands = officer.hands
    rest(200)
    hands.strike(Qt.Key.Key_Return)
    rest(200)
    studio.keep(officer, "approval-error", *LARGEST)
    hands.press("back")
    rest(500)
    hands.press("send_back")
    rest(200)


def _own_order(studio: Studio, officer: Seat) -> None:
    """Show what an officer sees of an order they wrote while they took calls."""
    officer.window.sign_out()
    rest(300)
    officer.sign_in(Role.CALL_TAKER)
    write_orders(officer, studio.stage.officer, studio.stage.scenarios, 1)
    rest(600)
    officer.window.sign_out()
    rest(300)
    officer.sign_in()
    officer.work.show_keyring(kept=True)
    until(lambda: len(officer.work.approval.queue.order()) > 1, "the own order")
    officer.hands.strike(Qt.Key.Key_Down)
    rest(600)
    studio.keep(officer, "approval-own-order")


def _board(studio: Studio, taker: Seat, officer: Seat) -> None:
    del officer
    hands, board = taker.hands, taker.work.board
    for transfer in [view.transfer.id for view in taker.work.console.desk.my_orders()][1:4]:
        for _ in range(3):
            studio.stage.walk(transfer)
            rest(50)
    hands.take_the_seat()
    taker.work.sync()
    rest(600)
    hands.press("board")
    until(lambda: board.orders.ids, "orders on the board")
    rest(300)
    studio.keep(taker, "board", CONTRAST)
    for _ in range(3):
        hands.strike(Qt.Key.Key_Down)
    rest(500)
    studio.keep(taker, "board-order-open", *LARGEST)
    board.returned.setFocus()
    hands.strike(Qt.Key.Key_Down)
    hands.strike(Qt.Key.Key_Home)
    rest(500)
    studio.keep(taker, "board-returned")
    hands.press("search")
    hands.write(studio.stage.scenarios[2].narrative[:4], free=True)
    rest(600)
    studio.keep(taker, "board-search")
    hands.strike(Qt.Key.Key_Escape)
    _unsent(studio, taker)


def _unsent(studio: Studio, taker: Seat) -> None:
    """Show an order that has waited here for minutes because the gateway cannot be reached."""
    place = studio.stage.taker
    place.plug(False)
    write_orders(taker, place, studio.stage.scenarios, 1)
    studio.clock.skip(OLDER * 6)
    taker.work.sync()
    taker.work.board.refresh()
    rest(1500)
    studio.keep(taker, "board-gateway-down", CONTRAST, *LARGEST)
    place.plug(True)
    taker.work.sync()
    rest(600)


def _many(studio: Studio, taker: Seat, officer: Seat) -> None:
    write_orders(taker, studio.stage.taker, studio.stage.scenarios, MANY)
    taker.work.board.refresh()
    rest(3000)
    studio.keep(taker, "board-500")
    until(lambda: len(officer.work.approval.queue.order()) >= MANY, "500 orders at the duty officer's", 240)
    officer.hands.take_the_seat()
    rest(500)
    studio.keep(officer, "approval-500")


def _late(studio: Studio, taker: Seat) -> None:
    """Show an order of danger whose time has run out at its unit: the gateway raised its red card."""
    console, board, hands = taker.work.console, taker.work.board, taker.hands
    late = next(view.transfer.id for view in console.desk.my_orders(2 * MANY) if view.transfer.order.urgent)
    for _ in range(4):
        studio.stage.walk(late)
        rest(50)
    hands.take_the_seat()
    hands.press("board")
    board.open(late)
    rest(600)
    studio.keep(taker, "board-urgent-confirmed")
    studio.clock.skip(NEAR_DANGER)
    until(lambda: card_on(taker, late, Flag.YELLOW_CARD), "the yellow card")
    rest(600)
    board.open(late)
    rest(600)
    studio.keep(taker, "board-yellow-card")
    studio.clock.skip(PAST_DANGER - NEAR_DANGER)
    until(lambda: card_on(taker, late, Flag.RED_CARD), "the red card")
    hands.take_the_seat()
    hands.press("board")
    rest(600)
    board.open(late)
    rest(600)
    studio.keep(taker, "board-red-card", CONTRAST, *LARGEST)


def card_on(seat: Seat, id: TransferId, card: Flag) -> bool:
    """Say whether this console knows of a card, and look again."""
    seat.work.sync()
    return card in seat.work.console.desk.transfer(id).transfer.flags


def _in_english(studio: Studio, taker: Seat) -> None:
    """Show the board and the form in the other language."""
    hands = taker.hands
    hands.press("language")
    rest(600)
    studio.keep(taker, "english-board")
    hands.press("intake")
    rest(300)
    studio.keep(taker, "english-intake")
    hands.press("language")
    rest(600)


def _locked(studio: Studio, taker: Seat) -> None:
    taker.hands.take_the_seat()
    taker.hands.press("lock")
    rest(300)
    studio.keep(taker, "locked", CONTRAST, *LARGEST)
