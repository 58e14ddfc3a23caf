"""The work of one signed-in person: top bar, the screens of their role, and the beat of the sync."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from workstation.desk.console import Console
from workstation.desk.sync import Report
from workstation.domain.call import Call
from workstation.domain.call_party import CallId
from workstation.domain.errors import WorkstationError
from workstation.domain.identity import CHINA
from workstation.domain.incident import Incident
from workstation.domain.lifecycle import Role
from workstation.domain.outbox import Delivery, OutboxRow
from workstation.settings import AlarmSettings
from workstation.ui.approval.screen import ApprovalScreen
from workstation.ui.background import Background, Lane
from workstation.ui.board.orders_model import OrderRow
from workstation.ui.board.screen import BoardScreen
from workstation.ui.board.views import order_row, short_time
from workstation.ui.call.by_hand import ByHand
from workstation.ui.call.control import CallControl
from workstation.ui.call.manual_panel import ManualPanel
from workstation.ui.call.missed_calls import MissedView
from workstation.ui.call.party_row import PartyRow
from workstation.ui.call.status_line import StatusView
from workstation.ui.call.top_bar import TopBar
from workstation.ui.intake.outcomes import Outcomes
from workstation.ui.intake.screen import IntakeScreen
from workstation.ui.keys import bind
from workstation.ui.keys_page import KeysPage
from workstation.ui.labels import label
from workstation.ui.sentences import code_sentence
from workstation.ui.sound import Sound, Speaker

CLOCK_MS = 1000
STATUS_EVERY = 3


class Work(QFrame):
    """Wires the screens of one console to each other; the sync is a timer, never in anyone's way."""

    def __init__(
        self, console: Console, background: Background, sounds: Speaker, alarms: AlarmSettings, *, practice: bool
    ) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self.console = console
        self._background = background
        self._sounds = sounds
        self._alarms = alarms
        self._keyring = True
        self._report = Report()
        self._warned = ""
        self._outbox: list[OutboxRow] = []
        self._overdue: set[str] = set()
        self._syncing = False
        self._again = False
        self._beats = 0
        self._waited: set[str] = set()
        self.bar = TopBar()
        self.parties = PartyRow()
        self.desk_phone = ManualPanel()
        self.intake = IntakeScreen(console, background)
        self.board = BoardScreen(console, background)
        self.approval = ApprovalScreen(console, background)
        self.keys = KeysPage()
        self.pages = QStackedWidget()
        for page in (self.intake, self.board, self.approval, self.keys):
            self.pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.parties)
        column.addWidget(self.desk_phone)
        column.addWidget(self.pages, 1)
        self.calls = CallControl(console.phone, self.bar, self.parties, console.clock)
        self.by_hand = ByHand(console, self.desk_phone, self.calls) if console.reported is not None else None
        self.outcomes = Outcomes(self.intake, console, background, self.calls)
        self.bar.show_practice(practice)
        self.approval.practice = practice
        self.bar.add(self.approval.counts)
        session = console.session
        self.bar.show_seat(self.tr("Seat %1").replace("%1", session.seat), f"{label(session.role)} {session.user}")
        self._wire()
        self._timers = [self._timer(CLOCK_MS, self._beat)]

    @property
    def home(self) -> QWidget:
        """The screen this role works on."""
        return self.approval if self._decides else self.intake

    @property
    def _decides(self) -> bool:
        """Whether this person decides about orders instead of writing them."""
        return self.console.session.role is Role.DUTY_OFFICER

    def start(self, *, secrets: str, every_s: float) -> None:
        """Begin to work: the first sync at once, then one every few seconds."""
        self.show_keyring(kept=secrets != "wrapped")
        self._timers.append(self._timer(int(every_s * 1000), self.sync))
        self.pages.setCurrentWidget(self.home)
        self.console.phone.start()
        self.intake.refresh_drafts()
        self._refresh_orders()
        self.approval.refresh()
        self.sync()
        if self.console.rescued:
            words = self.tr("The record file was damaged. It is kept as %1 and was rescued; check drafts and orders.")
            self.say(words.replace("%1", self.console.rescued), "warn")

    def show_keyring(self, *, kept: bool) -> None:
        """Say whether the cache's key is kept by the system, or wrapped in a file."""
        self._keyring = kept
        self._show_status()

    def leave(self) -> None:
        """Keep what is on screen and stop every timer."""
        self.intake.keeper.flush()
        self.calls.leave()
        self._sounds.stop()
        for timer in self._timers:
            timer.stop()

    def take_focus(self) -> None:
        """Put the cursor where this person works."""
        self.pages.currentWidget().setFocus()

    @property
    def place(self) -> int:
        """Which screen is in front."""
        return self.pages.currentIndex()

    @property
    def sign_in_needed(self) -> bool:
        """Whether the gateway asked for somebody to sign in again."""
        return bool(self._report.sign_in_needed)

    def go_to_place(self, place: int) -> None:
        """Bring a screen to the front by its number."""
        page = self.pages.widget(place)
        if page is not None:
            self._go_to(page)

    def say(self, text: str, state: str = "ok") -> None:
        """Say something on whichever screen is in front."""
        page = self.pages.currentWidget()
        notice = self.intake.panels.notice if not isinstance(page, (BoardScreen, ApprovalScreen)) else page.notice
        notice.show_notice(text, state)

    def sync(self) -> None:
        """Push and pull once; a run that is asked for while one is under way follows it."""
        if self._syncing:
            self._again = True
            return
        self._syncing = True
        self._background.ask(self, self.console.sync, self._synced, otherwise=self._not_synced, lane=Lane.NET)

    def _wire(self) -> None:
        self.calls.bind_keys(self)
        if self.by_hand is not None:
            self.by_hand.bind_keys(self)
        self.calls.answered.connect(self._answered)
        self.calls.ringing.connect(self._rings)
        self.calls.complained.connect(self._complain)
        self.outcomes.sent.connect(lambda _: self._acted())
        self.intake.finished.connect(self._form_finished)
        self.board.mend.connect(self._mend)
        self.approval.waiting.connect(self._alarm)
        self._background.changed.connect(self._on_changed)
        self.calls.missed.connect(self._show_missed)
        self.intake.panels.missed.chosen.connect(self._begin_missed)
        self.intake.panels.orders.opened.connect(self._open_order)
        for id, page in (("intake", self.intake), ("approval", self.approval), ("board", self.board)):
            bind(id, self, partial(self._go_to, page))
        bind("missed", self, self._go_to_missed)
        bind("all_keys", self, self._toggle_keys)
        bind("search", self, self._search)
        bind("back", self, self._back)
        bind("notice", self, self._quiet)

    def _go_to(self, page: QWidget) -> None:
        # What is done on the other role's screen the gateway would refuse afterwards.
        if page is (self.intake if self._decides else self.approval):
            return
        self.pages.setCurrentWidget(page)
        if page is self.board:
            self.board.refresh()
        page.setFocus()
        if page is self.intake:
            self.intake.panels.narrative.setFocus()
        elif page is self.board:
            self.board.orders.setFocus()

    def _toggle_keys(self) -> None:
        self._go_to(self.home if self.pages.currentWidget() is self.keys else self.keys)

    def _search(self) -> None:
        self._go_to(self.board)
        self.board.go_to_search()

    def _back(self) -> None:
        if self.desk_phone.asking:
            self.desk_phone.leave()
        elif not self.intake.panels.prompt.isHidden():
            self.intake.panels.prompt.leave()
        elif self.pages.currentWidget() is not self.home:
            self._go_to(self.home)

    def _quiet(self) -> None:
        """Close the notice and silence what sounds until it begins anew."""
        for notice in (self.intake.panels.notice, self.board.notice, self.approval.notice):
            notice.clear()
        self._sounds.stop()

    def _answered(self, call: Call) -> None:
        if self._decides:
            self.say(self.tr("A duty officer writes no forms: hand this call to a call-taker."), "warn")
            return
        self._go_to(self.intake)
        self.intake.begin(call)

    def _form_finished(self) -> None:
        self.console.phone.finish_form()
        self._refresh_orders()

    def _mend(self, incident: Incident) -> None:
        if self._decides:
            return
        self._go_to(self.intake)
        self.intake.open(incident)

    def _open_order(self, id: str) -> None:
        self._go_to(self.board)
        self.board.open(id)

    # -- missed calls ----------------------------------------------------------------------------------------------

    def _show_missed(self, calls: Sequence[Call]) -> None:
        now = self.console.clock()
        self.intake.panels.missed.show_calls(
            [
                MissedView(
                    id=call.id,
                    at=short_time(call.queued_at, now),
                    number=call.caller_shown,
                    rang=int(((call.ended_at or now) - call.queued_at).total_seconds()),
                )
                for call in calls
            ]
        )

    def _go_to_missed(self) -> None:
        if self._decides:
            return
        self._go_to(self.intake)
        self.intake.panels.missed.show()
        self.intake.panels.missed.setFocus()

    def _begin_missed(self, id: str) -> None:
        """Begin a form for a missed call, its number in it, to call back."""
        self.intake.begin(self.console.phone.call(CallId(id)))

    def _complain(self, error: object) -> None:
        if isinstance(error, WorkstationError):
            self.intake.complain(error)

    # -- orders and sync -------------------------------------------------------------------------------------------

    def _on_changed(self, _: object) -> None:
        self._acted()

    def _acted(self) -> None:
        """Something was done here: show it, and let it go out at once."""
        self._refresh_orders()
        self.sync()

    def _refresh_orders(self) -> None:
        desk, clock, library = self.console.desk, self.console.clock, self.console.library

        def read() -> tuple[list[OrderRow], int, list[OutboxRow]]:
            orders = [order_row(view, library, clock()) for view in desk.my_orders(50)]
            with self.console.store.begin() as tx:
                rows = list(tx.outbox())
            return orders, len(desk.returned()), rows

        self._background.ask(self, read, self._show_orders)

    def _show_orders(self, found: tuple[list[OrderRow], int, list[OutboxRow]]) -> None:
        rows, returned, self._outbox = found
        self.intake.panels.orders.show_orders(rows, returned=returned)
        self._show_status()

    def _synced(self, report: Report) -> None:
        self._syncing = False
        self._report = report
        self._warn_of_certificate(report.unavailable)
        self.approval.show_online(not report.unavailable)
        if report.changed or report.refused:
            self._refresh_orders()
            self.approval.refresh()
            if self.board.isVisible():
                self.board.refresh()
            self.intake.refresh_drafts()
        if report.refused:
            self.say(self.tr("The gateway refused an act; the list of undelivered acts says why (Ctrl+B)."), "danger")
        if report.sign_in_needed:
            self.say(
                self.tr("Somebody must sign in again before everything can be delivered; nothing is lost."), "warn"
            )
        self._show_status()
        if self._again:
            self._again = False
            self.sync()

    def _warn_of_certificate(self, why: str) -> None:
        """Say once that somebody else may be answering in the gateway's place; that is no mere outage."""
        if not why:
            self._warned = ""
        elif why.startswith("certificate") and why != self._warned:
            self._warned = why
            self.say(code_sentence(why), "danger")

    def _not_synced(self, error: WorkstationError) -> None:
        self._syncing = False
        self._report = Report(unavailable=type(error).__name__)
        self._show_status()

    def _show_status(self) -> None:
        now = self.console.clock()
        queued = [row for row in self._outbox if row.delivery is Delivery.QUEUED]
        oldest = min((row.created_at for row in queued), default=now)
        drift = self._report.drift
        self.bar.status.show_status(
            StatusView(
                connected=not self._report.unavailable,
                unsent=len(queued),
                oldest=int((now - oldest).total_seconds()),
                parked=sum(row.delivery is Delivery.PARKED for row in self._outbox),
                refused=sum(row.delivery is Delivery.REFUSED for row in self._outbox),
                drift=int(drift.total_seconds()) if drift is not None else 0,
                keyring=self._keyring,
            )
        )

    # -- clock and alarms ------------------------------------------------------------------------------------------

    def _beat(self) -> None:
        self._beats += 1
        self.bar.status.show_clock(f"{self.console.clock().astimezone(CHINA):%H:%M:%S}")
        if self._beats % STATUS_EVERY == 0:
            self._show_status()

    def _rings(self, ringing: bool) -> None:  # noqa: FBT001 -- a Qt slot
        if ringing:
            self._sounds.play(Sound.RING)
        else:
            self._sounds.stop(Sound.RING)

    def _alarm(self, waiting: Mapping[str, int]) -> None:
        """Sound once for each order that comes to wait, and again and again for each that has waited too long."""
        if self.console.session.role is not Role.DUTY_OFFICER:
            return
        overdue = {id for id, seconds in waiting.items() if seconds >= self._alarms.approval_red_s}
        if waiting.keys() - self._waited:
            self._sounds.play(Sound.APPROVAL)
        if overdue - self._overdue:
            self._sounds.play(Sound.DANGER)
        elif not overdue:
            self._sounds.stop(Sound.DANGER)
        self._waited, self._overdue = set(waiting), overdue

    def _timer(self, milliseconds: int, act: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(milliseconds)
        timer.timeout.connect(act)
        timer.start()
        return timer
