"""The exchange alone: no control program runs, and citizen and seat still reach each other."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from tests.exchange.tones import read_wave, voices_in

if TYPE_CHECKING:
    from tests.exchange.bare_ami import BareAmi
    from tests.exchange.conftest import Legs
    from tests.exchange.private_exchange import PrivateExchange

pytestmark = pytest.mark.exchange


def test_citizen_and_seat_hear_each_other(legs: Legs, exchange: PrivateExchange) -> None:
    """
    With no control program the seat's phone rings at once, and both hear the other and not themselves.
    """
    citizen, seat = legs.citizen(), legs.seat()
    called = citizen.call(exchange.emergency)
    rang = float(seat.wait("incoming", since=called)["at"])

    talking = max(citizen.hears("seat", since=called), seat.hears("citizen", since=called))
    citizen.heard_until(talking + 1.0)
    assert rang - called < 0.5
    assert citizen.recording.hears(talking, talking + 1) == {"seat"}
    assert seat.recording.hears(talking, talking + 1) == {"citizen"}


def test_all_seats_ring_and_the_first_gets_the_citizen(legs: Legs, exchange: PrivateExchange) -> None:
    """
    Every free seat rings; the first that answers gets the citizen, and the others stop ringing.
    """
    citizen = legs.citizen()
    first, second = legs.seat(1, "ring"), legs.seat(2, "ring", voice="colleague")
    called = citizen.call(exchange.emergency)
    for seat in (first, second):
        seat.wait("incoming", since=called)
    answered = second.answer()

    first.wait("state", since=answered, state="DISCONNECTED")
    citizen.hears("colleague", since=answered)
    second.hears("citizen", since=answered)


def test_citizen_hangs_up_while_the_seats_ring(legs: Legs, exchange: PrivateExchange) -> None:
    """
    A citizen who gives up stops the ringing of every seat.
    """
    citizen = legs.citizen()
    seats = [legs.seat(1, "ring"), legs.seat(2, "ring")]
    called = citizen.call(exchange.emergency)
    for seat in seats:
        seat.wait("incoming", since=called)
    gone = citizen.hang_up()

    for seat in seats:
        assert float(seat.wait("state", since=gone, state="DISCONNECTED")["at"]) - gone < 0.5


def test_nobody_is_free(legs: Legs, exchange: PrivateExchange) -> None:
    """
    When every seat declines the citizen goes on hearing the ringing, and the seats ring again until one answers.
    """
    citizen, seat = legs.citizen(), legs.seat(1, "decline")
    called = citizen.call(exchange.emergency)
    seat.wait("state", since=called, state="DISCONNECTED")
    citizen.wait("state", since=called, state="EARLY")
    again = seat.answering("answer")

    seat.wait("incoming", since=again)
    citizen.hears("seat", since=again)
    assert citizen.state == "CONFIRMED"


def test_a_seat_that_talks_does_not_ring(legs: Legs, exchange: PrivateExchange) -> None:
    """
    A second citizen rings at the free seats only, and the two calls hear nothing of each other.
    """
    first, second = legs.citizen(), legs.citizen("caller", "19900000002")
    busy = legs.seat(1)
    called = first.call(exchange.emergency)
    first.hears("seat", since=called)
    free = legs.seat(2, voice="colleague")
    again = second.call(exchange.emergency)

    since = max(second.hears("colleague", since=again), free.hears("caller", since=again))
    assert len(busy.events("incoming")) == 1, busy.events("incoming")
    first.heard_until(since + 0.6)
    assert first.recording.hears(since, since + 0.5) == {"seat"}
    assert busy.recording.hears(since, since + 0.5) == {"citizen"}


def test_the_seat_goes_and_the_citizen_is_kept(legs: Legs, exchange: PrivateExchange) -> None:
    """
    When the only seat hangs up, the citizen hears the announcement within a second and the seats ring again.
    """
    citizen, seat = legs.citizen(), legs.seat(1)
    called = citizen.call(exchange.emergency)
    citizen.hears("seat", since=called)
    seat.answering("ring")
    gone = seat.hang_up()

    assert citizen.hears("wait", since=gone, for_s=0.3) - gone < 1.0
    seat.wait("incoming", since=gone)
    back = seat.answer()
    citizen.hears("seat", since=back)
    assert citizen.state == "CONFIRMED"


def test_the_seats_phone_dies_and_the_citizen_is_kept(legs: Legs, exchange: PrivateExchange) -> None:
    """
    When the only seat's phone is killed, the citizen hears the announcement and another seat gets the call.
    """
    citizen, seat = legs.citizen(), legs.seat(1)
    called = citizen.call(exchange.emergency)
    citizen.hears("seat", since=called)
    other = legs.seat(2, "ring", voice="colleague")
    killed = seat.kill()

    assert citizen.hears("wait", since=killed, for_s=0.3, timeout=5) - killed < 3.5
    other.wait("incoming", since=killed)
    answered = other.answer()
    citizen.hears("colleague", since=answered)


def test_the_conference_is_recorded(legs: Legs, exchange: PrivateExchange, ami: BareAmi) -> None:
    """
    The conversation is recorded under the name of the case, both voices in one file.
    """
    citizen, seat = legs.citizen(), legs.seat()
    called = citizen.call(exchange.emergency)
    since = seat.hears("citizen", since=called)
    citizen.heard_until(since + 1.5)
    case = ami.wait("ConfbridgeRecord", called)["Conference"]
    gone = citizen.hang_up()
    ami.wait("ConfbridgeStopRecord", gone, Conference=case)

    samples, rate = read_wave(exchange.recorded(case))
    assert samples.size / rate > 1.0
    assert voices_in(samples[rate // 2 : -rate // 4], rate) == {"citizen", "seat"}


def test_untrusted_numbers_are_filtered(legs: Legs, exchange: PrivateExchange, ami: BareAmi) -> None:
    """
    A caller's number that looks like a dialplan expression reaches nobody but as its digits.
    """
    citizen = legs.citizen(number="119$%7BSHELL(id)%7D")
    since = time.time()
    citizen.call(exchange.emergency)

    waiting = ami.wait("UserEvent", since, UserEvent="Case", State="waiting")
    assert waiting["CallerIDNum"] == "119"
    assert waiting["CallerIDName"] in {"", "<unknown>"}
