"""The one table of keys, from which shortcuts, key-caps, the page of all keys and its documentation come."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:  # noqa: ARG001 - lupdate reads the context
    """Mark *text* for lupdate; Qt's own marker has no type."""
    return text


class Scope(Enum):
    """Where a key works."""

    ANYWHERE = QT_TRANSLATE_NOOP("keys", "Everywhere")
    CALL = QT_TRANSLATE_NOOP("keys", "Telephone")
    INTAKE = QT_TRANSLATE_NOOP("keys", "Intake")
    BOARD = QT_TRANSLATE_NOOP("keys", "Orders")
    APPROVAL = QT_TRANSLATE_NOOP("keys", "Approval")


TOGETHER = (
    {Scope.ANYWHERE, Scope.CALL, Scope.INTAKE},
    {Scope.ANYWHERE, Scope.CALL, Scope.BOARD},
    {Scope.ANYWHERE, Scope.CALL, Scope.APPROVAL},
)
"""The scopes that are alive on one screen; inside each set a key may mean one thing only."""


@dataclass(frozen=True, slots=True)
class Key:
    """One action and the key that takes it.

    Args:
        id: What code asks for.
        sequence: As Qt's portable text.
        then: The keys that complete a chord, as shown ("1-4"); empty for a single key.
        local: The key acts only inside the widget that has the focus and is handled there.
    """

    id: str
    sequence: str
    scope: Scope
    text: str
    then: str = ""
    local: bool = False


def _numbered(prefix: str, modifier: str, digits: range, scope: Scope, text: str) -> Iterator[Key]:
    for digit in digits:
        yield Key(f"{prefix}_{digit}", f"{modifier}{digit}", scope, text)


def _lettered(prefix: str, first: int, letters: str, scope: Scope, text: str) -> Iterator[Key]:
    for number, letter in enumerate(letters, start=first):
        yield Key(f"{prefix}_{number}", letter, scope, text)


_A, _C, _I, _B, _D = Scope.ANYWHERE, Scope.CALL, Scope.INTAKE, Scope.BOARD, Scope.APPROVAL

