"""The window of a live workstation or of practice; without a display, practice leaves pictures instead."""

from __future__ import annotations

import logging
import os
import sys
from dataclasses import replace
from pathlib import Path

from workstation.bootstrap.live import LiveParts
from workstation.bootstrap.played import tour
from workstation.bootstrap.practice import PRACTICE_CALL_TAKER, PRACTICE_PASSWORD, PracticeParts
from workstation.bootstrap.station import DeskStation, Parts
from workstation.bootstrap.workers import make_workers
from workstation.settings import Settings, read_settings

log = logging.getLogger(__name__)

_NOWHERE = (
    "workstation: there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set). Start it in the desktop session "
    "of this computer; from another terminal of the same account, say where it is, such as DISPLAY=:0. "
    "What works without one: workstation run, workstation doctor\n"
)


def desktop(path: Path | None, data_root: str, seat: str) -> int:
    """Open the window of a live workstation; without a display, say what to do and return 2."""
    settings = read_settings(path, data_root=data_root, seat=seat)
    if nowhere_to_show():
        sys.stderr.write(_NOWHERE)
        return 2
    return _open_window(settings, settings.root("workstation"), LiveParts(settings))


def practice(data_root: str, pictures: str) -> int:
    """Open the window in practice wiring; without a display, drive the whole main job and leave pictures of it."""
    if not has_display():
        return tour(Path(pictures or "out/practice"))
    settings = replace(read_settings(data_root=data_root, seat="06"), telephony="simulated")
    return _open_window(settings, settings.root("workstation-practice"), PracticeParts())


def has_display() -> bool:
    if os.environ.get("QT_QPA_PLATFORM") == "offscreen":
        return False
    return sys.platform == "win32" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def nowhere_to_show() -> bool:
    """Whether Qt would end the process because there is no display; a platform that somebody named is his choice."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return sys.platform.startswith("linux") and not any(os.environ.get(name) for name in names)


def _open_window(settings: Settings, folder: Path, parts: Parts) -> int:
    from workstation.adapters.log_file import open_log
    from workstation.ui import program

    open_log(folder, settings.log_level)
    log.info("console started seat=%s practice=%s", settings.seat, parts.practice)
    workers = make_workers()
    station = DeskStation(settings, folder, parts, workers)
    account = (PRACTICE_CALL_TAKER, PRACTICE_PASSWORD) if parts.practice else ("", "")
    return program.run(station, settings, folder, workers, account)
