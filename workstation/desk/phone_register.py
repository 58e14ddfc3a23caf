"""All calls of one seat, kept in step with what the engine reports."""

import logging
from collections.abc import Callable
from datetime import datetime
from functools import partial
from threading import Lock

from workstation.domain.call import Call
from workstation.domain.call_back import Back, in_turn
from workstation.domain.call_delivery import Delivery
from workstation.domain.call_event import CallEnd, EventKind, TelephonyEvent
from workstation.domain.call_number import DialTarget
from workstation.domain.call_party import CallId
from workstation.domain.call_queue import engaged, in_the_way
from workstation.domain.call_seat import Seat, SeatAction, SeatState
from workstation.domain.call_table import CallAction
from workstation.domain.errors import IllegalAction, Unavailable
from workstation.domain.lifecycle import Role

ENDED_CALLS_KEPT = 200
_BACKS = frozenset({EventKind.BACK_WAITING, EventKind.BACK_TAKEN, EventKind.BACK_GONE})

log = logging.getLogger(__name__)


class CallRegister:
    """The one place where calls and seat change, under one lock; announces each change in order, without the lock.

    Args:
        save: Keeps a call each time it changed.
        tell_queue: Lets the engine know what the seat is doing.
        kept: Returns a call as it was kept before, if it was.
    """

    def __init__(
        self,
        clock: Callable[[], datetime],
        save: Callable[[Call], None],
        tell_queue: Callable[[Seat], None],
        kept: Callable[[CallId], Call | None],
    ) -> None:
        self._clock = clock
        self._save = save
        self._tell_queue = tell_queue
        self._kept = kept
        self._calls: dict[CallId, Call] = {}
        self._backs: dict[CallId, Back] = {}
        self._queued: set[CallId] = set()
        self._form_before = False
        self._seat = Seat(since=clock())
        self._engine_up = True
        self._watchers: list[tuple[Callable[[CallId], None], Callable[[], None]]] = []
        self._lock = Lock()
        self._announcements = Delivery()

    @property
    def seat(self) -> Seat:
        return self._seat

    @property
    def engine_up(self) -> bool:
        return self._engine_up

    def calls(self) -> tuple[Call, ...]:
        with self._lock:
            return tuple(self._calls.values())

    def backs(self) -> tuple[Back, ...]:
        """Return who is to be called back, the longest waiting first."""
        with self._lock:
            return in_turn(self._backs.values())

    def was_queued(self, id: CallId) -> bool:
        """Say whether the caller of a call ever stood in the queue."""
        return id in self._queued

    def check_back(self, id: CallId) -> None:
        """Let a caller who was cut off be called back if nobody else does and nobody has the seat's ear.

        Raises:
            IllegalAction: Somebody else has the caller, or another call has the seat's ear.
            Unavailable: The engine is lost.
        """
        with self._lock:
            if not self._engine_up:
                raise Unavailable("the telephone engine is lost")
            back = self._backs.get(id)
            if back is None or back.taken:
                raise IllegalAction(CallAction.CALL_BACK, "", Role.CALL_TAKER, "back_taken")
            if in_the_way(self._calls.values(), CallId(""), CallAction.CALL_BACK):
                raise IllegalAction(CallAction.CALL_BACK, "", Role.CALL_TAKER, "other_call")

    def call(self, id: CallId) -> Call:
        with self._lock:
            return self._calls[id]

    def watch(self, changed: Callable[[CallId], None], status_changed: Callable[[], None]) -> None:
        with self._lock:
            self._watchers.append((changed, status_changed))

    def announce(self) -> None:
        """Tell everybody what changed since the last time."""
        self._announcements.run()

    def check(self, id: CallId, action: CallAction) -> None:
        """Let *action* pass if the call-taker may take it now.

        Raises:
            IllegalAction: The table does not offer it, or another call has the seat's ear.
            Unavailable: The engine is lost.
        """
        with self._lock:
            self._check(id, action)

    def take(self, id: CallId, action: CallAction, line: DialTarget | None = None) -> Call:
        """Note that *action* was asked for, and return the call; `announce` when the engine has been asked too.

        Raises:
            IllegalAction: The table does not offer it, or another call has the seat's ear.
            Unavailable: The engine is lost.
        """
        with self._lock:
            self._check(id, action)
            call = self._calls[id].take(action, self._clock(), line)
            self._put(call)
            return call

    def change(self, id: CallId, change: Callable[[Call], Call]) -> None:
        """Put what *change* makes of a call in its place."""
        with self._lock:
            self._put(change(self._calls[id]))
        self.announce()

    def move_seat(self, action: SeatAction, reason: str = "") -> None:
        """Take *action* with the seat.

        Raises:
            InvalidValue: Not ready without a reason, or with one that is too long.
        """
        with self._lock:
            self._set_seat(self._seat.take(action, self._clock(), reason))
        self.announce()

    def apply(self, event: TelephonyEvent) -> None:
        """Follow one event; what is old, unknown or impossible is logged and changes nothing."""
        with self._lock:
            if event.kind in {EventKind.ENGINE_LOST, EventKind.ENGINE_RECOVERED}:
                self._set_engine(up=event.kind is EventKind.ENGINE_RECOVERED)
            elif event.kind in _BACKS:
                self._follow_back(event)
            else:
                self._follow(event)
        self.announce()

    def _check(self, id: CallId, action: CallAction) -> None:
        call = self._calls[id]
        if not self._engine_up:
            raise Unavailable("the telephone engine is lost")
        if not call.allows(action):
            raise IllegalAction(action, call.state, Role.CALL_TAKER)
        if in_the_way(self._calls.values(), id, action):
            raise IllegalAction(action, call.state, Role.CALL_TAKER, "other_call")

    def _follow_back(self, event: TelephonyEvent) -> None:
        if event.kind is EventKind.BACK_GONE:
            self._backs.pop(event.call, None)
        else:
            self._backs[event.call] = Back.told_by(event)
            self._queued.add(event.call)
        self._announce_status()

    def _follow(self, event: TelephonyEvent) -> None:
        before = self._calls.get(event.call)
        if before is not None:
            self._follow_known(before, event)
        elif event.call and event.kind in {EventKind.CALL_OFFERED, EventKind.CALL_GONE}:
            self._follow_unknown(event)
        else:
            log.info("event of an unknown call ignored kind=%s", event.kind)

    def _follow_unknown(self, event: TelephonyEvent) -> None:
        """Begin to follow a new call, or go on with one that this console had before it was started anew."""
        self._forget_old()
        kept = self._kept(event.call)
        goes_on = kept is not None and kept.ended_at is None
        if event.kind is EventKind.CALL_OFFERED:
            self._put(kept.after_restart() if kept is not None and goes_on else Call.offered_by(event))
        elif kept is not None and goes_on:  # it ended while this console was away
            self._follow_known(kept.after_restart(), event)

    def _follow_known(self, before: Call, event: TelephonyEvent) -> None:
        try:
            after = before.apply(event)
        except IllegalAction as e:
            log.info("event ignored call=%s kind=%s state=%s why=%s", before.id, event.kind, before.state, e.why)
            return
        if after != before:
            self._put(after)

    def _forget_old(self) -> None:
        ended = [call.id for call in self._calls.values() if call.ended_at is not None]
        for old in ended[: max(0, len(ended) - ENDED_CALLS_KEPT)]:
            del self._calls[old]

    def _put(self, call: Call) -> None:
        self._calls[call.id] = call
        self._announcements.put(partial(self._save, call))
        for changed, _ in self._watchers:
            self._announcements.put(partial(changed, call.id))
        self._move_seat_along()
        if call.ended_by is CallEnd.NOT_REACHED and not self._form_before and self._seat.state is SeatState.WRAP_UP:
            self._set_seat(self._seat.take(SeatAction.FINISH_FORM, self._clock()))  # nobody was there to write about
        log.info("call changed id=%s state=%s seat=%s", call.id, call.state, self._seat.state)

    def _move_seat_along(self) -> None:
        talks = engaged(self._calls.values())
        if talks is not (self._seat.state is SeatState.TALKING):
            self._form_before = self._form_before if not talks else self._seat.form_open
            action = SeatAction.START_TALKING if talks else SeatAction.STOP_TALKING
            self._set_seat(self._seat.take(action, self._clock()))

    def _set_seat(self, seat: Seat) -> None:
        self._seat = seat
        self._announcements.put(partial(self._tell_queue, seat))
        self._announce_status()

    def _set_engine(self, *, up: bool) -> None:
        self._engine_up = up
        log.info("telephone engine up=%s", up)
        if up:
            self._backs.clear()  # the engine tells anew who waits
            self._announcements.put(partial(self._tell_queue, self._seat))
        self._announce_status()

    def _announce_status(self) -> None:
        for _, status_changed in self._watchers:
            self._announcements.put(status_changed)
