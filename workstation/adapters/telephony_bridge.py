"""The telephone engine behind the telephony bridge: verbs go out one by one, what comes of them is told as news."""

import logging
from collections.abc import Callable
from datetime import datetime
from threading import Condition
from typing import Final
from urllib.parse import quote

from workstation.adapters.http_link import Site
from workstation.adapters.telephony_bridge_calls import failed
from workstation.adapters.telephony_bridge_link import BridgeLink, EventStream, NothingSent, Patience
from workstation.adapters.telephony_bridge_news import Delivered, Listener, News
from workstation.adapters.telephony_bridge_sender import Request, Sender
from workstation.adapters.telephony_bridge_streams import THREADS, Streams, code_of
from workstation.domain.call_back import BackWish
from workstation.domain.call_number import DialTarget
from workstation.domain.call_party import CallId, Ending, LegId
from workstation.domain.call_seat import LONGEST_REASON, SeatState
from workstation.domain.errors import InvalidValue, Refused, SignInNeeded, Unavailable, WorkstationError
from workstation.protocol.codec import encode
from workstation.protocol.telephony import Addition, BackNote, Mute, Nothing, SeatReport

log = logging.getLogger(__name__)

LONGEST_GOODBYE_S: Final = 3.0


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
        patience = patience or Patience()
        self._link = BridgeLink(site, patience)
        self._token = token
        self._clock = clock
        self._changed = Condition()
        self._sender = Sender(self._send, THREADS)
        self._news = News(clock, self._changed, self._sender.clear)
        self._streams = Streams(self._open, self._news, patience, self._changed)
        self._seat_state = ""
        self._closed = False

    @property
    def problem(self) -> str:
        """Why the engine is lost, as a code: a sign-in's own, ``seat_taken``, ``exchange`` or the network's."""
        return self._news.problem

    @property
    def delivered(self) -> Delivered:
        """How far the listener has been told."""
        return self._news.delivered

    def listen(self, listener: Listener) -> None:
        """Send every event from now on to *listener*, beginning with the calls that already exist."""
        with self._changed:
            if self._closed:
                return
            self._news.listener = listener
            self._seat_state = ""  # that of whoever listened before
            self._sender.start()
            self._streams.begin_anew()

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

    def call_back(self, call: CallId) -> None:
        """Take a caller who was cut off, and call this seat, then them."""
        self._ask(call, "call_back")

    def wish_back(self, call: CallId, wish: BackWish, reason: str = "") -> None:
        """Say whether a caller who was cut off is to be called back, and by whom."""
        self._ask(call, "wish_back", BackNote(wish=wish, reason=_printable(reason)))

    def set_seat_state(self, state: SeatState, reason: str) -> None:
        """Tell the queue whether this seat takes calls.

        Raises:
            Unavailable: The bridge or its exchange is lost.
        """
        with self._changed:
            self._seat_state = state
            self._check_link()
            body = encode(SeatReport(state=state, reason=_printable(reason)))
            self._sender.put(Request("PUT", "/v1/seat", body, self._streams.turn))

    def close(self) -> None:
        """Send nothing any more and end the threads."""
        with self._changed:
            self._closed = True
            self._news.listener = None
            self._streams.close()
        self._sender.close(LONGEST_GOODBYE_S)
        self._streams.join(LONGEST_GOODBYE_S)
        self._link.close()

    def _dial(self, call: CallId, verb: str, leg: LegId, line: DialTarget) -> None:
        try:
            whom = Addition(leg=leg, line=line)
        except InvalidValue as error:  # the directory holds what no exchange may be handed
            log.info("line not dialled call=%s leg=%s why=%s", call, leg, error.problem)
            with self._changed:
                self._check_link()
                self._news.tell(failed(call, leg, self._clock(), Ending.NOT_CONFIGURED))
            self._news.tell_all()
            return
        self._ask(call, verb, whom, leg)

    def _ask(self, call: CallId, verb: str, body: object = None, leg: LegId = LegId("")) -> None:  # noqa: B008 -- a plain text
        path = f"/v1/calls/{quote(call, safe='')}/{verb}"
        with self._changed:
            self._check_link()
            if leg:
                self._news.asked(call, leg)
            turn, stream = self._streams.turn, self._streams.id
            self._sender.put(Request("POST", path, encode(body or Nothing()), turn, stream, call, leg))

    def _check_link(self) -> None:
        if self._news.lost or self._closed:
            raise Unavailable(self._news.problem or "closed")

    def _open(self, *, only_if_free: bool) -> EventStream:
        return self._link.open(self._token(), self._seat_state, only_if_free=only_if_free)

    # On the sender's thread.

    def _send(self, request: Request) -> None:
        try:
            self._link.ask(request.method, request.path, request.body, self._token(), request.stream)
        except WorkstationError as error:
            self._not_done(request, error)
            self._news.tell_all()

    def _not_done(self, request: Request, error: WorkstationError) -> None:
        """Tell what became of a verb that failed on its way: the end of its leg, or the whole truth anew."""
        code = code_of(error)
        log.info("verb not done call=%s verb=%s why=%s", request.call, request.verb, code)
        refused = isinstance(error, Refused)
        with self._changed:
            if request.leg and (refused or isinstance(error, SignInNeeded | NothingSent)):
                self._news.tell(failed(request.call, request.leg, self._clock()))
            stays = refused and (request.leg or not request.call)
            if request.turn == self._streams.turn and not stays and not self._closed:
                self._news.lose(code)
                self._streams.begin_anew()


def _printable(reason: str) -> str:
    return "".join(sign for sign in reason if sign.isprintable())[:LONGEST_REASON]
