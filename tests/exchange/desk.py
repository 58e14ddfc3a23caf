"""A whole way from a desk to real telephones: gateway, bridge process, exchange, legs."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.contract.gateway_parts import PASSWORD, PEOPLE, TestClock, make_service, make_stand_in, sign_in
from tests.contract.gateway_world import served
from workstation.adapters.http_gateway import HttpGateway
from workstation.adapters.http_link import Site
from workstation.adapters.telephony_bridge import BridgeTelephony
from workstation.desk.phone import PhoneDesk
from workstation.domain.call_number import DialTarget
from workstation.domain.lifecycle import Role
from workstation.gateway.accounts import NewUser

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import Self

    from tests.exchange.private_exchange import PrivateExchange
    from workstation.domain.call import Call
    from workstation.domain.call_party import CallId

PATIENCE: Final = 10.0
SEATS: Final = {"A1": "seat-01", "A2": "seat-02"}
HOTLINE: Final = DialTarget("hotline", "12345", endpoint="line-12345", ring_timeout=2)
NOBODY: Final = DialTarget("heat", "heat", endpoint="line-nowhere")
DEAD: Final = DialTarget("water", "water", endpoint="line-dead", ring_timeout=2)


class Desk:
    """One seat's phone desk, which tells when what it knows has become true."""

    def __init__(self, bridge: str, token: str, kept: Mapping[CallId, Call] | None = None) -> None:
        """Sit down; *kept* are the calls that a desk at this seat kept before."""
        self._news = threading.Condition()
        clock = lambda: datetime.now(UTC)  # noqa: E731 -- said twice below
        self.telephony = BridgeTelephony(Site(url=bridge), lambda: token, clock)
        self.kept = dict(kept or {})
        self.phone = PhoneDesk(self.telephony, clock, self._keep, self.kept.get)
        self.phone.watch(self._changed, self._changed)
        self.phone.start()
        self.until(lambda: self.phone.engine_up, "the exchange is there")

    def until(self, true: Callable[[], bool], what: str, timeout: float = PATIENCE) -> float:
        """Wait until something is true of what this desk knows; return when that was."""
        with self._news:
            if not self._news.wait_for(true, timeout):
                alive = [call.state for call in self.phone.calls() if call.ended_at is None]
                raise TimeoutError(f"not in {timeout} s: {what}; calls: {alive}")
        return time.time()

    def rings(self, known: tuple[CallId, ...] = ()) -> CallId:
        """Wait for a call that rings here and is none of *known*."""
        self.until(lambda: any(call.id not in known for call in self.phone.ringing()), "a call rings")
        return next(call.id for call in self.phone.ringing() if call.id not in known)

    def sees(self, id: CallId, what: str, true: Callable[[Call], bool], timeout: float = PATIENCE) -> float:
        """Wait until something is true of one call; return when that was."""
        return self.until(lambda: true(self.phone.call(id)), what, timeout)

    def close(self) -> None:
        """Let go of the telephone."""
        self.telephony.close()

    def _keep(self, call: Call) -> None:
        self.kept[call.id] = call
        self._changed()

    def _changed(self, *_: object) -> None:
        with self._news:
            self._news.notify_all()


@dataclass(frozen=True, slots=True)
class Wiring:
    """Which phone each seat has, which trunk numbers go through, and a port to the exchange if not its own."""

    phones: Mapping[str, str] = field(default_factory=lambda: SEATS)
    trunk: str = "city"
    manager_port: int = 0


class BridgeProcess:
    """The bridge in a process of its own, so that it can be killed and started again at the same place."""

    def __init__(self, exchange: PrivateExchange, gateway: str, folder: Path, wiring: Wiring) -> None:
        """Write the site's file; nothing runs yet."""
        self.exchange = exchange
        (folder / "secret").write_text(exchange.secret, encoding="utf-8")
        seats = "".join(f'"{seat}" = "{endpoint}"\n' for seat, endpoint in wiring.phones.items())
        self._site = folder / "exchange.toml"
        self._site.write_text(
            f'trunk = "{wiring.trunk}"\n[manager]\nport = {wiring.manager_port or exchange.ami_port}\n'
            f'user = "{exchange.user}"\n'
            f'secret_file = "{folder / "secret"}"\n'
            f"[seats]\n{seats}",
            encoding="utf-8",
        )
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port = probe.getsockname()[1]
        self._gateway = gateway
        self._log = folder / "bridge.log"
        self.process: subprocess.Popen[str] | None = None
        self.url = f"http://127.0.0.1:{self._port}"

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def start(self) -> None:
        """Start the bridge and wait until it says that it is ready."""
        options = ("--vendor", "asterisk", "--exchange", str(self._site), "--gateway", self._gateway)
        command = [sys.executable, "-m", "workstation", "telephony-bridge", *options, "--port", str(self._port)]
        with self._log.open("a") as log:
            self.process = subprocess.Popen(
                command,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                env={**os.environ, "PYTHONPATH": str(Path.cwd())},
            )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert "ready" in line, self._log.read_text(encoding="utf-8")

    def kill(self) -> float:
        """End it without a word; return when."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()
        return time.time()


class Site110:
    """A site with two seats: everything real except the citizens, the third party and the seats' hands."""

    def __init__(self, bridge: BridgeProcess, tokens: dict[str, str], stop_gateway: Callable[[], None]) -> None:
        """Begin at *bridge*; *stop_gateway* lets the gateway be gone."""
        self.stop_gateway = stop_gateway
        self._tokens = tokens
        self._ends = ExitStack()
        self.exchange = bridge.exchange
        self.bridge = self._ends.enter_context(bridge)

    def desk(self, seat: str = "A1", *, ready: bool = True, kept: Mapping[CallId, Call] | None = None) -> Desk:
        """Sit down at a seat, where a desk kept calls before or none."""
        desk = Desk(self.bridge.url, self._tokens[seat], kept)
        self._ends.callback(desk.close)
        if ready:
            desk.phone.go_ready()
        return desk

    def close(self) -> None:
        """End everything that was started."""
        self._ends.close()


@contextmanager
def open_site(exchange: PrivateExchange, folder: Path, wiring: Wiring | None = None) -> Iterator[Site110]:
    """Start a gateway with one account a seat, and a bridge between it and *exchange*."""
    clock, wiring = TestClock(), wiring or Wiring()
    hotline = make_stand_in(clock, None)
    service = make_service(folder / "gateway.db", clock, hotline)
    with ExitStack() as ends:
        ends.callback(hotline.close)
        ends.callback(service.close)
        listening = ends.enter_context(ExitStack())
        server = listening.enter_context(served(service))
        gateway = HttpGateway(Site(url=server.url))
        ends.callback(gateway.close)
        tokens = {}
        for number, seat in enumerate(wiring.phones, 1):
            user = f"taker{number}"
            if user not in PEOPLE:
                person = NewUser(user=user, name=user, roles=frozenset({Role.CALL_TAKER}), password=PASSWORD)
                service.accounts.add(person, now=clock(), by="test")
            tokens[seat] = sign_in(gateway, user, Role.CALL_TAKER, seat)
        site = Site110(BridgeProcess(exchange, server.url, folder, wiring), tokens, listening.close)
        ends.callback(site.close)
        yield site