KEYS: tuple[Key, ...] = (
    Key("all_keys", "Shift+F1", _A, QT_TRANSLATE_NOOP("keys", "All keys")),
    Key(
        "back", "Esc", _A, QT_TRANSLATE_NOOP("keys", "Back; text is never lost. Urgent linkage: call no further number")
    ),
    Key("search", "Ctrl+F", _A, QT_TRANSLATE_NOOP("keys", "Search orders")),
    Key("larger", "Ctrl+=", _A, QT_TRANSLATE_NOOP("keys", "Larger text")),
    Key("smaller", "Ctrl+-", _A, QT_TRANSLATE_NOOP("keys", "Smaller text")),
    Key("theme", "Ctrl+T", _A, QT_TRANSLATE_NOOP("keys", "Night, day, high contrast")),
    Key("language", "Ctrl+Shift+E", _A, QT_TRANSLATE_NOOP("keys", "Chinese or English")),
    Key("lock", "Ctrl+L", _A, QT_TRANSLATE_NOOP("keys", "Lock the screen")),
    Key("sign_out", "Ctrl+Shift+Q", _A, QT_TRANSLATE_NOOP("keys", "Sign out")),
    Key("board", "Ctrl+B", _A, QT_TRANSLATE_NOOP("keys", "My orders")),
    Key("approval", "Ctrl+G", _A, QT_TRANSLATE_NOOP("keys", "Approval queue")),
    Key("intake", "Ctrl+E", _A, QT_TRANSLATE_NOOP("keys", "Intake form")),
    Key("notice", "Ctrl+M", _A, QT_TRANSLATE_NOOP("keys", "Close the notice, silence the sound")),
    Key("answer", "F11", _C, QT_TRANSLATE_NOOP("keys", "Answer")),
    Key("hold", "F2", _C, QT_TRANSLATE_NOOP("keys", "Hold")),
    Key("swap", "Alt+W", _C, QT_TRANSLATE_NOOP("keys", "Swap with whoever is on hold")),
    Key("mute", "Shift+F2", _C, QT_TRANSLATE_NOOP("keys", "Mute")),
    Key("add_party", "F3", _C, QT_TRANSLATE_NOOP("keys", "Add a party")),
    Key("drop_party", "Shift+F3", _C, QT_TRANSLATE_NOOP("keys", "Drop the added party")),
    Key("hang_up", "F4", _C, QT_TRANSLATE_NOOP("keys", "Hang up"), then="F4"),
    Key("leave_call", "Shift+F4", _C, QT_TRANSLATE_NOOP("keys", "Leave the others talking")),
    Key("rejoin", "Ctrl+J", _C, QT_TRANSLATE_NOOP("keys", "Join again")),
    Key("ready", "Ctrl+R", _C, QT_TRANSLATE_NOOP("keys", "Ready or not ready")),
    Key("missed", "Alt+M", _C, QT_TRANSLATE_NOOP("keys", "Callers to call back")),
    Key("call_back", "Shift+F11", _C, QT_TRANSLATE_NOOP("keys", "Call back whoever waits longest")),
    Key(
        "give_up", "Del", _I, QT_TRANSLATE_NOOP("keys", "In the list of callers to call back: give one up"), local=True
    ),
    Key("incoming", "Alt+I", _C, QT_TRANSLATE_NOOP("keys", "Desk phone: it rings")),
    Key("third_joined", "Alt+4", _C, QT_TRANSLATE_NOOP("keys", "Desk phone: connected")),
    Key("third_busy", "Alt+5", _C, QT_TRANSLATE_NOOP("keys", "Desk phone: busy")),
    Key("third_silent", "Alt+6", _C, QT_TRANSLATE_NOOP("keys", "Desk phone: no answer")),
    Key("third_unreachable", "Alt+0", _C, QT_TRANSLATE_NOOP("keys", "Desk phone: cannot be reached")),
    Key("third_left", "Alt+D", _C, QT_TRANSLATE_NOOP("keys", "Desk phone: the added party hung up")),
    Key("citizen_left", "Alt+S", _C, QT_TRANSLATE_NOOP("keys", "Desk phone: the caller hung up")),
    Key("safety", "F1", _I, QT_TRANSLATE_NOOP("keys", "Safety"), then="1-4"),
    Key("police_dispatch", "F5", _I, QT_TRANSLATE_NOOP("keys", "Send police")),
    Key("direct_answer", "F6", _I, QT_TRANSLATE_NOOP("keys", "Answer directly")),
    Key("linked_to_order", "Shift+F6", _I, QT_TRANSLATE_NOOP("keys", "Link to a known order")),
    Key("next_gap", "F7", _I, QT_TRANSLATE_NOOP("keys", "Next gap")),
    Key("not_accepted", "F8", _I, QT_TRANSLATE_NOOP("keys", "Not accepted")),
    Key("invalid_call", "Shift+F8", _I, QT_TRANSLATE_NOOP("keys", "Invalid call")),
    Key("call_transfer", "F9", _I, QT_TRANSLATE_NOOP("keys", "Three-way call")),
    Key("blind_transfer", "Shift+F9", _I, QT_TRANSLATE_NOOP("keys", "Transfer the call")),
    Key("urgent_linkage", "F12", _I, QT_TRANSLATE_NOOP("keys", "Urgent linkage"), then="1-7"),
    *_numbered("urgent", "Ctrl+Alt+", range(1, 8), _I, QT_TRANSLATE_NOOP("keys", "Urgent linkage by one key")),
    Key("call_officer", "Shift+F12", _I, QT_TRANSLATE_NOOP("keys", "Call the duty officer")),
    Key("copy_handover", "Alt+J", _I, QT_TRANSLATE_NOOP("keys", "Copy what to hand over")),
    Key("first_contact", "Alt+K", _I, QT_TRANSLATE_NOOP("keys", "Three-way call: who keeps the matter")),
    Key("work_order", "Ctrl+Return", _I, QT_TRANSLATE_NOOP("keys", "Send as order")),
    Key("narrative", "Alt+N", _I, QT_TRANSLATE_NOOP("keys", "Narrative")),
    Key("question", "Alt+Q", _I, QT_TRANSLATE_NOOP("keys", "Question to ask")),
    Key("answers", "Alt+A", _I, QT_TRANSLATE_NOOP("keys", "Correct an answer")),
    Key("next_question", "Return", _I, QT_TRANSLATE_NOOP("keys", "Next question"), local=True),
    Key("gap_unknown", "Alt+X", _I, QT_TRANSLATE_NOOP("keys", "Does not know")),
    Key("gap_refused", "Alt+C", _I, QT_TRANSLATE_NOOP("keys", "Refused to say")),
    Key("gap_hung_up", "Alt+H", _I, QT_TRANSLATE_NOOP("keys", "Caller hung up")),
    Key("category", "Alt+G", _I, QT_TRANSLATE_NOOP("keys", "Choose a category")),
    Key("unit", "Alt+U", _I, QT_TRANSLATE_NOOP("keys", "Change the unit")),
    Key("guidance", "Alt+L", _I, QT_TRANSLATE_NOOP("keys", "Guidance lists")),
    Key("preview", "Alt+P", _I, QT_TRANSLATE_NOOP("keys", "Edit the order text")),
    Key("near_orders", "Alt+R", _I, QT_TRANSLATE_NOOP("keys", "Near orders")),
    Key("consent", "Alt+T", _I, QT_TRANSLATE_NOOP("keys", "Caller agrees to hand over")),
    Key("number", "Alt+O", _I, QT_TRANSLATE_NOOP("keys", "Number to read out")),
    Key("park", "Ctrl+D", _I, QT_TRANSLATE_NOOP("keys", "Park this draft")),
    Key("new_draft", "Ctrl+N", _I, QT_TRANSLATE_NOOP("keys", "New draft")),
    *_numbered("recognised", "Alt+", range(1, 4), _I, QT_TRANSLATE_NOOP("keys", "Take what was recognised")),
    *_numbered("suggestion", "Alt+", range(7, 10), _I, QT_TRANSLATE_NOOP("keys", "Take the suggestion")),
    *_numbered("draft", "Ctrl+", range(1, 10), _A, QT_TRANSLATE_NOOP("keys", "Go to a draft")),
    Key("all_drafts", "Ctrl+0", _I, QT_TRANSLATE_NOOP("keys", "All drafts")),
    Key("board_open", "Return", _B, QT_TRANSLATE_NOOP("keys", "Open the order"), local=True),
    Key("board_hits", "Down", _B, QT_TRANSLATE_NOOP("keys", "From the search line to what was found"), local=True),
    Key("board_line", "Up", _B, QT_TRANSLATE_NOOP("keys", "From the first order to the search line"), local=True),
    *_numbered("board_act", "", range(1, 10), _B, QT_TRANSLATE_NOOP("keys", "Take the numbered action")),
    Key("board_dismiss", "Del", _B, QT_TRANSLATE_NOOP("keys", "Read: take a refused message off the list")),
    Key("board_requeue", "Ins", _B, QT_TRANSLATE_NOOP("keys", "Send again what was held back")),
    Key("next_order", "Down", _D, QT_TRANSLATE_NOOP("keys", "Next order"), local=True),
    Key("previous_order", "Up", _D, QT_TRANSLATE_NOOP("keys", "Previous order"), local=True),
    Key("scroll_order", "Space", _D, QT_TRANSLATE_NOOP("keys", "Read on")),
    Key("approve", "Return", _D, QT_TRANSLATE_NOOP("keys", "Approve and send")),
    Key("send_back", "B", _D, QT_TRANSLATE_NOOP("keys", "Send back")),
    Key("reject", "X", _D, QT_TRANSLATE_NOOP("keys", "Reject")),
    Key("merge", "M", _D, QT_TRANSLATE_NOOP("keys", "Merge into the earlier order")),
    Key("recall", "R", _D, QT_TRANSLATE_NOOP("keys", "Recall")),
    Key("object", "O", _D, QT_TRANSLATE_NOOP("keys", "Object afterwards")),
    Key("print", "P", _D, QT_TRANSLATE_NOOP("keys", "Print")),
    *_numbered("mark_field", "", range(1, 10), _D, QT_TRANSLATE_NOOP("keys", "Mark a field to correct")),
    *_lettered("mark_field", 10, "ACDEFGHJKLNS", _D, QT_TRANSLATE_NOOP("keys", "Mark a field further down")),
)

