"""One call as a telephone exchange sees it: who is where, and what follows from that."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from workstation.domain.call_event import CallEnd, EventKind, TelephonyEvent
from workstation.domain.call_number import DialTarget
from workstation.domain.call_party import CITIZEN_LEG, SEAT_LEG, CallId, Ending, LegId
from workstation.domain.privacy import Address, PersonName, Phone

NO_LEG = LegId("")


class Place(StrEnum):
    CALLING = "calling"
    RINGING = "ringing"
    IN = "in"
    OUT = "out"


class Exchange(Protocol):
    """What a call needs of the exchange it is in."""

    def now(self) -> datetime:
        """Return the exchange's time."""
        ...

    def send(self, event: TelephonyEvent) -> None:
        """Tell the desk."""
        ...

    def dial(self, session: "Session", leg: LegId, line: DialTarget) -> None:
        """Begin to call *line*; `Session.third_in` or `Session.third_out` says later what became of it."""
        ...

    def dial_back(self, session: "Session") -> None:
        """Begin to call the citizen; `Session.citizen_in` or `Session.citizen_out` says what became of it."""
        ...

    def back_ended(self, session: "Session", ending: Ending) -> None:
        """Follow what became of a call-back."""
        ...

    def stop_dialling(self, session: "Session", leg: LegId) -> None:
        """Forget what was planned for a leg whose place has changed."""
        ...

    def new_recording(self) -> str:
        """Return the id of a recording that begins, or nothing if nobody records here."""
        ...


