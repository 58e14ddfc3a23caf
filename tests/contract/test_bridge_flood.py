"""A flood of tokens that nobody knows: the gateway is asked about few of them, and who is known goes on."""

import asyncio
import http.client
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.contract.bridge_house import LONGEST_S, QUICK, Ear, serving
from tests.contract.gateway_parts import START
from tests.contract.gateway_world import World, opened, served
from workstation.adapters.http_gateway import HttpGateway
from workstation.adapters.http_link import Site
from workstation.adapters.telephony_bridge import BridgeTelephony
from workstation.adapters.telephony_schedule import HandScheduler
from workstation.adapters.telephony_simulated_exchange import SimulatedExchange
from workstation.bridge.strangers import BURST, MOST_ASKERS, MOST_REFUSED, PER_S, REFUSED_S, Askers, Refusals
from workstation.bridge.tokens import MOST_AT_ONCE, MOST_WAITING, KnownTokens
from workstation.domain.call_event import EventKind
from workstation.domain.command import Actor
from workstation.domain.errors import Unavailable
from workstation.domain.lifecycle import Role
from workstation.protocol.messages import Holder

SEAT, OTHER = "A7", "A8"
FLOOD = BURST + 100
AT_ONCE = 8
OTHER_ADDRESS = "127.0.0.2"


