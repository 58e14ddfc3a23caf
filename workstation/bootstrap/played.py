"""The whole main job played through the real widgets of two consoles: tour, pictures, demonstration."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from workstation.bootstrap.clock import now
from workstation.bootstrap.stage import two_consoles


def tour(pictures: Path) -> int:
    """Drive the whole main job through the real widgets and leave a picture of each step."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from tempfile import TemporaryDirectory

    from workstation.ui import tour as played

    with TemporaryDirectory(prefix="workstation-") as folder:
        return played.run(two_consoles(Path(folder), on_demand=True), pictures, say)


def pictures(out: Path, only: tuple[str, ...] = ()) -> int:
    """Make a picture of every screen and state in *out*, from invented notes only.

    Args:
        only: How the names of the wanted scenes begin; empty for all. Every scene is played all the same.
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_FONT_DPI"] = "96"
    from tempfile import TemporaryDirectory

    from workstation.ui import pictures as studio

    ahead = studio.Ahead(now)
    with TemporaryDirectory(prefix="workstation-") as folder:
        return studio.run(two_consoles(Path(folder), on_demand=True, clock=ahead), ahead, studio.Album(out, only), say)


def demo(notes: Path, out: Path | None, limit: int) -> int:
    """Play the call notes of a file through the real widgets of two consoles."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from tempfile import TemporaryDirectory

    from workstation.domain.errors import InvalidValue
    from workstation.ui import demo as played
    from workstation.ui.demo_notes import read_notes

    try:
        rows = read_notes(notes, limit)
    except InvalidValue as problem:
        sys.stderr.write(f"{notes}: {problem.problem} {problem.facts or ''}\n")
        return 2
    with TemporaryDirectory(prefix="workstation-") as folder:
        return played.run(two_consoles(Path(folder), on_demand=False), rows, out, say)


def say(line: str) -> None:
    """Tell whoever started the program one thing at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
