"""What the desk asks of a telephone engine."""

from collections.abc import Callable
from typing import Protocol

from workstation.domain.call_back import BackWish
from workstation.domain.call_event import TelephonyEvent
from workstation.domain.call_number import DialTarget
from workstation.domain.call_party import CallId, Ending, LegId
from workstation.domain.call_seat import SeatState

Listener = Callable[[TelephonyEvent], None]


class Telephony(Protocol):
    """A telephone engine: every verb returns at once, every result comes as an event.

    Events reach the listener one at a time and in order, from any thread. A verb that came too late is ignored by
    the engine; a verb it cannot even take (its link is gone) raises `Unavailable`. The engine, not the desk, keeps the
    promises of docs/adr/0014-telephony-port.md: they must hold when the desk is dead.
    """

    @property
    def problem(self) -> str:
        """Why the engine is lost, as a code for which the window has words; empty if nobody can say."""
        ...

    def listen(self, listener: Listener) -> None:
        """Send every event from now on to *listener*, beginning with the calls that already exist."""
        ...

    def claim(self, call: CallId) -> None:
        """Ask for a ringing call; ``call_claimed`` grants it, ``call_gone`` says that another seat was faster."""
        ...

    def answer(self, call: CallId) -> None:
        """Take the handset off: claims the call if need be, and answers a seat that is rung back."""
        ...

    def hold(self, call: CallId) -> None:
        """Put the citizen on hold music."""
        ...

    def resume(self, call: CallId) -> None:
        """Bring the citizen back."""
        ...

    def mute(self, call: CallId, *, on: bool) -> None:
        """Silence the seat's microphone, or open it again."""
        ...

    def add_party(self, call: CallId, leg: LegId, line: DialTarget) -> None:
        """Dial *line* into the call for at most its ring time-out; the seat and the citizen keep talking meanwhile."""
        ...

    def cancel_add(self, call: CallId) -> None:
        """Stop dialling; ends in ``leg_failed(cancelled)``, or in ``leg_joined`` when it was too late."""
        ...

    def drop_party(self, call: CallId) -> None:
        """Take the third party out of the call."""
        ...

    def leave(self, call: CallId) -> None:
        """Leave citizen and third party talking; ignored unless the third party has joined."""
        ...

    def rejoin(self, call: CallId) -> None:
        """Come back into a call that was left."""
        ...

    def transfer(self, call: CallId, leg: LegId, line: DialTarget) -> None:
        """Add *line* and leave as soon as it has joined; if it does not join the seat simply stays."""
        ...

    def end(self, call: CallId) -> None:
        """Hang up for everybody."""
        ...

    def call_back(self, call: CallId) -> None:
        """Take the caller of *call*, who was cut off, and call this seat, then them.

        ``call_offered`` with ``back`` begins it. Whom another seat has taken meanwhile is told of by ``back_taken``,
        whom nobody needs to call any more by ``back_gone``. Who is not reached waits again, with one try more.
        """
        ...

    def wish_back(self, call: CallId, wish: BackWish, reason: str = "") -> None:
        """Say that the caller of *call*, which this seat had, was cut off: keep them, let any seat, or nobody, call."""
        ...

    def set_seat_state(self, state: SeatState, reason: str) -> None:
        """Tell the queue whether this seat takes calls."""
        ...

    def close(self) -> None:
        """Send nothing any more and end whatever runs in the background."""
        ...


class ReportedTelephony(Telephony, Protocol):
    """An engine that cannot see what happens and is told by the call-taker."""

    def incoming(self, number: str = "", name: str = "") -> CallId:
        """Note that the phone rings.

        Raises:
            InvalidValue: The number is none.
        """
        ...

    def report(self, call: CallId, ending: Ending) -> None:
        """Say what became of the party that was dialled."""
        ...

    def citizen_left(self, call: CallId) -> None:
        """Say that the citizen hung up."""
        ...

    def third_left(self, call: CallId) -> None:
        """Say that the third party hung up."""
        ...
