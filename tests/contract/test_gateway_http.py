"""What only the door over HTTP can get wrong: outages, foreign answers, foreign questions, slow and broken bodies."""

import http.client
import itertools
import json
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.contract.gateway_parts import make_incident, make_order, revision, submission
from tests.contract.gateway_world import World, opened, served
from workstation.adapters.breaker import Breaker
from workstation.adapters.http_gateway import HttpGateway
from workstation.adapters.http_link import HttpLink, Site
from workstation.domain.errors import SignInNeeded, Unavailable
from workstation.domain.lifecycle import Role
from workstation.domain.transfer import Transfer
from workstation.gateway.server import Address
from workstation.protocol.codec import encode
from workstation.protocol.messages import Answer, Batch, Holder, IncidentQuery


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Open a gateway behind its local door; the tests open the other one themselves."""
    with opened("local", tmp_path) as made:
        yield made


def test_an_outage_is_told_and_forgotten(world: World) -> None:
    """
    While the gateway is down a console hears so; when it is back at the same address, the queue goes up.
    """
    token = world.taker()
    with served(world.service) as server:
        port = urlsplit(server.url).port or 0
    command = submission()
    with closing(_gateway(server.url)) as gateway:
        with pytest.raises(Unavailable):
            gateway.push([command], token)
        with served(world.service, Address(port=port)):
            (answer,) = gateway.push([command], token)

    assert isinstance(answer, Answer)


def test_the_breaker_spares_the_wait() -> None:
    """
    After three failures the next question is refused at once, and after five seconds one is let through again.
    """
    now = [0.0]
    asked = []
    breaker = Breaker(lambda: now[0])

    def ask() -> None:
        with breaker.guard():
            asked.append(now[0])
            raise Unavailable("down")

    for now[0] in (0.0, 1.0, 2.0, 3.0, 6.9, 7.1, 7.2, 12.2):
        with pytest.raises(Unavailable):
            ask()

    assert asked == [0.0, 1.0, 2.0, 7.1, 12.2]


def test_a_refusal_is_no_strike() -> None:
    """
    A server that answers, if only to refuse, is not dead.
    """
    breaker = Breaker(lambda: 0.0)
    for error in (Unavailable("x"), Unavailable("x"), SignInNeeded("x"), Unavailable("x"), Unavailable("x")):
        with pytest.raises(type(error)), breaker.guard():
            raise error

    with breaker.guard():
        pass


def test_who_holds_a_token_is_told_while_it_is_good(world: World) -> None:
    """
    The gateway says user, role and seat of a good token, and refuses one that ended, with the reason.
    """
    token = world.taker("taker1", "A7")
    with served(world.service) as server, closing(_gateway(server.url)) as gateway:
        holder = gateway.holder(token)
        world.gateway.sign_out(token, world.clock.now)
        with pytest.raises(SignInNeeded, match="signed_out"):
            gateway.holder(token)
        with pytest.raises(SignInNeeded, match="unknown_token"):
            gateway.holder("made up")

    assert holder == Holder(user="taker1", role=Role.CALL_TAKER, seat="A7")


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 26\r\n\r\n<html>captive portal</html>",
        b'HTTP/1.1 200 OK\r\nContent-Length: 19\r\n\r\n{"something":"else"}',
        b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 422 Unprocessable\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\nno",
        b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\ncut off",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnope",
        b"SSH-2.0-something\r\n",
        b"",
    ],
)
def test_a_foreign_answer_is_an_outage(answer: bytes) -> None:
    """
    Whoever else answers in the gateway's place, the console keeps its queue and tries later.
    """
    with _answering(answer) as url, closing(_gateway(url)) as gateway, pytest.raises(Unavailable):
        gateway.pull("", "token")


def test_a_trickling_answer_ends_in_time() -> None:
    """
    A server that sends a byte now and then does not hold the console longer than its total time.
    """
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"
    with (
        _answering(head, trickle=True) as url,
        closing(HttpGateway(Site(url=url, total_s=0.3))) as gateway,
        pytest.raises(Unavailable, match="too_slow"),
    ):
        gateway.pull("", "token")


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", "/v1/sign-in", b"", 422),
        ("POST", "/v1/sign-in", b"\xff\xfe", 422),
        ("POST", "/v1/sign-in", b"[" * 100_000, 422),
        ("POST", "/v1/sign-in", b'{"user":1,"password":2,"seat":3,"role":4}', 422),
        ("POST", "/v1/sign-in", b'{"user":"a","password":"b","seat":"c","role":"emperor"}', 422),
        ("POST", "/v1/sign-in", b"x" * 70_000, 422),
        ("POST", "/v1/commands", b'{"commands":7}', 422),
        ("POST", "/v1/commands", b'{"commands":[' + b"{}," * 50 + b"{}]}", 422),
        ("POST", "/v1/commands", b"x" * (8 * 1024 * 1024 + 1), 422),
        ("POST", "/v1/commands", b'{"commands":[{"deep":' + b"[" * 200_000 + b"]" * 200_000 + b"}]}", 422),
        ("POST", "/v1/incidents/query", b'{"limit":1000000}', 422),
        ("POST", "/v1/reading", b'{"transfer":"t"}', 422),
        ("POST", "/v1/sign-out", b'{"at":"2026-03-02T03:00:00"}', 422),
        ("GET", "/v1/nowhere", b"", 404),
        ("DELETE", "/v1/commands", b"", 405),
    ],
)
def test_a_foreign_question_is_answered_in_order(
    world: World, method: str, path: str, body: bytes, status: int
) -> None:
    """
    Foreign JSON, wrong types and far too much get a problem with a code, never a trace of the program.
    """
    token = world.taker()
    with served(world.service) as server:
        found, kind, answer = _raw(server.url, method, path, body, token)

    assert (found, kind) == (status, "application/problem+json")
    assert json.loads(answer)["problem"]
    assert b"Traceback" not in answer


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"at": "2026-03-02T03:00:00"}, "at"),
        ({"at": "yesterday"}, "Command"),
        ({"order": {**json.loads(encode(make_order())), "saved_at": "2026-03-02T03:00:00"}}, "saved_at"),
        ({"order": {**json.loads(encode(make_order())), "on_hook_at": "2026-03-02T03:00:00"}}, "on_hook_at"),
        ({"order": {**json.loads(encode(make_order())), "content": "长" * 5001}}, "content"),
        ({"order": {**json.loads(encode(make_order())), "people_affected": 10**30}}, "people_affected"),
        ({"order": None}, "order"),
        ({"number": ""}, "number"),
        ({"step": None}, "command"),
        ({"revision": -1}, "revision"),
        ({"id": "x" * 500}, "id"),
        ({"id": ""}, "id"),
    ],
)
def test_a_bad_item_stops_no_other(world: World, change: dict[str, object], field: str) -> None:
    """
    A command that cannot be read, or must not be kept, gets its own problem; its neighbour is done.
    """
    token = world.taker()
    bad = {**json.loads(encode(submission())), **change}
    good = json.loads(encode(submission()))
    with served(world.service) as server:
        _, _, answer = _raw(server.url, "POST", "/v1/commands", json.dumps({"commands": [bad, good]}).encode(), token)
    first, second = json.loads(answer)["results"]

    assert (first["problem"]["problem"], first["problem"]["field"]) == ("invalid", field)
    assert second["answer"]["transfer"]["state"] == "pending_approval"


@pytest.mark.parametrize(
    "change", [{"created_at": "2026-03-02T03:00:00"}, {"revision": 2**70}, {"revision": 2**40}, {"id": "../x"}]
)
def test_a_wild_incident_is_refused(world: World, change: dict[str, object]) -> None:
    """
    An incident with a zoneless time or a number beyond any column is refused in its own item.
    """
    token = world.taker()
    command = json.loads(encode(revision(make_incident())))
    command["incident"].update(change)
    with served(world.service) as server:
        _, _, answer = _raw(server.url, "POST", "/v1/commands", json.dumps({"commands": [command]}).encode(), token)

    assert json.loads(answer)["results"][0]["problem"]["problem"] == "invalid"


def test_a_newer_consoles_fields_survive(world: World) -> None:
    """
    Fields that this gateway does not know are served as they came, also after an approval and an older console's edit.
    """
    token, officer = world.taker(), world.officer()
    command = json.loads(encode(submission()))
    command["order"]["dialect"] = {"name": "滕州话"}
    incident = json.loads(encode(revision(make_incident())))
    incident["incident"]["mood"] = "angry"
    with served(world.service) as server:
        body = json.dumps({"commands": [command, incident]}).encode()
        _, _, answer = _raw(server.url, "POST", "/v1/commands", body, token)
        transfer = world.gateway.transfer(command["transfer"], token)
        back = _with(transfer.id, "send_back", "duty_officer", "officer1", transfer)
        _raw(server.url, "POST", "/v1/commands", json.dumps({"commands": [back]}).encode(), officer)
        again = _with(transfer.id, "submit", "call_taker", "taker1", world.gateway.transfer(transfer.id, token))
        again["order"] = json.loads(encode(make_order("改过的内容")))
        _raw(server.url, "POST", "/v1/commands", json.dumps({"commands": [again]}).encode(), token)
        _, _, served_as = _raw(server.url, "GET", f"/v1/transfers/{transfer.id}", b"", token)
        _, _, page = _raw(server.url, "GET", "/v1/changes", b"", token)
        query = encode(IncidentQuery(phone="19900001234"))
        _, _, found = _raw(server.url, "POST", "/v1/incidents/query", query, token)

    assert json.loads(answer)["results"][0]["answer"]["transfer"]["order"]["dialect"] == {"name": "滕州话"}
    kept = json.loads(served_as)
    assert (kept["order"]["dialect"], kept["order"]["content"]) == ({"name": "滕州话"}, "改过的内容")
    assert json.loads(page)["transfers"] == [kept]
    assert json.loads(found)["incidents"][0]["mood"] == "angry"


def test_a_broken_off_request_does_no_harm(world: World) -> None:
    """
    A client that hangs up in the middle of its body, or before the answer, leaves a gateway that goes on.
    """
    token = world.taker()
    body = encode(Batch(commands=(submission(),)))
    head = (
        f"POST /v1/commands HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    with served(world.service) as server:
        for sent in (head.encode() + body[:100], head.encode() + body):
            with socket.create_connection((urlsplit(server.url).hostname, urlsplit(server.url).port)) as client:
                client.sendall(sent)
        with closing(_gateway(server.url)) as gateway:
            assert isinstance(gateway.push([submission()], token)[0], Answer)


def test_health_is_for_people_and_machines(world: World) -> None:
    """
    The health page is a page in a browser and JSON for a monitor, and needs no token.
    """
    with served(world.service) as server:
        _, plain, facts = _raw(server.url, "GET", "/health", b"", "")
        _, page_kind, page = _raw(server.url, "GET", "/health", b"", "", accept="text/html")

    assert (plain, json.loads(facts)["ok"]) == ("application/json", True)
    assert page_kind.startswith("text/html")
    assert b"<td>2026-03-02" in page
    assert "<h1>转办网关运行正常" in page.decode()
    assert "<h1 hidden>转办网关有故障" in page.decode()


def test_the_page_shows_that_nothing_is_carried(world: World) -> None:
    """
    While nothing reaches the hotline the page says so, in words and without a token.
    """
    world.service.carries_well = lambda: False
    with served(world.service) as server:
        _, _, page = _raw(server.url, "GET", "/health", b"", "", accept="text/html")

    assert "<h1 hidden>转办网关运行正常" in page.decode()
    assert "<h1>转办网关有故障" in page.decode()


def test_the_description_describes(world: World) -> None:
    """
    The OpenAPI document names every route and resolves every reference, with the limits inside.
    """
    with served(world.service) as server:
        _, _, raw = _raw(server.url, "GET", "/openapi.json", b"", "")
    document = json.loads(raw)
    schemas = document["components"]["schemas"]

    assert set(document["paths"]) >= {"/v1/sign-in", "/v1/commands", "/v1/changes", "/health"}
    assert set(re.findall(r"#/components/schemas/([^\"]+)", raw.decode())) <= set(schemas)
    assert schemas["Order"]["properties"]["content"]["maxLength"] == 5000


def _with(id: str, action: str, role: str, by: str, transfer: Transfer) -> dict[str, object]:
    step = {
        "action": action,
        "role": role,
        "by": by,
        "at": "2026-03-02T03:00:00Z",
        "reason": "补充",
        "fields": ["content"],
    }
    return {
        "id": f"{id}-{action}",
        "at": "2026-03-02T03:00:00Z",
        "transfer": id,
        "state": transfer.state,
        "revision": transfer.revision,
        "step": step,
    }


def _gateway(url: str) -> HttpGateway:
    site = Site(url=url, connect_s=1.0, total_s=5.0)
    return HttpGateway(site, link=HttpLink(site, Breaker(itertools.count(0.0, 10.0).__next__)))


def _raw(url: str, method: str, path: str, body: bytes, token: str, accept: str = "*/*") -> tuple[int, str, bytes]:
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=10)
    try:
        connection.request(method, path, body or None, {"Authorization": f"Bearer {token}", "Accept": accept})
        response = connection.getresponse()
        return response.status, response.headers.get("Content-Type", ""), response.read()
    finally:
        connection.close()


@contextmanager
def _answering(answer: bytes, *, trickle: bool = False) -> Iterator[str]:
    """Listen and answer everything with the same bytes."""
    listening = socket.create_server(("127.0.0.1", 0))
    done = threading.Event()

    def serve() -> None:
        client, _ = listening.accept()
        with client:
            client.recv(65536)
            client.sendall(answer)
            while trickle and not done.wait(0.02):
                try:
                    client.sendall(b" ")
                except OSError:
                    return

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        done.set()
        thread.join()
        listening.close()
