"""The conference under a control program's hands: adding, holding, leaving, and what goes wrong with it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from tests.exchange.bare_control import Case

if TYPE_CHECKING:
    from tests.exchange.bare_ami import BareAmi
    from tests.exchange.conftest import Heartbeat, Legs
    from tests.exchange.leg import Leg
    from tests.exchange.private_exchange import PrivateExchange

pytestmark = pytest.mark.exchange

NO_GAP = 0.04
TIMED_OUT = {"0", "19"}  # Asterisk 16, 22: the same whether it rang or not


class Talk:
    """Citizen and seat in a conference, and the script that brought them together."""

    def __init__(self, legs: Legs, exchange: PrivateExchange, control: BareAmi) -> None:
        self.citizen, self.seat = legs.citizen(), legs.seat()
        called = self.citizen.call(exchange.emergency)
        self.case = Case(control, called)
        self.seat_id = self.case.seat()
        self.since = max(self.citizen.hears("seat", since=called), self.seat.hears("citizen", since=called))

    def longest_gap(self, until: float) -> float:
        """Return the longest silence between citizen and seat since they talked, whoever did not hear whom."""
        heard = self.citizen.heard_until(until).longest_gap("seat", self.since, until)
        return max(heard, self.seat.heard_until(until).longest_gap("citizen", self.since, until))


@pytest.fixture
def talk(legs: Legs, exchange: PrivateExchange, control: BareAmi) -> Talk:
    """Bring a citizen and a seat together."""
    return Talk(legs, exchange, control)


def matrix(since: float, **legs: Leg) -> dict[str, set[str]]:
    """Return whom each of *legs* hears in the half second after *since*."""
    return {name: leg.heard_until(since + 0.5).hears(since, since + 0.5) for name, leg in legs.items()}


def test_control_takes_the_call(legs: Legs, exchange: PrivateExchange, control: BareAmi) -> None:
    """
    While a control program lives no phone rings by itself, and citizen and seat come together when it says so.
    """
    citizen, seat, other = legs.citizen(), legs.seat(), legs.seat(2, voice="colleague")
    called = citizen.call(exchange.emergency)
    case = Case(control, called)
    citizen.wait("state", since=called, state="EARLY")
    case.seat()

    citizen.hears("seat", since=called)
    seat.hears("citizen", since=called)
    assert len(seat.events("incoming")) == 1
    assert not other.events("incoming")


def test_three_way(legs: Legs, talk: Talk) -> None:
    """
    In a three-way call each hears the other two and not itself, and adding costs citizen and seat no sound.
    """
    third = legs.line()
    added = time.time()
    talk.case.third()

    since = max(
        talk.citizen.hears("seat", "third", since=added),
        talk.seat.hears("citizen", "third", since=added),
        third.hears("citizen", "seat", since=added),
    )
    assert matrix(since, citizen=talk.citizen, seat=talk.seat, third=third) == {
        "citizen": {"seat", "third"},
        "seat": {"citizen", "third"},
        "third": {"citizen", "seat"},
    }
    assert talk.longest_gap(since + 0.5) <= NO_GAP


@pytest.mark.parametrize(
    ("line", "answering", "result"),
    [
        pytest.param("line-12345", "busy", ({"17"}, 0), id="busy"),
        pytest.param("line-12345", "decline", ({"21"}, 0), id="declined"),
        pytest.param("line-12345", "ring", (TIMED_OUT, 1), id="no answer"),
        pytest.param("line-dead", "", (TIMED_OUT, 0), id="unreachable"),
    ],
)
def test_a_third_party_that_does_not_come(
    legs: Legs, talk: Talk, control: BareAmi, line: str, answering: str, result: tuple[set[str], int]
) -> None:
    """
    A third party that is busy, declines, does not answer or cannot be reached leaves no gap between citizen and seat.
    """
    if answering:
        legs.line(line, answering)
    added = time.time()
    third = talk.case.add(line, "third", timeout_ms=1200)
    gone = control.wait("Hangup", added, Uniqueid=third)

    rang = [one for one in control.events("Newstate", added) if one["ChannelStateDesc"] == "Ringing"]
    causes, rings = result
    assert gone["Cause"] in causes
    assert len(rang) == rings
    assert talk.longest_gap(time.time() + 0.3) <= NO_GAP
    assert talk.case.people() == ["citizen", "seat"]


def test_an_unknown_line(talk: Talk, control: BareAmi) -> None:
    """
    A line that the exchange does not know is said to have failed, and leaves no gap between citizen and seat.
    """
    added = time.time()
    talk.case.add("line-nowhere", "third")

    assert control.wait("OriginateResponse", added)["Response"] == "Failure"
    assert talk.longest_gap(time.time() + 0.3) <= NO_GAP


def test_a_third_party_is_cancelled_while_it_rings(legs: Legs, talk: Talk) -> None:
    """
    A cancelled third party stops ringing, and citizen and seat hear no gap.
    """
    third = legs.line(answering="ring")
    added = time.time()
    id = talk.case.add("line-12345", "third")
    third.wait("incoming", since=added)
    talk.case.hang_up(id)

    third.wait("state", since=added, state="DISCONNECTED")
    assert talk.longest_gap(time.time() + 0.3) <= NO_GAP


def test_hold_and_back(talk: Talk) -> None:
    """
    A held citizen hears music alone and is heard by nobody; taken off hold, both hear each other again.
    """
    held = time.time()
    talk.case.send("case-hold")
    since = max(talk.citizen.hears("hold", since=held), talk.seat.hears(since=held))
    assert matrix(since, citizen=talk.citizen, seat=talk.seat) == {"citizen": {"hold"}, "seat": set()}

    back = time.time()
    talk.case.send("case-join")
    talk.citizen.hears("seat", since=back)
    talk.seat.hears("citizen", since=back)


def test_private_consultation(legs: Legs, talk: Talk) -> None:
    """
    Seat and third party talk alone while the citizen hears music, and afterwards all three hear each other.
    """
    third = legs.line()
    talk.case.send("case-hold")
    added = time.time()
    talk.case.third()
    since = max(talk.seat.hears("third", since=added), third.hears("seat", since=added))
    assert matrix(since, citizen=talk.citizen, seat=talk.seat, third=third) == {
        "citizen": {"hold"},
        "seat": {"third"},
        "third": {"seat"},
    }

    back = time.time()
    talk.case.send("case-join")
    talk.citizen.hears("seat", "third", since=back)
    third.hears("citizen", "seat", since=back)


def test_seat_and_control_are_lost_while_the_citizen_is_held(legs: Legs, talk: Talk, heartbeat: Heartbeat) -> None:
    """
    When seat and control are gone while the citizen hears music, citizen and third party are brought together.
    """
    third = legs.line()
    talk.case.third()
    held = time.time()
    talk.case.send("case-hold")
    talk.citizen.hears("hold", since=held)
    gone = talk.seat.hang_up()
    heartbeat.stop()

    assert talk.citizen.hears("third", since=gone) - gone < 5
    third.hears("citizen", since=gone)


@pytest.mark.parametrize("how", ["leaves", "killed"])
def test_the_seat_goes_in_a_three_way(legs: Legs, talk: Talk, exchange: PrivateExchange, how: str) -> None:
    """
    When the seat leaves or its phone is killed, citizen and third party talk on without a gap, and are recorded.
    """
    third = legs.line()
    talk.case.third()
    since = max(talk.citizen.hears("seat", "third", since=talk.since), third.hears("citizen", "seat", since=talk.since))
    size = exchange.recording(talk.case.id).stat().st_size
    gone = talk.seat.kill() if how == "killed" else time.time()
    if how == "leaves":
        talk.case.hang_up(talk.seat_id)
    silent = max(talk.citizen.hears("third", since=gone), third.hears("citizen", since=gone))

    until = max(silent, gone + 3.0) + 0.5
    assert talk.citizen.heard_until(until).longest_gap("third", since, until) <= NO_GAP
    assert third.heard_until(until).longest_gap("citizen", since, until) <= NO_GAP
    assert talk.case.people() == ["citizen", "third"]
    assert exchange.recording(talk.case.id).stat().st_size > size + 16000


def test_the_seat_comes_back(legs: Legs, talk: Talk) -> None:
    """
    A seat that left and joins again hears both and is heard by both.
    """
    third = legs.line()
    talk.case.third()
    talk.case.hang_up(talk.seat_id)
    left = time.time()
    third.hears("citizen", since=left)
    talk.case.joined(talk.case.add("seat-01", "seat"), left)

    talk.seat.hears("citizen", "third", since=left)
    talk.citizen.hears("seat", "third", since=left)


def test_the_third_party_leaves(legs: Legs, talk: Talk) -> None:
    """
    When the third party hangs up, citizen and seat talk on without a gap.
    """
    third = legs.line()
    talk.case.third()
    talk.citizen.hears("seat", "third", since=talk.since)
    gone = third.hang_up()

    talk.citizen.hears("seat", since=gone)
    assert talk.longest_gap(time.time()) <= NO_GAP


def test_the_third_party_puts_us_on_hold(legs: Legs, talk: Talk) -> None:
    """
    While the third party's phone holds, citizen and seat talk on; taken off, all hear each other.
    """
    third = legs.line()
    talk.case.third()
    talk.citizen.hears("seat", "third", since=talk.since)
    held = third.hold()
    talk.citizen.hears("seat", since=held)
    back = third.resume()

    talk.citizen.hears("seat", "third", since=back)
    third.hears("citizen", "seat", since=back)
    assert talk.longest_gap(time.time()) <= NO_GAP


def test_mute(legs: Legs, talk: Talk, control: BareAmi) -> None:
    """
    A muted seat hears both and is heard by nobody.
    """
    third = legs.line()
    talk.case.third()
    talk.citizen.hears("seat", "third", since=talk.since)
    (seat,) = [
        one["Channel"] for one in control.listed("ConfbridgeList", Conference=talk.case.id) if one["ROLE"] == "seat"
    ]
    muted = time.time()
    control.ask("ConfbridgeMute", Conference=talk.case.id, Channel=seat)

    talk.citizen.hears("third", since=muted)
    third.hears("citizen", since=muted)
    talk.seat.hears("citizen", "third", since=muted)


def test_the_citizen_hangs_up(legs: Legs, talk: Talk) -> None:
    """
    The citizen's hanging up ends the call for seat and third party, without a control program's help.
    """
    third = legs.line()
    talk.case.third()
    talk.citizen.hears("seat", "third", since=talk.since)
    gone = talk.citizen.hang_up()

    for other in (talk.seat, third):
        assert float(other.wait("state", since=gone, state="DISCONNECTED")["at"]) - gone < 0.5


def test_the_citizen_hangs_up_while_the_third_party_rings(legs: Legs, talk: Talk) -> None:
    """
    A third party that answers after the citizen has gone is not kept in an empty conference.
    """
    third = legs.line(answering="ring")
    added = time.time()
    talk.case.add("line-12345", "third")
    third.wait("incoming", since=added)
    gone = talk.citizen.hang_up()
    talk.seat.wait("state", since=gone, state="DISCONNECTED")
    answered = third.answer()

    third.wait("state", since=answered, state="DISCONNECTED")


def test_control_dies_while_a_citizen_waits(
    legs: Legs, exchange: PrivateExchange, control: BareAmi, heartbeat: Heartbeat
) -> None:
    """
    When the control program falls silent while a citizen waits, the seats ring by themselves 4 seconds later at most.
    """
    citizen, seat = legs.citizen(), legs.seat()
    called = citizen.call(exchange.emergency)
    Case(control, called)
    heartbeat.stop()

    rang = float(seat.wait("incoming", since=called)["at"])
    citizen.hears("seat", since=called)
    assert rang - called < 4.5


def test_control_dies_while_a_citizen_is_held(talk: Talk, heartbeat: Heartbeat) -> None:
    """
    When the control program falls silent while a citizen hears music, citizen and seat are brought together again.
    """
    held = time.time()
    talk.case.send("case-hold")
    talk.citizen.hears("hold", since=held)
    heartbeat.stop()
    heartbeat.say(int(time.time()) - 15)

    talk.citizen.hears("seat", since=held)
    talk.seat.hears("citizen", since=held)


@pytest.mark.parametrize("jump_s", [-3600, 3600])
def test_the_clock_jumps(legs: Legs, exchange: PrivateExchange, heartbeat: Heartbeat, jump_s: int) -> None:
    """
    A heartbeat that lies far away, before or behind the exchange's clock, is none: the seats ring at once.
    """
    citizen, seat = legs.citizen(), legs.seat(answering="ring")
    heartbeat.stop()
    heartbeat.say(int(time.time()) + jump_s)
    called = citizen.call(exchange.emergency)

    assert float(seat.wait("incoming", since=called)["at"]) - called < 1.0
