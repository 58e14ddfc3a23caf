"""A whole gateway for one test, with either of its two doors: the real one over HTTP, or the local one."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.contract.gateway_parts import TestClock, act, make_service, make_stand_in, sign_in
from workstation.adapters.http_gateway import HttpGateway
from workstation.adapters.http_link import Site
from workstation.adapters.local_gateway import LocalGateway
from workstation.desk.ports import Gateway
from workstation.domain.command import Command
from workstation.domain.lifecycle import Action, Role
from workstation.domain.transfer import Transfer
from workstation.gateway.hotline_stand_in import HotlineStandIn, Manner
from workstation.gateway.server import Address, GatewayServer
from workstation.gateway.service import GatewayService
from workstation.protocol.messages import Answer, Problem
from workstation.settings import RESOURCES

DOORS = ("local", "http")


@dataclass(slots=True)
class World:
    """One gateway with its hotline, seen through one door."""

    gateway: Gateway
    service: GatewayService
    hotline: HotlineStandIn
    clock: TestClock
    file: Path

    def taker(self, user: str = "taker1", seat: str = "A1") -> str:
        return sign_in(self.gateway, user, Role.CALL_TAKER, seat)

    def officer(self, user: str = "officer1") -> str:
        return sign_in(self.gateway, user, Role.DUTY_OFFICER, "B1")

    def one(self, command: Command, token: str) -> Answer | Problem:
        """Push one command and return its answer."""
        (answer,) = self.gateway.push([command], token)
        return answer

    def done(self, command: Command, token: str) -> Transfer:
        """Push one command that must be accepted and return the snapshot."""
        answer = self.one(command, token)
        assert isinstance(answer, Answer), answer
        assert answer.transfer is not None
        return answer.transfer

    def problem(self, command: Command, token: str) -> Problem:
        """Push one command that must be refused and return the problem."""
        answer = self.one(command, token)
        assert isinstance(answer, Problem), answer
        return answer

    def play(self, transfer: Transfer, script: str) -> Transfer:
        """Let the hotline play a whole script and return what the gateway made of it."""
        self.service.dispatch()
        self.hotline.play(transfer.id, script)
        while self.hotline.advance(transfer.id):
            pass
        self.service.dispatch()
        return self.service_truth(transfer)

    def service_truth(self, transfer: Transfer) -> Transfer:
        """Return the gateway's truth about *transfer*."""
        return self.gateway.transfer(transfer.id, self.taker("taker2", "Z9"))


@contextmanager
def served(service: GatewayService, address: Address | None = None) -> Iterator[GatewayServer]:
    """Serve over a real socket until the block ends; the hotline is only carried when a test says so."""
    page = (RESOURCES / "gateway_health.html").read_text("utf-8")
    server = GatewayServer(service, address or Address(port=0), page, carries=False)
    thread = threading.Thread(target=server.run, name="test-gateway")
    thread.start()
    try:
        yield server
    finally:
        server.stop()
        thread.join()


@contextmanager
def opened(door: str, folder: Path, manner: Manner | None = None) -> Iterator[World]:
    """Open a gateway in *folder* and one door to it."""
    clock = TestClock()
    hotline = make_stand_in(clock, manner)
    file = folder / "gateway.db"
    service = make_service(file, clock, hotline)
    try:
        if door == "local":
            yield World(LocalGateway(service), service, hotline, clock, file)
        else:
            with served(service) as server:
                gateway = HttpGateway(Site(url=server.url))
                try:
                    yield World(gateway, service, hotline, clock, file)
                finally:
                    gateway.close()
    finally:
        service.close()
        hotline.close()


def approval(transfer: Transfer, by: str = "officer1") -> Command:
    """Make the approval of *transfer*."""
    return act(transfer, Action.APPROVE, Role.DUTY_OFFICER, by)
