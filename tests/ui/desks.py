"""A call-taker's and a duty officer's console over the practice wiring, and what a person does and sees there."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from workstation.bootstrap.stage import two_consoles
from workstation.domain.incident import Incident
from workstation.ui.demo_hands import LOOK_EVERY_MS, until
from workstation.ui.demo_stage import Seat, Stage
from workstation.ui.pictures_orders import write_orders
from workstation.ui.window import Window

NOISE = "滕州市锦绣花园对面工地每晚十点多打桩到凌晨两点，已经连着三天，希望夜间停止施工。"
T = TypeVar("T")
CTRL = Qt.KeyboardModifier.ControlModifier


@dataclass
class Clock:
    """A clock that goes on and can be put forward."""

    ahead: timedelta = field(default_factory=timedelta)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


class OnlyOurWindows(QTimer):
    """Notes everything that stands on screen as a window of its own and is none of ours.

    It looks again and again, inside the loop of a foreign window too. Being told of every event would show the same and
    take a sixth of the time of every test with a window.
    """

    def __init__(self) -> None:
        super().__init__()
        self.others: set[str] = set()
        self.timeout.connect(self.look)
        self.start(LOOK_EVERY_MS)

    def look(self) -> None:
        """Look once."""
        shown = (one for one in QApplication.topLevelWidgets() if one.isVisible() and not isinstance(one, Window))
        self.others |= {type(one).__name__ for one in shown}


class Desks:
    """Two seats that are made when somebody sits down, on data roots that outlive them."""

    def __init__(self, folder: Path) -> None:
        self.clock = Clock()
        self._folder = folder
        self._seats: dict[str, Seat] = {}
        self._stage: Stage | None = None
        self.windows = OnlyOurWindows()
        self.by_hand = False

    @property
    def stage(self) -> Stage:
        if self._stage is None:
            self._stage = two_consoles(self._folder, on_demand=True, clock=self.clock, by_hand=self.by_hand)
        return self._stage

    @property
    def taker(self) -> Seat:
        """The call-taker's console, signed in."""
        return self._seat("taker")

    @property
    def officer(self) -> Seat:
        """The duty officer's console, signed in."""
        return self._seat("officer")

    def before_sign_in(self) -> Seat:
        """Open the call-taker's window and leave it at the sign-in page."""
        return self._open("taker")

    def close(self) -> None:
        """Everybody goes home."""
        self.windows.look()
        for seat in self._seats.values():
            seat.close()
            seat.program.language.show("en_GB")  # takes its translators back
            seat.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        self._seats = {}
        if self._stage is not None:
            self._stage.close()
        self._stage = None

    def orders(self, count: int = 1, repeat: int = 1) -> None:
        """Let the call-taker send *count* orders without keys, and the duty officer hear of them."""
        waiting = len(self.officer.work.approval.queue.order())
        write_orders(self.taker, self.stage.taker, self.stage.scenarios, count, repeat)
        pane = self.officer.work.approval
        until(lambda: len(pane.queue.order()) >= waiting + count, "the orders at the duty officer's")

    def _seat(self, name: str) -> Seat:
        if name not in self._seats:
            self._open(name).sign_in()
        return self._seats[name]

    def _open(self, name: str) -> Seat:
        seat = Seat(self.stage.taker if name == "taker" else self.stage.officer)
        self._seats[name] = seat
        return seat


def written(seat: Seat, deed: Callable[[], T]) -> T:
    """Do *deed* where everything local is written, as the window does: two writers at once are refused."""
    done = seat._place.workers.write.submit(deed)
    until(done.done, "that written")
    return done.result()


def incident(seat: Seat) -> Incident:
    """Return the form on screen."""
    found = seat.work.intake.incident
    assert found is not None
    return found


def begin(seat: Seat) -> Incident:
    """Begin a form without a call, by its key."""
    before = seat.work.intake.incident
    seat.hands.take_the_seat()
    seat.hands.press("new_draft")
    until(lambda: seat.work.intake.incident not in (None, before), "a new form")
    return incident(seat)


def safe(seat: Seat) -> None:
    """Answer the safety questions: none of it."""
    seat.hands.press("safety")
    seat.hands.digit(1)


def looked(seat: Seat) -> None:
    """Wait until what is shown beside the form was found for it as it stands."""
    until(lambda: seat.work.intake.is_looked_at, "advice")


def answer_call(seat: Seat, number: str = "19900002210") -> None:
    """Let a citizen call, and answer by the key."""
    phone, before = seat.work.console.phone, seat.work.intake.incident
    seat.hands.press("ready")
    seat.ring(number)
    until(phone.ringing, "a call that rings")
    seat.hands.press("answer")
    until(lambda: seat.work.intake.incident not in (None, before), "the call's form")


def focus() -> QWidget | None:
    """Return what has the focus."""
    return QApplication.focusWidget()


def read_to_the_end(seat: Seat) -> None:
    """Read the order on screen until approving is possible."""
    pane = seat.work.approval
    until(pane.sheet.isVisible, "the pane")
    for _ in range(60):
        if pane.decisions.armed:
            break
        seat.hands.press("scroll_order")
    until(lambda: pane.decisions.armed and pane.decisions.settled, "the end of the order")


def place_of(widget: QWidget, window: QWidget) -> QPoint:
    """Return where *widget* stands in *window*."""
    return widget.mapTo(window, QPoint(0, 0))


Act = Callable[[], object]
