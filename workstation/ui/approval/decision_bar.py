"""The decisions a duty officer can take, one key each."""

from collections.abc import Callable, Collection

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from workstation.domain.lifecycle import Action
from workstation.ui.chips import Chip, Words
from workstation.ui.flow import FlowLayout
from workstation.ui.keys import cap, key, said
from workstation.ui.labels import label
from workstation.ui.theme import mark

SETTLE_S = 0.4
STARTLED_S = 3.0
DECISIONS = ("recall", "object", "merge", "reject", "send_back", "approve")
USUAL = ("reject", "send_back", "approve")
_NEEDS_ARMING = frozenset({"approve", "merge"})
_STATES = {"reject": "danger", "approve": "primary"}


class DecisionBar(QFrame):
    """Turns keys into decisions, but never one about an order that nobody saw.

    Keys that come within 400 ms after another order appeared, and keys that
    repeat because they are held, are ignored; approving waits until the whole
    order has been on screen. What cannot be done now stays in its place, dimmed.
    """

    decided = Signal(str)
    printing = Signal()

    def __init__(self, clock: Callable[[], float]) -> None:
        super().__init__()
        self.setProperty("role", "bottom")
        self._clock = clock
        self._switched = clock()
        self._settle = SETTLE_S
        self._armed = False
        self._asking = False
        self._offered: frozenset[str] = frozenset()
        self._places: frozenset[str] = frozenset(USUAL)
        self._printable = False
        self._why_not = ""
        self._age = Chip()
        self._hint = Words(role="muted")
        self._keys = {key(name).sequence: name for name in DECISIONS} | {"Enter": "approve"}
        self._print = _plain_button("print")
        self._print.clicked.connect(self.printing)
        buttons = QWidget()
        flow = FlowLayout(buttons, right=True)
        self._buttons = {name: self._button(name) for name in DECISIONS}
        for button in self._buttons.values():
            flow.addWidget(button)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(16)
        row.addWidget(self._print)
        row.addWidget(self._age)
        row.addWidget(self._hint, 1)
        row.addWidget(buttons)
        self.show_offered((), dimmed=USUAL)

    @property
    def armed(self) -> bool:
        return self._armed

    @property
    def settled(self) -> bool:
        """Whether the order has stood on screen long enough for a key to be meant for it."""
        return self._clock() - self._switched >= self._settle

    def show_switched(self, *, startled: bool = False) -> None:
        """Note that another order (or none) appeared: nothing is armed, and keys pressed before are void.

        Who was *startled*, writing a reason for the order before, still has to see that it is gone.
        """
        self._switched = self._clock()
        self._settle = STARTLED_S if startled else SETTLE_S
        self._armed = False
        self._draw()

    def note_key(self) -> None:
        """Note that some key was pressed: who was startled and still writes has not seen yet what happened."""
        if self._settle == STARTLED_S and not self.settled:
            self._switched = self._clock()

    def show_read(self) -> None:
        """Note that the whole order has been on screen."""
        self._armed = True
        self._draw()

    def show_asking(self, asking: bool) -> None:  # noqa: FBT001 - a Qt slot
        """Note that a reason is being written: until it is given or called off no key decides anything else."""
        self._asking = asking
        self._draw()

    def show_offered(self, decisions: Collection[str], why_not: str = "", dimmed: Collection[str] = ()) -> None:
        """Offer the decisions that are allowed for the order on screen.

        Those that are only *dimmed* keep their places, and *why_not* says what hinders them.
        """
        self._offered = frozenset(decisions)
        self._places = self._offered | frozenset(dimmed)
        self._why_not = why_not
        self._draw()

    def show_printable(self, printable: bool) -> None:  # noqa: FBT001 - said of what stands on screen
        """Say whether there is an order that could be printed."""
        self._printable = printable
        self._draw()

    def show_master(self, number: str) -> None:
        """Name the order that this one would be merged into."""
        text = self.tr("Merge into %1").replace("%1", number)
        self._buttons["merge"].setText(f"{cap('merge')}  {text}")

    def show_confirming(self, confirming: bool) -> None:  # noqa: FBT001 - said of what stands on screen
        """Say whether the order went out before its approval, so that approving only confirms it."""
        text = label(Action.CONFIRM) if confirming else said(key("approve").text)
        self._buttons["approve"].setText(f"{cap('approve')}  {text}")

    def show_age(self, text: str, state: str) -> None:
        self._age.show_chip(text, state)

    def heard(self, event: QKeyEvent) -> bool:
        """Take a key of the pane if it is a decision; say whether it was one."""
        name = self._keys.get(QKeySequence(event.key()).toString())
        plain = event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}
        if name is None or not plain:
            return False
        if not event.isAutoRepeat():
            self._decide(name)
        return True

    def _decide(self, name: str) -> None:
        armed = self._armed or name not in _NEEDS_ARMING
        if name in self._offered and self.settled and armed and not self._asking:
            self.decided.emit(name)

    def _draw(self) -> None:
        for name, button in self._buttons.items():
            button.setVisible(name in self._places)
            armed = self._armed or name not in _NEEDS_ARMING
            button.setEnabled(name in self._offered and armed and not self._asking)
            mark(button, "state", _STATES.get(name, ""))
        self._print.setEnabled(self._printable and not self._asking)
        waits = "approve" in self._offered and not self._armed and not self._asking
        text = self.tr("%1 reads on; approving waits for the end of the order")
        self._hint.show_text(text.replace("%1", cap("scroll_order")) if waits else self._why_not)

    def _button(self, name: str) -> QPushButton:
        button = _plain_button(name)
        button.clicked.connect(lambda: self._decide(name))
        return button


def _plain_button(name: str) -> QPushButton:
    """Return the button of a key, which leaves the focus where it is."""
    button = QPushButton(f"{cap(name)}  {said(key(name).text)}")
    button.setObjectName(name)
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return button
