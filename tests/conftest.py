"""What every test stands on: one look for the pictures, no unexpected log, the reference data or a loud skip."""

from __future__ import annotations

import logging
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

# Read by Qt when the first application is made, so they are set before any test module is imported.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["QT_FONT_DPI"] = "96"
os.environ["QT_SCALE_FACTOR"] = "1"

# Our 2 cores are shared with servers and windows, so a slow example is no failure; a failing one must come back.
hypothesis.settings.register_profile("steady", deadline=None, derandomize=True, database=None)
hypothesis.settings.load_profile("steady")

REPOSITORY = Path(__file__).resolve().parent.parent
REFERENCE = REPOSITORY / os.environ.get("WORKSTATION_REFERENCE", "../shared")
WITHOUT_REFERENCE = "SKIPPED: reference data"
WITHOUT_EXCHANGE = "SKIPPED: telephone exchange"


@pytest.fixture(scope="session")
def repository() -> Path:
    """Name the folder that holds pyproject.toml."""
    return REPOSITORY


@pytest.fixture(scope="session")
def reference() -> Path:
    """Name the folder of the reference data; a test that asks for it is skipped where it is missing."""
    if not REFERENCE.is_dir():
        pytest.skip(f"{WITHOUT_REFERENCE} (WORKSTATION_REFERENCE)")
    return REFERENCE.resolve()


@pytest.fixture(scope="session")
def counted() -> Callable[[int, int], int]:
    """Choose between a short count and the full one: WORKSTATION_COUNTS=full asks for the second."""
    full = os.environ.get("WORKSTATION_COUNTS", "short") == "full"
    return lambda short_count, full_count: full_count if full else short_count


@pytest.fixture(autouse=True)
def _only_expected_logs(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail a test that logs a warning it did not announce by `@pytest.mark.expected_logs(pattern, …)`."""
    yield
    marks = request.node.iter_markers("expected_logs")
    patterns = [re.compile(pattern) for mark in marks for pattern in mark.args]
    records = caplog.get_records("setup") + caplog.get_records("call")
    written = [f"{r.name}: {r.getMessage()}" for r in records if r.levelno >= logging.WARNING]
    unexpected = [line for line in written if not any(p.search(line) for p in patterns)]
    unseen = [p.pattern for p in patterns if not any(p.search(line) for line in written)]
    if unexpected or unseen:
        pytest.fail(f"unexpected logs: {unexpected}; expected but unseen: {unseen}", pytrace=False)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test marked `reference` where there is no reference data, before its fixtures are made."""
    if item.get_closest_marker("reference") and not REFERENCE.is_dir():
        pytest.skip(f"{WITHOUT_REFERENCE} (WORKSTATION_REFERENCE)")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> Generator[None]:
    """Say below everything else how many tests were skipped for want of the reference data or of an exchange."""
    yield
    skipped = [str(report.longrepr) for report in terminalreporter.stats.get("skipped", [])]
    count = sum(WITHOUT_REFERENCE in reason for reason in skipped)
    if count:
        terminalreporter.write_line(f"{WITHOUT_REFERENCE}: {count} tests need it; set WORKSTATION_REFERENCE", red=True)
    reasons = [reason.partition(WITHOUT_EXCHANGE)[2].rstrip("')") for reason in skipped if WITHOUT_EXCHANGE in reason]
    if reasons:
        terminalreporter.write_line(f"{WITHOUT_EXCHANGE}{reasons[0]}; {len(reasons)} tests need it", red=True)
