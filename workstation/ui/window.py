"""The window of a station: sign-in, then the screens of whoever signed in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from workstation.domain.errors import SignInNeeded, WorkstationError
from workstation.domain.lifecycle import Role
from workstation.ui.background import Background, Lane
from workstation.ui.garbage import keep_loaded, let_go
from workstation.ui.keys import bind
from workstation.ui.labels import label
from workstation.ui.language import LANGUAGES
from workstation.ui.layout import settle
from workstation.ui.sentences import named_sentence, sentence
from workstation.ui.sign_in import SignInPage

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from PySide6.QtGui import QCloseEvent

    from workstation.desk.console import Console, Found, Station
    from workstation.protocol.messages import SignIn
    from workstation.ui.language import Language
    from workstation.ui.sound import Speaker
    from workstation.ui.theme import Appearance
    from workstation.ui.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What the window is given besides its station."""

    background: Background
    appearance: Appearance
    language: Language
    sounds: Speaker
    clock: Callable[[], datetime]
    sync_every_s: float = 2.0


class Window(QMainWindow):
    """Shows the sign-in page or the work of one person; it opens before anything slow is loaded."""

    signed_in = Signal(object)

    def __init__(self, station: Station, around: Surroundings) -> None:
        super().__init__()
        self._station = station
        self._around = around
        self._found: Found | None = None
        self._opening = False
        self._obstacle: WorkstationError | None = None
        self.work: Work | None = None
        self._waiting: SignIn | None = None
        self._shown_out: SignIn | None = None
        self._stood: QWidget | None = None
        self.practice_account = ("", "")
        """Whom practice signs in, and the published password; nobody at a live console."""
        self._pages = QStackedWidget()
        self.page = self._make_page()
        shell = QWidget()
        layout = QVBoxLayout(shell)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages)
        self.setCentralWidget(shell)
        self.page.setFocus()
        self.setWindowTitle(self.tr("110 to 12345 workstation"))
        self.setMinimumSize(1024, 640)
        self._bind_keys()
        around.background.failed.connect(self._on_failed)
        # Everything slow comes after the first paint, off this thread.
        QTimer.singleShot(0, self._open_station)

    @property
    def console(self) -> Console | None:
        return self.work.console if self.work is not None else None

    def sign_in(self, request: SignIn) -> None:
        """Sign in as soon as the station is open; what kept it from opening may be gone by now."""
        if self._found is None:
            self._waiting = request
            self._open_station()
            return
        sign_in = partial(self._station.sign_in, request)
        self._around.background.ask(self, sign_in, self._enter, otherwise=self._refused, lane=Lane.WRITE)

    def sign_out(self) -> None:
        """Leave the seat: drafts stay, what is queued still goes out under its author's own credential."""
        if self.work is not None and not self._citizen_comes_first():
            self._end_work(self.work)
            self._show_sign_in("", Role.CALL_TAKER)

    def _citizen_comes_first(self) -> bool:
        """Return whether a citizen is still there, and say so on whichever page is in front."""
        if self.work is None or not self.work.in_call:
            return False
        words = self.tr("A citizen is still there: end the call or hand it over first.")
        self._say(self.work, words)
        return True

    def _say(self, work: Work, words: str) -> None:
        """Say on whichever page is in front what does not go now."""
        if self._pages.currentWidget() is self.page:
            self.page.show_problem(words)
        else:
            work.say(words, "warn")

    def _end_work(self, work: Work) -> None:
        """Let the person of *work* go: their credential ends, here and at the gateway."""
        self.work = None
        work.leave()
        console = work.console
        self._around.background.perform(self, console.sign_out)
        end = partial(console.gateway.sign_out, console.session.token, console.clock())
        nothing: Callable[[object], object] = lambda _: None  # noqa: E731 -- a callback that does nothing
        self._around.background.ask(self, end, nothing, otherwise=nothing, lane=Lane.NET)
        self._drop(work)

    def lock(self) -> None:
        """Blank the screen until the same person gives the password again; calls and drafts go on underneath."""
        if self.work is not None:
            self.work.intake.keeper.flush()
            session = self.work.console.session
            now = QApplication.focusWidget()
            self._stood = now if now is not None and self.work.isAncestorOf(now) else None
            self._show_sign_in(session.user, session.role)
            self.page.show_locked(f"{label(session.role)} {session.user}")

    def say_crash(self, report: str) -> None:
        """Say that something unexpected happened, and that the work is safe."""
        words = self.tr("Something unexpected happened. Your text is kept; the report for support: %1")
        if self.work is not None:
            self.work.say(words.replace("%1", report), "danger")
        else:
            self.page.show_problem(words.replace("%1", report), asked=False)

    def event(self, event: QEvent) -> bool:
        """Draw no frame before everything that is on it has its place."""
        if event.type() == QEvent.Type.UpdateRequest:
            settle()
        return super().event(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep what is on screen, then let the lanes finish; nobody looks at a window that hears nothing meanwhile."""
        if event.spontaneous() and self._citizen_comes_first():
            event.ignore()
            return
        self.hide()
        if self.work is not None:
            self.work.leave()
        self._around.sounds.stop()
        self._around.background.shutdown()
        self._station.close()
        super().closeEvent(event)

    def _bind_keys(self) -> None:
        look = self._around.appearance
        bind("larger", self, look.larger)
        bind("smaller", self, look.smaller)
        bind("theme", self, look.next_theme)
        bind("language", self, self._next_language)
        bind("lock", self, self.lock)
        bind("sign_out", self, self.sign_out)

    def _open_station(self) -> None:
        if self._opening:
            return
        self._opening = True
        self._around.background.ask(
            self, self._station.open, self._opened, otherwise=self._cannot_open, lane=Lane.WRITE
        )

    def _opened(self, found: Found) -> None:
        # So that nobody waits for the screens after the password; not in a thread, where Qt's classes must not be made.
        import workstation.ui.work  # noqa: F401

        self._found = found
        self._opening, self._obstacle = False, None
        self.page.show_obstacle("")
        if self._waiting is not None:
            request, self._waiting = self._waiting, None
            self.sign_in(request)

    def _cannot_open(self, error: WorkstationError) -> None:
        self._opening, self._obstacle, self._waiting = False, error, None
        self.page.show_obstacle(sentence(error))

    def _refused(self, error: WorkstationError) -> None:
        _, _, _, seat = self.page.typed
        self.page.show_problem(sentence(error).replace("{seat}", seat))

    def _enter(self, console: Console) -> None:
        """Show the work of whoever signed in; the one who only unlocked finds it as it was."""
        self.page.show_waiting(False)
        self.page.show_problem("")
        self.page.forget_password()
        same = self.work is not None and self.work.console.session.user == console.session.user
        same = same and self.work is not None and self.work.console.session.role == console.session.role
        if self.work is not None and not same:
            self._end_work(self.work)
        if self.work is None:
            self._work_with(console)
        elif self.work.sign_in_needed:
            self._work_anew(self.work, replace(console, phone=self.work.console.phone))
        if self.work is not None:
            self._pages.setCurrentWidget(self.work)
            self.work.take_focus()
            if self._stood is not None and isValid(self._stood) and self._stood.isVisibleTo(self.work):
                self._stood.setFocus()
            self._stood = None
        self.signed_in.emit(console)

    def _show_sign_in(self, user: str, role: Role) -> None:
        self.page.show_locked("")
        known, password = self.practice_account
        self.page.show_account(user or known, password if (user or known) == known else "", role)
        self._pages.setCurrentWidget(self.page)

    def _next_language(self) -> None:
        """Draw every screen anew in the next language; the form, the page and what was typed stay.

        While something is asked beside the form the language waits: the question would be gone.
        """
        if self.work is not None and not self.work.intake.panels.prompt.isHidden():
            self._say(self.work, self.tr("Answer what is asked first, or Esc; then the language changes."))
            return
        language = self._around.language
        language.show(LANGUAGES[(LANGUAGES.index(language.name) + 1) % len(LANGUAGES)])
        self.setWindowTitle(self.tr("110 to 12345 workstation"))
        in_front = self._pages.currentWidget() is self.page
        page, self.page = self.page, self._make_page()
        self.page.show_typed(page.typed)
        self.page.show_locked(page.locked_by)
        if self._obstacle is not None:
            self.page.show_obstacle(sentence(self._obstacle))
        self._drop(page)
        if self.work is not None:
            self._work_anew(self.work, self.work.console)
        if in_front or self.work is None:
            self._pages.setCurrentWidget(self.page)
            self.page.setFocus()

    def _make_page(self) -> SignInPage:
        page = SignInPage(seat=self._station.seat, practice=self._station.practice)
        page.entered.connect(self.sign_in)
        self._pages.addWidget(page)
        return page

    def _work_with(self, console: Console) -> None:
        """Make the screens of *console* and show them."""
        from workstation.ui.work import Work

        around = self._around
        secrets = self._found.secrets if self._found is not None else ""
        self.work = Work(console, around.background, around.sounds, practice=self._station.practice)
        self.work.start(secrets=secrets, every_s=around.sync_every_s)
        self._pages.addWidget(self.work)
        self._pages.setCurrentWidget(self.work)
        keep_loaded()

    def _work_anew(self, old: Work, console: Console) -> None:
        """Make the screens again; what was on them is on the new ones."""
        incident, place, unkept = old.intake.incident, old.place, old.intake.keeper.unkept
        old.leave()
        self._work_with(console)
        self._drop(old)
        if self.work is not None:
            self.work.intake.keeper.adopt(unkept)
            if incident is not None:
                self.work.intake.open(incident)
            self.work.outcomes.go_on_from(old.outcomes)
            self.work.pages.go_to_place(place)

    def _drop(self, widget: QWidget) -> None:
        let_go()
        self._pages.removeWidget(widget)
        widget.deleteLater()

    def _on_failed(self, error: object) -> None:
        if isinstance(error, SignInNeeded):
            self.lock()
        elif isinstance(error, WorkstationError) and self.work is not None:
            self.work.say(named_sentence(error), "danger")


def show(window: Window) -> None:
    """Show the window over the whole screen, as a console has it."""
    window.setWindowState(Qt.WindowState.WindowMaximized)
    window.show()
