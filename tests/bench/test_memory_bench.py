"""What a signed-in workstation at rest keeps in memory, with a hundred thousand orders in its cache."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.bench.measured import Line, tell

pytestmark = [
    pytest.mark.bench,
    pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="only Linux tells a process's share"),
]

LIMIT_MB = 150.0
"""How much more than a bare Qt window a workstation may take in the short run, whose cache is small."""

BARE = """
import json
from pathlib import Path
from PySide6.QtWidgets import QApplication, QLineEdit
app = QApplication([])
edit = QLineEdit()
edit.show()
app.processEvents()
print(json.dumps({"bare": Path("/proc/self/smaps_rollup").read_text()}))
"""

OURS = """
import gc, json, sys
from datetime import UTC, datetime
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from tests.bench.desktop import desktop
from tests.bench.orders import closed
from workstation.ui.demo_hands import until

app = QApplication([])
count = int(sys.argv[2])
told = {}

def rest(milliseconds):
    over = []
    QTimer.singleShot(milliseconds, lambda: over.append(True))
    until(lambda: over, "a rest")

def look(name):
    rest(500)
    told[name] = Path("/proc/self/smaps_rollup").read_text()

with desktop(Path(sys.argv[1])) as seat:
    look("signed out")
    seat.sign_in()
    seat.new_draft()
    look("signed in")
    store = seat.work.console.store
    at = datetime.now(UTC)
    for start in range(0, count, 500):
        with store.begin() as tx:
            for number in range(start, min(start + 500, count)):
                tx.save_transfer(closed(number, at))
    seat.sign_out()
with desktop(Path(sys.argv[1])) as seat:
    seat.sign_in()
    seat.new_draft()
    look("after filling the cache")
print(json.dumps(told))
"""

REST = """
import json, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from tests.bench.desktop import desktop
from workstation.ui.demo_hands import until

app = QApplication([])
with desktop(Path(sys.argv[1])) as seat:
    seat.sign_in()
    seat.new_draft()
    seat.hands.press("search")
    seat.hands.write("烧烤店")
    over = []
    QTimer.singleShot(5000, lambda: over.append(True))
    until(lambda: over, "a rest")
    print(json.dumps({"at rest": Path("/proc/self/smaps_rollup").read_text()}), flush=True)
"""


def test_a_console_at_rest_is_small(
    tmp_path: Path, counted: Callable[[int, int], int], capsys: pytest.CaptureFixture[str], repository: Path
) -> None:
    """
    Signed in, a form open and a search shown, the program takes at most 150 MB beside 100,000 cached orders.
    """
    count = counted(2_000, 100_000)
    root = str(tmp_path / "root")
    bare = _told(repository, BARE)
    filling = _told(repository, OURS, root, str(count))
    resting = _told(repository, REST, root)

    mine, least = _mb(resting["at rest"]), _mb(bare["bare"])
    steps = ", ".join(f"{name} {_mb(rollup):.0f}" for name, rollup in filling.items())
    private = _mb(resting["at rest"], "Private_Dirty")
    ours = f"{mine:.0f} MB PSS ({private:.0f} private; {steps})"
    gate = f"<= {LIMIT_MB:.0f} MB"
    tell(capsys, Line(f"memory ({count} orders)", ours, f"bare window {least:.0f} MB", mine / least, gate))
    assert mine <= LIMIT_MB


def _told(repository: Path, program: str, *arguments: str) -> dict[str, str]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(repository)}
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        env=environment, cwd=repository, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    told: dict[str, str] = json.loads(done.stdout.splitlines()[-1])
    return told


def _mb(rollup: str, name: str = "Pss") -> float:
    """Return a figure of smaps_rollup in megabytes."""
    line = next(line for line in rollup.splitlines() if line.startswith(f"{name}:"))
    return int(line.split()[1]) / 1024
