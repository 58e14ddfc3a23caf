"""Calls that tests begin with, event by event; every name and number is invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tests.unit.domain_parts import NOON
from workstation.domain.call import Call
from workstation.domain.call_event import CallEnd, EventKind, TelephonyEvent
from workstation.domain.call_number import DialTarget
from workstation.domain.call_party import SEAT_LEG, CallId, LegId
from workstation.domain.call_table import CallAction
from workstation.domain.privacy import Phone

if TYPE_CHECKING:
    from datetime import datetime

ID = CallId("call-1")
HOTLINE = DialTarget("hotline", "12345热线席", "12345")
RECORDING = "recording-1"


def at(seconds: float) -> datetime:
    """Return the moment *seconds* after the queue assigned the call."""
    return NOON + timedelta(seconds=seconds)


def event(kind: EventKind, seconds: float, leg: str = "", **facts: Any) -> TelephonyEvent:
    """Return an event of the call."""
    return replace(TelephonyEvent(kind, at(seconds), ID, LegId(leg)), **facts)


def rings() -> Call:
    """Return a call that nobody has answered yet."""
    return Call.offered_by(event(EventKind.CALL_OFFERED, 0, number=Phone("19900001234")))


def talk() -> Call:
    """Return a call that was answered after 5 seconds, and is recorded from then on."""
    call = rings().apply(event(EventKind.LEG_JOINED, 5, SEAT_LEG))
    return call.apply(event(EventKind.RECORDING_STARTED, 6, recording=RECORDING))


def asked_in(call: Call, seconds: float, line: DialTarget = HOTLINE) -> Call:
    """Return *call* with a line that is being dialled."""
    return call.take(CallAction.ADD_PARTY, at(seconds), line)


def three_way() -> Call:
    """Return a call in which the hotline is, after half a minute."""
    return asked_in(talk(), 20).apply(event(EventKind.LEG_JOINED, 30, "third-1"))


def over(call: Call, seconds: float = 90) -> Call:
    """Return *call* after this seat hung up for everybody."""
    return call.apply(event(EventKind.CALL_GONE, seconds, end=CallEnd.SEAT))
