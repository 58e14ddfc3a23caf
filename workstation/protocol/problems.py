"""Every refusal as a problem with a code, as the desks are told of it."""

from functools import singledispatch

from workstation.domain.errors import IllegalAction, InvalidValue, Refused, Stale, WorkstationError
from workstation.protocol.messages import Problem


@singledispatch
def problem_of(error: WorkstationError) -> Problem:
    """Return the problem that tells the desk of *error*."""
    return Problem(problem="refused", detail=str(error))


@problem_of.register
def _(error: Refused) -> Problem:
    return Problem(problem=error.problem, detail=error.detail)


@problem_of.register
def _(error: IllegalAction) -> Problem:
    return Problem(problem="illegal_action", detail=error.why)


@problem_of.register
def _(error: Stale) -> Problem:
    return Problem(problem="stale", detail=str(error))


@problem_of.register
def _(error: InvalidValue) -> Problem:
    detail = " ".join([error.problem, *(str(error.facts[name]) for name in ("detail",) if name in error.facts)])
    return Problem(problem="invalid", field=error.field, detail=detail)
