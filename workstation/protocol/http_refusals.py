"""Every failure of a request as a problem and a status, the same at each of our servers."""

from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from workstation.domain.errors import InvalidValue, Refused, SignInNeeded, Unavailable, WorkstationError
from workstation.protocol.http_bodies import written
from workstation.protocol.messages import Problem
from workstation.protocol.problems import problem_of

Handler = Callable[[Request, Exception], Awaitable[Response]]
Handlers = dict[type[Exception], Handler]

_USUAL: Final[Mapping[str, int]] = MappingProxyType({})


def refusals(status: Mapping[str, int] = _USUAL) -> Handlers:
    """Return what answers a failed request; *status* names the refusals that are no 422, by their problem."""

    async def expected(_: Request, error: Exception) -> Response:
        match error:
            case SignInNeeded():
                return written(Problem(problem="sign_in_needed", detail=str(error)), 401)
            case Refused():
                return written(problem_of(error), status.get(error.problem, 422))
            case InvalidValue():
                return written(problem_of(error), 422)
            case Unavailable():
                return written(Problem(problem="unavailable", detail=str(error)), 503)
            case _:
                raise error

    return {WorkstationError: expected, HTTPException: _foreign}


async def _foreign(_: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    return written(Problem(problem="no_such_route", detail=str(status)), status)
