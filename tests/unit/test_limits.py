"""Limits are declared beside the field, checked there and published from there."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from dataclasses import dataclass, is_dataclass
from typing import Annotated

import pytest

import workstation.domain
import workstation.protocol
from workstation.domain.errors import InvalidValue
from workstation.domain.intake import Intake
from workstation.domain.limits import Limit, check_field, check_limits, limits_of
from workstation.domain.privacy import PersonName


@dataclass(frozen=True, slots=True)
class Sample:
    """One of everything that a limit can hold."""

    text: Annotated[str, Limit(max_length=3, min_length=1)] = "a"
    name: Annotated[PersonName, Limit(max_length=2)] = PersonName("王")  # noqa: RUF009 -- immutable
    many: Annotated[tuple[str, ...], Limit(max_length=2)] = ()
    count: Annotated[int | None, Limit(least=1, most=9)] = 1
    form: Annotated[str, Limit(pattern="[0-9]{2}")] = "07"
    free: str = "anything"

    def __post_init__(self) -> None:
        check_limits(self)


@pytest.mark.parametrize(
    ("field", "good", "bad", "problem"),
    [
        ("text", "", "", "too_short"),
        ("text", "abc", "abcd", "too_long"),
        ("text", "\U0001f600\U00020bb7号", "四个汉字", "too_long"),
        ("name", PersonName("王五"), PersonName("王小五"), "too_long"),
        ("many", ("a", "b"), ("a", "b", "c"), "too_long"),
        ("count", 9, 10, "too_large"),
        ("count", 1, 0, "too_small"),
        ("count", None, -1, "too_small"),
        ("form", "99", "9", "wrong_form"),
        ("form", "99", "999", "wrong_form"),
        ("form", "99", "99\n", "wrong_form"),
    ],
)
def test_a_limit_is_held(field: str, good: object, bad: object, problem: str) -> None:
    """
    The last good value passes and the first bad one is refused by field and code, without being repeated.
    """
    if good != bad:
        assert getattr(Sample(**{field: good}), field) == good  # type: ignore[arg-type]

    with pytest.raises(InvalidValue) as refused:
        Sample(**{field: bad})  # type: ignore[arg-type]

    assert (refused.value.field, refused.value.problem) == (field, problem)
    assert str(bad) == "" or str(bad) not in str(refused.value.facts)


def test_limits_are_found_by_field() -> None:
    """
    A field without a limit has none, and the others are listed once.
    """
    assert [name for name, _ in limits_of(Sample)] == ["text", "name", "many", "count", "form"]


@pytest.mark.parametrize("unseen", ["\x07", "\u202e", "\u200b", "\x00", "\x1b"])
def test_a_typed_line_has_no_unseen_characters(unseen: str) -> None:
    """
    The check of a length is also that of the characters: what nobody can see is refused where it is typed.
    """
    with pytest.raises(InvalidValue) as refused:
        check_field(Sample, "free", f"甲{unseen}")

    assert (refused.value.field, refused.value.problem) == ("free", "control_character")


def test_a_value_is_checked_before_there_is_a_record() -> None:
    """
    What is typed for one field is refused where it is typed, by the field's own limits.
    """
    check_field(Sample, "text", "abc")
    with pytest.raises(InvalidValue) as refused:
        check_field(Sample, "text", "x" * 10_000)

    assert (refused.value.field, refused.value.problem) == ("text", "too_long")


def test_every_declared_limit_is_checked() -> None:
    """
    No class of the domain or the protocol declares a limit and forgets to check it; only a form takes everything.
    """
    found = [kind for kind in _dataclasses() if limits_of(kind)]
    unchecked = [kind for kind in found if not _checks(kind)]

    assert len(found) > 10
    assert unchecked == [Intake]


def _checks(kind: type) -> bool:
    check = getattr(kind, "__post_init__", None)
    return check is not None and "check_limits" in check.__code__.co_names


def _dataclasses() -> list[type]:
    kinds: dict[type, None] = {}
    for package in (workstation.domain, workstation.protocol):
        for module in pkgutil.iter_modules(package.__path__, package.__name__ + "."):
            for _, kind in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
                if is_dataclass(kind) and kind.__module__ == module.name:
                    kinds[kind] = None
    return list(kinds)
