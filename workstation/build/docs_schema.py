"""The files docs/schema/*.json: the JSON Schema of every message and of what it holds."""

import json
from typing import Any

from workstation.protocol.messages import MESSAGES
from workstation.protocol.schema import API_VERSION, json_schema
from workstation.protocol.telephony import TELEPHONY_MESSAGES

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_PREFIX = "#/components/schemas/"


def schema_pages() -> dict[str, str]:
    """Return every file's text by its name."""
    components = json_schema(*MESSAGES, *TELEPHONY_MESSAGES)
    return {f"{name}.json": _text(name, schema) for name, schema in sorted(components.items())}


def _text(name: str, schema: dict[str, Any]) -> str:
    document = {"$schema": DIALECT, "$id": f"v{API_VERSION}/{name}.json", **_relative(schema)}
    return json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _relative(part: Any) -> Any:  # noqa: ANN401 -- plain JSON
    """Point each reference at the neighbouring file."""
    if isinstance(part, dict):
        return {key: _relative(value) for key, value in part.items()}
    if isinstance(part, list | tuple):
        return [_relative(value) for value in part]
    if isinstance(part, str) and part.startswith(_PREFIX):
        return f"{part.removeprefix(_PREFIX)}.json"
    return part
