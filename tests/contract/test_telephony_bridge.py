"""What stands between a seat and its calls: tokens, foreign questions, foreign answers, and two desks at one seat."""

import asyncio
import http.client
import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from queue import Empty, Queue
from urllib.parse import urlsplit

import pytest

from tests.contract.bridge_house import LONGEST_S, QUICK, Doorkeeper, Ear, House, open_house, serving
from tests.contract.gateway_parts import PASSWORD, START
from tests.contract.gateway_world import World, opened, served
from tests.contract.test_tls import authority, certified
from workstation.adapters.http_gateway import HttpGateway
from workstation.adapters.http_link import Site
from workstation.adapters.telephony_bridge import BridgeTelephony
from workstation.adapters.telephony_bridge_link import EventStream
from workstation.adapters.telephony_bridge_news import News
from workstation.adapters.telephony_bridge_streams import THREADS, Streams
from workstation.adapters.telephony_schedule import HandScheduler
from workstation.adapters.telephony_simulated import LineScript
from workstation.adapters.telephony_simulated_exchange import SimulatedExchange
from workstation.bootstrap.live import LiveParts
from workstation.bootstrap.station import DeskStation
from workstation.bootstrap.telephony_bridge import main
from workstation.bootstrap.workers import make_workers
from workstation.bridge.server import Address, BridgeServer
from workstation.bridge.stream import MOST_WAITING, Pace, Stream
from workstation.bridge.tokens import FRESH_S, KEPT_S, KnownTokens
from workstation.desk.phone import PhoneDesk
from workstation.domain.call_event import CallEnd, EventKind, TelephonyEvent
from workstation.domain.call_number import DialTarget
from workstation.domain.call_party import CallId, Ending, LegId
from workstation.domain.call_seat import SeatState
from workstation.domain.call_table import CallState
from workstation.domain.errors import SignInNeeded, Unavailable
from workstation.domain.lifecycle import Role
from workstation.domain.privacy import Phone
from workstation.protocol.codec import encode
from workstation.protocol.messages import Holder, SignIn
from workstation.protocol.telephony import STREAM_HEADER, event_line, read_line
from workstation.settings import read_settings

HOTLINE = DialTarget("hotline", "12345", "12345", ring_timeout=30)
CITIZEN = "19900001234"
SEAT = "A1"
SHORT_S = 0.1


class RecordingPhone:
    """A seat's telephone that does nothing and remembers what was asked."""

    def __init__(self, asked: list[str]) -> None:
        self._asked = asked

    def listen(self, listener: Callable[[TelephonyEvent], None]) -> None:
        """There is nothing to tell."""

    def __getattr__(self, verb: str) -> Callable[..., None]:
        return lambda *_, **__: self._asked.append(verb)


class RecordingExchange:
    """An exchange with a recording telephone for seat A1."""

    up = True

    def __init__(self) -> None:
        self.asked: list[str] = []

        self._phones = {SEAT: RecordingPhone(self.asked)}

    def at(self, seat: str) -> RecordingPhone:
        return self._phones[seat]

    async def run(self) -> None:
        await asyncio.Event().wait()


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    """Serve one bridge; each test has seats of its own."""
    with open_house(START) as opened_house:
        yield opened_house


def a_door() -> Doorkeeper:
    """Let in the seat A1, a hotline's account and a seat without a telephone."""
    door = Doorkeeper()
    door.roles = {SEAT: Role.CALL_TAKER, "hotline": Role.HOTLINE, "B9": Role.DUTY_OFFICER}
    return door


@pytest.fixture(scope="module")
def recording() -> Iterator[tuple[str, RecordingExchange]]:
    """Serve a recording exchange."""
    exchange = RecordingExchange()
    with serving(exchange, a_door()) as server:
        yield server.url, exchange


@pytest.fixture
def url(recording: tuple[str, RecordingExchange]) -> str:
    return recording[0]


@pytest.fixture
def exchange(recording: tuple[str, RecordingExchange]) -> RecordingExchange:
    """Return the recording exchange with nothing recorded yet."""
    recording[1].asked.clear()
    return recording[1]


def ask(
    url: str, method: str, path: str, body: bytes | None = b"{}", token: str = SEAT, stream: str = ""
) -> tuple[int, dict[str, object]]:
    """Ask the bridge as a foreign program would, and return status and answer."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=LONGEST_S)
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    if stream:
        headers[STREAM_HEADER] = stream
    try:
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        return response.status, json.loads(response.read() or b"{}")
    finally:
        connection.close()


@contextmanager
def reading(url: str, token: str, query: str = "") -> Iterator[http.client.HTTPResponse]:
    """Open the event stream as a foreign program would."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=LONGEST_S)
    try:
        connection.request("GET", f"/v1/events{query}", headers={"Authorization": f"Bearer {token}"})
        with connection.getresponse() as response:
            yield response
    finally:
        connection.close()


# Who may ask.


@pytest.mark.parametrize(
    ("token", "status", "why"),
    [
        ("", 401, "no_token"),
        ("made up", 401, "unknown_token"),
        ("hotline", 403, "role"),
        ("B9", 403, "no_telephone"),
    ],
)
@pytest.mark.parametrize(
    ("method", "path"), [("POST", "/v1/calls/call-1/answer"), ("PUT", "/v1/seat"), ("GET", "/v1/events")]
)
def test_only_a_seats_own_token_opens_anything(
    url: str, exchange: RecordingExchange, token: str, status: int, why: str, method: str, path: str
) -> None:
    """
    Without a token, with a wrong one, in a role that takes no calls or at a seat without a telephone, nothing is done.
    """
    found, problem = ask(url, method, path, token=token)

    assert (found, problem["detail"]) == (status, why)
    assert exchange.asked == []


