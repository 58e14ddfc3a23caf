"""The command that installs the exchange of a site."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from workstation.domain.errors import InvalidValue
from workstation.settings import RESOURCES

if TYPE_CHECKING:
    from collections.abc import Sequence

_LAST_PORT = 65535
_MODULES = ("/usr/lib/asterisk/modules", "/usr/lib/*-linux-gnu/asterisk/modules")


def main(argv: Sequence[str]) -> int:
    """Run ``python -m workstation exchange-kit …`` and return the exit code."""
    from workstation.adapters.asterisk_kit import Kit, install

    asked = _parser().parse_args(argv)
    modules = asked.modules or _found()
    if modules is None or not modules.is_dir():
        sys.stderr.write("exchange kit: where are Asterisk's modules? Install asterisk, or say --modules DIR.\n")
        return 2
    secure = (asked.tls_cert.resolve(), asked.tls_key.resolve()) if asked.tls_cert and asked.tls_key else None
    kit = Kit(
        root=asked.root.resolve(),
        modules=modules,
        data=asked.data,
        address=asked.address,
        seats=dict(asked.seat),
        lines=dict(asked.line),
        trunk=asked.trunk,
        sip_port=asked.sip_port,
        tls_port=asked.tls_port,
        sound_from=asked.sound_from,
        manager_port=asked.manager_port,
        certificate=secure,
    )
    try:
        kept = install(kit, RESOURCES / "telephony" / "asterisk")
    except (OSError, InvalidValue) as error:
        sys.stderr.write(f"exchange kit: {error}\n")
        return 1
    _tell(kit.root, kept)
    return 0


def _tell(root: Path, kept: tuple[Path, ...]) -> None:
    for path in kept:
        sys.stdout.write(f"kept: {path}\n")
    sys.stdout.write(
        f"installed in {root}; the phones' passwords stand in etc/pjsip_site.conf\n"
        f"sounds/hold and sounds/wait hold a tone each: put music and a spoken announcement there\n"
        f"start: asterisk -C {root}/etc/asterisk.conf -f\n"
        f"bridge: python -m workstation telephony-bridge --vendor asterisk --exchange {root}/exchange.toml\n"
    )


def _found() -> Path | None:
    """Return where the distribution put Asterisk's modules."""
    found = [path for pattern in _MODULES for path in Path("/").glob(pattern.removeprefix("/"))]
    return found[0] if found else None


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not (name and equals and value):
        raise argparse.ArgumentTypeError(f"NAME=VALUE, not {text!r}")
    return name, value


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) <= _LAST_PORT:
        raise argparse.ArgumentTypeError(f"{text!r} is no port")
    return int(text)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="workstation exchange-kit", description=__doc__)
    parser.add_argument("root", type=Path, metavar="DIR", help="the exchange's own folder; what is the site's is kept")
    parser.add_argument("--address", required=True, help="where phones and trunk reach the exchange")
    parser.add_argument("--seat", type=_pair, action="append", required=True, metavar="07=seat-07", help="each seat")
    parser.add_argument(
        "--trunk", type=_pair, required=True, metavar="city=sip:ADDRESS", help="where citizens come from"
    )
    parser.add_argument("--line", type=_pair, action="append", default=[], metavar="line-12345=sip:12345@ADDRESS")
    parser.add_argument("--tls-cert", type=Path, metavar="PEM", help="with --tls-key: phones use TLS and SRTP")
    parser.add_argument("--tls-key", type=Path, metavar="PEM")
    parser.add_argument("--sip-port", type=_port, default=5060, help="default: %(default)s")
    parser.add_argument("--tls-port", type=_port, default=5061, help="default: %(default)s")
    parser.add_argument("--manager-port", type=_port, default=5038, help="default: %(default)s")
    parser.add_argument("--sound-from", type=_port, default=10000, help="first port of the sound; default: %(default)s")
    parser.add_argument("--modules", type=Path, metavar="DIR", help="Asterisk's modules; default: found")
    parser.add_argument("--data", type=Path, default=Path("/usr/share/asterisk"), metavar="DIR", help="its data")
    return parser
