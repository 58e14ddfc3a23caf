"""A phone call and its parties."""

from dataclasses import dataclass, replace
from datetime import datetime

from workstation.domain.call_event import CallEnd, EventKind, TelephonyEvent
from workstation.domain.call_legs import heard, settled, with_all_gone
from workstation.domain.call_log import CallDirection, CallNote, FirstContact
from workstation.domain.call_number import DialTarget
from workstation.domain.call_party import (
    CITIZEN_LEG,
    SEAT_LEG,
    CallId,
    Ending,
    LegId,
    Party,
    PartyKind,
    PartyState,
)
from workstation.domain.call_table import CALL_TRANSITIONS, CallAction, CallState
from workstation.domain.errors import IllegalAction
from workstation.domain.identity import IncidentId
from workstation.domain.lifecycle import Role
from workstation.domain.privacy import Phone

_MISSED = frozenset({CallEnd.CITIZEN, CallEnd.UNANSWERED, CallEnd.DECLARED})


@dataclass(frozen=True, slots=True)
class Call:
    """One citizen's call; its state is what its parties make of it and is never stored beside them.

    Args:
        queued_at: When the queue assigned the call: the formal time of the alarm.
        off_hook_at: When the seat first answered.
        on_hook_at: When the seat was last out of the call; None while it is in.
        back_of: The call that was cut off, if this is the call-back.
        recordings: Ids of the conference's recordings, oldest first; they outlive the seat's part.
    """

    id: CallId
    queued_at: datetime
    parties: tuple[Party, ...]
    direction: CallDirection = CallDirection.INCOMING
    incident_id: IncidentId = IncidentId("")  # noqa: RUF009 -- a plain text
    claimed: bool = False
    back_of: CallId = CallId("")  # noqa: RUF009 -- a plain text
    off_hook_at: datetime | None = None
    on_hook_at: datetime | None = None
    recordings: tuple[str, ...] = ()
    recording_on: bool = False
    ended_at: datetime | None = None
    ended_by: CallEnd | None = None
    first_contact: FirstContact | None = None
    log: tuple[CallNote, ...] = ()

    @classmethod
    def offered_by(cls, event: TelephonyEvent) -> "Call":
        """Return the ringing call that a ``call_offered`` event announces."""
        citizen = Party(PartyKind.CITIZEN, CITIZEN_LEG, event.at, PartyState.JOINED, ending=Ending.JOINED)
        citizen = replace(citizen, number=event.number, person=event.person, location=event.location)
        seat = Party(PartyKind.SEAT, SEAT_LEG, event.at, PartyState.RINGING)
        call = cls(id=event.call, queued_at=event.at, parties=(citizen, seat))
        if event.back:  # this seat has asked for it, and the citizen is still to be reached
            away = replace(citizen, state=PartyState.CALLING, ending=None)
            call = replace(call, parties=(away, seat), claimed=True, back_of=event.back)
            call = replace(call, direction=CallDirection.OUTGOING)
        return _noted(call, event.at, CITIZEN_LEG, event.kind)

    @property
    def citizen(self) -> Party:
        return self.parties[0]

    @property
    def seat(self) -> Party:
        return self.parties[1]

    @property
    def third(self) -> Party | None:
        """The one third party that is in the call or on its way; there is never a second."""
        last = self.parties[-1]
        return last if last.kind is PartyKind.THIRD and last.alive else None

    @property
    def state(self) -> CallState:
        if self.ended_at is not None:
            return CallState.ENDED
        if self.citizen.ending is None or self.seat.ending is None:
            return self._state_before_talk
        if not self.seat.present:
            return CallState.HANDED_OVER if self.third else CallState.RINGING_BACK
        if self.third is not None and self.third.coming:
            return CallState.ADDING
        if self.citizen.held:
            return CallState.PRIVATE if self.third else CallState.HELD
        return CallState.CONFERENCED if self.third else CallState.TALKING

    @property
    def _state_before_talk(self) -> CallState:
        if self.citizen.ending is None:
            return CallState.CALLING_BACK
        return CallState.CLAIMED if self.claimed else CallState.RINGING

    @property
    def missed(self) -> bool:
        """Say whether the call ended before anybody answered, as far as this seat knows."""
        return self.off_hook_at is None and self.ended_by in _MISSED and not self.back_of

    @property
    def recording_id(self) -> str:
        """The recording that covers the whole call; empty while there is none."""
        return self.recordings[0] if self.recordings else ""

    @property
    def caller_shown(self) -> str:
        """The caller's number as the window may show it: masked until this seat has claimed the call."""
        return self.citizen.number.text if self.claimed else self.citizen.number.masked()

    @property
    def caller_name_shown(self) -> str:
        """The caller's name, once this seat has claimed the call."""
        return self.citizen.person.text if self.claimed else ""

    @property
    def consulted(self) -> tuple[Party, ...]:
        """The third parties that ever were in the call, in the order of their being asked."""
        present = {leg for note in self.log for leg in note.present}
        return tuple(party for party in self.parties if party.kind is PartyKind.THIRD and party.leg in present)

    @property
    def unsettled(self) -> bool:
        """Say whether a third party was in the call and nobody noted who keeps the matter."""
        return bool(self.consulted) and self.first_contact is None

    @property
    def first_contact_due(self) -> bool:
        """Say whether that is still to be noted although the seat is out of the call."""
        return self.unsettled and not self.seat.present

    @property
    def next_leg(self) -> LegId:
        """The leg of the next added party; each attempt has its own, so that late news cannot hit a later one."""
        return LegId(f"third-{len(self.parties) - 1}")

    def offered(self) -> tuple[CallAction, ...]:
        """Return what the call-taker may do now."""
        return tuple(action for action in CallAction if self.allows(action))

    def allows(self, action: CallAction) -> bool:
        """Say whether the table offers *action* and the parties are ready for it."""
        return (self.state, action) in CALL_TRANSITIONS and self._ready_for(action)

    def _ready_for(self, action: CallAction) -> bool:
        match action:
            case CallAction.HOLD | CallAction.RESUME:
                return self.citizen.held is (action is CallAction.RESUME)
            case CallAction.MUTE | CallAction.UNMUTE:
                return self.seat.muted is (action is CallAction.UNMUTE)
            case CallAction.LEAVE:  # nobody is dropped onto a phone that rings or is on hold itself
                return self.third is not None and not self.third.held
            case _:
                return True

    def take(self, action: CallAction, at: datetime, line: DialTarget | None = None) -> "Call":
        """Return the call after the call-taker asked for *action*; what the engine makes of it comes as events.

        Raises:
            IllegalAction: The call does not offer this action now, or a party is added without a line.
        """
        if not self.allows(action):
            raise IllegalAction(action, self.state, Role.CALL_TAKER)
        if action not in {CallAction.ADD_PARTY, CallAction.TRANSFER}:
            return _noted(self, at, SEAT_LEG, action)
        if line is None:
            raise IllegalAction(action, self.state, Role.CALL_TAKER, "no_line")
        return _adding(self, action, line, at)

    def apply(self, event: TelephonyEvent) -> "Call":
        """Return the call after *event*; news that changes nothing returns the call itself.

        Raises:
            IllegalAction: The event is not about this call, or the call is over.
        """
        if self.ended_by is CallEnd.DECLARED and event.kind is EventKind.CALL_OFFERED and event.call == self.id:
            return _reopened(self, event)
        if event.call != self.id or self.ended_at is not None:
            raise IllegalAction(event.kind, self.state, Role.SYSTEM, "not_this_call")
        match event.kind:
            case EventKind.CALL_OFFERED:
                return self
            case EventKind.CALL_CLAIMED:
                return _claimed(self, event)
            case EventKind.CALL_GONE:
                return _ended(self, event.at, event.end or CallEnd.CITIZEN)
            case EventKind.RECORDING_STARTED | EventKind.RECORDING_STOPPED:
                return _recorded(self, event)
            case _:
                return _after_leg(self, event)

    def after_restart(self) -> "Call":
        """Return a call that was kept, for a desk that begins anew: a third party is in it once the engine says so."""
        if self.third is None:
            return self
        unsure = replace(self.third, state=PartyState.LEFT, ending=Ending.UNREACHABLE, held=False, muted=False)
        return replace(self, parties=(*self.parties[:-1], unsure))

    def for_incident(self, id: IncidentId) -> "Call":
        """Return the call as part of incident *id*."""
        return replace(self, incident_id=id)

    def agreed(self, choice: FirstContact, at: datetime) -> "Call":
        """Return the call with the answer to who keeps the matter; a later answer replaces it, the log keeps both."""
        return _noted(replace(self, first_contact=choice), at, SEAT_LEG, choice)


