"""The one codec for wire, cache documents, YAML content and TOML settings."""

from functools import cache
from typing import Any, TypeVar, get_type_hints

import msgspec

from workstation.domain.errors import InvalidValue
from workstation.domain.limits import Limit, limits_of
from workstation.domain.privacy import PERSONAL

T = TypeVar("T")


def _to_wire(value: Any) -> str:  # noqa: ANN401 -- msgspec's hook takes any object
    if isinstance(value, PERSONAL):
        return value.text
    raise NotImplementedError(type(value).__name__)


def _from_wire(wanted: type, value: Any) -> Any:  # noqa: ANN401
    if wanted in PERSONAL and isinstance(value, str):
        return wanted(value)
    raise TypeError(f"expected a text for {wanted.__name__}")


_ENCODER = msgspec.json.Encoder(enc_hook=_to_wire, order="deterministic")


@cache
def _decoder(wanted: Any) -> msgspec.json.Decoder[Any]:  # noqa: ANN401 -- any type may be wanted
    return msgspec.json.Decoder(wanted, dec_hook=_from_wire)


def encode(value: object) -> bytes:
    """Return *value* as UTF-8 JSON; personal value objects become plain strings."""
    return _ENCODER.encode(value)


def decode(raw: bytes, wanted: type[T]) -> T:
    """Return the object that JSON *raw* describes; unknown fields are ignored.

    Raises:
        InvalidValue: Not JSON, or not this shape; ``facts["detail"]`` names the place.
    """
    kind: Any = wanted  # a class is hashable, whatever its metaclass's signature says
    try:
        found: T = _decoder(kind).decode(raw)
    except msgspec.MsgspecError as error:
        raise _as_invalid(wanted, error) from error
    except (UnicodeDecodeError, RecursionError) as error:
        raise _as_unreadable(wanted, error) from error
    return found


def decode_yaml(raw: bytes, wanted: type[T]) -> T:
    """Return the object that YAML *raw* describes.

    Raises:
        InvalidValue: Not YAML, or not this shape.
    """
    try:
        return msgspec.yaml.decode(raw, type=wanted, dec_hook=_from_wire)
    except msgspec.MsgspecError as error:
        raise _as_invalid(wanted, error) from error


def decode_toml(raw: bytes, wanted: type[T]) -> T:
    """Return the object that TOML *raw* describes.

    Raises:
        InvalidValue: Not TOML, or not this shape.
    """
    try:
        return msgspec.toml.decode(raw, type=wanted, dec_hook=_from_wire)
    except msgspec.MsgspecError as error:
        raise _as_invalid(wanted, error) from error
    except (UnicodeDecodeError, RecursionError) as error:
        raise _as_unreadable(wanted, error) from error


def from_plain(value: object, wanted: type[T]) -> T:
    """Return the object that plain dictionaries, lists and scalars describe.

    Raises:
        InvalidValue: Not this shape.
    """
    try:
        return msgspec.convert(value, wanted, dec_hook=_from_wire)
    except msgspec.MsgspecError as error:
        raise _as_invalid(wanted, error) from error


def _as_invalid(wanted: type, error: msgspec.MsgspecError) -> InvalidValue:
    if isinstance(error.__cause__, InvalidValue):
        return error.__cause__
    return InvalidValue(getattr(wanted, "__name__", str(wanted)), "wrong_shape", detail=str(error))


def _as_unreadable(wanted: type, error: Exception) -> InvalidValue:
    problem = "not_utf8" if isinstance(error, UnicodeDecodeError) else "too_deep"
    return InvalidValue(getattr(wanted, "__name__", str(wanted)), problem)


def json_schema(*wanted: type) -> dict[str, Any]:
    """Return one JSON Schema document for *wanted*, with the declared limits inside."""
    _, components = msgspec.json.schema_components(
        wanted, schema_hook=lambda _: {"type": "string"}, ref_template="#/components/schemas/{name}"
    )
    for kind in _reachable(wanted):
        # Two kinds of one name are told apart by their module.
        named = components.get(kind.__name__) or components[f"{kind.__module__}.{kind.__name__}"]
        properties = named["properties"]
        for name, limit in limits_of(kind):
            properties[name].update(_as_schema(limit, of="Items" if "items" in properties[name] else "Length"))
    return components


def _reachable(wanted: tuple[type, ...]) -> list[type]:
    return [kind for kind in dict.fromkeys(_walk(wanted)) if hasattr(kind, "__dataclass_fields__")]


def _walk(kinds: tuple[Any, ...], seen: set[Any] | None = None) -> list[Any]:
    seen = set() if seen is None else seen
    found: list[Any] = []
    for kind in kinds:
        if kind in seen:
            continue
        seen.add(kind)
        found.append(kind)
        inner = getattr(kind, "__args__", ())
        if hasattr(kind, "__dataclass_fields__"):
            inner = tuple(get_type_hints(kind).values())
        found += _walk(tuple(inner), seen)
    return found


def _as_schema(limit: Limit, of: str) -> dict[str, object]:
    names = {
        f"max{of}": limit.max_length,
        f"min{of}": limit.min_length,
        "minimum": limit.least,
        "maximum": limit.most,
        "pattern": limit.pattern,
    }
    return {name: value for name, value in names.items() if value is not None}
