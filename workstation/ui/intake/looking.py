"""The look at the form as it stands: what the machine can say about it, found off the window's thread."""

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from workstation.desk.assist import Advice, Assistant
from workstation.domain.incident import Incident
from workstation.ui.background import Background
from workstation.ui.intake.keeper import Keeper

LOOK_AFTER_MS = 200


class Looking(QObject):
    """Looks a moment after each change; what comes late or is about another form is not told."""

    found = Signal(object, object)

    def __init__(self, parent: QObject, keeper: Keeper, assistant: Assistant, background: Background) -> None:
        super().__init__(parent)
        self._keeper = keeper
        self._assistant = assistant
        self._background = background
        self.advice: Advice | None = None
        self._looked_at: Incident | None = None
        self._looks = 0
        self._shown = 0
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(LOOK_AFTER_MS)
        self._soon.timeout.connect(self.look)

    @property
    def is_fresh(self) -> bool:
        """Whether what was found was found for the form exactly as it stands."""
        incident = self._keeper.incident
        return self.advice is not None and incident is not None and self._looked_at == incident

    def forget(self) -> None:
        """Another form is on screen, or none."""
        self.advice = None

    def look_soon(self) -> None:
        """Look when nothing has changed for a moment."""
        self._soon.start()

    def look(self) -> None:
        """Ask now what can be said."""
        incident = self._keeper.incident
        if incident is not None:
            self._looks += 1
            look = partial(self._assistant.look, incident)
            self._background.ask(self, look, partial(self._tell, self._looks, incident))

    def _tell(self, look: int, asked: Incident, advice: Advice) -> None:
        """Tell what was found, unless the form on screen is another one by now or a later look was faster."""
        incident = self._keeper.incident
        if incident is not None and incident.id == asked.id and look > self._shown:
            self._shown = look
            self.advice, self._looked_at = advice, asked
            self.found.emit(incident, advice)
