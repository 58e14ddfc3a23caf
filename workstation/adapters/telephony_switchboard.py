"""A telephone exchange in memory, with nobody on its lines yet."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from threading import Lock

from workstation.adapters.telephony_backs import BackQueue, Waiting
from workstation.adapters.telephony_session import Session
from workstation.domain.call_back import BackWish
from workstation.domain.call_delivery import Delivery
from workstation.domain.call_event import CallEnd, EventKind, TelephonyEvent
from workstation.domain.call_number import DialTarget, check_number
from workstation.domain.call_party import CITIZEN_LEG, CallId, Ending, LegId
from workstation.domain.call_seat import CONSOLE_AWAY, SeatState
from workstation.domain.errors import Unavailable
from workstation.domain.privacy import Address, PersonName, Phone

Rule = Callable[[Session], None]


class Switchboard:
    """The engine's half of the telephony contract; a script or a human decides what a dialled line does.

    Every verb takes one turn under the lock and then tells the listener, without the lock, what came of it.
    """

    def __init__(
        self, clock: Callable[[], datetime], new_id: Callable[[], str], queue: tuple[BackQueue, str] | None = None
    ) -> None:
        self._clock = clock
        self._new_id = new_id
        self._backs, self._seat = queue or (BackQueue(), "here")
        self._sessions: dict[CallId, Session] = {}
        self._listener: Callable[[TelephonyEvent], None] | None = None
        self._lost = False
        self._lock = Lock()
        self._events = Delivery()
        self.seat_state = SeatState.NOT_READY
        self._backs.join(self._seat, self._send_at_once)

    @property
    def problem(self) -> str:
        """Nothing: whoever plays that the link is lost gives no reason."""
        return ""

    def listen(self, listener: Callable[[TelephonyEvent], None]) -> None:
        """Send every event from now on to *listener*, beginning with the calls that already exist."""
        with self._turn():
            self._listener = listener
            self._retell()

    def close(self) -> None:
        """Send nothing any more."""
        with self._turn():
            self._listener = None

    def claim(self, call: CallId) -> None:
        """Give a ringing call to this seat."""
        self._ask(call, Session.claim)

    def answer(self, call: CallId) -> None:
        """Put the seat into the call, for the first time or when it is rung back."""
        self._ask(call, Session.answer)

    def rejoin(self, call: CallId) -> None:
        """Put the seat back into a call that it left."""
        self._ask(call, Session.rejoin)

    def hold(self, call: CallId) -> None:
        """Put the citizen on hold music."""
        self._ask(call, Session.hold)

    def resume(self, call: CallId) -> None:
        """Bring the citizen back."""
        self._ask(call, Session.resume)

    def mute(self, call: CallId, *, on: bool) -> None:
        """Silence the seat's microphone, or open it again."""
        self._ask(call, partial(Session.mute, on=on))

    def add_party(self, call: CallId, leg: LegId, line: DialTarget) -> None:
        """Dial *line* into the call."""
        self._ask(call, partial(Session.add, leg=leg, line=line, transferring=False))

    def transfer(self, call: CallId, leg: LegId, line: DialTarget) -> None:
        """Dial *line* into the call, and take the seat out when it joins."""
        self._ask(call, partial(Session.add, leg=leg, line=line, transferring=True))

    def cancel_add(self, call: CallId) -> None:
        """Stop dialling."""
        self._ask(call, Session.cancel_add)

    def drop_party(self, call: CallId) -> None:
        """Take the third party out of the call."""
        self._ask(call, Session.drop_party)

    def leave(self, call: CallId) -> None:
        """Take the seat out, unless that would leave the citizen with nobody to talk to."""
        self._ask(call, Session.leave)

    def end(self, call: CallId) -> None:
        """Hang up for everybody, if the seat is in the call."""
        self._ask(call, Session.end)

    def call_back(self, call: CallId) -> None:
        """Take a caller who was cut off, and call the seat, then the citizen."""
        with self._turn():
            self._check_link()
            self._begin_back(call)

    def wish_back(self, call: CallId, wish: BackWish, reason: str = "") -> None:
        """Say whether a caller who was cut off is to be called back, and by whom."""
        with self._turn():
            self._check_link()
            self._backs.wish(self._seat, call, wish, reason)

    def set_seat_state(self, state: SeatState, reason: str) -> None:
        """Note what the seat is doing.

        Raises:
            Unavailable: The desk's link to this engine is lost.
        """
        with self._turn():
            self._check_link()
            self.seat_state = state
            if reason == CONSOLE_AWAY:
                self._backs.release(self._seat)

    @property
    def idle(self) -> bool:
        """Whether nobody calls or talks."""
        return all(session.over for session in tuple(self._sessions.values()))

    def now(self) -> datetime:
        """Return the exchange's time."""
        return self._clock()

    def send(self, event: TelephonyEvent) -> None:
        """Queue an event for the listener, if it can be reached."""
        if self._listener is not None and not self._lost:
            self._events.put(partial(self._listener, event))

    def _send_at_once(self, event: TelephonyEvent) -> None:
        self.send(event)
        self._events.run()

    def dial(self, session: Session, leg: LegId, line: DialTarget) -> None:
        """Begin to call *line*; a subclass knows how it goes on."""

    def dial_back(self, session: Session) -> None:
        """Begin to call a citizen who was cut off; a subclass knows how it goes on."""

    def back_ended(self, session: Session, ending: Ending) -> None:
        """Follow what became of a call-back: who was not reached waits again."""
        self._backs.tried(session.back, reached=ending is Ending.JOINED)

    def stop_dialling(self, session: Session, leg: LegId) -> None:
        """Forget what was planned for a leg."""

    def new_recording(self) -> str:
        """Return nothing: nobody records here."""
        return ""

    def _offer(self, number: str, name: str, location: str = "") -> CallId:
        if number:
            check_number(number)
        session = Session(self, CallId(self._new_id()), Phone(number), PersonName(name), self._clock())
        session.location = Address(location)
        with self._turn():
            self._backs.called_again(session.number)
            self._sessions[session.id] = session
            session.retell()
        return session.id

    def _begin_back(self, call: CallId) -> None:
        """Take a caller and bring the seat in, who calls them; one whom another seat has is only told of."""
        taken = None if self._engaged else self._backs.take(self._seat, call)
        if taken is None:
            self._backs.tell_of(self._seat, call)
            return
        session = Session(self, CallId(self._new_id()), taken.number, PersonName(), self._clock(), back=call)
        self._sessions[session.id] = session
        session.begin_back()
        session.answer()

    @property
    def _engaged(self) -> bool:
        """Whether the seat's ear is in a call."""
        sessions = self._sessions.values()
        return any(it.seat_in and CITIZEN_LEG not in it.on_hold and it.over is None for it in sessions)

    def _ask(self, call: CallId, rule: Rule) -> None:
        with self._turn():
            self._check_link()
            if call in self._sessions:
                self._follow(rule, self._sessions[call])
            else:  # a desk that asks about a call that is over has missed its end
                self.send(TelephonyEvent(EventKind.CALL_GONE, self._clock(), call, end=CallEnd.CITIZEN))

    def _happen(self, call: CallId, rule: Rule) -> None:
        """Let the world do something to a call, if it is still there."""
        with self._turn():
            if call in self._sessions and not self._sessions[call].over:
                self._follow(rule, self._sessions[call])

    def _follow(self, rule: Rule, session: Session) -> None:
        rule(session)
        if session.over is not None:
            caller = Waiting(session.id, session.number, self._clock(), self._seat)
            self._backs.ended(caller, session.over, answered=session.answered)
        if session.over and not self._lost:
            del self._sessions[session.id]

    def _set_link(self, *, lost: bool) -> None:
        """Lose or find the desk's link to this engine; the calls do not notice."""
        with self._turn():
            if lost:
                self.send(TelephonyEvent(EventKind.ENGINE_LOST, self._clock()))
            self._lost = lost
            if not lost:
                self.send(TelephonyEvent(EventKind.ENGINE_RECOVERED, self._clock()))
                self._retell()
                self._sessions = {call: session for call, session in self._sessions.items() if not session.over}

    def _retell(self) -> None:
        for session in self._sessions.values():
            session.retell()
        self._backs.retell(self._seat, self.send)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        with self._lock:
            yield
        self._events.run()
        self._backs.run()

    def _check_link(self) -> None:
        if self._lost:
            raise Unavailable("the telephone engine is lost")
