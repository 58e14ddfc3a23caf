"""The edition mark that every content file carries."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Edition:
    """Which issue of a content file this is, from when it holds and in whose name."""

    version: str
    effective: date
    signed_by: str
    sample: bool
    note: str
