"""The hands of one person at one window: keys to whatever has the focus, and a count of them."""

from collections.abc import Callable

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from workstation.ui.keys import key

LOOK_EVERY_MS = 5
CHUNK = 24
_HELD = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


class Stuck(RuntimeError):
    """What a person waited for did not appear."""


def until(happened: Callable[[], object], what: str, seconds: float = 30) -> None:
    """Look again and again, while the window goes on, until it *happened*.

    Raises:
        Stuck: It did not happen in time; the text says what was waited for.
    """
    if happened():
        return
    loop = QEventLoop()
    look, late = QTimer(), QTimer()
    look.setInterval(LOOK_EVERY_MS)
    look.timeout.connect(lambda: loop.quit() if happened() else None)
    late.setSingleShot(True)
    late.setInterval(int(seconds * 1000))
    late.timeout.connect(loop.quit)
    look.start()
    late.start()
    loop.exec()
    look.stop()
    late.stop()
    if not happened():
        raise Stuck(what)


class Hands:
    """Presses keys at one window; `keys` counts them, held ones too, `free` the characters of free text."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self.keys = 0
        self.free = 0

    def take_the_seat(self) -> None:
        """Go to this window: what is pressed from now on goes to it."""
        self._window.activateWindow()
        until(lambda: QApplication.activeWindow() is self._window, "the window in front")
        until(lambda: self._focus() is not self._window, "a place to type at")

    def press(self, id: str) -> None:
        """Press the key of the action *id* in the one table of keys."""
        combination = QKeySequence(key(id).sequence)[0]  # type: ignore[index]  # the stub knows no items
        self.strike(combination.key(), combination.keyboardModifiers())

    def strike(self, code: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press one key; each key that is held for it counts as well."""
        self.keys += 1 + sum(1 for one in _HELD if held & one)
        QTest.keyClick(self._focus(), code, held)

    def digit(self, number: int) -> None:
        """Press the digit *number*."""
        self.strike(Qt.Key(Qt.Key.Key_0 + number))

    def write(self, text: str, *, free: bool = False) -> None:
        """Write *text* where the cursor is: what a keyboard has by keys, the rest as an input method commits it."""
        if free:
            self.free += len(text)
        else:
            self.keys += len(text)
        for start in range(0, len(text), CHUNK):
            chunk = text[start : start + CHUNK]
            if chunk.isascii() and chunk.isprintable():
                QTest.keyClicks(self._focus(), chunk)
            else:
                event = QInputMethodEvent()
                event.setCommitString(chunk)
                QApplication.sendEvent(self._focus(), event)

    def _focus(self) -> QWidget:
        widget = QApplication.focusWidget()
        return widget if widget is not None and self._window.isAncestorOf(widget) else self._window
