"""A bare link to the exchange's manager interface, for tests that need no control program, and to compare one with."""

from __future__ import annotations

import itertools
import socket
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_PATIENCE: Final = 10.0
_ids: Final = itertools.count(1)  # of all links: each hears the others' late results


@dataclass(frozen=True, slots=True)
class Heard:
    """One message of the exchange and when it came."""

    at: float
    fields: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return self.fields.get(name, "")


class BareAmi:
    """One connection, signed in; a thread collects what the exchange says."""

    def __init__(self, port: int, user: str, secret: str) -> None:
        """Connect and sign in."""
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=_PATIENCE)
        self._socket.settimeout(None)
        self._sending = threading.Lock()
        self._news = threading.Condition()
        self._heard: list[Heard] = []
        self._open = True
        self._reader = threading.Thread(target=self._read, name="bare-ami", daemon=True)
        self._reader.start()
        answer = self.ask("Login", Username=user, Secret=secret)
        if answer["Response"] != "Success":
            self.close()
            raise PermissionError(answer["Message"])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Hang up without a word, as a program that dies does."""
        self._open = False
        with suppress(OSError):  # the exchange was quicker
            self._socket.shutdown(socket.SHUT_RDWR)
        self._reader.join()
        self._socket.close()

    def send(self, action: str, **fields: str | Iterable[str]) -> str:
        """Send an action and return its id; a field with several values is sent as several lines."""
        id = f"bare-{next(_ids)}"
        lines = [f"Action: {action}", f"ActionID: {id}"]
        for name, value in fields.items():
            lines += [f"{name}: {one}" for one in ([value] if isinstance(value, str) else value)]
        with self._sending:
            self._socket.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
        return id

    def ask(self, action: str, **fields: str | Iterable[str]) -> Heard:
        """Send an action and return the answer to it."""
        id = self.send(action, **fields)
        return self._find(lambda heard: heard["ActionID"] == id and "Event" not in heard.fields, f"answer to {action}")

    def listed(self, action: str, **fields: str | Iterable[str]) -> list[Heard]:
        """Send an action that is answered with a list, and return its items; nothing where there is no list."""
        id = self.send(action, **fields)
        done = self._find(
            lambda heard: (
                heard["ActionID"] == id and ("Complete" in heard["EventList"] or heard["Response"] == "Error")
            ),
            f"list of {action}",
        )
        with self._news:
            return [one for one in self._heard if one["ActionID"] == id and "Event" in one.fields and one is not done]

    def wait(self, event: str, since: float = 0.0, timeout: float = _PATIENCE, **fields: str) -> Heard:
        """Wait for an event with these fields and return it; one that came after *since* already is enough."""
        wanted = {"Event": event, **fields}
        return self._find(
            lambda heard: heard.at >= since and all(heard[name] == value for name, value in wanted.items()),
            f"{event} {fields}",
            timeout,
        )

    def events(self, event: str, since: float = 0.0) -> list[Heard]:
        """Return the events of this name that came after *since*."""
        with self._news:
            return [heard for heard in self._heard if heard["Event"] == event and heard.at >= since]

    def _find(self, fits: Fits, what: str, timeout: float = _PATIENCE) -> Heard:
        until = time.monotonic() + timeout
        seen = 0
        with self._news:
            while True:
                for heard in self._heard[seen:]:
                    if fits(heard):
                        return heard
                seen = len(self._heard)
                if not self._news.wait(until - time.monotonic()):
                    last = [dict(heard.fields) for heard in self._heard[-8:]]
                    raise TimeoutError(f"{what} did not come; last heard: {last}")

    def _read(self) -> None:
        lines = self._socket.makefile("r", encoding="utf-8", errors="replace", newline="\r\n")
        fields: dict[str, str] = {}
        try:
            for line in lines:
                name, colon, value = line.rstrip("\r\n").partition(": ")
                if colon and name.startswith("ChanVariable"):
                    fields[value.partition("=")[0]] = value.partition("=")[2]
                elif colon:
                    fields[name] = value
                elif fields:
                    with self._news:
                        self._heard.append(Heard(time.time(), fields))
                        self._news.notify_all()
                    fields = {}
        except OSError:
            if self._open:
                raise


if TYPE_CHECKING:
    from collections.abc import Callable

    Fits = Callable[[Heard], bool]
