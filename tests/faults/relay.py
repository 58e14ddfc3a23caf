"""A cable, as between consoles and gateway: it can be cut, be slow, swallow everything, or say what is on its way."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from enum import Enum
from typing import Final

_CHUNK: Final = 65_536
_COMMAND: Final = b"POST /v1/commands"


class Moment(Enum):
    """Where a request is when somebody is called."""

    HALF_OUT = "half of the request has reached the gateway"
    COMING_BACK = "the gateway has decided, its answer has not arrived"


class Relay:
    """Carries bytes between a port of its own and the gateway's; each piece comes ``late_s`` seconds late."""

    def __init__(self, gateway_port: int) -> None:
        self._gateway_port = gateway_port
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self._swallows = threading.Event()
        self._armed: tuple[Moment, Callable[[], object]] | None = None
        self.called = threading.Event()
        self.late_s = 0.0
        self._closed = threading.Event()
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._threads = [threading.Thread(target=self._accept, name="relay")]
        self._threads[0].start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def arm(self, moment: Moment, act: Callable[[], object]) -> None:
        """Call *act* at the next command's *moment*; what follows of that request goes nowhere."""
        self.called.clear()
        self._armed = moment, act

    def disarm(self) -> None:
        """Carry on as before."""
        self._armed = None

    def swallow(self, *, everything: bool) -> None:
        """Accept and never answer, or end that, which cuts whoever waits."""
        if everything:
            self._swallows.set()
        else:
            self._swallows.clear()
            self.cut()

    def cut(self) -> None:
        """Cut every connection."""
        with self._lock:
            for one in self._open:
                with suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Take the cable away."""
        self._closed.set()
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self.cut()
        for thread in self._threads:
            thread.join()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listening.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._carry, args=(client,), name="relay")
            self._threads.append(thread)
            thread.start()

    def _carry(self, client: socket.socket) -> None:
        """Carry one connection: requests one way, answers the other, one at a time as HTTP/1.1 does."""
        with self._held(client), suppress(OSError):
            gateway = socket.create_connection(("127.0.0.1", self._gateway_port))
            with self._held(gateway):
                back = threading.Thread(target=self._pump_back, args=(gateway, client), name="relay")
                back.start()
                self._pump_out(client, gateway)
                with suppress(OSError):
                    gateway.shutdown(socket.SHUT_RDWR)
                back.join()

    def _pump_out(self, client: socket.socket, gateway: socket.socket) -> None:
        with suppress(OSError):
            while piece := client.recv(_CHUNK):
                self._closed.wait(self.late_s)
                if self._swallows.is_set():
                    continue
                armed = self._armed
                if armed is not None and armed[0] is Moment.HALF_OUT and _COMMAND in piece:
                    gateway.sendall(piece[: len(piece) // 2])
                    self._call(armed[1])
                    return
                gateway.sendall(piece)

    def _pump_back(self, gateway: socket.socket, client: socket.socket) -> None:
        with suppress(OSError):
            while piece := gateway.recv(_CHUNK):
                self._closed.wait(self.late_s)
                armed = self._armed
                if armed is not None and armed[0] is Moment.COMING_BACK and b'"results"' in piece:
                    self._call(armed[1])
                    break
                if not self._swallows.is_set():
                    client.sendall(piece)
        with suppress(OSError):
            client.shutdown(socket.SHUT_RDWR)

    def _call(self, act: Callable[[], object]) -> None:
        self._armed = None
        act()
        self.called.set()

    @contextmanager
    def _held(self, one: socket.socket) -> Iterator[None]:
        one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # or TCP holds every fourth answer back for 40 ms
        with self._lock:
            self._open.add(one)
        try:
            yield
        finally:
            with self._lock:
                self._open.discard(one)
            one.close()


@contextmanager
def relayed(gateway_port: int) -> Iterator[Relay]:
    """Lay a cable to the gateway until the block ends."""
    relay = Relay(gateway_port)
    try:
        yield relay
    finally:
        relay.close()
