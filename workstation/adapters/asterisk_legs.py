"""The phones in a call at an Asterisk exchange, and what became of those that were dialled."""

from dataclasses import dataclass

from workstation.domain.call_number import DialTarget
from workstation.domain.call_party import CITIZEN_LEG, Ending, LegId

# Q.850 causes, https://www.itu.int/rec/T-REC-Q.850; 20 is an absent subscriber, 21 a rejected call.
_BUSY = "17"
_REJECTED = "21"
_NOBODY_THERE = frozenset({"1", "3", "20", "27", "38"})


@dataclass(slots=True, eq=False)
class DialledLeg:
    """The phone of a third party, or of a citizen who is called back, from the moment it is dialled.

    Args:
        unique: The channel's id, made by us.
        channel: The channel's name; empty until the exchange has made the channel.
        rang: Whether its phone was ever heard to ring.
        given_up: Whether it was taken back, so that it is hung up as soon as it has a channel.
    """

    leg: LegId
    unique: str
    channel: str = ""
    rang: bool = False
    given_up: bool = False

    def ending(self, cause: str) -> Ending:
        """Return why it did not join: exchanges name a timeout differently, so whether it rang decides."""
        if self.given_up:
            return Ending.CANCELLED
        if cause == _BUSY:
            return Ending.BUSY
        if cause == _REJECTED:
            return Ending.REJECTED
        if cause in _NOBODY_THERE or not self.rang:
            return Ending.UNREACHABLE
        return Ending.NO_ANSWER


@dataclass(slots=True, eq=False)
class SeatPhone:
    """A seat's phone: one channel, whatever number of calls the seat has.

    Args:
        address: What the exchange dials, such as ``PJSIP/seat-06``.
        unique: The id of the channel that is on its way or up; empty while the phone is on the hook.
        channel: The channel's name; empty until the exchange has made the channel.
        case: The conference its ear is in or is on its way to; empty while it is in none.
        moving: Whether it is on its way from a call that is over to another one.
    """

    seat: str
    address: str
    unique: str = ""
    channel: str = ""
    case: str = ""
    moving: bool = False

    def owns(self, channel: str) -> bool:
        """Say whether a channel of this name is a call of this phone."""
        return channel.startswith(f"{self.address}-")

    def hung_up(self) -> None:
        """Note that it is on the hook."""
        self.unique = self.channel = self.case = ""
        self.moving = False


def back_channel(case: str) -> str:
    """Return the channel's id of a citizen who is called back into *case*."""
    return f"{case}~{CITIZEN_LEG}"


def dialled(line: DialTarget, trunk: str) -> str:
    """Return what the exchange dials for a line: its own endpoint, else its number through the trunk."""
    return f"PJSIP/{line.endpoint}" if line.endpoint else f"PJSIP/{line.number}@{trunk}"
