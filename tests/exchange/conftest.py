"""An exchange for all tests of this folder, and legs that end with their test."""

from __future__ import annotations

import socket
import threading
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from tests.exchange.leg import Leg
from tests.exchange.private_exchange import WITHOUT_EXCHANGE, Absent, Parts, PrivateExchange, obtained

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.exchange.bare_ami import BareAmi


@pytest.fixture(scope="session")
def parts() -> Parts:
    """Find the exchange's programs; tests that need them are skipped where there are none."""
    try:
        return obtained()
    except Absent as why:
        pytest.skip(f"{WITHOUT_EXCHANGE}: {why}")


@pytest.fixture(scope="session")
def exchange(parts: Parts, tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrivateExchange]:
    """Run one exchange for all tests of this process."""
    with PrivateExchange(parts, tmp_path_factory.mktemp("exchange")) as running:
        yield running


class Legs:
    """Makes the legs of one test."""

    def __init__(self, exchange: PrivateExchange, folder: Path, ends: ExitStack) -> None:
        self._exchange = exchange
        self._folder = folder
        self._ends = ends

    def citizen(self, voice: str = "citizen", number: str = "19900000001") -> Leg:
        """Make a citizen's phone."""
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        return self._ends.enter_context(Leg(number, voice, port, self._folder))

    def seat(self, number: int = 1, answering: str = "answer", voice: str = "seat") -> Leg:
        """Make the phone of a seat."""
        return self._at(self._exchange.seats[number - 1], answering, voice)

    def line(self, name: str = "line-12345", answering: str = "answer", voice: str = "third") -> Leg:
        """Make the phone at the end of a third party's line."""
        return self._at(name, answering, voice)

    def _at(self, name: str, answering: str, voice: str) -> Leg:
        port = self._exchange.ports[name]
        return self._ends.enter_context(Leg(name, voice, port, self._folder, answering))


@pytest.fixture
def legs(exchange: PrivateExchange, tmp_path: Path) -> Iterator[Legs]:
    """Make legs that hang up when the test is over."""
    with ExitStack() as ends:
        yield Legs(exchange, tmp_path, ends)


@pytest.fixture
def ami(exchange: PrivateExchange) -> Iterator[BareAmi]:
    """Open a link that controls the exchange by hand."""
    with exchange.ami() as link:
        yield link


class Heartbeat:
    """What a control program says once a second, on a link of its own."""

    def __init__(self, ami: BareAmi) -> None:
        self._ami = ami
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="heartbeat")
        self.say(self._now())
        self._thread.start()

    def say(self, epoch: int) -> None:
        """Let the exchange believe that control lived at *epoch*."""
        self._ami.ask("Setvar", Variable="CONTROL_ALIVE", Value=str(epoch))

    def stop(self) -> None:
        """Fall silent."""
        self._over.set()
        self._thread.join()

    def _beat(self) -> None:
        while not self._over.wait(0.5):
            self.say(self._now())

    def _now(self) -> int:
        answer = self._ami.ask("Getvar", Variable="EPOCH")
        assert answer["Value"], answer.fields
        return int(answer["Value"])


@pytest.fixture
def heartbeat(exchange: PrivateExchange) -> Iterator[Heartbeat]:
    """Let the exchange believe that a control program lives, until the test is over."""
    with exchange.ami() as link:
        beating = Heartbeat(link)
        yield beating
        beating.stop()
        beating.say(0)


@pytest.fixture
def control(ami: BareAmi, heartbeat: Heartbeat) -> BareAmi:  # noqa: ARG001 -- it beats
    """Be the living control program, by hand."""
    return ami


@pytest.fixture
def only(ami: BareAmi) -> Iterator[Callable[..., None]]:
    """Let only the seats with these numbers ring by themselves, until the test is over."""
    usual = ami.ask("Getvar", Variable="SEATS")["Value"]

    def limit(*numbers: int) -> None:
        ami.ask("Setvar", Variable="SEATS", Value="&".join(f"PJSIP/seat-{number:02}" for number in numbers))

    yield limit
    ami.ask("Setvar", Variable="SEATS", Value=usual)
