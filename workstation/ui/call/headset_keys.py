"""A headset's buttons: as keys of the keyboard, or at a device of its own."""

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QElapsedTimer, QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from workstation.desk.headset_port import Headset
from workstation.domain.headset import HeadsetKey, Lights
from workstation.ui.call.control import CallControl

_KEYS: Final = {
    Qt.Key.Key_MediaTogglePlayPause: HeadsetKey.HOOK,  # the one button of most headsets, by wire or by air
    Qt.Key.Key_MediaPlay: HeadsetKey.HOOK,
    Qt.Key.Key_MediaPause: HeadsetKey.HOOK,
    Qt.Key.Key_Call: HeadsetKey.HOOK,
    Qt.Key.Key_ToggleCallHangup: HeadsetKey.HOOK,
    Qt.Key.Key_MicMute: HeadsetKey.MUTE,
}
"""What headsets send as keys; they reach the window that has the focus, whatever is written there."""
_TWICE_MS: Final = 300
"""A second key to hang up within this time is the same press: some headsets send two."""


class HeadsetKeys(QObject):
    """Lets a headset answer, mute and hold, and shows it the call; only a key made for it hangs up, at two presses."""

    troubled = Signal(str)
    """Why a headset that is plugged in cannot be used, as a code."""
    _came = Signal(str)

    def __init__(self, window: QWidget, calls: CallControl, headset: Headset | None) -> None:
        super().__init__(window)
        self._calls = calls
        self._headset = headset
        self._told = ""
        self._hung_up = QElapsedTimer()
        for key, meaning in _KEYS.items():
            self._bind(window, key, partial(self._press, meaning))
        self._bind(window, Qt.Key.Key_Hangup, self._hang_up)
        if headset is None:
            return
        self._came.connect(lambda key: self._press(HeadsetKey(key)), Qt.ConnectionType.QueuedConnection)
        headset.listen(self._came.emit)
        calls.shown.connect(self._show)

    def _bind(self, window: QWidget, key: Qt.Key, act: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(key), window)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(act)

    def _hang_up(self) -> None:
        if not self._hung_up.isValid() or self._hung_up.elapsed() > _TWICE_MS:
            self._hung_up.start()
            self._calls.press_hang_up()

    def leave(self) -> None:
        """Hear nothing more of the device and let its lights go out: it outlives this window's person."""
        if self._headset is not None:
            self._headset.listen(lambda _: None)
            self._headset.show(Lights())

    def _press(self, key: HeadsetKey) -> None:
        if key is HeadsetKey.HOOK:
            self._calls.press_hook()
        elif key is HeadsetKey.MUTE:
            self._calls.press_mute()
        else:
            self._calls.press_hold()

    def _show(self) -> None:
        if self._headset is None:
            return
        self._headset.show(self._calls.lights)
        if self._headset.problem != self._told:
            self._told = self._headset.problem
            if self._told:
                self.troubled.emit(self._told)
