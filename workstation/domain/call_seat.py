"""What the seat is doing, so that the queue knows whether to ring it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from workstation.domain.errors import IllegalAction, InvalidValue
from workstation.domain.lifecycle import Role

HANG_UP_WINDOW = timedelta(seconds=3)
LONGEST_REASON = 60
CONSOLE_AWAY = "console_away"
"""Why a seat takes no calls whose desk is not there any more."""


class SeatState(StrEnum):
    READY = "ready"
    NOT_READY = "not_ready"
    TALKING = "talking"
    WRAP_UP = "wrap_up"


class SeatAction(StrEnum):
    GO_READY = "go_ready"
    GO_NOT_READY = "go_not_ready"
    START_TALKING = "start_talking"
    STOP_TALKING = "stop_talking"
    FINISH_FORM = "finish_form"


_S, _A = SeatState, SeatAction

# None: the state that the call-taker wants next (``Seat.wanted``), chosen beforehand while talking or wrapping up.
SEAT_TRANSITIONS: dict[tuple[SeatState, SeatAction], SeatState | None] = {
    (_S.NOT_READY, _A.GO_READY): None,
    (_S.READY, _A.GO_READY): None,
    (_S.READY, _A.GO_NOT_READY): None,
    (_S.NOT_READY, _A.GO_NOT_READY): None,
    (_S.TALKING, _A.GO_READY): _S.TALKING,
    (_S.TALKING, _A.GO_NOT_READY): _S.TALKING,
    (_S.WRAP_UP, _A.GO_READY): _S.WRAP_UP,
    (_S.WRAP_UP, _A.GO_NOT_READY): _S.WRAP_UP,
    (_S.READY, _A.START_TALKING): _S.TALKING,
    (_S.NOT_READY, _A.START_TALKING): _S.TALKING,
    (_S.TALKING, _A.START_TALKING): _S.TALKING,
    (_S.WRAP_UP, _A.START_TALKING): _S.TALKING,
    (_S.TALKING, _A.STOP_TALKING): _S.WRAP_UP,
    (_S.READY, _A.FINISH_FORM): _S.READY,
    (_S.NOT_READY, _A.FINISH_FORM): _S.NOT_READY,
    (_S.TALKING, _A.FINISH_FORM): _S.TALKING,
    (_S.WRAP_UP, _A.FINISH_FORM): None,
}


@dataclass(frozen=True, slots=True)
class Seat:
    """The seat's own state; a form that is still open keeps it out of the queue.

    Args:
        wanted: READY or NOT_READY: where the seat goes when call and form are done.
        reason: Why it is, or will be, not ready.
        form_open: Whether the form of a call is neither closed nor parked.
    """

    since: datetime
    state: SeatState = SeatState.NOT_READY
    wanted: SeatState = SeatState.NOT_READY
    reason: str = ""
    form_open: bool = False

    def take(self, action: SeatAction, at: datetime, reason: str = "") -> "Seat":
        """Return the seat after *action*.

        Raises:
            IllegalAction: The table has no such action in this state.
            InvalidValue: Not ready without a reason, or with one that is too long.
        """
        if (self.state, action) not in SEAT_TRANSITIONS:
            raise IllegalAction(action, self.state, Role.CALL_TAKER)
        seat = self._noting(action, reason)
        state = SEAT_TRANSITIONS[self.state, action] or seat.wanted
        if state is SeatState.WRAP_UP and not seat.form_open:
            state = seat.wanted
        return replace(seat, state=state, since=self.since if state is self.state else at)

    def _noting(self, action: SeatAction, reason: str) -> "Seat":
        if action is SeatAction.GO_READY:
            return replace(self, wanted=SeatState.READY, reason="")
        if action is SeatAction.GO_NOT_READY:
            return replace(self, wanted=SeatState.NOT_READY, reason=_checked(reason))
        if action is SeatAction.START_TALKING:
            return replace(self, form_open=True)
        if action is SeatAction.FINISH_FORM:
            return replace(self, form_open=False)
        return self


def _checked(reason: str) -> str:
    if not reason.strip():
        raise InvalidValue("seat_reason", "empty")
    if len(reason) > LONGEST_REASON:
        raise InvalidValue("seat_reason", "too_long", limit=LONGEST_REASON, length=len(reason))
    return reason


def hang_up_confirmed(first_press: datetime | None, now: datetime) -> bool:
    """Say whether a press at *now* is the second of a pair; a clock that went back never confirms."""
    return first_press is not None and timedelta(0) <= now - first_press <= HANG_UP_WINDOW
