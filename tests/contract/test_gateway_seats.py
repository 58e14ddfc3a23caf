"""What happens when two consoles are signed in at one seat: the second is told, and nobody is locked out."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.contract.gateway_parts import PASSWORD, submission
from tests.contract.gateway_world import DOORS, World, opened
from workstation.domain.errors import SignInNeeded
from workstation.domain.lifecycle import Role, State
from workstation.gateway.seats import SILENT_AFTER
from workstation.protocol.messages import SignIn

SOON = timedelta(seconds=30)


@pytest.fixture(params=DOORS)
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """Open a gateway behind one of its doors."""
    with opened(request.param, tmp_path) as made:
        yield made


def at(console: str, user: str = "taker1", seat: str = "S01", password: str = PASSWORD) -> SignIn:
    """Return a sign-in at *console*."""
    return SignIn(user=user, password=password, seat=seat, role=Role.CALL_TAKER, console=console)


@pytest.mark.expected_logs("seat taken over seat=S01")
def test_a_second_console_is_told_that_the_seat_is_in_use(world: World) -> None:
    """
    Another console at a seat where one works is refused once; signing in there again takes the seat over.

    The first console works on, and is told the same when it signs in the next time.
    """
    first = world.gateway.sign_in(at("console-a")).token
    with pytest.raises(SignInNeeded, match="seat_in_use"):
        world.gateway.sign_in(at("console-b", "taker2"))
    second = world.gateway.sign_in(at("console-b", "taker2")).token

    assert world.done(submission(), first).state is State.PENDING_APPROVAL
    assert world.gateway.pull("", second).transfers
    with pytest.raises(SignInNeeded, match="seat_in_use"):
        world.gateway.sign_in(at("console-a"))
    assert world.gateway.sign_in(at("console-a"))


def test_nobody_waits_for_their_own_seat(world: World) -> None:
    """
    The same console after a crash, another seat, a console of an older version: each gets in at once.
    """
    world.gateway.sign_in(at("console-a"))

    assert world.gateway.sign_in(at("console-a"))
    assert world.gateway.sign_in(at("console-a", "taker2"))
    assert world.gateway.sign_in(at("console-b", seat="S02"))
    assert world.gateway.sign_in(at("", "taker2"))


def test_a_seat_that_was_left_is_free(world: World) -> None:
    """
    After a sign-out the next console gets the seat at once; a late sign-out of a replaced token frees nothing.
    """
    old = world.gateway.sign_in(at("console-a")).token
    new = world.gateway.sign_in(at("console-a")).token
    world.gateway.sign_out(old, world.clock.now)
    with pytest.raises(SignInNeeded, match="seat_in_use"):
        world.gateway.sign_in(at("console-b"))
    world.gateway.sign_out(new, world.clock.now)

    assert world.gateway.sign_in(at("console-c"))


def test_a_silent_console_keeps_no_seat(world: World) -> None:
    """
    A console that asks keeps its seat; one that was not heard of for two minutes is off or broken.
    """
    token = world.gateway.sign_in(at("console-a")).token
    world.clock.move(SILENT_AFTER - SOON)
    world.gateway.pull("", token)
    world.clock.move(SILENT_AFTER - SOON)
    with pytest.raises(SignInNeeded, match="seat_in_use"):
        world.gateway.sign_in(at("console-b"))
    world.clock.move(SOON)

    assert world.gateway.sign_in(at("console-c"))


def test_an_answer_of_long_ago_is_not_remembered(world: World) -> None:
    """
    Who was told so a quarter of an hour ago is told again, and a wrong password learns nothing of seats.
    """
    token = world.gateway.sign_in(at("console-a")).token
    for _ in range(2):
        with pytest.raises(SignInNeeded, match="seat_in_use"):
            world.gateway.sign_in(at("console-b"))
        world.clock.move(timedelta(minutes=15))
        world.gateway.pull("", token)

    with pytest.raises(SignInNeeded, match="wrong_password"):
        world.gateway.sign_in(at("console-c", password="a-wrong-one"))
