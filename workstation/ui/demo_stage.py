"""Two consoles of practice side by side: a call-taker's and a duty officer's, at one gateway."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from workstation.desk.console import Station
from workstation.domain.call_party import CallId, Ending
from workstation.domain.errors import InvalidValue, WorkstationError
from workstation.domain.identity import TransferId
from workstation.domain.lifecycle import Role, State
from workstation.domain.scenario import Scenario
from workstation.settings import Settings
from workstation.ui import program
from workstation.ui.demo_hands import Hands, until
from workstation.ui.layout import settle
from workstation.ui.theme import Appearance
from workstation.ui.work import Work

WIDTH, HEIGHT = 1920, 1080


@dataclass(frozen=True, slots=True)
class Place:
    """One seat before anybody sits there: its station, who will sign in, how it is rung and unplugged.

    Args:
        script: How a partner's line ends from now on, and after how many seconds.
        wire: Whether the telephone is reached.
        cut_off: Hangs up for the citizen of a call.
    """

    station: Station
    settings: Settings
    folder: Path
    workers: program.Workers
    account: tuple[str, str]
    role: Role
    ring: Callable[[str], object]
    plug: Callable[[bool], object]
    script: Callable[[str, Ending, float], object] = lambda *_: None
    wire: Callable[[bool], object] = lambda _: None
    cut_off: Callable[[CallId], object] = lambda _: None


@dataclass(frozen=True, slots=True)
class Stage:
    """What bootstrap hands over: two seats, the played hotline's next step, and the end of it all."""

    taker: Place
    officer: Place
    walk: Callable[[str], bool]
    scenarios: tuple[Scenario, ...]
    close: Callable[[], None]


class Seat:
    """One person's console: the window, the hands on its keys, and what stands on it."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self.program = program.make(place.station, place.settings, place.folder, place.workers)
        self.window = self.program.window
        self.hands = Hands(self.window)
        self.crashes: list[str] = []
        self.program.crash.crashed.connect(self.crashes.append)
        self.window.resize(WIDTH, HEIGHT)
        self.window.show()

    @property
    def work(self) -> Work:
        """The screens of whoever signed in."""
        if self.window.work is None:
            raise RuntimeError("nobody is signed in")
        return self.window.work

    @property
    def appearance(self) -> Appearance:
        """How the window looks."""
        return self.program.appearance

    def sign_in(self, role: Role | None = None) -> None:
        """Sign in by keys alone."""
        hands, (user, password) = self.hands, self._place.account
        hands.take_the_seat()
        self.window.page.setFocus()
        for text in (user, password):
            hands.write(text)
            hands.strike(Qt.Key.Key_Tab)
        hands.digit(1 if (role or self._place.role) is Role.CALL_TAKER else 2)
        hands.strike(Qt.Key.Key_Return)
        until(lambda: self.window.work is not None, "signed in")

    def ring(self, number: str) -> None:
        """Let a citizen call this seat; a number that is none is withheld."""
        try:
            self._place.ring(number)
        except InvalidValue:
            self._place.ring("")

    def said(self) -> str:
        """Return every word that stands on the window."""
        found = [widget for widget in QApplication.allWidgets() if self.window.isAncestorOf(widget)]
        return " ".join(widget.text() for widget in found if isinstance(widget, QLabel) and widget.isVisible())

    def state(self, id: str) -> State | None:
        """Return how this console knows the order *id*; none while it has not heard of it."""
        try:
            return self.work.console.desk.transfer(TransferId(id)).transfer.state
        except (KeyError, WorkstationError):
            return None

    def picture(self, path: Path) -> None:
        """Keep what stands on the window as a picture, with everything in its place as in any frame of it."""
        settle()
        self.window.grab().save(str(path))

    def close(self) -> None:
        """Leave: the window closes and lets go of its data root."""
        self.window.close()
