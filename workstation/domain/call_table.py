"""The small table that says what a call-taker may do with a call."""

from enum import StrEnum


class CallState(StrEnum):
    RINGING = "ringing"
    CLAIMED = "claimed"
    CALLING_BACK = "calling_back"
    TALKING = "talking"
    HELD = "held"
    ADDING = "adding"
    CONFERENCED = "conferenced"
    PRIVATE = "private"
    HANDED_OVER = "handed_over"
    RINGING_BACK = "ringing_back"
    ENDED = "ended"


class CallAction(StrEnum):
    CLAIM = "claim"
    ANSWER = "answer"
    HOLD = "hold"
    RESUME = "resume"
    MUTE = "mute"
    UNMUTE = "unmute"
    ADD_PARTY = "add_party"
    TRANSFER = "transfer"
    CANCEL_ADD = "cancel_add"
    DROP_PARTY = "drop_party"
    LEAVE = "leave"
    REJOIN = "rejoin"
    END = "end"
    CALL_BACK = "call_back"


_S, _A = CallState, CallAction

# (state, action) -> the state once the engine has done it. HELD keeps the citizen on hold music; PRIVATE is that with
# a third party talking to the seat; HANDED_OVER is citizen and third party without the seat; RINGING_BACK is a
# citizen alone, for whom the seat rings again; CALLING_BACK one who was cut off and does not answer yet. Nothing ends
# a call whose citizen waits to be answered.
CALL_TRANSITIONS: dict[tuple[CallState, CallAction], CallState] = {
    (_S.RINGING, _A.CLAIM): _S.CLAIMED,
    (_S.RINGING, _A.ANSWER): _S.TALKING,
    (_S.CLAIMED, _A.ANSWER): _S.TALKING,
    (_S.CALLING_BACK, _A.END): _S.ENDED,
    (_S.TALKING, _A.HOLD): _S.HELD,
    (_S.TALKING, _A.MUTE): _S.TALKING,
    (_S.TALKING, _A.UNMUTE): _S.TALKING,
    (_S.TALKING, _A.ADD_PARTY): _S.ADDING,
    (_S.TALKING, _A.TRANSFER): _S.ADDING,
    (_S.TALKING, _A.END): _S.ENDED,
    (_S.HELD, _A.RESUME): _S.TALKING,
    (_S.HELD, _A.MUTE): _S.HELD,
    (_S.HELD, _A.UNMUTE): _S.HELD,
    (_S.HELD, _A.ADD_PARTY): _S.ADDING,
    (_S.HELD, _A.END): _S.ENDED,
    (_S.ADDING, _A.CANCEL_ADD): _S.TALKING,
    (_S.ADDING, _A.HOLD): _S.ADDING,
    (_S.ADDING, _A.RESUME): _S.ADDING,
    (_S.ADDING, _A.MUTE): _S.ADDING,
    (_S.ADDING, _A.UNMUTE): _S.ADDING,
    (_S.ADDING, _A.END): _S.ENDED,
    (_S.CONFERENCED, _A.HOLD): _S.PRIVATE,
    (_S.CONFERENCED, _A.MUTE): _S.CONFERENCED,
    (_S.CONFERENCED, _A.UNMUTE): _S.CONFERENCED,
    (_S.CONFERENCED, _A.DROP_PARTY): _S.TALKING,
    (_S.CONFERENCED, _A.LEAVE): _S.HANDED_OVER,
    (_S.CONFERENCED, _A.END): _S.ENDED,
    (_S.PRIVATE, _A.RESUME): _S.CONFERENCED,
    (_S.PRIVATE, _A.MUTE): _S.PRIVATE,
    (_S.PRIVATE, _A.UNMUTE): _S.PRIVATE,
    (_S.PRIVATE, _A.DROP_PARTY): _S.HELD,
    (_S.PRIVATE, _A.END): _S.ENDED,
    (_S.HANDED_OVER, _A.REJOIN): _S.CONFERENCED,
    (_S.RINGING_BACK, _A.ANSWER): _S.TALKING,
}
