"""The telephone of one seat at an Asterisk exchange."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Protocol

from workstation.adapters.asterisk_case import AsteriskCase
from workstation.adapters.asterisk_legs import SeatPhone
from workstation.adapters.telephony_backs import BackQueue
from workstation.domain.call_back import BackWish
from workstation.domain.call_event import CallEnd, TelephonyEvent
from workstation.domain.call_number import DialTarget
from workstation.domain.call_party import CallId, LegId
from workstation.domain.call_seat import CONSOLE_AWAY, SeatState

Rule = Callable[[AsteriskCase], None]
Listener = Callable[[TelephonyEvent], None]


class Exchange(Protocol):
    """What a seat's telephone needs of the exchange."""

    @property
    def up(self) -> bool:
        """Say whether the exchange is there."""
        ...

    def soon(self, deed: Callable[[], None]) -> None:
        """Do *deed* on the event loop, from any thread."""
        ...

    def case(self, id: CallId) -> AsteriskCase | None:
        """Return a call that is not over."""
        ...

    def cases(self) -> Iterable[AsteriskCase]:
        """Return the calls that are not over."""
        ...

    def phone(self, seat: str) -> SeatPhone:
        """Return a seat's phone."""
        ...

    def seat_may_take(self, seat: str) -> None:
        """Let everything that waits ring at a seat that has become ready."""
        ...

    def release(self, phone: SeatPhone, case: AsteriskCase) -> None:
        """Take a seat's phone out of a call."""
        ...

    @property
    def backs(self) -> BackQueue:
        """Return the callers who were cut off."""
        ...

    def call_back(self, seat: str, call: CallId) -> None:
        """Call a citizen who was cut off."""
        ...

    def end(self, case: AsteriskCase) -> None:
        """Hang up for everybody."""
        ...

    def gone(self, call: CallId, end: CallEnd) -> TelephonyEvent:
        """Return the event that a call is over for this seat."""
        ...

    def engine(self) -> TelephonyEvent:
        """Return the event that says whether the exchange is there."""
        ...


