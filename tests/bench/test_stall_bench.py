"""How long the event loop stands still while a thousand changes come in and somebody types."""

import itertools
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from tests.bench.desktop import COLLEAGUE, Desktop, desktop
from tests.bench.heartbeat import Heartbeat
from tests.bench.measured import Line, figures, percentile, tell
from tests.bench.orders import submitted
from tests.faults.gateway_process import running
from workstation.domain.identity import TransferId
from workstation.domain.lifecycle import Role
from workstation.protocol.messages import BATCH, Answer, SignIn
from workstation.ui.demo_hands import until

pytestmark = pytest.mark.bench

P99_MS, MAX_MS = 16.0, 100.0
TYPE_EVERY_MS = 60
SPOKEN = "楼下烧烤店夜里一直营业，油烟和噪音很大，已经跟店家说过两次，没有用，希望有人来看一看。"


@pytest.fixture(params=["inside", "http"])
def seat(request: pytest.FixtureRequest, tmp_path: Path, qapp: QApplication) -> Iterator[Desktop]:
    """Give a seat at the embedded gateway, then one at a gateway of another process over HTTP."""
    del qapp
    if request.param == "inside":
        with desktop(tmp_path / "root") as opened:
            yield opened
        return
    with running(tmp_path / "gateway") as site:
        site.add(COLLEAGUE, "--roles", "call_taker")
        with desktop(tmp_path / "root", site) as opened:
            yield opened


def beats_alone(seconds: float) -> list[float]:
    """Return how late the beats of a loop come that has nothing else to do."""
    heart = Heartbeat()
    over: list[bool] = []
    QTimer.singleShot(int(seconds * 1000), partial(over.append, True))
    heart.start()
    until(lambda: over, "the bare heartbeat", seconds=60)
    heart.stop()
    return heart.stalls


def wiring(seat: Desktop) -> str:
    """Say which gateway the seat is at."""
    return "embedded gateway" if seat.parts.practice else "over HTTP"


def written_elsewhere(seat: Desktop, count: int) -> None:
    """Let another console's call-taker send in *count* orders that this one has not heard of."""
    gateway = seat.work.console.gateway
    user, password = seat.colleague
    token = gateway.sign_in(SignIn(user=user, password=password, seat="07", role=Role.CALL_TAKER)).token
    commands = [submitted(number, datetime.now(UTC), user) for number in range(count)]
    for start in range(0, count, BATCH):
        answers = gateway.push(commands[start : start + BATCH], token)
        assert all(isinstance(answer, Answer) for answer in answers), answers


def gate(name: str, heart: Heartbeat, alone: list[float], generous: int, capsys: pytest.CaptureFixture[str]) -> None:
    """Tell how late the beats came and what held them up, and fail if that was too long."""
    p99, most = percentile(heart.stalls, 0.99), max(heart.stalls)
    bare99, bare_most = percentile(alone, 0.99), max(alone)
    wanted = f"p99 <= {P99_MS:.0f} ms and max <= {MAX_MS:.0f} ms over the bare heartbeat's"
    tell(capsys, Line(name, figures(heart.stalls), figures(alone), p99 / max(bare99, 1.0), wanted))
    late = "; ".join(f"{times}x {place}" for place, times in heart.culprits.most_common(8))
    if late:
        tell(capsys, Line("stall culprits", late, "-", 0.0, "-"))
    assert p99 <= generous * (P99_MS + bare99), late
    assert most <= generous * (MAX_MS + bare_most), late


def rest(milliseconds: int) -> None:
    """Let the loop go on for a while."""
    over: list[bool] = []
    QTimer.singleShot(milliseconds, partial(over.append, True))
    until(lambda: over, "what follows the changes")


def test_typing_goes_on_while_a_thousand_changes_come_in(
    seat: Desktop, counted: Callable[[int, int], int], capsys: pytest.CaptureFixture[str]
) -> None:
    """
    Somebody types while a thousand changes sync in: no key waits noticeably longer than in a window that rests.
    """
    count = counted(150, 1_000)
    seat.sign_in()
    seat.new_draft()
    alone = beats_alone(counted(1, 5))
    seat.work.exchange.stop()  # the changes must not come in before the heart beats
    until(lambda: not seat.work.exchange.is_running, "the first sync is over")
    written_elsewhere(seat, count)
    typed = itertools.cycle(SPOKEN)
    typist, heart = QTimer(), Heartbeat()
    typist.setInterval(TYPE_EVERY_MS)
    typist.timeout.connect(lambda: seat.hands.write(next(typed), free=True))

    heart.start()
    typist.start()
    seat.work.sync()
    known = set[TransferId]()

    def complete() -> bool:
        known.update(seat.work.exchange.report.changed)
        return len(known) >= count

    until(complete, "every change is in", seconds=120)
    rest(counted(300, 1_500))
    typist.stop()
    heart.stop()

    gate(f"stall ({count} changes, {wiring(seat)})", heart, alone, counted(4, 1), capsys)


def test_the_duty_officer_finds_a_thousand_orders_waiting(
    seat: Desktop, counted: Callable[[int, int], int], capsys: pytest.CaptureFixture[str]
) -> None:
    """
    A thousand orders come to wait at once: the approval pane shows them, walks among them and never stands still.
    """
    count = counted(300, 1_000)
    seat.show_account(Role.DUTY_OFFICER)
    seat.sign_in()
    pane = seat.work.approval
    alone = beats_alone(counted(1, 5))
    seat.work.exchange.stop()
    until(lambda: not seat.work.exchange.is_running, "the first sync is over")
    written_elsewhere(seat, count)
    heart = Heartbeat()

    heart.start()
    seat.work.sync()
    until(lambda: len(pane.queue.order()) >= count, "every order waits", seconds=120)
    rest(counted(300, 1_500))
    for _ in range(counted(2, 8)):
        seat.hands.press("next_order")
        rest(400)  # whoever only looks for the next one still looks
    rest(counted(1_200, 2_500))
    heart.stop()

    gate(f"stall (approval, {count} orders, {wiring(seat)})", heart, alone, counted(4, 1), capsys)
