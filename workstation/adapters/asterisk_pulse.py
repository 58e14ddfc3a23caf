"""Whether the seats' phones still send sound: a phone that died hangs nothing up, and an exchange notices late."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass

from workstation.adapters.asterisk_legs import SeatPhone
from workstation.adapters.asterisk_link import ActionRefused, Message
from workstation.domain.errors import Unavailable

log = logging.getLogger(__name__)

LOOK_S = 0.2
SILENT_S = 0.6


@dataclass(slots=True)
class _Beat:
    """What was counted last of a phone's packets of sound, when, and whether they were ever seen to come."""

    count: str
    at: float
    lives: bool = False


class Pulse:
    """Hangs up a seat's phone that fell silent, so that its citizen is announced to and offered to another seat.

    Only a phone that was seen to send is judged, never one that rings or is on hold. An answer that comes late
    proves nothing: what counts is the time from one answer to the next question.

    Args:
        counted: Asks the exchange how many packets came from a channel.
        hang_up: Ends a channel.
    """

    def __init__(
        self,
        phones: Iterable[SeatPhone],
        counted: Callable[[str], Awaitable[str]],
        hang_up: Callable[[str], None],
        look_s: float = LOOK_S,
        silent_s: float = SILENT_S,
    ) -> None:
        self._phones = phones
        self._counted = counted
        self._hang_up = hang_up
        self._look_s = look_s
        self._silent_s = silent_s
        self._beats: dict[str, _Beat] = {}
        self._held: set[str] = set()

    def follow(self, event: Message) -> None:
        """Note which phones hold by their own key: those send nothing and live."""
        channel = event.get("Channel", "")
        if event.get("Event") == "Hold":
            self._held.add(channel)
        elif event.get("Event") in {"Unhold", "Hangup"}:
            self._held.discard(channel)
            self._beats.pop(channel, None)

    async def watch(self) -> None:
        """Look again and again, until the connection to the exchange is lost."""
        with suppress(Unavailable):
            while True:
                await asyncio.sleep(self._look_s)
                for channel in [phone.channel for phone in self._phones if phone.channel and phone.case]:
                    if channel not in self._held:
                        await self._look(channel)

    async def _look(self, channel: str) -> None:
        now = asyncio.get_running_loop().time
        asked = now()
        try:
            count = await self._counted(channel)
        except ActionRefused:  # it has just been hung up
            return
        beat = self._beats.get(channel)
        if beat is None or beat.count != count:
            self._beats[channel] = _Beat(count, now(), lives=beat is not None)
        elif beat.lives and asked - beat.at >= self._silent_s and channel not in self._held:
            log.info("phone fell silent channel=%s", channel)
            del self._beats[channel]
            self._hang_up(channel)
