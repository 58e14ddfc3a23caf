"""Scripted callers: one after the other, whenever the seat takes calls and nobody is on the line."""

from collections.abc import Callable, Sequence
from typing import Protocol

from workstation.domain.call_party import CallId
from workstation.domain.call_seat import SeatState
from workstation.domain.scenario import Scenario

LOOK_EVERY_S = 1.0


class Telephone(Protocol):
    """The part of the simulated telephone that callers use."""

    seat_state: SeatState

    @property
    def idle(self) -> bool: ...

    def offer(self, number: str = "", name: str = "", hangs_up_after: float | None = None) -> CallId: ...


class Callers:
    """Lets the next scripted citizen call a while after the seat became free, and knows what each one says."""

    def __init__(
        self, scenarios: Sequence[Scenario], telephone: Telephone, later: Callable[[float, Callable[[], None]], object]
    ) -> None:
        self._scenarios = tuple(scenarios)
        self._telephone = telephone
        self._later = later
        self._next = 0
        self._free_s = 0.0
        self._calls: dict[CallId, Scenario] = {}

    def start(self) -> None:
        """Look from now on whether somebody may call."""
        if self._scenarios:
            self._later(LOOK_EVERY_S, self._look)

    def says(self, call: CallId) -> str:
        """Return what the citizen of *call* says; nothing where no script is played."""
        scenario = self._calls.get(call)
        return "".join(scenario.says) if scenario is not None else ""

    def _look(self) -> None:
        free = self._telephone.seat_state is SeatState.READY and self._telephone.idle
        self._free_s = self._free_s + LOOK_EVERY_S if free else 0.0
        scenario = self._scenarios[self._next % len(self._scenarios)]
        if self._free_s >= scenario.ring_after_seconds:
            self._free_s = 0.0
            self._next += 1
            self._calls[self._telephone.offer(scenario.number)] = scenario
        self._later(LOOK_EVERY_S, self._look)
