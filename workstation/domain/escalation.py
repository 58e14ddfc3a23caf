"""Whom an urgent linkage calls next when nobody answers: the line's number, its backup number, the duty officer."""

from dataclasses import dataclass, replace
from enum import Enum

from workstation.domain.call_party import Ending
from workstation.domain.directory import Line, LineKind

USUAL_PATIENCE = 15
HEAT_PATIENCE = 30

_FAILURES = frozenset(
    {Ending.BUSY, Ending.REJECTED, Ending.NO_ANSWER, Ending.UNREACHABLE, Ending.NOT_CONFIGURED},
)


class NextCall(Enum):
    """What follows an attempt of an urgent linkage."""

    NOBODY = "nobody"
    BACKUP = "backup"
    OFFICER = "officer"


@dataclass(frozen=True, slots=True)
class Failure:
    """A number that was dialled in vain, and why."""

    number: str
    ending: Ending


@dataclass(frozen=True, slots=True)
class Ladder:
    """One urgent linkage: the line, what failed so far, and whether somebody wants nothing dialled by itself."""

    line: Line
    failures: tuple[Failure, ...] = ()
    stopped: bool = False

    @property
    def at_backup(self) -> bool:
        """Whether the line's own number was tried already."""
        return bool(self.failures)

    @property
    def number(self) -> str:
        """The number that is called now, as the directory prints it."""
        return self.line.backup if self.at_backup else self.line.number

    def failed(self, ending: Ending) -> "Ladder":
        """Return the ladder after the number that was called ended so."""
        return replace(self, failures=(*self.failures, Failure(self.number, ending)))

    def stop(self) -> "Ladder":
        """Return the ladder that dials nothing more by itself."""
        return replace(self, stopped=True)

    def following(self, *, room: bool) -> NextCall:
        """Say whom to call now that the last attempt is over.

        An attempt that somebody gave up is followed by nobody, and so is one after which there is no *room*: the
        citizen has gone, or another third party is in the call.
        """
        if self.stopped or not room or self.failures[-1].ending not in _FAILURES:
            return NextCall.NOBODY
        return NextCall.BACKUP if len(self.failures) == 1 and self.line.backup else NextCall.OFFICER


def patience(line: Line) -> int:
    """Return how many seconds *line* may ring before the next number is called."""
    usual = HEAT_PATIENCE if line.kind is LineKind.HEAT else USUAL_PATIENCE
    return min(usual, line.ring_seconds)
