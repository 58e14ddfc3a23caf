"""Limits that are declared once, beside the field, and checked and published from there."""

import re
import sys
from dataclasses import dataclass
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

from workstation.domain.errors import InvalidValue
from workstation.domain.text import check_text


@dataclass(frozen=True, slots=True)
class Limit:
    """How long a text, how large a number, or in what form; lengths count characters."""

    max_length: int | None = None
    min_length: int | None = None
    least: int | None = None
    most: int | None = None
    pattern: str | None = None


@cache
def limits_of(owner: type) -> tuple[tuple[str, Limit], ...]:
    """Return the declared limits of a dataclass, by field name."""
    hints = get_type_hints(owner, include_extras=True)
    return tuple((name, limit) for name, hint in hints.items() for limit in _limits(hint))


def _limits(hint: Any) -> list[Limit]:  # noqa: ANN401 -- a type hint may be any object
    inner = [limit for part in get_args(hint) if get_origin(part) is not None for limit in _limits(part)]
    return inner + [limit for limit in getattr(hint, "__metadata__", ()) if isinstance(limit, Limit)]


def check_limits(value: object) -> None:
    """Check every declared limit of a dataclass instance.

    Raises:
        InvalidValue: Naming the first field that is out of its limits.
    """
    owner: Any = type(value)  # a class is hashable, whatever its metaclass's signature says
    for name, limit in limits_of(owner):
        _check(name, getattr(value, name), limit)


def check_field(owner: type, name: str, value: str) -> None:
    """Check *value*, typed on one line, as field *name* of the dataclass *owner*, before there is one.

    Raises:
        InvalidValue: It is out of the field's limits, or holds a character that nobody can see.
    """
    check_text(name, value, limit=sys.maxsize)
    for field, limit in limits_of(owner):
        if field == name:
            _check(name, value, limit)


def _check(name: str, value: object, limit: Limit) -> None:
    if value is None:
        return
    if isinstance(value, int):
        _check_range(name, value, limit)
        return
    text = value if isinstance(value, str | tuple) else getattr(value, "text", "")
    length = len(text)
    if limit.max_length is not None and length > limit.max_length:
        raise InvalidValue(name, "too_long", limit=limit.max_length, actual=length)
    if limit.min_length is not None and length < limit.min_length:
        raise InvalidValue(name, "too_short", limit=limit.min_length, actual=length)
    if limit.pattern is not None and isinstance(text, str) and not re.fullmatch(limit.pattern, text):
        raise InvalidValue(name, "wrong_form")


def _check_range(name: str, value: int, limit: Limit) -> None:
    if limit.least is not None and value < limit.least:
        raise InvalidValue(name, "too_small", limit=limit.least)
    if limit.most is not None and value > limit.most:
        raise InvalidValue(name, "too_large", limit=limit.most)
