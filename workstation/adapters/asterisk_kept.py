"""What an exchange keeps for a bridge that is gone: who is to be called back, and who hung up meanwhile.

All of it stands in global variables of the dialplan (resources/telephony/asterisk/extensions.conf): it outlives the
bridge, which keeps nothing on disk, and goes with the exchange.
"""

import logging
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Final

from workstation.adapters.telephony_backs import MOST, Waiting
from workstation.domain.call_party import CallId
from workstation.domain.privacy import Phone

log = logging.getLogger(__name__)

GONE: Final = tuple(f"GONE_{slot}" for slot in range(100))
"""Where the dialplan notes who hung up; control empties each when it has heard of it."""
BACKS: Final = tuple(f"BACK_{slot}" for slot in range(MOST))
_WAITING: Final = re.compile(
    r"(?P<call>[0-9A-Za-z._:-]+)\|(?P<number>\+?[0-9]+)\|(?P<at>[0-9]{1,10})\|(?P<seat>[^|]*)\|(?P<tries>[0-9]{1,6})"
)
_ABANDONED: Final = re.compile(
    r"(?P<call>case-[0-9.]+):(?P<number>\+?[0-9]+):(?P<at>[0-9]{1,10}):(?P<met>1?):(?P<seat>.*)"
)


class KeptBacks:
    """Which of the variables `BACKS` holds which caller."""

    def __init__(self) -> None:
        self._free = list(reversed(BACKS))
        self._held: dict[CallId, str] = {}
        self._texts: dict[str, str] = {}
        self._knows = False

    def found(self, texts: Sequence[str]) -> Iterator[Waiting]:
        """Return who stands there, the first time; later this knows better. What cannot be read is nobody."""
        if self._knows:
            return
        self._knows = True
        for slot, text in zip(BACKS, texts, strict=True):
            it = _waiting(text)
            if it is not None and it.call not in self._held:
                self._held[it.call], self._texts[slot] = slot, text
                self._free.remove(slot)
                yield it

    def astray(self, texts: Sequence[str]) -> Iterator[tuple[str, str]]:
        """Return which variables are to be written: the exchange was out of reach, or was started anew."""
        for slot, text in zip(BACKS, texts, strict=True):
            wanted = self._texts.get(slot, "")
            if text != wanted:
                yield slot, wanted

    def written(self, call: CallId, it: Waiting | None) -> tuple[str, str] | None:
        """Return which variable is to hold what now that a caller waits so, or no longer does; None if nothing is."""
        if it is not None:
            slot = self._held.get(call) or self._free.pop()
            self._held[call] = slot
            self._texts[slot] = f"{call}|{it.number.text}|{int(it.at.timestamp())}|{it.seat}|{it.tries}"
            return slot, self._texts[slot]
        left = self._held.pop(call, None)
        if left is None:
            return None
        self._free.append(left)
        del self._texts[left]
        return left, ""


def abandoned(texts: Iterable[str]) -> list[tuple[Waiting, bool]]:
    """Return who hung up while no bridge was there, the first one first, each with whether a seat talked to them."""
    found = [entry for entry in map(_ABANDONED.fullmatch, texts) if entry is not None]
    return sorted(((_told(entry, 0), bool(entry["met"])) for entry in found), key=lambda it: it[0].at)


def _waiting(text: str) -> Waiting | None:
    found = _WAITING.fullmatch(text)
    if found is None and text:
        log.warning("what the exchange kept cannot be read length=%s", len(text))
    return _told(found, int(found["tries"])) if found is not None else None


def _told(found: re.Match[str], tries: int) -> Waiting:
    at = datetime.fromtimestamp(int(found["at"]), UTC)
    return Waiting(CallId(found["call"]), Phone(found["number"]), at, found["seat"], tries=tries)
