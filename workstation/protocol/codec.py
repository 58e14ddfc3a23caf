"""The one codec for wire, cache documents, YAML content and TOML settings."""

from functools import cache
from typing import Any, TypeVar

import msgspec

from workstation.domain.errors import InvalidValue
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


def to_plain(value: object) -> Any:  # noqa: ANN401 -- plain JSON types
    """Return *value* as dictionaries, lists and plain scalars."""
    return msgspec.to_builtins(value, enc_hook=_to_wire)


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
