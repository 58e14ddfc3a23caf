"""The page that is printed for the shift promises nothing that no test shows."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest
from pytest_bdd.feature import get_features

HERE: Final = Path(__file__).parent
ELSEWHERE: Final = ("tests/faults/test_kills.py", "tests/exchange/test_workstation_killed.py")
ASKED_FOR: Final = {
    "gateway",
    "12345 (hotline)",
    "telephone engine",
    "telephony bridge",
    "exchange behind the bridge",
    "keyring",
    "disk full",
    "wrong clock",
    "network pulled in the middle",
    "recogniser weights",
    "sound",
    "second console",
    "this console (killed, power cut)",
}


def rows(repository: Path) -> list[list[str]]:
    """Return the cells of the page's one table, without its head."""
    page = (repository / "docs" / "what-works-when.md").read_text(encoding="utf-8")
    lines = [line for line in page.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def named(cell: str) -> list[tuple[str, str]]:
    """Return what the last cell names: the kind of test and its name."""
    return [(kind, name) for kind, name in re.findall(r"`(\w+):([^`]+)`", cell)]


@pytest.fixture(scope="module")
def collected(repository: Path) -> frozenset[str]:
    """Collect this folder's tests, and those of a killed console, as pytest would run them."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "--collect-only",
        "-q",
        "-p",
        "no:cacheprovider",
        "tests/journeys",
        *ELSEWHERE,
    ]
    done = subprocess.run(command, cwd=repository, capture_output=True, text=True, check=True, timeout=120)
    return frozenset(line.partition("[")[0] for line in done.stdout.splitlines() if "::" in line)


def test_the_page_has_a_line_for_everything_that_can_be_down(repository: Path) -> None:
    """
    Every part whose loss the station must survive has one line, each cell of it says something, and each has a test.
    """
    lines = rows(repository)

    assert {line[0] for line in lines} >= ASKED_FOR
    assert len(lines) == len({line[0] for line in lines})
    assert all(len(line) == 6 and all(line) for line in lines)
    assert all(named(line[-1]) for line in lines)


def test_every_test_that_the_page_names_is_collected(repository: Path, collected: frozenset[str]) -> None:
    """
    Each named test exists and is run with the suite; a renamed one is found here.
    """
    scenarios = {s.name for feature in get_features([str(HERE)]) for s in feature.scenarios.values()}
    wanted = {pair for line in rows(repository) for pair in named(line[-1])}
    known = {test.rpartition("/")[2] for test in collected}
    missing = {
        (kind, name)
        for kind, name in wanted
        if (name not in scenarios if kind == "journeys" else f"{kind}.py::{name}" not in known)
    }

    assert wanted
    assert missing == set()
    assert sum("test_journeys.py::" in test for test in collected) >= len(scenarios)
