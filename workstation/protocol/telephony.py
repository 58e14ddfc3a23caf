"""What a desk and the telephony bridge say to each other, besides the events themselves."""

import re
from dataclasses import dataclass
from typing import Annotated, Final

from workstation.domain.call_back import BackWish
from workstation.domain.call_event import EventKind, TelephonyEvent
from workstation.domain.call_number import DialTarget
from workstation.domain.call_party import CallId, LegId
from workstation.domain.call_seat import LONGEST_REASON, SeatState
from workstation.domain.errors import InvalidValue
from workstation.domain.limits import Limit, check_limits
from workstation.protocol.codec import decode, encode, to_plain

CONTRACT: Final = "1"
"""The version of docs/telephony.md that a bridge keeps; it says so in its health."""
EVENTS_TYPE: Final = "application/x-ndjson"
STREAM_HEADER: Final = "Telephony-Stream"
"""Names the event stream that an answer opens, and the one under which a verb was asked for."""
BEAT_S: Final = 0.5
LONGEST_LINE: Final = 16 * 1024
VERBS: Final = frozenset(
    {"claim", "answer", "hold", "resume", "cancel_add", "drop_party", "leave", "rejoin", "end", "call_back"}
)
"""The verbs that need nothing but their call; others: ``mute``, ``wish_back``, ``add_party``, ``transfer``."""

_BEAT: Final = "beat"
_CALL: Final = r"[0-9A-Za-z._:-]{1,80}"
_LEG: Final = r"[0-9A-Za-z._-]{1,40}"
_EMPTY: Final = ("", None, False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Nothing:
    """The body of a verb that needs nothing but its call."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mute:
    """Whether the seat's microphone is to be silent."""

    on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """Whom to dial into a call, and the name of that attempt."""

    leg: Annotated[str, Limit(pattern=_LEG)]
    line: DialTarget

    def __post_init__(self) -> None:
        check_limits(self)
        if not re.fullmatch(_LEG, self.line.id):
            raise InvalidValue("line", "wrong_form")
        if not self.line.name.isprintable():
            raise InvalidValue("name", "wrong_form")


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatReport:
    """What the seat is doing."""

    state: SeatState
    reason: Annotated[str, Limit(max_length=LONGEST_REASON)] = ""

    def __post_init__(self) -> None:
        check_limits(self)
        if not self.reason.isprintable():
            raise InvalidValue("reason", "wrong_form")


@dataclass(frozen=True, slots=True, kw_only=True)
class BackNote:
    """What a seat says of a caller who was cut off."""

    wish: BackWish
    reason: Annotated[str, Limit(max_length=LONGEST_REASON)] = ""

    def __post_init__(self) -> None:
        check_limits(self)
        if not self.reason.isprintable():
            raise InvalidValue("reason", "wrong_form")


@dataclass(frozen=True, slots=True, kw_only=True)
class BridgeHealth:
    """How the bridge feels; no personal data."""

    ok: bool
    version: str
    seats: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the event stream: the running number of the last event, and that event.

    Without an event it is a beat, or news of a kind that this program is too old for; the first beat of a stream says
    that everything has been told.
    """

    seq: int
    event: TelephonyEvent | None = None
    beat: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Head:
    """What every line has."""

    kind: str
    seq: int


def check_call(text: str) -> CallId:
    """Return *text* as the id of a call.

    Raises:
        InvalidValue: It cannot be one.
    """
    if not re.fullmatch(_CALL, text):
        raise InvalidValue("call", "wrong_form")
    return CallId(text)


def leg_of(addition: Addition) -> LegId:
    """Return the leg that an addition names."""
    return LegId(addition.leg)


def beat_line(seq: int) -> bytes:
    """Return the line that says: I am here, and *seq* was the last event."""
    return encode({"kind": _BEAT, "seq": seq}) + b"\n"


def event_line(seq: int, event: TelephonyEvent) -> bytes:
    """Return the line of an event; what is empty is left out."""
    said = {name: value for name, value in to_plain(event).items() if value not in _EMPTY}
    return encode({**said, "seq": seq}) + b"\n"


def read_line(raw: bytes) -> Line:
    """Return what a line says.

    Raises:
        InvalidValue: It is not JSON, not this shape, too long, or its moment has no zone.
    """
    if len(raw) > LONGEST_LINE:
        raise InvalidValue("line", "too_long", limit=LONGEST_LINE)
    head = decode(raw, _Head)
    if head.kind == _BEAT or head.kind not in set(EventKind):
        return Line(seq=head.seq, beat=head.kind == _BEAT)
    event = decode(raw, TelephonyEvent)
    if event.at.tzinfo is None:
        raise InvalidValue("at", "no_zone")
    return Line(seq=head.seq, event=event)


TELEPHONY_MESSAGES: tuple[type, ...] = (Mute, Addition, BackNote, SeatReport, BridgeHealth)
