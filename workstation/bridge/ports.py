"""What the bridge needs of an exchange and of whoever knows the seats."""

from collections.abc import Callable
from typing import Protocol

from workstation.domain.call_back import BackWish
from workstation.domain.call_event import TelephonyEvent
from workstation.domain.call_number import DialTarget
from workstation.domain.call_party import CallId, LegId
from workstation.domain.call_seat import SeatState
from workstation.domain.command import Actor

Listener = Callable[[TelephonyEvent], None]


class SeatPhone(Protocol):
    """One seat's telephone: the desk's telephony port, kept open over all of that seat's streams.

    A verb may raise `Unavailable` while the exchange is lost. It never acts on a call that is another seat's.
    """

    def listen(self, listener: Listener) -> None:
        """Send every event from now on to *listener*, from any thread, beginning with the calls that already exist.

        What already exists has been told when this returns, or when what it put on the event loop has been done.
        """
        ...

    def claim(self, call: CallId) -> None: ...
    def answer(self, call: CallId) -> None: ...
    def hold(self, call: CallId) -> None: ...
    def resume(self, call: CallId) -> None: ...
    def mute(self, call: CallId, *, on: bool) -> None: ...
    def add_party(self, call: CallId, leg: LegId, line: DialTarget) -> None: ...
    def cancel_add(self, call: CallId) -> None: ...
    def drop_party(self, call: CallId) -> None: ...
    def leave(self, call: CallId) -> None: ...
    def rejoin(self, call: CallId) -> None: ...
    def transfer(self, call: CallId, leg: LegId, line: DialTarget) -> None: ...
    def end(self, call: CallId) -> None: ...
    def call_back(self, call: CallId) -> None: ...
    def wish_back(self, call: CallId, wish: BackWish, reason: str = "") -> None: ...
    def set_seat_state(self, state: SeatState, reason: str) -> None: ...


class Exchange(Protocol):
    """An exchange with a telephone for each seat."""

    @property
    def up(self) -> bool:
        """Say whether the exchange is there."""
        ...

    def at(self, seat: str) -> SeatPhone:
        """Return the telephone of one seat, the same one each time.

        Raises:
            KeyError: The site has no telephone for this seat.
        """
        ...

    async def run(self) -> None:
        """Follow the exchange, on the server's event loop, until this task is cancelled."""
        ...


class Seats(Protocol):
    """Whoever knows which seat a token belongs to."""

    async def who(self, token: str, asker: str = "") -> Actor:
        """Return who holds *token*, which came from the address *asker*; what is known already is answered at once.

        Raises:
            SignInNeeded: The token is not good.
            Unavailable: It is not known yet, and nobody can say now, or this asker asks too much.
        """
        ...
