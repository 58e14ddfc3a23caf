"""The approval pane: the queue by age, the order as a department reads it, the checks, one key each."""

import time
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from workstation.desk.author import TransferView
from workstation.desk.console import Console
from workstation.domain.lifecycle import Role
from workstation.settings import WAITS_TOO_LONG_S
from workstation.ui.approval.checks import Checks
from workstation.ui.approval.deciding import Deciding
from workstation.ui.approval.decision_bar import DecisionBar
from workstation.ui.approval.elsewhere import Elsewhere
from workstation.ui.approval.near import NearOrders, master_among
from workstation.ui.approval.order_sheet import OrderSheet, OrderView
from workstation.ui.approval.printed import print_order
from workstation.ui.approval.queue import Queue
from workstation.ui.approval.queue_model import age_state
from workstation.ui.approval.readers import Readers
from workstation.ui.approval.reason_line import ReasonLine
from workstation.ui.approval.shift_counts import ShiftCounts
from workstation.ui.approval.views import checks, read_by, tr
from workstation.ui.approval.waiting import Waiting, look
from workstation.ui.background import Background
from workstation.ui.board.views import order_view
from workstation.ui.cards import Notice
from workstation.ui.chips import ages
from workstation.ui.intake.near_views import near_orders
from workstation.ui.keys import MARKS, bind, cap
from workstation.ui.layout import column, scrolled

TICK_MS = 1000


