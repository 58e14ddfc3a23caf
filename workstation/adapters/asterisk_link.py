"""The manager interface of an Asterisk exchange: actions go in, answers and events come out.

The wire is lines of ``Key: value``, a message ends with an empty line. Only what `worded` lets pass is written to
it, because a line break in a value would be a second action.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import count

from workstation.domain.errors import InvalidValue, Unavailable

log = logging.getLogger(__name__)

Message = dict[str, str]
ANSWER_S = 2.0
PING_S = 1.0
_LONGEST_LINE = 64 * 1024
_ENDS = frozenset({"Complete", "cancelled"})


@dataclass(frozen=True, slots=True)
class Manager:
    """Where an exchange's manager interface listens, and as whom to sign in there."""

    host: str
    port: int
    user: str
    secret: str


class ActionRefused(Exception):
    """The exchange did not take an action; the text is its own."""


def worded(fields: Mapping[str, str]) -> str:
    """Return *fields* as lines of one action.

    Raises:
        InvalidValue: A value holds a control character, which would end its line.
    """
    for key, value in fields.items():
        if not value.isprintable():
            raise InvalidValue(key, "control_characters")
    return "".join(f"{key}: {value}\r\n" for key, value in fields.items())


class AsteriskLink:
    """One signed-in connection; it is not opened twice.

    Args:
        heard: Gets every event, one at a time and in order, on the event loop.
        lost: Is called once when the connection is gone or does not answer any more.
    """

    def __init__(self, place: Manager, heard: Callable[[Message], None], lost: Callable[[], None]) -> None:
        self._place = place
        self._heard = heard
        self._lost = lost
        self._numbers = count(1)
        self._answers: dict[str, asyncio.Future[Message]] = {}
        self._lists: dict[str, list[Message]] = {}
        self._tasks: list[asyncio.Task[None]] = []
        self._writer: asyncio.StreamWriter | None = None

    async def open(self) -> None:
        """Connect and sign in.

        Raises:
            Unavailable: Nobody is there, or it is not an exchange.
            ActionRefused: The account is refused.
        """
        try:
            async with asyncio.timeout(ANSWER_S):
                reader, self._writer = await asyncio.open_connection(
                    self._place.host, self._place.port, limit=_LONGEST_LINE
                )
                greeting = await reader.readline()
        except (OSError, TimeoutError, ValueError) as e:
            await self.close()
            raise Unavailable("the exchange cannot be reached") from e
        if not greeting.startswith(b"Asterisk Call Manager"):
            await self.close()
            raise Unavailable("what answers there is no exchange")
        self._tasks = [asyncio.create_task(self._read(reader))]
        await self.ask("Login", Username=self._place.user, Secret=self._place.secret)
        self._tasks.append(asyncio.create_task(self._ping()))

    async def ask(self, action: str, **fields: str) -> Message:
        """Send one action and return its answer.

        Raises:
            ActionRefused: The exchange answered with an error.
            Unavailable: The connection is gone, or no answer came in time.
            InvalidValue: A value holds a control character.
        """
        return (await self._exchange(action, fields))[0]

    async def listed(self, action: str, **fields: str) -> list[Message]:
        """Send an action that is answered by a list of events, and return them.

        Raises:
            ActionRefused: The exchange answered with an error.
            Unavailable: The connection is gone, or the list did not end in time.
        """
        return (await self._exchange(action, fields, whole=True))[1]

    async def close(self) -> None:
        """Close the connection; nothing is told any more."""
        self._lost = lambda: None
        tasks, self._tasks = self._tasks, []
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._writer is not None:
            self._writer.close()
            with suppress(OSError):
                await self._writer.wait_closed()
        self._give_up()

    async def _exchange(
        self, action: str, fields: Mapping[str, str], *, whole: bool = False
    ) -> tuple[Message, list[Message]]:
        if self._writer is None or self._writer.is_closing():
            raise Unavailable("the exchange's connection is closed")
        number = str(next(self._numbers))
        lines = worded({"Action": action, "ActionID": number, **fields})
        answer = asyncio.get_running_loop().create_future()
        self._answers[number] = answer
        if whole:
            self._lists[number] = []
        try:
            self._writer.write(f"{lines}\r\n".encode())
            async with asyncio.timeout(ANSWER_S):
                said: Message = await answer
        except TimeoutError as e:
            raise Unavailable("the exchange does not answer") from e
        finally:
            self._answers.pop(number, None)
            items = self._lists.pop(number, [])
        if said.get("Response") == "Error":
            raise ActionRefused(said.get("Message", ""))
        return said, items

    async def _read(self, reader: asyncio.StreamReader) -> None:
        message: Message = {}
        try:
            while line := await reader.readline():
                text = line.decode(errors="replace").rstrip("\r\n")
                if text:
                    _put(message, text)
                elif message:
                    self._sort(message)
                    message = {}
        except (OSError, ValueError):  # a reset connection, or a line that never ends
            log.info("the exchange's connection broke")
        self._broke()

    def _sort(self, message: Message) -> None:
        number = message.get("ActionID", "")
        if "Event" not in message:
            self._answered(number, message)
        elif number in self._lists:
            self._lists[number].append(message)
            if message.get("EventList") in _ENDS:
                self._lists[number].pop()
                self._settle(number, message)
        else:
            self._heard(message)

    def _answered(self, number: str, message: Message) -> None:
        """Take an answer, unless a list follows it, whose end is the answer."""
        if number in self._lists and message.get("EventList") == "start":
            return
        self._settle(number, message)

    def _settle(self, number: str, message: Message) -> None:
        waiting = self._answers.get(number)
        if waiting is not None and not waiting.done():
            waiting.set_result(message)

    async def _ping(self) -> None:
        """Notice an exchange that is silent although its connection stands."""
        try:
            while True:
                await asyncio.sleep(PING_S)
                await self.ask("Ping")
        except (Unavailable, ActionRefused):
            self._broke()

    def _broke(self) -> None:
        if self._writer is not None:
            self._writer.close()
        self._give_up()
        lost, self._lost = self._lost, lambda: None
        lost()

    def _give_up(self) -> None:
        for waiting in self._answers.values():
            if not waiting.done():
                waiting.set_exception(Unavailable("the exchange's connection is gone"))


def _put(message: Message, line: str) -> None:
    """Add one line; a channel's variables, which share one key, are told apart by their names."""
    key, _, value = line.partition(":")
    if key == "ChanVariable":
        name, _, value = value.strip().partition("=")
        key = f"ChanVariable({name})"
    message.setdefault(key, value.strip())
