"""The self-test's calls before exchanges that say this and that of them, and the time that runs out meanwhile."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.contract.test_asterisk_link import Server, play
from workstation.adapters.asterisk_link import Manager, Message
from workstation.adapters.asterisk_self_test import SelfTestCalls
from workstation.bootstrap.self_test import SelfTest
from workstation.domain.call_number import DialTarget
from workstation.domain.call_party import Ending
from workstation.domain.directory import Line, LineKind
from workstation.domain.errors import Unavailable
from workstation.domain.self_test import AgreedWindow, Day, Finding, Result

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

GAS = DialTarget("gas", "Gas", "06325550991", ring_timeout=2)
SUCCESS = "Response: Success\r\nActionID: {ActionID}\r\n\r\n"
REFUSED = "Response: Error\r\nActionID: {ActionID}\r\nMessage: no\r\n\r\n"
MADE = "Event: Newchannel\r\nUniqueid: {ChannelId}\r\nChannel: PJSIP/city-1\r\n\r\n"
OTHERS = "Event: Newstate\r\nUniqueid: another\r\nChannelStateDesc: Up\r\n\r\n"
RINGS = "Event: Newstate\r\nUniqueid: {ChannelId}\r\nChannelStateDesc: Ringing\r\n\r\n"
UP = "Event: Newstate\r\nUniqueid: {ChannelId}\r\nChannelStateDesc: Up\r\n\r\n"
FAILURE = "Event: OriginateResponse\r\nUniqueid: {ChannelId}\r\nResponse: Failure\r\n\r\n"
ONE_CALL = (
    "Response: Success\r\nActionID: {ActionID}\r\nEventList: start\r\n\r\n"
    "Event: CoreShowChannel\r\nActionID: {ActionID}\r\nChannel: PJSIP/line-gas-1\r\n\r\n"
    "Event: CoreShowChannelsComplete\r\nActionID: {ActionID}\r\nEventList: Complete\r\n\r\n"
)
VALUE = "Response: Success\r\nActionID: {ActionID}\r\nValue: water\r\n\r\n"


def hung_up(cause: int) -> str:
    return f"Event: Hangup\r\nUniqueid: {{ChannelId}}\r\nCause: {cause}\r\n\r\n"


@asynccontextmanager
async def calls_at(answer: Callable[[Message, asyncio.StreamWriter], None]) -> AsyncIterator[SelfTestCalls]:
    """Connect to an exchange that answers like this."""
    listening = await asyncio.start_server(Server(answer).serve, "127.0.0.1", 0)
    place = Manager("127.0.0.1", listening.sockets[0].getsockname()[1], "control", "secret")
    async with listening, SelfTestCalls(place, "city", lambda: "one") as calls:
        yield calls


def says(**texts: str) -> Callable[[Message, asyncio.StreamWriter], None]:
    """Answer each action with its text."""
    return lambda asked, writer: writer.write(texts.get(asked["Action"], SUCCESS).format(**asked).encode())


@pytest.mark.parametrize(
    ("said", "ending"),
    [
        pytest.param(SUCCESS + MADE + RINGS + OTHERS + UP + hung_up(16), Ending.JOINED, id="answered"),
        pytest.param(SUCCESS + MADE + hung_up(17) + FAILURE, Ending.BUSY, id="busy"),
        pytest.param(SUCCESS + MADE + hung_up(21) + FAILURE, Ending.REJECTED, id="declined"),
        pytest.param(SUCCESS + MADE + RINGS + FAILURE + hung_up(0), Ending.NO_ANSWER, id="no answer"),
        pytest.param(SUCCESS + MADE + hung_up(0), Ending.UNREACHABLE, id="never rang"),
        pytest.param(SUCCESS + FAILURE, Ending.NOT_CONFIGURED, id="no such way"),
        pytest.param(REFUSED, Ending.NOT_CONFIGURED, id="refused"),
    ],
)
def test_what_became_of_a_call(said: str, ending: Ending) -> None:
    """
    The result is what the exchange says of this call, whatever it says of others.
    """

    async def scene() -> None:
        async with calls_at(says(Originate=said)) as calls:
            found, seconds = await calls.call(GAS, "")
            assert found is ending
            assert 0 <= seconds < 2

    play(scene)


def test_a_lost_exchange_is_no_result() -> None:
    """
    A connection that breaks in the middle of a call, or a refused list, ends the self-test: nobody knows.
    """

    def breaks(asked: Message, writer: asyncio.StreamWriter) -> None:
        writer.write((SUCCESS + MADE).format(**asked).encode())
        writer.close()

    async def scene() -> None:
        async with calls_at(breaks) as calls:
            with pytest.raises(Unavailable):
                await calls.call(GAS, "line-gas")
        async with calls_at(says(CoreShowChannels=REFUSED)) as calls:
            with pytest.raises(Unavailable):
                await calls.in_use("gas", "")

    play(scene)


def test_a_silent_exchange_is_no_result(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    A call of which the exchange says nothing for longer than it may ring ends the self-test.
    """
    monkeypatch.setattr("workstation.adapters.asterisk_self_test.LONGER_S", 0.1)

    async def scene() -> None:
        async with calls_at(says()) as calls:
            with pytest.raises(Unavailable):
                await calls.call(replace(GAS, ring_timeout=1), "")

    play(scene)


def test_who_uses_a_line_is_seen_by_its_way_and_by_its_name() -> None:
    """
    A line is in use when a channel stands on its endpoint, or was dialled for it through the trunk.
    """

    async def scene() -> None:
        async with calls_at(says(CoreShowChannels=ONE_CALL, Getvar=VALUE)) as calls:
            assert await calls.in_use("gas", "line-gas")
            assert await calls.in_use("water", "")
            assert not await calls.in_use("gas", "line-ga")
        async with calls_at(says(CoreShowChannels=ONE_CALL, Getvar=REFUSED)) as calls:
            assert not await calls.in_use("water", "")

    play(scene)


class Answering:
    """Lines that all answer, each of them after an hour."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.called: list[str] = []

    async def in_use(self, line: str, endpoint: str) -> bool:
        """Say that nobody talks."""
        return not line and not endpoint

    async def call(self, whom: DialTarget, endpoint: str) -> tuple[Ending, float]:
        """Answer, and let an hour pass."""
        self.called.append(whom.number + endpoint)
        self.now += timedelta(hours=1)
        return Ending.JOINED, 0.5


@pytest.mark.parametrize(("ends", "last", "passed"), [(11, Result.OUTSIDE_WINDOW, False), (12, Result.JOINED, True)])
def test_the_time_may_run_out(ends: int, last: Result, passed: bool) -> None:  # noqa: FBT001
    """
    Each line is dialled only while the agreed time lasts, and a line that was not tested is not passed.
    """
    gas = Line("gas", LineKind.GAS, "Gas", "0632-5550611", "370402", test_number="0632-5550991")
    lines = gas, replace(gas, id="heat", test_number="0632-5550992"), replace(gas, id="water", test_number=None)
    calls = Answering(datetime(2026, 3, 3, 2, 30, tzinfo=UTC))
    window = AgreedWindow((Day.TUESDAY,), time(10), time(ends))
    told: list[Finding] = []

    done = asyncio.run(SelfTest(calls, window, lambda: calls.now).run(lines, told.append))

    assert [finding.result for finding in told] == [Result.JOINED, last, Result.NO_TEST_NUMBER]
    assert len(calls.called) == 1 + passed
    assert done is passed
