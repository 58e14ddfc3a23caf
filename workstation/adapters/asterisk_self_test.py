"""The self-test's calls at an Asterisk exchange: one line at a time, beside whatever the bridge does there."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from workstation.adapters.asterisk_legs import DialledLeg
from workstation.adapters.asterisk_link import ActionRefused, AsteriskLink, Manager, Message
from workstation.domain.call_number import DialTarget
from workstation.domain.call_party import Ending, LegId
from workstation.domain.errors import InvalidValue, Unavailable

log = logging.getLogger(__name__)

LONGER_S = 5.0
_TALKS_S = 1


@dataclass(slots=True, eq=False)
class _Attempt:
    """One call until it is over; *ended* is set when it was answered or will not be: to nothing if nobody knows."""

    leg: DialledLeg
    ended: "asyncio.Future[Ending | None]"
    over: asyncio.Event = field(default_factory=asyncio.Event)


class SelfTestCalls:
    """Dials lines by hand; as a context it is connected to the exchange.

    Whoever answers hears a second of silence and is hung up on.

    Args:
        trunk: The endpoint through which numbers are dialled, where a line has none of its own.
    """

    def __init__(self, place: Manager, trunk: str, new_id: Callable[[], str]) -> None:
        self._trunk = trunk
        self._new_id = new_id
        self._attempt: _Attempt | None = None
        self._link = AsteriskLink(place, self._follow, self._lost)

    async def __aenter__(self) -> Self:
        """Connect.

        Raises:
            Unavailable: The exchange cannot be reached, or refuses the account.
        """
        try:
            await self._link.open()
        except ActionRefused as e:
            await self._link.close()
            raise Unavailable(f"the exchange refuses the account: {e}") from e
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._link.close()

    async def in_use(self, line: str, endpoint: str) -> bool:
        """Say whether somebody is in a call with a line, or calls it, now.

        Raises:
            Unavailable: The exchange does not answer.
        """
        for channel in await self._listed():
            name = channel.get("Channel", "")
            if endpoint and name.startswith(f"PJSIP/{endpoint}-"):
                return True
            if await self._line_of(name) == line:
                return True
        return False

    async def call(self, whom: DialTarget, endpoint: str) -> tuple[Ending, float]:
        """Call a line, through its own endpoint or the trunk; return what came of it and after how many seconds.

        Raises:
            Unavailable: The exchange was lost, or said nothing of the call.
        """
        loop = asyncio.get_running_loop()
        leg = DialledLeg(LegId("self-test"), f"self-test-{self._new_id()}")
        attempt = self._attempt = _Attempt(leg, loop.create_future())
        begun = loop.time()
        try:
            async with asyncio.timeout(whom.ring_timeout + LONGER_S):
                await self._dial(leg.unique, whom, endpoint)
                ending = await attempt.ended
                seconds = loop.time() - begun
                if leg.channel and ending is not None:
                    await attempt.over.wait()
        except (ActionRefused, InvalidValue):
            return Ending.NOT_CONFIGURED, loop.time() - begun
        except TimeoutError as e:
            raise Unavailable("the exchange does not say what became of a call") from e
        finally:
            self._attempt = None
        if ending is None:
            raise Unavailable("the exchange is lost")
        return ending, seconds

    async def _dial(self, unique: str, whom: DialTarget, endpoint: str) -> None:
        await self._link.ask(
            "Originate",
            Channel=f"PJSIP/{whom.number}@{endpoint or self._trunk}",
            ChannelId=unique,
            Timeout=str(whom.ring_timeout * 1000),
            Application="Wait",
            Data=str(_TALKS_S),
            CallerID="110",
            Variable=f"LINE={whom.id}",
            Async="true",
        )

    async def _listed(self) -> list[Message]:
        try:
            found = await self._link.listed("CoreShowChannels")
        except ActionRefused as e:
            raise Unavailable(str(e)) from e
        return [it for it in found if it.get("Event") == "CoreShowChannel"]

    async def _line_of(self, channel: str) -> str:
        try:
            answer = await self._link.ask("Getvar", Channel=channel, Variable="LINE")
        except ActionRefused:  # it has just been hung up
            return ""
        return answer.get("Value", "")

    def _follow(self, event: Message) -> None:
        attempt = self._attempt
        if attempt is None or event.get("Uniqueid") != attempt.leg.unique:
            return
        match event.get("Event"):
            case "Newchannel":
                attempt.leg.channel = event.get("Channel", "")
            case "Newstate" if event.get("ChannelStateDesc") == "Ringing":
                attempt.leg.rang = True
            case "Newstate" if event.get("ChannelStateDesc") == "Up":
                _settle(attempt, Ending.JOINED)
            case "Hangup":
                _settle(attempt, attempt.leg.ending(event.get("Cause", "")))
                attempt.over.set()
            case "OriginateResponse" if event.get("Response") == "Failure" and not attempt.leg.channel:
                _settle(attempt, Ending.NOT_CONFIGURED)
            case _:
                pass

    def _lost(self) -> None:
        if self._attempt is not None:
            _settle(self._attempt, None)


def _settle(attempt: _Attempt, ending: Ending | None) -> None:
    if not attempt.ended.done():
        attempt.ended.set_result(ending)
