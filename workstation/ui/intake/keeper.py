"""The draft on screen and its way to the disk: nobody has to save."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from workstation.desk.form import FormDesk
from workstation.domain.errors import IllegalAction, InvalidValue, WorkstationError
from workstation.domain.incident import Incident, Stage
from workstation.ui.background import Background

if TYPE_CHECKING:
    from workstation.domain.identity import IncidentId

PAUSE_MS = 400
LATEST_MS = 800
RETRY_MS = 2000


class Keeper(QObject):
    """Holds the incident that is being written and keeps it: 400 ms after a change, at latest every 800 ms.

    What the disk refused is held until the disk takes it, whichever form is
    on screen by then.
    """

    changed = Signal()
    failed = Signal(object)
    kept = Signal()

    def __init__(self, form: FormDesk, background: Background) -> None:
        super().__init__()
        self._form = form
        self._background = background
        self._incident: Incident | None = None
        self._unkept: dict[IncidentId, Incident] = {}
        self._under_way: dict[IncidentId, Incident] = {}
        self._pause = self._timer(PAUSE_MS, self.flush)
        self._latest = self._timer(LATEST_MS, self.flush)
        self._again = self._timer(RETRY_MS, self._retry)

    @property
    def incident(self) -> Incident | None:
        return self._incident

    @property
    def unkept(self) -> tuple[Incident, ...]:
        """The drafts that the disk does not have yet as they were written."""
        return tuple(self._unkept.values())

    def adopt(self, unkept: Sequence[Incident]) -> None:
        """Go on keeping what another keeper could not keep."""
        self._unkept |= {incident.id: incident for incident in unkept}
        if unkept:
            self._again.start()

    def show(self, incident: Incident | None) -> None:
        """Go to another draft; what is unsaved of this one is kept first, what the disk lacks of the other is put in.

        The one who shows it reads `incident` afterwards.
        """
        self.flush()
        if incident is not None and (written := self._unkept.get(incident.id)) is not None:
            incident = self._unkept[incident.id] = written_again(incident, written)
            self._again.start()
        self._incident = incident
        self.changed.emit()

    def replace(self, incident: Incident) -> None:
        """Put what the desk made of the incident in its place, with what was written on screen meanwhile."""
        written = self._incident
        self._unkept.pop(incident.id, None)
        self._incident = incident
        if written is not None and written.id == incident.id:
            self._incident = written_again(incident, written)
        if self._incident != incident:
            self._keep_soon(self._incident)
        self.changed.emit()

    def let_go(self, incident: Incident) -> None:
        """Hold *incident* no longer: it was kept in another way, as it stands."""
        if self._unkept.get(incident.id) is incident:
            del self._unkept[incident.id]

    def edit(self, change: Callable[[Incident], Incident]) -> None:
        """Change the draft and see to it that it is kept soon."""
        if self._incident is None or self._incident.stage is Stage.CONCLUDED:
            return
        changed = change(self._incident)
        if changed == self._incident:
            return
        self._incident = changed
        self._keep_soon(changed)
        self.changed.emit()

    def flush(self) -> None:
        """Keep what is unsaved on screen now."""
        self._pause.stop()
        self._latest.stop()
        if self._incident is not None and self._incident.id in self._unkept:
            self._keep(self._unkept[self._incident.id], self.failed.emit)

    def _keep_soon(self, incident: Incident) -> None:
        self._unkept[incident.id] = incident
        self._pause.start()
        if not self._latest.isActive():
            self._latest.start()

    def _retry(self) -> None:
        """Try again what the disk refused; the user was told the first time."""
        for incident in self.unkept:
            self._keep(incident, lambda _: None)

    def _keep(self, incident: Incident, tell: Callable[[WorkstationError], object]) -> None:
        if self._under_way.get(incident.id) is incident:
            return
        self._under_way[incident.id] = incident
        use_case = partial(self._form.keep, incident)
        kept = partial(self._on_kept, incident)
        self._background.perform(self, use_case, kept, otherwise=partial(self._complain, incident, tell))

    def _on_kept(self, incident: Incident, _: object) -> None:
        self._answered(incident)
        self.let_go(incident)
        self.kept.emit()

    def _complain(
        self, incident: Incident, tell: Callable[[WorkstationError], object], error: WorkstationError
    ) -> None:
        """Tell why the draft was not kept; what a full disk refused is tried again until it is kept."""
        self._answered(incident)
        if isinstance(error, IllegalAction | InvalidValue):
            self.let_go(incident)  # no later attempt would be allowed either
        elif incident.id in self._unkept:
            self._again.start()
        tell(error)

    def _answered(self, incident: Incident) -> None:
        if self._under_way.get(incident.id) is incident:
            del self._under_way[incident.id]

    def _timer(self, milliseconds: int, act: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(act)
        return timer


def written_again(incident: Incident, written: Incident) -> Incident:
    """Return *incident* with what stands on screen in *written*; its outcomes and its stage are its own."""
    return replace(
        incident,
        intake=written.intake,
        safety=written.safety,
        category_first=written.category_first,
        own_subject=written.own_subject,
        own_content=written.own_content,
        unit=written.unit,
    )