def test_a_seat_hears_and_moves_only_its_own_calls(house: House) -> None:
    """
    A token of another seat hears nothing of a call, and asking about it changes nothing: for that seat it is not there.
    """
    mine, other = house.new_seat(), house.new_seat()
    ears = {seat: Ear() for seat in (mine, other)}
    with closing(house.telephony(mine)) as my_phone, closing(house.telephony(other)) as other_phone:
        my_phone.listen(ears[mine])
        other_phone.listen(ears[other])
        call = house.phone(mine).offer(CITIZEN)
        my_phone.answer(call)
        house.settle(my_phone, mine)
        house.settle(other_phone, other)
        before = list(ears[mine].events)
        for verb in (other_phone.hold, other_phone.end, other_phone.answer):
            verb(call)
        other_phone.add_party(call, LegId("third-1"), HOTLINE)
        house.settle(other_phone, other)
        house.settle(my_phone, mine)

    assert ears[mine].events == before
    assert set(ears[other].kinds) == {EventKind.CALL_GONE}
    assert {event.number for event in ears[other].events} == {Phone()}


def test_the_gateway_says_who_may_call(tmp_path: Path) -> None:
    """
    A signed-in person's token opens their seat; when the account is disabled, the stream ends with the reason readable.
    """
    now = [0.0]
    exchange = SimulatedExchange(lambda: START, lambda: "call-1", lambda: HandScheduler(START))
    ear = Ear()
    with (
        opened("local", tmp_path) as world,
        served(world.service) as server,
        closing(HttpGateway(Site(url=server.url))) as gateway,
        serving(exchange, KnownTokens(gateway.holder, lambda: now[0]), pace=Pace(beat_s=0.01)) as bridge,
    ):
        token = world.taker("taker1", "A7")
        with closing(BridgeTelephony(Site(url=bridge.url), lambda: token, lambda: START, QUICK)) as phone:
            phone.listen(ear)
            call = exchange.at("A7").offer(CITIZEN)
            offered = ear.wait_for(EventKind.CALL_OFFERED)
            disable(world)
            now[0] = FRESH_S
            ear.wait_for(EventKind.ENGINE_LOST)
            with phone._changed:
                readable = phone._changed.wait_for(lambda: phone.problem == "unknown_token", LONGEST_S)
            with pytest.raises(Unavailable):
                phone.answer(call)

    assert offered.call == call
    assert readable


def disable(world: World) -> None:
    """Take an account's rights away."""
    world.service.accounts.disable("taker1", now=world.clock(), by="test")


# What is kept of a token.


class Gateway:
    """A gateway that says of every token that it is seat A1's, refuses it, or is away."""

    def __init__(self) -> None:
        self.asked = 0
        self.error: Exception | None = None

    def __call__(self, token: str) -> Holder:
        del token
        self.asked += 1
        if self.error is not None:
            raise self.error
        return Holder(user="taker1", role=Role.CALL_TAKER, seat=SEAT)


async def looked(tokens: KnownTokens) -> None:
    """Ask for the known token, and wait until it has been looked at again."""
    await tokens.who("token")
    await asyncio.gather(*tokens._looks)


def test_a_known_token_is_not_asked_about_again_for_five_minutes() -> None:
    """
    Within five minutes the gateway is asked once; then once more, while the answer is given at once.
    """
    gateway, now = Gateway(), [0.0]

    async def play() -> list[int]:
        tokens, asked = KnownTokens(gateway, lambda: now[0]), []
        for now[0] in (0.0, 1.0, FRESH_S - 1, FRESH_S, FRESH_S + 1):
            await looked(tokens)
            asked.append(gateway.asked)
        return asked

    assert asyncio.run(play()) == [1, 1, 1, 2, 2]


def test_a_token_that_is_refused_later_is_out() -> None:
    """
    What the gateway refuses when it is looked at again is refused from then on, and at once.
    """
    gateway, now = Gateway(), [0.0]

    async def play() -> None:
        tokens = KnownTokens(gateway, lambda: now[0])
        await tokens.who("token")
        gateway.error = SignInNeeded("signed_out")
        now[0] = FRESH_S
        await looked(tokens)
        with pytest.raises(SignInNeeded, match="signed_out"):
            await tokens.who("token")

    asyncio.run(play())


def test_a_known_token_outlives_the_gateway_for_a_shift() -> None:
    """
    While the gateway is away a known token goes on for twelve hours and no longer, and an unknown one is not let in.
    """
    gateway, now = Gateway(), [0.0]

    async def play() -> None:
        tokens = KnownTokens(gateway, lambda: now[0])
        await tokens.who("token")
        gateway.error = Unavailable("away")
        for now[0] in (FRESH_S, 3600.0, KEPT_S - 1):
            await looked(tokens)
        with pytest.raises(Unavailable):
            await tokens.who("another")
        now[0] = KEPT_S
        with pytest.raises(Unavailable):
            await tokens.who("token")

    asyncio.run(play())


