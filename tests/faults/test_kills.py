"""What the window acknowledged survives every kill: the real window, the real gateway, SIGKILL at any moment."""

import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import pytest

from tests.faults.child import Child
from tests.faults.console_process import story
from tests.faults.gateway_process import OFFICER, PASSWORD, TAKER, running
from tests.faults.relay import Moment, Relay, relayed
from workstation.adapters.data_root import DataRoot
from workstation.adapters.http_gateway import HttpGateway
from workstation.adapters.http_link import Site
from workstation.adapters.secrets_wrapped import WrappedSecrets
from workstation.adapters.sql_file import connect
from workstation.domain.lifecycle import Action, Role
from workstation.domain.transfer import Transfer
from workstation.protocol.messages import SignIn

pytestmark = [pytest.mark.faults, pytest.mark.quiet]

CONSOLE = Path(__file__).with_name("console_process.py")
LATEST_S = 6.0
MOMENT_S = 8.0
DRAFT_BACK_S = 5.0
TYPING_LOST_S = 1.0


@dataclass(slots=True)
class Ledger:
    """What every console's screen acknowledged, and what became of it."""

    typed: dict[str, int] = field(default_factory=dict)
    shown: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    back_s: list[float] = field(default_factory=list)
    lost_s: list[float] = field(default_factory=list)
    crowd: float = 1.0
    _last: list[tuple[str, int, float]] = field(default_factory=list)

    def reopened(self, child: Child) -> None:
        """Compare what stands on the new screen with what the one before had shown."""
        for line in child.of("drafts"):
            drafts = line["drafts"]
            assert isinstance(drafts, dict)
            assert line["wrong"] == []
            self.back_s.append(float(str(line["at"])) - child.started)
            self.crowd = max(self.crowd, _crowd())
            assert not self.shown & drafts.keys(), "an order that was sent is a draft again"
            for number, chars in self.typed.items():
                assert drafts.get(number, chars) >= chars, f"more than a second of {number} is lost"
            self.gone |= self.typed.keys() - drafts.keys()
            self.lost_s += [before for number, chars, before in self._last if drafts.get(number, chars) < chars]
            self._last = []

    def note(self, child: Child) -> None:
        """Take down what *child* acknowledged before it was killed."""
        assert not child.of("crash"), child.of("crash")
        self.reopened(child)
        self.shown |= {str(line["shown"]) for line in child.of("shown")}
        for line in child.of("typed"):
            number, chars, at = str(line["typed"]), int(str(line["chars"])), float(str(line["at"]))
            assert number not in self.gone, "a number was given twice"
            self._last.append((number, chars, child.killed - at))
            self.typed.setdefault(number, 0)
            if at <= child.killed - TYPING_LOST_S:
                self.typed[number] = max(self.typed[number], chars)


def test_three_hundred_kills_lose_nothing(
    tmp_path: Path, counted: Callable[[int, int], int], capsys: pytest.CaptureFixture[str]
) -> None:
    """
    Whenever the console is killed, no acknowledged record is lost or doubled, no file is hurt, the draft is back.
    """
    kills, dice, ledger, inside = counted(6, 300), random.Random(110), Ledger(), Counter[str]()  # noqa: S311
    console = tmp_path / "console"
    with running(tmp_path / "gateway") as gateway, relayed(gateway.port) as relay:
        for number in range(kills):
            child = Child(CONSOLE, str(console), relay.url, str(number))
            inside[_kill(child, number, dice, relay, console)] += 1
            child.wait()
            ledger.note(child)
            _check_file(console, tmp_path / "copy")
        last = Child(CONSOLE, str(console), relay.url, "drain")
        last.wait(120)
        assert last.of("drained"), last.told
        ledger.reopened(last)
        orders = orders_of(gateway.url)
    with capsys.disabled():
        sys.stdout.write(f"\n{_summary(kills, ledger, inside, orders)}\n")

    numbers = Counter(order.number for order in orders)
    assert {n: c for n, c in numbers.items() if c > 1} == {}
    assert ledger.shown <= numbers.keys(), "an order whose number was read out never arrived"
    assert ledger.gone <= numbers.keys(), "a draft is gone and no order came of it"
    assert all(story(order.number) in order.order.content for order in orders)
    assert {tuple(step.action for step in order.steps) for order in orders} == {(Action.SUBMIT,)}
    assert ledger.shown
    assert sum(inside.values()) - inside["at any time"] >= kills // 4
    assert max(ledger.back_s) <= DRAFT_BACK_S * ledger.crowd
    assert max(ledger.lost_s, default=0.0) <= TYPING_LOST_S
    assert not list(console.glob("damaged-*"))


