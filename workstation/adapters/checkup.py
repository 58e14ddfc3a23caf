"""The check-up of a console: named checks, each said in one line, none of which leaves a trace."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from workstation.domain.errors import WorkstationError


class Level(StrEnum):
    """How a check came out."""

    OK = "ok"
    WARN = "warn"
    FAIL = "FAIL"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found."""

    level: Level
    detail: str


Check = tuple[str, Callable[[], Finding]]


def ok(detail: str) -> Finding:
    """Return that all is well."""
    return Finding(Level.OK, detail)


def warn(detail: str) -> Finding:
    """Return that work is possible, but somebody should look."""
    return Finding(Level.WARN, detail)


def fail(detail: str) -> Finding:
    """Return that nobody can work like this."""
    return Finding(Level.FAIL, detail)


def examine(checks: Iterable[Check], say: Callable[[str], object]) -> int:
    """Say the outcome of every check in a line of its own; return 1 if one failed, else 0."""
    failed = False
    for what, look in checks:
        finding = _outcome(look)
        failed = failed or finding.level is Level.FAIL
        say(f"{finding.level:<4} {what}: {finding.detail}")
    return int(failed)


def _outcome(look: Callable[[], Finding]) -> Finding:
    """Let one check look; the fault that it met is what it found."""
    try:
        return look()
    except (WorkstationError, OSError, ImportError) as error:
        code = getattr(error, "code", "") or getattr(error, "problem", "")
        return fail(f"{code}: {error}" if code else f"{type(error).__name__}: {error}")
