"""One listening socket and one event loop, the same for each of our servers."""

import logging
import signal
import socket
import ssl
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Final, Literal

import uvicorn
from starlette.applications import Starlette

from workstation.domain.errors import WorkstationError

log = logging.getLogger(__name__)

KEEP_ALIVE_S: Final = 75
_DRAIN_S: Final = 10
_BACKLOG: Final = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where the server listens, and with which certificate."""

    host: str = "127.0.0.1"
    port: int = 8110
    tls_cert: Path | None = None
    tls_key: Path | None = None

    def url(self, port: int) -> str:
        """Return what a console is told."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'https' if self.tls_cert else 'http'}://{host}:{port}"


class CertificateRefused(WorkstationError):
    """The server cannot show this certificate; the sentence names the files and says why."""


def uvicorn_of(app: Starlette, address: Address, lifespan: Literal["on", "off"] = "off") -> uvicorn.Server:
    """Return a server for *app* that writes no access log and believes no proxy.

    Raises:
        CertificateRefused: The address's certificate or key cannot be used.
    """
    config = uvicorn.Config(
        app,
        loop="uvloop" if sys.platform != "win32" else "asyncio",
        http="httptools",
        ws="none",
        lifespan=lifespan,
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=KEEP_ALIVE_S,
        timeout_graceful_shutdown=_DRAIN_S,
        ssl_certfile=address.tls_cert,
        ssl_keyfile=address.tls_key,
    )
    _read_certificate(config, address)
    return uvicorn.Server(config)


def _read_certificate(config: uvicorn.Config, address: Address) -> None:
    """Read certificate and key now: a server that said it was ready must not fail at the first of them."""
    files = [file for file in (address.tls_cert, address.tls_key) if file is not None]
    if missing := [str(file) for file in files if not file.is_file()]:
        raise CertificateRefused(f"there is no file {' and no file '.join(missing)}")
    named = " and ".join(map(str, files))
    try:
        config.load()
    except ssl.SSLError as error:
        if error.reason == "KEY_VALUES_MISMATCH":
            raise CertificateRefused(f"the key is not that of the certificate: {named}") from error
        without = "" if address.tls_key else "; the key belongs into the same file or to --tls-key"
        raise CertificateRefused(f"this is no certificate with its key in PEM: {named}{without}") from error


def listen(address: Address) -> socket.socket:
    """Return a socket that listens at *address*; port 0 lets the system choose one."""
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    if sys.platform != "win32":
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((address.host, address.port))
        listening.listen(_BACKLOG)  # whoever asks before the loop runs waits a moment instead of being turned away
    except OSError:
        listening.close()
        raise
    return listening


@contextmanager
def ours_again(name: str) -> Iterator[None]:
    """Catch the signal that uvicorn raises once more after it has drained, so that the rest is closed too."""

    def _caught(number: int, _: FrameType | None) -> None:
        log.info("%s stops signal=%d", name, number)

    try:
        before = {number: signal.signal(number, _caught) for number in (signal.SIGINT, signal.SIGTERM)}
    except ValueError:  # not the main thread: nobody sends us signals
        before = {}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
