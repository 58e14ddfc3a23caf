"""Desk, bridge process, exchange and telephones: what the desk says is what people hear, and nobody is cut off."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from tests.exchange.desk import DEAD, HOTLINE, NOBODY, open_site
from workstation.domain.call_event import CallEnd
from workstation.domain.call_party import Ending, PartyState
from workstation.domain.call_table import CallState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.exchange.conftest import Legs
    from tests.exchange.desk import Desk, Site110
    from tests.exchange.leg import Leg
    from tests.exchange.private_exchange import PrivateExchange
    from workstation.domain.call import Call
    from workstation.domain.call_number import DialTarget
    from workstation.domain.call_party import CallId

pytestmark = pytest.mark.exchange

NO_GAP = 0.04
TOLD = 2.0
BACK = 5.0


@pytest.fixture
def site(exchange: PrivateExchange, tmp_path: Path) -> Iterator[Site110]:
    """Open a site for one test."""
    with open_site(exchange, tmp_path) as site:
        yield site


class Talk:
    """A citizen who talks with seat A1."""

    def __init__(self, legs: Legs, site: Site110) -> None:
        self.legs = legs
        self.third: Leg | None = None
        self.citizen, self.seat = legs.citizen(), legs.seat()
        self.desk: Desk = site.desk()
        called = self.citizen.call(site.exchange.emergency)
        self.id: CallId = self.desk.rings()
        self.desk.phone.answer(self.id)
        self.desk.sees(self.id, "talking", in_state(CallState.TALKING))
        self.since = max(self.citizen.hears("seat", since=called), self.seat.hears("citizen", since=called))

    @property
    def call(self) -> Call:
        return self.desk.phone.call(self.id)

    def sees(self, state: CallState, timeout: float = 10) -> float:
        """Wait until the desk says that the call is in *state*; return when."""
        return self.desk.sees(self.id, state, in_state(state), timeout)

    def conferenced(self) -> Leg:
        """Add the hotline, and return its phone once all hear all."""
        third = self.third = self.third or self.legs.line()
        added = time.time()
        self.desk.phone.add_party(self.id, HOTLINE)
        self.sees(CallState.CONFERENCED)
        self.citizen.hears("seat", "third", since=added)
        self.seat.hears("citizen", "third", since=added)
        third.hears("citizen", "seat", since=added)
        return third

    def longest_gap(self, until: float) -> float:
        """Return the longest silence between citizen and seat since they talked."""
        heard = self.citizen.heard_until(until).longest_gap("seat", self.since, until)
        return max(heard, self.seat.heard_until(until).longest_gap("citizen", self.since, until))


def in_state(state: CallState) -> Callable[[Call], bool]:
    """Return the question whether a call is in *state*."""
    return lambda call: call.state is state


@pytest.fixture
def talk(legs: Legs, site: Site110) -> Talk:
    """Bring a citizen and a seat together."""
    return Talk(legs, site)


def test_a_call_rings_at_ready_seats_and_is_the_first_ones(legs: Legs, site: Site110) -> None:
    """
    A call rings masked at every ready seat, within a second; who answers first has it, and it stops at the others.
    """
    citizen, seat, colleague = legs.citizen(), legs.seat(1), legs.seat(2, voice="colleague")
    first, second = site.desk("A1"), site.desk("A2")
    called = citizen.call(site.exchange.emergency)
    id = second.rings()
    rang = time.time() - called
    shown = second.phone.call(id).caller_shown
    second.phone.answer(id)
    second.sees(id, "talking", in_state(CallState.TALKING))
    first.sees(id, "gone", in_state(CallState.ENDED))

    citizen.hears("colleague", since=called)
    colleague.hears("citizen", since=called)
    assert rang <= 1.0
    assert "19900000001" not in shown
    assert second.phone.call(id).caller_shown == "19900000001"
    assert first.phone.call(id).ended_by is CallEnd.CLAIMED_ELSEWHERE
    assert not seat.events("incoming")


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        pytest.param("市中区光明路 12 号附近 (300 m)", "市中区光明路 12 号附近 (300 m)", id="words"),
        pytest.param("x;Set(OWNER=06)${SHELL(id)}|`<b>", "xSet(OWNER06)SHELL(id)b", id="injection"),
        pytest.param("", "", id="none"),
    ],
)
def test_where_the_network_says_the_caller_is_comes_with_the_call(
    legs: Legs, site: Site110, given: str, shown: str
) -> None:
    """
    A location that the network hands over is on the desk with the ringing call, harmless whatever stands in it.
    """
    citizen = legs.citizen()
    legs.seat()
    desk = site.desk()
    citizen.call(site.exchange.emergency, given)
    call = desk.phone.call(desk.rings())

    assert call.citizen.location.text == shown
    assert not call.claimed


def test_a_three_way_call_with_everything_in_it(talk: Talk) -> None:
    """
    Private consultation, mute, leaving and coming back: the desk says what the three hear.
    """
    third = talk.conferenced()
    phone = talk.desk.phone

    begun = time.time()
    phone.hold(talk.id)
    talk.sees(CallState.PRIVATE)
    talk.citizen.hears("hold", since=begun)
    talk.seat.hears("third", since=begun)
    third.hears("seat", since=begun)

    begun = time.time()
    phone.resume(talk.id)
    talk.sees(CallState.CONFERENCED)
    talk.citizen.hears("seat", "third", since=begun)

    begun = time.time()
    phone.mute(talk.id, on=True)
    talk.desk.sees(talk.id, "muted", lambda call: call.seat.state is PartyState.MUTED)
    talk.citizen.hears("third", since=begun)
    talk.seat.hears("citizen", "third", since=begun)
    phone.mute(talk.id, on=False)
    talk.desk.sees(talk.id, "open", lambda call: call.seat.state is PartyState.JOINED)

    begun = time.time()
    phone.leave(talk.id)
    talk.sees(CallState.HANDED_OVER)
    left = max(talk.citizen.hears("third", since=begun), third.hears("citizen", since=begun))
    assert third.heard_until(left + 0.5).longest_gap("citizen", begun, left + 0.5) <= NO_GAP

    begun = time.time()
    phone.rejoin(talk.id)
    talk.sees(CallState.CONFERENCED)
    talk.seat.hears("citizen", "third", since=begun)

    gone = third.hang_up()
    assert talk.sees(CallState.TALKING) - gone <= TOLD
    phone.end(talk.id)
    talk.sees(CallState.ENDED)
    talk.citizen.wait("state", since=gone, state="DISCONNECTED")
    assert talk.call.ended_by is CallEnd.SEAT
    assert talk.call.recording_id == talk.id


@pytest.mark.parametrize(
    ("line", "answering", "ending"),
    [
        pytest.param(HOTLINE, "busy", Ending.BUSY, id="busy"),
        pytest.param(HOTLINE, "decline", Ending.REJECTED, id="declined"),
        pytest.param(HOTLINE, "ring", Ending.NO_ANSWER, id="no answer"),
        pytest.param(DEAD, "", Ending.UNREACHABLE, id="unreachable"),
        pytest.param(NOBODY, "", Ending.NOT_CONFIGURED, id="unknown line"),
        pytest.param(HOTLINE, "ring", Ending.CANCELLED, id="cancelled"),
    ],
)
def test_a_third_party_that_does_not_come(
    legs: Legs, talk: Talk, line: DialTarget, answering: str, ending: Ending
) -> None:
    """
    However adding ends, the desk has its reason, and citizen and seat hear each other all the time.
    """
    if answering:
        legs.line(line.endpoint, answering)
    talk.desk.phone.add_party(talk.id, line)
    if ending is Ending.CANCELLED:
        talk.desk.sees(talk.id, "rings", lambda call: call.parties[-1].state is PartyState.RINGING)
        talk.desk.phone.cancel_add(talk.id)
    talk.desk.sees(talk.id, "failed", lambda call: call.parties[-1].state is PartyState.FAILED)

    assert talk.call.parties[-1].ending is ending
    assert talk.call.state is CallState.TALKING
    assert talk.longest_gap(time.time() + 0.3) <= NO_GAP


def test_two_calls_at_one_seat(legs: Legs, talk: Talk, site: Site110) -> None:
    """
    A second call is answered when the first is on hold, then both are swapped; nobody hears the other caller.
    """
    other = legs.citizen("caller", "19900000002")
    other.call(site.exchange.emergency)
    second = talk.desk.rings((talk.id,))
    talk.desk.phone.hold(talk.id)
    talk.sees(CallState.HELD)
    begun = time.time()
    talk.desk.phone.answer(second)
    talk.desk.sees(second, "talking", in_state(CallState.TALKING))
    talk.seat.hears("caller", since=begun)
    talk.citizen.hears("hold", since=begun)

    begun = time.time()
    talk.desk.phone.hold(second)
    talk.desk.sees(second, "held", in_state(CallState.HELD))
    talk.desk.phone.resume(talk.id)
    talk.sees(CallState.TALKING)
    talk.seat.hears("citizen", since=begun)
    talk.citizen.hears("seat", since=begun)
    other.hears("hold", since=begun)

    begun = talk.citizen.hang_up()
    talk.sees(CallState.ENDED)
    talk.desk.phone.resume(second)
    talk.desk.sees(second, "talking", in_state(CallState.TALKING))
    other.hears("seat", since=begun)


def test_a_seats_phone_dies_in_a_three_way(talk: Talk) -> None:
    """
    When the seat's phone is killed, citizen and third party hear each other without a gap, and the desk says so.
    """
    third = talk.conferenced()
    begun = talk.seat.kill()
    told = talk.sees(CallState.HANDED_OVER)
    until = told + 0.5

    assert told - begun <= TOLD
    assert talk.citizen.heard_until(until).longest_gap("third", begun, until) <= NO_GAP
    assert third.heard_until(until).longest_gap("citizen", begun, until) <= NO_GAP


def test_a_seats_phone_dies_alone_and_another_seat_takes_the_citizen(legs: Legs, talk: Talk, site: Site110) -> None:
    """
    A citizen whose seat's phone is killed hears the announcement, rings at the other ready seat, and talks with it.
    """
    colleague = legs.seat(2, voice="colleague")
    other = site.desk("A2")
    begun = talk.seat.kill()
    id = other.rings()
    offered = time.time() - begun
    announced = talk.citizen.heard_until(begun + TOLD + 1).onset("wait", begun)
    other.phone.answer(id)
    other.sees(id, "talking", in_state(CallState.TALKING))
    talk.citizen.hears("colleague", since=begun)
    colleague.hears("citizen", since=begun)

    assert id == talk.id
    assert offered <= TOLD
    assert announced is not None
    assert announced - begun <= TOLD
    assert talk.call.ended_by is CallEnd.CLAIMED_ELSEWHERE


def test_the_bridge_is_killed_in_a_three_way(talk: Talk, site: Site110) -> None:
    """
    Without the bridge all go on talking; the desk says so within 2 s, and 5 s after its restart has the truth again.
    """
    third = talk.conferenced()
    killed = site.bridge.kill()
    lost = talk.desk.until(lambda: not talk.desk.phone.engine_up, "the loss is told")
    gone = third.hang_up()
    talk.citizen.hears("seat", since=gone)
    started = time.time()
    site.bridge.start()
    back = talk.desk.until(lambda: talk.desk.phone.engine_up, "the bridge is back")
    told = talk.sees(CallState.TALKING)

    assert lost - killed <= TOLD
    assert back - started <= BACK
    assert told - back <= TOLD
    assert talk.call.parties[-1].state is PartyState.LEFT
    assert talk.longest_gap(time.time() + 0.3) <= NO_GAP
    talk.conferenced()


def test_a_citizen_who_calls_without_a_bridge_is_the_desks_when_it_is_back(legs: Legs, site: Site110) -> None:
    """
    Without a bridge a free seat's phone rings and takes the citizen; when the bridge is back that seat has the call.
    """
    citizen, seat = legs.citizen(), legs.seat()
    desk = site.desk()
    site.bridge.kill()
    called = citizen.call(site.exchange.emergency)
    since = citizen.hears("seat", since=called)
    seat.hears("citizen", since=called)
    site.bridge.start()
    desk.until(lambda: any(call.state is CallState.TALKING for call in desk.phone.calls()), "the call")
    (call,) = (call for call in desk.phone.calls() if call.ended_at is None)
    until = time.time() + 0.3

    assert call.caller_shown == "19900000001"
    assert citizen.heard_until(until).longest_gap("seat", since, until) <= NO_GAP


@pytest.mark.parametrize("command", ["core reload", "module reload res_pjsip.so", "dialplan reload"])
def test_the_exchange_reads_its_files_again(talk: Talk, exchange: PrivateExchange, command: str) -> None:
    """
    A reload of the exchange is not heard, and what was there before can still be done.
    """
    exchange.console(command)
    talk.conferenced()

    assert talk.longest_gap(time.time() + 0.3) <= NO_GAP


def test_the_gateway_is_gone(talk: Talk, site: Site110) -> None:
    """
    Without the gateway nobody who talks notices, the keys of those who are known work on, and calls still come.
    """
    site.stop_gateway()
    third = talk.conferenced()
    begun = time.time()
    talk.desk.phone.leave(talk.id)
    talk.sees(CallState.HANDED_OVER)
    talk.desk.phone.rejoin(talk.id)
    talk.sees(CallState.CONFERENCED)
    talk.seat.hears("citizen", "third", since=begun)
    gone = third.hang_up()
    told = talk.sees(CallState.TALKING)
    other = talk.legs.citizen("caller", "19900000002")
    other.call(site.exchange.emergency)
    second = talk.desk.rings((talk.id,))
    until = time.time() + 0.3

    assert told - gone <= TOLD
    assert talk.desk.phone.engine_up
    assert talk.desk.phone.call(second).state is CallState.RINGING
    assert talk.citizen.heard_until(until).longest_gap("third", begun, gone) <= NO_GAP
