"""From a form that became no order, or not yet, to the row and the summary that are shown of it."""

from datetime import datetime

from workstation.desk.assist import PATH
from workstation.desk.library import Library
from workstation.domain.incident import Incident, Safety, Stage
from workstation.ui.approval.order_sheet import Fact, OrderView
from workstation.ui.board.orders_model import OrderRow
from workstation.ui.board.views import guidance_words, short_time, tr
from workstation.ui.chips import beginning
from workstation.ui.labels import label

_DOT = " \N{MIDDLE DOT} "
_CODED = frozenset({"kind", "sex", "wants_reply", "confidential", "consent"})


def incident_row(incident: Incident, library: Library, now: datetime) -> OrderRow:
    """Return the row of a form: its number, what became of it, and when."""
    return OrderRow(
        id=incident.id,
        number=incident.number,
        state=None,
        title=_title(incident, library),
        note=short_time(incident.updated_at, now),
        age=int((now - incident.updated_at).total_seconds()),
        became=_became(incident),
    )


def incident_view(incident: Incident, library: Library, now: datetime) -> OrderView:
    """Return a form as it stands, to be read only."""
    parts = [f"{label('incident')} {incident.number}", short_time(incident.created_at, now), incident.author]
    return OrderView(
        id=incident.id,
        revision=incident.revision,
        subject=_title(incident, library),
        content=incident.own_content or incident.intake.get("narrative"),
        meta=_DOT.join(parts),
        complete=_became(incident),
        facts=_facts(incident, library),
    )


def _title(incident: Incident, library: Library) -> str:
    intake, content = incident.intake, library.content
    names = content.categories.names(intake.get("category"))
    parts = (_region(incident, library), names[-1] if names else "")
    about = beginning(intake.get("narrative")) or tr("Nothing written yet")
    return _DOT.join(part for part in parts if part) or about


def _region(incident: Incident, library: Library) -> str:
    region = library.places.regions.get(incident.intake.get("region"))
    return library.places.label(region) if region is not None else ""


def _became(incident: Incident) -> str:
    """Return what became of the call: its outcomes, or how far its form is."""
    outcomes = [label(outcome, "outcome") for outcome in incident.outcomes]
    if incident.stage is not Stage.CONCLUDED:
        outcomes.append(label(incident.stage, "stage"))
    return _DOT.join(outcomes)


def _facts(incident: Incident, library: Library) -> tuple[Fact, ...]:
    intake = incident.intake
    shown = {name: label(text) if name in _CODED else text for name, text in intake.values.items() if text}
    shown |= {
        "narrative": "" if not incident.own_content else intake.get("narrative"),
        "category": PATH.join(library.content.categories.names(intake.get("category"))),
        "region": _region(incident, library),
        "safety": _safety(incident.safety),
        "call_in_phone": incident.call_in_phone.text,
        "guidance_item": guidance_words(incident.guidance_item, library),
        "reason": incident.reason,
        "police_number": incident.police_number,
        "recording_id": incident.recording_id,
    }
    facts = [Fact(name, label(name), text) for name, text in shown.items() if text]
    if incident.linked_number:
        facts.append(Fact("linked_number", tr("Known order"), incident.linked_number))
    return tuple(facts)


def _safety(safety: Safety | None) -> str:
    if safety is None:
        return ""
    return tr("No danger said") if safety.clear else tr("Danger, somebody hurt, a crime or a weapon was said")
