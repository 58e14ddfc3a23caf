"""The pinned Qt binding keeps the reference counts, and the whole main job ends well as often as it is done."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

# A binding that drops one reference too many at each call aborts the process or drifts by thousands (docs/adr/0002).
SOAK = """
import json, sys
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QLabel

class Source(QObject):
    told = Signal(bool)

app = QApplication([])
label, source, heard = QLabel(), Source(), []
source.told.connect(heard.append)
label.show()
before = [sys.getrefcount(each) for each in (None, True, False)]
for i in range(200_000):
    source.told.emit(False)
    heard.clear()
for i in range(20_000):
    label.setText(str(i))
    app.processEvents()
after = [sys.getrefcount(each) for each in (None, True, False)]
print(json.dumps([b - a for a, b in zip(before, after)]))
"""


@pytest.mark.bench
def test_no_reference_is_lost_over_a_shift() -> None:
    """
    After 200,000 signals and 20,000 repaints the counts of None, True and False have drifted by less than 100.
    """
    done = subprocess.run(
        [sys.executable, "-c", SOAK],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr[-2000:]
    drift = json.loads(done.stdout)
    assert max(map(abs, drift)) < 100, drift


@pytest.mark.bench
def test_the_main_job_ends_well_as_often_as_it_is_done(
    tmp_path: Path, repository: Path, counted: Callable[[int, int], int]
) -> None:
    """
    Thirty times from sign-in to call-back, each in a process of its own: none crashes or stands still.
    """
    environment = {k: v for k, v in os.environ.items() if k not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    environment |= {"QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path)}
    run = [sys.executable, "-X", "faulthandler", "-m", "workstation", "run", "--pictures", str(tmp_path / "pictures")]
    for _ in range(counted(1, 30)):
        done = subprocess.run(run, cwd=repository, env=environment, capture_output=True, text=True, check=False)
        told = done.stdout[-800:] + done.stderr[-2000:]
        assert done.returncode == 0, told
        assert "the order ended closed; unexpected errors: 0" in done.stdout, told
