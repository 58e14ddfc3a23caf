"""A seat's phone as the kit wants it: it registers with a password over TLS, and its sound is encrypted."""

from __future__ import annotations

from contextlib import ExitStack
from socket import SOCK_STREAM
from typing import TYPE_CHECKING

import pytest

from tests.contract.test_tls import authority, certified
from tests.exchange.leg import Leg
from tests.exchange.private_exchange import PrivateExchange, free_port

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.exchange.private_exchange import Parts

pytestmark = pytest.mark.exchange

SEAT = """
[voice-tls]
type = transport
protocol = tls
bind = 127.0.0.1:{port}
cert_file = {folder}/server.pem
priv_key_file = {folder}/server.key
method = tlsv1_2

[seat-09](seat)
transport = voice-tls
media_encryption = sdes
aors = seat-09
auth = seat-09
[seat-09]
type = auth
auth_type = userpass
username = seat-09
password = right
[seat-09]
type = aor
max_contacts = 1
remove_existing = yes
"""
OUTSIDE_THE_TRUNK = "127.0.0.2"


@pytest.fixture
def exchange(parts: Parts, tmp_path: Path) -> Iterator[PrivateExchange]:
    """Run an exchange with one seat whose phone must register."""
    certified(authority(), tmp_path)
    port = free_port(SOCK_STREAM)
    with PrivateExchange(parts, tmp_path / "x", phones=SEAT.format(port=port, folder=tmp_path)) as running:
        with running.ami() as link:
            link.ask("Setvar", Variable="SEATS", Value="PJSIP/seat-09")
            link.ask("Setvar", Variable="TLS_PORT", Value=str(port))
        yield running


@pytest.fixture
def phone(exchange: PrivateExchange, tmp_path: Path) -> Iterator[Callable[[str], Leg]]:
    """Return what makes the seat's phone with a password."""
    with exchange.ami() as link:
        port = link.ask("Getvar", Variable="TLS_PORT")["Value"]
    with ExitStack() as ends:

        def made(password: str) -> Leg:
            registrar = f"sip:127.0.0.1:{port};transport=tls"
            leg = Leg(
                "seat-09",
                "seat",
                free_port(),
                tmp_path,
                address=OUTSIDE_THE_TRUNK,
                registration=(registrar, password),
            )
            return ends.enter_context(leg)

        yield made


def test_a_secure_phone_talks(exchange: PrivateExchange, phone: Callable[[str], Leg], tmp_path: Path) -> None:
    """
    A phone that registered over TLS gets the citizen, and with encrypted sound both hear each other.
    """
    seat = phone("right")
    seat.wait("registered", code=200)
    with Leg("19900000001", "citizen", free_port(), tmp_path) as citizen:
        called = citizen.call(exchange.emergency)
        citizen.hears("seat", since=called)
        seat.hears("citizen", since=called)


def test_a_wrong_password(exchange: PrivateExchange, phone: Callable[[str], Leg]) -> None:
    """
    A phone with a wrong password is not registered.
    """
    seat = phone("wrong")

    assert seat.wait("registered")["code"] in {401, 403}
    assert "seat-09/sip" not in exchange.console("pjsip show contacts")


def test_a_stranger_calls(exchange: PrivateExchange, tmp_path: Path) -> None:
    """
    Whoever calls from elsewhere than the trunk, and is no seat that proves it, reaches nobody.
    """
    with Leg("19900000001", "citizen", free_port(), tmp_path, address=OUTSIDE_THE_TRUNK) as stranger:
        called = stranger.call(exchange.emergency)
        refused = stranger.wait("state", since=called, state="DISCONNECTED")

    assert refused["code"] == 401
