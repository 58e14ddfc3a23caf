"""Who reads which order: two duty officers must not decide about the same one without knowing it."""

from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from workstation.desk.console import Console
from workstation.domain.identity import TransferId
from workstation.protocol.messages import Reading
from workstation.ui.background import Background, Lane

EVERY_MS = 10_000


class Readers(QWidget):
    """Tells the gateway what is being read on *pane*, and learns who else reads it; it shows nothing itself."""

    learned = Signal(object)

    def __init__(self, pane: QWidget, console: Console, background: Background) -> None:
        super().__init__(pane)
        self.hide()
        self._pane = pane
        self._console = console
        self._background = background
        self._current = ""
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self._say)
        self._timer.start()

    def read(self, id: str) -> None:
        """Note that the order *id* is being read now; nothing, when it is empty."""
        self._current = id
        self._say()

    def _say(self) -> None:
        """Say it; a pane that nobody sees reads nothing."""
        if not self._current or not self._pane.isVisible():
            return
        session, id = self._console.session, self._current
        reading = Reading(transfer=TransferId(id), user=session.user, at=self._console.clock())
        ask = partial(self._console.gateway.read, reading, session.token)

        def show(readings: object) -> None:
            found = readings if isinstance(readings, (list, tuple)) else ()
            others = [each.user for each in found if each.user != session.user]
            self.learned.emit({id: tuple(others)} if others else {})

        self._background.ask(self, ask, show, otherwise=lambda _: None, lane=Lane.NET)
