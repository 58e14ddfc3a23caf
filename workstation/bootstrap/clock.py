"""Where moments and ids come from."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

Clock: TypeAlias = "Callable[[], datetime]"


def now() -> datetime:
    """Return the moment, with its zone; whatever needs one is handed this."""
    return datetime.now(UTC)


def new_id() -> str:
    """Return a new UUIDv7."""
    from workstation.domain.identity import uuid7

    return uuid7(now())
