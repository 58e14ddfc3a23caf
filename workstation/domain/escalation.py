"""Whom an urgent linkage calls, one after the other until somebody answers: the line, its backup, the duty officer."""

from dataclasses import dataclass, replace

from workstation.domain.call_party import Ending
from workstation.domain.directory import Line, LineKind

USUAL_PATIENCE = 15
HEAT_PATIENCE = 30

_FAILURES = frozenset(
    {Ending.BUSY, Ending.REJECTED, Ending.NO_ANSWER, Ending.UNREACHABLE, Ending.NOT_CONFIGURED},
)


@dataclass(frozen=True, slots=True)
class Rung:
    """One number that is called: a line's own, or its backup."""

    line: Line
    backup: bool = False

    @property
    def number(self) -> str:
        """The number as the directory prints it."""
        return self.line.backup if self.backup else self.line.number


@dataclass(frozen=True, slots=True)
class Failure:
    """A number that was dialled in vain, and why."""

    number: str
    ending: Ending


@dataclass(frozen=True, slots=True)
class Ladder:
    """One urgent linkage: the line, what failed so far, and whether somebody wants nothing dialled by itself.

    Args:
        officer: Who is asked into the call when nobody answers at the line; None where the directory knows nobody.
    """

    line: Line
    officer: Line | None = None
    failures: tuple[Failure, ...] = ()
    stopped: bool = False

    @property
    def now(self) -> Rung:
        """Which number is called."""
        return self._rungs[len(self.failures)]

    @property
    def at_officer(self) -> bool:
        """Whether nobody answered at the line, and the duty officer is called."""
        return self.now.line is not self.line

    def failed(self, ending: Ending, *, room: bool) -> "Ladder":
        """Return the ladder after the number that is called now ended so.

        An attempt that somebody gave up is followed by nobody, and so is one after which there is no *room*: the
        citizen has gone, or another third party is in the call.
        """
        rung, goes_on = self.now, room and not self.stopped and ending in _FAILURES
        failures = (*self.failures, Failure(rung.number, ending))
        return replace(self, failures=failures, stopped=not goes_on)

    @property
    def following(self) -> Rung | None:
        """Whom to call now that the last attempt is over; None if nobody."""
        return None if self.stopped or len(self.failures) == len(self._rungs) else self.now

    @property
    def exhausted(self) -> bool:
        """Whether every number was tried in vain and nobody wanted to stop."""
        return not self.stopped and self.following is None

    def stop(self) -> "Ladder":
        """Return the ladder that dials nothing more by itself."""
        return replace(self, stopped=True)

    @property
    def _rungs(self) -> tuple[Rung, ...]:
        lines = (self.line,) if self.officer is None else (self.line, self.officer)
        return tuple(Rung(line, backup) for line in lines for backup in (False, True) if line.backup or not backup)


def patience(line: Line) -> int:
    """Return how many seconds *line* may ring before the next number is called."""
    usual = HEAT_PATIENCE if line.kind is LineKind.HEAT else USUAL_PATIENCE
    return min(usual, line.ring_seconds)
