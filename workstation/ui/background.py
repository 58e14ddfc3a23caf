"""The one way by which the window has work done off its own thread."""

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from enum import Enum
from functools import partial
from itertools import count
from typing import Any, Generic, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from workstation.domain.errors import WorkstationError

T = TypeVar("T")


class Lane(Enum):
    """The queue a job waits in; jobs of different lanes never wait for each other."""

    WRITE = "write"
    READ = "read"
    NET = "net"


@dataclass(frozen=True, slots=True)
class Lanes:
    """The executors behind the lanes, made where the program is wired."""

    write: Executor
    read: Executor
    net: Executor

    def of(self, lane: Lane) -> Executor:
        return {Lane.WRITE: self.write, Lane.READ: self.read, Lane.NET: self.net}[lane]


@dataclass(frozen=True, slots=True)
class _Outcome:
    """A finished job on its way back to the window's thread: its number, and what came of it."""

    number: int
    result: object = None
    error: BaseException | None = None


@dataclass(frozen=True, slots=True)
class _Reply(Generic[T]):
    """Who waits for a job, and what to do with its outcome while *keeper* lives."""

    keeper: QObject
    owner: QObject
    then: Callable[[T], object]
    otherwise: Callable[[WorkstationError], object] | None


class Background(QObject):
    """Runs reads and writes on their lanes and hands the results back to whoever asked, if it still exists."""

    changed = Signal(object)
    failed = Signal(object)
    _finished = Signal(object)

    def __init__(
        self,
        lanes: Lanes,
        bug: Callable[[BaseException], object],
        *,
        connection: Qt.ConnectionType = Qt.ConnectionType.QueuedConnection,
    ) -> None:
        """Take the lanes, the hook that is told about bugs, and how answers travel.

        Tests whose executors run inline pass a direct connection, so that an
        answer is there when `ask` returns.
        """
        super().__init__()
        self._lanes = lanes
        self._bug = bug
        self._open = True
        # Workers are handed a number, never a Qt object: the last one to let go of a widget would destroy it there.
        self._replies: dict[int, _Reply[Any]] = {}
        self._numbers = count()
        self._finished.connect(self._deliver, connection)

    def ask(
        self,
        owner: QObject,
        query: Callable[[], T],
        then: Callable[[T], object],
        *,
        otherwise: Callable[[WorkstationError], object] | None = None,
        lane: Lane = Lane.READ,
    ) -> None:
        """Run *query* and give its result to *then*, unless *owner* is gone by then.

        An expected error goes to *otherwise*, beside the action that caused
        it; without one it is broadcast as `failed`.
        """
        self._submit(lane, query, _Reply(owner, owner, then, otherwise))

    def perform(
        self,
        owner: QObject,
        use_case: Callable[[], AbstractSet[T]],
        then: Callable[[AbstractSet[T]], object] | None = None,
        *,
        otherwise: Callable[[WorkstationError], object] | None = None,
        lane: Lane = Lane.WRITE,
    ) -> None:
        """Run *use_case* and announce the ids that it says to redraw.

        The announcement is made even if *owner* is gone: the record changed
        for everybody.
        """
        self._submit(lane, use_case, _Reply(self, owner, partial(self._announce, owner, then), otherwise))

    def shutdown(self) -> None:
        """Finish every write that was accepted, drop reads and network calls not yet begun, and take no more."""
        self._open = False
        for executor in (
            self._lanes.net,
            self._lanes.read,
        ):  # a sync under way still hands its news to the writing lane
            executor.shutdown(wait=True, cancel_futures=True)
        self._lanes.write.shutdown(wait=True)

    def _submit(self, lane: Lane, job: Callable[[], T], reply: _Reply[T]) -> None:
        if self._open:
            number = next(self._numbers)
            self._replies[number] = reply
            self._lanes.of(lane).submit(job).add_done_callback(partial(self._hand_over, number))

    def _hand_over(self, number: int, future: Future[T]) -> None:
        """Send the outcome of a job across threads; runs on whichever thread finished it."""
        if future.cancelled():
            return
        error = future.exception()
        self._finished.emit(_Outcome(number, error=error) if error else _Outcome(number, future.result()))

    def _deliver(self, outcome: _Outcome) -> None:
        reply = self._replies.pop(outcome.number)
        if isinstance(outcome.error, WorkstationError):
            self._complain(reply.owner, reply.otherwise, outcome.error)
        elif outcome.error is not None:
            self._bug(outcome.error)
            # Whoever waits must not wait for ever: a sync that met a bug is tried again, a key works again.
            self._complain(reply.owner, reply.otherwise, WorkstationError("unexpected"))
        elif shiboken6.isValid(reply.keeper):
            reply.then(outcome.result)

    def _announce(self, owner: QObject, then: Callable[[AbstractSet[T]], object] | None, ids: AbstractSet[T]) -> None:
        if ids:
            self.changed.emit(ids)
        if then is not None and shiboken6.isValid(owner):
            then(ids)

    def _complain(
        self, owner: QObject, otherwise: Callable[[WorkstationError], object] | None, error: WorkstationError
    ) -> None:
        if otherwise is None or not shiboken6.isValid(owner):
            self.failed.emit(error)
        else:
            otherwise(error)
