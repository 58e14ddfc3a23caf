"""The OpenAPI 3.1 description of the gateway, made from the same classes that read and write the messages."""

from typing import Any

from workstation.domain.transfer import Transfer
from workstation.protocol.messages import (
    MESSAGES,
    Batch,
    Changes,
    Credential,
    Health,
    Holder,
    IncidentQuery,
    Incidents,
    Problem,
    Reading,
    Readings,
    Results,
    SignIn,
    SignOut,
)
from workstation.protocol.schema import API_VERSION, json_schema


def description() -> dict[str, Any]:
    """Return the description as plain JSON types."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Workstation gateway",
            "version": API_VERSION,
            "summary": "Commands go up, snapshots come down.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "paths": _paths(),
        "components": {
            "schemas": json_schema(*MESSAGES, Transfer),
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _paths() -> dict[str, Any]:
    after = {"name": "after", "in": "query", "required": False, "schema": {"type": "string"}}
    id_ = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
    return {
        "/v1/sign-in": {"post": _operation("Sign in", SignIn, Credential, open_to_all=True)},
        "/v1/sign-out": {"post": _operation("Sign out", SignOut, None)},
        "/v1/me": {"get": _operation("Who holds the token", None, Holder)},
        "/v1/commands": {"post": _operation("Decide up to 50 commands, each with its own result", Batch, Results)},
        "/v1/changes": {
            "get": {**_operation("Snapshots changed after a cursor", None, Changes), "parameters": [after]}
        },
        "/v1/transfers/{id}": {"get": {**_operation("One transfer", None, Transfer), "parameters": [id_]}},
        "/v1/incidents/query": {"post": _operation("Earlier incidents", IncidentQuery, Incidents)},
        "/v1/reading": {"post": _operation("Who reads an order", Reading, Readings)},
        "/health": {"get": _operation("How the gateway feels", None, Health, open_to_all=True)},
    }


def _operation(summary: str, body: type | None, answer: type | None, *, open_to_all: bool = False) -> dict[str, Any]:
    good = {"200": {"description": "OK", "content": _json(answer)}} if answer else {"204": {"description": "Done"}}
    problem = _json(Problem, "application/problem+json")
    operation: dict[str, Any] = {
        "summary": summary,
        "responses": {
            **good,
            "422": {"description": "Refused for good; the problem says why", "content": problem},
            "503": {"description": "Try later", "content": problem},
        },
    }
    if body is not None:
        operation["requestBody"] = {"required": True, "content": _json(body)}
    if not open_to_all:
        operation["security"] = [{"token": []}]
    if not open_to_all or answer is Credential:
        operation["responses"]["401"] = {"description": "Sign in (again)", "content": problem}
    return operation


def _json(kind: type, media_type: str = "application/json") -> dict[str, Any]:
    return {media_type: {"schema": {"$ref": f"#/components/schemas/{kind.__name__}"}}}
