"""The consultation log that travels with an order: who was in the call when, and who keeps the matter."""

from collections.abc import Iterator

from workstation.domain.call import Call
from workstation.domain.call_event import EventKind
from workstation.domain.call_log import CallNote, FirstContact
from workstation.domain.call_party import SEAT_LEG, Ending, LegId, Party, PartyKind
from workstation.domain.order import ConsultationEntry

JOINED, LEFT = "joined", "left"
MOST_ENTRIES = 500
LONGEST_NAME = 40
_GONE = frozenset({EventKind.LEG_FAILED, EventKind.LEG_LEFT})


def consultation(call: Call) -> tuple[ConsultationEntry, ...]:
    """Return the log of a call that a third party was asked into; nothing of a call between two.

    A line is named by its name, citizen and seat by their kind. What an entry says of them: that they ``joined`` or
    ``left``, why a line did not join, or that they keep the matter, and how that was settled.
    """
    if all(party.kind is not PartyKind.THIRD for party in call.parties):
        return ()
    return tuple(_entries(call))[-MOST_ENTRIES:]


def consulted(call: Call) -> str:
    """Return the name of the third party that joined last; empty while none has one."""
    return _shown(call.consulted[-1].name) if call.consulted else ""


def _entries(call: Call) -> Iterator[ConsultationEntry]:
    names = {party.leg: _name(party) for party in call.parties}
    thirds = {party.leg for party in call.parties if party.kind is PartyKind.THIRD}
    before: tuple[LegId, ...] = ()
    partner = SEAT_LEG
    for note in call.log:
        came = [leg for leg in note.present if leg not in before]
        partner = next((leg for leg in came if leg in thirds), partner)
        changes = [(leg, JOINED) for leg in came]
        changes += [(leg, LEFT) for leg in before if leg not in note.present]
        if note.leg in thirds and note.leg not in before and note.leg not in came:
            changes += [(note.leg, why) for why in _failed(note)]
        changes += [(partner if note.what == FirstContact.THIRD_TAKES else SEAT_LEG, what) for what in _settled(note)]
        before = note.present
        for leg, event in changes:
            yield ConsultationEntry(at=note.at, party=names.get(leg, PartyKind.THIRD), event=event)


def _failed(note: CallNote) -> Iterator[Ending]:
    """Tell why a line did not join, if the note is about that; an engine may forget to say."""
    if note.ending is not None and note.ending is not Ending.JOINED:
        yield note.ending
    elif note.what in _GONE:
        yield Ending.UNREACHABLE


def _settled(note: CallNote) -> Iterator[FirstContact]:
    return (choice for choice in FirstContact if note.what == choice)


def _name(party: Party) -> str:
    return (_shown(party.name) if party.kind is PartyKind.THIRD else "") or party.kind


def _shown(name: str) -> str:
    """Return a name as an order may carry it: an engine that names a line itself may send anything."""
    return "".join(filter(str.isprintable, name))[:LONGEST_NAME]
