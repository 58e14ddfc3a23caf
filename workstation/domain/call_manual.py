"""What a call-taker does by hand when no telephone engine can be driven."""

from dataclasses import dataclass
from enum import StrEnum

from workstation.domain.call_number import DialTarget
from workstation.domain.call_table import CallAction


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
