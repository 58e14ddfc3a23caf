"""The JSON Schema of messages, made from the classes that read and write them, with every declared limit."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final, get_type_hints

import msgspec

from workstation.domain.limits import Limit, limits_of

API_VERSION: Final = "1"
"""The version of the messages, as it stands in the routes."""

_PREFIX: Final = "#/components/schemas/"


def json_schema(*wanted: type) -> dict[str, Any]:
    """Return the schemas of *wanted* and of all they hold, by the name on the wire.

    A kind that has the name of a message is told apart by its module: ``QuestionsAnswer``.
    """
    _, made = msgspec.json.schema_components(
        wanted, schema_hook=lambda _: {"type": "string"}, ref_template=_PREFIX + "{name}"
    )
    for kind in _reachable(wanted):
        # Two kinds of one name are told apart by their module.
        properties = (made.get(kind.__name__) or made[_full_name(kind)])["properties"]
        for name, limit in limits_of(kind):
            properties[name].update(_as_schema(limit, of="Items" if "items" in properties[name] else "Length"))
        for name, hint in get_type_hints(kind).items():
            if datetime in _parts(hint):
                _mark_time(properties[name])
    names = {full: _wire_name(full, wanted) for full in made}
    return {names[full]: _renamed(schema, names) | {"title": names[full]} for full, schema in made.items()}


def _full_name(kind: type) -> str:
    return f"{kind.__module__}.{kind.__name__}"


def _wire_name(name: str, wanted: tuple[type, ...]) -> str:
    module, _, short = name.rpartition(".")
    if not module or name in map(_full_name, wanted):
        return short
    return module.rpartition(".")[2].title().replace("_", "") + short


def _renamed(part: Any, names: dict[str, str]) -> Any:  # noqa: ANN401 -- plain JSON
    if isinstance(part, dict):
        return {key: _renamed(value, names) for key, value in part.items()}
    if isinstance(part, list | tuple):
        return [_renamed(value, names) for value in part]
    if isinstance(part, str) and part.startswith(_PREFIX):
        return _PREFIX + names[part.removeprefix(_PREFIX)]
    return part


def _mark_time(schema: dict[str, Any]) -> None:
    """Say that a text is a moment with its zone: the decoder would take one without, and the gateway refuses it."""
    for part in (schema, schema.get("items", {}), *schema.get("anyOf", ())):
        if part.get("type") == "string":
            part["format"] = "date-time"


def _reachable(wanted: tuple[type, ...]) -> list[type]:
    seen: dict[Any, None] = {}
    for kind in wanted:
        _walk(kind, seen)
    return [kind for kind in seen if hasattr(kind, "__dataclass_fields__")]


def _walk(kind: Any, seen: dict[Any, None]) -> None:  # noqa: ANN401 -- any hint
    if kind in seen:
        return
    seen[kind] = None
    fields = get_type_hints(kind).values() if hasattr(kind, "__dataclass_fields__") else ()
    for inner in (*getattr(kind, "__args__", ()), *fields):
        _walk(inner, seen)


def _parts(hint: Any) -> Iterator[Any]:  # noqa: ANN401 -- any hint
    yield hint
    for inner in getattr(hint, "__args__", ()):
        yield from _parts(inner)


def _as_schema(limit: Limit, of: str) -> dict[str, object]:
    names = {
        f"max{of}": limit.max_length,
        f"min{of}": limit.min_length,
        "minimum": limit.least,
        "maximum": limit.most,
        # A form is that of the whole text here, and of a part of it there.
        "pattern": None if limit.pattern is None else f"^(?:{limit.pattern})$",
    }
    return {name: value for name, value in names.items() if value is not None}
