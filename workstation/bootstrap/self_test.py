"""The directory's self-test: dials the lines that agreed to it, at the time that was agreed, and reports on each."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING, Protocol

from workstation.bootstrap.clock import new_id, now
from workstation.domain.self_test import Finding, Result, to_dial

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime
    from pathlib import Path

    from workstation.domain.call_number import DialTarget
    from workstation.domain.call_party import Ending
    from workstation.domain.directory import Line
    from workstation.domain.self_test import AgreedWindow

PASSED, FAILED, REFUSED = 0, 1, 2


class Calls(Protocol):
    """What the self-test needs of an exchange."""

    async def in_use(self, line: str, endpoint: str) -> bool: ...
    async def call(self, whom: DialTarget, endpoint: str) -> tuple[Ending, float]: ...


class SelfTest:
    """Goes through the lines, one after the other."""

    def __init__(self, calls: Calls, window: AgreedWindow, clock: Callable[[], datetime]) -> None:
        self._calls = calls
        self._window = window
        self._clock = clock

    async def run(self, lines: tuple[Line, ...], told: Callable[[Finding], None]) -> bool:
        """Test every line that may be, tell of each, and say whether all of them were reached.

        Raises:
            Unavailable: The exchange is lost; what is not told was not tested.
        """
        passed = True
        for line in lines:
            finding = await self._test(line, lines)
            told(finding)
            passed = passed and not finding.failed
        return passed

    async def _test(self, line: Line, lines: Iterable[Line]) -> Finding:
        whom = to_dial(line, lines)
        if isinstance(whom, Result):
            return Finding(line.id, "", whom, line.verified)
        if not self._window.covers(self._clock()):
            return Finding(line.id, whom.number, Result.OUTSIDE_WINDOW, line.verified)
        if await self._calls.in_use(line.id, line.endpoint):
            return Finding(line.id, whom.number, Result.IN_USE, line.verified)
        ending, seconds = await self._calls.call(whom, line.endpoint)
        result = Result[ending.name]
        return Finding(line.id, whom.number, result, line.verified, seconds if result is Result.JOINED else None)


def run_self_test(exchange: Path, resources: Path) -> int:
    """Run the self-test of the directory below *resources* at the site's exchange and return the exit code.

    Raises:
        InvalidValue: The site's file or the directory cannot be used.
        Unavailable: The exchange cannot be reached.
    """
    from workstation.adapters.asterisk_self_test import SelfTestCalls
    from workstation.adapters.asterisk_site import read_site
    from workstation.adapters.content_yaml import read_content

    site = read_site(exchange)
    window = site.self_test
    if window is None:
        return _refuse("the site's file names no [self_test] window that was agreed with the partners")
    if not window.covers(now()):
        return _refuse(f"the agreed time is {window}, and it is not that now")
    lines = read_content(resources).directory.lines

    async def run() -> bool:
        async with SelfTestCalls(site.account(), site.trunk, new_id) as calls:
            return await SelfTest(calls, window, now).run(lines, _tell)

    return PASSED if asyncio.run(run()) else FAILED


def _refuse(why: str) -> int:
    sys.stderr.write(f"self-test: {why}; nothing was dialled\n")
    return REFUSED


def _tell(finding: Finding) -> None:
    sys.stdout.write(f"{finding}\n")
    sys.stdout.flush()
