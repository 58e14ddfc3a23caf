"""The whole main job through the real widgets, by keys alone, with a picture of each step."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from workstation.desk.form import Sent
from workstation.domain.call_table import CallState
from workstation.domain.incident import Incident, Outcome
from workstation.domain.lifecycle import Action, State
from workstation.domain.scenario import Scenario
from workstation.ui.demo_hands import Stuck, until
from workstation.ui.demo_stage import Seat, Stage
from workstation.ui.intake.field_grid import CHOICES
from workstation.ui.labels import label
from workstation.ui.layout import settle

MOST_FIELDS = 40
REMOTE = (Action.RECEIPT, Action.ACCEPT, Action.ASSIGN, Action.SIGN, Action.REPORT, Action.CLOSE)


class Album:
    """Keeps one picture of a step and says in one line what was seen."""

    def __init__(self, folder: Path, say: Callable[[str], object]) -> None:
        self._folder = folder
        self._say = say
        self.count = 0
        folder.mkdir(parents=True, exist_ok=True)

    def keep(self, seat: Seat, name: str, seen: str) -> None:
        """Keep a picture of *seat* as the next step, and say what was *seen*."""
        self.count += 1
        QApplication.sendPostedEvents(None, 0)  # what was just made is shown by an event of its own
        settle()
        file = f"{self.count:02d}-{name}.png"
        seat.picture(self._folder / file)
        self._say(f"{file}  {seen}")


def run(stage: Stage, folder: Path, say: Callable[[str], object]) -> int:
    """Drive the job from the first ring to the hotline's call-back; return 0 only when the order ended closed."""
    album = Album(folder, say)
    taker, officer = Seat(stage.taker), Seat(stage.officer)
    taker.program.crash.install()
    try:
        state = _job(stage, album, taker, officer)
    except Stuck as stuck:
        say(f"stuck waiting for: {stuck}")
        album.keep(taker, "stuck-call-taker", "where the call-taker's window stood")
        album.keep(officer, "stuck-duty-officer", "where the duty officer's window stood")
        state = None
    finally:
        taker.close()
        officer.close()
        stage.close()
    crashes = taker.crashes + officer.crashes
    say(f"{album.count} pictures in {folder.resolve()}; the order ended {state}; unexpected errors: {len(crashes)}")
    return 0 if state is State.CLOSED and not crashes else 1


def _job(stage: Stage, album: Album, taker: Seat, officer: Seat) -> State | None:
    album.keep(taker, "sign-in", "the call-taker's window accepts keys")
    officer.sign_in()
    taker.sign_in()
    taker.hands.press("ready")
    album.keep(taker, "ready", "signed in; the seat takes calls")
    order = _take_the_call(stage.scenarios[0], album, taker)
    _approve(order, album, officer)
    return _follow(stage, order, album, taker, officer)


def _take_the_call(scenario: Scenario, album: Album, taker: Seat) -> Sent:
    hands, work = taker.hands, taker.work
    taker.ring(scenario.number)
    until(lambda: label(CallState.RINGING) in taker.said(), "the ringing call on screen")
    album.keep(taker, "ringing", "a call rings; its number is masked until it is answered")
    hands.press("answer")
    until(lambda: work.intake.incident is not None, "the form of the call")
    album.keep(taker, "answered", "answered by one key; the form is open, the cursor in the narrative")
    hands.press("safety")
    hands.digit(1)
    until(lambda: _incident(taker).safety is not None, "the safety answer")
    album.keep(taker, "safety", "safety first: none of it")
    hands.write(scenario.narrative, free=True)
    until(lambda: work.intake.advice is not None and work.intake.advice.suggestions.top, "suggestions")
    until(lambda: work.intake.form.regions, "the recognised place")
    album.keep(taker, "narrative", "written while listening; category, place and guidance are proposed")
    _choose(scenario, taker)
    album.keep(taker, "category", f"taken by one key: {_category(taker)}")
    _fill(scenario, taker)
    album.keep(taker, "fields", f"every required field is filled or explained: {_completeness(taker)}")
    order = _send(taker)
    album.keep(taker, "sent", f"sent by one key; to be read out: {order.number}; keys so far {hands.keys}")
    hands.press("hang_up")
    hands.press("hang_up")
    until(lambda: all(call.ended_at for call in work.console.phone.calls()), "the end of the call")
    return order


