"""From a key to a decision: what may be decided about the order on the pane, why, and what became of it."""

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from functools import partial

from PySide6.QtCore import QObject, Signal

from workstation.desk.author import TransferView
from workstation.desk.console import Console
from workstation.domain.errors import WorkstationError
from workstation.domain.identity import TransferId
from workstation.domain.lifecycle import Action
from workstation.domain.transfer import Step
from workstation.ui.approval.decision_bar import USUAL, DecisionBar
from workstation.ui.approval.reason_line import ReasonLine
from workstation.ui.approval.views import confirms, tr
from workstation.ui.background import Background
from workstation.ui.cards import Notice
from workstation.ui.keys import cap
from workstation.ui.labels import label
from workstation.ui.sentences import named_sentence, objection

_PLAIN = {Action.APPROVE: "approve", Action.SEND_BACK: "send_back", Action.REJECT: "reject"}
Act = Callable[[str], AbstractSet[TransferId]]


class Deciding(QObject):
    """Takes decisions about one order; each is written here first, and what the gateway refuses comes back."""

    taken = Signal(str)
    came_back = Signal(str)
    given_up = Signal()

    def __init__(
        self, console: Console, background: Background, bar: DecisionBar, reason: ReasonLine, notice: Notice
    ) -> None:
        super().__init__(bar)
        self._console = console
        self._background = background
        self._bar = bar
        self._reason = reason
        self._notice = notice
        self._view: TransferView | None = None
        self._master: TransferView | None = None
        self._marked: tuple[str, ...] = ()
        self._asked_for: Act | None = None
        self._offered: tuple[str, ...] = ()
        self._marks_first = False
        self._hint = ""
        self.under_way: set[str] = set()
        bar.decided.connect(self._decide)
        reason.given.connect(self._give_reason)
        reason.cancelled.connect(self.given_up)
        reason.asking.connect(bar.show_asking)

    def turn_to(self, view: TransferView | None, *, online: bool) -> None:
        """Begin anew with another order, or with another content of the same: nothing of the one before holds."""
        self._marked, self._asked_for, self._master, self._marks_first = (), None, None, False
        self._unhint()
        self._bar.show_switched(startled=not self._reason.isHidden())
        self._reason.hide()
        self.offer(view, online=online)

    def offer(self, view: TransferView | None, *, online: bool) -> None:
        """Offer what the lifecycle allows for *view*; what cannot be done now keeps its place and says why."""
        self._view = view
        places = self._allowed(view) if view is not None else USUAL
        shown, why_not = list(places), ""
        if view is None:
            shown = []
        elif not online:
            shown, why_not = [], tr("The gateway cannot be reached: only printing works.")
        elif "approve" in shown and self._console.session.user in view.after.authors:
            shown.remove("approve")
            why_not = tr("You wrote on it: another duty officer has to approve it.")
        self._offered = tuple(shown)
        self._marks_first = self._marks_first and "send_back" in shown
        self._bar.show_printable(view is not None)
        self._bar.show_confirming(view is not None and confirms(view))
        self._bar.show_offered(shown, why_not, dimmed=places)

    def _allowed(self, view: TransferView) -> tuple[str, ...]:
        """Return the decisions that the lifecycle knows for *view*, whoever sits here and whatever is out of reach."""
        offered = view.offered(self._console.session.role)
        named = [name for action, name in _PLAIN.items() if action in offered]
        if confirms(view):
            named = ["approve", "object"]
        if Action.RECALL in offered:
            named.append("recall")
        if self._master is not None and Action.REJECT in offered:
            named.append("merge")
        return tuple(named)

    def offer_merge(self, master: TransferView | None, *, online: bool) -> None:
        """Offer to merge the order into *master*, which carries the same matter."""
        self._master = master
        self._bar.show_master(master.transfer.number if master is not None else "")
        self.offer(self._view, online=online)

    def mark(self, fields: object) -> None:
        """Note which fields are to be corrected; the first one leads on to sending back, where that was asked for."""
        self._marked = tuple(fields) if isinstance(fields, tuple) else ()
        self._unhint()
        if self._marks_first and self._marked:
            self._marks_first = False
            self._decide("send_back")

    @property
    def holds_back(self) -> bool:
        """Whether something was begun that has to be finished or called off before the order may be approved."""
        return self._marks_first or bool(self._marked)

    def call_off(self) -> None:
        """Call off a sending back that still waits for its first mark."""
        self._marks_first = False
        self._unhint()

    def _decide(self, name: str) -> None:
        view = self._view
        if view is None:
            return
        if name == "approve" and self.holds_back:
            self._show_hint(self._why_held_back())
            return
        if name == "merge":
            self._merge(view)
            return
        action = {
            "approve": Action.CONFIRM if confirms(view) else Action.APPROVE,
            "send_back": Action.SEND_BACK,
            "reject": Action.REJECT,
            "object": Action.OBJECT,
            "recall": Action.RECALL,
        }[name]
        fields = self._marked if action is Action.SEND_BACK else ()
        desk, id, seen = self._console.desk, view.transfer.id, view.after.revision

        def act(reason: str) -> AbstractSet[TransferId]:
            return desk.act(id, action, reason=reason, fields=fields, seen=seen)

        if name == "approve":
            self._take(act, "")
        elif name == "send_back" and not fields:
            self._marks_first = True
            self._show_hint(self._why_held_back())
        else:
            phrases = (tr("Place unclear"), tr("Matter unclear"), tr("Wrong category"), tr("Belongs to the police"))
            self._ask(act, tr("%1: why?").replace("%1", label(action)), phrases, label(action))

    def _why_held_back(self) -> str:
        if self._marks_first:
            return tr("Mark what to correct, by the key before it; then comes the reason. Esc: do not send back.")
        if "send_back" in self._offered:
            words = tr("Fields are marked to correct: %1 sends back. To approve, take the marks off first: Esc.")
            return words.replace("%1", cap("send_back"))
        return tr("Fields are marked to correct. To approve, take the marks off first: Esc.")

    def _show_hint(self, sentence: str) -> None:
        self._notice.show_notice(sentence, "warn")
        self._hint = self._notice.text

    def _unhint(self) -> None:
        """Take away the sentence that said what to do first, unless another one stands there by now."""
        if self._hint and self._notice.text == self._hint:
            self._notice.clear()
        self._hint = ""

    def _merge(self, view: TransferView) -> None:
        if self._master is None:
            return
        desk, own, master = self._console.desk, view.transfer, self._master.transfer
        into = tr("Merged into %1").replace("%1", master.number)
        repeated = tr("Reported again, merged from %1").replace("%1", own.number)
        why = tr("%1: %2").replace("%1", into)
        seen = view.after.revision

        def act(reason: str) -> AbstractSet[TransferId]:
            return desk.merge(own.id, master.id, reason=why.replace("%2", reason), note=repeated, seen=seen)

        self._ask(act, tr("%1: why?").replace("%1", into), (tr("The same matter"), tr("The same caller asks again")))

    def _ask(self, act: Act, question: str, phrases: tuple[str, ...], does: str = "") -> None:
        self._asked_for, self._marks_first = act, False
        self._unhint()
        self._reason.ask(question, phrases, objection=partial(objection, Step, "reason"), does=does)

    def _give_reason(self, reason: str) -> None:
        if self._asked_for is not None:
            self._take(self._asked_for, reason)
        self.given_up.emit()

    def _take(self, act: Act, reason: str) -> None:
        if self._view is None:
            return
        id = self._view.transfer.id
        self.under_way.add(id)
        self._background.perform(self, partial(act, reason), partial(self._done, id), otherwise=partial(self._not, id))
        self.taken.emit(id)

    def _done(self, id: str, _: object) -> None:
        self.under_way.discard(id)
        self._notice.clear()

    def _not(self, id: str, error: WorkstationError) -> None:
        self.under_way.discard(id)
        self._notice.show_notice(named_sentence(error), "danger")
        self.came_back.emit(id)