class ApprovalScreen(QFrame):
    """Shows waiting orders one at a time; a decision never falls on an unseen one."""

    waiting = Signal(object)

    def __init__(self, console: Console, background: Background) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self._console = console
        self._background = background
        self._waiting = Waiting(at=console.clock())
        self._current = ""
        self._revision = 0
        self.online = True
        self.practice = False
        self.counts = ShiftCounts()
        self.queue = Queue()
        self.sheet = OrderSheet(tr("Nothing waits for a decision."))
        self.checks = Checks()
        self.near = NearOrders()
        self.reason = ReasonLine()
        self.notice = Notice()
        self.decisions = DecisionBar(time.monotonic)
        self._deciding = Deciding(console, background, self.decisions, self.reason, self.notice)
        self._elsewhere = Elsewhere(self, console, background, self.notice)
        self._readers = Readers(self, console, background)
        self._lay_out()
        self._wire()
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self._on_tick)
        self._tick.start()

    @property
    def current(self) -> str:
        """The order on the pane; empty while none waits."""
        return self._current

    def refresh(self) -> None:
        """Fetch what waits; at a call-taker's seat nobody looks here, and a long queue costs reading and painting."""
        if self._console.session.role is not Role.DUTY_OFFICER:
            return
        self._background.ask(self, partial(look, self._console), self._show_waiting)
        self._elsewhere.look_again()

    def show_online(self, online: bool) -> None:  # noqa: FBT001 -- a Qt slot
        """Say whether the gateway can be reached; approving needs it."""
        if online == self.online:
            return
        self.online = online
        if online:
            self.notice.clear()
        else:
            words = tr("The gateway cannot be reached: approving waits. Urgent orders go by the printed order (%1).")
            self.notice.show_notice(words.replace("%1", cap("print")), "warn")
        self._deciding.offer(self._view, online=online)

    def print_order(self) -> None:
        """Put the order on screen on paper, into the folder of this console."""
        view = self._view
        if view is None or not self.reason.isHidden():
            return
        shown, folder = self._shown(view), self._console.prints
        try:
            file = print_order(shown, view.transfer.number, folder, practice=self.practice)
        except OSError:
            self.notice.show_notice(
                tr("The printed order could not be written to %1.").replace("%1", str(folder)), "danger"
            )
            return
        self.notice.show_notice(tr("Printed order: %1").replace("%1", str(file)), "ok")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._heard(event):
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hear the decision keys before the list does: it would take letters for a search."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._heard(event):
            return True
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        """Claim Esc while something was begun that it calls off: everywhere else it leads back."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            self.decisions.note_key()
            if self._calls_off(event):
                event.accept()
                return True
        return super().event(event)

    def _calls_off(self, event: QKeyEvent) -> bool:
        return event.key() == Qt.Key.Key_Escape and self.reason.isHidden() and self._deciding.holds_back

    def _heard(self, event: QKeyEvent) -> bool:
        if self._calls_off(event):
            self._deciding.call_off()
            self.sheet.unmark()
            return True
        return self.reason.isHidden() and self.decisions.heard(event)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(12, 12, 12, 12)
        row.setSpacing(12)
        row.addWidget(scrolled(self.queue), 17)
        row.addWidget(column(self.reason, (self.sheet, 1)), 60)
        row.addWidget(scrolled(column(self.checks, self.near, None)), 21)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addLayout(row, 1)
        keeps = self.notice.sizePolicy()
        keeps.setRetainSizeWhenHidden(True)  # so that no order and no key moves beneath a hand that is about to decide
        self.notice.setSizePolicy(keeps)
        page.addWidget(self.notice)
        page.addWidget(self.decisions)
        self.setFocusProxy(self.queue)

    def _wire(self) -> None:
        self.queue.walked.connect(self._go_to)
        for cards in self.queue.lists:
            cards.installEventFilter(self)
        self.sheet.fully_shown.connect(lambda _: self.decisions.show_read())
        self.sheet.marked.connect(self._deciding.mark)
        self.reason.asking.connect(self.sheet.show_keys_taken)
        self._deciding.taken.connect(self._take_off)
        self._deciding.taken.connect(self._elsewhere.watch)
        self._deciding.came_back.connect(self._elsewhere.ask)
        self._deciding.came_back.connect(lambda _: self.refresh())
        self._deciding.given_up.connect(self.queue.setFocus)
        self._readers.learned.connect(self._show_readers)
        bind("scroll_order", self, self.sheet.read_on)
        bind("print", self, self.print_order)
        self.decisions.printing.connect(self.print_order)
        for number, id in enumerate(MARKS, start=1):
            bind(id, self, partial(self._mark, number))
        self._background.changed.connect(self._on_changed)

    def _on_changed(self, _: object) -> None:
        self.refresh()

    def _show_waiting(self, found: Waiting) -> None:
        # What is being decided here is gone from the pane, whatever was read before it was written.
        self._waiting = found.without(self._deciding.under_way)
        self._show_queue()
        self.counts.show_approved(found.approved)
        order = self.queue.order()
        view = self._view
        if view is None:
            self._elsewhere.ask(self._current)
            self._go_to(order[0] if order else "")
        elif view.after.revision != self._revision:
            self._turn_to(self._current)  # its author changed it meanwhile: what was read is another order
            self.notice.show_notice(tr("The order was changed by its author: read it again."), "warn")
        else:
            self.sheet.show_order(self._shown(view))
        self._tell_ages()

    @property
    def _view(self) -> TransferView | None:
        """The order on the pane, if it still waits."""
        return self._waiting.views.get(self._current)

    def _shown(self, view: TransferView) -> OrderView:
        return order_view(view, self._console.library, self._console.clock())

    def _show_queue(self) -> None:
        self.queue.show_queue(self._waiting.rows)
        self.queue.show_passed(self._passed)
        self.queue.show_current(self._current)

    @property
    def _passed(self) -> int:
        """How many seconds ago the ages of the rows were right."""
        return int((self._console.clock() - self._waiting.at).total_seconds())

    def _go_to(self, id: str) -> None:
        if id != self._current or not id:
            self._turn_to(id)

    def _turn_to(self, id: str) -> None:
        """Put an order on the pane as nobody has read it yet."""
        self._current = id
        view = self._view
        self._revision = view.after.revision if view is not None else 0
        self._deciding.turn_to(view, online=self.online)
        self.sheet.show_order(self._shown(view) if view is not None else None)
        self.queue.show_current(id)
        if view is None:
            self.checks.show_checks(())
            self.near.show_near((), self._console.clock())
        else:
            self._check(view)
        self._readers.read(id)

    def _check(self, view: TransferView) -> None:
        """Look for orders that are about the same, and let the machine say what it thinks of this one."""
        console = self._console
        order = view.transfer.order
        find = partial(near_orders, console.desk, order.contact_phone.text, order.region_name, order.address.text)

        def show(found: list[TransferView]) -> None:
            if self._current == view.transfer.id:
                near = [each for each in found if each.transfer.id != view.transfer.id]
                self.near.show_near(near, console.clock())
                self.checks.show_checks(checks(view, console.library, console.session.user, near))
                self._deciding.offer_merge(master_among(near, view.transfer, console.session.role), online=self.online)

        self._background.ask(self, find, show)

    def _take_off(self, id: str) -> None:
        """Take an order off the pane that was just decided, and go on to the one that has waited longest."""
        self._waiting = self._waiting.without({id})
        self._show_queue()
        order = self.queue.order()
        self._go_to(order[0] if order else "")

    def _mark(self, number: int) -> None:
        if self.reason.isHidden():
            self.sheet.mark(number)

    def _on_tick(self) -> None:
        if self.isVisible():
            self.queue.show_passed(self._passed)
        self._tell_ages()

    def _tell_ages(self) -> None:
        if self._console.session.role is not Role.DUTY_OFFICER:
            return
        waited = self._waiting.ages(self._console.clock())
        self.waiting.emit(waited)
        self.counts.show_waiting(len(waited), max(waited.values(), default=0))
        age = waited.get(self._current)
        if age is None:
            self.decisions.show_age("", "")
            return
        late = tr(": over two minutes") if age >= WAITS_TOO_LONG_S else ""
        self.decisions.show_age(ages(age) + late, age_state(age))

    def _show_readers(self, readers: dict[str, tuple[str, ...]]) -> None:
        self.queue.show_readers({id: read_by(users) for id, users in readers.items()})
