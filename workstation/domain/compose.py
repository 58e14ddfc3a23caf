"""Composing the order from what was said: the subject and text in the house style of a 12345 order."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from workstation.domain.errors import InvalidValue
from workstation.domain.incident import Incident
from workstation.domain.intake import Intake, Origin
from workstation.domain.intake_check import CHECKED, checked
from workstation.domain.order import (
    CONTENT_LIMIT,
    Gap,
    GapReason,
    Kind,
    Order,
    Relation,
    SecondContact,
    Tier,
)
from workstation.domain.order_check import checked_order
from workstation.domain.own_text import own_text
from workstation.domain.privacy import Address, PersonName, Phone
from workstation.domain.questions import Sheet, clauses
from workstation.domain.subject_place import place_in_subject, tells_place

SUBJECT_LIMIT = 80
# What a sheet asks for and only a field, an opening or a note may say: the text must not name a confidential caller.
_ELSEWHERE = frozenset(
    {"caller_name", "contact_phone", "confidential", "wants_reply", "consent", "happened", "wish", "kind"}
)
_GENTLE_STOPS = "\N{IDEOGRAPHIC FULL STOP}\N{FULLWIDTH SEMICOLON}\N{FULLWIDTH COMMA};,. \n"
_SENTENCE_ENDS = "\N{IDEOGRAPHIC FULL STOP}\N{FULLWIDTH EXCLAMATION MARK}\N{FULLWIDTH QUESTION MARK}!?"
_STOP = "\N{IDEOGRAPHIC FULL STOP}"
_LIST_COMMA = "\N{IDEOGRAPHIC COMMA}"
_SEMICOLON = "\N{FULLWIDTH SEMICOLON}"


@dataclass(frozen=True, slots=True)
class Wording:
    """The sentences an order is made of, with ``{placeholders}``; content, because a city words it its own way.

    ``subject`` and ``opening`` are keyed by kind; ``gap_reasons`` and ``field_names`` by their identifiers;
    ``handover`` by the lines of the hand-over checklist (`workstation.domain.handover`).
    """

    subject: Mapping[str, str]
    opening: Mapping[str, str]
    again: str
    located: str
    urgent: str
    anonymous: str
    confidential_name: str
    happened: str
    wish: str
    confidential: str
    wants_reply: str
    no_reply: str
    contact: str
    gap: str
    gap_reasons: Mapping[str, str]
    field_names: Mapping[str, str]
    note_open: str
    note_close: str
    handover: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What was decided beside what was said; names are those shown to people."""

    category_name: str = ""
    matter: str = ""
    region_name: str = ""
    unit: str = ""
    tier: Tier | None = None
    relation: Relation = Relation.NEW
    relation_number: str = ""
    urgent_reason: str = ""
    second_contact: SecondContact | None = None
    guidance_item: str = ""
    guidance_version: str = ""
    required: tuple[str, ...] = ()


def _address(intake: Intake, address: str, wording: Wording) -> str:
    """Return the address; one that only the network knows of says so, lest a department take it for the caller's."""
    from_network = address and intake.origins.get("address") is Origin.CALL
    return wording.located.replace("{address}", address) if from_network else address


def compose(incident: Incident, sheet: Sheet, decided: Decided, wording: Wording, now: datetime) -> Order:
    """Compose the order of *incident*; nothing that was not said enters it, and what a human wrote stays.

    Raises:
        InvalidValue: A field is not acceptable, or a required one is neither filled nor explained.
    """
    intake = incident.intake
    for name in decided.required:
        if not intake.filled(name) and name not in intake.gaps:
            raise InvalidValue(name, "required")
    values = {name: checked(name, intake, now) for name in CHECKED}
    content = own_text("content", incident.own_content) or _content(incident, values, sheet, wording)
    if len(content) > CONTENT_LIMIT:
        raise InvalidValue("narrative", "too_long", limit=CONTENT_LIMIT, actual=len(content))
    order = Order(
        incident_number=incident.number,
        relation=decided.relation,
        relation_number=decided.relation_number,
        guidance_version=incident.guidance_version or decided.guidance_version,
        queued_at=incident.queued_at,
        answered_at=incident.answered_at,
        on_hook_at=incident.on_hook_at,
        saved_at=now,
        seat=incident.seat,
        operator=incident.author,
        authors=tuple(dict.fromkeys((*incident.authors, incident.author))),
        caller_name=PersonName(values["caller_name"]),
        sex=intake.get("sex"),
        call_in_phone=Phone("".join(filter(str.isprintable, incident.call_in_phone.text))[:20]),
        contact_phone=Phone(values["contact_phone"]),
        wants_reply=_yes_no(intake, "wants_reply"),
        confidential=intake.get("confidential") == "yes",
        consent=_yes_no(intake, "consent"),
        kind=Kind(values["kind"]) if values["kind"] else None,
        subject=own_text("subject", incident.own_subject) or _subject(incident, values, decided, wording),
        content=content,
        happened=values["happened"],
        category=intake.get("category"),
        category_name=decided.category_name[:100],
        wish=values["wish"],
        region=intake.get("region"),
        region_name=decided.region_name[:100],
        address=Address(_address(intake, values["address"], wording)),
        landmark=values["landmark"],
        respondent=values["respondent"],
        people_affected=int(values["people_affected"]) if values["people_affected"] else None,
        urgent=bool(decided.urgent_reason),
        urgent_reason=decided.urgent_reason,
        police_dispatched=bool(incident.police_number),
        police_number=incident.police_number,
        unit=decided.unit,
        tier=decided.tier,
        guidance_item=incident.guidance_item or decided.guidance_item,
        recording_id=incident.recording_id,
        consultation=incident.consultation,
        gaps=tuple(Gap(field=name, reason=reason) for name, reason in _gaps(intake)),
        second_contact=_second_contact(intake, decided),
    )
    return checked_order(order)


