"""Requests read with a limit and answers written as JSON, the same in each of our servers."""

import asyncio
from typing import Final, TypeVar

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from workstation.domain.errors import InvalidValue, Refused, SignInNeeded
from workstation.protocol.codec import decode, encode
from workstation.protocol.messages import Problem

SMALL: Final = 64 * 1024
PROBLEM: Final = "application/problem+json"
_SLOWEST_BODY_S: Final = 30.0

T = TypeVar("T")


async def body_of(request: Request, limit: int = SMALL) -> bytes:
    """Return the request's body.

    Raises:
        Refused: It is longer than *limit* (``too_large``), came too slowly or was broken off (``incomplete``).
    """
    parts: list[bytes] = []
    size = 0
    try:
        async with asyncio.timeout(_SLOWEST_BODY_S):
            async for part in request.stream():
                size += len(part)
                if size > limit:
                    raise Refused("too_large", f"limit {limit} bytes")
                parts.append(part)
    except (TimeoutError, ClientDisconnect) as error:
        raise Refused("incomplete") from error
    return b"".join(parts)


def read_body(raw: bytes, wanted: type[T]) -> T:
    """Return what *raw* says.

    Raises:
        InvalidValue: It is not JSON or not this shape.
    """
    try:
        return decode(raw, wanted)
    except RecursionError as error:
        raise InvalidValue(wanted.__name__, "too_deep") from error


def token_of(request: Request) -> str:
    """Return the bearer token.

    Raises:
        SignInNeeded: There is none.
    """
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    if kind.lower() != "bearer" or not token:
        raise SignInNeeded("no_token")
    return token


def written(value: object, status: int = 200) -> Response:
    """Return *value* as JSON."""
    kind = PROBLEM if isinstance(value, Problem) else "application/json"
    return Response(encode(value), status, media_type=kind)
