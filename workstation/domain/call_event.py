"""What a telephone engine reports; the same for the simulation, a desk phone and a real exchange."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from workstation.domain.call_party import CallId, Ending, LegId
from workstation.domain.privacy import Address, PersonName, Phone


class EventKind(StrEnum):
    CALL_OFFERED = "call_offered"
    CALL_CLAIMED = "call_claimed"
    CALL_GONE = "call_gone"
    LEG_RINGING = "leg_ringing"
    LEG_ANSWERED = "leg_answered"
    LEG_JOINED = "leg_joined"
    LEG_LEFT = "leg_left"
    LEG_FAILED = "leg_failed"
    HOLD_CHANGED = "hold_changed"
    MUTE_CHANGED = "mute_changed"
    RECORDING_STARTED = "recording_started"
    RECORDING_STOPPED = "recording_stopped"
    BACK_WAITING = "back_waiting"
    BACK_TAKEN = "back_taken"
    BACK_GONE = "back_gone"
    ENGINE_LOST = "engine_lost"
    ENGINE_RECOVERED = "engine_recovered"


class CallEnd(StrEnum):
    """Why a call is over."""

    CITIZEN = "citizen"
    SEAT = "seat"
    CLAIMED_ELSEWHERE = "claimed_elsewhere"
    UNANSWERED = "unanswered"
    DECLARED = "declared"
    NOT_REACHED = "not_reached"


@dataclass(frozen=True, slots=True)
class TelephonyEvent:
    """One thing that happened at the telephone engine.

    Args:
        at: The engine's moment, with its zone.
        call: Empty only for the two engine events; with ``back_*`` the call that was cut off, and ``at`` is when.
        leg: Which party it is about, for ``leg_*``, ``hold_changed`` and ``mute_changed``.
        number: The caller's number with ``call_offered`` and ``back_*``; empty when it is withheld.
        person: The caller's name with ``call_offered``, if the network gave one.
        location: Where the network says that the caller is, with ``call_offered``, in words; nobody has confirmed it.
        name: A line's name, with a leg that the desk did not add.
        ending: Why with ``leg_failed``.
        end: Why with ``call_gone``.
        on: Whether hold or mute is now on; with ``back_*`` whether this seat has it.
        recording: The recording's id with ``recording_*``.
        back: With ``call_offered`` of a call-back: the call that was cut off.
        tries: With ``back_*``: how often the caller was not reached.
    """

    kind: EventKind
    at: datetime
    call: CallId = CallId("")  # noqa: RUF009 -- a plain text
    leg: LegId = LegId("")  # noqa: RUF009 -- a plain text
    number: Phone = Phone()  # noqa: RUF009 -- it is immutable
    person: PersonName = PersonName()  # noqa: RUF009 -- it is immutable
    location: Address = Address()  # noqa: RUF009 -- it is immutable
    name: str = ""
    ending: Ending | None = None
    end: CallEnd | None = None
    on: bool = False
    recording: str = ""
    back: CallId = CallId("")  # noqa: RUF009 -- a plain text
    tries: int = 0
