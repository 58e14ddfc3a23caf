"""One citizen's call at an Asterisk exchange: what was asked for, and what the exchange says of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from workstation.adapters.asterisk_legs import DialledLeg, SeatPhone, back_channel
from workstation.adapters.telephony_session import Place, Session
from workstation.domain.call_event import CallEnd, EventKind, TelephonyEvent
from workstation.domain.call_number import DialTarget
from workstation.domain.call_party import CITIZEN_LEG, SEAT_LEG, CallId, Ending, LegId
from workstation.domain.privacy import Address, PersonName, Phone

_NOBODY = PersonName()


class Control(Protocol):
    """What a call asks for; each returns at once."""

    def now(self) -> datetime:
        """Return the bridge's time."""
        ...

    def tell(self, seat: str, event: TelephonyEvent) -> None:
        """Send an event to one seat."""
        ...

    def redirect(self, channel: str, context: str, case: str) -> None:
        """Send a channel to another part of the dialplan."""
        ...

    def hang_up(self, channel: str) -> None:
        """End a channel."""
        ...

    def mute(self, case: str, channel: str, *, on: bool) -> None:
        """Silence a party of a conference, or open it again."""
        ...

    def ring(self, case: str, phone: SeatPhone, context: str) -> None:
        """Call a seat's phone into a conference, through a context of the dialplan."""
        ...

    def dial_back(self, unique: str, call: Session, seat: str) -> None:
        """Call a citizen who was cut off into the conference where *seat* is."""
        ...

    def tried(self, call: CallId, ending: Ending) -> None:
        """Follow what became of calling a citizen back."""
        ...

    def dial(self, case: str, leg: LegId, unique: str, line: DialTarget) -> None:
        """Call a third party into a conference."""
        ...

    def heard_over(self, slot: str) -> None:
        """Say that the end of a citizen's call was heard, which the exchange has noted in *slot*."""
        ...

    def own(self, channel: str, seat: str) -> None:
        """Keep with the citizen's channel whose call it is, for a control program that starts anew."""
        ...


@dataclass(frozen=True, slots=True)
class Caller:
    """Who a citizen is, as far as the network says.

    Args:
        location: Where they are, in words.
        back: The call that was cut off, where this one calls its citizen back.
    """

    number: str
    location: str = ""
    back: CallId = CallId("")  # noqa: RUF009 -- a plain text


