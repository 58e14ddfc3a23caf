"""What waits for a decision at one moment: made where there is time for it, so that the window only shows it."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import datetime

from workstation.desk.author import TransferView
from workstation.desk.console import Console
from workstation.desk.tally import Tally
from workstation.domain.lifecycle import Flag
from workstation.domain.standing import AWAITS_APPROVAL
from workstation.ui.approval.queue_model import QueueRow
from workstation.ui.approval.views import queue_row


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """The orders that wait, since when each does, its row as of *at*, and what was approved in this shift."""

    at: datetime
    views: Mapping[str, TransferView] = field(default_factory=dict)
    since: Mapping[str, datetime] = field(default_factory=dict)
    rows: tuple[QueueRow, ...] = ()
    approved: Tally = field(default_factory=Tally)

    def without(self, ids: AbstractSet[str]) -> "Waiting":
        """Return this without some orders."""
        if ids.isdisjoint(self.views):
            return self
        return replace(
            self,
            views={id: view for id, view in self.views.items() if id not in ids},
            since={id: moment for id, moment in self.since.items() if id not in ids},
            rows=tuple(row for row in self.rows if row.id not in ids),
        )

    def ages(self, now: datetime) -> dict[str, int]:
        """Return how many seconds each order has waited."""
        return {id: int((now - since).total_seconds()) for id, since in self.since.items()}


def waiting_of(views: Iterable[TransferView], at: datetime, approved: Tally) -> Waiting:
    """Return what waits among *views*; what was decided here waits no more, whatever the gateway has not told yet."""
    left = [view for view in views if still_waits(view)]
    return Waiting(
        at=at,
        views={view.transfer.id: view for view in left},
        since={view.transfer.id: view.waiting_since for view in left},
        rows=tuple(queue_row(view, at) for view in left),
        approved=approved,
    )


def still_waits(view: TransferView) -> bool:
    """Say whether somebody has yet to decide about an order."""
    return view.after.state in AWAITS_APPROVAL or Flag.APPROVAL_DUE in view.after.flags


def look(console: Console) -> Waiting:
    """Read what waits; it takes its time."""
    return waiting_of(console.desk.waiting(), console.clock(), console.desk.tally())
