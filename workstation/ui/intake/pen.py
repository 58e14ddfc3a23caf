"""The hand that changes the form on screen."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from workstation.domain.incident import Incident
from workstation.domain.intake import Intake, Origin
from workstation.ui.intake.keeper import Keeper


class Pen(QObject):
    """Writes into the form; whoever hears `wrote` looks at it a moment later."""

    wrote = Signal()

    def __init__(self, keeper: Keeper) -> None:
        super().__init__(keeper)
        self._keeper = keeper

    def edit(self, change: Callable[[Incident], Incident]) -> None:
        """Change the form."""
        self._keeper.edit(change)
        self.wrote.emit()

    def edit_intake(self, change: Callable[[Intake], Intake]) -> None:
        """Change what was said."""
        self.edit(lambda incident: replace(incident, intake=change(incident.intake)))

    def set_value(self, name: str, value: str, origin: Origin = Origin.HUMAN) -> None:
        """Put *value* into field *name*."""
        self.edit_intake(lambda intake: intake.with_value(name, value, origin))
