"""The connection to an exchange's manager interface, before servers that are none, lie, fall silent or break off."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

import pytest

from workstation.adapters import asterisk_link
from workstation.adapters.asterisk_link import ActionRefused, AsteriskLink, Manager, Message, worded
from workstation.domain.errors import InvalidValue, Unavailable

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

GREETING = b"Asterisk Call Manager/5.0.4\r\n"
WELCOME = "Response: Success\r\nActionID: {ActionID}\r\nMessage: Authentication accepted\r\n\r\n"


class Server:
    """A manager interface that answers every action as the test says."""

    def __init__(self, answer: Callable[[Message, asyncio.StreamWriter], None], greeting: bytes = GREETING) -> None:
        self.asked: list[Message] = []
        self._answer = answer
        self._greeting = greeting

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionResetError):  # the link gives up on what is no exchange
            await self._serve(reader, writer)
        writer.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(self._greeting)
        message: Message = {}
        while line := (await reader.readline()).decode():
            key, _, value = line.rstrip("\r\n").partition(": ")
            if key:
                message[key] = value
                continue
            self.asked.append(message)
            if message["Action"] == "Login":
                writer.write(WELCOME.format(**message).encode())
            else:
                self._answer(message, writer)
            message = {}


@asynccontextmanager
async def connected(server: Server, heard: list[Message], lost: Callable[[], None]) -> AsyncIterator[AsteriskLink]:
    """Sign in at *server* and leave nothing behind."""
    listening = await asyncio.start_server(server.serve, "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]
    link = AsteriskLink(Manager("127.0.0.1", port, "control", "secret"), heard.append, lost)
    try:
        await link.open()
        yield link
    finally:
        await link.close()
        listening.close()
        await listening.wait_closed()


def answers(text: str) -> Callable[[Message, asyncio.StreamWriter], None]:
    """Answer every action with *text*, its number filled in."""
    return lambda message, writer: writer.write(text.format(**message).encode())


def play(scene: Callable[[], Awaitable[None]], seconds: float = 8) -> None:
    """Run one scene to its end."""
    asyncio.run(asyncio.wait_for(scene(), seconds))


def test_an_action_gets_its_own_answer() -> None:
    """
    Two actions asked at once get their own answers, whichever comes first.
    """
    late: list[tuple[Message, asyncio.StreamWriter]] = []

    def swapped(message: Message, writer: asyncio.StreamWriter) -> None:
        late.append((message, writer))
        if len(late) == 2:
            for asked, to in reversed(late):
                to.write(
                    f"Response: Success\r\nActionID: {asked['ActionID']}\r\nValue: {asked['Variable']}\r\n\r\n".encode()
                )

    async def scene() -> None:
        async with connected(Server(swapped), [], lambda: None) as link:
            first, second = await asyncio.gather(link.ask("Getvar", Variable="A"), link.ask("Getvar", Variable="B"))
            assert (first["Value"], second["Value"]) == ("A", "B")

    play(scene)


def test_a_list_is_collected_and_events_go_on_beside_it() -> None:
    """
    A list's items come back together, and an event between them goes to whoever listens.
    """
    heard: list[Message] = []
    listing = (
        "Response: Success\r\nActionID: {ActionID}\r\nEventList: start\r\n\r\n"
        "Event: CoreShowChannel\r\nActionID: {ActionID}\r\nChannel: one\r\n"
        "ChanVariable: ROLE=seat\r\nChanVariable: CASE=case-1.1\r\n\r\n"
        "Event: Newchannel\r\nChannel: other\r\n\r\n"
        "Event: CoreShowChannelsComplete\r\nActionID: {ActionID}\r\nEventList: Complete\r\n\r\n"
    )

    async def scene() -> None:
        async with connected(Server(answers(listing)), heard, lambda: None) as link:
            items = await link.listed("CoreShowChannels")
            assert [(it["Channel"], it["ChanVariable(ROLE)"], it["ChanVariable(CASE)"]) for it in items] == [
                ("one", "seat", "case-1.1")
            ]

    play(scene)
    assert [event["Channel"] for event in heard] == ["other"]


def test_a_refusal_is_told_in_the_exchanges_words() -> None:
    """
    An error answer is raised with what the exchange said.
    """

    async def scene() -> None:
        refusing = answers("Response: Error\r\nActionID: {ActionID}\r\nMessage: No such channel\r\n\r\n")
        async with connected(Server(refusing), [], lambda: None) as link:
            with pytest.raises(ActionRefused, match="No such channel"):
                await link.ask("Hangup", Channel="PJSIP/seat-01-00000001")

    play(scene)


@pytest.mark.parametrize("value", ["119\r\nAction: Command", "1\n2", "a\x00b", "tab\there"])
def test_a_control_character_never_reaches_the_wire(value: str) -> None:
    """
    A value with a line break or another control character is refused before anything is written.
    """
    server = Server(answers("Response: Success\r\nActionID: {ActionID}\r\n\r\n"))

    async def scene() -> None:
        async with connected(server, [], lambda: None) as link:
            with pytest.raises(InvalidValue):
                await link.ask("Originate", Channel=value)
            await link.ask("Ping")

    play(scene)
    assert [it["Action"] for it in server.asked] == ["Login", "Ping"]
    with pytest.raises(InvalidValue):
        worded({"Exten": value})


@pytest.mark.parametrize(
    "said",
    [
        "this is no message\r\n\r\n",
        "Event\r\n\r\n",
        ": \r\n: \r\n\r\n",
        "Response: Success\r\nActionID: 999\r\n\r\n",
        "Event: Hangup\r\nActionID: 999\r\n\r\n",
        "\ufffd\u4e71: \x7f\r\n\r\n",
    ],
)
def test_garbage_between_answers_harms_nothing(said: str) -> None:
    """
    Lines that are no messages, answers nobody asked for and foreign events pass by; the next answer is found.
    """
    garbled = answers(said + "Response: Success\r\nActionID: {ActionID}\r\nValue: right\r\n\r\n" + said)

    async def scene() -> None:
        async with connected(Server(garbled), [], lambda: None) as link:
            assert (await link.ask("Getvar", Variable="EPOCH"))["Value"] == "right"
            assert (await link.ask("Getvar", Variable="EPOCH"))["Value"] == "right"

    play(scene)


def test_two_answers_at_once_are_one() -> None:
    """
    A second answer to the same action is dropped.
    """
    twice = answers(
        "Response: Success\r\nActionID: {ActionID}\r\nValue: first\r\n\r\n"
        "Response: Error\r\nActionID: {ActionID}\r\n\r\n"
    )

    async def scene() -> None:
        async with connected(Server(twice), [], lambda: None) as link:
            assert (await link.ask("Getvar", Variable="EPOCH"))["Value"] == "first"
            assert (await link.ask("Getvar", Variable="EPOCH"))["Value"] == "first"

    play(scene)


@pytest.mark.parametrize("greeting", [b"SSH-2.0-OpenSSH_9.2\r\n", b"", b"x" * 200_000])
def test_what_is_no_exchange_is_not_signed_in_to(greeting: bytes) -> None:
    """
    A server with another greeting, or none, never gets the account's password.
    """
    server = Server(answers(""), greeting)

    async def scene() -> None:
        with pytest.raises(Unavailable):
            async with connected(server, [], lambda: None):
                pass

    play(scene)
    assert server.asked == []


def test_a_silent_exchange_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    An exchange that keeps the connection but answers nothing is told as lost, and what waits for it ends.
    """
    monkeypatch.setattr(asterisk_link, "ANSWER_S", 0.2)
    monkeypatch.setattr(asterisk_link, "PING_S", 0.05)

    async def scene() -> None:
        lost = asyncio.Event()
        async with connected(Server(answers("")), [], lost.set) as link:
            with pytest.raises(Unavailable):
                await link.ask("Redirect", Channel="x")
            await lost.wait()

    play(scene)


@pytest.mark.parametrize("how", ["closed", "endless"])
def test_a_broken_connection_is_lost_at_once(how: str) -> None:
    """
    When the exchange hangs up or sends a line without end, that is told once, and whoever waits is told too.
    """

    def breaking(message: Message, writer: asyncio.StreamWriter) -> None:
        del message
        if how == "endless":
            writer.write(b"x" * 200_000)
        else:
            writer.close()

    async def scene() -> None:
        told: list[str] = []
        async with connected(Server(breaking), [], lambda: told.append("lost")) as link:
            with pytest.raises(Unavailable):
                await link.ask("Ping")
            with pytest.raises(Unavailable):
                await link.ask("Ping")
        assert told == ["lost"]

    play(scene)
