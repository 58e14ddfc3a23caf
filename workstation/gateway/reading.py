"""The register of who is reading which order, so that two duty officers do not approve the same one."""

import threading
from datetime import datetime, timedelta
from typing import Final

from workstation.protocol.messages import Reading

FORGOTTEN_AFTER: Final = timedelta(seconds=30)


class ReadingRegister:
    """Readers by order, in memory: after a restart everybody says it again within seconds."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._readers: dict[str, dict[str, datetime]] = {}

    def note(self, transfer: str, user: str, now: datetime) -> tuple[Reading, ...]:
        """Note that *user* reads *transfer*, and return everybody who does, the longest silent first."""
        with self._lock:
            self._forget(now)
            readers = self._readers.setdefault(transfer, {})
            readers[user] = now
            return tuple(Reading(transfer=transfer, user=who, at=at) for who, at in readers.items())

    def _forget(self, now: datetime) -> None:
        for transfer, readers in list(self._readers.items()):
            for user, at in list(readers.items()):
                if now - at > FORGOTTEN_AFTER:
                    del readers[user]
            if not readers:
                del self._readers[transfer]