def _kill(child: Child, number: int, dice: random.Random, relay: Relay, folder: Path) -> str:
    """Kill at a random time; three of eight inside a commit or a request, if there is one by then."""
    _wait(dice.uniform(0, LATEST_S), child)
    kind = number % 8
    told = "at any time"
    if kind in {1, 3} and _wait_for_a_commit(folder / "cache.db-wal"):
        told = "inside a commit"
    elif kind == 5:
        moment = Moment.HALF_OUT if number % 16 == 5 else Moment.COMING_BACK
        relay.arm(moment, child.kill)
        if relay.called.wait(MOMENT_S):
            told = moment.value
        relay.disarm()
    child.kill()
    return told


def _crowd() -> float:
    """Return how many jobs each processor had to share itself among; a quiet machine has 1."""
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


def _wait(seconds: float, child: Child) -> None:
    try:
        child.process.wait(seconds)
    except subprocess.TimeoutExpired:
        return
    child.wait()
    pytest.fail("the console ended by itself")


def _wait_for_a_commit(log: Path) -> bool:
    """Wait until the write-ahead log is being written: the disk has not said yet that it has it."""
    end = time.monotonic() + MOMENT_S
    while not log.exists() and time.monotonic() < end:
        time.sleep(0.001)
    before = _touched(log)
    while time.monotonic() < end:
        if _touched(log) != before:
            return True
    return False


def _touched(log: Path) -> int:
    try:
        return log.stat().st_mtime_ns
    except OSError:
        return 0


def _check_file(folder: Path, copy: Path) -> None:
    """Check a copy of the file and its log, so that the next console itself mends what a kill left."""
    if not (folder / "cache.db").exists():
        return
    shutil.rmtree(copy, ignore_errors=True)
    copy.mkdir()
    for file in folder.glob("cache.db*"):
        if not file.name.endswith("-shm"):
            shutil.copy(file, copy)
    with closing(connect(copy / "cache.db", _key(folder))) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        assert connection.execute("PRAGMA cipher_integrity_check").fetchall() == []


def _key(folder: Path) -> bytes:
    with closing(DataRoot(folder)) as root:
        key = WrappedSecrets(folder, root.id, TAKER, PASSWORD).get()
    assert key is not None
    return key


def orders_of(url: str) -> list[Transfer]:
    """Return every order that the gateway has."""
    with closing(HttpGateway(Site(url=url))) as gateway:
        token = gateway.sign_in(SignIn(user=OFFICER, password=PASSWORD, seat="99", role=Role.DUTY_OFFICER)).token
        found, cursor, more = list[Transfer](), "", True
        while more:
            changes = gateway.pull(cursor, token)
            cursor, more = changes.cursor, changes.more
            found += changes.transfers
    return found


def _summary(kills: int, ledger: Ledger, inside: Counter[str], orders: list[Transfer]) -> str:
    return json.dumps(
        {
            "kills": kills,
            "inside": dict(inside),
            "calls": len(ledger.typed),
            "acknowledged": len(ledger.shown),
            "orders": len(orders),
            "draft_back_s": {"median": round(median(ledger.back_s), 2), "max": round(max(ledger.back_s), 2)},
            "typing_lost_s_max": round(max(ledger.lost_s, default=0.0), 2),
            "jobs_per_processor": round(ledger.crowd, 1),
        }
    )