def _choose(scenario: Scenario, taker: Seat) -> None:
    """Take the proposed category that fits the caller, or find it in the tree by its number."""
    intake, wanted = taker.work.intake, scenario.expected.category
    top = [s.code for s in intake.advice.suggestions.top] if intake.advice else []
    if wanted in top:
        taker.hands.press(f"suggestion_{7 + top.index(wanted)}")
    else:
        taker.hands.press("category")
        taker.hands.write(wanted)
        taker.hands.strike(Qt.Key.Key_Return)
    until(lambda: _incident(taker).intake.get("category") == wanted, "the category")
    taker.hands.press("recognised_1")
    _looked(taker)


def _fill(scenario: Scenario, taker: Seat) -> None:
    """Go from gap to gap by the key that jumps there, and write what the caller says."""
    hands, grid = taker.hands, taker.work.intake.panels.grid
    for _ in range(MOST_FIELDS):
        missing = _missing(taker)
        if not missing:
            return
        hands.press("next_gap")
        name = grid.focused()
        answer = scenario.expected.fields.get(name, "")
        if not answer:
            hands.press("gap_unknown")
        elif name in CHOICES:
            hands.digit(list(CHOICES[name]).index(answer) + 1)
        else:
            hands.write(answer, free=name in {"address", "caller_name"})
        _looked(taker)
    raise Stuck(f"the fields {_missing(taker)}")


def _send(taker: Seat) -> Sent:
    incident = _incident(taker)
    sent: list[Sent] = []
    taker.work.outcomes.sent.connect(sent.append)
    taker.hands.press(Outcome.WORK_ORDER)
    until(lambda: sent, "the number to read out")
    until(lambda: incident.number in taker.said(), "the number on screen")
    return sent[0]


def _approve(order: Sent, album: Album, officer: Seat) -> None:
    hands, pane = officer.hands, officer.work.approval
    hands.take_the_seat()
    until(lambda: pane.queue.order() == (order.transfer,), "the order at the duty officer's")
    album.keep(officer, "approval", "the duty officer sees it; approving waits for the end of the order")
    for _ in range(MOST_FIELDS):
        if pane.decisions.armed:
            break
        hands.press("scroll_order")
    until(lambda: pane.decisions.armed, "the end of the order on screen")
    until(lambda: pane.decisions.settled, "a look at the order")
    album.keep(officer, "read", "read to its end; now one key approves")
    hands.press("approve")
    until(lambda: officer.state(order.transfer) in {State.APPROVED, State.SENT}, "the approval")


def _follow(stage: Stage, order: Sent, album: Album, taker: Seat, officer: Seat) -> State | None:
    """Walk the played hotline on, step by step, and see each step at both consoles."""
    for seat in (officer, taker):
        seat.hands.take_the_seat()
        _open_on_board(order, seat)
    for action in REMOTE:
        until(partial(stage.walk, order.transfer), f"the hotline's {action}")
        for seat in (officer, taker):
            until(partial(_shows, seat, action), f"{action} on screen")
        both = taker.state(order.transfer), officer.state(order.transfer)
        album.keep(taker, action, f"12345: {action}; call-taker sees {both[0]}, duty officer sees {both[1]}")
    album.keep(officer, "end", "the same history at the duty officer's console")
    return taker.state(order.transfer) if taker.state(order.transfer) is officer.state(order.transfer) else None


def _open_on_board(order: Sent, seat: Seat) -> None:
    """Find the order by its number and open it, by keys."""
    hands, board = seat.hands, seat.work.board
    hands.press("search")
    hands.write(order.number)
    until(partial(_found, order, seat), "the order on the board")
    for _ in range(MOST_FIELDS):
        if board.orders.current:
            break
        hands.strike(Qt.Key.Key_Tab)
        hands.strike(Qt.Key.Key_Down)
    until(partial(_shows, seat, Action.APPROVE), "the order's history")


def _found(order: Sent, seat: Seat) -> bool:
    return seat.work.board.orders.ids == (order.transfer,)


def _shows(seat: Seat, action: Action) -> bool:
    return label(action) in seat.said()


def _incident(taker: Seat) -> Incident:
    incident = taker.work.intake.incident
    if incident is None:
        raise Stuck("a form")
    return incident


def _missing(taker: Seat) -> tuple[str, ...]:
    advice = taker.work.intake.advice
    return advice.completeness.missing if advice else ()


def _looked(taker: Seat) -> None:
    until(lambda: taker.work.intake.is_looked_at, "advice for the form as it stands")


def _category(taker: Seat) -> str:
    return _incident(taker).intake.get("category")


def _completeness(taker: Seat) -> str:
    advice = taker.work.intake.advice
    return f"{advice.completeness.done} of {advice.completeness.total}" if advice else ""
