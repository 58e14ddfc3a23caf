"""The look for orders of the same caller or place."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject

from workstation.desk.assist import Assistant
from workstation.desk.author import TransferView
from workstation.desk.desk import Desk
from workstation.domain.incident import Incident
from workstation.ui.background import Background
from workstation.ui.intake.near_orders import NearOrders
from workstation.ui.intake.near_views import near_card, near_orders


class NearLook(QObject):
    """Looks in the cache when caller or place of the form changed, and shows what it found."""

    def __init__(
        self, cards: NearOrders, desk: Desk, assistant: Assistant, background: Background, clock: Callable[[], datetime]
    ) -> None:
        super().__init__(cards)
        self._cards = cards
        self._desk = desk
        self._assistant = assistant
        self._background = background
        self._clock = clock
        self._near: tuple[str, ...] = ()

    def forget(self) -> None:
        """No form is on screen."""
        self._near = ()
        self._cards.show_orders(())

    def look(self, incident: Incident) -> None:
        """Look for orders near *incident*."""
        intake = incident.intake
        phone = intake.get("contact_phone") or incident.call_in_phone.text
        place = self._assistant.region_label(intake.get("region"))
        wanted = (incident.id, phone, place, intake.get("address"))
        if wanted == self._near:
            return
        self._near = wanted
        find = partial(near_orders, self._desk, phone, place, intake.get("address"))
        self._background.ask(self, find, partial(self._show, wanted))

    def _show(self, wanted: tuple[str, ...], found: list[TransferView]) -> None:
        if wanted == self._near:
            now = self._clock()
            self._cards.show_orders([near_card(view, now) for view in found])
