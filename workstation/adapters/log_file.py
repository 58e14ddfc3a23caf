"""The log of a console: a rotating file in its data root that holds ids and states, never what a citizen said."""

import logging
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import Final

FOLDER: Final = "logs"
FILE: Final = "workstation.log"
_LARGEST: Final = 1_000_000
_KEPT: Final = 5

Fault = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def open_log(folder: Path, level: str) -> logging.Handler | None:
    """Let everything of ours be logged to *folder*'s ``logs/workstation.log`` from *level* up.

    A folder that cannot be written brings no log, but the window all the same: it says what is wrong there.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (folder / FOLDER).mkdir(mode=0o700, exist_ok=True)
    except OSError:
        return None
    handler = _Log(folder / FOLDER / FILE, maxBytes=_LARGEST, backupCount=_KEPT, encoding="utf-8", delay=True)
    handler.setFormatter(_Plain("%(asctime)s %(levelname)s %(name)s %(message)s"))
    ours = logging.getLogger("workstation")
    ours.setLevel(level)
    ours.addHandler(handler)
    return handler


class _Log(RotatingFileHandler):
    """A file that a full disk cannot turn into a second fault."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 -- the library's own name
        """Let the line go; the cache says that the disk is full."""


class _Plain(logging.Formatter):
    """Lines whose tracebacks name the places and the kind of error, not its words, which may be a citizen's."""

    def formatException(self, ei: Fault) -> str:  # noqa: N802 -- the library's own name
        """Return file, line and function of each frame, then the kind of error."""
        kind, _, trace = ei
        frames = traceback.extract_tb(trace)
        places = [f"  {Path(frame.filename).name}:{frame.lineno} in {frame.name}" for frame in frames]
        return "\n".join([*places, kind.__name__ if kind else ""])