def test_a_gateway_that_is_gone_stops_no_call(tmp_path: Path) -> None:
    """
    A seat whose token is known goes on answering and holding when the gateway has been switched off.
    """
    exchange = SimulatedExchange(lambda: START, lambda: "call-1", lambda: HandScheduler(START))
    ear, now = Ear(), [0.0]
    with opened("local", tmp_path) as world:
        with served(world.service) as server:
            token = world.taker("taker1", "A7")
        with (
            served(world.service, None) as server,
            closing(HttpGateway(Site(url=server.url))) as gateway,
            serving(exchange, KnownTokens(gateway.holder, lambda: now[0])) as bridge,
            closing(BridgeTelephony(Site(url=bridge.url), lambda: token, lambda: START, QUICK)) as phone,
        ):
            phone.listen(ear)
            call = exchange.at("A7").offer(CITIZEN)
            ear.wait_for(EventKind.CALL_OFFERED)
            server.stop()
            now[0] = FRESH_S
            phone.answer(call)
            phone.hold(call)
            ear.wait_for(EventKind.HOLD_CHANGED)

    assert EventKind.ENGINE_LOST not in ear.kinds


# What is asked.

GOOD_LINE = {"id": "gas", "name": "燃气", "number": "06325550100", "ring_timeout": 15}


def addition(**line: object) -> bytes:
    """Write the body that dials a line."""
    return encode({"leg": "third-1", "line": {**GOOD_LINE, **line}})


@pytest.mark.parametrize(
    ("verb", "body", "field"),
    [
        *(
            (verb, addition(number=number), "phone")
            for verb in ("add_party", "transfer")
            for number in (
                "119@evil",
                "1 1 9",
                "abc",
                "110\r\nAction: Originate",
                "${EXTEN}",
                "06325550100,,D(1)",
                "06325550100&SIP/evil",
                "06325550100转8",
                "+",
                "1" * 21,
            )
        ),
        ("add_party", addition(endpoint="PJSIP/x,30,U(evil)"), "endpoint"),
        ("add_party", addition(endpoint="../x"), "endpoint"),
        ("add_party", addition(name="燃气\r\nVariable: X=1"), "name"),
        ("add_party", addition(id="gas\r\nX: 1"), "line"),
        ("add_party", addition(ring_timeout=0), "ring_timeout"),
        ("add_party", addition(ring_timeout=10**12), "ring_timeout"),
        ("add_party", addition(number=119), "Addition"),
        ("add_party", encode({"leg": "third 1\n", "line": GOOD_LINE}), "leg"),
        ("add_party", encode({"leg": "third-1"}), "Addition"),
        ("add_party", b"{}", "Addition"),
        ("mute", b"{}", "Mute"),
        ("mute", b'{"on":"yes"}', "Mute"),
        ("hold", b"[1]", "Nothing"),
        ("hold", b"", "Nothing"),
        ("hold", b"not json", "Nothing"),
        ("hold", b"\xff\xfe", "Nothing"),
        ("hold", b"[" * 4000, "Nothing"),
        ("dance", b"{}", "verb"),
        ("listen", b"{}", "verb"),
        ("close", b"{}", "verb"),
        ("__class__", b"{}", "verb"),
    ],
)
def test_what_cannot_be_dialled_or_read_stops_here(
    url: str, exchange: RecordingExchange, verb: str, body: bytes, field: str
) -> None:
    """
    Odd numbers, foreign JSON and verbs that do not exist get a problem that names the field; no telephone hears of it.
    """
    status, problem = ask(url, "POST", f"/v1/calls/call-1/{verb}", body)

    assert (status, problem["problem"], problem["field"]) == (422, "invalid", field)
    assert exchange.asked == []


@pytest.mark.parametrize("call", ["a%20b", "a%0d%0aAction:%20Hangup", "x" * 81, "$%7BEXTEN%7D", "%e7%81%ab", "a%00b"])
def test_an_odd_call_id_stops_here(url: str, exchange: RecordingExchange, call: str) -> None:
    """
    What cannot be the id of a call is refused by name.
    """
    status, problem = ask(url, "POST", f"/v1/calls/{call}/end")

    assert (status, problem["field"]) == (422, "call")
    assert exchange.asked == []


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (b'{"state":"dancing"}', "SeatReport"),
        (b'{"state":"not_ready","reason":"' + b"x" * 61 + b'"}', "reason"),
        (b'{"state":"not_ready","reason":"a\\r\\nb"}', "reason"),
        (b'{"reason":"x"}', "SeatReport"),
    ],
)
def test_a_seat_state_that_is_none_stops_here(url: str, exchange: RecordingExchange, body: bytes, field: str) -> None:
    """
    A state that does not exist, or a reason that no queue may be handed, is refused by name.
    """
    status, problem = ask(url, "PUT", "/v1/seat", body)

    assert (status, problem["field"]) == (422, field)
    assert exchange.asked == []


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "problem"),
    [
        ("POST", "/v1/calls/call-1/hold", b"x" * 9000, 422, "too_large"),
        ("PUT", "/v1/seat", b"x" * 9000, 422, "too_large"),
        ("GET", "/v1/calls/call-1/hold", None, 405, "no_such_route"),
        ("POST", "/v1/calls/call-1", b"{}", 404, "no_such_route"),
        ("POST", "/v1/calls/a%2Fb/hold", b"{}", 404, "no_such_route"),
        ("DELETE", "/v1/seat", b"{}", 405, "no_such_route"),
        ("GET", "/", None, 404, "no_such_route"),
    ],
)
def test_a_foreign_question_is_answered_in_order(
    url: str, exchange: RecordingExchange, method: str, path: str, body: bytes | None, status: int, problem: str
) -> None:
    """
    Too much, unknown ways and wrong methods get a problem with a code and reach no telephone.
    """
    found, answer = ask(url, method, path, body)

    assert (found, answer["problem"]) == (status, problem)
    assert exchange.asked == []