def _gaps(intake: Intake) -> list[tuple[str, GapReason]]:
    return [(name, reason) for name, reason in intake.gaps.items() if not intake.filled(name)]


def _felt_gaps(intake: Intake) -> bool:
    """Say whether a gap will make a department call: what does not apply, or was never theirs to know, will not."""
    return any(reason is not GapReason.NOT_APPLICABLE for _, reason in _gaps(intake))


def _second_contact(intake: Intake, decided: Decided) -> SecondContact | None:
    """Return the first reason for which a department will call: what is missing counts before what the caller wants."""
    if _felt_gaps(intake):
        return SecondContact.GAP
    asked = SecondContact.CALLER_ASKED if intake.get("wants_reply") == "yes" else None
    return decided.second_contact or asked


def _yes_no(intake: Intake, name: str) -> bool | None:
    return {"yes": True, "no": False}.get(intake.get(name))


def _caller(values: Mapping[str, str], intake: Intake, wording: Wording) -> str:
    if intake.get("confidential") == "yes":
        return wording.confidential_name
    return values["caller_name"] or wording.anonymous


def _subject(incident: Incident, values: Mapping[str, str], decided: Decided, wording: Wording) -> str:
    form = wording.subject.get(values["kind"], wording.subject["complaint"])
    matter = decided.matter or _first_clause(values["narrative"])
    caller = _caller(values, incident.intake, wording)
    room = SUBJECT_LIMIT - len(form) - len(caller) - len(matter)
    again = wording.again if decided.relation is Relation.REPEAT_OF else ""
    place = place_in_subject(decided.region_name, values["address"], room)
    if tells_place(matter, place, values["address"]):
        place = ""
    subject = form.format(caller=caller, place=place, matter=matter[:SUBJECT_LIMIT], again=again)
    return (wording.urgent if decided.urgent_reason else "") + subject


def _first_clause(narrative: str) -> str:
    words = narrative.strip().lstrip(_GENTLE_STOPS)
    end = next((at for at, c in enumerate(words) if c in _GENTLE_STOPS + _SENTENCE_ENDS), len(words))
    # A subject is one line, and half an emoji's joiner is no character.
    return words[: min(end, 30)].replace("\t", " ").rstrip("\N{ZERO WIDTH JOINER}")


def _content(incident: Incident, values: Mapping[str, str], sheet: Sheet, wording: Wording) -> str:
    intake = incident.intake
    opening = wording.opening.get(values["kind"], wording.opening["complaint"])
    text = opening.format(caller=_caller(values, intake, wording))
    if values["happened"] and values["happened"] not in values["narrative"]:
        text += wording.happened.format(happened=values["happened"])
    text += _sentence(values["narrative"])
    told = frozenset(name for name, value in values.items() if value and value in values["narrative"])
    already = told | _ELSEWHERE
    text += _sentence(_SEMICOLON.join(clauses(sheet, intake.answers, {**intake.values, **values}, already)))
    if values["wish"]:
        text += wording.wish.format(wish=_sentence(values["wish"]))
    return text + _notes(intake, values, wording)


def _sentence(text: str) -> str:
    text = text.strip().rstrip(_GENTLE_STOPS)
    return text + _STOP if text and text[-1] not in _SENTENCE_ENDS else text


def _notes(intake: Intake, values: Mapping[str, str], wording: Wording) -> str:
    confidential = intake.get("confidential") == "yes"
    notes = [wording.confidential] if confidential else []
    notes += {"yes": [wording.wants_reply], "no": [wording.no_reply]}.get(intake.get("wants_reply"), [])
    if values["contact_phone"] and not confidential:  # the field has it for the hotline; a unit reads the text
        notes.append(wording.contact.format(phone=values["contact_phone"]))
    gaps = [gap for gap in _gaps(intake) if gap[1] is not GapReason.NOT_APPLICABLE]
    for reason in dict.fromkeys(reason for _, reason in gaps):
        named = [wording.field_names.get(name, name) for name, why in gaps if why is reason]
        notes.append(wording.gap.format(fields=_LIST_COMMA.join(named), reason=wording.gap_reasons[reason]))
    return wording.note_open + _SEMICOLON.join(notes) + wording.note_close if notes else ""