def _noted(call: Call, at: datetime, leg: LegId, what: str, ending: Ending | None = None) -> Call:
    present = tuple(party.leg for party in call.parties if party.present)
    return replace(call, log=(*call.log, CallNote(at, leg, str(what), present, ending)))


def _adding(call: Call, action: CallAction, line: DialTarget, at: datetime) -> Call:
    third = Party(PartyKind.THIRD, call.next_leg, at, name=line.name, number=Phone(line.number), line_id=line.id)
    if not line.configured:
        third = replace(third, state=PartyState.FAILED, ending=Ending.NOT_CONFIGURED)
    return _noted(replace(call, parties=(*call.parties, third)), at, third.leg, action, third.ending)


def _reopened(call: Call, event: TelephonyEvent) -> Call:
    """Believe an engine that comes back and still has a call that was declared over without it."""
    thirds = tuple(
        replace(party, state=PartyState.CALLING) if party.since == call.ended_at else party
        for party in call.parties[2:]
    )
    seat = replace(call.seat, state=PartyState.RINGING, since=event.at)
    parties = (Call.offered_by(event).citizen, seat, *thirds)
    call = replace(call, parties=parties, ended_at=None, ended_by=None, on_hook_at=None)
    return _noted(call, event.at, CITIZEN_LEG, event.kind)


