"""A whole workstation in this process: the real window, the real encrypted store, the gateway beside it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import shiboken6
from PySide6.QtCore import Qt

from tests.faults.gateway_process import OFFICER, TAKER, GatewayProcess
from tests.faults.gateway_process import PASSWORD as SITE_PASSWORD
from workstation.bootstrap.live import LiveParts
from workstation.bootstrap.practice import PRACTICE_CALL_TAKER, PRACTICE_OFFICER, PRACTICE_PASSWORD, PracticeParts
from workstation.bootstrap.station import DeskStation
from workstation.bootstrap.workers import make_workers
from workstation.domain.lifecycle import Role
from workstation.settings import PasswordCost, read_settings
from workstation.ui import program
from workstation.ui.demo_hands import Hands, until
from workstation.ui.quiet_text import QuietTextEdit
from workstation.ui.work import Work

COLLEAGUE = "taker2"
USER, PASSWORD = PRACTICE_CALL_TAKER, PRACTICE_PASSWORD


class Desktop:
    """One seat without scripted callers, of practice or at a site's gateway, and the hands on its keys."""

    def __init__(self, folder: Path, site: GatewayProcess | None = None) -> None:
        settings = read_settings(data_root=str(folder), seat="06")
        if site is not None:
            settings = replace(settings, gateway=replace(settings.gateway, url=site.url))
        taker, officer, password = (TAKER, OFFICER, SITE_PASSWORD) if site else (USER, PRACTICE_OFFICER, PASSWORD)
        self.people = {Role.CALL_TAKER: (taker, password), Role.DUTY_OFFICER: (officer, password)}
        self.colleague = (COLLEAGUE if site else PRACTICE_OFFICER, password)
        self.parts = (
            LiveParts(settings)
            if site
            else PracticeParts(plays_officer=False, hotline_delay=timedelta(hours=9), password_cost=PasswordCost())
        )
        self.workers = make_workers()
        self.station = DeskStation(settings, folder, self.parts, self.workers)
        self.program = program.make(self.station, settings, folder, self.workers)
        self.window = self.program.window
        self.crashes: list[str] = []
        self.program.crash.crashed.connect(self.crashes.append)
        self.hands = Hands(self.window)
        self.window.resize(1920, 1080)
        self.show_account(Role.CALL_TAKER)
        self.window.show()
        self.hands.take_the_seat()
        until(lambda: self.window._found is not None, "the station is open", seconds=60)

    @property
    def work(self) -> Work:
        """The screens of whoever signed in."""
        assert self.window.work is not None, "nobody is signed in"
        return self.window.work

    @property
    def narrative(self) -> QuietTextEdit:
        """Where the call is written down."""
        return self.work.intake.panels.narrative.text_edit

    def show_account(self, role: Role) -> None:
        """Fill the sign-in form in."""
        self.window.page.show_account(*self.people[role], role)

    def sign_in(self) -> None:
        """Press Enter on the form that is filled in."""
        self.hands.strike(Qt.Key.Key_Return)
        until(lambda: self.window.work is not None, "signed in", seconds=60)

    def new_draft(self) -> None:
        """Begin a form and wait until its narrative takes text."""
        self.hands.press("new_draft")
        until(partial(_takes_text, self.narrative), "the narrative takes text", seconds=60)

    def sign_out(self) -> None:
        """Leave the seat and fill the form in again."""
        self.window.sign_out()
        self.show_account(Role.CALL_TAKER)
        self.hands.take_the_seat()


def _takes_text(narrative: QuietTextEdit) -> bool:
    return narrative.isVisible() and narrative.hasFocus() and not narrative.isReadOnly()


@contextmanager
def desktop(folder: Path, site: GatewayProcess | None = None) -> Iterator[Desktop]:
    """Open a workstation on *folder*; nothing may have crashed when it closes."""
    opened = Desktop(folder, site)
    try:
        yield opened
    finally:
        opened.window.close()
        shiboken6.delete(opened.window)  # a closed window that lingers is styled anew with the next one
    assert opened.crashes == []
