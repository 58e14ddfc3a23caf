"""The border to the hotline: what a connector takes, brings and must be able to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Final, Protocol

from workstation.domain.errors import InvalidValue
from workstation.domain.identity import TransferId
from workstation.domain.lifecycle import Action, Role
from workstation.domain.limits import Limit, check_limits
from workstation.domain.order import Order, Tier
from workstation.domain.transfer import Satisfaction, Transfer

HOTLINE_SEAT: Final = "12345"


def release_uid(transfer: Transfer) -> str:
    """Return the uid under which the content that *transfer* has now is sent, and no other."""
    return f"{transfer.id} {transfer.revision}"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Consignment:
    """One message to the hotline; ``uid`` is the same at every attempt, so it can be told from a second order.

    ``parts`` is the order's content, in several numbered pieces where the connector takes less than it holds.
    """

    uid: str
    action: Action
    transfer: Transfer
    parts: tuple[str, ...]

    def __repr__(self) -> str:
        return f"Consignment({self.uid}, {self.action}, parts={len(self.parts)})"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class RemoteMessage:
    """What the hotline or a unit says of an order; with an ``order`` and no action it offers one to 110."""

    uid: Annotated[str, Limit(max_length=80, min_length=1)]
    transfer: TransferId
    remote_seq: Annotated[int, Limit(least=1)]
    at: datetime
    action: Action | None = None
    role: Role = Role.HOTLINE
    by: Annotated[str, Limit(max_length=40, min_length=1)] = HOTLINE_SEAT
    hotline_number: Annotated[str, Limit(max_length=64)] = ""
    reason: Annotated[str, Limit(max_length=500)] = ""
    unit: Annotated[str, Limit(max_length=100)] = ""
    tier: Tier | None = None
    result: Annotated[str, Limit(max_length=5000)] = ""
    satisfaction: Satisfaction | None = None
    order: Order | None = None

    def __post_init__(self) -> None:
        check_limits(self)
        if self.role not in {Role.HOTLINE, Role.UNIT}:
            raise InvalidValue("role", "not_remote")
        if (self.action is None) == (self.order is None):
            raise InvalidValue("message", "wrong_shape")

    def __repr__(self) -> str:
        return f"RemoteMessage({self.uid}, {self.transfer}, {self.remote_seq}, {self.action})"


class HotlineConnector(Protocol):
    """One way to the hotline; every method may raise ``Unavailable``."""

    @property
    def content_limit(self) -> int:
        """How many characters of content it takes in one piece."""
        ...

    def reach(self) -> None:
        """Return at once when the hotline can be reached now."""
        ...

    def send(self, consignment: Consignment) -> None:
        """Hand over *consignment*; the same uid again changes nothing. ``Refused``: the hotline rejects its form."""
        ...

    def collect(self) -> Sequence[RemoteMessage]:
        """Return what the hotline says and was not acknowledged, in any order, maybe more than once."""
        ...

    def acknowledge(self, messages: Sequence[RemoteMessage]) -> None:
        """Say that *messages* are on our disk."""
        ...
