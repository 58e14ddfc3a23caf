"""Qt is a skin: everything below the window runs where Qt is not installed."""

from __future__ import annotations

import ast
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
    """List every module of the package that is not part of the window; migrations are scripts, run by Alembic alone."""
    paths = (path.relative_to(PACKAGE.parent).with_suffix("") for path in sorted(PACKAGE.rglob("*.py")))
    parts = (path.parts for path in paths if not {"ui", "migrations"} & set(path.parts))
    return [".".join(each).removesuffix(".__init__") for each in parts]


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


def imported_names(path: Path) -> set[str]:
    """List the modules that the file *path* imports, wherever in it."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return plain | {node.module or "." for node in nodes if isinstance(node, ast.ImportFrom)}


def test_the_domain_imports_nothing_but_python() -> None:
    """
    The rules of the trade need no library: each import of the domain is Python's own or the domain's.
    """
    imported = {name for path in (PACKAGE / "domain").rglob("*.py") for name in imported_names(path)}
    foreign = {name for name in imported if name.partition(".")[0] not in sys.stdlib_module_names}

    assert {name for name in foreign if not name.startswith("workstation.domain")} == set()