def test_good_verbs_reach_the_telephone(url: str, exchange: RecordingExchange) -> None:
    """
    Each verb of the contract is accepted, with unknown fields too, and reaches the seat's telephone once.
    """
    bodies = {
        **dict.fromkeys(("claim", "answer", "hold", "resume", "cancel_add", "drop_party", "leave", "rejoin"), b"{}"),
        "mute": b'{"on":true}',
        "add_party": addition(),
        "transfer": addition(mood="new"),
        "end": b'{"why":"new"}',
    }
    answers = [ask(url, "POST", f"/v1/calls/17.3/{verb}", body) for verb, body in bodies.items()]
    answers.append(ask(url, "PUT", "/v1/seat", b'{"state":"not_ready","reason":"\xe5\xb0\xb1\xe9\xa4\x90"}'))

    assert answers == [(202, {})] * 13
    assert exchange.asked == [*bodies, "set_seat_state"]


def test_health_needs_no_token(house: House) -> None:
    """
    Anybody may ask how the bridge feels; the answer names nobody.
    """
    seat = house.new_seat()
    _, before = ask(house.url, "GET", "/health", None, token="")
    with reading(house.url, seat) as response:
        response.readline()
        _, during = ask(house.url, "GET", "/health", None, token="")

    assert before == {"ok": True, "version": "1", "seats": 0}
    assert during["seats"] == 1


# The stream.


def test_a_stream_begins_with_the_truth_and_then_beats(house: House) -> None:
    """
    The first lines tell every call, the first beat ends them, and each line carries the number of the last event.
    """
    seat = house.new_seat()
    call = house.phone(seat).offer(CITIZEN)
    house.phone(seat).answer(call)
    with reading(house.url, seat) as response:
        lines = [json.loads(response.readline()) for _ in range(10)]
        kind = response.headers["Content-Type"]
    told = [line["kind"] for line in lines]
    end = told.index("beat")

    assert kind == "application/x-ndjson"
    assert told[:2] == ["call_offered", "call_claimed"]
    assert "leg_joined" in told[:end]
    assert set(told[end:]) == {"beat"}
    assert [line["seq"] for line in lines] == [*range(1, end + 1), *[end] * (10 - end)]


def test_asking_for_the_head_takes_no_stream(house: House) -> None:
    """
    A question for the headers alone does not end the stream that is open.
    """
    seat = house.new_seat()
    with reading(house.url, seat) as response:
        status, _ = ask(house.url, "HEAD", "/v1/events", None, token=seat)
        response.readline()
        house.phone(seat).offer(CITIZEN)
        kinds = {json.loads(response.readline())["kind"] for _ in range(2)}

    assert status == 405
    assert "call_offered" in kinds


def test_a_second_stream_ends_the_first(house: House) -> None:
    """
    A seat has one stream: a new one ends the former, unless the new one only asks whether the seat is free.
    """
    seat = house.new_seat()
    with reading(house.url, seat) as first:
        first.readline()
        with reading(house.url, seat, "?only_if_free=1") as modest:
            refusal = modest.status, json.loads(modest.read())["problem"]
        with reading(house.url, seat) as second:
            second.readline()
            rest = first.read()

    assert refusal == (409, "seat_taken")
    assert all(json.loads(line)["kind"] == "beat" for line in rest.splitlines())


def test_two_consoles_at_one_seat_do_not_fight(house: House) -> None:
    """
    The console that opened last has the seat; the other one says so, does not push back, and has it again afterwards.
    """
    seat, first_ear, second_ear = house.new_seat(), Ear(), Ear()
    with closing(house.telephony(seat)) as first, closing(house.telephony(seat)) as second:
        first.listen(first_ear)
        house.settle(first, seat)
        second.listen(second_ear)
        first_ear.wait_for(EventKind.ENGINE_LOST)
        house.settle(second, seat)
        call = house.phone(seat).offer(CITIZEN)
        second_ear.wait_for(EventKind.CALL_OFFERED)
        why = first.problem
        second.close()
        first_ear.wait_for(EventKind.ENGINE_RECOVERED)
        told = first_ear.wait_for(EventKind.CALL_OFFERED)

    assert why in {"stream_ended", "seat_taken"}
    assert told.call == call
    assert EventKind.ENGINE_LOST not in second_ear.kinds


def test_what_was_asked_under_an_old_stream_is_refused(house: House) -> None:
    """
    A verb that was on its way while its desk lost the bridge does not act on what that desk has been told since.
    """
    seat = house.new_seat()
    call = house.phone(seat).offer(CITIZEN)
    with reading(house.url, seat) as former:
        old = former.headers[STREAM_HEADER]
    with reading(house.url, seat) as present:
        present.readline()
        refused = ask(house.url, "POST", f"/v1/calls/{call}/answer", token=seat, stream=old)
        taken = ask(house.url, "POST", f"/v1/calls/{call}/claim", token=seat, stream=present.headers[STREAM_HEADER])

    assert (refused[0], refused[1]["problem"]) == (409, "old_stream")
    assert taken == (202, {})