class Room:
    """A gateway that counts who is asked about, a bridge before it, and the clock of what the bridge remembers."""

    def __init__(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        self.world = world
        self.now = 0.0
        self.asked: list[str] = []
        self.exchange = SimulatedExchange(lambda: START, lambda: "call-1", lambda: HandScheduler(START))
        self.url = ""
        really = world.service.authenticate

        def counted(token: str) -> Actor:
            self.asked.append(token)
            return really(token)

        monkeypatch.setattr(world.service, "authenticate", counted)

    def hold(self, token: str, address: str = "127.0.0.1") -> int:
        """Ask the bridge for something with *token* from *address*; return the status."""
        at = urlsplit(self.url)
        assert at.hostname is not None
        connection = http.client.HTTPConnection(at.hostname, at.port, LONGEST_S, (address, 0))
        with closing(connection):
            connection.request("POST", "/v1/calls/call-9/hold", b"{}", {"Authorization": f"Bearer {token}"})
            return connection.getresponse().status


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    """Serve a counting gateway and a bridge."""
    with opened("local", tmp_path) as world, served(world.service) as server:
        room = Room(world, monkeypatch)
        with (
            closing(HttpGateway(Site(url=server.url))) as gateway,
            serving(room.exchange, KnownTokens(gateway.holder, lambda: room.now)) as bridge,
        ):
            room.url = bridge.url
            yield room


@contextmanager
def listening(room: Room, token: str) -> Iterator[tuple[BridgeTelephony, Ear]]:
    """Open a seat's telephone and wait until it has been told everything."""
    ear = Ear()
    with closing(BridgeTelephony(Site(url=room.url), lambda: token, lambda: START, QUICK)) as phone:
        phone.listen(ear)
        with phone._changed:
            assert phone._changed.wait_for(lambda: phone.delivered.told_all, LONGEST_S)
        yield phone, ear


def test_a_flood_of_unknown_tokens_stays_at_the_bridge(room: Room) -> None:
    """
    Of hundreds of made-up tokens the gateway hears a bounded number; calls go on, and who signs in elsewhere gets in.
    """
    token, newcomer = room.world.taker("taker1", SEAT), room.world.taker("taker2", OTHER)
    with listening(room, token) as (phone, ear), ThreadPoolExecutor(AT_ONCE) as flood:
        before = len(room.asked)
        answers = flood.map(room.hold, [f"made-up-{number}" for number in range(FLOOD)])
        call = room.exchange.at(SEAT).offer("19900001234")
        ear.wait_for(EventKind.CALL_OFFERED)
        phone.answer(call)
        phone.hold(call)
        ear.wait_for(EventKind.HOLD_CHANGED)
        statuses = list(answers)
        of_flood = len(room.asked) - before
        shut_out = room.hold(newcomer)
        let_in = room.hold(newcomer, OTHER_ADDRESS)
        known = room.hold(token)

    assert of_flood == BURST - before
    assert (statuses.count(401), statuses.count(503)) == (of_flood, FLOOD - of_flood)
    assert (shut_out, let_in, known) == (503, 202, 202)
    assert EventKind.ENGINE_LOST not in ear.kinds


def test_an_address_that_asked_too_much_is_let_in_again(room: Room) -> None:
    """
    After a flood a good token from the same address is asked about as soon as a little time has passed.
    """
    newcomer = room.world.taker("taker2", OTHER)
    with ThreadPoolExecutor(AT_ONCE) as flood:
        list(flood.map(room.hold, [f"made-up-{number}" for number in range(BURST)]))
    at_once = room.hold(newcomer)
    room.now = 2 / PER_S
    later = room.hold(newcomer)

    assert (at_once, later) == (503, 202)


def test_a_refused_token_is_not_asked_about_again_at_once(room: Room) -> None:
    """
    The same bad token, sent again and again, costs the gateway one question in ten seconds.
    """
    statuses = [room.hold("made-up") for _ in range(20)]
    at_first = len(room.asked)
    room.now = REFUSED_S
    statuses.append(room.hold("made-up"))

    assert set(statuses) == {401}
    assert (at_first, len(room.asked)) == (1, 2)


def test_few_unknown_tokens_are_asked_about_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    However many unknown tokens come at once, the gateway has three questions at a time, and one for each token.
    """
    names = [f"token-{number}" for number in range(20)]
    asked, running, most = list[str](), [0], [0]

    def ask(token: str) -> Holder:
        asked.append(token)
        return Holder(user="taker1", role=Role.CALL_TAKER, seat=SEAT)

    async def counted(deed: Callable[[str], Holder], token: str) -> Holder:
        running[0] += 1
        most[0] = max(most[0], running[0])
        await asyncio.sleep(0)  # lets the others begin, if they may
        running[0] -= 1
        return deed(token)

    async def play() -> None:
        tokens = KnownTokens(ask)
        await asyncio.gather(*(tokens.who(name) for name in [*names, *names]))

    monkeypatch.setattr(asyncio, "to_thread", counted)
    asyncio.run(play())

    assert sorted(asked) == sorted(names)
    assert most[0] == MOST_AT_ONCE


def test_a_queue_of_strangers_has_an_end() -> None:
    """
    Behind a gateway that does not answer only so many wait; the next one is told at once to come again.
    """
    answers = threading.Event()

    def ask(token: str) -> Holder:
        del token
        answers.wait(LONGEST_S)
        raise Unavailable("away")

    async def play() -> list[str]:
        tokens = KnownTokens(ask)
        whos = [tokens.who(f"token-{number}", f"10.0.0.{number}") for number in range(MOST_WAITING)]
        waiting = [asyncio.ensure_future(who) for who in whos]
        await asyncio.sleep(0)  # lets each of them begin
        with pytest.raises(Unavailable, match="too_many_wait"):
            await tokens.who("one-more", "10.0.1.1")
        answers.set()
        return [str(error) for error in await asyncio.gather(*waiting, return_exceptions=True)]

    assert asyncio.run(play()) == ["away"] * MOST_WAITING


def test_what_is_remembered_of_a_flood_is_bounded() -> None:
    """
    Whatever comes, a bounded number of refusals and of addresses is kept, and the latest of them.
    """
    refusals, askers = Refusals(lambda: 0.0), Askers(lambda: 0.0)
    for number in range(MOST_REFUSED + 10):
        refusals.put(str(number), "unknown_token")
    for number in range(MOST_ASKERS + 10):
        askers.may_ask(str(number))

    assert len(refusals._refused) == MOST_REFUSED
    assert len(askers._purses) == MOST_ASKERS
    assert refusals.why(str(MOST_REFUSED + 9)) == "unknown_token"
    assert refusals.why("0") is None
