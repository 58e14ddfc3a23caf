"""The board: my orders and what came back, each with its whole history and the actions that apply."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from workstation.desk.author import TransferView
from workstation.desk.console import Console
from workstation.domain.errors import WorkstationError
from workstation.domain.identity import TransferId
from workstation.domain.incident import Incident
from workstation.domain.lifecycle import NOTES, TRANSITIONS, Action
from workstation.domain.outbox import Delivery, OutboxRow, SearchHit
from workstation.domain.transfer import Step
from workstation.ui.approval.order_sheet import OrderSheet
from workstation.ui.approval.reason_line import ReasonLine
from workstation.ui.background import Background, Lane
from workstation.ui.board.my_orders import MyOrders
from workstation.ui.board.views import order_row, order_view, tr
from workstation.ui.cards import Card, Notice
from workstation.ui.chips import Words
from workstation.ui.fields import FieldView, LineField
from workstation.ui.flow import clear
from workstation.ui.keys import bind, cap
from workstation.ui.labels import label
from workstation.ui.layout import column
from workstation.ui.sentences import named_sentence, objection, refusal_sentence

MEND = "mend"
MOST_REFUSED = 5
# Orders are written on the form and decided on the approval pane, which knows what was read; here neither is offered.
_ON_THE_FORM = frozenset({Action.SUBMIT, Action.SUBMIT_URGENT, Action.RELEASE})
_ON_THE_PANE = frozenset({Action.APPROVE, Action.SEND_BACK, Action.REJECT, Action.CONFIRM, Action.OBJECT})
_HIDDEN = _ON_THE_FORM | _ON_THE_PANE


class BoardScreen(QFrame):
    """Lists orders on the left, shows one in the centre, and on the right what can be done with it, by digit."""

    mend = Signal(object)

    def __init__(self, console: Console, background: Background) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self._console = console
        self._background = background
        self._view: TransferView | None = None
        self._wanted = ""
        self._offered: list[str] = []
        self._found: tuple[str, ...] | None = None
        self._undelivered: tuple[OutboxRow, ...] = ()
        self.search = LineField("search", tr("Search"), prompt=tr("Number, name, phone, place or words"))
        self.orders = MyOrders()
        self.returned = MyOrders(tr("Came back, anybody's"))
        self.sheet = OrderSheet()
        self.reason = ReasonLine()
        self.notice = Notice()
        self._actions = QVBoxLayout()
        self._refused = QVBoxLayout()
        self._lay_out()
        self._asked_for: Action | None = None
        self.reason.given.connect(self._give_reason)
        self.search.edited.connect(self._search)
        self.orders.walked.connect(self.open)
        self.returned.walked.connect(self.open)
        self.orders.opened.connect(self.open)
        self.returned.opened.connect(self.open)
        for digit in range(9):
            bind(f"board_act_{digit + 1}", self, partial(self._act, digit))
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
        self._background.ask(self, self._console.desk.refused, self._show_refused)

    def open(self, id: str) -> None:
        """Show one order whole."""
        if id:
            self._wanted = id
            self._background.ask(self, partial(self._console.desk.transfer, TransferId(id)), self._show)

    def go_to_search(self) -> None:
        """Put the cursor into the search field."""
        self.search.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.search.edit.text():
            self.search.show_field(FieldView())
            self._search("")
            return
        super().keyPressEvent(event)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(12, 12, 12, 12)
        row.setSpacing(12)
        row.addWidget(column(self.search, (self.returned, 1), (self.orders, 3)), 24)
        row.addWidget(column(self.reason, (self.sheet, 1)), 54)
        actions, refused = QWidget(), QWidget()
        actions.setLayout(self._actions)
        refused.setLayout(self._refused)
        self._actions.setContentsMargins(0, 0, 0, 0)
        self._refused.setContentsMargins(0, 0, 0, 0)
        row.addWidget(column(actions, refused, None), 21)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addLayout(row, 1)
        page.addWidget(self.notice)

    def _on_changed(self, _: object) -> None:
        if self.isVisible():
            self.refresh()

    def _show_orders(self, views: list[TransferView]) -> None:
        if self._found is None:
            self._rows(self.orders, views)

    def _show_returned(self, views: list[TransferView]) -> None:
        self._rows(self.returned, views)
        self.returned.setVisible(bool(views))

    def _rows(self, rows: MyOrders, views: Sequence[TransferView]) -> None:
        now, library = self._console.clock(), self._console.library
        rows.show_orders([order_row(view, library, now) for view in views])
        if self._wanted:
            rows.show_current(self._wanted)

    def _search(self, typed: str) -> None:
        if not typed.strip():
            self._found = None
            self.refresh()
            return
        self._look_for(typed)

    def _look_for(self, typed: str) -> None:
        self._background.ask(self, partial(self._find, typed), partial(self._show_found, typed))

    def _find(self, typed: str) -> list[TransferView]:
        found: list[SearchHit] = self._console.desk.search(typed)
        ids = [hit.transfer.id for hit in found if hit.transfer is not None]
        return [self._console.desk.transfer(id) for id in ids]

    def _show_found(self, typed: str, views: list[TransferView]) -> None:
        if typed != self.search.edit.text():
            return  # an older question that was answered later
        if not self.search.edit.text().strip():
            return  # the search was given up while it ran
        self._found = tuple(view.transfer.id for view in views)
        self._rows(self.orders, views)

    def _show(self, view: TransferView) -> None:
        if view.transfer.id != self._wanted or view == self._view:
            return  # walked on meanwhile, or nothing new: what is being read stays as it is
        if self._view is None or self._view.transfer.id != view.transfer.id:
            self._asked_for = None
            self.reason.hide()  # it was asked for another order
        self._view = view
        self.sheet.show_order(order_view(view, self._console.clock()))
        self._show_actions(view)
        for rows in (self.orders, self.returned):
            rows.show_current(view.transfer.id)

    def _show_actions(self, view: TransferView) -> None:
        clear(self._actions)
        role = self._console.session.role
        actions = [a for a in view.offered(role) if a not in _HIDDEN]
        mendable = Action.SUBMIT in view.offered(role) and view.transfer.incident is not None
        self._offered = [*([MEND] if mendable else []), *actions][:9]
        card = Card(tr("Do"))
        for digit, action in enumerate(self._offered, start=1):
            text = tr("Mend and send again") if action == MEND else label(action, "action")
            card.body.addWidget(Words(f"{digit}  {text}"))
        if not self._offered:
            card.body.addWidget(Words(tr("Nothing to do; it goes its way."), role="muted"))
        self._actions.addWidget(card)

    def _show_refused(self, rows: list[OutboxRow]) -> None:
        clear(self._refused)
        self._undelivered = tuple(rows)
        if not rows:
            return
        card = Card(tr("Not delivered"))
        card.show_state("danger")
        for row in rows[:MOST_REFUSED]:
            number = row.command.number or (row.command.incident.number if row.command.incident else "")
            card.body.addWidget(Words(f"{number} {refusal_sentence(row.problem, row.detail)}"))
        if len(rows) > MOST_REFUSED:
            card.body.addWidget(Words(tr("and %1 more").replace("%1", str(len(rows) - MOST_REFUSED)), role="muted"))
        if _first(rows, Delivery.REFUSED) is not None:
            card.body.addWidget(
                Words(tr("%1 takes the uppermost refused one away").replace("%1", cap("board_dismiss")))
            )
        if _first(rows, Delivery.PARKED) is not None:
            card.body.addWidget(Words(tr("%1 sends again what was held back").replace("%1", cap("board_requeue"))))
        self._refused.addWidget(card)

    def _dismiss(self) -> None:
        row = _first(self._undelivered, Delivery.REFUSED)
        if row is not None:
            self._background.perform(self, partial(self._console.desk.dismiss, row.command.id), self._look_again)

    def _requeue(self) -> None:
        for row in self._undelivered:
            if row.delivery is Delivery.PARKED:
                self._background.perform(self, partial(self._console.desk.requeue, row.command.id), self._look_again)

    def _look_again(self, _: object) -> None:
        self._background.ask(self, self._console.desk.refused, self._show_refused)

    def _act(self, digit: int) -> None:
        view = self._on_screen()
        if view is None or digit >= len(self._offered) or not self.reason.isHidden():
            return
        chosen, transfer = self._offered[digit], view.transfer
        if chosen == MEND:
            self._mend(transfer.id)
            return
        action = Action(chosen)
        if self._needs_reason(action):
            self._asked_for = action
            self.reason.ask(tr("%1: why?").replace("%1", label(action)), objection=partial(objection, Step, "reason"))
            return
        self._take(action, "")

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


def _first(rows: Sequence[OutboxRow], delivery: Delivery) -> OutboxRow | None:
    return next((row for row in rows if row.delivery is delivery), None)
