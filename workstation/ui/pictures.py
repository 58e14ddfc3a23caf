"""A picture of every screen and state: the real widgets, driven by keys, with invented notes only."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from workstation.ui.demo_hands import Stuck
from workstation.ui.demo_stage import Seat, Stage

SETTLE_MS = 60


@dataclass(frozen=True, slots=True)
class Look:
    """One way to see a screen: colours, size of the window, size of the text."""

    theme: str
    width: int
    height: int
    size: int

    @property
    def name(self) -> str:
        return f"{self.theme}-{self.width}" + (f"-{self.size}px" if self.size == LARGE else "")


LARGE = 28
NIGHT = Look("night", 1920, 1080, 18)
LOOKS = (NIGHT, Look("night", 1366, 768, 15), Look("day", 1366, 768, 15), Look("day", 1920, 1080, 18))
CONTRAST = Look("contrast", 1920, 1080, 18)
LARGEST = (Look("night", 1366, 768, LARGE), Look("day", 1920, 1080, LARGE))
PATH = (CONTRAST, NIGHT, LARGEST[0], *LOOKS[1:3], LARGEST[1], LOOKS[3])
"""Every look so that from one to the next only the theme or the size changes: each change draws everything anew."""


class Ahead:
    """A clock that can be put forward, so that nobody has to wait for an alarm."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._ahead = timedelta()
        self._stands_at: datetime | None = None

    def __call__(self) -> datetime:
        return (self._stands_at or self._clock()) + self._ahead

    def stop(self) -> None:
        """Stand still, so that a state lasts until every picture of it is kept."""
        self._stands_at = self._clock()

    def go_on(self) -> None:
        """Go on from the moment it stood at."""
        if self._stands_at is not None:
            self._ahead += self._stands_at - self._clock()
            self._stands_at = None

    def skip(self, seconds: float) -> None:
        """Put the clock forward."""
        self._ahead += timedelta(seconds=seconds)


@dataclass(frozen=True, slots=True)
class Album:
    """Where pictures go, and how the names of the wanted scenes begin; no name for all."""

    folder: Path
    only: tuple[str, ...] = ()

    def wants(self, scene: str) -> bool:
        return not self.only or scene.startswith(self.only)


class Studio:
    """Keeps a picture of a scene in every look."""

    def __init__(self, stage: Stage, clock: Ahead, album: Album, say: Callable[[str], object]) -> None:
        self.stage = stage
        self.clock = clock
        self.count = 0
        self._album = album
        self._path = PATH
        self._seat: Seat | None = None
        self._say = say
        album.folder.mkdir(parents=True, exist_ok=True)

    def keep(self, seat: Seat, name: str, *more: Look, again: Callable[[], object] | None = None) -> None:
        """Keep what stands on *seat* in every look and in *more*.

        Args:
            again: Brings about anew what would be over before the next picture.
        """
        if not self._album.wants(name):
            return
        if again is None:
            self.clock.stop()
        kept = {*more, *LOOKS}
        for look in [look for look in self._path if look in kept]:
            wear(seat, look, anew=seat is not self._seat)
            self._seat = seat
            if again is not None:
                again()
                rest()
            seat.picture(self._album.folder / f"{name}-{look.name}.png")
            self.count += 1
        self._path = self._path[::-1]
        self.clock.go_on()
        self._say(name)


def wear(seat: Seat, look: Look, *, anew: bool = False) -> None:
    """Show *seat* in *look*; *anew* where the other seat changed the look of the whole program meanwhile."""
    appearance = seat.appearance
    if anew or appearance.theme != look.theme:
        appearance.show_theme(look.theme)
    if appearance.size != look.size:
        appearance.show_size(look.size)
    seat.window.resize(look.width, look.height)
    rest()


def rest(milliseconds: int = SETTLE_MS) -> None:
    """Let the window go on for a moment."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def run(stage: Stage, clock: Ahead, album: Album, say: Callable[[str], object]) -> int:
    """Play every scene; return 0 when none was stuck and nothing unexpected happened."""
    from workstation.ui import pictures_intake, pictures_orders

    studio = Studio(stage, clock, album, say)
    taker, officer = Seat(stage.taker), Seat(stage.officer)
    taker.program.crash.install()
    stuck = ""
    try:
        pictures_orders.nothing_waits(studio, officer)
        pictures_intake.play(studio, taker)
        pictures_orders.play(studio, taker, officer)
    except Stuck as found:
        stuck = str(found)
        studio.keep(taker, "stuck-taker")
        studio.keep(officer, "stuck-officer")
    finally:
        for seat in (taker, officer):
            seat.close()
        stage.close()
    crashes = taker.crashes + officer.crashes
    kept = f"{studio.count} pictures in {album.folder.resolve()}"
    say(f"{kept}; stuck: {stuck or 'no'}; unexpected errors: {len(crashes)}")
    QApplication.closeAllWindows()
    return 1 if stuck or crashes else 0
