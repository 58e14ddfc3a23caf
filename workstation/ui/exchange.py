"""The console's exchange with the gateway: one run at a time, beside everybody's work."""

from PySide6.QtCore import QObject, QTimer, Signal

from workstation.desk.console import Console
from workstation.desk.sync import Report
from workstation.domain.errors import WorkstationError
from workstation.ui.background import Background, Lane


class Exchange(QObject):
    """Pushes and pulls every few seconds and whenever it is asked to; each run ends with a report."""

    ended = Signal(object)

    def __init__(self, console: Console, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._console = console
        self._background = background
        self.report = Report()
        self.is_running = False
        self._again = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.run)

    def start(self, every_s: float) -> None:
        """Run once at once, then every few seconds."""
        self._timer.start(int(every_s * 1000))
        self.run()

    def stop(self) -> None:
        """Begin no more runs by itself."""
        self._timer.stop()

    def run(self) -> None:
        """Push and pull once; a run that is asked for while one is under way follows it."""
        if self.is_running:
            self._again = True
            return
        self.is_running = True
        self._background.ask(self, self._console.sync, self._succeeded, otherwise=self._failed, lane=Lane.NET)

    def _succeeded(self, report: Report) -> None:
        self._end(report)
        if self._again:
            self._again = False
            self.run()

    def _failed(self, error: WorkstationError) -> None:
        self._end(Report(unavailable=type(error).__name__))

    def _end(self, report: Report) -> None:
        self.is_running = False
        self.report = report
        self.ended.emit(report)
