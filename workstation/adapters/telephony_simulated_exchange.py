"""An exchange without a telephone for many seats: each seat has a simulated one, and nobody else hears its calls."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from threading import Event
from typing import Final

from workstation.adapters.telephony_backs import BackQueue
from workstation.adapters.telephony_schedule import Scheduler
from workstation.adapters.telephony_simulated import SimulatedTelephony
from workstation.domain.call_event import TelephonyEvent

LONGEST_TELLING_S: Final = 1.0


class SimulatedSeat(SimulatedTelephony):
    """One seat's telephone, which has told what exists when `listen` returns, as the bridge needs it."""

    @property
    def up(self) -> bool:
        return not self._lost

    def listen(self, listener: Callable[[TelephonyEvent], None]) -> None:
        """Send every event from now on to *listener*, beginning with the calls that already exist."""
        super().listen(listener)
        told = Event()
        with self._turn():
            self._events.put(told.set)
        told.wait(LONGEST_TELLING_S)  # another thread may be at work on what was put before


class SimulatedExchange:
    """Stands behind the bridge in practice, demonstration and tests, where a site has its exchange.

    Args:
        new_scheduler: Makes the clock of one more seat.
        began: Is told of each seat's telephone when it is asked for the first time.
    """

    def __init__(
        self,
        clock: Callable[[], datetime],
        new_id: Callable[[], str],
        new_scheduler: Callable[[], Scheduler],
        began: Callable[[SimulatedSeat, Scheduler], None] = lambda *_: None,
    ) -> None:
        self._clock = clock
        self._new_id = new_id
        self._new_scheduler = new_scheduler
        self._began = began
        self.backs = BackQueue()
        self._seats: dict[str, SimulatedSeat] = {}

    @property
    def up(self) -> bool:
        """Say whether every seat's telephone is there."""
        return all(seat.up for seat in self._seats.values())

    def at(self, seat: str) -> SimulatedSeat:
        """Return the telephone of one seat."""
        if seat not in self._seats:
            scheduler = self._new_scheduler()
            phone = SimulatedSeat(self._clock, self._new_id, scheduler, queue=(self.backs, seat))
            self._seats[seat] = phone
            self._began(phone, scheduler)
        return self._seats[seat]

    async def run(self) -> None:
        """Do nothing until cancelled; the seats' clocks run by themselves."""
        await asyncio.Event().wait()

    def close(self) -> None:
        """End every seat's telephone."""
        for seat in self._seats.values():
            seat.close()
