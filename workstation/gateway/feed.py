"""The change feed: pages of snapshots behind a cursor that only this store issues."""

from dataclasses import dataclass
from typing import Final

from workstation.gateway.ports import OrderRows

PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the change feed, as documents."""

    cursor: str
    documents: tuple[bytes, ...]
    more: bool
    epoch: str


def page_after(cursor: str, epoch: str, orders: OrderRows) -> Page:
    """Return what changed after *cursor*; from the beginning when it is not ours."""
    after = _place(cursor, epoch, orders.latest())
    rows = orders.changed(after, PAGE)
    last = rows[-1][0] if rows else after
    documents = tuple(bytes(document) for _, document in rows)
    return Page(f"{epoch}.{last}", documents, len(rows) == PAGE, epoch)


def _place(cursor: str, epoch: str, latest: int) -> int:
    """Return the feed's number behind *cursor*; 0, which is the beginning, when this store never issued it."""
    life, _, number = cursor.partition(".")
    if life != epoch or not (number.isascii() and number.isdigit()):
        return 0
    return int(number) if int(number) <= latest else 0
