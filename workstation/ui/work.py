"""The work of one signed-in person: top bar, the screens of their role, and the beat of the sync."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QVBoxLayout

from workstation.desk.console import Console
from workstation.desk.session import is_stranger
from workstation.desk.sync import Report
from workstation.domain.call import Call
from workstation.domain.call_party import CallId
from workstation.domain.errors import Unavailable, WorkstationError
from workstation.domain.incident import Incident
from workstation.domain.lifecycle import Role
from workstation.domain.outbox import OutboxRow
from workstation.ui.alarms import Alarms
from workstation.ui.approval.screen import ApprovalScreen
from workstation.ui.background import Background
from workstation.ui.board.orders_model import OrderRow
from workstation.ui.board.screen import BoardScreen
from workstation.ui.board.views import order_row, short_time
from workstation.ui.call.by_hand import ByHand
from workstation.ui.call.call_backs import CallBacks
from workstation.ui.call.control import CallControl
from workstation.ui.call.headset_keys import HeadsetKeys
from workstation.ui.call.manual_panel import ManualPanel
from workstation.ui.call.missed_calls import back_view, missed_view
from workstation.ui.call.party_row import PartyRow
from workstation.ui.call.top_bar import TopBar
from workstation.ui.call.trouble import RECONNECTING, Trouble, sentence, trouble
from workstation.ui.exchange import Exchange
from workstation.ui.intake.outcomes import Outcomes
from workstation.ui.intake.screen import IntakeScreen
from workstation.ui.keys import bind
from workstation.ui.labels import label
from workstation.ui.pages import Pages
from workstation.ui.sentences import code_sentence
from workstation.ui.sound import Speaker
from workstation.ui.standing import Standing

MINUTE_MS = 60_000
"""How often deadlines are looked at anew; what happens to an order is shown at once."""


class Work(QFrame):
    """Wires the screens of one console to each other; the sync is a timer, never in anyone's way."""

    def __init__(self, console: Console, background: Background, sounds: Speaker, *, practice: bool) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self.console = console
        self._background = background
        self._warned = ""
        self._trouble = ""
        self._alarms = Alarms(sounds)
        self._minute = QTimer(self)
        self._minute.setInterval(MINUTE_MS)
        self._minute.timeout.connect(self._by_the_clock)
        self.exchange = Exchange(console, background, self)
        self.bar = TopBar()
        self._standing = Standing(self.bar.status, console.clock, writes=not self._decides)
        self.parties = PartyRow()
        self.desk_phone = ManualPanel()
        self.intake = IntakeScreen(console, background)
        self.board = BoardScreen(console, background)
        self.approval = ApprovalScreen(console, background)
        self.pages = Pages(self.intake, self.board, self.approval, decides=self._decides)
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
        self._headset = HeadsetKeys(self, self.calls, console.headset)
        self._headset.troubled.connect(lambda why: self.say(code_sentence(why), "warn"))
        self._backs = CallBacks(console, background, self.intake, self.calls)
        self._wire()
        self._bind_keys()

    @property
    def _decides(self) -> bool:
        """Whether this person decides about orders instead of writing them."""
        return self.console.session.role is Role.DUTY_OFFICER

    def start(self, *, secrets: str, every_s: float) -> None:
        """Begin to work: the first sync at once, then one every few seconds."""
        self.show_keyring(kept=secrets != "wrapped")
        self.console.phone.start()
        self.intake.drafts.refresh()
        self._refresh_orders()
        self.approval.refresh()
        self.exchange.start(every_s)
        self._minute.start()
        if self.console.rescued:
            words = self.tr("The record file was damaged. It is kept as %1 and was rescued; check drafts and orders.")
            self.say(words.replace("%1", self.console.rescued), "warn")

    def show_keyring(self, *, kept: bool) -> None:
        """Say whether the cache's key is kept by the system, or wrapped in a file."""
        self._standing.show_keyring(kept=kept)

    def leave(self) -> None:
        """Keep what is on screen and stop every timer."""
        self.intake.keeper.flush()
        self._headset.leave()
        self.calls.leave()
        self._alarms.quiet()
        self.exchange.stop()
        self._minute.stop()
        self._standing.stop()

    def take_focus(self) -> None:
        """Put the cursor where this person works: into the text, where there is one to be written."""
        self.pages.currentWidget().setFocus()
        if self.pages.currentWidget() is self.intake and self.intake.incident is not None:
            self.intake.panels.narrative.setFocus()

    @property
    def place(self) -> int:
        """Which screen is in front."""
        return self.pages.currentIndex()

    @property
    def in_call(self) -> bool:
        """Whether a citizen is with this seat, talked to or on hold."""
        return self.calls.has_citizen

    @property
    def sign_in_needed(self) -> bool:
        """Whether the gateway asked for somebody to sign in again."""
        return bool(self.exchange.report.sign_in_needed)

    def say(self, text: str, state: str = "ok") -> None:
        """Say something on whichever screen is in front."""
        self.pages.say(text, state)

    def sync(self) -> None:
        """Let go out what was done here, and bring in what was done elsewhere."""
        self.exchange.run()

    def _wire(self) -> None:
        self.calls.answered.connect(self._answered)
        self.calls.states.connect(self.intake.drafts.show_calls)
        self.intake.drafts.show_calls(self.calls.standing)  # screens that are made anew find calls that go on
        self.calls.came_back.connect(self.intake.drafts.go_to_call)
        self.calls.nobody_waits.connect(lambda: self.say(self.tr("Nobody is to be called back."), "info"))
        self.calls.ringing.connect(self._alarms.ring)
        self.calls.complained.connect(self._complain)
        self.calls.troubled.connect(self._show_trouble)
        self.outcomes.sent.connect(lambda _: self._acted())
        self.intake.finished.connect(self._form_finished)
        self.board.mend.connect(self._mend)
        self.board.draft_opened.connect(self._open_draft)
        if self._decides:
            self.approval.waiting.connect(self._alarms.wait)
        self.exchange.ended.connect(self._standing.show_report)
        self.exchange.ended.connect(self._exchanged)
        self._background.changed.connect(self._on_changed)
        self.calls.missed.connect(self._show_missed)
        self.intake.panels.missed.chosen.connect(self._begin_missed)
        self.intake.panels.missed.given_up.connect(self._backs.give_up)
        self.intake.panels.orders.opened.connect(self.pages.open_order)

    def _bind_keys(self) -> None:
        self.calls.bind_keys(self)
        if self.by_hand is not None:
            self.by_hand.bind_keys(self)
        for id, page in (("intake", self.intake), ("approval", self.approval), ("board", self.board)):
            bind(id, self, partial(self.pages.go_to, page))
        bind("missed", self, self._go_to_missed)
        bind("all_keys", self, self.pages.toggle_keys)
        bind("search", self, self.pages.search)
        bind("back", self, self._back)
        bind("notice", self, self._quiet)

    def _back(self) -> None:
        if self.desk_phone.asking:
            self.desk_phone.leave()
        elif not self.intake.panels.prompt.isHidden():
            self.intake.panels.prompt.leave()
        elif not self.pages.is_home:
            self.pages.go_to(self.pages.home)
        else:
            self.outcomes.linkage.climb.stop()

    def _quiet(self) -> None:
        """Close the notice and silence what sounds until it begins anew."""
        self.pages.clear_notices()
        self._alarms.quiet()

    def _answered(self, call: Call) -> None:
        if self._decides:
            self.say(self.tr("A duty officer writes no forms: hand this call to a call-taker."), "warn")
            return
        self.pages.go_to(self.intake)
        if not self._backs.joined(call):
            self.intake.begin(call)

    def _form_finished(self) -> None:
        self.console.phone.finish_form()
        self._refresh_orders()

    def _mend(self, incident: Incident) -> None:
        if self._decides:
            return
        self.pages.go_to(self.intake)
        self.intake.open(incident)

    def _open_draft(self, incident: Incident) -> None:
        if self._decides:
            return
        self.pages.go_to(self.intake)
        self.intake.drafts.open(incident)

    # -- missed calls ----------------------------------------------------------------------------------------------

    def _show_missed(self, calls: Sequence[Call]) -> None:
        now = self.console.clock()
        rang = {call.id: call for call in calls}
        backs = [back_view(back, short_time(back.at, now), rang.get(back.call)) for back in self.console.phone.backs()]
        alone = [call for call in calls if not self.console.phone.was_queued(call.id)]
        missed = [missed_view(call, short_time(call.queued_at, now), now) for call in alone]
        self.intake.panels.missed.show_calls([*backs, *missed])

    def _go_to_missed(self) -> None:
        if self._decides:
            return
        self._show_missed(self.console.phone.missed())  # as of this key, not of the last look at the telephone
        self.pages.go_to(self.intake)
        self.intake.panels.missed.show()
        self.intake.panels.missed.setFocus()

    def _begin_missed(self, id: str) -> None:
        """Call back whoever was cut off; for who stands in no queue a form is begun."""
        if any(back.call == id for back in self.console.phone.backs()):
            self.calls.call_back(id)
            return
        self.intake.begin(self.console.phone.call(CallId(id)))

    def _complain(self, error: object) -> None:
        if isinstance(error, Unavailable):  # it is the telephone that was asked, not the gateway
            self.say(sentence(trouble(self.console.phone.problem)), "danger")
        elif isinstance(error, WorkstationError):
            self.intake.complain(error)

    def _show_trouble(self, reason: Trouble | None) -> None:
        """Say in a sentence why the telephone is lost, once it is known, until it is back."""
        if reason is not None and reason != RECONNECTING:
            self._trouble = sentence(reason)
            self.say(self._trouble, "danger")
        elif reason is None and self._trouble:
            self.pages.take_back(self._trouble)
            self._trouble = ""

    # -- orders and sync -------------------------------------------------------------------------------------------

    def _on_changed(self, _: object) -> None:
        self._acted()

    def _acted(self) -> None:
        """Something was done here: show it, and let it go out at once."""
        self._refresh_orders()
        self.sync()

    def _by_the_clock(self) -> None:
        """Show which deadlines came near or passed meanwhile, though nothing else happened."""
        self._refresh_orders()
        if self.board.isVisible():
            self.board.refresh()

    def _refresh_orders(self) -> None:
        desk, clock, library = self.console.desk, self.console.clock, self.console.library

        def read() -> tuple[list[OrderRow], int, list[OutboxRow]]:
            views = [] if self._decides else desk.my_orders(50)  # they stand beside the form, which nobody decides at
            orders = [order_row(view, library, clock()) for view in views]
            with self.console.store.begin() as tx:
                rows = list(tx.outbox())
            return orders, len(desk.returned()), rows

        self._background.ask(self, read, self._show_orders)

    def _show_orders(self, found: tuple[list[OrderRow], int, list[OutboxRow]]) -> None:
        rows, returned, outbox = found
        self.intake.panels.orders.show_orders(rows, returned=returned)
        self._standing.show_outbox(outbox)

    def _exchanged(self, report: Report) -> None:
        """Show what came in, and say what was not accepted."""
        self._warn_of_stranger(report.unavailable)
        for screen in (self.approval, self.board):
            screen.show_online(not report.unavailable)
        if report.changed or report.refused:
            self._refresh_orders()
            self.approval.refresh()
            if self.board.isVisible():
                self.board.refresh()
            self.intake.drafts.refresh()
        if report.refused:
            self.say(self.tr("The gateway refused an act; the list of undelivered acts says why (Ctrl+B)."), "danger")
        if report.sign_in_needed:
            self.say(
                self.tr("Somebody must sign in again before everything can be delivered; nothing is lost."), "warn"
            )

    def _warn_of_stranger(self, why: str) -> None:
        """Say once that somebody else may be answering in the gateway's place; that is no mere outage."""
        if not why:
            self._warned = ""
        elif is_stranger(why) and why != self._warned:
            self._warned = why
            self.say(code_sentence(why), "danger")
