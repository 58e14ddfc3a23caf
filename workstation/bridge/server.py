"""The bridge as a running server: one socket, and one event loop on which the exchange is followed too."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from starlette.applications import Starlette

from workstation.bridge.app import BridgeApp, make_app
from workstation.bridge.ports import Exchange, Seats
from workstation.bridge.stream import Pace
from workstation.protocol.http_serving import Address, listen, ours_again, uvicorn_of

__all__ = ["Address", "BridgeServer"]

log = logging.getLogger(__name__)


class BridgeServer:
    """Serves an exchange to its seats until it is stopped; port 0 lets the system choose one."""

    def __init__(self, exchange: Exchange, seats: Seats, address: Address, pace: Pace | None = None) -> None:
        self._exchange = exchange
        self.app = BridgeApp(exchange, seats, pace or Pace(), lambda: self._server.should_exit)
        self._server = uvicorn_of(make_app(self.app, self._following), address, lifespan="on")
        self._socket = listen(address)
        self.url = address.url(self._socket.getsockname()[1])
        self._loop: asyncio.AbstractEventLoop | None = None
        self._failure: BaseException | None = None

    def run(self) -> None:
        """Serve until ``stop`` or a signal; the calls go on without us.

        What ends the following of the exchange is raised here: whoever watches this process starts it anew.
        """
        try:
            with ours_again("telephony bridge"):
                self._server.run(sockets=[self._socket])
        finally:
            self._socket.close()
        if self._failure is not None:
            raise self._failure

    def stop(self) -> None:
        """Ask the server, from any thread, to finish."""
        self._server.should_exit = True
        loop = self._loop
        if loop is not None:
            with suppress(RuntimeError):  # it has just ended by itself
                loop.call_soon_threadsafe(self.app.close)

    @asynccontextmanager
    async def _following(self, _: Starlette) -> AsyncIterator[None]:
        self._loop = asyncio.get_running_loop()
        following = asyncio.create_task(self._exchange.run())
        following.add_done_callback(self._ended)
        try:
            yield
        finally:
            self.app.close()
            following.cancel()
            await asyncio.wait([following])

    def _ended(self, following: asyncio.Task[None]) -> None:
        """Stop serving an exchange that nobody follows any more."""
        if not following.cancelled():
            log.info("the exchange is no longer followed")
            self._failure = following.exception()
            self.stop()
