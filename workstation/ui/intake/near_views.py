"""Orders of the same caller or place, found in the console's cache."""

from datetime import datetime

from workstation.desk.author import TransferView
from workstation.desk.desk import Desk
from workstation.domain.lifecycle import TERMINAL
from workstation.ui.board.views import short_time, title_of
from workstation.ui.card_model import CardView
from workstation.ui.labels import label

SHOWN = 3
LEAST_WORDS = 4


def near_orders(desk: Desk, phone: str, place: str, address: str) -> list[TransferView]:
    """Return the newest orders of this phone number, then those of this address in this place."""
    asked = [phone, f"{place} {address}" if place and len(address) >= LEAST_WORDS else ""]
    hits = [hit for words in asked if words for hit in desk.search(words)]
    ids = dict.fromkeys(hit.transfer.id for hit in hits if hit.transfer is not None)
    return [desk.transfer(id) for id in list(ids)[:SHOWN]]


def near_card(view: TransferView, now: datetime) -> CardView:
    """Return one card of the near orders."""
    transfer = view.transfer
    return CardView(
        id=transfer.id,
        title=title_of(transfer.order),
        small=transfer.number,
        note=short_time(transfer.created_at, now),
        chip=label(view.expected),
        state="" if view.expected in TERMINAL else "info",
    )
