"""The promises of the practice run that needs no display."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from workstation.bootstrap.stage import two_consoles
from workstation.ui import tour
from workstation.ui.demo_hands import Stuck, until

CALL_BAR = QRect(0, 30, 900, 34)
"""Where a picture of the whole window shows the call."""


def test_the_main_job_runs_from_the_ring_to_the_call_back(tmp_path: Path, qtbot: QtBot) -> None:
    """
    By keys alone one call becomes an order that both consoles see closed, with a picture of every step.
    """
    del qtbot
    pictures = tmp_path / "pictures"
    said: list[str] = []
    stage = two_consoles(tmp_path / "roots", on_demand=True)

    assert tour.run(stage, pictures, said.append) == 0
    files = sorted(pictures.iterdir())
    assert [line.split()[0] for line in said[:-1]] == [file.name for file in files]
    assert str(pictures) in said[-1]
    assert "ended closed" in said[-1]
    assert all(QImage(str(file)).width() == 1920 for file in files)
    assert "call-taker sees closed, duty officer sees closed" in "\n".join(said)
    ready, ringing = (QImage(str(file)).copy(CALL_BAR) for file in files[1:3])
    assert ready != ringing  # the clock is not in this part


def test_an_order_that_does_not_end_is_no_success(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    When the hotline stops half way the run says what it waited for, shows both windows and fails.
    """
    del qtbot
    said: list[str] = []
    stage = two_consoles(tmp_path / "roots", on_demand=True)
    monkeypatch.setattr(tour, "until", _impatient(until))
    walks = iter((True, False))
    stuck = replace(stage, walk=lambda id: next(walks, False) and stage.walk(id))

    assert tour.run(stuck, tmp_path / "pictures", said.append) == 1
    assert any("stuck waiting for: the hotline's accept" in line for line in said)
    assert any("stuck-duty-officer.png" in line for line in said)


def test_what_never_happens_is_named(qtbot: QtBot) -> None:
    """
    Whoever waits in vain learns what for.
    """
    del qtbot
    with pytest.raises(Stuck, match="a miracle"):
        until(lambda: False, "a miracle", seconds=0.05)


Until = Callable[..., None]


def _impatient(patient: Until) -> Until:
    """Wait for the hotline for a moment only; everything else takes its time."""

    def wait(happened: Callable[[], object], what: str, seconds: float = 20) -> None:
        patient(happened, what, 0.3 if "hotline" in what else seconds)

    return wait
