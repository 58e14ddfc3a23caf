"""A station without a keyring: nobody's password locks the cache before the gateway has checked it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from workstation.adapters.data_root import DataRoot
from workstation.adapters.secrets_errors import NoKeyring, NotEnrolled
from workstation.bootstrap.practice import PRACTICE_CALL_TAKER, PRACTICE_OFFICER, PRACTICE_PASSWORD, PracticeParts
from workstation.bootstrap.station import DeskStation
from workstation.bootstrap.workers import make_workers
from workstation.domain.errors import SignInNeeded
from workstation.domain.lifecycle import Role
from workstation.protocol.messages import SignIn
from workstation.settings import read_settings

if TYPE_CHECKING:
    from pathlib import Path

TAKER = SignIn(user=PRACTICE_CALL_TAKER, password=PRACTICE_PASSWORD, seat="06", role=Role.CALL_TAKER)
OFFICER = SignIn(user=PRACTICE_OFFICER, password=PRACTICE_PASSWORD, seat="06", role=Role.DUTY_OFFICER)
MISTYPED = SignIn(user=PRACTICE_CALL_TAKER, password="mistyped-once", seat="06", role=Role.CALL_TAKER)


@pytest.fixture(autouse=True)
def _without_a_keyring(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path / 'nobody'}")


def sign_in(folder: Path, *requests: SignIn) -> None:
    """Start the station at *folder*, sign in one after the other, and close it."""
    workers = make_workers()
    station = DeskStation(read_settings(seat="06"), folder, PracticeParts(plays_officer=False), workers)
    try:
        assert station.open().secrets == "wrapped"
        for request in requests:
            station.sign_in(request)
    finally:
        for lane in (workers.net, workers.read, workers.write):
            lane.shutdown()
        station.close()


def test_a_mistyped_password_locks_nothing(tmp_path: Path) -> None:
    """
    Whoever mistypes at the very first start gets in at the second try, and at every later start.
    """
    with pytest.raises(SignInNeeded):
        sign_in(tmp_path, MISTYPED)

    sign_in(tmp_path, TAKER)
    sign_in(tmp_path, TAKER)


def test_who_signed_in_beside_somebody_may_start_alone(tmp_path: Path) -> None:
    """
    A second operator is let in by the open console once, and afterwards opens it alone.
    """
    sign_in(tmp_path, TAKER)
    with pytest.raises(NotEnrolled):
        sign_in(tmp_path, OFFICER)

    sign_in(tmp_path, TAKER, OFFICER)

    sign_in(tmp_path, OFFICER)


def test_a_station_that_could_not_open_lets_go_and_may_be_opened_again(tmp_path: Path) -> None:
    """
    Whatever kept the data root from opening is told each time by its own name, and the root is free meanwhile.
    """
    with DataRoot(tmp_path) as root:
        root.adopt_key(bytes(range(32)), "keyring")
    workers = make_workers()
    station = DeskStation(read_settings(seat="06"), tmp_path, PracticeParts(plays_officer=False), workers)
    try:
        for _ in range(2):
            with pytest.raises(NoKeyring):
                station.open()
            DataRoot(tmp_path).close()
        (tmp_path / "root.json").unlink()

        assert station.open().secrets == "wrapped"
    finally:
        for lane in (workers.net, workers.read, workers.write):
            lane.shutdown()
        station.close()
