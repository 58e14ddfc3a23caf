"""A link that loses, doubles, delays and reorders what goes through it; the gateway behind it stays healthy."""

import http.client
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random
from urllib.parse import urlsplit

from workstation.domain.errors import Unavailable
from workstation.gateway.hotline import Consignment, RemoteMessage
from workstation.gateway.hotline_stand_in import HotlineStandIn

LOST = 0.1
ANSWER_LOST = 0.2
DOUBLED = 0.3


def seeded(seed: int) -> Random:
    """Return dice that fall the same way in every run."""
    return Random(seed)  # noqa: S311 -- chance, not a secret


class _Lossy(BaseHTTPRequestHandler):
    """One request through the link."""

    protocol_version = "HTTP/1.1"
    dice: Random
    upstream: str
    late: list[threading.Thread]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        chance = self.dice.random()
        if chance < LOST:
            self._cut()
            return
        time.sleep(self.dice.random() * 0.004)
        forward = self._forwarder(body)
        status, answer, kind = forward()
        if chance < ANSWER_LOST:
            self._cut()
            return
        if chance < DOUBLED:
            # The copy arrives later, behind what the same desk says next.
            copy = threading.Timer(self.dice.random() * 0.03, forward)
            copy.start()
            self.late.append(copy)
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    do_GET = do_POST  # noqa: N815 -- the library's name

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def _cut(self) -> None:
        self.close_connection = True

    def _forwarder(self, body: bytes) -> Callable[[], tuple[int, bytes, str]]:
        """Return what sends this very request on, now or later, as often as it is called."""
        method, path = self.command, self.path
        kept = {name: value for name, value in self.headers.items() if name != "Host"}

        def forward() -> tuple[int, bytes, str]:
            connection = http.client.HTTPConnection(self.upstream, timeout=20)
            try:
                connection.request(method, path, body or None, kept)
                response = connection.getresponse()
                return response.status, response.read(), response.headers.get("Content-Type", "")
            finally:
                connection.close()

        return forward


@contextmanager
def lossy(url: str, seed: int) -> Iterator[str]:
    """Put the link in front of *url* and return the address that clients use."""
    late: list[threading.Thread] = []
    handler = type("Lossy", (_Lossy,), {"dice": seeded(seed), "upstream": urlsplit(url).netloc, "late": late})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    serving = threading.Thread(target=server.serve_forever, args=(0.05,))
    serving.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        for copy in late:
            copy.join()
        server.shutdown()
        serving.join()
        server.server_close()


class LossyHotline:
    """A hotline behind a link that loses a tenth of what goes each way, before or after it had its effect."""

    def __init__(self, hotline: HotlineStandIn, dice: Random) -> None:
        self._hotline = hotline
        self._dice = dice
        self.content_limit = hotline.content_limit

    def reach(self) -> None:
        self._hotline.reach()

    def send(self, consignment: Consignment) -> None:
        self._maybe_lost()
        self._hotline.send(consignment)
        self._maybe_lost()

    def collect(self) -> Sequence[RemoteMessage]:
        messages = self._hotline.collect()
        self._maybe_lost()
        return messages

    def acknowledge(self, messages: Sequence[RemoteMessage]) -> None:
        self._maybe_lost()
        self._hotline.acknowledge(messages)
        self._maybe_lost()

    def _maybe_lost(self) -> None:
        if self._dice.random() < LOST:
            raise Unavailable("lost")
