"""The gateway over HTTP: each route reads, asks the service and writes, and every failure becomes a problem."""

import asyncio
import logging
from functools import partial
from string import Template

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from workstation.domain.errors import InvalidValue
from workstation.domain.identity import TransferId
from workstation.gateway.bodies import LARGE, changes, listed, read_batch, results
from workstation.gateway.openapi import description
from workstation.gateway.ports import Received, Verdict
from workstation.gateway.service import GatewayService
from workstation.protocol.codec import encode
from workstation.protocol.http_bodies import body_of, read_body, token_of, written
from workstation.protocol.http_refusals import refusals
from workstation.protocol.messages import Holder, IncidentQuery, Reading, Readings, SignIn, SignOut

log = logging.getLogger(__name__)


class GatewayApp:
    """The routes over one service; argon2 takes its memory for at most two sign-ins at a time."""

    def __init__(self, service: GatewayService, health_page: str) -> None:
        self._service = service
        self._health_page = Template(health_page)
        self._signing_in = asyncio.Semaphore(2)

    async def sign_in(self, request: Request) -> Response:
        """Give a credential for a password."""
        asked = read_body(await body_of(request), SignIn)
        async with self._signing_in:
            return written(await run_in_threadpool(self._service.sign_in, asked))

    async def sign_out(self, request: Request) -> Response:
        """End a credential."""
        asked = read_body(await body_of(request), SignOut)
        if asked.at.tzinfo is None:
            raise InvalidValue("at", "no_zone")
        await run_in_threadpool(self._service.sign_out, token_of(request), asked.at)
        return Response(status_code=204)

    async def me(self, request: Request) -> Response:
        """Say who holds the token; the telephony bridge asks this."""
        actor = await run_in_threadpool(self._service.authenticate, token_of(request))
        return written(Holder(user=actor.user, role=actor.role, seat=actor.seat))

    async def commands(self, request: Request) -> Response:
        """Decide a batch; the event loop waits for the writer without blocking."""
        token = token_of(request)
        items = read_batch(await body_of(request, LARGE))
        good = [item for item in items if isinstance(item, Received)]
        # Shielded: a client that hangs up must not take back what it handed in.
        decided: asyncio.Future[list[Verdict]] = asyncio.wrap_future(self._service.accept(good, token))
        ruled = iter(await asyncio.shield(decided))
        verdicts = [item if isinstance(item, Verdict) else next(ruled) for item in items]
        return results(verdicts, self._service.now())

    async def changes(self, request: Request) -> Response:
        """Give the snapshots that changed after a cursor."""
        cursor = request.query_params.get("after", "")
        page = await run_in_threadpool(self._service.page, cursor, token_of(request))
        return changes(page, self._service.now())

    async def transfer(self, request: Request) -> Response:
        """Give one transfer."""
        id = TransferId(request.path_params["id"])
        document = await run_in_threadpool(self._service.document, id, token_of(request))
        return Response(document, media_type="application/json")

    async def incidents(self, request: Request) -> Response:
        """Find earlier incidents."""
        asked = read_body(await body_of(request), IncidentQuery)
        return listed("incidents", await run_in_threadpool(self._service.incident_documents, asked, token_of(request)))

    async def reading(self, request: Request) -> Response:
        """Note a reader, and give all of them."""
        asked = read_body(await body_of(request), Reading)
        found = await run_in_threadpool(self._service.read, asked, token_of(request))
        return written(Readings(readings=tuple(found)))

    async def health(self, request: Request) -> Response:
        """Say how the gateway feels: a page for people, JSON for machines."""
        health = await run_in_threadpool(self._service.health)
        if "text/html" not in request.headers.get("accept", ""):
            return written(health)
        waiting_s = "–" if health.oldest_waiting_s is None else f"{health.oldest_waiting_s:.0f}"
        return HTMLResponse(
            self._health_page.substitute(
                unless_well="" if health.ok else " hidden",
                unless_ill=" hidden" if health.ok else "",
                version=health.version,
                server_time=health.server_time.isoformat(timespec="seconds"),
                store=health.store,
                waiting=health.waiting_for_hotline,
                oldest=waiting_s,
            )
        )


def make_app(service: GatewayService, health_page: str) -> Starlette:
    """Return the ASGI application over *service*."""
    app = GatewayApp(service, health_page)
    document = encode(description())
    routes = [
        Route("/v1/sign-in", app.sign_in, methods=["POST"]),
        Route("/v1/sign-out", app.sign_out, methods=["POST"]),
        Route("/v1/me", app.me, methods=["GET"]),
        Route("/v1/commands", app.commands, methods=["POST"]),
        Route("/v1/changes", app.changes, methods=["GET"]),
        Route("/v1/transfers/{id:path}", app.transfer, methods=["GET"]),
        Route("/v1/incidents/query", app.incidents, methods=["POST"]),
        Route("/v1/reading", app.reading, methods=["POST"]),
        Route("/health", app.health, methods=["GET"]),
        Route("/openapi.json", partial(_fixed, document), methods=["GET"]),
    ]
    handlers = refusals()
    return Starlette(routes=routes, exception_handlers=handlers)


async def _fixed(document: bytes, _: Request) -> Response:
    return Response(document, media_type="application/json")
