"""Whether what this console needs is there."""

from __future__ import annotations

import os
import sys
from functools import partial
from typing import TYPE_CHECKING

from workstation.bootstrap.clock import now
from workstation.bootstrap.desktop import has_display
from workstation.bootstrap.played import say
from workstation.settings import RESOURCES, read_settings

if TYPE_CHECKING:
    from pathlib import Path

    from workstation.adapters.checkup import Check, Finding

SCREEN_STARTS_S = 60


def doctor(path: Path | None, data_root: str, seat: str) -> int:
    """Say in one line each whether what this console needs is there; return 1 if something vital is not."""
    from workstation.adapters import checkup, checkup_console, checkup_site
    from workstation.adapters.http_link import Site
    from workstation.domain.errors import InvalidValue

    try:
        settings = read_settings(path, data_root=data_root, seat=seat)
    except InvalidValue as problem:
        say(f"FAIL settings: {problem.field} {problem.problem} {problem.facts or ''}")
        return 1
    at = settings.gateway
    site = Site(url=at.url, ca=at.ca, connect_s=at.connect_s, total_s=at.total_s)
    phone = Site(url=settings.bridge.url, ca=settings.bridge.ca)
    checks: tuple[Check, ...] = (
        *checkup_site.site_checks(RESOURCES, now),
        ("window", _window_starts),
        ("seat", partial(checkup_console.seat, settings.seat)),
        *checkup_console.console_checks(settings.root("workstation")),
        ("gateway", partial(checkup_site.gateway, site, now)),
        *((("bridge", partial(checkup_site.bridge, phone)),) if settings.telephony == "bridge" else ()),
    )
    return checkup.examine(checks, say)


def _window_starts() -> Finding:
    """Start Qt in a process of its own, without a display and on the one there is, as Qt ends what it cannot start in.

    Raises:
        OSError: The process could not be started.
    """
    from workstation.adapters.checkup import fail, ok

    said = ""
    for platform in (*(("",) if has_display() else ()), "offscreen"):
        code, said = _screen(platform)
        if code:
            return fail(said)
    return ok(said if has_display() else f"{said}; no display here, so `run` leaves pictures")


def _screen(platform: str) -> tuple[int, str]:
    import subprocess

    command = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "workstation"]
    names = {**os.environ, "PYTHONPATH": str(RESOURCES.parent)} | ({"QT_QPA_PLATFORM": platform} if platform else {})
    try:
        asked = [*command, "doctor", "--screen"]
        done = subprocess.run(asked, env=names, capture_output=True, text=True, check=False, timeout=SCREEN_STARTS_S)  # noqa: S603 -- ourselves
    except subprocess.TimeoutExpired:
        return 1, f"Qt did not start within {SCREEN_STARTS_S} s"
    lines = (done.stdout if done.returncode == 0 else done.stderr or done.stdout).strip().splitlines()
    return done.returncode, lines[-1] if lines else f"Qt ended with {done.returncode}"


def screen() -> int:
    """Start Qt and nothing else; the check-up asks this of a process of its own."""
    from workstation.ui import checkup

    return checkup.main()
