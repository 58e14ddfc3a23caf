"""The bridge over HTTP: each route finds the seat of its token and asks that seat's telephone what was asked for."""

import logging
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Final

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route
from starlette.types import Lifespan, Receive, Scope, Send

from workstation.bridge.feed import Feed
from workstation.bridge.ports import Exchange, Seats
from workstation.bridge.stream import Pace, Stream
from workstation.bridge.verbs import deed_of
from workstation.domain.call_event import EventKind, TelephonyEvent
from workstation.domain.call_seat import SeatState
from workstation.domain.command import Actor
from workstation.domain.errors import InvalidValue, Refused, Unavailable, WorkstationError
from workstation.domain.lifecycle import Role
from workstation.protocol.http_bodies import body_of, read_body, token_of, written
from workstation.protocol.http_refusals import refusals
from workstation.protocol.telephony import (
    CONTRACT,
    EVENTS_TYPE,
    STREAM_HEADER,
    BridgeHealth,
    Nothing,
    SeatReport,
    check_call,
)

log = logging.getLogger(__name__)

LARGEST_BODY: Final = 8 * 1024
ACCEPTED: Final = 202
_PEOPLE: Final = frozenset({Role.CALL_TAKER, Role.DUTY_OFFICER})
_STATUS: Final = {"forbidden": 403, "seat_taken": 409, "old_stream": 409}


class BridgeApp:
    """The routes over one exchange; everything runs on one event loop."""

    def __init__(
        self, exchange: Exchange, seats: Seats, pace: Pace, ending: Callable[[], bool] = lambda: False
    ) -> None:
        self._exchange = exchange
        self._seats = seats
        self._ending = ending
        self._pace = pace
        self._feeds: dict[str, Feed] = {}

    @property
    def feeds(self) -> Iterable[Feed]:
        """The seats that have asked for something since the start."""
        return tuple(self._feeds.values())

    async def events(self, request: Request) -> Response:
        """Open the event stream of a seat."""
        if request.method != "GET":  # Starlette answers HEAD like GET, and that would take the seat's stream
            raise HTTPException(405)
        token = token_of(request)
        feed = await self._feed(request)
        query = request.query_params
        stream = feed.open(_state_in(query.get("state", "")), only_if_free=query.get("only_if_free", "") == "1")
        return EventResponse(self._checked(stream, token), feed, stream)

    async def verb(self, request: Request) -> Response:
        """Ask a seat's telephone for something about one call."""
        feed = await self._feed(request)
        call = check_call(request.path_params["call"])
        verb = str(request.path_params["verb"])
        deed = deed_of(verb, await body_of(request, LARGEST_BODY))
        _check_stream(request, feed)
        with _exchange_asked():
            deed(feed.phone, call)
        log.info("verb asked seat=%s call=%s verb=%s", feed.seat, call, verb)
        return written(Nothing(), ACCEPTED)

    async def seat(self, request: Request) -> Response:
        """Note what a seat is doing."""
        feed = await self._feed(request)
        said = read_body(await body_of(request, LARGEST_BODY), SeatReport)
        with _exchange_asked():
            feed.phone.set_seat_state(said.state, said.reason)
        return written(Nothing(), ACCEPTED)

    async def health(self, _: Request) -> Response:
        """Say how the bridge feels."""
        seats = sum(feed.stream is not None for feed in self.feeds)
        return written(BridgeHealth(ok=self._exchange.up, version=CONTRACT, seats=seats))

    def close(self) -> None:
        """End every stream."""
        for feed in self.feeds:
            feed.close()

    async def _feed(self, request: Request) -> Feed:
        actor = await self._holder(token_of(request), request.client.host if request.client else "")
        if actor.role not in _PEOPLE:
            raise Refused("forbidden", "role")
        if actor.seat not in self._feeds:
            try:
                phone = self._exchange.at(actor.seat)
            except KeyError as error:
                raise Refused("forbidden", "no_telephone") from error
            self._feeds[actor.seat] = Feed(actor.seat, phone, self._lost, self._pace)
        return self._feeds[actor.seat]

    async def _holder(self, token: str, asker: str) -> Actor:
        """Return who holds *token*.

        Raises:
            SignInNeeded: It is not good.
            Unavailable: It is not known here, and the gateway cannot be asked (``gateway``).
        """
        try:
            return await self._seats.who(token, asker)
        except Unavailable as away:
            log.info("token not known here why=%s", away)
            raise Unavailable("gateway") from away

    async def _checked(self, stream: Stream, token: str) -> AsyncIterator[bytes]:
        """Yield what is to be sent as long as the token is good."""
        async for piece in stream.pieces(self._ending):
            try:
                await self._seats.who(token)
            except WorkstationError as refusal:
                log.info("stream ended stream=%s why=%s", stream.id, refusal)
                return
            yield piece

    def _lost(self) -> TelephonyEvent | None:
        """Return the news that the exchange is lost, if it is."""
        return None if self._exchange.up else TelephonyEvent(EventKind.ENGINE_LOST, datetime.now(UTC))


class EventResponse(StreamingResponse):
    """The answer that does not end; however it does end, the seat is free again."""

    def __init__(self, pieces: AsyncIterator[bytes], feed: Feed, stream: Stream) -> None:
        headers = {STREAM_HEADER: stream.id, "Cache-Control": "no-store"}
        super().__init__(pieces, headers=headers, media_type=EVENTS_TYPE)
        self._feed = feed
        self._stream = stream

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send until one side has enough."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._feed.left(self._stream)


def make_app(app: BridgeApp, lifespan: Lifespan[Starlette] | None = None) -> Starlette:
    """Return the ASGI application over *app*."""
    routes = [
        Route("/v1/events", app.events, methods=["GET"]),
        Route("/v1/calls/{call}/{verb}", app.verb, methods=["POST"]),
        Route("/v1/seat", app.seat, methods=["PUT"]),
        Route("/health", app.health, methods=["GET"]),
    ]
    handlers = refusals(_STATUS)
    return Starlette(routes=routes, exception_handlers=handlers, lifespan=lifespan)


@contextmanager
def _exchange_asked() -> Iterator[None]:
    """Name the exchange where it is the one that cannot be asked.

    Raises:
        Unavailable: The exchange is lost (``exchange``).
    """
    try:
        yield
    except Unavailable as lost:
        log.info("verb not taken why=%s", lost)
        raise Unavailable("exchange") from lost


def _state_in(text: str) -> SeatState | None:
    """Return what a seat says that it is doing; nothing if it says nothing.

    Raises:
        InvalidValue: There is no such state.
    """
    if not text:
        return None
    if text not in set(SeatState):
        raise InvalidValue("state", "unknown")
    return SeatState(text)


def _check_stream(request: Request, feed: Feed) -> None:
    """Refuse what was asked for under a stream that is over: its desk has been told another truth since.

    Raises:
        Refused: The seat's stream is another one (``old_stream``).
    """
    asked_under = request.headers.get(STREAM_HEADER, "")
    if asked_under and (feed.stream is None or feed.stream.id != asked_under):
        raise Refused("old_stream")
