"""The reading of one hand-written YAML file: every mistake is named by file, line and field."""

import re
from dataclasses import fields, is_dataclass
from pathlib import Path
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

import yaml

from workstation.domain.errors import InvalidValue
from workstation.protocol.codec import from_plain

T = TypeVar("T")

_PLACE = re.compile(r"at `\$\.?(.*?)`")
_STEP = re.compile(r"\[(\d+)\]|\[\.\.\.\]|([^.\[\]]+)")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Place = tuple[str | int, ...]


def read_yaml(path: Path, wanted: type[T]) -> T:
    """Read *path* as one *wanted*; a field nobody knows is a mistake, not a comment.

    Raises:
        InvalidValue: With the facts file, line, field and detail.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise _mistake(path, 0, "", type(error).__name__) from error
    try:
        plain = yaml.load(text, Loader=_LOADER)  # noqa: S506 -- both are the safe loader
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise _mistake(path, line, "", error.problem or "") from error
    _check_names(path, text, plain, wanted, ())
    try:
        return from_plain(plain, wanted)
    except InvalidValue as error:
        detail = str(error.facts.get("detail", error))
        place = _place(detail)
        raise _mistake(path, _line(text, place), _shown(place), detail) from error


def _check_names(path: Path, text: str, plain: object, wanted: Any, place: Place) -> None:  # noqa: ANN401
    """Refuse a key that the wanted type does not have."""
    if is_dataclass(wanted) and isinstance(plain, dict):
        hints = get_type_hints(wanted)
        known = {f.name for f in fields(wanted)}
        for name, value in plain.items():
            if name not in known:
                here = (*place, str(name))
                raise _mistake(path, _line(text, here), _shown(here), "unknown field")
            _check_names(path, text, value, hints[name], (*place, name))
        return
    inner = [kind for kind in get_args(wanted) if kind is not type(None) and kind is not ...]
    if get_origin(wanted) in (Union, UnionType):
        for kind in inner:
            _check_names(path, text, plain, kind, place)
    elif isinstance(plain, list) and inner:
        for count, value in enumerate(plain):
            _check_names(path, text, value, inner[0], (*place, count))
    elif isinstance(plain, dict) and inner:
        for name, value in plain.items():
            _check_names(path, text, value, inner[-1], (*place, str(name)))


def _mistake(path: Path, line: int, field: str, detail: str) -> InvalidValue:
    return InvalidValue(field or path.name, "bad_content", file=path.name, line=line, detail=detail)


def _place(detail: str) -> Place:
    """Read the place out of the decoder's sentence."""
    found = _PLACE.search(detail)
    steps = _STEP.finditer(found[1]) if found else ()
    return tuple(int(step[1]) if step[1] else step[2] or "" for step in steps)


def _shown(place: Place) -> str:
    return "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in place).lstrip(".")


def _line(text: str, place: Place) -> int:
    """Find the line of a place by walking the parsed nodes, as far as the place can be followed."""
    node = yaml.compose(text, Loader=_LOADER)
    for step in place:
        inner = _step_into(node, step)
        if inner is None:
            break
        node = inner
    return node.start_mark.line + 1 if node is not None else 0


def _step_into(node: yaml.Node | None, step: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        found: yaml.Node = node.value[step]
        return found
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == step), None)
    return None