class SeatLine:
    """Shaped like the desk's telephony port; verbs from any thread, events on the exchange's event loop.

    A seat acts on calls that ring at it or that it has; about every other call it learns only that it is not there.
    """

    def __init__(self, seat: str, exchange: Exchange) -> None:
        self.seat = seat
        self.state = SeatState.NOT_READY
        self._exchange = exchange
        self._listener: Listener | None = None

    def listen(self, listener: Listener) -> None:
        """Send every event from now on to *listener*, beginning with the calls that already exist."""
        self._exchange.soon(partial(self._listen, listener))

    def close(self) -> None:
        """Send nothing any more; the seat is offered no calls."""
        self._exchange.soon(self._leave)

    def hear(self, event: TelephonyEvent) -> None:
        """Hand an event on to whoever listens."""
        if self._listener is not None:
            self._listener(event)

    def retell(self) -> None:
        """Tell all that is true for this seat."""
        self.hear(self._exchange.engine())
        for case in self._exchange.cases():
            case.retell_to(self.seat, ready=self.takes_calls)
        self._exchange.backs.retell(self.seat, self.hear)

    def call_back(self, call: CallId) -> None:
        """Take a caller who was cut off, and call this seat, then the citizen."""
        self._exchange.soon(partial(self._exchange.call_back, self.seat, call))

    def wish_back(self, call: CallId, wish: BackWish, reason: str = "") -> None:
        """Say whether a caller who was cut off is to be called back, and by whom."""
        self._exchange.soon(partial(self._exchange.backs.wish, self.seat, call, wish, reason))

    def set_seat_state(self, state: SeatState, reason: str) -> None:
        """Tell the queue whether this seat takes calls; of a desk that is away, any seat may call whom it kept."""
        self._exchange.soon(partial(self._set_state, state))
        if reason == CONSOLE_AWAY:
            self._exchange.soon(partial(self._exchange.backs.release, self.seat))

    def claim(self, call: CallId) -> None:
        """Take a ringing call."""
        self._ask(call, lambda case: None if case.claim(self.seat) else self._not_mine(call))

    def answer(self, call: CallId) -> None:
        """Bring this seat's phone into a call that rings or that is rung back."""
        self._ask(call, self._answer)

    def rejoin(self, call: CallId) -> None:
        """Come back into a call that was left."""
        self._ask(call, lambda case: self._answer(case) if case.session.answered else None)

    def hold(self, call: CallId) -> None:
        """Put the citizen on hold music."""
        self._ask_mine(call, AsteriskCase.hold)

    def resume(self, call: CallId) -> None:
        """Bring the citizen back."""
        self._ask_mine(call, lambda case: case.resume(self._phone))

    def mute(self, call: CallId, *, on: bool) -> None:
        """Silence the seat's microphone, or open it again."""
        self._ask_mine(call, lambda case: case.mute(self._phone, on=on))

    def add_party(self, call: CallId, leg: LegId, line: DialTarget) -> None:
        """Dial *line* into the call."""
        self._ask_mine(call, lambda case: case.session.add(leg, line, transferring=False))

    def transfer(self, call: CallId, leg: LegId, line: DialTarget) -> None:
        """Dial *line* into the call, and leave when it joins."""
        self._ask_mine(call, lambda case: case.session.add(leg, line, transferring=True))

    def cancel_add(self, call: CallId) -> None:
        """Stop dialling."""
        self._ask_mine(call, AsteriskCase.cancel_add)

    def drop_party(self, call: CallId) -> None:
        """Take the third party out of the call."""
        self._ask_mine(call, AsteriskCase.drop_party)

    def leave(self, call: CallId) -> None:
        """Leave citizen and third party talking."""
        self._ask_mine(call, lambda case: self._exchange.release(self._phone, case) if case.may_leave() else None)

    def end(self, call: CallId) -> None:
        """Hang up for everybody."""
        self._ask_mine(call, self._exchange.end)

    @property
    def is_manned(self) -> bool:
        """Say whether a desk listens here."""
        return self._listener is not None

    @property
    def is_at_work(self) -> bool:
        """Say whether somebody talks or writes here, who may put the citizen on hold."""
        return self._listener is not None and self.state in {SeatState.TALKING, SeatState.WRAP_UP}

    @property
    def _phone(self) -> SeatPhone:
        return self._exchange.phone(self.seat)

    @property
    def takes_calls(self) -> bool:
        """Say whether a new call may ring here."""
        return self._listener is not None and self.state is SeatState.READY

    def _answer(self, case: AsteriskCase) -> None:
        if not case.claim(self.seat):
            self._not_mine(case.id)
        elif not case.session.seat_in:
            case.bring(self._phone)

    def _ask(self, call: CallId, rule: Rule) -> None:
        self._exchange.soon(partial(self._follow, call, rule))

    def _ask_mine(self, call: CallId, rule: Rule) -> None:
        def follow(case: AsteriskCase) -> None:
            if case.owner == self.seat:
                rule(case)

        self._ask(call, follow)

    def _follow(self, call: CallId, rule: Rule) -> None:
        case = self._exchange.case(call)
        if case is None or (case.owner not in {"", self.seat} and self.seat not in case.offered):
            self._not_mine(call)
        else:
            rule(case)

    def _not_mine(self, call: CallId) -> None:
        """End a call for a seat that asks about one which is over, or somebody else's."""
        self.hear(self._exchange.gone(call, CallEnd.CLAIMED_ELSEWHERE))

    def _listen(self, listener: Listener) -> None:
        self._listener = listener
        self.retell()

    def _leave(self) -> None:
        self._listener = None
        self._set_state(SeatState.NOT_READY)

    def _set_state(self, state: SeatState) -> None:
        self.state = state
        if state is SeatState.READY:
            self._exchange.seat_may_take(self.seat)
