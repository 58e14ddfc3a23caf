"""The bridge's connection to the exchange is cut, slow or silent: who talks hears nothing of it, the desk the truth."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from tests.exchange.desk import Wiring, open_site
from tests.exchange.test_whole_way import BACK, NO_GAP, TOLD, Talk
from tests.faults.relay import relayed
from workstation.domain.call_party import PartyState
from workstation.domain.call_table import CallState

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.exchange.conftest import Legs
    from tests.exchange.private_exchange import PrivateExchange
    from tests.faults.relay import Relay

pytestmark = [pytest.mark.exchange, pytest.mark.faults]

LATE_S = 0.3


@pytest.fixture
def cable(exchange: PrivateExchange) -> Iterator[Relay]:
    """Lay a cable to the exchange's manager interface."""
    with relayed(exchange.ami_port) as cable:
        yield cable


@pytest.fixture
def talk(legs: Legs, cable: Relay, exchange: PrivateExchange, tmp_path: Path) -> Iterator[Talk]:
    """Bring a citizen and a seat together through a bridge at the end of the cable."""
    with open_site(exchange, tmp_path, Wiring(manager_port=cable.port)) as site:
        yield Talk(legs, site)


def test_the_connection_is_cut_again_and_again(talk: Talk, cable: Relay) -> None:
    """
    Each time the connection breaks in a three-way call the three go on, and the desk is told of it and of its end.
    """
    third = talk.conferenced()
    for _ in range(3):
        cable.cut()
        cut = time.time()
        talk.desk.until(lambda: not talk.desk.phone.engine_up, "the loss is told")
        lost = time.time()
        talk.desk.until(lambda: talk.desk.phone.engine_up, "it is back")
        back = time.time()
        talk.sees(CallState.CONFERENCED, TOLD)
        assert lost - cut <= TOLD
        assert back - lost <= BACK
    gone = third.hang_up()
    assert talk.sees(CallState.TALKING) - gone <= TOLD
    assert talk.longest_gap(time.time() + 0.3) <= NO_GAP


def test_what_happened_while_it_was_cut_is_on_the_desk(talk: Talk, cable: Relay) -> None:
    """
    A third party that left while the exchange could not be reached is gone from the desk within 2 s of the way back.
    """
    third = talk.conferenced()
    cable.swallow(everything=True)
    talk.desk.until(lambda: not talk.desk.phone.engine_up, "the silence is noticed")
    third.hang_up()
    talk.citizen.hears("seat", since=time.time())
    cable.swallow(everything=False)
    back = talk.desk.until(lambda: talk.desk.phone.engine_up, "it is back")
    told = talk.sees(CallState.TALKING)

    assert told - back <= TOLD
    assert talk.call.parties[-1].state is PartyState.LEFT
    assert talk.longest_gap(time.time() + 0.3) <= NO_GAP
    talk.conferenced()


def test_a_slow_connection_only_makes_the_verbs_slow(talk: Talk, cable: Relay) -> None:
    """
    With 0.3 s each way everything works as before, only later, and what the desk says is what is heard.
    """
    cable.late_s = LATE_S
    third = talk.conferenced()
    begun = time.time()
    talk.desk.phone.leave(talk.id)
    talk.sees(CallState.HANDED_OVER)
    talk.citizen.hears("third", since=begun)
    talk.desk.phone.rejoin(talk.id)
    talk.sees(CallState.CONFERENCED)
    talk.citizen.hears("seat", "third", since=begun)
    gone = third.hang_up()

    assert talk.sees(CallState.TALKING) - gone <= TOLD
    assert talk.desk.phone.engine_up
    until = time.time() + 0.3
    assert talk.citizen.heard_until(until).longest_gap("third", begun + 1, gone) <= NO_GAP
