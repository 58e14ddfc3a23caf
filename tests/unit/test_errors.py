"""Every error a user can meet says what, where and why in codes."""

from __future__ import annotations

import pytest

from workstation.domain.errors import (
    IllegalAction,
    InvalidValue,
    Refused,
    SignInNeeded,
    Stale,
    Unavailable,
    WorkstationError,
)


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (InvalidValue("wish", "too_long", limit=500, actual=501), "wish: too_long actual=501 limit=500"),
        (InvalidValue("wish", "required"), "wish: required"),
        (IllegalAction("approve", "draft", "call_taker"), "approve in draft by call_taker: not_offered"),
        (Stale("draft 0", "returned 1"), "made for draft 0, now returned 1"),
        (Refused("stale", "draft 0"), "stale: draft 0"),
        (Refused("unknown"), "unknown"),
        (SignInNeeded("expired"), "expired"),
        (Unavailable("timeout"), "timeout"),
    ],
)
def test_an_error_reads_as_one_line(error: WorkstationError, text: str) -> None:
    """
    The log gets one line of codes.
    """
    assert str(error) == text
    assert isinstance(error, WorkstationError)


def test_an_error_keeps_its_parts() -> None:
    """
    The window finds the codes apart, to say them in Chinese.
    """
    invalid = InvalidValue("wish", "too_long", limit=500)
    illegal = IllegalAction("approve", "draft", "call_taker", "approver_is_author")
    stale = Stale("draft 0", "returned 1")
    refused = Refused("invalid", "content too_long")

    assert (invalid.field, invalid.problem, invalid.facts) == ("wish", "too_long", {"limit": 500})
    assert isinstance(invalid, ValueError)
    assert (illegal.action, illegal.state, illegal.role, illegal.why) == (
        "approve",
        "draft",
        "call_taker",
        "approver_is_author",
    )
    assert (stale.made_for, stale.current) == ("draft 0", "returned 1")
    assert (refused.problem, refused.detail) == ("invalid", "content too_long")
