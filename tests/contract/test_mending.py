"""Mending a returned order with real caches on several consoles, through both doors: nobody's newer text is lost."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.contract.gateway_parts import PASSWORD
from tests.contract.gateway_world import DOORS, World, opened
from tests.unit.desk_parts import DECIDED, REPOSITORY, SAFE, SHEET
from workstation.adapters.content_yaml import read_content
from workstation.adapters.data_root import DataRoot
from workstation.adapters.sql_store import SqlStore
from workstation.desk.author import Author
from workstation.desk.desk import Desk
from workstation.desk.form import FormDesk
from workstation.desk.mending import Mending
from workstation.desk.ports import Transaction
from workstation.desk.session import Session
from workstation.desk.sync import Report, Sync
from workstation.domain.identity import TransferId, uuid7
from workstation.domain.incident import Incident
from workstation.domain.lifecycle import Action, Role, State
from workstation.protocol.messages import SignIn

WORDING = read_content(REPOSITORY / "resources").wording


class Seat:
    """One person at one console with a cache of its own."""

    def __init__(self, world: World, folder: Path, user: str, seat: str, *, ahead: timedelta = timedelta(0)) -> None:
        role = Role.DUTY_OFFICER if user.startswith("officer") else Role.CALL_TAKER
        self._world = world
        self.store = SqlStore.open(DataRoot(folder / f"{user}-{seat}"), bytes(range(32)))
        session = Session(world.gateway.sign_in(SignIn(user=user, password=PASSWORD, seat=seat, role=role)))
        self.clock: Callable[[], datetime] = lambda: world.clock() + ahead
        author = Author(session, self.clock, lambda: uuid7(self.clock()))
        self.token = session.token
        self.desk, self.form = Desk(self.store, author), FormDesk(self.store, author, WORDING)
        self.mending = Mending(self.store, author, self.form, world.gateway)

    def sync(self) -> Report:
        def write(work: Callable[[Transaction], None]) -> None:
            with self.store.begin() as tx:
                work(tx)

        return Sync(self.store, self._world.gateway, self.clock, write).once(self.token)

    def begins(self, text: str) -> Incident:
        begun = self.form.begin()
        return self.types(replace(begun, safety=SAFE, intake=begun.intake.with_value("consent", "yes")), text)

    def types(self, incident: Incident, text: str) -> Incident:
        self.form.keep(replace(incident, intake=incident.intake.with_value("narrative", text)))
        return self.form.incident(incident.id)

    def sends(self, incident: Incident) -> TransferId:
        self._world.clock.move(timedelta(seconds=5))
        sent = self.form.send(incident, SHEET, DECIDED).transfer
        self._world.clock.move(timedelta(seconds=5))
        return sent

    def mends(self, id: TransferId) -> Incident:
        """Press the key that mends: what lies here, or else what the gateway has."""
        return self.mending.here(id) or self.mending.fetch(id)

    def sends_back(self, id: TransferId) -> None:
        self.sync()
        self.desk.act(id, Action.SEND_BACK, reason="楼号不清", fields=("address",))
        self.sync()


@pytest.fixture(params=DOORS)
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    with opened(request.param, tmp_path) as world:
        yield world


@pytest.fixture
def sit(world: World, tmp_path: Path) -> Iterator[Callable[..., Seat]]:
    seats: list[Seat] = []

    def sit(user: str, seat: str, **what: timedelta) -> Seat:
        seats.append(Seat(world, tmp_path, user, seat, **what))
        return seats[-1]

    yield sit
    for seat in seats:
        seat.store.close()


def content(world: World, seat: Seat, id: TransferId) -> tuple[State, str]:
    transfer = world.gateway.transfer(id, seat.token)
    return transfer.state, transfer.order.content


def test_a_copy_that_came_too_late_is_never_taken_for_the_newest(world: World, sit: Callable[..., Seat]) -> None:
    """
    Whose order was mended by a colleague meanwhile mends the colleague's text the next time, not the own old one.
    """
    first, second, officer = sit("taker1", "07"), sit("taker2", "08"), sit("officer1", "01")
    id = first.sends(first.begins("原文"))
    first.sync()
    officer.sends_back(id)
    first.sync()
    second.sync()
    first.sends(first.types(first.mends(id), "断网时写的旧文字"))
    second.sends(second.types(second.mends(id), "补全的新文字"))
    second.sync()
    officer.sends_back(id)
    refused = first.sync().refused
    mended = first.mends(id)
    first.sends(mended)

    assert refused
    assert mended.intake.get("narrative") == "补全的新文字"
    assert first.sync().refused == set()
    assert content(world, first, id)[0] is State.PENDING_APPROVAL
    assert "补全的新文字" in content(world, first, id)[1]


def test_who_changed_seats_mends_what_was_written_at_the_other_one(world: World, sit: Callable[..., Seat]) -> None:
    """
    Back at the old seat, the key fetches what the same person wrote at another; a stale draft sends no order either.
    """
    old, new, officer = sit("taker1", "07"), sit("taker1", "09"), sit("officer1", "01")
    id = old.sends(old.begins("原文"))
    old.sync()
    officer.sends_back(id)
    new.sync()
    new.sends(new.types(new.mends(id), "在九席补好"))
    new.sync()
    officer.sends_back(id)
    old.sync()
    stale = old.form.incident(old.desk.transfer(id).transfer.incident)  # type: ignore[arg-type]  # it has one
    old.sends(stale.reopened(old.clock()))
    refused = old.sync().refused

    assert "原文" in stale.intake.get("narrative")
    assert refused
    assert content(world, old, id) == (State.RETURNED, "市民来电反映：在九席补好。")
    assert old.mends(id).intake.get("narrative") == "在九席补好"


@pytest.mark.parametrize("ahead", [timedelta(0), timedelta(minutes=5)])
def test_fetching_again_keeps_what_was_typed_since(world: World, sit: Callable[..., Seat], ahead: timedelta) -> None:
    """
    A second press of the key, or a clock that is wrong, never puts the old text over what was typed since.
    """
    first, second, officer = sit("taker1", "07", ahead=ahead), sit("taker2", "08"), sit("officer1", "01")
    id = first.sends(first.begins("原文"))
    first.sync()
    officer.sends_back(id)
    second.sync()
    fetched = second.mending.fetch(id)
    second.types(fetched, "已打了一大段")
    world.clock.move(timedelta(seconds=20))
    second.mending.fetch(id)

    assert second.form.incident(fetched.id).intake.get("narrative") == "已打了一大段"
