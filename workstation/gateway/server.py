"""The gateway as a running server: one socket, one event loop, one thread towards the hotline."""

from collections.abc import Iterator
from contextlib import contextmanager

from workstation.gateway.app import make_app
from workstation.gateway.hotline_loop import HotlineLoop
from workstation.gateway.service import GatewayService
from workstation.protocol.http_serving import Address, listen, ours_again, uvicorn_of

__all__ = ["Address", "GatewayServer"]


class GatewayServer:
    """Serves a service until it is stopped; port 0 lets the system choose one.

    Without *carries* nothing goes to the hotline by itself, only when somebody calls the service's ``dispatch``.
    """

    def __init__(self, service: GatewayService, address: Address, health_page: str, *, carries: bool = True) -> None:
        self._service = service
        self._carries = carries
        self._server = uvicorn_of(make_app(service, health_page), address)
        self._socket = listen(address)
        self.url = address.url(self._socket.getsockname()[1])

    def run(self) -> None:
        """Serve until ``stop`` or a signal, then finish the requests that are under way."""
        try:
            with self._carrying(), ours_again("gateway"):
                self._server.run(sockets=[self._socket])
        finally:
            self._socket.close()

    @contextmanager
    def _carrying(self) -> Iterator[None]:
        if not self._carries:
            yield
            return
        loop = HotlineLoop(self._service.dispatch)
        self._service.on_accepted = loop.wake
        self._service.carries_well = lambda: loop.well
        loop.start()
        try:
            yield
        finally:
            loop.stop()

    def stop(self) -> None:
        """Ask the server, from any thread, to finish."""
        self._server.should_exit = True
