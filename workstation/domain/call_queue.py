"""What a seat sees of all its calls: the one it is in, those that ring, those it missed."""

from collections.abc import Iterable
from datetime import datetime

from workstation.domain.call import Call
from workstation.domain.call_party import CallId
from workstation.domain.call_table import CallAction, CallState

_S = CallState

# The seat hears somebody: no other call may be answered before this one is held, left or over.
_LISTENING = frozenset({_S.CALLING_BACK, _S.TALKING, _S.ADDING, _S.CONFERENCED, _S.PRIVATE})
_RANK = {
    **dict.fromkeys(_LISTENING, 0),
    _S.RINGING_BACK: 1,
    _S.CLAIMED: 2,
    _S.HELD: 3,
    _S.HANDED_OVER: 4,
}
_ENGAGED = _LISTENING | {_S.CLAIMED, _S.HELD, _S.RINGING_BACK}
_NEEDS_THE_EAR = frozenset({CallAction.CALL_BACK, CallAction.ANSWER, CallAction.RESUME, CallAction.REJOIN})


def current(calls: Iterable[Call]) -> Call | None:
    """Return the call that the seat is in, else the one that needs it most; of those on hold the longest held."""
    mine = [call for call in calls if call.state in _RANK]
    return min(mine, key=lambda call: (_RANK[call.state], _waits_since(call)), default=None)


def held(calls: Iterable[Call]) -> tuple[Call, ...]:
    """Return the calls whose citizen waits on hold, the one that comes back first before the others."""
    return tuple(sorted((call for call in calls if call.state is _S.HELD), key=_waits_since))


def ringing(calls: Iterable[Call]) -> tuple[Call, ...]:
    """Return the calls that ring at this seat, the longest waiting first."""
    waiting = [call for call in calls if call.state in {_S.RINGING, _S.RINGING_BACK}]
    return tuple(sorted(waiting, key=lambda call: call.queued_at))


def missed(calls: Iterable[Call]) -> tuple[Call, ...]:
    """Return the calls whose citizen gave up, the latest first."""
    return tuple(sorted((call for call in calls if call.missed), key=lambda call: call.queued_at, reverse=True))


def engaged(calls: Iterable[Call]) -> bool:
    """Say whether any call keeps the seat from taking another."""
    return any(call.state in _ENGAGED for call in calls)


def _waits_since(call: Call) -> datetime:
    """Return since when a call waits for what comes next; so that two held ones take turns."""
    return call.citizen.since if call.state is _S.HELD else call.queued_at


def in_the_way(calls: Iterable[Call], id: CallId, action: CallAction) -> bool:
    """Say whether another call has the seat's ear, so that *action* must wait: nobody is cut off by a second call."""
    others = (call for call in calls if call.id != id)
    return action in _NEEDS_THE_EAR and any(call.state in _LISTENING for call in others)
