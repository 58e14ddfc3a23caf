"""Scripted callers: one call after the other while the seat is ready, until all have called."""

from collections.abc import Callable, Sequence
from typing import Protocol

from workstation.domain.scenario import Scenario

PAUSE_S = 8.0


class Telephone(Protocol):
    """The part of the simulated telephone that callers use."""

    def offer(self, number: str = "", name: str = "", hangs_up_after: float | None = None) -> str: ...


class Callers:
    """Lets the next scripted citizen call; who called is known to the trainer's side only."""

    def __init__(
        self, scenarios: Sequence[Scenario], telephone: Telephone, later: Callable[[float, Callable[[], None]], object]
    ) -> None:
        self._scenarios = tuple(scenarios)
        self._telephone = telephone
        self._later = later
        self._next = 0
        self.calls: dict[str, Scenario] = {}

    def start(self) -> None:
        """Let the first one call after a moment."""
        if self._scenarios:
            self._later(self._scenarios[0].ring_after_seconds, self.call_next)

    def call_next(self) -> None:
        """Let the next one call, and begin anew after the last."""
        if not self._scenarios:
            return
        scenario = self._scenarios[self._next % len(self._scenarios)]
        self._next += 1
        self.calls[self._telephone.offer(scenario.number)] = scenario
