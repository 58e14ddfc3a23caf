"""The gateway's commands for the people who run it: serve, backup, restore."""

import argparse
import logging
import sys
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Final

from workstation.domain.deadlines import DeadlineBook
from workstation.domain.errors import InvalidValue, WorkstationError
from workstation.gateway.hotline_command import main_hotline
from workstation.gateway.hotline_script import load_scripts
from workstation.gateway.hotline_stand_in import STRAIGHT, HotlineStandIn, Manner
from workstation.gateway.place import GATEWAY_FILE, STAND_IN_FILE, only_one
from workstation.gateway.server import Address, GatewayServer
from workstation.gateway.service import open_service, utc_now
from workstation.gateway.sqlite_file import copy, put_back
from workstation.gateway.user_command import main_user
from workstation.settings import RESOURCES, Settings, is_this_machine

_LAST_PORT: Final = 65_535
_SLOWEST_S: Final = 86_400

__all__ = ["main", "main_hotline", "main_user", "run"]


def main(argv: Sequence[str], deadlines: Callable[[], DeadlineBook] | None = None) -> int:
    """Run ``python -m workstation gateway …`` and return the exit code; without *deadlines* no card is raised."""
    parser = _parser()
    parser.set_defaults(deadlines=deadlines)
    arguments = parser.parse_args(argv[1:] if argv[:1] == ["serve"] else argv)
    if arguments.act is _serve and not (arguments.tls_cert or is_this_machine(arguments.host)):
        parser.error(f"--host {arguments.host} is reached over the network: passwords need --tls-cert (and --tls-key)")
    if arguments.tls_key and not arguments.tls_cert:
        parser.error("--tls-key needs --tls-cert")
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    try:
        code: int = arguments.act(arguments)
    except (WorkstationError, OSError) as error:
        sys.stderr.write(f"gateway: {_sentence(error)}\n")
        return 1
    return code


def run(
    data_dir: Path,
    address: Address,
    manner: Manner,
    resources: Path = RESOURCES,
    deadlines: DeadlineBook | None = None,
) -> int:
    """Serve the gateway in *data_dir* until a signal, and print one line with its address.

    Raises:
        StoreRefused: The store cannot be opened, or another gateway has it open (``in_use``).
    """
    with only_one(data_dir):
        scripts = load_scripts(resources / "hotline_stand_in.yaml")
        if not {manner.script, *manner.in_turn} <= set(scripts):
            raise InvalidValue("stand_in_script", "unknown", known=" ".join(sorted(scripts)))
        hotline = HotlineStandIn(scripts, utc_now, manner=manner, file=data_dir / STAND_IN_FILE)
        service = open_service(data_dir / GATEWAY_FILE, hotline, deadlines=deadlines)
        server = GatewayServer(service, address, (resources / "gateway_health.html").read_text("utf-8"))
        if not service.accounts.everybody():
            sys.stdout.write("no users yet: python -m workstation user add NAME --admin\n")
        sys.stdout.write(f"gateway ready at {server.url}\n")
        sys.stdout.flush()
        server.run()
        service.close()
        hotline.close()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="workstation gateway", description="The transfer API server.")
    parser.set_defaults(act=_serve)
    _add_place(parser)
    _add_serving(parser)
    verbs = parser.add_subparsers(metavar="VERB", help="without one: serve until a signal")
    backup = verbs.add_parser("backup", help="write a consistent copy while the gateway runs")
    backup.add_argument("--to", type=Path, required=True, metavar="FILE")
    backup.add_argument("--replace", action="store_true", help="put it in the place of an earlier FILE")
    backup.set_defaults(act=_backup)
    _add_place(backup)
    restore = verbs.add_parser("restore", help="put a backup in place; the gateway must be stopped")
    restore.add_argument("--from", type=Path, required=True, metavar="FILE", dest="source")
    restore.set_defaults(act=_restore)
    _add_place(restore)
    return parser


def _add_place(parser: argparse.ArgumentParser) -> None:
    default = Settings().root("workstation-gateway")
    parser.add_argument("--data-dir", type=Path, default=default, metavar="DIR", help="default: %(default)s")


def _add_serving(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="default: %(default)s")
    parser.add_argument("--port", type=_port, default=8110, help="0: any free one; default: %(default)s")
    parser.add_argument("--tls-cert", type=Path, metavar="PEM", help="the server's certificate with its chain")
    parser.add_argument("--tls-key", type=Path, metavar="PEM")
    parser.add_argument(
        "--stand-in-delay",
        type=_pace,
        default=5.0,
        metavar="SECONDS",
        help="between two steps of the played hotline; default: %(default)s",
    )
    parser.add_argument("--stand-in-by-hand", action="store_true", help="it moves only by workstation hotline …")
    parser.add_argument(
        "--stand-in-script",
        default=STRAIGHT,
        metavar="NAME[,NAME…]",
        help="what it plays with every order; several: the next one with each new order; default: %(default)s",
    )


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= _LAST_PORT:
        raise argparse.ArgumentTypeError(f"a port is a number up to {_LAST_PORT}")
    return port


def _pace(text: str) -> float:
    seconds = float(text)
    if not 0 <= seconds <= _SLOWEST_S:
        raise argparse.ArgumentTypeError(f"from 0 to {_SLOWEST_S} seconds")
    return seconds


def _serve(arguments: argparse.Namespace) -> int:
    address = Address(host=arguments.host, port=arguments.port, tls_cert=arguments.tls_cert, tls_key=arguments.tls_key)
    delay = None if arguments.stand_in_by_hand else timedelta(seconds=arguments.stand_in_delay)
    manner = Manner(delay=delay, in_turn=tuple(arguments.stand_in_script.split(",")))
    read: Callable[[], DeadlineBook] | None = arguments.deadlines
    return run(arguments.data_dir, address, manner, deadlines=read() if read is not None else None)


def _backup(arguments: argparse.Namespace) -> int:
    store = arguments.data_dir / GATEWAY_FILE
    if why := _no_backup(store, arguments.to, replace=arguments.replace):
        sys.stderr.write(f"gateway: {why}; nothing was written\n")
        return 1
    copy(store, arguments.to)
    sys.stdout.write(f"backup written to {arguments.to}\n")
    return 0


def _no_backup(store: Path, to: Path, *, replace: bool) -> str:
    """Return why *store* is not backed up to *to*; empty when it may be."""
    if not store.is_file():
        return f"there is no store {store}"
    if not to.exists():
        return ""
    if to.is_dir():
        return f"{to} is a folder; name a file in it"
    if to.samefile(store):
        return f"{to} is the store itself"
    return "" if replace else f"{to} is there already; name another file, or add --replace"


def _restore(arguments: argparse.Namespace) -> int:
    if not arguments.source.is_file():
        sys.stderr.write(f"gateway: there is no file {arguments.source}\n")
        return 1
    with only_one(arguments.data_dir):
        aside = put_back(arguments.source, arguments.data_dir / GATEWAY_FILE)
    sys.stdout.write(f"restored from {arguments.source}\n")
    if aside is not None:
        sys.stdout.write(f"the store before it is kept as {aside}\n")
    return 0


def _sentence(error: Exception) -> str:
    known = {
        "newer_schema": "the store was written by a newer gateway; install that version or restore a backup",
        "damaged": "the file is damaged or no gateway store; restore a backup: workstation gateway restore --from FILE",
        "in_use": "another gateway is running in this folder; stop it first",
    }
    return known.get(str(error.args[0]) if error.args else "", str(error))
