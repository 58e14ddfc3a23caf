"""The one hook that every unexpected error ends in."""

import logging
import platform
import re
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler

from workstation.domain.errors import WorkstationError

log = logging.getLogger(__name__)

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
_PROGRAM = Path(__file__).parents[2]


class CrashHook(QObject):
    """Writes a report without personal data and lets the window say so in a sentence.

    The work itself is safe before any of this runs: a draft is on disk
    400 ms after the last key.
    """

    crashed = Signal(str)

    def __init__(self, folder: Path, version: str, clock: Callable[[], datetime]) -> None:
        super().__init__()
        self._folder = folder
        self._version = version
        self._clock = clock
        self._lock = threading.Lock()
        self._count = 0

    def install(self) -> None:
        """Take over the main thread's, every other thread's and Qt's own last words."""
        sys.excepthook = self._on_uncaught
        threading.excepthook = self._on_thread
        qInstallMessageHandler(self.on_qt_message)

    def report(self, error: BaseException) -> Path | None:
        """Write the report of *error* and announce it; nothing that goes wrong here may make things worse."""
        with self._lock:
            self._count += 1
            path = self._folder / f"crash-{self._clock():%Y%m%d-%H%M%S}-{self._count}.txt"
        text = "\n".join(self._lines(error)) + "\n"
        log.error("unexpected error type=%s report=%s", type(error).__name__, path.name)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        except OSError as refusal:
            log.error("crash report not written errno=%s", refusal.errno)  # noqa: TRY400 - a path may hold a name
            self.crashed.emit("")
            return None
        self.crashed.emit(str(path))
        return path

    def on_qt_message(self, kind: QtMsgType, context: QMessageLogContext, message: str) -> None:  # noqa: ARG002
        """Log what Qt complains of, without digits and without any letter a citizen's text could hold."""
        log.log(_LEVELS[kind], "qt: %s", without_personal_data(message))

    def _lines(self, error: BaseException) -> Iterator[str]:
        yield f"workstation {self._version}"
        yield f"python {platform.python_version()} on {platform.system()} {platform.machine()}"
        yield f"thread {threading.current_thread().name}"
        link: BaseException | None = error
        while link is not None:
            yield ""
            yield _name(link)
            yield from _stack(link.__traceback__)
            link = link.__cause__ or link.__context__

    def _on_uncaught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self.report(error.with_traceback(trace))

    def _on_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self.report(args.exc_value)


def without_personal_data(message: str) -> str:
    """Return *message* with digits and everything outside ASCII struck out."""
    return re.sub(r"[0-9]", "#", re.sub(r"[^\x20-\x7e]+", "?", message))[:200]


def _name(error: BaseException) -> str:
    """Name an error by its type, and by its code if it is one of ours; never by its words."""
    problem = getattr(error, "problem", "") if isinstance(error, WorkstationError) else ""
    return f"{type(error).__qualname__} {problem}".rstrip()


def _stack(trace: TracebackType | None) -> Iterator[str]:
    """Yield file, line and function of each frame; locals and source lines may hold what a citizen said."""
    for frame in traceback.StackSummary.extract(traceback.walk_tb(trace), lookup_lines=False):
        path = Path(frame.filename)
        shown = path.relative_to(_PROGRAM) if path.is_relative_to(_PROGRAM) else Path(path.name)
        yield f"  {shown}:{frame.lineno} in {frame.name}"
