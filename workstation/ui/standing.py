"""How the console stands: its link, what is unsent, clock and keyring, gathered for the status line."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QObject, QTimer

from workstation.desk.sync import Report
from workstation.domain.identity import CHINA
from workstation.domain.outbox import Delivery, OutboxRow
from workstation.ui.call.status_line import StatusLine, StatusView

CLOCK_MS = 1000
STATUS_EVERY = 3


class Standing(QObject):
    """Keeps the status line true: at every change, and by the clock."""

    def __init__(self, line: StatusLine, clock: Callable[[], datetime], *, writes: bool = True) -> None:
        """Make it for *line*; *writes* says that forms are written at this console."""
        super().__init__(line)
        self._writes = writes
        self._line = line
        self._clock = clock
        self._keyring = True
        self._report = Report()
        self._outbox: Sequence[OutboxRow] = ()
        self._beats = 0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._beat)
        self._timer.start(CLOCK_MS)
        self._show_clock()

    def stop(self) -> None:
        self._timer.stop()

    def show_keyring(self, *, kept: bool) -> None:
        """Say whether the cache's key is kept by the system, or wrapped in a file."""
        self._keyring = kept
        self._show()

    def show_outbox(self, rows: Sequence[OutboxRow]) -> None:
        """Say what waits to be delivered."""
        self._outbox = rows
        self._show()

    def show_report(self, report: Report) -> None:
        """Say how the last exchange with the gateway ended."""
        self._report = report
        self._show()

    def _beat(self) -> None:
        self._beats += 1
        self._show_clock()
        if self._beats % STATUS_EVERY == 0:
            self._show()

    def _show_clock(self) -> None:
        self._line.show_clock(f"{self._clock().astimezone(CHINA):%H:%M:%S}")

    def _show(self) -> None:
        now = self._clock()
        queued = [row for row in self._outbox if row.delivery is Delivery.QUEUED]
        oldest = min((row.created_at for row in queued), default=now)
        drift = self._report.drift
        self._line.show_status(
            StatusView(
                connected=not self._report.unavailable,
                unsent=len(queued),
                oldest=int((now - oldest).total_seconds()),
                parked=sum(row.delivery is Delivery.PARKED for row in self._outbox),
                refused=sum(row.delivery is Delivery.REFUSED for row in self._outbox),
                drift=int(drift.total_seconds()) if drift is not None else 0,
                keyring=self._keyring,
                writes=self._writes,
            )
        )
