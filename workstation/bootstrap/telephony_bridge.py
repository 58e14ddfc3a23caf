"""The telephony bridge's command: one process between the site's exchange and its seats."""

from __future__ import annotations

import argparse
import logging
import sys
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from workstation.bootstrap.clock import new_id, now
from workstation.domain.errors import WorkstationError
from workstation.settings import RESOURCES, is_this_machine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager

    from workstation.adapters.telephony_schedule import Scheduler
    from workstation.adapters.telephony_simulated_exchange import SimulatedSeat
    from workstation.bridge.ports import Exchange

    Vendor = Callable[[argparse.Namespace], AbstractContextManager[Exchange]]


def main(argv: Sequence[str]) -> int:
    """Run ``python -m workstation telephony-bridge …`` until a signal and return the exit code."""
    parser = _parser()
    arguments = parser.parse_args(argv)
    if arguments.self_test and arguments.vendor != "asterisk":
        parser.error(f"--vendor {arguments.vendor} has no lines to test")
    if not (arguments.tls_cert or is_this_machine(arguments.host)):
        parser.error(f"--host {arguments.host} is reached over the network: tokens need --tls-cert (and --tls-key)")
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    try:
        if arguments.self_test:
            from workstation.bootstrap.self_test import run_self_test

            return run_self_test(arguments.exchange, arguments.content)
        with VENDORS[arguments.vendor](arguments) as exchange:
            _serve(arguments, exchange)
    except (OSError, WorkstationError) as error:
        sys.stderr.write(f"telephony bridge: {error}\n")
        return 1
    return 0


def _serve(arguments: argparse.Namespace, exchange: Exchange) -> None:
    from workstation.adapters.http_gateway import HttpGateway
    from workstation.adapters.http_link import Site
    from workstation.bridge.server import Address, BridgeServer
    from workstation.bridge.tokens import KnownTokens

    address = Address(host=arguments.host, port=arguments.port, tls_cert=arguments.tls_cert, tls_key=arguments.tls_key)
    with closing(HttpGateway(Site(url=arguments.gateway, ca=arguments.gateway_ca))) as gateway:
        server = BridgeServer(exchange, KnownTokens(gateway.holder), address)
        sys.stdout.write(f"telephony bridge ready at {server.url}\n")
        sys.stdout.flush()
        server.run()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="workstation telephony-bridge", description=__doc__)
    parser.add_argument("--vendor", choices=tuple(VENDORS), required=True, help="what stands behind the bridge")
    parser.add_argument(
        "--exchange",
        type=Path,
        default=Path("exchange.toml"),
        metavar="TOML",
        help="where the exchange is and its seats' phones",
    )
    parser.add_argument("--gateway", default="http://127.0.0.1:8110", metavar="URL", help="default: %(default)s")
    parser.add_argument("--gateway-ca", default="", metavar="PEM", help="the authority that signed its certificate")
    parser.add_argument("--host", default="127.0.0.1", help="default: %(default)s")
    parser.add_argument("--port", type=int, default=8120, help="0: any free one; default: %(default)s")
    parser.add_argument("--tls-cert", type=Path, metavar="PEM", help="the bridge's certificate with its chain")
    parser.add_argument("--tls-key", type=Path, metavar="PEM")
    parser.add_argument(
        "--self-test",
        action="store_true",
        help="serve nobody; dial the directory's lines that agreed to it, report on each, and end",
    )
    parser.add_argument(
        "--content", type=Path, default=RESOURCES, metavar="DIR", help="the self-test's directory; default: our own"
    )
    return parser


@contextmanager
def _simulated(_: argparse.Namespace) -> Iterator[Exchange]:
    """Let scripted citizens call at every seat that takes calls."""
    from workstation.adapters.content_yaml import read_scenarios
    from workstation.adapters.telephony_schedule import TimerScheduler
    from workstation.adapters.telephony_simulated_exchange import SimulatedExchange
    from workstation.practice.callers import Callers

    scenarios = read_scenarios(RESOURCES)

    def began(seat: SimulatedSeat, scheduler: Scheduler) -> None:
        Callers(scenarios, seat, scheduler.call_later).start()

    with closing(SimulatedExchange(now, new_id, TimerScheduler, began)) as exchange:
        yield exchange


@contextmanager
def _asterisk(arguments: argparse.Namespace) -> Iterator[Exchange]:
    """Drive the Asterisk exchange that the site's file describes."""
    from workstation.adapters.asterisk_exchange import AsteriskExchange
    from workstation.adapters.asterisk_site import read_site

    site = read_site(arguments.exchange)
    yield AsteriskExchange(site.account(), site.phones(), site.trunk, now)


VENDORS: Mapping[str, Vendor] = {"asterisk": _asterisk, "simulated": _simulated}
