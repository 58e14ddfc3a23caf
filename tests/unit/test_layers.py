"""Qt is a skin: everything below the window runs where Qt is not installed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "workstation"
IMPORT_WITHOUT_QT = """
import importlib, sys
sys.modules["PySide6"] = None
for name in sys.argv[1:]:
    importlib.import_module(name)
"""


def modules_below_the_window() -> list[str]:
    """List every module of the package that is not part of the window."""
    paths = (path.relative_to(PACKAGE.parent).with_suffix("") for path in sorted(PACKAGE.rglob("*.py")))
    names = (".".join(path.parts).removesuffix(".__init__") for path in paths)
    return [name for name in names if not name.startswith("workstation.ui")]


def imported_without_qt(names: list[str]) -> subprocess.CompletedProcess[str]:
    """Import *names* in one interpreter that finds no PySide6."""
    return subprocess.run(
        [sys.executable, "-c", IMPORT_WITHOUT_QT, *names],
        cwd=PACKAGE.parent,
        capture_output=True,
        text=True,
        check=False,
    )


def test_everything_below_the_window_imports_without_qt() -> None:
    """
    Every module outside ui/ can be imported where PySide6 does not exist.
    """
    done = imported_without_qt(modules_below_the_window())

    assert done.returncode == 0, done.stderr


def test_the_window_does_need_qt() -> None:
    """
    The block is real: a module that imports Qt fails under it.
    """
    done = imported_without_qt(["PySide6.QtCore"])

    assert "ModuleNotFoundError" in done.stderr
