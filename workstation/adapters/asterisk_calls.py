"""All calls at an Asterisk exchange, kept in step with its events."""

import logging
from collections.abc import Callable, Iterable, Mapping
from functools import partial

from workstation.adapters.asterisk_case import AsteriskCase, Caller, Control
from workstation.adapters.asterisk_legs import SeatPhone, back_channel
from workstation.adapters.asterisk_link import Message
from workstation.adapters.asterisk_words import number, variable
from workstation.adapters.telephony_backs import BackQueue, Waiting
from workstation.domain.call_party import CallId, Ending
from workstation.domain.privacy import Phone

log = logging.getLogger(__name__)


class AsteriskCalls:
    """The calls and the seats' phones, as far as the exchange has told.

    Args:
        phones: By seat.
        control: What the calls ask the exchange to do.
        ready: Returns the seats where a new call may ring.
        backs: The callers who were cut off.
    """

    def __init__(
        self,
        phones: Mapping[str, SeatPhone],
        control: Control,
        ready: Callable[[], Iterable[str]],
        backs: BackQueue,
    ) -> None:
        self._phones = phones
        self._control = control
        self._ready = ready
        self._backs = backs
        self._called_back = 0
        self._cases: dict[str, AsteriskCase] = {}
        self._handlers: dict[str, Callable[[Message], None]] = {
            "UserEvent": self._user_event,
            "ConfbridgeJoin": self._joined,
            "ConfbridgeMute": partial(self._muted, on=True),
            "ConfbridgeUnmute": partial(self._muted, on=False),
            "Newchannel": self._made,
            "Newstate": self._state,
            "Hangup": self._hung_up,
            "Hold": partial(self._held, on=True),
            "Unhold": partial(self._held, on=False),
            "OriginateResponse": self._originated,
        }

    def all(self) -> tuple[AsteriskCase, ...]:
        """Return the calls that are not over."""
        return tuple(self._cases.values())

    def get(self, id: str) -> AsteriskCase | None:
        """Return a call that is not over."""
        return self._cases.get(id)

    def follow(self, event: Message) -> None:
        """Follow one event; what is old, unknown or about somebody else's channels changes nothing."""
        handle = self._handlers.get(event.get("Event", ""))
        if handle is not None:
            handle(event)

    def release(self, phone: SeatPhone, case: AsteriskCase | None) -> None:
        """Take a seat's phone out of a call: to another one that it has on hold, else on the hook."""
        others = [other for other in self._cases.values() if other is not case and _has(phone.seat, other)]
        if others:
            phone.case, phone.moving = others[0].id, True
            if case is not None and case.session.over is None:
                case.seat_gone()
            others[0].bring(phone)
        elif phone.channel:
            self._control.hang_up(phone.channel)

    def call_back(self, seat: str, call: CallId) -> None:
        """Call a citizen who was cut off; whom another seat has, or whoever comes in between, is only told of."""
        phone = self._phones[seat]
        taken = None if self._engaged(phone) else self._backs.take(seat, call)
        if taken is None:
            self._backs.tell_of(seat, call)
            return
        self._called_back += 1
        id = CallId(f"case-{self._control.now().timestamp():.6f}{self._called_back:04}")  # longer than a channel's id
        case = self._cases[id] = AsteriskCase(id, "", Caller(taken.number.text, back=call), self._control)
        log.info("calling back case=%s call=%s", id, call)
        case.begin_back(phone)

    def end(self, case: AsteriskCase) -> None:
        """Hang up for everybody; a citizen who is only being called back is not waited for."""
        if case.session.citizen_away:
            case.session.end()
            self.over(case)
        else:
            case.end()

    def not_made(self, unique: str) -> None:
        """Follow an attempt that never became a channel: the exchange knows no such line."""
        case = self._dialling(unique)
        if case is not None and not case.dialled[unique].channel:
            self._dialled_gone(case, unique, Ending.NOT_CONFIGURED)
        self._seat_off(unique)

    def _user_event(self, event: Message) -> None:
        id, state, channel = event.get("Case", ""), event.get("State", ""), event.get("Channel", "")
        if state == "over":
            self._control.heard_over(event.get("Slot", ""))
        case = self._cases.get(id)
        if state == "waiting" and case is None and channel:
            case = self.arrived(id, event)
        if case is None or case.citizen != channel:
            return
        if state == "waiting":
            case.citizen_in = False
            self._offer(case)
        elif state == "held":
            case.citizen_held()
        elif state == "over":
            self.over(case)

    def arrived(self, id: str, event: Message) -> AsteriskCase:
        """Begin to follow a citizen's call, which *event* or a listing tells of."""
        location = "".join(filter(str.isprintable, variable(event, "LOCATION"))).strip()
        caller = Caller(number(event), location, CallId(variable(event, "BACK")))
        case = self._cases[id] = AsteriskCase(CallId(id), event["Channel"], caller, self._control)
        self._backs.called_again(Phone(caller.number))
        log.info("call arrived case=%s", id)
        return case

    def _offer(self, case: AsteriskCase) -> None:
        """Let a call that wants a seat ring wherever it may."""
        for seat in self._ready():
            case.offer(seat)

    def over(self, case: AsteriskCase) -> None:
        """Follow the end of a call, and put its seat's phone elsewhere."""
        del self._cases[case.id]
        case.citizen_gone()
        session = case.session
        if session.over is not None:
            caller = Waiting(case.id, session.number, self._control.now(), case.owner)
            self._backs.ended(caller, session.over, answered=session.answered)
        for phone in self._phones.values():
            if case.id in {phone.case, phone.unique.partition("~")[0] if not phone.case else ""}:
                self.release(phone, case)

    def _dialled_gone(self, case: AsteriskCase, unique: str, ending: Ending | None = None, cause: str = "") -> None:
        case.dialled_gone(unique, ending, cause)
        if case.session.over is not None:
            self.over(case)

    def _engaged(self, phone: SeatPhone) -> bool:
        """Say whether a seat's ear is in a call, or its phone on the way into one."""
        mine = [case for case in self._cases.values() if case.owner == phone.seat and not case.on_hold]
        there = any(case.session.seat_in or case.session.citizen_away for case in mine)
        return there or bool(phone.unique and not phone.case)

    def _joined(self, event: Message) -> None:
        case = self._cases.get(event.get("Conference", ""))
        channel, unique = event.get("Channel", ""), event.get("Uniqueid", "")
        if case is not None and channel == case.citizen:
            case.citizen_joined()
        elif case is not None and unique in case.dialled:
            if case.third_joined(unique):
                self.release(self._phones[case.owner], case)
        elif phone := self._phone_of(channel):
            phone.unique, phone.channel = unique, channel
            self.seat_is_in(phone, case)

    def seat_is_in(self, phone: SeatPhone, case: AsteriskCase | None) -> None:
        """Follow a seat's phone into a conference; one that holds no call of ours is left again."""
        phone.moving = False
        if case is None:  # a call-back that was given up while the phone was on its way
            self.release(phone, case)
            return
        phone.case = case.id
        if case.owner != phone.seat:
            case.claim(phone.seat, joined=not case.session.seat_in)
        if case.owner == phone.seat:
            case.seat_joined()

    def _muted(self, event: Message, *, on: bool) -> None:
        case = self._cases.get(event.get("Conference", ""))
        phone = self._phone_of(event.get("Channel", ""))
        if case is not None and phone is not None and phone.case == case.id:
            case.session.mute(on=on)

    def _made(self, event: Message) -> None:
        unique, channel = event.get("Uniqueid", ""), event.get("Channel", "")
        for phone in self._phones.values():
            if phone.unique == unique:
                phone.channel = channel
        if case := self._dialling(unique):
            case.dialled_made(unique, channel)
        elif unique == back_channel(unique.partition("~")[0]):
            self._control.hang_up(channel)  # it was given up before there was a channel

    def _state(self, event: Message) -> None:
        unique = event.get("Uniqueid", "")
        if event.get("ChannelStateDesc") == "Ringing" and (case := self._dialling(unique)):
            case.dialled_rings(unique)

    def _hung_up(self, event: Message) -> None:
        unique = event.get("Uniqueid", "")
        if case := self._dialling(unique):
            self._dialled_gone(case, unique, cause=event.get("Cause", ""))
        self._seat_off(unique)

    def _seat_off(self, unique: str) -> None:
        for phone in self._phones.values():
            if unique and phone.unique == unique:
                self.seat_hung_up(phone)

    def seat_hung_up(self, phone: SeatPhone) -> None:
        """Follow a seat's phone back onto the hook."""
        rung = phone.unique.partition("~")[0]
        goal = self._cases.get(phone.case) if phone.moving else None
        phone.hung_up()
        if goal is not None:  # the exchange ended it with the call that is over, before it was on its way
            goal.bring(phone)
            return
        for case in tuple(self._cases.values()):
            there = _has(phone.seat, case)
            on_its_way = case.id == rung and case.owner == phone.seat
            if (there or on_its_way) and case.session.citizen_away:
                self.end(case)
                continue
            if there:
                case.seat_gone()
            if there or on_its_way:
                case.seat_missing()
                self._offer(case)

    def _originated(self, event: Message) -> None:
        if event.get("Response") == "Failure":
            self.not_made(event.get("Uniqueid", ""))

    def _held(self, event: Message, *, on: bool) -> None:
        if case := self._dialling(event.get("Uniqueid", "")):
            case.session.third_holds(on=on)

    def _dialling(self, unique: str) -> AsteriskCase | None:
        case = self._cases.get(unique.partition("~")[0])
        return case if case is not None and unique in case.dialled else None

    def _phone_of(self, channel: str) -> SeatPhone | None:
        return next((phone for phone in self._phones.values() if phone.owns(channel)), None)


def _has(seat: str, case: AsteriskCase) -> bool:
    return case.owner == seat and case.session.seat_in
