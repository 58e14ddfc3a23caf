"""What an engine's news about one leg makes of the parties of a call."""

from dataclasses import replace
from datetime import datetime
from itertools import zip_longest

from workstation.domain.call_event import EventKind, TelephonyEvent
from workstation.domain.call_party import Ending, Party, PartyKind, PartyState
from workstation.domain.errors import IllegalAction
from workstation.domain.lifecycle import Role

Parties = tuple[Party, ...]

_ARRIVING = frozenset({EventKind.LEG_RINGING, EventKind.LEG_ANSWERED, EventKind.LEG_JOINED})


def heard(parties: Parties, event: TelephonyEvent) -> Parties:
    """Return the parties after *event*; what is old or cannot be changes nothing.

    Raises:
        IllegalAction: It is about a leg that this call does not have and cannot get.
    """
    if all(party.leg != event.leg for party in parties):
        parties = (*parties, _uninvited(parties, event))
    return tuple(
        _after(party, event, last=party is parties[-1]) if party.leg == event.leg else party for party in parties
    )


def _uninvited(parties: Parties, event: TelephonyEvent) -> Party:
    """Believe an engine that knows of a third party whom this desk did not add, perhaps before it was restarted."""
    occupied = any(party.kind is PartyKind.THIRD and party.alive for party in parties)
    if occupied or not event.leg or event.kind not in _ARRIVING:
        raise IllegalAction(event.kind, "", Role.SYSTEM, "unknown_leg")
    return Party(PartyKind.THIRD, event.leg, event.at, name=event.name, number=event.number)


def _after(party: Party, event: TelephonyEvent, *, last: bool) -> Party:
    match event.kind:
        case EventKind.LEG_RINGING:
            return _ringing(party)
        case EventKind.LEG_JOINED:
            return _joined(party, last=last)
        case EventKind.LEG_LEFT | EventKind.LEG_FAILED:
            return _gone(party, event)
        case EventKind.HOLD_CHANGED:
            return _held(party, on=event.on)
        case EventKind.MUTE_CHANGED if party.present:
            return replace(party, muted=event.on)
        case _:
            return party


def _ringing(party: Party) -> Party:
    rings = party.coming or _unsure(party) or (party.kind is PartyKind.SEAT and not party.present)
    return replace(party, state=PartyState.RINGING) if rings else party


def _joined(party: Party, *, last: bool) -> Party:
    """Only the seat comes back on its old leg; every attempt to add a third party has its own.

    The last attempt, if it was taken for unreachable, may have come all the same: the answer to it was lost.
    """
    mistaken = last and party.ending is Ending.UNREACHABLE
    comes = party.coming or mistaken or (party.kind is PartyKind.SEAT and not party.present)
    return replace(party, state=PartyState.JOINED, ending=Ending.JOINED) if comes else party


def _held(party: Party, *, on: bool) -> Party:
    if _unsure(party):  # it was named, and no more is known of it: it is being dialled
        return replace(party, state=PartyState.CALLING, ending=None)
    return replace(party, held=on) if party.present else party


def _unsure(party: Party) -> bool:
    """Say whether only the engine knows if a party is still there, because the desk was started anew."""
    return party.state is PartyState.LEFT and party.ending is Ending.UNREACHABLE


def _gone(party: Party, event: TelephonyEvent) -> Party:
    """Tell leaving from failing by where the party was: an engine may name either wrongly, but it is gone."""
    if party.present:
        return replace(party, state=PartyState.LEFT, held=False, muted=False)
    if party.coming and party.kind is not PartyKind.SEAT:
        return replace(party, state=PartyState.FAILED, ending=_failure(event))
    return party


def _failure(event: TelephonyEvent) -> Ending:
    return event.ending if event.ending and event.ending is not Ending.JOINED else Ending.UNREACHABLE


def settled(before: Parties, after: Parties, at: datetime) -> Parties:
    """Return *after* with every party's shown state, dated where it changed; an abandoned citizen's seat rings."""
    citizen, seat, *thirds = after
    if seat.state is PartyState.LEFT and not any(third.alive for third in thirds):
        seat = replace(seat, state=PartyState.RINGING)
    apart = citizen.held and any(third.present for third in thirds)
    shown = [_shown(party, apart=apart) for party in (citizen, seat, *thirds)]
    return tuple(_dated(old, new, at) for old, new in zip_longest(before, shown))


def _shown(party: Party, *, apart: bool) -> Party:
    if not party.present:
        return party
    if party.held:
        return replace(party, state=PartyState.HELD)
    if party.muted:
        return replace(party, state=PartyState.MUTED)
    private = apart and party.kind is not PartyKind.CITIZEN
    return replace(party, state=PartyState.PRIVATE if private else PartyState.JOINED)


def _dated(old: Party | None, new: Party, at: datetime) -> Party:
    return new if old is not None and old.state is new.state else replace(new, since=at)


def with_all_gone(parties: Parties, at: datetime) -> Parties:
    """Return the parties of a call that is over."""
    return tuple(_dated(party, _hung_up(party), at) for party in parties)


def _hung_up(party: Party) -> Party:
    if party.present:
        return replace(party, state=PartyState.LEFT, held=False, muted=False)
    if party.coming and party.kind is not PartyKind.SEAT:
        return replace(party, state=PartyState.FAILED, ending=Ending.CANCELLED)
    return replace(party, state=PartyState.LEFT) if party.coming else party