@dataclass(slots=True, eq=False)
class Session:
    """A live call; every method is one thing that was asked for or that happened, and sends what came of it."""

    exchange: Exchange
    id: CallId
    number: Phone
    person: PersonName
    since: datetime
    legs: dict[LegId, Place] = field(default_factory=lambda: {CITIZEN_LEG: Place.IN, SEAT_LEG: Place.RINGING})
    endings: dict[LegId, Ending] = field(default_factory=dict)
    on_hold: set[LegId] = field(default_factory=set)
    claimed: bool = False
    answered: bool = False
    muted: bool = False
    transferring: bool = False
    recording: str = ""
    over: CallEnd | None = None
    back: CallId = CallId("")  # noqa: RUF009 -- a plain text
    location: Address = Address()  # noqa: RUF009 -- it is immutable

    @property
    def third(self) -> LegId:
        """The third party that is in or rings; no leg if there is none."""
        thirds = [leg for leg, place in self.legs.items() if leg not in {CITIZEN_LEG, SEAT_LEG} and place != Place.OUT]
        return thirds[0] if thirds else NO_LEG

    @property
    def seat_in(self) -> bool:
        return self.legs[SEAT_LEG] is Place.IN

    @property
    def third_is_in(self) -> bool:
        return self.legs.get(self.third) is Place.IN

    @property
    def citizen_away(self) -> bool:
        """Say whether a citizen who is called back has not answered yet."""
        return self.legs[CITIZEN_LEG] in {Place.CALLING, Place.RINGING}

    def begin_back(self) -> None:
        """Begin a call-back: it is the seat's that asked, and the citizen is called once the seat is there."""
        self.legs[CITIZEN_LEG] = Place.CALLING
        self.offer()
        self.claim()

    def citizen_rings(self) -> None:
        self.legs[CITIZEN_LEG] = Place.RINGING
        self._tell(EventKind.LEG_RINGING, CITIZEN_LEG)

    def citizen_in(self) -> None:
        """Follow a citizen who answers a call-back."""
        self.legs[CITIZEN_LEG] = Place.IN
        self.exchange.stop_dialling(self, CITIZEN_LEG)
        self.exchange.back_ended(self, Ending.JOINED)
        self._tell(EventKind.LEG_ANSWERED, CITIZEN_LEG)
        self._tell(EventKind.LEG_JOINED, CITIZEN_LEG)

    def citizen_out(self, ending: Ending) -> None:
        """Follow a citizen who was not reached; the call is over."""
        self._tell(EventKind.LEG_FAILED, CITIZEN_LEG, ending=ending)
        self.endings[CITIZEN_LEG] = ending
        self.close(CallEnd.NOT_REACHED)

    def claim(self) -> None:
        if not self.claimed:
            self.claimed = True
            self._tell(EventKind.CALL_CLAIMED)

    def answer(self) -> None:
        self.claim()
        self._seat_joins()

    def rejoin(self) -> None:
        if self.answered:
            self._seat_joins()

    def leave(self) -> None:
        """Take the seat out, unless that would leave the citizen with nobody to talk to."""
        if self.seat_in and self.third_is_in and self.third not in self.on_hold:
            self.seat_out()

    def hold(self) -> None:
        if self.seat_in and not self.citizen_away:
            self._set_hold(CITIZEN_LEG, on=True)

    def resume(self) -> None:
        self._set_hold(CITIZEN_LEG, on=False)

    def mute(self, *, on: bool) -> None:
        if self.seat_in and self.muted is not on:
            self.muted = on
            self._tell(EventKind.MUTE_CHANGED, SEAT_LEG, on=on)

    def add(self, leg: LegId, line: DialTarget, *, transferring: bool) -> None:
        """Dial a line, or say at once why not; a leg that is known already is an old request."""
        if leg in self.legs:
            return
        refusal = self._refusal(line)
        self.legs[leg] = Place.OUT if refusal else Place.CALLING
        if refusal:
            self.endings[leg] = refusal
            self._tell(EventKind.LEG_FAILED, leg, ending=refusal)
            return
        self.transferring = transferring
        self.exchange.dial(self, leg, line)

    def cancel_add(self) -> None:
        if self.third and not self.third_is_in:
            self.third_out(self.third, Ending.CANCELLED)

    def drop_party(self) -> None:
        if self.third_is_in and self.seat_in:
            self.third_out(self.third, Ending.CANCELLED)

    def end(self) -> None:
        if self.citizen_away:
            self.citizen_out(Ending.CANCELLED)
        elif self.seat_in:
            self.close(CallEnd.SEAT)

    def third_rings(self, leg: LegId) -> None:
        self.legs[leg] = Place.RINGING
        self._tell(EventKind.LEG_RINGING, leg)

    def third_in(self, leg: LegId) -> None:
        self.legs[leg] = Place.IN
        self.exchange.stop_dialling(self, leg)
        self._tell(EventKind.LEG_ANSWERED, leg)
        self._tell(EventKind.LEG_JOINED, leg)
        if self.transferring:
            self.seat_out()

    def third_out(self, leg: LegId, ending: Ending) -> None:
        """Take a third party out, whether it was in or only rang; the citizen is not touched."""
        was_in = self.legs[leg] is Place.IN
        self.legs[leg] = Place.OUT
        self.exchange.stop_dialling(self, leg)
        if was_in:
            self._tell(EventKind.LEG_LEFT, leg)
        else:
            self.endings[leg] = ending
            self._tell(EventKind.LEG_FAILED, leg, ending=ending)
        self.ring_back_if_alone()

    def third_hangs_up(self) -> None:
        if self.third:
            self.third_out(self.third, Ending.REJECTED)

    def third_holds(self, *, on: bool) -> None:
        if self.third_is_in:
            self._set_hold(self.third, on=on)

    def seat_drops(self) -> None:
        if self.seat_in:
            self.seat_out()

    def seat_out(self) -> None:
        """Take the seat out; whom it had put on hold is brought back, and if nobody else is there it rings again."""
        if self.citizen_away:
            self.citizen_out(Ending.CANCELLED)
            return
        self.legs[SEAT_LEG] = Place.OUT
        self.muted = self.transferring = False
        self._tell(EventKind.LEG_LEFT, SEAT_LEG)
        self._set_hold(CITIZEN_LEG, on=False)
        self.ring_back_if_alone()

    def citizen_hangs_up(self) -> None:
        if self.citizen_away:
            self.citizen_out(Ending.REJECTED)
            return
        self._tell(EventKind.LEG_LEFT, CITIZEN_LEG)
        self.close(CallEnd.CITIZEN)

    def claimed_elsewhere(self) -> None:
        if not self.claimed:
            self.close(CallEnd.CLAIMED_ELSEWHERE)

    def close(self, end: CallEnd) -> None:
        """End the call for everybody who is left."""
        for leg in self.legs:
            self.exchange.stop_dialling(self, leg)
        self.over = end
        if self.back and self.legs[CITIZEN_LEG] is not Place.IN:
            self.exchange.back_ended(self, self.endings.get(CITIZEN_LEG, Ending.CANCELLED))
        if self.recording:
            self._tell(EventKind.RECORDING_STOPPED)
        self._tell(EventKind.CALL_GONE, end=end)

    def retell(self) -> None:
        """Tell all that is true of the call to a desk that may have missed some of it, or all."""
        self.offer()
        if self.claimed:
            self._tell(EventKind.CALL_CLAIMED)
        if self.answered:
            self._retell_legs()
        if self.recording:
            self._tell(EventKind.RECORDING_STARTED)
        if self.over is not None:
            self._tell(EventKind.CALL_GONE, end=self.over)

    def offer(self) -> None:
        """Tell that the call is there, and nothing else of it."""
        offered = TelephonyEvent(EventKind.CALL_OFFERED, self.since, self.id)
        of_caller = replace(offered, number=self.number, person=self.person, location=self.location)
        self.exchange.send(replace(of_caller, back=self.back))

    def _retell_legs(self) -> None:
        for leg in self.legs:
            if leg != SEAT_LEG:
                self._retell_leg(leg)
        self._retell_leg(SEAT_LEG)  # last: what its going means depends on who is still there
        self._tell(EventKind.MUTE_CHANGED, SEAT_LEG, on=self.muted)

    def _retell_leg(self, leg: LegId) -> None:
        place, ending = self.legs[leg], self.endings.get(leg)
        if place is Place.IN:
            self._tell(EventKind.LEG_JOINED, leg)
            self._tell(EventKind.HOLD_CHANGED, leg, on=leg in self.on_hold)
        elif ending is not None:
            self._tell(EventKind.LEG_FAILED, leg, ending=ending)
        elif place is Place.OUT or leg == SEAT_LEG:
            self._tell(EventKind.LEG_LEFT, leg)
        if place is Place.RINGING:
            self._tell(EventKind.LEG_RINGING, leg)
        if place is Place.CALLING:  # nothing has happened to it yet, but what is not named is taken for gone
            self._tell(EventKind.HOLD_CHANGED, leg, on=False)

    def _seat_joins(self) -> None:
        if self.seat_in:
            return
        self.answered = True
        self.legs[SEAT_LEG] = Place.IN
        self._tell(EventKind.LEG_ANSWERED, SEAT_LEG)
        self._tell(EventKind.LEG_JOINED, SEAT_LEG)
        if not self.recording:
            self.recording = self.exchange.new_recording()
            if self.recording:
                self._tell(EventKind.RECORDING_STARTED)
        if self.legs[CITIZEN_LEG] is Place.CALLING:
            self.exchange.dial_back(self)

    def _refusal(self, line: DialTarget) -> Ending | None:
        if not line.configured:
            return Ending.NOT_CONFIGURED
        return Ending.CANCELLED if self.third or not self.seat_in or self.citizen_away else None

    def ring_back_if_alone(self) -> None:
        if self.legs[SEAT_LEG] is Place.OUT and not self.third:
            self.legs[SEAT_LEG] = Place.RINGING
            self._tell(EventKind.LEG_RINGING, SEAT_LEG)

    def _set_hold(self, leg: LegId, *, on: bool) -> None:
        if (leg in self.on_hold) is not on:
            self.on_hold ^= {leg}
            self._tell(EventKind.HOLD_CHANGED, leg, on=on)

    def _tell(
        self,
        kind: EventKind,
        leg: LegId = NO_LEG,
        *,
        ending: Ending | None = None,
        end: CallEnd | None = None,
        on: bool = False,
    ) -> None:
        recording = self.recording if kind in {EventKind.RECORDING_STARTED, EventKind.RECORDING_STOPPED} else ""
        at = self.exchange.now()
        event = TelephonyEvent(kind, at, self.id, leg, ending=ending, end=end, on=on, recording=recording)
        self.exchange.send(event)
