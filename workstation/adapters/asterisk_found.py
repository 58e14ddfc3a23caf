"""What is so at an Asterisk exchange after a time in which nothing was heard of it."""

from collections.abc import Mapping, Sequence

from workstation.adapters.asterisk_calls import AsteriskCalls
from workstation.adapters.asterisk_case import AsteriskCase
from workstation.adapters.asterisk_legs import DialledLeg, SeatPhone
from workstation.adapters.asterisk_link import Message
from workstation.adapters.asterisk_words import variable
from workstation.adapters.telephony_session import Place
from workstation.domain.call_party import CITIZEN_LEG, Ending, LegId


class Found:
    """Every channel of the exchange, as it was listed once.

    Args:
        channels: With their variables.
        in_conference: The channels that are in a conference, and whether they are muted there.
    """

    def __init__(self, channels: Sequence[Message], in_conference: Mapping[str, bool]) -> None:
        self._channels = channels
        self._in_conference = in_conference

    def tell(self, calls: AsteriskCalls, phones: Mapping[str, SeatPhone]) -> None:
        """Let *calls* and *phones* be as they were found."""
        cases = {variable(it, "CASE"): it for it in self._channels if variable(it, "ROLE") == "citizen"}
        citizens = {id: channel for id, channel in cases.items() if id}  # without one it has only just come
        for case in calls.all():
            if case.id not in citizens:
                calls.over(case)
        for id, channel in citizens.items():
            self._tell_citizen(calls, id, channel, phones)
        for phone in phones.values():
            self._tell_phone(calls, phone)
        for case in calls.all():
            self._tell_dialled(case)
            if case.session.citizen_away and not case.session.seat_in:
                calls.end(case)  # the seat, which goes first into a call-back, is gone
            else:
                case.session.ring_back_if_alone()

    def _tell_citizen(self, calls: AsteriskCalls, id: str, channel: Message, phones: Mapping[str, SeatPhone]) -> None:
        case = calls.get(id)
        if case is None:
            case = calls.arrived(id, channel)
            up = channel.get("ChannelStateDesc") == "Up"
            if up or case.session.back:
                case.found_answered()
            if case.session.back and up:
                case.found_reached()
            elif case.session.back:
                case.found_away(channel["Channel"])
        owner = variable(channel, "OWNER")
        if not case.owner and owner in phones:
            case.claim(owner)
        if channel["Channel"] in self._in_conference:
            case.citizen_joined()
        elif channel.get("Context") == "case-hold":
            case.found_on_hold()

    def _tell_phone(self, calls: AsteriskCalls, phone: SeatPhone) -> None:
        mine = next((it for it in self._channels if phone.owns(it["Channel"])), None)
        if mine is None:
            if phone.unique:
                calls.seat_hung_up(phone)
            return
        phone.unique, phone.channel = mine["Uniqueid"], mine["Channel"]
        case = calls.get(variable(mine, "CASE"))
        if phone.channel in self._in_conference:
            calls.seat_is_in(phone, case)
            if case is not None:
                case.session.mute(on=self._in_conference[phone.channel])
        for other in calls.all():
            if other.owner == phone.seat and other.on_hold:
                other.session.answer()

    def _tell_dialled(self, case: AsteriskCase) -> None:
        """Tell of whoever was called into *case*; a citizen who is called back and is gone has ended the call."""
        present = {it["Uniqueid"]: it for it in self._channels if variable(it, "CASE") == case.id}
        thirds = [unique for unique, leg in case.dialled.items() if leg.leg != CITIZEN_LEG]
        for unique in [unique for unique in thirds if unique not in present]:
            case.dialled_gone(unique, Ending.UNREACHABLE)
        for unique, channel in present.items():
            leg = LegId(variable(channel, "LEG"))
            if variable(channel, "ROLE") == "third" and leg and unique not in case.dialled:
                case.dialled[unique] = DialledLeg(leg, unique)
                case.session.legs[leg] = Place.CALLING
            if unique in case.dialled:
                self._tell_leg(case, unique, channel)

    def _tell_leg(self, case: AsteriskCase, unique: str, channel: Message) -> None:
        case.dialled_made(unique, channel["Channel"])
        if channel.get("ChannelStateDesc") == "Ringing":
            case.dialled_rings(unique)
        if channel["Channel"] in self._in_conference and case.dialled[unique].leg != CITIZEN_LEG:
            case.third_joined(unique)