class AsteriskCase:
    """A call: verbs ask the exchange, its events move the session, and the session tells the seat.

    Nothing is believed because it was asked for: hold, mute, joining and leaving are told when the exchange says so.

    Args:
        id: The conference's name, which is the call's id and the name of its recording too.
        channel: The citizen's channel; empty until the exchange has made that of a citizen who is called back.
    """

    def __init__(
        self,
        id: CallId,
        channel: str,
        caller: Caller,
        control: Control,
    ) -> None:
        self.id = id
        self.citizen = channel
        self.citizen_in = False
        self.owner = ""
        self.offered: set[str] = set()
        self.dialled: dict[str, DialledLeg] = {}
        self._only = ""
        self._seatless = False
        self._control = control
        self._ended_by = CallEnd.CITIZEN
        self.session = Session(self, id, Phone(caller.number), _NOBODY, control.now(), back=caller.back)
        self.session.location = Address(caller.location)

    def now(self) -> datetime:
        """Return the bridge's time."""
        return self._control.now()

    def send(self, event: TelephonyEvent) -> None:
        """Tell the seat whose call it is, and every seat where it rings."""
        for seat in (self._only,) if self._only else sorted(self.offered | {self.owner} - {""}):
            self._control.tell(seat, event)

    def dial(self, session: Session, leg: LegId, line: DialTarget) -> None:  # noqa: ARG002 -- it is this call's
        """Call a third party."""
        unique = f"{self.id}~{leg}"
        self.dialled[unique] = DialledLeg(leg, unique)
        self._control.dial(self.id, leg, unique, line)

    def dial_back(self, session: Session) -> None:
        """Call the citizen, unless that was begun by a control program that died since."""
        unique = back_channel(self.id)
        if unique not in self.dialled:
            self.dialled[unique] = DialledLeg(CITIZEN_LEG, unique)
            self._control.dial_back(unique, session, self.owner)

    def back_ended(self, session: Session, ending: Ending) -> None:
        """Let the queue know whether the citizen is to be called again."""
        self._control.tried(session.back, ending)

    def stop_dialling(self, session: Session, leg: LegId) -> None:
        """Hang up whoever is not wanted any more."""
        for dialled in self.dialled.values():
            if dialled.leg == leg and session.legs[leg] is not Place.IN:
                self._give_up(dialled)

    def new_recording(self) -> str:
        """Return the name of the recording, which the dialplan makes of every conference."""
        return self.id

    def offer(self, seat: str) -> None:
        """Let the call ring at a seat."""
        if self.waiting and seat not in self.offered | {self.owner}:
            self.offered.add(seat)
            self._only = seat
            self.session.offer()
            self._only = ""

    def retell_to(self, seat: str, *, ready: bool) -> None:
        """Tell one seat what it may know: all of its own call, and of one that rings that it rings."""
        if seat == self.owner:
            self._only = seat
            self.session.retell()
            self._only = ""
        elif seat in self.offered or ready:
            self.offered.discard(seat)
            self.offer(seat)

    def claim(self, seat: str, *, joined: bool = False) -> bool:
        """Give the call to *seat* if it waits for one, and say whether it is that seat's.

        Args:
            joined: Whether its phone is in the call already, which settles who has it.
        """
        if self.waiting or joined:
            for other in sorted((self.offered | {self.owner}) - {seat, ""}):
                self._control.tell(other, self._gone(CallEnd.CLAIMED_ELSEWHERE))
            self.owner, self.offered = seat, set()
            self._control.own(self.citizen, seat)
            if self.session.answered:
                self.session.retell()
            self.session.claim()
        return self.owner == seat

    def bring(self, phone: SeatPhone) -> None:
        """Bring the seat's phone into the conference, from the hook or from another call of that seat."""
        self._seatless = False
        context = "case-await" if self.session.citizen_away else "case-join"
        if phone.channel:
            self._control.redirect(phone.channel, context, self.id)
        elif not phone.unique:
            self._control.ring(self.id, phone, context)

    def begin_back(self, phone: SeatPhone) -> None:
        """Give a call-back to the seat that asked for it, and bring its phone; the citizen is called once it is in."""
        self.owner = phone.seat
        self.session.begin_back()
        self.bring(phone)

    def hold(self) -> None:
        if self.session.seat_in:
            self._control.redirect(self.citizen, "case-hold", self.id)

    def resume(self, phone: SeatPhone) -> None:
        if not self.on_hold:
            return
        if phone.case != self.id:
            self.bring(phone)
        self._control.redirect(self.citizen, "case-join", self.id)

    def mute(self, phone: SeatPhone, *, on: bool) -> None:
        if self.session.seat_in and phone.case == self.id:
            self._control.mute(self.id, phone.channel, on=on)

    def cancel_add(self) -> None:
        self._take_back(joined=False)

    def drop_party(self) -> None:
        if self.session.seat_in:
            self._take_back(joined=True)

    def may_leave(self) -> bool:
        """Say whether the citizen would have somebody to talk to without the seat."""
        session = self.session
        return session.seat_in and session.third_is_in and session.third not in session.on_hold

    def end(self) -> None:
        if self.session.seat_in:
            self._ended_by = CallEnd.SEAT
            self._control.hang_up(self.citizen)

    def seat_joined(self) -> None:
        """Follow the seat's phone into the conference, and let the citizen come too."""
        self.offered.clear()
        self._seatless = False
        self.session.answer()
        if not self.citizen_in and not self.on_hold and not self.session.citizen_away:
            self._control.redirect(self.citizen, "case-join", self.id)

    def seat_missing(self) -> None:
        """Note that the phone of the seat that has the call did not answer, or died; any other may take it."""
        self._seatless = not self.session.third_is_in

    def seat_gone(self) -> None:
        """Note that the seat is out; whom it had put on hold comes back, to the third party or to the queue."""
        held = self.on_hold
        self.session.seat_drops()
        if held and self.session.over is None:
            self._control.redirect(self.citizen, "case-join", self.id)

    def citizen_joined(self) -> None:
        self.citizen_in = True
        if self.session.citizen_away:
            self.session.citizen_in()
            self.dialled.pop(back_channel(self.id), None)
        self.session.resume()

    def citizen_held(self) -> None:
        self.citizen_in = False
        self.session.hold()

    def found_answered(self) -> None:
        """Note that a seat has had the call; whether its phone, or anybody else, is in it is found next."""
        self.session.answered = True
        self.session.legs[SEAT_LEG] = Place.OUT
        self.session.recording = self.id

    def found_reached(self) -> None:
        """Note that a citizen who was called back had answered when the exchange was found."""
        self._control.tried(self.session.back, Ending.JOINED)

    def found_away(self, channel: str) -> None:
        """Note that the citizen was being called back when the exchange was found."""
        unique = back_channel(self.id)
        self.dialled[unique] = DialledLeg(CITIZEN_LEG, unique, channel)
        self.session.legs[CITIZEN_LEG] = Place.CALLING

    def found_on_hold(self) -> None:
        """Note that the citizen already was on hold when the exchange was found."""
        self.session.on_hold.add(CITIZEN_LEG)

    def citizen_gone(self) -> None:
        """End the call for all, in the name of whoever ended it."""
        if self.session.over is not None:
            return
        if self._ended_by is CallEnd.SEAT:
            self.session.close(CallEnd.SEAT)
        else:
            self.session.citizen_hangs_up()

    def dialled_made(self, unique: str, channel: str) -> None:
        """Note that the exchange has made the channel of whoever is called."""
        leg = self.dialled[unique]
        leg.channel = channel
        if leg.leg == CITIZEN_LEG:
            self.citizen = channel
        if leg.given_up:
            self._control.hang_up(channel)

    def dialled_rings(self, unique: str) -> None:
        leg = self.dialled[unique]
        if leg.rang:
            return
        leg.rang = True
        if leg.leg == CITIZEN_LEG:
            self.session.citizen_rings()
        else:
            self.session.third_rings(leg.leg)

    def third_joined(self, unique: str) -> bool:
        """Note that a third party is in the conference, and say whether the seat wanted to leave then."""
        leg = self.dialled[unique]
        if leg.given_up or self.session.legs[leg.leg] is Place.IN:
            return False
        transferring, self.session.transferring = self.session.transferring, False
        self.session.third_in(leg.leg)
        return transferring and self.may_leave()

    def dialled_gone(self, unique: str, ending: Ending | None = None, cause: str = "") -> None:
        """Note that whoever was called is out, whether they were in or never came; the call may be over with that."""
        leg = self.dialled.pop(unique)
        if self.session.over is not None:
            return
        if leg.leg == CITIZEN_LEG:
            self.session.citizen_out(ending or leg.ending(cause))
        elif self.session.legs[leg.leg] is not Place.OUT:
            self.session.third_out(leg.leg, ending or leg.ending(cause))

    @property
    def on_hold(self) -> bool:
        """Say whether the citizen hears the hold music."""
        return CITIZEN_LEG in self.session.on_hold

    @property
    def waiting(self) -> bool:
        """Say whether any seat may take it: nobody has yet, or the phone of the one that has is not to be had."""
        return self.session.over is None and (not self.owner or self._seatless)

    def _take_back(self, *, joined: bool) -> None:
        for leg in self.dialled.values():
            place = self.session.legs[leg.leg]
            if leg.leg != CITIZEN_LEG and place is not Place.OUT and (place is Place.IN) is joined:
                self._give_up(leg)

    def _give_up(self, leg: DialledLeg) -> None:
        leg.given_up = True
        if leg.channel:
            self._control.hang_up(leg.channel)

    def _gone(self, end: CallEnd) -> TelephonyEvent:
        return TelephonyEvent(EventKind.CALL_GONE, self.now(), self.id, end=end)
