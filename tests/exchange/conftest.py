"""An exchange for all tests of this folder, and legs that end with their test."""

from __future__ import annotations

import re
import threading
import time
from typing import TYPE_CHECKING

import pytest

from tests.exchange.leg import Leg
from tests.exchange.private_exchange import KIT, WITHOUT_EXCHANGE, Absent, Parts, PrivateExchange, free_port, obtained

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.exchange.bare_ami import BareAmi, Heard


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
    used = re.findall(r"\b([A-Z_]+)\(", (KIT / "extensions.conf").read_text(encoding="utf-8"))
    missing = set(re.findall(r"Function (\w+) not registered", running.log)) & set(used)
    assert missing == set()  # else modules.conf does not load what the dialplan needs


class Legs:
    """Makes the legs of one test; the exchange rings only seats whose phones were made."""

    def __init__(self, exchange: PrivateExchange, folder: Path) -> None:
        self._exchange = exchange
        self._folder = folder
        self._made: list[Leg] = []
        self._ring()

    def citizen(self, voice: str = "citizen", number: str = "19900000001") -> Leg:
        """Make a citizen's phone."""
        self._made.insert(0, Leg(number, voice, free_port(), self._folder))
        return self._made[0]

    def seat(self, number: int = 1, answering: str = "answer", voice: str = "seat") -> Leg:
        """Make the phone of a seat."""
        leg = self.line(self._exchange.seats[number - 1], answering, voice)
        self._ring()
        return leg

    def line(self, name: str = "line-12345", answering: str = "answer", voice: str = "third") -> Leg:
        """Make the phone at the end of a third party's line."""
        port = self._exchange.ports[name]
        self._made.append(Leg(name, voice, port, self._folder, answering))
        return self._made[-1]

    def close(self) -> None:
        """Hang up, citizens first, and leave the exchange as it was found."""
        for leg in self._made:
            leg.quit()
        for leg in self._made:
            if (
                leg.process.returncode != 0
            ):  # killed: calls to its port are tried again and again, so the next gets another
                self._exchange.move(leg.name)
        with self._exchange.ami() as link:
            link.ask("Setvar", Variable="CONTROL_ALIVE", Value="0")
            left = _left(link)
            for one in left:
                link.ask("Hangup", Channel=one["Channel"])
        assert not left, [one.fields for one in left]

    def _ring(self) -> None:
        seats = [f"PJSIP/{leg.name}" for leg in self._made if leg.name in self._exchange.seats]
        with self._exchange.ami() as link:
            link.ask("Setvar", Variable="SEATS", Value="&".join(seats))


def _left(link: BareAmi) -> list[Heard]:
    """Wait until the exchange has no call, and return what is left after a while."""
    until, pause = time.monotonic() + 10, threading.Event()
    while (left := link.listed("CoreShowChannels")) and time.monotonic() < until:
        pause.wait(0.02)
    return left


@pytest.fixture
def legs(exchange: PrivateExchange, tmp_path: Path) -> Iterator[Legs]:
    """Make legs that hang up when the test is over."""
    made = Legs(exchange, tmp_path)
    yield made
    made.close()


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


@pytest.fixture
def control(ami: BareAmi, heartbeat: Heartbeat) -> BareAmi:  # noqa: ARG001 -- it beats
    """Be the living control program, by hand."""
    return ami