def _claimed(call: Call, event: TelephonyEvent) -> Call:
    if call.claimed:
        return call
    return _noted(replace(call, claimed=True), event.at, SEAT_LEG, event.kind)


def _recorded(call: Call, event: TelephonyEvent) -> Call:
    known = not event.recording or event.recording in call.recordings
    recordings = call.recordings if known else (*call.recordings, event.recording)
    return replace(call, recordings=recordings, recording_on=event.kind is EventKind.RECORDING_STARTED)


def _after_leg(call: Call, event: TelephonyEvent) -> Call:
    parties = heard(call.parties, event)
    if parties == call.parties:
        return _off_hook(call, event)
    if parties[0].state is PartyState.FAILED:
        call = replace(call, parties=settled(call.parties, parties, event.at))
        return _ended(_noted(call, event.at, event.leg, event.kind, event.ending), event.at, CallEnd.NOT_REACHED)
    if not parties[0].alive:
        return _ended(call, event.at, CallEnd.CITIZEN)
    call = _on_hook(_off_hook(replace(call, parties=settled(call.parties, parties, event.at)), event), event)
    return _noted(call, event.at, event.leg, event.kind, event.ending)


def _off_hook(call: Call, event: TelephonyEvent) -> Call:
    picked_up = event.leg == SEAT_LEG and event.kind in {EventKind.LEG_ANSWERED, EventKind.LEG_JOINED}
    if not picked_up or call.off_hook_at is not None:
        return call
    return replace(call, off_hook_at=event.at, claimed=True)


def _on_hook(call: Call, event: TelephonyEvent) -> Call:
    if call.seat.present or call.off_hook_at is None:
        return replace(call, on_hook_at=None)
    return replace(call, on_hook_at=call.on_hook_at or event.at)


def _ended(call: Call, at: datetime, by: CallEnd) -> Call:
    on_hook = call.on_hook_at or (at if call.off_hook_at else None)
    parties = with_all_gone(call.parties, at)
    call = replace(call, parties=parties, ended_at=at, ended_by=by, on_hook_at=on_hook, recording_on=False)
    return _noted(call, at, CITIZEN_LEG, EventKind.CALL_GONE)
