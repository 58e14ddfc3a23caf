"""How soon the window is there and takes a key, beside two desktop programs of the distribution."""

import shutil
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from argon2 import PasswordHasher
from PySide6.QtWidgets import QApplication

from tests.bench.desktop import Desktop, desktop
from tests.bench.display import NEEDED, Display, display, started, wait_until
from tests.bench.measured import Line, figures, percentile, tell

pytestmark = pytest.mark.bench

MOST_SHARE = 0.6
SIGN_IN_S = 1.0
CHECKS = 6.0
"""How many password checks a sign-in may cost where one alone takes long, as on a machine with other work to do."""

PEERS = {"onionshare": ("onionshare", "--local-only"), "linphone": ("dbus-run-session", "--", "linphone")}
DIGITS = "88888888"


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Display]:
    if any(shutil.which(name) is None for name in NEEDED):
        pytest.skip("SKIPPED: Xvfb, openbox and xdotool are not installed")
    with display(tmp_path / "screen") as made:
        yield made


class Echo:
    """Knows from one patient run where on the screen typed digits appear, and sees them there again."""

    def __init__(self, before: npt.NDArray[np.uint8], after: npt.NDArray[np.uint8]) -> None:
        rows, columns = np.nonzero(before != after)
        # The first half of the digits: the blinking cursor stands behind the last one.
        right = int(columns.min() + (columns.max() - columns.min()) // 2)
        self._box = (slice(int(rows.min()), int(rows.max()) + 1), slice(int(columns.min()), right))
        self._ink = after[self._box].copy()

    def seen(self, screen: Display) -> bool:
        """Tell whether the digits stand on the screen."""
        return bool(np.array_equal(screen.look()[self._box], self._ink))


def ours(root: Path) -> list[str]:
    """Return the command of a live workstation, as a site starts it."""
    return [sys.executable, "-m", "workstation", "--seat", "06", "--data-root", str(root)]


def learnt(screen: Display, tmp_path: Path) -> Echo:
    """Start the window once, patiently: this run also leaves compiled modules and a warm disk behind."""
    with started(screen, ours(tmp_path / "root"), tmp_path / "home"):
        wait_until(screen.windows, "our window")
        before = _still(screen)
        screen.type(DIGITS)
        wait_until(lambda: not np.array_equal(screen.look(), before), "the digits")
        return Echo(before, _still(screen))


def first_key(screen: Display, echo: Echo, tmp_path: Path) -> tuple[float, float]:
    """Return after how many milliseconds our window is visible, and after how many typed digits stand in it."""
    with started(screen, ours(tmp_path / "root"), tmp_path / "home") as begun:
        wait_until(screen.windows, "our window")
        visible = time.perf_counter() - begun
        screen.type(DIGITS)
        wait_until(lambda: echo.seen(screen), "the digits in our window")
        return visible * 1000, (time.perf_counter() - begun) * 1000


def first_window(screen: Display, command: tuple[str, ...], tmp_path: Path) -> float:
    """Return after how many milliseconds a window of another program is visible; whether it takes keys is not asked."""
    with started(screen, command, tmp_path / "home") as begun:
        wait_until(screen.windows, command[-1])
        return (time.perf_counter() - begun) * 1000


@pytest.mark.xvfb
def test_the_first_window_is_there_before_theirs(
    screen: Display, tmp_path: Path, counted: Callable[[int, int], int], capsys: pytest.CaptureFixture[str]
) -> None:
    """
    Digits typed at once stand in our first window in at most 0.6 of the time another program needs to show one.
    """
    peers = {name: command for name, command in PEERS.items() if shutil.which(name) is not None}
    if not peers:
        pytest.skip("SKIPPED: onionshare and linphone are not installed (make bench brings them)")
    echo = learnt(screen, tmp_path)
    for command in peers.values():
        first_window(screen, command, tmp_path)
    visible, accepted = list[float](), list[float]()
    theirs: dict[str, list[float]] = {name: [] for name in peers}
    for _ in range(counted(3, 9)):
        for name, command in peers.items():
            theirs[name].append(first_window(screen, command, tmp_path))
        shown, typed = first_key(screen, echo, tmp_path)
        visible.append(shown)
        accepted.append(typed)

    mine = percentile(accepted, 0.5)
    for name, times in theirs.items():
        share = mine / percentile(times, 0.5)
        told = f"key echoed {_median(accepted)} (visible {_median(visible)})"
        tell(capsys, Line(f"start-up vs {name}", told, _median(times), share, f"<= {MOST_SHARE}"))
    for times in theirs.values():
        assert mine <= counted(2, 1) * MOST_SHARE * percentile(times, 0.5)


@pytest.fixture
def seat(tmp_path: Path, qapp: QApplication) -> Iterator[Desktop]:
    del qapp
    with desktop(tmp_path / "root") as opened:
        yield opened


def test_signing_in_leads_to_a_form_at_once(
    seat: Desktop, counted: Callable[[int, int], int], capsys: pytest.CaptureFixture[str]
) -> None:
    """
    Within a second of Enter on the sign-in page the narrative of a new form takes text.
    """
    taken, checks = [], []
    hasher = PasswordHasher()
    for _ in range(counted(4, 10)):
        begun = time.perf_counter()
        seat.sign_in()
        seat.new_draft()
        seat.hands.write("夜", free=True)
        taken.append((time.perf_counter() - begun) * 1000)
        assert seat.narrative.toPlainText() == "夜"
        seat.sign_out()
        begun = time.perf_counter()
        hasher.hash("practice-only")
        checks.append((time.perf_counter() - begun) * 1000)

    first, *taken = taken  # once in a console's life its cache is made and locked
    mine, check = percentile(taken, 0.5), percentile(checks, 0.5)
    gate = f"<= {SIGN_IN_S:.0f} s or {CHECKS:.0f} checks (on a new console {first:.0f} ms)"
    tell(capsys, Line("sign-in to form", figures(taken), f"one password check {_median(checks)}", mine / check, gate))
    assert mine <= max(SIGN_IN_S * 1000, counted(3, 1) * CHECKS * check)


def _median(times: list[float]) -> str:
    return f"{percentile(times, 0.5):.0f} ms ({min(times):.0f}-{max(times):.0f})"


def _still(screen: Display) -> npt.NDArray[np.uint8]:
    """Return the picture once it has not changed for half a second but for a cursor's blinking."""
    for _ in range(20):
        one = screen.look()
        wait_until(partial(_passed, time.perf_counter() + 0.5), "half a second")
        if np.count_nonzero(screen.look() != one) < 400:
            break
    return screen.look()


def _passed(moment: float) -> bool:
    return time.perf_counter() > moment
