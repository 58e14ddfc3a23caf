"""The promises of the one way off the window's thread."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QObject, Qt
from pytestqt.qtbot import QtBot

from workstation.domain.errors import Unavailable, WorkstationError
from workstation.ui.background import Background, Lane, Lanes


class InlineExecutor(Executor):
    """Runs a job where it is submitted."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - what a real executor does
            future.set_exception(error)
        return future


class Desk:
    """Counts in which thread it was asked."""

    def __init__(self) -> None:
        self.threads: list[str] = []
        self.may_go = threading.Event()

    def read(self, answer: str) -> str:
        self.threads.append(threading.current_thread().name)
        return answer

    def wait(self, answer: str) -> str:
        self.may_go.wait(10)
        return self.read(answer)

    def act(self, *ids: str) -> frozenset[str]:
        self.threads.append(threading.current_thread().name)
        return frozenset(ids)

    def fail(self) -> frozenset[str]:
        raise Unavailable("link is down")

    def break_down(self) -> frozenset[str]:
        raise ZeroDivisionError


@pytest.fixture
def bugs() -> list[BaseException]:
    return []


@pytest.fixture
def background(qapp: QObject, bugs: list[BaseException]) -> Iterator[Background]:  # noqa: ARG001 - signals need it
    lanes = Lanes(
        write=ThreadPoolExecutor(1, "write"), read=ThreadPoolExecutor(2, "read"), net=ThreadPoolExecutor(1, "net")
    )
    background = Background(lanes, bugs.append)
    yield background
    background.shutdown()


def test_a_read_answers_in_the_windows_thread(background: Background, qtbot: QtBot) -> None:
    """
    A query runs on the read lane and its answer arrives in the thread of the window.
    """
    desk, owner = Desk(), QObject()
    answers: list[tuple[str, threading.Thread]] = []

    background.ask(owner, partial(desk.read, "order"), lambda text: answers.append((text, threading.current_thread())))
    qtbot.waitUntil(lambda: bool(answers))

    assert answers == [("order", threading.main_thread())]
    assert desk.threads[0].startswith("read")


def test_an_answer_for_a_closed_widget_is_dropped(background: Background, qtbot: QtBot) -> None:
    """
    If the owner is deleted while its query runs, nobody is called back.
    """
    desk, closed, alive = Desk(), QObject(), QObject()
    answers: list[str] = []
    background.ask(closed, partial(desk.wait, "closed"), answers.append)
    shiboken6.delete(closed)
    desk.may_go.set()

    background.ask(alive, partial(desk.wait, "alive"), answers.append)
    qtbot.waitUntil(lambda: len(desk.threads) == 2 and bool(answers))

    assert answers == ["alive"]


def test_a_write_is_announced_even_if_its_widget_is_gone(background: Background, qtbot: QtBot) -> None:
    """
    The ids that a write changed are broadcast to the other widgets when its own was closed.
    """
    desk, closed = Desk(), QObject()
    answers: list[object] = []

    with qtbot.waitSignal(background.changed) as changed:
        background.perform(closed, partial(desk.act, "a", "b"), answers.append)
        shiboken6.delete(closed)

    assert changed.args == [frozenset({"a", "b"})]
    assert answers == []


def test_an_expected_error_stands_beside_its_action(background: Background, qtbot: QtBot) -> None:
    """
    A caller that says where its errors belong gets them there, and nobody else hears of them.
    """
    owner = QObject()
    beside: list[WorkstationError] = []

    with qtbot.assertNotEmitted(background.failed):
        background.perform(owner, Desk().fail, otherwise=beside.append)
        qtbot.waitUntil(lambda: bool(beside))

    assert isinstance(beside[0], Unavailable)


def test_an_expected_error_without_a_place_is_broadcast(background: Background, qtbot: QtBot) -> None:
    """
    An expected error is never lost: without a place of its own it is broadcast.
    """
    owner = QObject()

    with qtbot.waitSignal(background.failed) as failed:
        background.perform(owner, Desk().fail)

    assert failed.args is not None
    assert isinstance(failed.args[0], Unavailable)


def test_a_bug_goes_to_the_crash_hook(background: Background, qtbot: QtBot, bugs: list[BaseException]) -> None:
    """
    An error nobody expects goes to the crash hook; the widget hears that it failed, so that nobody waits for ever.
    """
    owner = QObject()
    beside: list[WorkstationError] = []

    background.perform(owner, Desk().break_down, otherwise=beside.append)
    qtbot.waitUntil(lambda: bool(bugs))

    assert isinstance(bugs[0], ZeroDivisionError)
    assert [str(error) for error in beside] == ["unexpected"]


def test_shutdown_finishes_accepted_writes(background: Background) -> None:
    """
    A write that was accepted before the window closed is carried out; later ones are not begun.
    """
    desk, owner = Desk(), QObject()
    desk.may_go.set()
    for number in range(20):
        background.perform(owner, partial(desk.act, str(number)))
    background.shutdown()
    background.perform(owner, partial(desk.act, "late"))

    assert len(desk.threads) == 20


def test_a_sync_under_way_is_finished(qapp: QObject, bugs: list[BaseException]) -> None:  # noqa: ARG001
    """
    A network call that has news to write when the window closes can write them, and nobody reports a bug.
    """
    write, net = ThreadPoolExecutor(1, "write"), ThreadPoolExecutor(1, "net")
    background = Background(Lanes(write, ThreadPoolExecutor(1, "read"), net), bugs.append)
    begun, closing, written = threading.Event(), threading.Event(), list[str]()

    def sync() -> None:
        begun.set()
        closing.wait(10)
        write.submit(written.append, "news").result()

    background.ask(QObject(), sync, str, lane=Lane.NET)
    begun.wait(10)
    late = threading.Timer(0.1, closing.set)
    late.start()
    background.shutdown()
    late.join()

    assert written == ["news"]
    assert bugs == []


def test_network_calls_have_their_own_lane(background: Background, qtbot: QtBot) -> None:
    """
    A write is carried out while a network call hangs.
    """
    desk, owner = Desk(), QObject()
    background.ask(owner, partial(desk.wait, "slow"), str, lane=Lane.NET)

    with qtbot.waitSignal(background.changed):
        background.perform(owner, partial(desk.act, "a"))
    desk.may_go.set()

    assert desk.threads[0].startswith("write")


def test_inline_answers_are_there_at_once(qapp: QObject, bugs: list[BaseException]) -> None:  # noqa: ARG001
    """
    With inline executors and a direct connection the answer is there when the question returns.
    """
    executor = InlineExecutor()
    background = Background(
        Lanes(executor, executor, executor), bugs.append, connection=Qt.ConnectionType.DirectConnection
    )
    answers: list[str] = []

    background.ask(QObject(), partial(Desk().read, "order"), answers.append)

    assert answers == ["order"]
