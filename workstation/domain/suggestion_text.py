"""What a recogniser reads of a call note: the matter itself, folded to letters, digits and ideographs."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

LEAST_CHARACTERS = 10
"""From here on a suggestion is offered; below, three words of a caller say too little."""

READ_LIMIT = 1500
"""Characters that are read; cross-validation found nothing to gain in the rest of longer messages."""

LEAD = 80
"""Characters of the lead, which is scored a second time: callers name the matter first and tell its history after."""

_DIGITS = re.compile(r"[0-9]+")
_SILENT = re.compile(r"[^0-9a-z\u4e00-\u9fff]+")


@dataclass(frozen=True, slots=True)
class Reading:
    """The patterns of one city's notes: stock openings and codes that say nothing about the matter."""

    openings: tuple[str, ...] = ()
    masks: tuple[str, ...] = ()


class Reader:
    """Reads notes the same way in training and at run time."""

    __slots__ = ("_mask", "_openings")

    def __init__(self, reading: Reading) -> None:
        self._openings = tuple(re.compile(pattern) for pattern in reading.openings)
        self._mask = re.compile("|".join(f"(?:{mask})" for mask in reading.masks) or r"(?!)")

    def spoken(self, text: str) -> str:
        """Return what the citizen said: *text* without the stock opening, as far as it is read."""
        found = text.lstrip("\ufeff \t\r\n\u3000")
        for opening in self._openings:
            match = opening.match(found)
            if match:
                found = found[match.end() :]
                break
        return found[:READ_LIMIT].rstrip()

    def folded(self, spoken: str) -> str:
        """Fold *spoken* to what the n-grams are counted in; every number becomes one zero."""
        plain = unicodedata.normalize("NFKC", spoken).lower()
        return _SILENT.sub("", _DIGITS.sub("0", self._mask.sub("", plain)))

    def parts(self, spoken: str) -> tuple[str, str]:
        """Return the whole and the lead, both folded."""
        return self.folded(spoken), self.folded(spoken[:LEAD])


def prefixes(text: str, lengths: Sequence[int]) -> tuple[str, ...]:
    """Return *text* as it stood while it was typed, at each of *lengths* that it exceeds."""
    return tuple(text[:length] for length in lengths if len(text) > length)