MARKS = tuple(key.id for key in KEYS if key.id.startswith("mark_field_"))
"""What marks the fields of an order to be corrected, in the order of the fields."""

_BY_ID = {key.id: key for key in KEYS}
_SHOWN = {
    "Return": "\N{DOWNWARDS ARROW WITH CORNER LEFTWARDS}",
    "Up": "\N{UPWARDS ARROW}",
    "Down": "\N{DOWNWARDS ARROW}",
}

FORBIDDEN = frozenset(
    (  # noqa: SIM905 - a table of keys reads better than a column of strings
        # the platform's menu key, and what desktop shells take before we see it
        "F10 Alt+F4 Alt+Tab Alt+Shift+Tab Alt+Space Alt+Esc Alt+F1 Alt+F2 Alt+F7 Alt+F8 Alt+F10 Print "
        "Ctrl+Esc Ctrl+Alt+Del Ctrl+Alt+T Ctrl+Alt+L Ctrl+Alt+A Ctrl+Alt+D "
        "Ctrl+F1 Ctrl+F2 Ctrl+F3 Ctrl+F4 Ctrl+F5 Ctrl+F6 Ctrl+F7 Ctrl+F8 Ctrl+F9 Ctrl+F10 Ctrl+F11 Ctrl+F12 "
        # input methods: fcitx, ibus, Sogou
        "Ctrl+Space Shift+Space Ctrl+. Ctrl+, Ctrl+; Ctrl+` Ctrl+Shift+F Ctrl+Shift+H Ctrl+Shift+U Ctrl+Shift+B "
        "Ctrl+Shift+M Ctrl+Shift+1 Ctrl+Shift+2 "
        "Ctrl+Alt+H Ctrl+Alt+P Ctrl+Alt+F Ctrl+Alt+B Ctrl+Alt+E Ctrl+Alt+S "
        # Qt's own editing
        "Ctrl+A Ctrl+C Ctrl+V Ctrl+X Ctrl+Z Ctrl+Y Ctrl+Shift+Z Ctrl+K Ctrl+U Ctrl+H Ctrl+I "
        "Ctrl+Backspace Ctrl+Del Ctrl+Left Ctrl+Right Ctrl+Up Ctrl+Down Ctrl+Home Ctrl+End Ctrl+Insert "
        "Shift+Insert Shift+Del Shift+Return Alt+Backspace Tab Shift+Tab Ctrl+Tab Ctrl+Shift+Tab"
    ).split()
)
"""Keys that belong to somebody else; a test holds the table to this."""


def key(id: str) -> Key:
    """Return the row of the table for the action *id*."""
    return _BY_ID[id]


def cap(id: str) -> str:
    """Return the key of the action *id* as a key-cap shows it."""
    return shown(_BY_ID[id].sequence)


def shown(sequence: str) -> str:
    """Return a key sequence as people read it."""
    return "+".join(_SHOWN.get(part, part) for part in sequence.removesuffix("+").split("+"))


def said(text: str) -> str:
    """Translate a text of this table."""
    return QCoreApplication.translate("keys", text)


def bind(id: str, window: QWidget, act: Callable[[], object]) -> QShortcut:
    """Make the key of the action *id* work wherever the focus is inside *window*."""
    shortcut = QShortcut(QKeySequence(_BY_ID[id].sequence), window)
    shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    shortcut.setAutoRepeat(False)
    shortcut.activated.connect(act)
    return shortcut
