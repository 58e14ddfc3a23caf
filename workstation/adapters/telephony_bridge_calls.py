"""What a desk has been told of its calls, so that what vanished behind a lost link is told to be gone."""

from collections.abc import Iterator
from datetime import datetime

from workstation.domain.call_event import CallEnd, EventKind, TelephonyEvent
from workstation.domain.call_party import CITIZEN_LEG, SEAT_LEG, CallId, Ending, LegId

_WHOLE, _QUEUED = LegId(""), LegId("~back")
_WAITS = frozenset({EventKind.BACK_WAITING, EventKind.BACK_TAKEN})
_NEWS_OF_A_LEG = frozenset(
    {
        EventKind.LEG_RINGING,
        EventKind.LEG_ANSWERED,
        EventKind.LEG_JOINED,
        EventKind.HOLD_CHANGED,
    }
)


class ToldCalls:
    """The calls and third parties that live as far as the desk knows.

    A retelling names every call that lives and every leg in it. Whatever was known and is not named ended unseen: the
    bridge was restarted, or never got what was asked for. Nobody knows how, so such a call is declared over: it comes
    back if it is offered once more.
    """

    def __init__(self) -> None:
        self._calls: dict[CallId, set[LegId]] = {}
        self._backs: dict[CallId, TelephonyEvent] = {}
        self._named: set[tuple[CallId, LegId]] | None = None

    def asked(self, call: CallId, leg: LegId) -> None:
        """Note that a leg was asked for; the desk takes it for one that is being called."""
        if call in self._calls:
            self._calls[call].add(leg)

    def name(self, event: TelephonyEvent) -> None:
        """Note what a retelling names."""
        if self._named is not None:
            whole = _QUEUED if event.kind in _WAITS else _WHOLE
            self._named |= {(event.call, event.leg or whole), (event.call, whole)}

    def hear(self, event: TelephonyEvent) -> None:
        """Follow one event."""
        if event.kind in _WAITS:
            self._backs[event.call] = event
        elif event.kind is EventKind.BACK_GONE:
            self._backs.pop(event.call, None)
        elif event.kind is EventKind.CALL_OFFERED:
            self._calls.setdefault(event.call, set())
        elif event.kind is EventKind.CALL_GONE:
            self._calls.pop(event.call, None)
        elif event.call in self._calls and event.leg not in {_WHOLE, CITIZEN_LEG, SEAT_LEG}:
            self._hear_of_leg(self._calls[event.call], event)

    def begin(self) -> None:
        """Expect a retelling: note from now on what is named."""
        self._named = set()

    def vanished(self, at: datetime) -> tuple[TelephonyEvent, ...]:
        """Return the end of everything that was not named since `begin`, once."""
        named, self._named = self._named, None
        return () if named is None else tuple(self._vanished(named, at))

    def _vanished(self, named: set[tuple[CallId, LegId]], at: datetime) -> Iterator[TelephonyEvent]:
        for call, back in self._backs.items():
            if (call, _QUEUED) not in named:
                yield TelephonyEvent(EventKind.BACK_GONE, back.at, call)
        for call, legs in self._calls.items():
            if (call, _WHOLE) not in named:
                yield TelephonyEvent(EventKind.CALL_GONE, at, call, end=CallEnd.DECLARED)
                continue
            for leg in sorted(legs):
                if (call, leg) not in named:
                    yield failed(call, leg, at)

    @staticmethod
    def _hear_of_leg(legs: set[LegId], event: TelephonyEvent) -> None:
        if event.kind in _NEWS_OF_A_LEG:
            legs.add(event.leg)
        elif event.kind in {EventKind.LEG_LEFT, EventKind.LEG_FAILED}:
            legs.discard(event.leg)


def failed(call: CallId, leg: LegId, at: datetime, ending: Ending = Ending.UNREACHABLE) -> TelephonyEvent:
    """Return the end of a leg that never was, or is no longer, in the call; a desk knows which of both."""
    return TelephonyEvent(EventKind.LEG_FAILED, at, call, leg, ending=ending)
