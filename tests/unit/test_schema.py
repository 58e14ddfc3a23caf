"""The published schemas: what is refused is what they say, under the names of the wire."""

import re
from typing import Any

from workstation.domain.command import Command
from workstation.domain.incident import Incident
from workstation.domain.transfer import Transfer
from workstation.protocol.messages import MESSAGES
from workstation.protocol.schema import json_schema


def _texts(part: Any) -> list[dict[str, Any]]:
    """Return the schema of each text in *part*."""
    if isinstance(part, list):
        return [found for each in part for found in _texts(each)]
    if isinstance(part, dict):
        own = [part] if part.get("type") == "string" else []
        return own + [found for value in part.values() for found in _texts(value)]
    return []


def test_the_schema_publishes_the_limits() -> None:
    """
    Lengths, ranges and forms that are checked are the ones that are published, lists counted by items.
    """
    schema = json_schema(*MESSAGES)
    order = schema["Order"]["properties"]

    assert order["content"]["maxLength"] == 5000
    assert order["caller_name"] == {"type": "string", "maxLength": 50}
    assert (order["gaps"]["maxItems"], "maxLength" in order["gaps"]) == (40, False)
    assert (order["people_affected"]["minimum"], order["people_affected"]["maximum"]) == (1, 1_000_000)
    assert {kind.__name__ for kind in (Command, Incident, Transfer)} <= set(schema)


def test_the_schema_says_what_a_time_is() -> None:
    """
    Every moment is published as one, also where there may be none, and nothing else is.
    """
    schema = json_schema(*MESSAGES)
    moments = {
        (name, field)
        for name, kind in schema.items()
        for field, part in kind.get("properties", {}).items()
        if any(text.get("format") == "date-time" for text in _texts(part))
    }

    assert moments >= {
        ("Order", "answered_at"),
        ("Order", "saved_at"),
        ("Reading", "at"),
        ("Transfer", "created_at"),
        ("Health", "server_time"),
    }
    assert {field for _, field in moments} == _time_fields(schema)


def _time_fields(schema: dict[str, Any]) -> set[str]:
    return {
        field
        for kind in schema.values()
        for field in kind.get("properties", {})
        if field == "at" or field.endswith(("_at", "_time"))
    }


def test_a_form_is_that_of_the_whole_text() -> None:
    """
    A seat that is refused for its form does not fit the published form either.
    """
    pattern = json_schema(*MESSAGES)["Order"]["properties"]["seat"]["pattern"]

    assert re.search(pattern, "07B")
    assert not re.search(pattern, "07-B")


def test_kinds_are_named_as_on_the_wire() -> None:
    """
    No name of the source stands in the schemas: of two kinds with one name the message keeps it.
    """
    schema = json_schema(*MESSAGES)

    assert not [name for name in schema if "." in name]
    assert "command" in schema["Answer"]["properties"]
    assert "question" in schema["QuestionsAnswer"]["properties"]
    answers = schema["Intake"]["properties"]["answers"]
    assert answers["additionalProperties"] == {"$ref": "#/components/schemas/QuestionsAnswer"}
    assert all(kind["title"] == name for name, kind in schema.items())
