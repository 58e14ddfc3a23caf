"""The board: my orders and what came back, each with its whole history and the actions that apply."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from workstation.desk.author import TransferView
from workstation.desk.console import Console
from workstation.domain.errors import WorkstationError
from workstation.domain.identity import TransferId
from workstation.domain.incident import Incident, Stage
from workstation.domain.lifecycle import NOTES, TRANSITIONS, Action, Role
from workstation.domain.outbox import Delivery
from workstation.domain.transfer import Step
from workstation.ui.approval.order_sheet import OrderSheet
from workstation.ui.approval.reason_line import ReasonLine
from workstation.ui.background import Background, Lane
from workstation.ui.board.ask_first import AskFirst
from workstation.ui.board.found import Found, find
from workstation.ui.board.incident_views import incident_row, incident_view
from workstation.ui.board.my_orders import MyOrders
from workstation.ui.board.offers import MEND, NOT_TAKEN_BACK, Offers, offered_here
from workstation.ui.board.undelivered import Undelivered
from workstation.ui.board.views import order_row, order_view, tr
from workstation.ui.cards import Card, Notice
from workstation.ui.chips import Words
from workstation.ui.fields import FieldView, LineField
from workstation.ui.keys import bind
from workstation.ui.labels import label
from workstation.ui.layout import column, scrolled
from workstation.ui.sentences import named_sentence, objection

LEAST_CARDS = 2


class BoardScreen(QFrame):
    """Lists orders on the left, shows one in the centre, and on the right what can be done with it, by digit."""

    mend = Signal(object)
    draft_opened = Signal(object)

    def __init__(self, console: Console, background: Background) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self._console = console
        self._background = background
        self._view: TransferView | None = None
        self._wanted = ""
        self._into_hits = False
        self._listed = ""
        self._found: tuple[str, ...] | None = None
        self._mine: tuple[TransferView, ...] = ()
        self._before_search = ""
        self._excerpts: dict[str, str] = {}
        self._came_back: tuple[TransferView, ...] = ()
        self._incidents: dict[str, Incident] = {}
        self.search = LineField("search", tr("Search"), prompt=tr("Number, name, phone, place or words"))
        self.orders = MyOrders(decides=console.session.role is Role.DUTY_OFFICER, least=LEAST_CARDS)
        self.returned = MyOrders(tr("Came back, anybody's"), least=1)
        self.sheet = OrderSheet(
            tr("The order chosen on the left stands here: its text, its steps, its times."), marks=False
        )
        self.reason = ReasonLine()
        self.ask_first = AskFirst()
        self.notice = Notice()
        self.offers = Offers()
        self.offers.show_offers((), mendable=False, nothing=tr("Choose an order first."))
        self.offline = Card()
        self.offline.setProperty("role", "notice")
        self.offline.show_state("warn")
        away = tr(
            "The gateway cannot be reached: what you do here is kept and sent by itself; no news comes until then."
        )
        self.offline.body.addWidget(Words(away))
        self.offline.hide()
        self.undelivered = Undelivered()
        self._lay_out()
        self._asked_for: Action | None = None
        self.reason.given.connect(self._give_reason)
        self.ask_first.confirmed.connect(lambda: self._give_reason(""))
        self.search.edited.connect(self._search)
        for rows in (self.orders, self.returned):
            rows.left_upwards.connect(self.go_to_search)
        self.orders.walked.connect(self.open)
        self.returned.walked.connect(self.open)
        self.orders.opened.connect(self._open_here)
        self.returned.opened.connect(self.open)
        for digit in range(1, 10):
            bind(f"board_act_{digit}", self, partial(self._act, digit))
        bind("board_dismiss", self, self._dismiss)
        bind("board_requeue", self, self._requeue)
        background.changed.connect(self._on_changed)

    def refresh(self) -> None:
        """Show the orders as they stand, those that were searched for and the one on the sheet too."""
        if self._found is None:
            self._background.ask(self, self._console.desk.my_orders, self._show_orders)
        else:
            self._look_for(self.search.edit.text())
        self.open(self._wanted)
        self._background.ask(self, self._console.desk.returned, self._show_returned)
        self._background.ask(self, self._console.desk.refused, self.undelivered.show_rows)

    def open(self, id: str) -> None:
        """Show one order whole, or the summary of a form that is none."""
        if id:
            self._wanted = id
        if id in self._incidents:
            self._show_incident(self._incidents[id])
        elif id:
            self._background.ask(self, partial(self._console.desk.transfer, TransferId(id)), self._show)

    def show_online(self, online: bool) -> None:  # noqa: FBT001 -- a Qt slot
        """Say whether the gateway can be reached; without it the board shows what is known here."""
        self.offline.setVisible(not online)

    def go_to_search(self) -> None:
        """Put the cursor into the search field."""
        self.search.setFocus()

    def event(self, event: QEvent) -> bool:
        """Claim Esc while it closes something here: otherwise it leads back from the board."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._escapes(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and self.search.edit.hasFocus():
            self._go_into_hits()
        elif not self._escapes(event):
            super().keyPressEvent(event)
        elif not self.ask_first.isHidden():
            self.ask_first.leave()
        else:
            self.search.show_field(FieldView())
            self._search("")

    def _go_into_hits(self) -> None:
        """Go from the search line into what was found for it, as soon as that is there."""
        typed = self.search.edit.text()
        self._into_hits = self._listed != (typed if typed.strip() else "")
        if not self._into_hits:
            self.orders.go_in()

    def _show_listed(self, typed: str) -> None:
        """Note for what the list stands there; whoever waits in the line to go into it goes in."""
        self._listed = typed
        if self._into_hits and self.search.edit.hasFocus():
            self._go_into_hits()

    def _escapes(self, event: QKeyEvent) -> bool:
        """Say whether a key calls something off on this screen."""
        open_here = not self.ask_first.isHidden() or bool(self.search.edit.text())
        return event.key() == Qt.Key.Key_Escape and open_here

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(12, 12, 12, 12)
        row.setSpacing(12)
        lists = scrolled(column((self.returned, 1), (self.orders, 3)))
        row.addWidget(column(self.search, (lists, 1)), 24)
        row.addWidget(column(self.reason, self.ask_first, (self.sheet, 1)), 54)
        row.addWidget(column(self.offers, self.undelivered, None, self.offline), 21)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addLayout(row, 1)
        page.addWidget(self.notice)

    def _on_changed(self, _: object) -> None:
        if self.isVisible():
            self.refresh()

    def _show_orders(self, views: list[TransferView]) -> None:
        self._mine = tuple(views)
        if self._found is None:
            self._list_mine()
            self._show_listed("")

    def _list_mine(self) -> None:
        """Show the orders; the one on the sheet stands behind them where it is none of the newest."""
        listed = {view.transfer.id for view in (*self._mine, *self._came_back)}
        view = self._on_screen()
        behind = [view] if view is not None and view.transfer.id not in listed else []
        self._rows(self.orders, [*self._mine, *behind])

    def _show_returned(self, views: list[TransferView]) -> None:
        self._came_back = tuple(views)
        self._filter_returned()

    def _filter_returned(self) -> None:
        """Show what came back; while something is searched for, only what was found of it."""
        left = [view for view in self._came_back if self._found is None or view.transfer.id in self._found]
        self._rows(self.returned, left)
        self.returned.setVisible(bool(left))

    def _rows(self, rows: MyOrders, found: Sequence[TransferView | Incident], *, searched: bool = False) -> None:
        now, library = self._console.clock(), self._console.library
        shown = [
            incident_row(one, library, now) if isinstance(one, Incident) else order_row(one, library, now)
            for one in found
        ]
        if self._found is not None:
            shown = [replace(row, found=self._excerpts.get(row.id, "")) for row in shown]
        rows.show_orders(shown, searched=searched)
        if self._wanted:
            rows.show_current(self._wanted)

    def _search(self, typed: str) -> None:
        self._into_hits = False
        if typed.strip():
            self._look_for(typed)
            return
        self._found = None
        self.sheet.show_found("")
        self._wanted = self._wanted or self._before_search
        self.refresh()

    def _look_for(self, typed: str) -> None:
        self._background.ask(self, partial(find, self._console, typed), partial(self._show_found, typed))

    def _show_found(self, typed: str, hits: list[Found]) -> None:
        if typed != self.search.edit.text():
            return  # an older question that was answered later
        if not self.search.edit.text().strip():
            return  # the search was given up while it ran
        found = [hit.one for hit in hits]
        self._incidents = {one.id: one for one in found if isinstance(one, Incident)}
        self._found = tuple(one.id if isinstance(one, Incident) else one.transfer.id for one in found)
        self._excerpts = {id: hit.excerpt for id, hit in zip(self._found, hits, strict=True)}
        self._rows(self.orders, found, searched=True)
        self._filter_returned()
        self.sheet.show_found(typed)
        self._show_first_found()
        self._show_listed(typed)

    def _show_first_found(self) -> None:
        """Let the first that was found stand on the sheet, or nothing: never an order that was not found."""
        found = self._found or ()
        if self._wanted in found:
            return
        self._before_search = self._view.transfer.id if self._view is not None else self._before_search
        if found:
            self.open(found[0])
            return
        self._wanted, self._view = "", None
        self._forget_question()
        self.sheet.show_order(None)
        self.offers.show_offers((), mendable=False, nothing=tr("Choose an order first."))

    def _open_here(self, id: str) -> None:
        """Show what stands at *id*; a form that is still being written is opened where it is written."""
        self.open(id)
        incident = self._incidents.get(id)
        if incident is not None and incident.stage is not Stage.CONCLUDED:
            self.draft_opened.emit(incident)

    def _show_incident(self, incident: Incident) -> None:
        """Show a form that is no order, to be read only."""
        self._forget_question()
        self._view = None
        self.sheet.show_order(incident_view(incident, self._console.library, self._console.clock()))
        closed = incident.stage is Stage.CONCLUDED or self._console.session.role is Role.DUTY_OFFICER
        words = tr("This is no order; it can be read here.") if closed else tr("Enter opens its form.")
        self.offers.show_offers((), mendable=False, nothing=words)
        for rows in (self.orders, self.returned):
            rows.show_current(incident.id)

    def _forget_question(self) -> None:
        """Let go of what was asked for another order."""
        self._asked_for = None
        self.reason.hide()
        self.ask_first.leave()

    def _show(self, view: TransferView) -> None:
        if view.transfer.id != self._wanted or view == self._view:
            return  # walked on meanwhile, or nothing new: what is being read stays as it is
        if self._view is None or self._view.transfer.id != view.transfer.id:
            self._forget_question()
        self._view = view
        self.sheet.show_order(order_view(view, self._console.library, self._console.clock()))
        if self._found is None and view.transfer.id not in (*self.orders.ids, *self.returned.ids):
            self._list_mine()
        offered = view.offered(self._console.session.role)
        mendable = Action.SUBMIT in offered and view.transfer.incident is not None
        self.offers.show_offers(offered_here(offered, view.after.state), mendable=mendable)
        for rows in (self.orders, self.returned):
            rows.show_current(view.transfer.id)

    def _dismiss(self) -> None:
        row = self.undelivered.first(Delivery.REFUSED)
        if row is not None:
            self._background.perform(self, partial(self._console.desk.dismiss, row.command.id), self._look_again)

    def _requeue(self) -> None:
        for row in self.undelivered.rows:
            if row.delivery is Delivery.PARKED:
                self._background.perform(self, partial(self._console.desk.requeue, row.command.id), self._look_again)

    def _look_again(self, _: object) -> None:
        self._background.ask(self, self._console.desk.refused, self.undelivered.show_rows)

    def _act(self, digit: int) -> None:
        view = self._on_screen()
        chosen = self.offers.of(digit)
        if view is None or not chosen or not self.reason.isHidden():
            return
        if not self.ask_first.isHidden():
            if chosen == self._asked_for:
                self.ask_first.confirm()
            return
        transfer = view.transfer
        if chosen == MEND:
            self._mend(transfer.id)
            return
        action = Action(chosen)
        if self._needs_reason(action):
            self._asked_for = action
            question, check = tr("%1: why?").replace("%1", label(action)), partial(objection, Step, "reason")
            self.reason.ask(question, objection=check, does=label(action))
            return
        if action in NOT_TAKEN_BACK:
            self._ask_first(action, digit)
            return
        self._take(action, "")

    def _ask_first(self, action: Action, digit: int) -> None:
        self._asked_for = action
        question = tr("%1: it cannot be taken back. Note it?").replace("%1", label(action, "action"))
        self.ask_first.ask(question, does=label(action, "action"), key=f"board_act_{digit}")

    def _mend(self, id: TransferId) -> None:
        """Open the form of an order that came back; one of another console is brought from the gateway."""
        mending = self._console.mending

        def show(incident: Incident | None) -> None:
            if incident is not None:
                self.mend.emit(incident)
                return
            self.notice.show_notice(tr("The form is being brought from another seat..."))
            self._background.ask(self, partial(mending.fetch, id), shown, otherwise=self._complain, lane=Lane.NET)

        def shown(incident: Incident) -> None:
            self.notice.clear()
            if self.isVisible():  # who went on to a call meanwhile finds it among the drafts
                self.mend.emit(incident)

        self._background.ask(self, partial(mending.here, id), show, otherwise=self._complain, lane=Lane.WRITE)

    def _give_reason(self, reason: str) -> None:
        if self._asked_for is not None:
            self._take(self._asked_for, reason)

    def _needs_reason(self, action: Action) -> bool:
        if self._view is None:
            return False
        transfer = self._view.after
        note = NOTES.get((transfer.direction, action))
        rule = TRANSITIONS.get((transfer.direction, transfer.state, action))
        return bool((note and note.reason_required) or (rule and rule.reason_required))

    def _take(self, action: Action, reason: str) -> None:
        view = self._on_screen()
        if view is None:
            return
        seen = view.after.revision
        act = partial(self._console.desk.act, view.transfer.id, action, reason=reason, seen=seen)
        self._background.perform(self, act, otherwise=self._complain)

    def _on_screen(self) -> TransferView | None:
        """Return the order on the sheet; nothing while the one that was walked to is still on its way there."""
        view = self._view
        return view if view is not None and view.transfer.id == self._wanted else None

    def _complain(self, error: WorkstationError) -> None:
        self.notice.show_notice(named_sentence(error), "danger")
