"""The telephone engine behind the telephony bridge: verbs go out one by one, events come in as one long answer."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from threading import Condition, Thread, current_thread
from typing import Final
from urllib.parse import quote

from workstation.adapters.http_link import Site
from workstation.adapters.telephony_bridge_calls import ToldCalls, failed
from workstation.adapters.telephony_bridge_link import BridgeLink, EventStream, NothingSent, Patience
from workstation.adapters.telephony_bridge_sender import Request, Sender
from workstation.domain.call_delivery import Delivery
from workstation.domain.call_event import EventKind, TelephonyEvent
from workstation.domain.call_number import DialTarget
from workstation.domain.call_party import CallId, Ending, LegId
from workstation.domain.call_seat import LONGEST_REASON, SeatState
from workstation.domain.errors import InvalidValue, Refused, SignInNeeded, Unavailable, WorkstationError
from workstation.protocol.codec import encode
from workstation.protocol.telephony import Addition, Line, Mute, Nothing, SeatReport

log = logging.getLogger(__name__)

Listener = Callable[[TelephonyEvent], None]

LONGEST_GOODBYE_S: Final = 3.0
THREADS: Final = "telephony-bridge"


@dataclass(frozen=True, slots=True)
class Delivered:
    """How far the listener has been told: which event of which stream, and whether all that existed was told."""

    stream: str = ""
    seq: int = 0
    told_all: bool = False


class BridgeTelephony:
    """One seat's telephone behind the bridge at *site*; no verb waits for the network.

    When a line is overdue, or a verb got no answer, the engine is lost. When it is back the bridge tells the whole
    truth, and what is not named in it is told to be gone.

    Args:
        token: Returns the signed-in person's token; asked each time, on a thread of this class.
    """

    def __init__(
        self, site: Site, token: Callable[[], str], clock: Callable[[], datetime], patience: Patience | None = None
    ) -> None:
        self._patience = patience or Patience()
        self._link = BridgeLink(site, self._patience)
        self._token = token
        self._clock = clock
        self._sender = Sender(self._send, THREADS)
        self._changed = Condition()
        self._events = Delivery()
        self._listener: Listener | None = None
        self._told = ToldCalls()
        self._followers: list[Thread] = []
        self._turn = 0  # counts the followers; only the last one is believed
        self._stream: EventStream | None = None
        self._told_all = False
        self._seat_state = ""
        self._lost = False
        self._exchange_lost = False
        self._closed = False
        self._problem = ""
        self.delivered = Delivered()

    @property
    def problem(self) -> str:
        """Why the engine is lost, as a code: a sign-in's own, ``seat_taken``, ``exchange`` or the network's."""
        return self._problem

    def listen(self, listener: Listener) -> None:
        """Send every event from now on to *listener*, beginning with the calls that already exist."""
        with self._changed:
            if self._closed:
                return
            self._listener = listener
            self._seat_state = ""  # that of whoever listened before
            self._sender.start()
            self._follow_anew()

    def claim(self, call: CallId) -> None:
        """Ask for a ringing call."""
        self._ask(call, "claim")

    def answer(self, call: CallId) -> None:
        """Take the handset off."""
        self._ask(call, "answer")

    def hold(self, call: CallId) -> None:
        """Put the citizen on hold music."""
        self._ask(call, "hold")

    def resume(self, call: CallId) -> None:
        """Bring the citizen back."""
        self._ask(call, "resume")

    def mute(self, call: CallId, *, on: bool) -> None:
        """Silence the seat's microphone, or open it again."""
        self._ask(call, "mute", Mute(on=on))

    def add_party(self, call: CallId, leg: LegId, line: DialTarget) -> None:
        """Dial *line* into the call."""
        self._dial(call, "add_party", leg, line)

    def transfer(self, call: CallId, leg: LegId, line: DialTarget) -> None:
        """Dial *line* into the call, and take the seat out when it joins."""
        self._dial(call, "transfer", leg, line)

    def cancel_add(self, call: CallId) -> None:
        """Stop dialling."""
        self._ask(call, "cancel_add")

    def drop_party(self, call: CallId) -> None:
        """Take the third party out of the call."""
        self._ask(call, "drop_party")

    def leave(self, call: CallId) -> None:
        """Leave citizen and third party talking."""
        self._ask(call, "leave")

    def rejoin(self, call: CallId) -> None:
        """Come back into a call that was left."""
        self._ask(call, "rejoin")

    def end(self, call: CallId) -> None:
        """Hang up for everybody."""
        self._ask(call, "end")

    def set_seat_state(self, state: SeatState, reason: str) -> None:
        """Tell the queue whether this seat takes calls.

        Raises:
            Unavailable: The bridge or its exchange is lost.
        """
        said = "".join(sign for sign in reason if sign.isprintable())[:LONGEST_REASON]
        with self._changed:
            self._seat_state = state
            self._check_link()
            body = encode(SeatReport(state=state, reason=said))
            self._sender.put(Request("PUT", "/v1/seat", body, self._turn))

    def close(self) -> None:
        """Send nothing any more and end the threads."""
        with self._changed:
            self._closed = True
            self._listener = None
            self._turn += 1
            if self._stream is not None:
                self._stream.stop()
            followers = self._followers
            self._changed.notify_all()
        self._sender.close(LONGEST_GOODBYE_S)
        for follower in followers:
            if follower is not current_thread():
                follower.join(LONGEST_GOODBYE_S)
        self._link.close()

    def _dial(self, call: CallId, verb: str, leg: LegId, line: DialTarget) -> None:
        try:
            whom = Addition(leg=leg, line=line)
        except InvalidValue as error:  # the directory holds what no exchange may be handed
            log.info("line not dialled call=%s leg=%s why=%s", call, leg, error.problem)
            with self._changed:
                self._check_link()
                self._tell(failed(call, leg, self._clock(), Ending.NOT_CONFIGURED))
            self._events.run()
            return
        self._ask(call, verb, whom, leg)

    def _ask(self, call: CallId, verb: str, body: object = None, leg: LegId = LegId("")) -> None:  # noqa: B008 -- a plain text
        path = f"/v1/calls/{quote(call, safe='')}/{verb}"
        with self._changed:
            self._check_link()
            stream = self._stream.id if self._stream is not None else ""
            if leg:
                self._told.asked(call, leg)
            self._sender.put(Request("POST", path, encode(body or Nothing()), self._turn, stream, call, leg))

    def _check_link(self) -> None:
        if self._lost or self._closed:
            raise Unavailable(self._problem or "closed")

    # On the sender's thread.

    def _send(self, request: Request) -> None:
        try:
            self._link.ask(request.method, request.path, request.body, self._token(), request.stream)
        except WorkstationError as error:
            self._not_done(request, error)
            self._events.run()

    def _not_done(self, request: Request, error: WorkstationError) -> None:
        """Tell what became of a verb that failed on its way: the end of its leg, or the whole truth anew."""
        code = _code(error)
        log.info("verb not done call=%s verb=%s why=%s", request.call, request.verb, code)
        refused = isinstance(error, Refused)
        with self._changed:
            if request.leg and (refused or isinstance(error, SignInNeeded | NothingSent)):
                self._tell(failed(request.call, request.leg, self._clock()))
            stays = refused and (request.leg or not request.call)
            if request.turn == self._turn and not stays and not self._closed:
                self._lose(code)
                self._follow_anew()

    # On the threads that follow a stream, one for each turn.

    def _follow_anew(self) -> None:
        """Open a new stream, which makes the bridge tell everything again."""
        self._turn += 1
        if self._stream is not None:
            self._stream.stop()
            self._stream = None
        follower = Thread(target=self._follow, args=(self._turn,), name=THREADS, daemon=True)
        self._followers = [*(thread for thread in self._followers if thread.is_alive()), follower]
        follower.start()
        self._changed.notify_all()

    def _follow(self, turn: int) -> None:
        pause, only_if_free = self._patience.first_pause_s, False
        while self._is_on(turn):
            try:
                self._follow_stream(turn, only_if_free=only_if_free)
            except WorkstationError as error:
                code = _code(error)
                if self._lose_stream(turn, code):
                    pause = self._patience.first_pause_s
                # What ended in order was ended by another desk at this seat: that one keeps it.
                only_if_free = code in {"stream_ended", "seat_taken"}
                self._rest(turn, pause)
                pause = min(pause * 2, self._patience.longest_pause_s)

    def _follow_stream(self, turn: int, *, only_if_free: bool) -> None:
        """Follow one stream until it ends, which is an error, or until another turn has begun."""
        stream = self._link.open(self._token(), self._seat_state, only_if_free=only_if_free)
        try:
            if self._begin(turn, stream):
                for line in stream.lines():
                    if not self._take(turn, stream, line):
                        return
                    self._events.run()
        finally:
            stream.close()

    def _is_on(self, turn: int) -> bool:
        return turn == self._turn and not self._closed

    def _rest(self, turn: int, seconds: float) -> None:
        with self._changed:
            self._changed.wait_for(lambda: not self._is_on(turn), seconds)

    def _begin(self, turn: int, stream: EventStream) -> bool:
        with self._changed:
            if not self._is_on(turn):
                return False
            self._stream = stream
            self._told_all = self._exchange_lost = False
            self._told.begin()
            return True

    def _lose_stream(self, turn: int, code: str) -> bool:
        """Tell that the engine is lost; say whether a stream had been open."""
        with self._changed:
            if not self._is_on(turn):
                return False
            found = self._stream is not None
            self._stream = None
            self._lose(code)
        self._events.run()
        return found

    def _take(self, turn: int, stream: EventStream, line: Line) -> bool:
        """Tell the listener what a line says; say whether this turn goes on."""
        with self._changed:
            if not self._is_on(turn):
                return False
            event = line.event
            if event is not None and event.kind is EventKind.ENGINE_RECOVERED:
                if self._exchange_lost:  # what it tells now has no end; a new stream's has
                    self._follow_anew()
                    return False
            elif event is not None and event.kind is EventKind.ENGINE_LOST:
                self._exchange_lost = True
                self._lose("exchange")
            elif not self._exchange_lost:
                self._hear(line)
            self._events.put(partial(self._note, Delivered(stream.id, line.seq, self._told_all)))
            return True

    def _hear(self, line: Line) -> None:
        if self._lost:
            self._lost, self._problem = False, ""
            self._tell(TelephonyEvent(EventKind.ENGINE_RECOVERED, self._clock()))
        if line.event is not None:
            self._told.name(line.event)
            self._tell(line.event)
        elif line.beat and not self._told_all:
            self._told_all = True
            for gone in self._told.vanished(self._clock()):
                self._tell(gone)

    def _lose(self, code: str) -> None:
        self._problem = code
        self._sender.clear()
        self._changed.notify_all()
        if not self._lost:
            self._lost = True
            log.info("telephony bridge lost why=%s", code)
            self._tell(TelephonyEvent(EventKind.ENGINE_LOST, self._clock()))
            self._events.put(partial(self._note, Delivered()))

    def _tell(self, event: TelephonyEvent) -> None:
        self._told.hear(event)
        if self._listener is not None:
            self._events.put(partial(self._listener, event))

    def _note(self, delivered: Delivered) -> None:
        with self._changed:
            self.delivered = delivered
            self._changed.notify_all()


def _code(error: WorkstationError) -> str:
    return error.problem if isinstance(error, Refused) else str(error)
