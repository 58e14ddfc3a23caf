"""The queues of one console."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from workstation.desk.ports import Store, Transaction


@dataclass(frozen=True, slots=True)
class Workers:
    """The queues of a desktop: local writes in order, reads beside them, the network apart."""

    write: ThreadPoolExecutor
    read: ThreadPoolExecutor
    net: ThreadPoolExecutor


def make_workers() -> Workers:
    """Return the three queues of one console."""
    return Workers(
        write=ThreadPoolExecutor(1, "write"), read=ThreadPoolExecutor(2, "read"), net=ThreadPoolExecutor(1, "net")
    )


def writing(store: Store, lane: ThreadPoolExecutor) -> Callable[[Callable[[Transaction], None]], None]:
    """Return what runs one transaction on the lane that writes, and waits for it."""

    def act(deed: Callable[[Transaction], None]) -> None:
        with store.begin() as tx:
            deed(tx)

    return lambda deed: lane.submit(act, deed).result()
