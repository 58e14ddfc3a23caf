"""What a call-taker does by hand when no telephone engine can be driven."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from workstation.domain.call import Call
from workstation.domain.call_number import DialTarget
from workstation.domain.call_party import Ending, PartyState
from workstation.domain.call_table import CallAction, CallState

TOLD_FOR = timedelta(seconds=15)


class ManualStep(StrEnum):
    LIFT_HANDSET = "lift_handset"
    PRESS_HOLD = "press_hold"
    PRESS_RESUME = "press_resume"
    PRESS_MUTE = "press_mute"
    PRESS_CONFERENCE = "press_conference"
    DIAL_NUMBER = "dial_number"
    WAIT_FOR_ANSWER = "wait_for_answer"
    PRESS_CONFERENCE_AGAIN = "press_conference_again"
    REPORT_RESULT = "report_result"
    PRESS_CANCEL = "press_cancel"
    DROP_LAST_PARTY = "drop_last_party"
    PRESS_TRANSFER = "press_transfer"
    HANG_UP = "hang_up"


_M, _A = ManualStep, CallAction
_CALLS_BACK = (_M.LIFT_HANDSET, _M.DIAL_NUMBER, _M.WAIT_FOR_ANSWER, _M.REPORT_RESULT)
_RINGS = frozenset({CallState.RINGING, CallState.CLAIMED, CallState.RINGING_BACK})
_DIALS = frozenset({_A.ADD_PARTY, _A.TRANSFER})
_NOTHING_DIALLED = frozenset({Ending.NOT_CONFIGURED, Ending.CANCELLED})
_ADDING = (_M.PRESS_CONFERENCE, _M.DIAL_NUMBER, _M.WAIT_FOR_ANSWER, _M.PRESS_CONFERENCE_AGAIN, _M.REPORT_RESULT)

MANUAL_STEPS: dict[CallAction, tuple[ManualStep, ...]] = {
    _A.CLAIM: (_M.LIFT_HANDSET,),
    _A.ANSWER: (_M.LIFT_HANDSET,),
    _A.HOLD: (_M.PRESS_HOLD,),
    _A.RESUME: (_M.PRESS_RESUME,),
    _A.MUTE: (_M.PRESS_MUTE,),
    _A.UNMUTE: (_M.PRESS_MUTE,),
    _A.ADD_PARTY: _ADDING,
    _A.TRANSFER: (*_ADDING, _M.PRESS_TRANSFER),
    _A.CANCEL_ADD: (_M.PRESS_CANCEL,),
    _A.DROP_PARTY: (_M.DROP_LAST_PARTY,),
    _A.LEAVE: (_M.PRESS_TRANSFER,),
    _A.REJOIN: (_M.DIAL_NUMBER,),
    _A.END: (_M.HANG_UP,),
    _A.CALL_BACK: _CALLS_BACK,
}


@dataclass(frozen=True, slots=True)
class Instruction:
    """The number to dial, if any, and the keys to press on the desk phone."""

    action: CallAction
    steps: tuple[ManualStep, ...]
    number: str = ""
    name: str = ""


def instruction(action: CallAction, line: DialTarget | None = None) -> Instruction:
    """Return what to do by hand for *action*; *line* is who is to be dialled."""
    if line is None:
        return Instruction(action, MANUAL_STEPS[action])
    return Instruction(action, MANUAL_STEPS[action], line.number, line.name)


def to_do(call: Call, now: datetime) -> Instruction | None:
    """Return what to do by hand so that the desk phone follows *call*; nothing when it has followed already.

    A phone that rings or a party that is dialled stays a matter until it is told of; the rest is said for a while.
    """
    if call.state in _RINGS:
        return instruction(_A.ANSWER)
    if call.state is CallState.CALLING_BACK:
        return Instruction(_A.CALL_BACK, _CALLS_BACK, call.citizen.number.text, call.citizen.person.text)
    last = _last_dialled(call)
    if call.state is CallState.ADDING and last is not None:
        third = call.parties[-1]
        return Instruction(last, MANUAL_STEPS[last], third.number.text, third.name)
    return _said_for_a_while(call) if now - call.log[-1].at < TOLD_FOR else None


def _taken(call: Call) -> list[CallAction]:
    """List what the call-taker asked for, the latest last."""
    return [CallAction(note.what) for note in call.log if note.what in set(CallAction)]


def _last_dialled(call: Call) -> CallAction | None:
    dialled = [action for action in _taken(call) if action in _DIALS]
    return dialled[-1] if dialled else None


def _said_for_a_while(call: Call) -> Instruction | None:
    """Return the key for what was asked last, or what leads out of a failed attempt, a transfer or an ended call."""
    if call.state is CallState.ENDED:
        return instruction(_A.END) if call.off_hook_at is not None else None
    taken, third = _taken(call), call.parties[-1]
    if not taken or taken[-1] not in _DIALS:
        return instruction(taken[-1]) if taken else None
    if third.state is PartyState.FAILED:
        return None if third.ending in _NOTHING_DIALLED else instruction(_A.CANCEL_ADD)
    return instruction(_A.LEAVE) if call.state is CallState.HANDED_OVER else None