def test_a_desk_that_does_not_read_loses_its_stream() -> None:
    """
    What waits for a desk that reads too slowly is bounded; it comes back and is told the truth anew.
    """

    async def play() -> tuple[bool, list[bytes]]:
        stream = Stream()
        for _ in range(MOST_WAITING + 1):
            stream.put(TelephonyEvent(EventKind.CALL_GONE, START, CallId("x")))
        return stream.over, [piece async for piece in stream.pieces(lambda: False)]

    assert asyncio.run(play()) == (True, [])


def test_a_deserted_seat_takes_no_calls() -> None:
    """
    When a seat's desk stays away, the queue is told that it takes no calls; a desk that comes back in time keeps them.
    """
    phone_told = threading.Event()

    class Watched(RecordingPhone):
        def set_seat_state(self, state: SeatState, reason: str) -> None:
            assert (state, reason) == (SeatState.NOT_READY, "console_away")
            phone_told.set()

    exchange = RecordingExchange()
    exchange._phones[SEAT] = Watched([])
    with serving(exchange, a_door(), pace=Pace(beat_s=0.02, deserted_s=0.2)) as server:
        with reading(server.url, SEAT) as former:
            former.readline()
        with reading(server.url, SEAT) as present:
            for _ in range(15):  # longer than a seat may be away
                present.readline()
            early = phone_told.is_set()
        late = phone_told.wait(LONGEST_S)

    assert (early, late) == (False, True)


def test_a_bridge_that_follows_nothing_ends() -> None:
    """
    A bridge whose exchange can no longer be followed does not go on pretending: it ends with the error.
    """

    class Broken(RecordingExchange):
        async def run(self) -> None:
            raise OSError("broken")

    server = BridgeServer(Broken(), a_door(), Address(port=0))
    with pytest.raises(OSError, match="broken"):
        server.run()


def test_a_bridge_that_cannot_start_says_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """
    A missing or foreign certificate, a taken port and an open door to the network are each refused in a sentence.
    """
    nothing, odd = tmp_path / "nothing.pem", tmp_path / "odd.pem"
    odd.write_text("no certificate", "utf-8")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        codes = [main(["--vendor", "simulated", "--port", "0", "--tls-cert", str(file)]) for file in (nothing, odd)]
        codes.append(main(["--vendor", "simulated", "--port", port]))
    with pytest.raises(SystemExit) as refused:
        main(["--vendor", "simulated", "--host", "0.0.0.0"])
    said = capsys.readouterr().err

    assert (codes, refused.value.code) == ([1, 1, 1], 2)
    assert f"there is no file {nothing}" in said
    assert "this is no certificate with its key in PEM" in said
    assert "Address already in use" in said
    assert "tokens need --tls-cert" in said


def test_the_way_to_the_bridge_is_encrypted(tmp_path: Path) -> None:
    """
    With the site's own authority a seat hears its calls and moves them over TLS, comes back, and closes in order.
    """
    site = authority()
    exchange = SimulatedExchange(lambda: START, lambda: "call-1", lambda: HandScheduler(START))
    ear, again = Ear(), Ear()
    with serving(exchange, a_door(), address=certified(site, tmp_path)) as server:
        trusted = Site(url=server.url, ca=str(site.write(tmp_path / "ca.pem")))
        with closing(BridgeTelephony(trusted, lambda: SEAT, lambda: START, QUICK)) as phone:
            phone.listen(ear)
            call = exchange.at(SEAT).offer(CITIZEN)
            ear.wait_for(EventKind.CALL_OFFERED)
            phone.answer(call)
            ear.wait_for(EventKind.RECORDING_STARTED)
            phone.listen(again)
            again.wait_for(EventKind.RECORDING_STARTED)
        with closing(BridgeTelephony(replace(trusted, ca=""), lambda: SEAT, lambda: START, QUICK)) as stranger:
            stranger.listen(ear)
            ear.wait_for(EventKind.ENGINE_LOST)
            why = stranger.problem

    assert why == "certificate_untrusted"
    assert EventKind.ENGINE_LOST not in again.kinds
    assert THREADS not in [thread.name for thread in threading.enumerate()]


# The desk's end, before a bridge that is odd.


class OddBridge:
    """Answers every event stream with the same bytes and then says nothing, and every verb with the same answer."""

    def __init__(self, stream: bytes, verb: bytes = b"HTTP/1.1 202 Accepted\r\nContent-Length: 2\r\n\r\n{}") -> None:
        self._answers = {b"GET": stream, b"POS": verb, b"PUT": verb}
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._accept, name="odd-bridge")]
        self._threads[0].start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._listening.getsockname()[1]}"

    def close(self) -> None:
        """Hang up on everybody."""
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._threads[0].join()
        for one in self._open:
            one.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listening.accept()
                self._open.append(client)
                client.settimeout(LONGEST_S)
                asked = client.recv(65536)
                client.sendall(self._answers.get(asked[:3], b""))
            except OSError:
                return


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\n\r\n"
BEAT = b'{"kind":"beat","seq":0}\n'
LAST = b'{"kind":"beat","seq":1}\n'
OFFER = event_line(1, TelephonyEvent(EventKind.CALL_OFFERED, START, CallId("call-1"), number=Phone(CITIZEN)))


@contextmanager
def before(stream: bytes) -> Iterator[tuple[BridgeTelephony, Ear]]:
    """Set a desk before an odd bridge."""
    ear = Ear()
    with closing(OddBridge(stream)) as bridge:
        phone = BridgeTelephony(Site(url=bridge.url), lambda: "token", lambda: START, replace(QUICK, line_s=0.3))
        with closing(phone):
            phone.listen(ear)
            yield phone, ear


