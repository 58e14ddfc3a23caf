"""An Asterisk exchange: the connection to it, what is asked of it, and each seat's telephone."""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from functools import partial

from workstation.adapters.asterisk_calls import AsteriskCalls
from workstation.adapters.asterisk_case import AsteriskCase
from workstation.adapters.asterisk_found import Found
from workstation.adapters.asterisk_kept import BACKS, GONE, KeptBacks, abandoned
from workstation.adapters.asterisk_legs import SeatPhone, dialled
from workstation.adapters.asterisk_link import ActionRefused, AsteriskLink, Manager, Message
from workstation.adapters.asterisk_pulse import Pulse
from workstation.adapters.asterisk_seat import SeatLine
from workstation.adapters.telephony_backs import BACK_RINGS_S, BackQueue, Waiting
from workstation.adapters.telephony_session import Session
from workstation.domain.call_event import CallEnd, EventKind, TelephonyEvent
from workstation.domain.call_number import DialTarget
from workstation.domain.call_party import CallId, Ending, LegId
from workstation.domain.errors import InvalidValue, Unavailable

log = logging.getLogger(__name__)

HEARTBEAT_S = 1.0
RECONNECT_S = 0.5
SEAT_RINGS_S = 30
ABSENT_S = 30.0
"""After how long a seat whose desk has not come back keeps nobody whom the exchange kept for it."""


