"""How long the one key takes: from the key to the order on disk and the number on screen."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel

from tests.bench.desktop import Desktop, desktop
from tests.bench.measured import Line, figures, percentile, tell
from workstation.adapters.content_yaml import read_scenarios
from workstation.desk.form import Sent
from workstation.domain.incident import Incident, Outcome
from workstation.domain.intake import Origin
from workstation.domain.scenario import Scenario
from workstation.settings import RESOURCES
from workstation.ui.demo_hands import until
from workstation.ui.intake.field_grid import CHOICES

pytestmark = pytest.mark.bench

P99_MS = 50.0
MOST_FIELDS = 20
GENEROUS = 200.0
"""How many bare commits one dispatch may cost on a machine with other work to do, by the medians."""


@pytest.fixture
def seat(tmp_path: Path, qapp: QApplication) -> Iterator[Desktop]:
    del qapp
    with desktop(tmp_path / "root") as opened:
        yield opened


def test_the_one_key_is_acknowledged_at_once(
    seat: Desktop, tmp_path: Path, counted: Callable[[int, int], int], capsys: pytest.CaptureFixture[str]
) -> None:
    """
    One key: the order is composed, committed and its number painted before anybody has taken a breath.
    """
    seat.sign_in()
    seat.new_draft()
    whole = filled(seat, read_scenarios(RESOURCES)[0])
    taken, bare = [dispatched(seat)], []
    with closing(_bare(tmp_path / "bare.db")) as plain:
        for _ in range(counted(30, 250)):
            prepare(seat, whole)
            taken.append(dispatched(seat))
            bare.append(_timed(partial(plain.execute, "INSERT INTO t (a) VALUES ('one row')")))

    p50, p99 = percentile(taken, 0.5), percentile(taken, 0.99)
    bare50, bare99 = percentile(bare, 0.5), percentile(bare, 0.99)
    gate = f"p99 <= {P99_MS:.0f} ms over the bare commit's"
    tell(capsys, Line(f"dispatch ({len(taken)} orders)", figures(taken), figures(bare), p50 / bare50, gate))
    assert p50 <= GENEROUS * bare50
    if counted(0, 1):
        assert p99 <= P99_MS + bare99


def filled(seat: Desktop, scenario: Scenario) -> Incident:
    """Fill the form on screen with what an invented caller says, and return it."""
    hands, screen = seat.hands, seat.work.intake
    hands.press("safety")
    hands.digit(1)
    hands.write(scenario.narrative, free=True)
    screen.keeper.edit(partial(_with, "category", scenario.expected.category))
    _looked(seat)
    for _ in range(MOST_FIELDS):
        if not screen.gaps.missing():
            break
        hands.press("next_gap")
        name = screen.panels.grid.focused()
        answer = scenario.expected.fields.get(name, "")
        if not answer:
            hands.press("gap_unknown")
        elif name in CHOICES:
            hands.digit(list(CHOICES[name]).index(answer) + 1)
        else:
            hands.write(answer)
        _looked(seat)
    assert not screen.gaps.missing()
    assert screen.incident is not None
    return screen.incident


def prepare(seat: Desktop, like: Incident) -> None:
    """Put a form on screen that says what *like* says and waits for its key."""
    screen, form = seat.work.intake, seat.work.console.form

    def write() -> Incident:
        begun = form.begin(None)
        form.keep(replace(begun, intake=like.intake, safety=like.safety))
        return form.incident(begun.id)

    screen.open(seat.workers.write.submit(write).result())
    until(lambda: screen.is_looked_at and not screen.gaps.missing(), "the form is ready")
    _rested()


def dispatched(seat: Desktop) -> float:
    """Press the key and return how many milliseconds pass until the number is painted."""
    notice = seat.work.intake.panels.notice
    done: list[float] = []

    def acknowledged(sent: Sent) -> None:
        notice.repaint()
        done.append(time.perf_counter())
        assert sent.number in " ".join(_said(seat))

    seat.work.outcomes.sent.connect(acknowledged)
    started = time.perf_counter()
    seat.hands.press(Outcome.WORK_ORDER)
    until(lambda: done, "the number on screen")
    seat.work.outcomes.sent.disconnect(acknowledged)
    return (done[0] - started) * 1000


def _said(seat: Desktop) -> list[str]:
    labels = cast("list[QLabel]", seat.work.intake.panels.notice.findChildren(QLabel))
    return [label.text() for label in labels]


def _looked(seat: Desktop) -> None:
    screen = seat.work.intake
    _rested(80)
    until(lambda: screen.is_looked_at, "the form is looked at")


def _rested(milliseconds: int = 10) -> None:
    over: list[bool] = []
    QTimer.singleShot(milliseconds, partial(over.append, True))
    until(lambda: over, "a moment")


def _with(name: str, value: str, incident: Incident) -> Incident:
    return replace(incident, intake=incident.intake.with_value(name, value, Origin.HUMAN))


def _timed(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000


def _bare(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE t (a TEXT)")
    return connection
