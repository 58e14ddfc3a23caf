"""When an exchange counts as there: not before it has said who is in which call."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tests.contract.test_asterisk_link import Server, play
from workstation.adapters import asterisk_exchange
from workstation.adapters.asterisk_exchange import AsteriskExchange
from workstation.adapters.asterisk_link import Manager, Message
from workstation.domain.call_event import EventKind, TelephonyEvent

if TYPE_CHECKING:
    import pytest

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


def test_nobody_is_kept_for_a_desk_that_does_not_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Whom the exchange kept for a seat that desk has to itself for a while; when it stays away any other may call.
    """
    monkeypatch.setattr(asterisk_exchange, "ABSENT_S", 0.05)
    told: dict[str, list[TelephonyEvent]] = {"06": [], "07": []}
    kept = {"BACK_3": "case-1.5|19900000005|1795435205|06|2", "BACK_4": "case-1.6|19900000006|1795435206|07|0"}

    async def scene() -> None:
        released = asyncio.Event()

        def answer(message: Message, writer: asyncio.StreamWriter) -> None:
            if message["Action"] == "CoreShowChannels":
                writer.write(NOBODY.format(**message).encode())
            else:
                value = f"Value: {kept.get(message.get('Variable', ''), '')}\r\n"
                writer.write(SUCCESS.format(**message).removesuffix("\r\n").encode() + value.encode() + b"\r\n")

        def hear(event: TelephonyEvent) -> None:
            told["07"].append(event)
            if event.call == "case-1.5" and event.kind is EventKind.BACK_WAITING:
                released.set()

        listening = await asyncio.start_server(Server(answer).serve, "127.0.0.1", 0)
        place = Manager("127.0.0.1", listening.sockets[0].getsockname()[1], "control", "secret")
        exchange = AsteriskExchange(place, {"06": "PJSIP/seat-06", "07": "PJSIP/seat-07"}, "city", lambda: NOON)
        following = asyncio.create_task(exchange.run())
        await asyncio.sleep(0)
        exchange.at("07").listen(hear)
        await asyncio.wait_for(released.wait(), 10)
        following.cancel()
        await asyncio.wait([following])
        listening.close()
        await listening.wait_closed()

    play(scene)
    of_another = [(event.kind, event.tries) for event in told["07"] if event.call == "case-1.5"]
    own = [(event.kind, event.on) for event in told["07"] if event.call == "case-1.6"]

    assert (of_another[0], of_another[-1]) == ((EventKind.BACK_TAKEN, 2), (EventKind.BACK_WAITING, 2))
    assert set(own) == {(EventKind.BACK_WAITING, True)}
