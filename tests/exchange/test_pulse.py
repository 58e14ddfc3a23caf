"""The bridge looks at the seats' real phones: the dead are noticed at once, those on hold are left alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.exchange.desk import open_site
from tests.exchange.test_whole_way import Talk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.exchange.conftest import Legs
    from tests.exchange.private_exchange import PrivateExchange

pytestmark = pytest.mark.exchange


@pytest.fixture
def talk(legs: Legs, exchange: PrivateExchange, tmp_path: Path) -> Iterator[Talk]:
    """Bring a citizen and a seat together through a bridge."""
    with open_site(exchange, tmp_path) as site:
        yield Talk(legs, site)


def test_a_dead_phone_is_noticed_within_a_second(talk: Talk) -> None:
    """
    A citizen whose seat's phone is killed hears the announcement within a second.
    """
    killed = talk.seat.kill()
    announced = talk.citizen.hears("wait", since=killed)

    assert announced - killed < 1.05
    onset = talk.citizen.recording.onset("wait", killed)
    assert onset is not None
    assert onset - killed < 1.0


def test_a_phone_on_hold_is_not_dead(talk: Talk) -> None:
    """
    A seat's phone that holds by its own key sends nothing, and is still in the call when it comes back.
    """
    held = talk.seat.hold()
    talk.citizen.hears(since=held)
    talk.citizen.heard_until(held + 2.5)
    back = talk.seat.resume()

    talk.citizen.hears("seat", since=back)
    talk.seat.hears("citizen", since=back)
    assert len(talk.seat.events("incoming")) == 1
