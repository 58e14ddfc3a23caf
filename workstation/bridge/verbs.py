"""What a seat may ask for, read from a request and checked before any telephone hears of it."""

from collections.abc import Callable
from functools import partial
from typing import Final

from workstation.bridge.ports import SeatPhone
from workstation.domain.call_party import CallId
from workstation.domain.errors import InvalidValue
from workstation.protocol.http_bodies import read_body
from workstation.protocol.telephony import VERBS, Addition, BackNote, Mute, Nothing, leg_of

Deed = Callable[[SeatPhone, CallId], None]

_PLAIN: Final[dict[str, Deed]] = {
    "claim": lambda phone, call: phone.claim(call),
    "answer": lambda phone, call: phone.answer(call),
    "hold": lambda phone, call: phone.hold(call),
    "resume": lambda phone, call: phone.resume(call),
    "cancel_add": lambda phone, call: phone.cancel_add(call),
    "drop_party": lambda phone, call: phone.drop_party(call),
    "leave": lambda phone, call: phone.leave(call),
    "rejoin": lambda phone, call: phone.rejoin(call),
    "end": lambda phone, call: phone.end(call),
    "call_back": lambda phone, call: phone.call_back(call),
}
assert set(_PLAIN) == VERBS


def deed_of(verb: str, raw: bytes) -> Deed:
    """Return what to do for *verb* with its body *raw*.

    Raises:
        InvalidValue: There is no such verb, or the body is not what it needs.
    """
    if verb in _PLAIN:
        read_body(raw, Nothing)
        return _PLAIN[verb]
    match verb:
        case "mute":
            return partial(_mute, read_body(raw, Mute))
        case "add_party":
            return partial(_add_party, read_body(raw, Addition))
        case "transfer":
            return partial(_transfer, read_body(raw, Addition))
        case "wish_back":
            return partial(_wish_back, read_body(raw, BackNote))
        case _:
            raise InvalidValue("verb", "unknown")


def _mute(wanted: Mute, phone: SeatPhone, call: CallId) -> None:
    phone.mute(call, on=wanted.on)


def _add_party(whom: Addition, phone: SeatPhone, call: CallId) -> None:
    phone.add_party(call, leg_of(whom), whom.line)


def _transfer(whom: Addition, phone: SeatPhone, call: CallId) -> None:
    phone.transfer(call, leg_of(whom), whom.line)


def _wish_back(said: BackNote, phone: SeatPhone, call: CallId) -> None:
    phone.wish_back(call, said.wish, said.reason)
