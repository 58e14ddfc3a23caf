"""What the gateway promises while links lose, people act at random and processes die."""

import itertools
import os
import re
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from tests.contract.gateway_parts import (
    TestClock,
    act,
    make_service,
    make_stand_in,
    sign_in,
    snapshot,
    submission,
)
from tests.contract.gateway_world import approval, served
from tests.faults.gateway_model import Model
from tests.faults.lossy_link import LossyHotline, lossy, seeded
from workstation.adapters.breaker import Breaker
from workstation.adapters.http_gateway import HttpGateway
from workstation.adapters.http_link import HttpLink, Site
from workstation.domain.command import Command
from workstation.domain.errors import Unavailable
from workstation.domain.identity import TransferId
from workstation.domain.lifecycle import Action, Role, State
from workstation.domain.transfer import Transfer
from workstation.gateway.hotline_stand_in import Manner
from workstation.gateway.service import open_service
from workstation.gateway.sqlite_file import check
from workstation.protocol.messages import Answer, Problem

pytestmark = pytest.mark.faults


def _stubborn(url: str) -> HttpGateway:
    """Make a client whose breaker always looks again, because here the link is bad all the time."""
    site = Site(url=url, total_s=20.0)
    return HttpGateway(site, link=HttpLink(site, Breaker(itertools.count(0.0, 10.0).__next__)))


def _until_answered(gateway: HttpGateway, command: Command, token: str) -> Answer | Problem:
    while True:
        try:
            return gateway.push([command], token)[0]
        except Unavailable:
            continue


