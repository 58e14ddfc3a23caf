"""Rules of the house that no linter knows."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from typing import TYPE_CHECKING

from workstation import VERSION

if TYPE_CHECKING:
    from pathlib import Path

TOOLS = "# Tests, training and tools"
CHINESE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")


def pinned(lock: str) -> set[str]:
    """List the packages that a part of the lock pins, as pip writes their names."""
    return {name.lower() for name in re.findall(r"^([\w.-]+)==", lock, flags=re.MULTILINE)}


def wanted(requirements: list[str]) -> set[str]:
    """List the packages that requirements of the project file name, as pip writes their names."""
    return {re.split(r"[^\w.-]", line, maxsplit=1)[0].lower().replace("_", "-") for line in requirements}


def test_no_chinese_stands_in_the_code(repository: Path) -> None:
    """
    Chinese text lives in resources, where it can be read and mended without touching code.
    """
    files = (repository / "workstation").rglob("*.py")
    found = [str(path.relative_to(repository)) for path in files if CHINESE.search(path.read_text(encoding="utf-8"))]

    assert found == []


def test_the_lock_holds_what_the_project_file_names(repository: Path) -> None:
    """
    A library that was added to the project file but not locked is found before a desk misses it.
    """
    project = tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    desk, _, tools = (repository / "requirements.lock").read_text(encoding="utf-8").partition(TOOLS)
    extras = {name for group in project["optional-dependencies"].values() for name in wanted(group)}

    assert wanted(project["dependencies"]) <= pinned(desk)
    assert extras <= pinned(desk) | pinned(tools)


def test_the_lock_is_complete() -> None:
    """
    Every package finds the others that it needs in the environment made of the lock: pip looks for none beside it.
    """
    done = subprocess.run([sys.executable, "-m", "pip", "check"], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout


def test_the_lock_names_no_place_to_fetch_from(repository: Path) -> None:
    """
    Where packages come from is the machine's affair, so the lock holds names, versions and hashes alone.
    """
    lock = (repository / "requirements.lock").read_text(encoding="utf-8")

    assert re.findall(r"https?:|--index|--find-links|file:", lock) == []
    assert len(re.findall(r"--hash=sha256:", lock)) > len(pinned(lock))


def test_the_version_stands_in_one_place(repository: Path) -> None:
    """
    A release is told by changing one line: the project file, the command and crash reports read it from there.
    """
    text = (repository / "pyproject.toml").read_text(encoding="utf-8")
    files = [text, *((path.read_text(encoding="utf-8")) for path in (repository / "workstation").rglob("*.py"))]

    assert tomllib.loads(text)["tool"]["setuptools"]["dynamic"]["version"] == {"attr": "workstation.VERSION"}
    assert sum(f'"{VERSION}"' in each for each in files) == 1
