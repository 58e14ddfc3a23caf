"""The Qt program around a window: look, language, lanes, crash hook, and the loop."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QApplication

from workstation import VERSION
from workstation.domain.lifecycle import Role
from workstation.ui.background import Background, Lanes
from workstation.ui.crash import CrashHook
from workstation.ui.garbage import collect_here
from workstation.ui.language import Language
from workstation.ui.sound import Speaker, Volumes
from workstation.ui.theme import Appearance, comfortable_size
from workstation.ui.window import Surroundings, Window, show

if TYPE_CHECKING:
    from concurrent.futures import Executor
    from pathlib import Path

    from workstation.desk.console import Station
    from workstation.settings import Settings


class Workers(Protocol):
    """The executors behind the lanes."""

    @property
    def write(self) -> Executor: ...
    @property
    def read(self) -> Executor: ...
    @property
    def net(self) -> Executor: ...


@dataclass(frozen=True, slots=True)
class Program:
    """A window and what keeps it alive."""

    app: QApplication
    window: Window
    crash: CrashHook
    appearance: Appearance
    language: Language


def prepare_input_method() -> None:
    """Let Qt's own ibus plugin talk to fcitx; must run before the application is made.

    The wheel ships no fcitx plugin, and Chinese desktops preset QT_IM_MODULE to it: without this no Chinese could be
    typed. fcitx5 answers on the ibus portal.
    """
    if sys.platform == "linux" and os.environ.get("QT_IM_MODULE", "").startswith("fcitx"):
        os.environ["QT_IM_MODULE"] = "ibus"
        os.environ.setdefault("IBUS_USE_PORTAL", "1")


def make(station: Station, settings: Settings, folder: Path, workers: Workers) -> Program:
    """Make the program's window, not yet shown; a QApplication that is there already is used."""
    prepare_input_method()
    running = QApplication.instance()
    app = running if isinstance(running, QApplication) else QApplication(sys.argv[:1])
    collect_here(app)
    crash = CrashHook(folder / "crashes", VERSION, _now)
    background = Background(Lanes(workers.write, workers.read, workers.net), crash.report)
    language = Language(app)
    language.show(settings.screen.language)
    size = settings.screen.text_size or comfortable_size(app.primaryScreen().size().height())
    appearance = Appearance(app, theme=settings.screen.theme, size=size)
    alarms = settings.alarms
    volumes = Volumes(ring=alarms.ring_volume, approval=alarms.approval_volume, danger=alarms.danger_volume)
    around = Surroundings(
        background=background,
        appearance=appearance,
        language=language,
        sounds=Speaker(folder / "sounds", volumes),
        clock=_now,
        sync_every_s=settings.gateway.sync_every_s,
    )
    window = Window(station, around)
    crash.crashed.connect(window.say_crash)
    return Program(app, window, crash, appearance, language)


def run(station: Station, settings: Settings, folder: Path, workers: Workers, account: tuple[str, str]) -> int:
    """Show the window and stay until it is closed."""
    program = make(station, settings, folder, workers)
    program.crash.install()
    program.window.practice_account = account
    if account[0]:
        program.window.page.show_account(account[0], account[1], Role.CALL_TAKER)
    show(program.window)
    return program.app.exec()


def _now() -> datetime:
    return datetime.now(UTC)
