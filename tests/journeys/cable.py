"""The network cable between consoles and gateway: it can be pulled, plugged in, and lose one answer on the way back."""

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Final

_CHUNK: Final = 65_536


class Cable:
    """Carries bytes between a port of its own and the gateway's, as a real cable would: knowing nothing of HTTP."""

    def __init__(self, gateway_port: Callable[[], int]) -> None:
        self._gateway_port = gateway_port
        self._listening = _at_once(socket.create_server(("127.0.0.1", 0)))
        self.port: int = self._listening.getsockname()[1]
        self._plugged = True
        self._losing = False
        self._ending = False
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._carriers: list[threading.Thread] = []
        self._watcher = threading.Thread(target=self._accept, name="cable")
        self._watcher.start()

    def pull(self) -> None:
        """Break every connection and let none through."""
        self._plugged = False
        self._break()

    def plug_in(self) -> None:
        """Let connections through again."""
        self._plugged = True

    def lose_next_answer(self) -> None:
        """Break the connection when the next answer is on its way, so that the deed is done and nobody hears of it."""
        self._losing = True

    def close(self) -> None:
        """End the carrying."""
        self._ending = True
        self.pull()
        socket.create_connection(("127.0.0.1", self.port)).close()  # wakes the watcher for the last time
        self._watcher.join()
        for carrier in self._carriers:
            carrier.join()
        self._listening.close()

    def _accept(self) -> None:
        while not self._ending:
            desk, _ = self._listening.accept()
            if not self._plugged or not self._join(desk):
                desk.close()

    def _join(self, desk: socket.socket) -> bool:
        try:
            gateway = _at_once(socket.create_connection(("127.0.0.1", self._gateway_port())))
        except OSError:
            return False
        with self._lock:
            self._open |= {desk, gateway}
        for source, target, answers in ((desk, gateway, False), (gateway, desk, True)):
            carrier = threading.Thread(target=self._carry, args=(source, target), kwargs={"answers": answers})
            self._carriers.append(carrier)
            carrier.start()
        return True

    def _carry(self, source: socket.socket, target: socket.socket, *, answers: bool) -> None:
        with suppress(OSError):
            while piece := source.recv(_CHUNK):
                if answers and self._losing:
                    self._losing = False
                    break
                target.sendall(piece)
        self._hang_up(source, target)

    def _break(self) -> None:
        with self._lock:
            ends = list(self._open)
        self._hang_up(*ends)

    def _hang_up(self, *ends: socket.socket) -> None:
        for end in ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            with self._lock:
                self._open.discard(end)
            end.close()


def _at_once(end: socket.socket) -> socket.socket:
    """Let every piece leave at once: a cable has no delay, and TCP's own is 40 ms in every fourth answer."""
    end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return end
