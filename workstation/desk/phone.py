"""The use cases of a phone call at one seat."""

import logging
from collections.abc import Callable
from datetime import datetime
from functools import partial

from workstation.desk.phone_register import CallRegister
from workstation.desk.telephony_port import Telephony
from workstation.domain.call import Call
from workstation.domain.call_back import Back, BackWish
from workstation.domain.call_event import CallEnd, EventKind, TelephonyEvent
from workstation.domain.call_log import FirstContact
from workstation.domain.call_number import DialTarget
from workstation.domain.call_party import CallId, Ending
from workstation.domain.call_queue import current, held, in_the_way, missed, ringing
from workstation.domain.call_seat import Seat, SeatAction, hang_up_confirmed
from workstation.domain.call_table import CallAction
from workstation.domain.errors import IllegalAction, Unavailable
from workstation.domain.identity import IncidentId
from workstation.domain.lifecycle import Role

log = logging.getLogger(__name__)


class PhoneDesk:
    """One seat's calls: checks each verb against the table, then asks the engine; follows what the engine reports.

    Any thread may call it. Watchers and *save* are called one at a time and in order, on whichever thread brought the
    news, never under the lock: the window moves them to its own thread, the store to its writer. Every verb on a call
    raises `IllegalAction` when `offered` does not have it, and `Unavailable` while the engine is lost.

    Args:
        save: Keeps a call each time it changed.
        kept: Returns a call that was kept before the desk was opened anew: its log and its form go on.
    """

    def __init__(
        self,
        telephony: Telephony,
        clock: Callable[[], datetime],
        save: Callable[[Call], None],
        kept: Callable[[CallId], Call | None] = lambda _: None,
    ) -> None:
        self._telephony = telephony
        self._clock = clock
        self._register = CallRegister(clock, save, self._tell_queue, kept)
        self._pressed: tuple[CallId, datetime] | None = None

    def start(self) -> None:
        """Begin to follow the engine; call it when everything that watches is in place."""
        self._telephony.listen(self._register.apply)
        self._tell_queue(self._register.seat)

    def watch(self, changed: Callable[[CallId], None], status_changed: Callable[[], None]) -> None:
        """Tell *changed* which call changed, and *status_changed* when the seat or the engine did."""
        self._register.watch(changed, status_changed)

    @property
    def seat(self) -> Seat:
        return self._register.seat

    @property
    def engine_up(self) -> bool:
        """Say whether the engine answers; without it calls go on, but by hand."""
        return self._register.engine_up

    @property
    def problem(self) -> str:
        """Why the engine is lost, as a code; it may change while the engine stays away."""
        return "" if self.engine_up else self._telephony.problem

    def calls(self) -> tuple[Call, ...]:
        return self._register.calls()

    def call(self, id: CallId) -> Call:
        return self._register.call(id)

    def current(self) -> Call | None:
        """Return the call that the seat is in, else the one that needs it most."""
        return current(self.calls())

    def ringing(self) -> tuple[Call, ...]:
        """Return the calls that ring at this seat, the longest waiting first."""
        return ringing(self.calls())

    def on_hold(self) -> tuple[Call, ...]:
        """Return the calls whose citizen waits on hold, the one that comes back first before the others."""
        return held(self.calls())

    def missed(self) -> tuple[Call, ...]:
        """Return the calls whose citizen gave up, the latest first."""
        return missed(self.calls())

    def backs(self) -> tuple[Back, ...]:
        """Return the callers who were cut off, the longest waiting first."""
        return self._register.backs()

    def was_queued(self, id: CallId) -> bool:
        """Say whether the caller of a call ever stood in the queue; an engine may have none, a number be withheld."""
        return self._register.was_queued(id)

    def call_back(self, id: CallId) -> None:
        """Call back a caller who was cut off; *id* is the call that was."""
        self._register.check_back(id)
        self._telephony.call_back(id)

    def wish_back(self, id: CallId, wish: BackWish, reason: str = "") -> None:
        """Say whether the caller of a call that was cut off is to be called back, and by whom."""
        log.info("call-back call=%s wish=%s why=%s", id, wish, reason)
        self._telephony.wish_back(id, wish, reason)

    def offered(self, id: CallId) -> tuple[CallAction, ...]:
        """Return what the call-taker may do with this call now."""
        calls = self.calls()
        mine = [call for call in calls if call.id == id and self.engine_up]
        return tuple(action for call in mine for action in call.offered() if not in_the_way(calls, id, action))

    def claim(self, id: CallId) -> None:
        self._ask(id, CallAction.CLAIM, self._telephony.claim)

    def answer(self, id: CallId) -> None:
        self._ask(id, CallAction.ANSWER, self._telephony.answer)

    def hold(self, id: CallId) -> None:
        self._ask(id, CallAction.HOLD, self._telephony.hold)

    def resume(self, id: CallId) -> None:
        self._ask(id, CallAction.RESUME, self._telephony.resume)

    def mute(self, id: CallId, *, on: bool) -> None:
        self._ask(id, CallAction.MUTE if on else CallAction.UNMUTE, partial(self._telephony.mute, on=on))

    def add_party(self, id: CallId, line: DialTarget) -> None:
        """Ask *line* into the call; a line with nothing to dial fails here and never reaches the engine."""
        self._ask_for_line(id, CallAction.ADD_PARTY, line)

    def transfer(self, id: CallId, line: DialTarget) -> None:
        """Hand the citizen to *line* and leave once it has joined."""
        self._ask_for_line(id, CallAction.TRANSFER, line)

    def cancel_add(self, id: CallId) -> None:
        self._ask(id, CallAction.CANCEL_ADD, self._telephony.cancel_add)

    def drop_party(self, id: CallId) -> None:
        self._ask(id, CallAction.DROP_PARTY, self._telephony.drop_party)

    def leave(self, id: CallId) -> None:
        self._ask(id, CallAction.LEAVE, self._telephony.leave)

    def rejoin(self, id: CallId) -> None:
        self._ask(id, CallAction.REJOIN, self._telephony.rejoin)

    def end(self, id: CallId) -> None:
        """Hang up for everybody at once; a key uses `press_hang_up`."""
        self._ask(id, CallAction.END, self._telephony.end)

    def press_hang_up(self, id: CallId) -> bool:
        """Hang up at the second press within `HANG_UP_WINDOW`, and say whether this was it."""
        self._register.check(id, CallAction.END)
        now = self._clock()
        first = self._pressed[1] if self._pressed and self._pressed[0] == id else None
        confirmed = hang_up_confirmed(first, now)
        self._pressed = None if confirmed else (id, now)
        if confirmed:
            self.end(id)
        return confirmed

    def declare_over(self, id: CallId) -> None:
        """Note that a call is over although the engine, which is lost, cannot say so.

        Raises:
            IllegalAction: The engine is there to ask.
        """
        if self.engine_up:
            raise IllegalAction(CallAction.END, self.call(id).state, Role.CALL_TAKER, "engine_is_up")
        self._register.apply(TelephonyEvent(EventKind.CALL_GONE, self._clock(), id, end=CallEnd.DECLARED))

    def attach(self, id: CallId, incident: IncidentId) -> None:
        """Note which incident the call is about."""
        self._register.change(id, lambda call: call.for_incident(incident))

    def agree(self, id: CallId, choice: FirstContact) -> None:
        """Note who keeps the matter after a three-way call."""
        self._register.change(id, lambda call: call.agreed(choice, self._clock()))

    def go_ready(self) -> None:
        """Take calls, from now or from the end of this one."""
        self._register.move_seat(SeatAction.GO_READY)

    def go_not_ready(self, reason: str) -> None:
        """Take no new calls, from now or from the end of this one.

        Raises:
            InvalidValue: No reason, or one that is too long.
        """
        self._register.move_seat(SeatAction.GO_NOT_READY, reason)

    def finish_form(self) -> None:
        """Note that the form of the last call was closed or parked, which ends the wrap-up."""
        self._register.move_seat(SeatAction.FINISH_FORM)

    def _ask(self, id: CallId, action: CallAction, verb: Callable[[CallId], None]) -> None:
        self._register.take(id, action)
        try:
            verb(id)
        finally:
            self._register.announce()

    def _ask_for_line(self, id: CallId, action: CallAction, line: DialTarget) -> None:
        third = self._register.take(id, action, line).parties[-1]
        verb = self._telephony.transfer if action is CallAction.TRANSFER else self._telephony.add_party
        try:
            if third.alive:
                verb(id, third.leg, line)
        except Unavailable:
            failed = TelephonyEvent(EventKind.LEG_FAILED, self._clock(), id, third.leg, ending=Ending.UNREACHABLE)
            self._register.apply(failed)
            raise
        finally:
            self._register.announce()

    def _tell_queue(self, seat: Seat) -> None:
        try:
            self._telephony.set_seat_state(seat.state, seat.reason)
        except Unavailable:  # it is told again when it is back
            log.info("seat state not told state=%s", seat.state)
