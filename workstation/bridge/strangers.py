"""Tokens that nobody knows, held so that a flood of them stays at the bridge: the gateway is asked about few."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

REFUSED_S: Final = 10.0
MOST_REFUSED: Final = 1000
BURST: Final = 200
PER_S: Final = 5.0
MOST_ASKERS: Final = 1000


class Refusals:
    """What the gateway has just refused, for a few seconds each; the oldest make room."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._refused: OrderedDict[str, tuple[float, str]] = OrderedDict()

    def put(self, digest: str, why: str) -> None:
        """Note that the gateway has refused a token."""
        self._refused[digest] = (self._clock() + REFUSED_S, why)
        self._refused.move_to_end(digest)
        while len(self._refused) > MOST_REFUSED:
            self._refused.popitem(last=False)

    def why(self, digest: str) -> str | None:
        """Return why a token was refused a moment ago, if it was."""
        until, why = self._refused.get(digest, (0.0, ""))
        return why if self._clock() < until else None


@dataclass(slots=True)
class _Purse:
    """How many questions an asker may still cause."""

    left: float
    counted: float


class Askers:
    """How many questions each address may cause: many at once, as a room does after a restart, then a few a second.

    Each address has its own, so that whoever floods the bridge takes nothing from the others.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._purses: OrderedDict[str, _Purse] = OrderedDict()

    def may_ask(self, asker: str) -> bool:
        """Say whether *asker* may cause one more question, and count it."""
        now = self._clock()
        purse = self._purses.setdefault(asker, _Purse(BURST, now))
        self._purses.move_to_end(asker)
        while len(self._purses) > MOST_ASKERS:
            self._purses.popitem(last=False)
        purse.left = min(BURST, purse.left + (now - purse.counted) * PER_S)
        purse.counted = now
        if purse.left < 1:
            return False
        purse.left -= 1
        return True