def test_exactly_once_through_a_bad_link(tmp_path: Path, counted: Callable[[int, int], int]) -> None:
    """
    Through a link that loses requests, loses answers, doubles and reorders, n commands have exactly n effects.
    """
    count = counted(200, 2000)
    clock = TestClock()
    hotline = make_stand_in(clock, Manner(disorder=seeded(7)))
    service = make_service(tmp_path / "gateway.db", clock, hotline)
    with served(service) as server, lossy(server.url, seed=110) as url:
        taker = sign_in(service, "taker1")
        officer = sign_in(service, "officer1", Role.DUTY_OFFICER)

        def journey(_: int) -> list[Answer | Problem]:
            # The feed is asked as well: a lost page must not matter either.
            with closing(_stubborn(url)) as gateway:
                first = _until_answered(gateway, submission(), taker)
                pending = snapshot(first)
                back = _until_answered(gateway, act(pending, Action.WITHDRAW, Role.CALL_TAKER, "taker1"), taker)
                again = act(snapshot(back), Action.SUBMIT, Role.CALL_TAKER, "taker1", order=pending.order)
                anew = _until_answered(gateway, again, taker)
                return [first, back, anew, _until_answered(gateway, approval(snapshot(anew)), officer)]

        with ThreadPoolExecutor(8) as desks:
            answers = [answer for done in desks.map(journey, range(count // 4)) for answer in done]
    approved = [answer.transfer for answer in answers if isinstance(answer, Answer)]
    transfers = {t.id: service.transfer(t.id, taker) for t in approved if t is not None}
    effects = sum(len(transfer.steps) + len(transfer.notes) for transfer in transfers.values())
    service.close()

    assert len(answers) == len(approved) == count
    assert len({answer.command for answer in answers if isinstance(answer, Answer)}) == count
    assert effects == count
    assert {t.state for t in transfers.values()} == {State.APPROVED}
    _hotline_hears_each_once(tmp_path, clock, transfers)
    hotline.close()


def _hotline_hears_each_once(folder: Path, clock: TestClock, transfers: dict[TransferId, Transfer]) -> None:
    """Carry all orders over a bad link to a disorderly hotline, and back."""
    hotline = make_stand_in(clock, Manner(disorder=seeded(8)))
    bad = LossyHotline(hotline, seeded(12345))
    with closing(open_service(folder / "gateway.db", bad, clock=clock)) as service:
        token = sign_in(service, "taker1")
        for _ in range(40 * len(transfers) + 100):
            service.dispatch()
            clock.move(timedelta(seconds=1))
            if not service.health().waiting_for_hotline and not hotline.collect():
                break
        ends = Counter(service.transfer(id, token).state for id in transfers)

    assert Counter(hotline.orders()) == Counter((id, Action.RELEASE) for id in transfers)
    assert ends == Counter({State.CLOSED: len(transfers)})
    hotline.close()


def test_random_people_break_no_rule(tmp_path: Path, counted: Callable[[int, int], int]) -> None:
    """
    Whatever several people and the hotline try at random: no illegal step, no unapproved release, nothing undone.
    """
    steps = counted(10_000, 100_000)
    clock = TestClock()
    hotline = make_stand_in(clock)
    with closing(make_service(tmp_path / "gateway.db", clock, hotline)) as service:
        model = Model(service, hotline, seeded(2026))
        while model.tried < steps:
            model.round()

    hotline.close()
    assert model.tried >= steps
    # The walk must have been somewhere, or it proves nothing.
    assert len(model.seen_states) >= 17, model.seen_states
    assert model.accepted > steps // 20
    assert model.refused > steps // 20


def test_kill_9_loses_and_doubles_nothing(tmp_path: Path, counted: Callable[[int, int], int]) -> None:
    """
    A gateway killed in the middle of its work has kept every acknowledged command, once, in a sound file.
    """
    clock = TestClock()
    hotline = make_stand_in(clock)
    service = make_service(tmp_path / "gateway.db", clock, hotline)
    service.close()
    hotline.close()
    commands: list[Command] = []
    acknowledged: set[str] = set()
    dice = seeded(9)
    for _ in range(counted(3, 25)):
        mine = [submission() for _ in range(400)]
        acknowledged |= _killed_at_work(tmp_path, mine, dice.uniform(0.02, 0.4))
        commands += mine
    check(tmp_path / "gateway.db", thorough=True)
    with _running(tmp_path) as url, closing(HttpGateway(Site(url=url))) as gateway:
        token = sign_in(gateway, "taker1")
        before = {transfer.id for transfer in _everything(gateway, token)}
        lost = {command.id for command in commands if command.id in acknowledged and command.transfer not in before}
        gateway.push(commands, token)
        after = list(_everything(gateway, token))

    assert acknowledged
    assert lost == set()
    assert Counter(t.id for t in after) == Counter(c.transfer for c in commands)
    assert {len(t.steps) for t in after} == {1}


def _everything(gateway: HttpGateway, token: str) -> Sequence[Transfer]:
    found: list[Transfer] = []
    page = gateway.pull("", token)
    found += page.transfers
    while page.more:
        page = gateway.pull(page.cursor, token)
        found += page.transfers
    return found


def _killed_at_work(folder: Path, commands: Sequence[Command], after_s: float) -> set[str]:
    """Push from four desks, kill the gateway meanwhile, and return the ids that were acknowledged before."""
    acknowledged: set[str] = set()
    with _running(folder) as url, closing(HttpGateway(Site(url=url))) as gateway:
        token = sign_in(gateway, "taker1")

        def desk(number: int) -> None:
            for start in range(number, len(commands), 4 * 5):
                batch = commands[start : start + 4 * 5 : 4]
                try:
                    acknowledged.update(a.command for a in gateway.push(batch, token) if isinstance(a, Answer))
                except Unavailable:
                    return

        killer = threading.Timer(after_s, _running.last.send_signal, (signal.SIGKILL,))
        killer.start()
        with ThreadPoolExecutor(4) as desks:
            list(desks.map(desk, range(4)))
        killer.join()
    return acknowledged


class _running:  # noqa: N801 -- a context manager, used like a function
    """A gateway process of its own, on a free port."""

    last: "subprocess.Popen[str]"

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __enter__(self) -> str:
        command = [sys.executable, "-m", "workstation", "gateway", "--port", "0", "--data-dir", str(self._folder)]
        self._process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=os.environ.copy()
        )
        type(self).last = self._process
        assert self._process.stdout is not None
        found = re.search(r"http://\S+", self._process.stdout.readline())
        assert found is not None
        return found.group()

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.communicate(timeout=30)
