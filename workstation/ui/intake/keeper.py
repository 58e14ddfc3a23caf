"""The draft on screen and its way to the disk: nobody has to save."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from workstation.desk.form import FormDesk
from workstation.domain.errors import WorkstationError
from workstation.domain.incident import Incident, Stage
from workstation.ui.background import Background

PAUSE_MS = 400
LATEST_MS = 800


class Keeper(QObject):
    """Holds the incident that is being written and keeps it: 400 ms after a change, at latest every 800 ms."""

    changed = Signal()
    failed = Signal(object)
    kept = Signal()

    def __init__(self, form: FormDesk, background: Background) -> None:
        super().__init__()
        self._form = form
        self._background = background
        self._incident: Incident | None = None
        self._unsaved = False
        self._pause = self._timer(PAUSE_MS)
        self._latest = self._timer(LATEST_MS)

    @property
    def incident(self) -> Incident | None:
        return self._incident

    def show(self, incident: Incident | None) -> None:
        """Go to another draft; what is unsaved of this one is kept first."""
        self.flush()
        self._incident = incident
        self.changed.emit()

    def replace(self, incident: Incident) -> None:
        """Put what the desk made of the incident in its place, without saving it again."""
        self._unsaved = False
        self._incident = incident
        self.changed.emit()

    def edit(self, change: Callable[[Incident], Incident]) -> None:
        """Change the draft and see to it that it is kept soon."""
        if self._incident is None or self._incident.stage is Stage.CONCLUDED:
            return
        changed = change(self._incident)
        if changed == self._incident:
            return
        self._incident = changed
        self._unsaved = True
        self._pause.start()
        if not self._latest.isActive():
            self._latest.start()
        self.changed.emit()

    def flush(self) -> None:
        """Keep what is unsaved now."""
        self._pause.stop()
        self._latest.stop()
        if self._unsaved and self._incident is not None:
            self._unsaved = False
            use_case = partial(self._form.keep, self._incident)
            self._background.perform(self, use_case, lambda _: self.kept.emit(), otherwise=self._complain)

    def _complain(self, error: WorkstationError) -> None:
        """Tell why the draft was not kept; it stays on screen and is tried again at the next change."""
        self._unsaved = True
        self.failed.emit(error)

    def _timer(self, milliseconds: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(self.flush)
        return timer
