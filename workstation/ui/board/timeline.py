"""Every step an order took: when, what, by whom and why."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from workstation.ui.chips import Words
from workstation.ui.flow import clear, show_now
from workstation.ui.theme import mark


@dataclass(frozen=True, slots=True)
class StepView:
    """One step; `inferred` says that the other side skipped it and it was filled in.

    A warning has a `state`, warn or danger, which only colours what the words say.
    """

    at: str
    what: str
    who: str = ""
    note: str = ""
    inferred: bool = False
    queued: bool = False
    state: str = ""


class Timeline(QWidget):
    """Shows the steps from the first to the last, times in one column."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self._shown: tuple[StepView, ...] | None = None
        self.show_steps(())

    def show_steps(self, steps: Sequence[StepView]) -> None:
        if tuple(steps) == self._shown:
            return
        self._shown = tuple(steps)
        clear(self._grid)
        for row, step in enumerate(steps):
            top = Qt.AlignmentFlag.AlignTop
            self._grid.addWidget(Words(step.at, role="caption", wraps=False), row, 0, top)
            said = Words(self._said(step), role="said")
            mark(said, "state", step.state)
            self._grid.addWidget(said, row, 1, top)
        if not steps:
            self._grid.addWidget(Words(self.tr("No steps yet."), role="muted"), 0, 0, 1, 2)
        show_now(self._grid)

    def _said(self, step: StepView) -> str:
        marks = [self.tr("inferred")] * step.inferred + [self.tr("unsent")] * step.queued
        return " · ".join(part for part in (step.what, step.who, step.note, *marks) if part)
