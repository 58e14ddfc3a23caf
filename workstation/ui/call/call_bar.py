"""The telephone's part of the top bar."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from workstation.domain.call_seat import SeatAction, SeatState
from workstation.domain.call_table import CallAction, CallState
from workstation.ui.chips import Chip, Dot, KeyCap, Words, ages
from workstation.ui.flow import FlowLayout
from workstation.ui.keys import cap
from workstation.ui.labels import label
from workstation.ui.theme import mark

BLINK_MS = 500
_RINGING = frozenset({CallState.RINGING, CallState.CLAIMED, CallState.RINGING_BACK})
_LIGHT = {
    CallState.HELD: "warn",
    CallState.PRIVATE: "warn",
    CallState.HANDED_OVER: "warn",
    CallState.ENDED: "",
} | dict.fromkeys(_RINGING, "ringing")

KEYS_OF_ACTIONS = {
    CallAction.ANSWER: "answer",
    CallAction.HOLD: "hold",
    CallAction.RESUME: "hold",
    CallAction.MUTE: "mute",
    CallAction.UNMUTE: "mute",
    CallAction.ADD_PARTY: "add_party",
    CallAction.CANCEL_ADD: "drop_party",
    CallAction.DROP_PARTY: "drop_party",
    CallAction.LEAVE: "leave_call",
    CallAction.REJOIN: "rejoin",
    CallAction.END: "hang_up",
}
"""The key of each action that has one; an action and its opposite share theirs."""


@dataclass(frozen=True, slots=True)
class CallView:
    """What the bar shows of a call; the number comes masked until the call is claimed."""

    state: CallState
    number: str
    who: str = ""
    seconds: int = 0
    actions: Collection[CallAction] = ()


@dataclass(frozen=True, slots=True)
class HeldView:
    """A call on hold beside the one the bar shows: who waits, and since how many seconds."""

    who: str
    seconds: int = 0


class CallBar(QWidget):
    """Shows the call, its time and number, and the keys that apply now; a call that rings stands out and blinks."""

    chosen = Signal(CallAction)
    ready_pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._dot = Dot()
        self._state = Words(role="call", wraps=False)
        self._number = Words(role="call", wraps=False)
        self._who = Words(role="muted", wraps=False)
        self._second = Chip()
        self._unsettled = Chip()
        self._held: list[Chip] = []
        self._swap, swap = KeyCap("swap"), self.tr("Swap")
        self._swap.show_text(f"{cap('swap')} {swap}")
        self._swap.hide()
        self._buttons: dict[CallAction, QPushButton] = {}
        self._row = FlowLayout(self)
        self._ready = _pressed_by_key("ready")
        self._ready.clicked.connect(self.ready_pressed)
        for widget in (self._dot, self._state, self._ready, self._number, self._who, self._second, self._unsettled):
            self._row.addWidget(widget)
        self._blink = QTimer(self)
        self._blink.setInterval(BLINK_MS)
        self._blink.timeout.connect(self._toggle)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.show_seat_state(SeatState.NOT_READY)

    def show_seat_state(self, state: SeatState, wanted: SeatState | None = None) -> None:
        """Show that there is no call, whether one may come, and what the key would change about what is *wanted*."""
        self._blink.stop()
        self._dot.show_state({SeatState.READY: "ok", SeatState.WRAP_UP: "warn"}.get(state, ""))
        self._state.show_text(self.tr("State: %1").replace("%1", label(state)))
        takes = (wanted or state) is SeatState.READY
        self._ready.setText(f"{cap('ready')} {label(SeatAction.GO_NOT_READY if takes else SeatAction.GO_READY)}")
        self._ready.show()
        self._number.hide()
        self._who.hide()
        self._show_actions(())
        self._show_ringing(ringing=False)

    def show_call(self, call: CallView) -> None:
        ringing = call.state in _RINGING
        if not (ringing and self._blink.isActive()):
            self._dot.show_state(_LIGHT.get(call.state, "ok"))
        self._state.show_text(f"{label(call.state)} {ages(call.seconds)}")
        self._ready.hide()
        self._number.show_text(call.number)
        self._number.setVisible(bool(call.number))
        self._who.show_text(call.who)
        self._who.setVisible(bool(call.who))
        self._show_actions(call.actions)
        self._show_ringing(ringing=ringing)
        if ringing and not self._blink.isActive():
            self._blink.start()
        elif not ringing:
            self._blink.stop()

    def show_second(self, number: str) -> None:
        """Show that another call rings while this one goes on; empty when it is gone."""
        text = self.tr("Another call %1").replace("%1", number) + f"  {cap('answer')}" if number else ""
        self._second.show_chip(text, "ringing")

    def show_unsettled(self, *, unsettled: bool, due: bool) -> None:
        """Show the key that notes who keeps the matter after a three-way call; *due* once this seat is out of it."""
        text = self.tr("Who keeps the matter?") + f"  {cap('first_contact')}" if unsettled else ""
        self._unsettled.show_chip(text, "warn" if due else "info")

    def show_held(self, held: Sequence[HeldView], *, swaps: bool) -> None:
        """Show who waits on hold beside this call; where it *swaps*, with the key that brings the first back."""
        while len(self._held) < len(held):
            self._held.append(Chip())
            self._arrange()
        for chip in self._held[len(held) :]:
            chip.show_chip("")
        for chip, view in zip(self._held, held, strict=False):
            who = f"{view.who} {ages(view.seconds)}".strip()
            chip.show_chip(self.tr("On hold %1").replace("%1", who), "warn")
        self._swap.setVisible(swaps and bool(held))

    def show_hang_up_waiting(self, waiting: bool) -> None:  # noqa: FBT001 - a Qt slot
        """Show that the key to hang up was pressed once and must be pressed again."""
        button = self._buttons.get(CallAction.END)
        if button is not None:
            again = self.tr("Press again to hang up")
            button.setText(f"{cap('hang_up')} {again if waiting else label(CallAction.END)}")
            mark(button, "state", "danger" if waiting else "")

    def _show_actions(self, actions: Collection[CallAction]) -> None:
        wanted = [action for action in KEYS_OF_ACTIONS if action in actions]
        if wanted == list(self._buttons):
            return
        for button in self._buttons.values():
            button.hide()
            button.deleteLater()
        self._buttons = {action: self._button(action) for action in wanted}
        self._arrange()

    def _arrange(self) -> None:
        """Put what waits behind the keys of this call."""
        behind = (*self._held, self._swap, self._second, self._unsettled)
        for widget in (*self._buttons.values(), *behind):
            self._row.removeWidget(widget)
            self._row.addWidget(widget)

    def _show_ringing(self, *, ringing: bool) -> None:
        """Let state, number and the key that answers stand out steadily while the call rings."""
        for words in (self._state, self._number):
            mark(words, "state", "ringing" if ringing else "")
            words.updateGeometry()
        answer = self._buttons.get(CallAction.ANSWER)
        if answer is not None:
            mark(answer, "state", "ringing" if ringing else "")

    def _button(self, action: CallAction) -> QPushButton:
        button = _pressed_by_key(action)
        button.setText(f"{cap(KEYS_OF_ACTIONS[action])} {label(action)}")
        button.clicked.connect(lambda: self.chosen.emit(action))
        return button

    def _toggle(self) -> None:
        self._dot.show_state("" if self._dot.property("state") == "ringing" else "ringing")


def _pressed_by_key(name: str) -> QPushButton:
    """Return a button that looks like its key and never takes the focus."""
    button = QPushButton()
    button.setProperty("role", "keycap")
    button.setObjectName(name)
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return button