class AsteriskExchange:
    """Follows one exchange and drives its calls; everything runs on the event loop that `run` was started on.

    The dialplan of resources/telephony/asterisk joins people. This class adds, mutes, holds and takes out, and nothing
    it does is needed for those who already talk.

    Args:
        seats: What to dial for each seat, such as ``{"06": "PJSIP/seat-06"}``.
        trunk: The endpoint through which numbers are dialled.
    """

    def __init__(self, place: Manager, seats: Mapping[str, str], trunk: str, clock: Callable[[], datetime]) -> None:
        self._place = place
        self._trunk = trunk
        self._clock = clock
        self._phones = {seat: SeatPhone(seat, address) for seat, address in seats.items()}
        self._lines = {seat: SeatLine(seat, self) for seat in seats}
        self.backs = BackQueue(self._keep_back)
        self._kept_backs = KeptBacks()
        for line in self._lines.values():
            self.backs.join(line.seat, line.hear)
        self._calls = AsteriskCalls(self._phones, self, self._ready, self.backs)
        self._pulse = Pulse(self._phones.values(), self._packets, self.hang_up)
        self._link: AsteriskLink | None = None
        self._lost = asyncio.Event()
        self._early: list[Message] | None = None
        self._doing: set[asyncio.Task[None]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._rung = 0

    @property
    def up(self) -> bool:
        """Say whether the exchange is there and its calls are known; before that nobody may be told what exists."""
        return self._link is not None and self._early is None

    def at(self, seat: str) -> SeatLine:
        """Return the telephone of one seat.

        Raises:
            KeyError: The site has no such seat.
        """
        return self._lines[seat]

    async def run(self) -> None:
        """Follow the exchange until this task is cancelled; a lost one is looked for again."""
        self._loop = asyncio.get_running_loop()
        while True:
            self._lost.clear()
            self._early = []
            link = AsteriskLink(self._place, self._follow, self._lost.set)
            try:
                await link.open()
                await self._work_with(link)
            except (Unavailable, ActionRefused) as e:
                log.info("exchange not reached why=%s", e)
            finally:
                await link.close()
            await asyncio.sleep(RECONNECT_S)

    def soon(self, deed: Callable[[], None]) -> None:
        """Do *deed* on the event loop, from any thread."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._turn, deed)

    def call_back(self, seat: str, call: CallId) -> None:
        """Call a citizen who was cut off."""
        if self.up:
            self._calls.call_back(seat, call)
        else:
            self.backs.tell_of(seat, call)

    def end(self, case: AsteriskCase) -> None:
        """Hang up for everybody."""
        self._calls.end(case)

    def case(self, id: CallId) -> AsteriskCase | None:
        """Return a call that is not over."""
        return self._calls.get(id)

    def cases(self) -> Iterable[AsteriskCase]:
        """Return the calls that are not over."""
        return self._calls.all()

    def phone(self, seat: str) -> SeatPhone:
        """Return a seat's phone."""
        return self._phones[seat]

    def seat_may_take(self, seat: str) -> None:
        """Let everything that waits ring at a seat that has become ready."""
        for case in self._calls.all():
            if case.waiting:
                case.offer(seat)

    def release(self, phone: SeatPhone, case: AsteriskCase) -> None:
        """Take a seat's phone out of a call."""
        self._calls.release(phone, case)

    def gone(self, call: CallId, end: CallEnd) -> TelephonyEvent:
        """Return the event that a call is over for a seat."""
        return TelephonyEvent(EventKind.CALL_GONE, self.now(), call, end=end)

    def engine(self) -> TelephonyEvent:
        """Return the event that says whether the exchange is there."""
        return TelephonyEvent(EventKind.ENGINE_RECOVERED if self.up else EventKind.ENGINE_LOST, self.now())

    def now(self) -> datetime:
        """Return the bridge's time."""
        return self._clock()

    def tell(self, seat: str, event: TelephonyEvent) -> None:
        """Send an event to one seat."""
        self._lines[seat].hear(event)

    def redirect(self, channel: str, context: str, case: str) -> None:
        """Send a channel to another part of the dialplan."""
        self._do("Redirect", Channel=channel, Context=context, Exten=case, Priority="1")

    def hang_up(self, channel: str) -> None:
        """End a channel."""
        self._do("Hangup", Channel=channel)

    def mute(self, case: str, channel: str, *, on: bool) -> None:
        """Silence a party of a conference, or open it again."""
        self._do("ConfbridgeMute" if on else "ConfbridgeUnmute", Conference=case, Channel=channel)

    def own(self, channel: str, seat: str) -> None:
        """Keep with the citizen's channel whose call it is."""
        self._do("Setvar", Channel=channel, Variable="OWNER", Value=seat)

    def ring(self, case: str, phone: SeatPhone, context: str) -> None:
        """Call a seat's phone into a conference; it picks up by itself where it can."""
        self._rung += 1
        phone.unique = f"{case}~seat-{phone.seat}-{self._rung}"
        picks_up = "PJSIP_HEADER(add,Call-Info)=<sip:seat>;answer-after=0"
        variables = f"ROLE=seat,LEG=seat,{picks_up}"
        self._start(self._originate(_into(case, context), phone.unique, phone.address, SEAT_RINGS_S, variables))

    def dial(self, case: str, leg: LegId, unique: str, line: DialTarget) -> None:
        """Call a third party into a conference."""
        address = dialled(line, self._trunk)
        variables = f"ROLE=third,LEG={leg},LINE={line.id}"
        self._start(self._originate(_into(case), unique, address, line.ring_timeout, variables))

    def dial_back(self, unique: str, call: Session, seat: str) -> None:
        """Call a citizen who was cut off into the conference where *seat* is."""
        number = call.number.text
        variables = f"ROLE=citizen,CASE={call.id},OWNER={seat},BACK={call.back},NUMBER={number}"
        self._start(self._originate(_into(call.id), unique, f"PJSIP/{number}@{self._trunk}", BACK_RINGS_S, variables))

    def heard_over(self, slot: str) -> None:
        """Let the exchange forget who hung up: it was heard."""
        if slot in GONE:
            self._do("Setvar", Variable=slot, Value="")

    def tried(self, call: CallId, ending: Ending) -> None:
        """Follow what became of calling a citizen back."""
        self.backs.tried(call, reached=ending is Ending.JOINED)

    async def _originate(
        self, where: Mapping[str, str], unique: str, address: str, seconds: int, variables: str
    ) -> None:
        what = {"Channel": address, "ChannelId": unique, "Timeout": str(seconds * 1000), "Variable": variables}
        try:
            await self._ask("Originate", **what, **where, CallerID="110", Async="true")
        except (ActionRefused, Unavailable, InvalidValue) as e:
            log.info("exchange did not dial unique=%s why=%s", unique, e)
            self._turn(partial(self._calls.not_made, unique))

    def _do(self, action: str, **fields: str) -> None:
        self._start(self._tried(action, fields))

    async def _tried(self, action: str, fields: Mapping[str, str]) -> None:
        try:
            await self._ask(action, **fields)
        except (ActionRefused, Unavailable, InvalidValue) as e:  # the exchange's events stay the truth
            log.info("exchange did not take action=%s why=%s", action, e)

    async def _ask(self, action: str, **fields: str) -> None:
        if self._link is None:
            raise Unavailable("the exchange is lost")
        await self._link.ask(action, **fields)

    def _start(self, deed: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(deed)
        self._doing.add(task)
        task.add_done_callback(self._doing.discard)

    async def _work_with(self, link: AsteriskLink) -> None:
        self._link = link
        beats = [asyncio.create_task(self._beat(link)), asyncio.create_task(self._pulse.watch())]
        try:
            await self._recall(link)
            await self._find_calls(link)
            for line in self._lines.values():
                line.retell()
            self.backs.run()
            await self._lost.wait()
        finally:
            for beat in beats:
                beat.cancel()
            self._link = None
            log.info("exchange lost")
            for line in self._lines.values():
                line.hear(self.engine())

    async def _recall(self, link: AsteriskLink) -> None:
        """Go on with the callers whom the exchange kept while nobody was here."""
        answers = await asyncio.gather(*(link.ask("Getvar", Variable=name) for name in (*GONE, *BACKS)))
        texts = [answer.get("Value", "") for answer in answers]
        gone, backs = texts[: len(GONE)], texts[len(GONE) :]
        self.backs.restore(self._kept_backs.found(backs), abandoned(gone))
        self.backs.run()
        asyncio.get_running_loop().call_later(ABSENT_S, self._turn, self._release_absent)
        heard = [(slot, "") for slot, text in zip(GONE, gone, strict=True) if text]
        for slot, text in (*self._kept_backs.astray(backs), *heard):
            await link.ask("Setvar", Variable=slot, Value=text)

    def _release_absent(self) -> None:
        self.backs.release_but({line.seat for line in self._lines.values() if line.is_manned})

    def _keep_back(self, call: CallId, it: Waiting | None) -> None:
        """Keep at the exchange who is to be called back."""
        written = self._kept_backs.written(call, it)
        if written is not None:
            self._do("Setvar", Variable=written[0], Value=written[1])

    async def _find_calls(self, link: AsteriskLink) -> None:
        """Ask who is where; what happens meanwhile is followed afterwards."""
        channels = [it for it in await link.listed("CoreShowChannels") if it.get("Event") == "CoreShowChannel"]
        in_conference: dict[str, bool] = {}
        for case in {it["ChanVariable(CASE)"] for it in channels if it.get("ChanVariable(CASE)")}:
            with suppress(ActionRefused):  # nobody is in that conference
                for member in await link.listed("ConfbridgeList", Conference=case):
                    in_conference[member.get("Channel", "")] = member.get("Muted") == "Yes"
        Found(channels, in_conference).tell(self._calls, self._phones)
        log.info("exchange found calls=%s", len(self._calls.all()))
        early, self._early = self._early or [], None
        for event in early:
            self._calls.follow(event)

    async def _beat(self, link: AsteriskLink) -> None:
        """Let the dialplan know that somebody looks after those who wait."""
        with suppress(ActionRefused, Unavailable):
            while True:
                epoch = await link.ask("Getvar", Variable="EPOCH")
                await link.ask("Setvar", Variable="CONTROL_ALIVE", Value=epoch.get("Value", ""))
                await asyncio.sleep(HEARTBEAT_S)

    async def _packets(self, channel: str) -> str:
        """Ask how many packets of sound have come from a channel."""
        if self._link is None:
            raise Unavailable("the exchange is lost")
        answer = await self._link.ask("Getvar", Channel=channel, Variable="CHANNEL(rtcp,rxcount)")
        return answer.get("Value", "")

    def _follow(self, event: Message) -> None:
        self._pulse.follow(event)
        if self._early is not None:
            self._early.append(event)
        else:
            self._turn(partial(self._calls.follow, event))

    def _turn(self, deed: Callable[[], None]) -> None:
        """Do *deed*, then tell the seats what came of it for those who were cut off."""
        deed()
        self.backs.run()

    def _ready(self) -> Iterable[str]:
        """Return the seats that are ready; where none is, those at work: somebody must see who waits."""
        lines = self._lines.values()
        ready = [line.seat for line in lines if line.takes_calls]
        return ready or [line.seat for line in lines if line.is_at_work]


def _into(case: str, context: str = "case-join") -> dict[str, str]:
    """Return where in the dialplan whoever answers goes."""
    return {"Context": context, "Exten": case, "Priority": "1"}