@pytest.mark.parametrize(
    ("stream", "why"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>", "foreign_answer"),
        (b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n", "foreign_answer"),
        (b"HTTP/1.1 401 Unauthorized\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\nno", "foreign_answer"),
        (b"SSH-2.0-something\r\n", ""),
        (HEAD + b"<html>captive portal</html>\n", "unreadable_line"),
        (HEAD + BEAT + b"garbage\n", "unreadable_line"),
        (HEAD + BEAT + b"\xff\xfe\x00\n", "unreadable_line"),
        (HEAD + BEAT + b"[" * 10_000 + b"\n", "unreadable_line"),
        (HEAD + BEAT + b"x" * 20_000, "unreadable_line"),
        (HEAD + BEAT + b"\n", "unreadable_line"),
        (HEAD + BEAT + b'{"kind":"call_offered","seq":1}\n', "unreadable_line"),
        (HEAD + b'{"kind":"call_gone","seq":1,"at":"2026-03-02T03:00:00","call":"x"}\n', "unreadable_line"),
        (HEAD + b'{"kind":"call_gone","seq":1,"at":"2026-03-02T03:00:00Z","end":"?"}\n', "unreadable_line"),
        (HEAD + b'{"kind":"beat","seq":7}\n', "line_lost"),
        (HEAD + BEAT + OFFER.replace(b'"seq":1', b'"seq":3'), "line_lost"),
        (HEAD + BEAT, "ReadTimeoutError"),
        (HEAD, "ReadTimeoutError"),
        (b"", "ReadTimeout"),
    ],
)
def test_whoever_answers_oddly_is_lost(stream: bytes, why: str) -> None:
    """
    A foreign, broken or silent bridge is a lost engine with a code, and verbs are refused; nothing is made up.
    """
    with before(stream) as (phone, ear):
        ear.wait_for(EventKind.ENGINE_LOST)
        with pytest.raises(Unavailable):
            phone.answer(CallId("call-1"))
        problem = phone.problem

    assert why in problem
    assert set(ear.kinds) <= {EventKind.ENGINE_LOST, EventKind.ENGINE_RECOVERED}


def test_a_newer_bridges_news_is_passed_over() -> None:
    """
    An event of a kind that this program does not know counts as a line and is otherwise ignored; new fields too.
    """
    news = b'{"kind":"coffee_ready","seq":1,"at":7}\n'
    with before(HEAD + BEAT + news + OFFER.replace(b'"seq":1', b'"seq":2,"mood":"new"')) as (_, ear):
        told = ear.wait_for(EventKind.CALL_OFFERED)

    assert told.number == Phone(CITIZEN)


def test_a_line_is_read_as_it_was_written() -> None:
    """
    Each part of an event survives the way over the wire.
    """
    event = TelephonyEvent(
        EventKind.LEG_FAILED, START, CallId("17.3"), LegId("third-1"), name="燃气", ending=Ending.BUSY, on=True
    )

    assert read_line(event_line(7, event)).event == event


def test_a_clock_that_jumps_confuses_nobody(house: House) -> None:
    """
    When the exchange's clock goes back a day and then forward a year, calls go on and the engine is not lost.
    """
    seat = house.new_seat()
    with closing(house.telephony(seat)) as phone:
        desk = PhoneDesk(phone, house.clocks[seat].now, lambda _: None)
        desk.start()
        call = house.phone(seat).offer(CITIZEN)
        house.settle(phone, seat)
        desk.answer(call)
        house.settle(phone, seat)
        moments = [timedelta(days=-1), timedelta(days=366)]
        states = []
        for jump in moments:
            house.clocks[seat]._now += jump
            desk.hold(call)
            house.settle(phone, seat)
            states.append(desk.call(call).state)
            desk.resume(call)
            house.settle(phone, seat)
        up = desk.engine_up

    assert states == [CallState.HELD, CallState.HELD]
    assert up


# What became of a verb that failed on its way.


def test_a_bridge_that_forgot_a_call_ends_it(house: House) -> None:
    """
    A call that a bridge no longer names after an outage is declared over; one that ended meanwhile says how.
    """
    seat, ear = house.new_seat(), Ear()
    with closing(house.telephony(seat)) as phone:
        phone.listen(ear)
        ended, forgotten = house.phone(seat).offer(CITIZEN), house.phone(seat).offer(CITIZEN)
        phone.answer(ended)
        house.settle(phone, seat)
        house.shut(seat)
        ear.wait_for(EventKind.ENGINE_LOST)
        house.phone(seat).end(ended)
        del house.phone(seat)._sessions[forgotten]
        house.door.shut.discard(seat)
        house.settle(phone, seat)

    gone = {event.call: event.end for event in ear.events if event.kind is EventKind.CALL_GONE}
    assert gone == {ended: CallEnd.SEAT, forgotten: CallEnd.DECLARED}


def test_a_ringing_call_that_a_bridge_finds_later_rings_again(house: House) -> None:
    """
    A waiting call that a restarted bridge does not name at first counts as missed, and rings when it is offered again.
    """
    seat = house.new_seat()
    with closing(house.telephony(seat)) as phone:
        desk = PhoneDesk(phone, lambda: START, lambda _: None)
        desk.start()
        call = house.phone(seat).offer(CITIZEN)
        house.settle(phone, seat)
        house.shut(seat)
        house.settle(phone, seat)
        session = house.phone(seat)._sessions.pop(call)
        house.door.shut.discard(seat)
        house.settle(phone, seat)
        forgotten = desk.call(call).missed
        with house.phone(seat)._turn():
            house.phone(seat)._sessions[call] = session
            session.retell()
        house.settle(phone, seat)
        rings = [ringing.id for ringing in desk.ringing()]

    assert forgotten
    assert rings == [call]


def test_a_new_stream_says_what_the_seat_is_doing(house: House) -> None:
    """
    A bridge that was restarted knows with the stream itself whether the seat takes calls, before it tells what waits.
    """
    seat = house.new_seat()
    states = []
    with reading(house.url, seat, "?state=ready") as stream:
        stream.readline()
        states.append(house.phone(seat).seat_state)
    with reading(house.url, seat) as stream:
        stream.readline()
        states.append(house.phone(seat).seat_state)
    status, problem = ask(house.url, "GET", "/v1/events?state=dancing", None, token=seat)

    assert states == [SeatState.READY, SeatState.READY]
    assert (status, problem["field"]) == (422, "state")


def test_a_leg_that_a_bridge_forgot_has_failed_or_left(house: House) -> None:
    """
    Third parties that a bridge no longer names after an outage are told to be gone, so that no key is stuck.
    """
    seat = house.new_seat()
    with closing(house.telephony(seat)) as phone:
        desk = PhoneDesk(phone, lambda: START, lambda _: None)
        desk.start()
        call = house.phone(seat).offer(CITIZEN)
        house.settle(phone, seat)
        desk.answer(call)
        house.settle(phone, seat)
        desk.add_party(call, HOTLINE)
        house.settle(phone, seat)
        house.shut(seat)
        house.settle(phone, seat)
        house.phone(seat)._sessions[call].legs.pop(LegId("third-1"))
        house.door.shut.discard(seat)
        house.settle(phone, seat)
        third = desk.call(call).parties[2]
        state = desk.call(call).state

    assert (third.ending, state) == (Ending.UNREACHABLE, CallState.TALKING)


def test_a_leg_that_is_only_being_called_survives_an_outage(house: House) -> None:
    """
    A line that was dialled and has not rung yet is named too, so an outage does not end it.
    """
    seat = house.new_seat()
    house.phone(seat).script("hotline", LineScript(Ending.BUSY, after=5))
    with closing(house.telephony(seat)) as phone:
        desk = PhoneDesk(phone, lambda: START, lambda _: None)
        desk.start()
        call = house.phone(seat).offer(CITIZEN)
        house.settle(phone, seat)
        desk.answer(call)
        house.settle(phone, seat)
        desk.add_party(call, HOTLINE)
        house.settle(phone, seat)
        house.shut(seat)
        house.settle(phone, seat)
        house.door.shut.discard(seat)
        house.settle(phone, seat)
        after = desk.call(call).state
        house.clocks[seat].turn(6)
        house.settle(phone, seat)
        ending = desk.call(call).parties[2].ending

    assert (after, ending) == (CallState.ADDING, Ending.BUSY)


def test_a_refused_addition_is_a_failed_leg_and_nothing_more() -> None:
    """
    When the bridge itself refuses to dial, that attempt is unreachable; the engine is not lost and the call goes on.
    """
    refusal = b'{"problem":"old_stream"}'
    head = b"HTTP/1.1 409 Conflict\r\nContent-Type: application/problem+json\r\nContent-Length: %d\r\n\r\n"
    with closing(OddBridge(HEAD + OFFER + LAST, head % len(refusal) + refusal)) as bridge:
        ear = Ear()
        phone = BridgeTelephony(Site(url=bridge.url), lambda: "token", lambda: START, replace(QUICK, line_s=LONGEST_S))
        with closing(phone):
            phone.listen(ear)
            ear.wait_for(EventKind.CALL_OFFERED)
            phone.add_party(CallId("call-1"), LegId("third-1"), HOTLINE)
            failed = ear.wait_for(EventKind.LEG_FAILED)

    assert (failed.leg, failed.ending) == (LegId("third-1"), Ending.UNREACHABLE)
    assert EventKind.ENGINE_LOST not in ear.kinds


def test_a_line_that_no_exchange_may_be_handed_is_not_configured(house: House) -> None:
    """
    A directory entry with a line break in its name is not sent, and says so at once.
    """
    seat, ear = house.new_seat(), Ear()
    with closing(house.telephony(seat)) as phone:
        phone.listen(ear)
        house.settle(phone, seat)
        phone.add_party(CallId("call-1"), LegId("third-1"), DialTarget("gas", "a\r\nb", "06325550100"))
        failed = ear.wait_for(EventKind.LEG_FAILED)

    assert failed.ending is Ending.NOT_CONFIGURED


def test_a_desk_without_a_token_is_told_why(house: House) -> None:
    """
    Who is not signed in, or whose token is refused, has a lost engine whose reason can be read.
    """
    seat = house.new_seat()
    told = {}
    for token in ("", "made up"):
        ear = Ear()
        phone = BridgeTelephony(Site(url=house.url), partial(str, token), house.clocks[seat].now, QUICK)
        with closing(phone):
            phone.listen(ear)
            ear.wait_for(EventKind.ENGINE_LOST)
            told[token] = phone.problem

    assert told == {"": "no_token", "made up": "unknown_token"}


def test_a_seat_state_is_told_again_after_an_outage(house: House) -> None:
    """
    What the seat was doing reaches the queue once the bridge is back.
    """
    seat = house.new_seat()
    with closing(house.telephony(seat)) as phone:
        desk = PhoneDesk(phone, lambda: START, lambda _: None)
        desk.start()
        house.settle(phone, seat)
        house.shut(seat)
        house.settle(phone, seat)
        desk.go_ready()
        away = house.phone(seat).seat_state
        house.door.shut.discard(seat)
        house.settle(phone, seat)

    assert (away, house.phone(seat).seat_state) == (SeatState.NOT_READY, SeatState.READY)


def test_the_sites_settings_choose_the_bridge(tmp_path: Path) -> None:
    """
    With telephony = "bridge" a console drives its calls through it; making the telephone asks nobody for anything.
    """
    file = tmp_path / "site.toml"
    file.write_text('telephony = "bridge"\n[bridge]\nurl = "https://bridge.invalid"\nca = "~/ca.pem"', "utf-8")
    settings = read_settings(file)
    parts = LiveParts(settings)
    phone = parts.telephony(pytest.fail)
    threads = [thread.name for thread in threading.enumerate()]
    parts.close()

    assert isinstance(phone, BridgeTelephony)
    assert settings.bridge.ca == str(Path("~/ca.pem").expanduser())
    assert THREADS not in threads


def test_who_signs_in_hears_the_calls_of_their_seat(tmp_path: Path) -> None:
    """
    The token of a sign-in opens that seat's stream by itself; the next person at this console hears their own seat.
    """
    exchange = SimulatedExchange(lambda: START, lambda: "call-1", lambda: HandScheduler(START))
    workers, states = make_workers(), {}
    with (
        opened("local", tmp_path) as world,
        served(world.service) as server,
        closing(HttpGateway(Site(url=server.url))) as gateway,
        serving(exchange, KnownTokens(gateway.holder)) as bridge,
    ):
        settings = read_settings(data_root=str(tmp_path / "console"))
        settings = replace(settings, telephony="bridge", bridge=replace(settings.bridge, url=bridge.url))
        settings = replace(settings, gateway=replace(settings.gateway, url=server.url))
        with closing(DeskStation(settings, tmp_path / "console", LiveParts(settings), workers)) as station:
            station.open()
            for user, seat in (("taker1", "A1"), ("taker2", "A2")):
                console = station.sign_in(SignIn(user=user, password=PASSWORD, seat=seat, role=Role.CALL_TAKER))
                changed: Queue[CallId] = Queue()
                console.phone.watch(changed.put, lambda: None)
                exchange.at(seat).offer(CITIZEN)
                console.phone.start()
                states[seat] = console.phone.call(changed.get(timeout=LONGEST_S)).state
            for lane in (workers.read, workers.write, workers.net):
                lane.shutdown()

    assert states == {"A1": CallState.RINGING, "A2": CallState.RINGING}


@pytest.mark.parametrize("state", ["never listened", "following", "lost", "silent"])
def test_closing_ends_every_thread(house: House, state: str) -> None:
    """
    After closing no thread of the telephone is left, whatever it was doing, and verbs are refused.
    """
    seat, ear = house.new_seat(), Ear()
    with closing(OddBridge(b"")) as silent:
        url = {"lost": "http://127.0.0.1:9", "silent": silent.url}.get(state, "")
        phone = house.telephony(seat, QUICK, url)
        if state != "never listened":
            phone.listen(ear)
        if state == "lost":
            ear.wait_for(EventKind.ENGINE_LOST)
        phone.close()
        phone.close()
        phone.listen(ear)
        with pytest.raises(Unavailable):
            phone.answer(CallId("call-1"))

    assert [thread.name for thread in threading.enumerate() if thread.name == THREADS] == []


def test_no_verb_waits_for_the_network() -> None:
    """
    Before a bridge that never answers, twenty verbs are taken at once; what was dialled is told to have failed.
    """
    with closing(OddBridge(HEAD + OFFER + LAST, b"")) as bridge:
        ear = Ear()
        phone = BridgeTelephony(Site(url=bridge.url), lambda: "token", lambda: datetime.now(UTC), QUICK)
        with closing(phone):
            phone.listen(ear)
            ear.wait_for(EventKind.CALL_OFFERED)
            for _ in range(19):
                phone.hold(CallId("call-1"))
            phone.add_party(CallId("call-1"), LegId("third-1"), HOTLINE)
            on_their_way = len(phone._sender._waiting)
            ear.wait_for(EventKind.ENGINE_LOST)
            failed = ear.wait_for(EventKind.LEG_FAILED)

    assert on_their_way >= 18
    assert failed.leg == LegId("third-1")


def test_a_stream_is_asked_for_after_every_earlier_one() -> None:
    """
    While the bridge has not answered an earlier request for the stream, the next one waits: the newest is the last.
    """
    changed, answered, asked = threading.Condition(), threading.Event(), Queue[bool]()

    def opens(*, only_if_free: bool) -> EventStream:
        asked.put(only_if_free)
        assert answered.wait(LONGEST_S)
        raise Unavailable("gone")

    streams = Streams(opens, News(lambda: START, changed, lambda: None), QUICK, changed)
    with changed:
        streams.begin_anew()
    asked.get(timeout=LONGEST_S)
    with changed:
        streams.begin_anew()
    with pytest.raises(Empty):
        asked.get(timeout=SHORT_S)
    answered.set()
    asked.get(timeout=LONGEST_S)
    with changed:
        streams.close()
    streams.join(LONGEST_S)
