"""What one duty officer approved in this shift: counted with the act, taken back when the gateway refuses it."""

from dataclasses import dataclass
from datetime import datetime
from statistics import median

from workstation.desk.ports import Transaction
from workstation.desk.session import SHIFT
from workstation.domain.identity import TransferId
from workstation.domain.lifecycle import Action
from workstation.protocol.codec import decode, encode

APPROVALS = frozenset({Action.APPROVE, Action.CONFIRM})


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """One approval: when, and how many seconds the order had waited for it."""

    at: datetime
    waited: float


@dataclass(frozen=True, slots=True)
class Tally:
    """How many orders were approved, and the seconds that half of them waited no longer than."""

    approved: int = 0
    median: float = 0.0


def count(tx: Transaction, user: str, id: TransferId, approval: Approval) -> None:
    """Count one approval; of the shift before nothing is kept."""
    kept = {known: each for known, each in _all(tx, user).items() if approval.at - each.at <= SHIFT}
    _keep(tx, user, {**kept, id: approval})


def take_back(tx: Transaction, user: str, id: TransferId) -> None:
    """Count an order no longer whose approval was refused."""
    _keep(tx, user, {known: each for known, each in _all(tx, user).items() if known != id})


def tally(tx: Transaction, user: str, now: datetime) -> Tally:
    """Return what *user* approved at this console within a shift."""
    waits = [each.waited for each in _all(tx, user).values() if now - each.at <= SHIFT]
    return Tally(len(waits), median(waits)) if waits else Tally()


def _all(tx: Transaction, user: str) -> dict[str, Approval]:
    raw = tx.recall(_name(user))
    return decode(raw.encode(), dict[str, Approval]) if raw else {}


def _keep(tx: Transaction, user: str, approvals: dict[str, Approval]) -> None:
    tx.remember(_name(user), encode(approvals).decode())


def _name(user: str) -> str:
    return f"approved {user}"
