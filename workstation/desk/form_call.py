"""What a form and its order take from the call they are about."""

from dataclasses import replace
from datetime import datetime

from workstation.desk.ports import Transaction
from workstation.domain.call import Call
from workstation.domain.call_log import FirstContact
from workstation.domain.call_party import CallId
from workstation.domain.consultation import consultation
from workstation.domain.errors import IllegalAction, InvalidValue
from workstation.domain.incident import ACTED_ON, Incident
from workstation.domain.intake import Origin
from workstation.domain.phones import normalise_phone
from workstation.domain.privacy import Phone

LONGEST_RECORDINGS = 80
LONGEST_LOCATION = 100


def with_call(incident: Incident, call: Call) -> Incident:
    """Return the incident joined to *call*: its number is the contact number until the caller gives another.

    Where the network says that the caller is stands for the address until somebody writes what the caller says.
    """
    phone, located = call.citizen.number.text, call.citizen.location.text[:LONGEST_LOCATION]
    joined = replace(brought_up(incident, call), call=call.id, call_in_phone=Phone(phone[:40]))
    if located and not joined.intake.filled("address"):
        joined = replace(joined, intake=joined.intake.with_value("address", located, Origin.CALL))
    try:
        contact = normalise_phone(phone, "contact_phone")
    except InvalidValue:
        return joined  # withheld or foreign: the contact number has to be asked
    return replace(joined, intake=joined.intake.with_value("contact_phone", contact, Origin.CALL))


def call_of(tx: Transaction, incident: Incident) -> Call | None:
    """Return the call that *incident* is about, as it was last kept."""
    if not incident.call:
        return None
    try:
        return tx.call(CallId(incident.call))
    except KeyError:
        return None


def brought_up(incident: Incident, call: Call | None) -> Incident:
    """Return the incident with what became known of its call since: a recording may begin after the form."""
    if call is None:
        return incident
    return replace(
        incident,
        answered_at=(incident.answered_at if call.back_of else None) or call.off_hook_at or incident.answered_at,
        recording_id=_recordings(incident, call),
    )


def _recordings(incident: Incident, call: Call) -> str:
    """Return the recordings of an incident's calls: a call-back has one more."""
    if not call.back_of or not incident.recording_id:
        return call.recording_id or incident.recording_id
    both = f"{incident.recording_id} {call.recording_id}".strip()
    known = call.recording_id in incident.recording_id.split()
    return incident.recording_id if known or len(both) > LONGEST_RECORDINGS else both


def first_queued(tx: Transaction, call: Call) -> datetime:
    """Return when the queue assigned the call, or the first of those for which it is a call-back."""
    seen: set[str] = set()
    while call.back_of and call.id not in seen:
        seen.add(call.id)
        try:
            call = tx.call(call.back_of)
        except KeyError:  # another seat's
            break
    return call.queued_at


def with_log(tx: Transaction, incident: Incident, call: Call | None) -> Incident:
    """Return the incident with all that is known of its call: recordings, formal times, and who was in it."""
    if call is None:
        return incident
    queued, log = first_queued(tx, call), consultation(call)
    return replace(brought_up(incident, call), queued_at=queued, on_hook_at=call.on_hook_at, consultation=log)


def settled(tx: Transaction, incident: Incident, choice: FirstContact | None, by: str, now: datetime) -> Call | None:
    """Return the call of *incident* once it is noted who keeps the matter; what keeps danger off waits for no answer.

    Raises:
        IllegalAction: A third party was in the call, and neither the log nor *choice* says who keeps the matter.
    """
    call = call_of(tx, incident)
    if call is None or not call.unsettled or ACTED_ON & set(incident.outcomes):
        return call
    if choice is None:
        raise IllegalAction("send", call.state, by, "first_contact")
    call = call.agreed(choice, now)
    tx.save_call(call)
    return call
