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


def desktop(path: Path | None, data_root: str, seat: str) -> int:
    """Open the window of a live workstation."""
    settings = read_settings(path, data_root=data_root, seat=seat)
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


def _open_window(settings: Settings, folder: Path, parts: Parts) -> int:
    from workstation.adapters.log_file import open_log
    from workstation.ui import program

    open_log(folder, settings.log_level)
    log.info("console started seat=%s practice=%s", settings.seat, parts.practice)
    workers = make_workers()
    station = DeskStation(settings, folder, parts, workers)
    account = (PRACTICE_CALL_TAKER, PRACTICE_PASSWORD) if parts.practice else ("", "")
    return program.run(station, settings, folder, workers, account)
