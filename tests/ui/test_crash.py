"""The promises of the crash hook."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from workstation.ui.crash import CrashHook, without_personal_data

SPOKEN = "王先生 19900001234"


@pytest.mark.expected_logs("unexpected error type=ValueError")
def test_a_report_holds_no_personal_data(tmp_path: Path, qtbot: QtBot) -> None:
    """
    The report names the error and the lines it passed, and nothing a citizen said.
    """
    hook = CrashHook(tmp_path / "crashes", "0.1", lambda: datetime(2026, 4, 11, 21, 47, 9, tzinfo=UTC))
    with qtbot.waitSignal(hook.crashed) as crashed:
        try:
            _fail(SPOKEN)
        except ValueError as error:
            path = hook.report(error)

    assert path is not None
    assert crashed.args == [str(path)]
    text = path.read_text(encoding="utf-8")
    assert "ValueError" in text
    assert "KeyError" in text
    assert "test_crash.py:" in text
    assert "19900001234" not in text
    assert "王" not in text


@pytest.mark.expected_logs("unexpected error type=ValueError", "crash report not written")
def test_a_report_that_cannot_be_written_is_still_announced(tmp_path: Path, qtbot: QtBot) -> None:
    """
    On a full or read-only disk the window still learns that something went wrong.
    """
    blocked = tmp_path / "file"
    blocked.write_text("")
    hook = CrashHook(blocked, "0.1", lambda: datetime(2026, 4, 11, 21, 47, 9, tzinfo=UTC))

    with qtbot.waitSignal(hook.crashed) as crashed:
        hook.report(ValueError())

    assert crashed.args == [""]


def test_qt_messages_lose_what_could_be_personal() -> None:
    """
    A complaint of Qt is logged without digits and without Chinese text.
    """
    assert without_personal_data(f"cannot draw {SPOKEN} here") == "cannot draw ? ########### here"


def _fail(said: str) -> None:
    try:
        dict[str, str]()[said]
    except KeyError as error:
        raise ValueError(said) from error
