"""A console with a call-taker who writes and sends, in a process of its own that says what its screen acknowledged.

Run as ``python console_process.py FOLDER URL SEED``; with SEED ``drain`` nobody types and it ends once all is
delivered. Each line of its output is one JSON object; a line is out before the next key is pressed.
"""

import json
import os
import random
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication

from tests.faults.gateway_process import OFFICER, OTHER_OFFICER, PASSWORD, TAKER
from workstation.bootstrap.live import LiveParts
from workstation.bootstrap.station import DeskStation
from workstation.bootstrap.workers import make_workers
from workstation.domain.incident import Incident, Outcome
from workstation.domain.lifecycle import Role
from workstation.settings import Settings, read_settings
from workstation.ui.demo_hands import until
from workstation.ui.demo_stage import Place, Seat
from workstation.ui.intake.field_grid import CHOICES

LENGTH: Final = 48
MOST_FIELDS: Final = 8
CATEGORY: Final = "路灯"


def story(number: str) -> str:
    """Return what the caller with this *number* says; every call says something else."""
    tail = number.rpartition("-")[2]
    return "".join(f"第{tail}号来电第{part}句,门口路灯不亮。" for part in range(LENGTH))[:LENGTH]


SEATS = {TAKER: "07", OFFICER: "91", OTHER_OFFICER: "92"}


def say(**what: object) -> None:
    """Tell the tester; a pipe does not wait, so what was told is told even when we die now."""
    sys.stdout.write(json.dumps({**what, "at": time.monotonic()}) + "\n")
    sys.stdout.flush()


def settings_for(folder: Path, url: str, user: str) -> Settings:
    """Return the settings of a live console at the seat of *user* that looks for news often."""
    settings = read_settings(data_root=str(folder), seat=SEATS[user])
    gateway = replace(settings.gateway, url=url, sync_every_s=0.1, total_s=2.0)
    return replace(settings, telephony="simulated", gateway=gateway)


def sit_down(folder: Path, url: str, user: str = TAKER, role: Role = Role.CALL_TAKER, ca: str = "") -> Seat:
    """Open the real window with the real wiring on *folder*."""
    settings, workers = settings_for(folder, url, user), make_workers()
    settings = replace(settings, gateway=replace(settings.gateway, ca=ca))
    station = DeskStation(settings, folder, LiveParts(settings), workers)
    account = (user, PASSWORD)
    return Seat(Place(station, settings, folder, workers, account, role, lambda _: None, lambda _: None))


def leave(seat: Seat) -> None:
    """Close the window of *seat* and take its language off the application that others use after it."""
    seat.close()
    seat.window._around.language.show("en_GB")


class Typist:
    """A call-taker who writes down one call after the other."""

    def __init__(self, seat: Seat, dice: random.Random, say: Callable[..., object]) -> None:
        self._seat = seat
        self._dice = dice
        self._say = say

    def record(self) -> str:
        """Write down one whole call, send its order and return its number."""
        self._begin()
        self._write()
        return self._send()

    def show_drafts(self) -> None:
        """Open what was left half written and say how much of it stands on the screen."""
        work = self._seat.work
        until(lambda: work.intake.form.drafts or not work.console.form.drafts(), "the drafts")
        drafts = work.console.form.drafts()
        if drafts:
            self._seat.hands.press("draft_1")
            until(lambda: work.intake.incident is not None, "the draft on screen")
            here = self._form()
            assert work.intake.panels.narrative.text_edit.toPlainText() == here.intake.get("narrative")
        self._say(
            drafts={d.number: len(d.intake.get("narrative")) for d in drafts},
            wrong=[d.number for d in drafts if _wrong(d)],
        )

    def go_on(self) -> None:
        """Write and send for ever."""
        intake = self._seat.work.intake
        while True:
            if intake.incident is None or intake.incident.stage == "concluded":
                self._begin()
            self._write()
            if self._dice.random() < 0.8:
                self._send()
            else:
                self._begin()

    def _begin(self) -> None:
        intake = self._seat.work.intake
        before = intake.incident
        self._seat.hands.press("new_draft")
        until(lambda: intake.incident is not None and intake.incident is not before, "a form")
        until(lambda: intake.incident is not None and (before is None or intake.incident.id != before.id), "a new form")

    def _write(self) -> None:
        hands, number = self._seat.hands, self._form().number
        hands.press("narrative")
        text = story(number)
        at = len(self._form().intake.get("narrative"))
        self._seat.work.intake.panels.narrative.text_edit.moveCursor(QTextCursor.MoveOperation.End)
        while at < len(text):
            piece = text[at : at + self._dice.randint(1, 6)]
            hands.write(piece, free=True)
            at += len(piece)
            self._say(typed=number, chars=at)
            self._breathe()

    def _send(self) -> str:
        hands, intake = self._seat.hands, self._seat.work.intake
        number = self._form().number
        if self._form().safety is None:
            hands.press("safety")
            hands.digit(1)
            until(lambda: self._form().safety is not None, "the safety answer")
        hands.press("gap_hung_up")
        for _ in range(MOST_FIELDS):
            if not (missing := intake.gaps.missing()):
                break
            self._fill(missing)
        until(lambda: intake.is_looked_at, "the machine's look")
        hands.press(Outcome.WORK_ORDER)
        until(lambda: intake.incident is None and number in self._seat.said(), "the number on screen")
        self._say(shown=number)
        return number

    def _fill(self, missing: tuple[str, ...]) -> None:
        hands, intake = self._seat.hands, self._seat.work.intake
        if missing[0] == "category":
            hands.press("category")
            hands.write(CATEGORY, free=True)
            hands.strike(Qt.Key.Key_Return)
            until(lambda: self._form().intake.filled("category"), "the category")
            return
        hands.press("next_gap")
        name = intake.panels.grid.focused()
        if name in CHOICES:
            hands.digit(1)
        else:
            hands.press("gap_unknown")
        self._breathe()

    def _breathe(self) -> None:
        due = time.monotonic() + self._dice.uniform(0, 0.05)
        until(lambda: time.monotonic() >= due, "a moment")

    def _form(self) -> Incident:
        incident = self._seat.work.intake.incident
        assert incident is not None, "a form"
        return incident


def _wrong(draft: Incident) -> bool:
    return not story(draft.number).startswith(draft.intake.get("narrative"))


def drain(seat: Seat) -> None:
    """Wait until everything is delivered."""
    store = seat.work.console.store

    def delivered() -> bool:
        with store.begin() as tx:
            return not list(tx.outbox())

    until(delivered, "an empty outbox", 60)
    say(drained=True)


def main(folder: str, url: str, seed: str) -> int:
    """Sit down and work until killed."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ.pop("DBUS_SESSION_BUS_ADDRESS", None)  # a keyring of whoever runs the tests is none of ours
    seat = sit_down(Path(folder), url)
    seat.program.crash.install()
    seat.program.crash.crashed.connect(lambda path: say(crash=str(path)))
    say(window=True)
    seat.sign_in()
    say(signed_in=True)
    typist = Typist(seat, random.Random(seed), say)  # noqa: S311
    typist.show_drafts()
    if seed == "drain":
        drain(seat)
        seat.close()
        QApplication.quit()
        return 0
    typist.go_on()
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
