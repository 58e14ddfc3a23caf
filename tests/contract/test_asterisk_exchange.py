"""When an exchange counts as there: not before it has said who is in which call."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from tests.contract.test_asterisk_link import Server, play
from workstation.adapters.asterisk_exchange import AsteriskExchange
from workstation.adapters.asterisk_link import Manager, Message
from workstation.domain.call_event import EventKind, TelephonyEvent

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
SUCCESS = "Response: Success\r\nActionID: {ActionID}\r\n\r\n"
NOBODY = (
    "Response: Success\r\nActionID: {ActionID}\r\nEventList: start\r\n\r\n"
    "Event: CoreShowChannelsComplete\r\nActionID: {ActionID}\r\nEventList: Complete\r\n\r\n"
)


def test_nobody_is_told_what_exists_before_it_is_known() -> None:
    """
    An exchange that has not yet listed its calls counts as lost, so that no desk takes their absence for the truth.
    """
    told: list[TelephonyEvent] = []

    async def scene() -> None:
        asked, known = asyncio.Event(), asyncio.Event()
        waiting: list[tuple[Message, asyncio.StreamWriter]] = []

        def answer(message: Message, writer: asyncio.StreamWriter) -> None:
            if message["Action"] == "CoreShowChannels":
                waiting.append((message, writer))
                asked.set()
            else:
                writer.write(SUCCESS.format(**message).encode())

        def hear(event: TelephonyEvent) -> None:
            told.append(event)
            if event.kind is EventKind.ENGINE_RECOVERED:
                known.set()

        listening = await asyncio.start_server(Server(answer).serve, "127.0.0.1", 0)
        place = Manager("127.0.0.1", listening.sockets[0].getsockname()[1], "control", "secret")
        exchange = AsteriskExchange(place, {"06": "PJSIP/seat-06"}, "city", lambda: NOON)
        following = asyncio.create_task(exchange.run())
        await asked.wait()
        exchange.at("06").listen(hear)
        early = exchange.up
        message, writer = waiting[0]
        writer.write(NOBODY.format(**message).encode())
        await known.wait()
        late = exchange.up
        following.cancel()
        await asyncio.wait([following])
        listening.close()
        await listening.wait_closed()
        assert (early, late) == (False, True)

    play(scene)
    assert [event.kind for event in told[:2]] == [EventKind.ENGINE_LOST, EventKind.ENGINE_RECOVERED]
