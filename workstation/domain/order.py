"""The order: what a department reads and works from without calling the citizen again."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Annotated

from workstation.domain.errors import InvalidValue
from workstation.domain.identity import SEAT_FORM
from workstation.domain.limits import Limit, check_limits
from workstation.domain.privacy import Address, PersonName, Phone

SCHEMA_VERSION = 1
CONTENT_LIMIT = 5000


class Kind(StrEnum):
    """What the citizen wants of the hotline; the six kinds of the field."""

    CONSULT = "consult"
    HELP = "help"
    COMPLAINT = "complaint"
    REPORT = "report"
    SUGGESTION = "suggestion"
    PRAISE = "praise"


class GapReason(StrEnum):
    """Why a required field is empty."""

    HUNG_UP = "hung_up"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"


class SecondContact(StrEnum):
    """Why a department will probably have to call the citizen again."""

    GAP = "gap"
    ON_SITE = "on_site"
    EVIDENCE = "evidence"
    CALLER_ASKED = "caller_asked"


class Relation(StrEnum):
    """How this order stands to another one."""

    NEW = "new"
    REPEAT_OF = "repeat_of"
    CHASE_OF = "chase_of"
    ENTANGLED_WITH = "entangled_with"


class Tier(StrEnum):
    """At which level the handling unit stands."""

    CITY = "city"
    COUNTY = "county"
    TOWN = "town"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A required field that stayed empty, with the coded reason."""

    field: Annotated[str, Limit(max_length=40, min_length=1)]
    reason: GapReason

    def __post_init__(self) -> None:
        check_limits(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationEntry:
    """One line of the three-way call's log: who was in the call, and what was agreed."""

    at: datetime
    party: Annotated[str, Limit(max_length=40)]
    event: Annotated[str, Limit(max_length=40)]
    note: Annotated[str, Limit(max_length=200)] = ""

    def __post_init__(self) -> None:
        check_limits(self)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Order:
    """The transfer message, version 1; required fields are either filled or listed in ``gaps``.

    Times are aware datetimes; codes are those of the content pack named by ``guidance_version``. The call's three
    formal times are when the queue assigned it, off-hook and on-hook; the last is missing while the call goes on.
    """

    # identity
    incident_number: Annotated[str, Limit(max_length=40, min_length=1)]
    relation: Relation = Relation.NEW
    relation_number: Annotated[str, Limit(max_length=64)] = ""
    schema_version: Annotated[int, Limit(least=1)] = SCHEMA_VERSION
    guidance_version: Annotated[str, Limit(max_length=40)] = ""
    # time and seat
    queued_at: datetime | None = None
    answered_at: datetime | None = None
    on_hook_at: datetime | None = None
    saved_at: datetime
    seat: Annotated[str, Limit(max_length=8, min_length=1, pattern=SEAT_FORM)]
    operator: Annotated[str, Limit(max_length=40, min_length=1)]
    authors: Annotated[tuple[str, ...], Limit(max_length=20)] = ()
    # caller
    caller_name: Annotated[PersonName, Limit(max_length=50)] = field(default_factory=PersonName)
    sex: Annotated[str, Limit(max_length=10)] = ""
    call_in_phone: Annotated[Phone, Limit(max_length=20)] = field(default_factory=Phone)
    contact_phone: Annotated[Phone, Limit(max_length=20)] = field(default_factory=Phone)
    wants_reply: bool | None = None
    confidential: bool = False
    consent: bool | None = None
    # matter
    kind: Kind | None = None
    subject: Annotated[str, Limit(max_length=200, min_length=1)]
    content: Annotated[str, Limit(max_length=CONTENT_LIMIT, min_length=1)]
    happened: Annotated[str, Limit(max_length=100)] = ""
    category: Annotated[str, Limit(max_length=20)] = ""
    category_name: Annotated[str, Limit(max_length=100)] = ""
    tags: Annotated[tuple[str, ...], Limit(max_length=20)] = ()
    wish: Annotated[str, Limit(max_length=500)] = ""
    # place
    region: Annotated[str, Limit(max_length=20)] = ""
    region_name: Annotated[str, Limit(max_length=100)] = ""
    address: Annotated[Address, Limit(max_length=200)] = field(default_factory=Address)
    landmark: Annotated[str, Limit(max_length=100)] = ""
    caller_is_there: bool | None = None
    # parties
    respondent: Annotated[str, Limit(max_length=100)] = ""
    people_affected: Annotated[int | None, Limit(least=1, most=1_000_000)] = None
    # urgency
    urgent: bool = False
    urgent_reason: Annotated[str, Limit(max_length=200)] = ""
    police_dispatched: bool = False
    police_number: Annotated[str, Limit(max_length=40)] = ""
    safety_note: Annotated[str, Limit(max_length=200)] = ""
    # routing
    unit: Annotated[str, Limit(max_length=100)] = ""
    tier: Tier | None = None
    guidance_item: Annotated[str, Limit(max_length=40)] = ""
    rejected_units: Annotated[tuple[str, ...], Limit(max_length=10)] = ()
    # evidence
    recording_id: Annotated[str, Limit(max_length=80)] = ""
    attachments: Annotated[tuple[str, ...], Limit(max_length=20)] = ()
    consultation: Annotated[tuple[ConsultationEntry, ...], Limit(max_length=500)] = ()
    # what is missing
    gaps: Annotated[tuple[Gap, ...], Limit(max_length=40)] = ()
    second_contact: SecondContact | None = None

    def __post_init__(self) -> None:
        check_limits(self)
        if self.urgent and not self.urgent_reason:
            raise InvalidValue("urgent_reason", "required")

    def __repr__(self) -> str:
        return f"Order({self.incident_number}, gaps={[gap.field for gap in self.gaps]})"


def split_content(content: str, limit: int) -> tuple[str, ...]:
    """Split *content* for a connector that takes fewer characters, each part numbered so that nobody misses one.

    Raises:
        InvalidValue: *limit* leaves no room for text beside the part's number.
    """
    if len(content) <= limit:
        return (content,)
    room = limit - len("(999/999)")
    if room < 1:
        raise InvalidValue("content", "too_small", limit=limit)
    parts = [content[start : start + room] for start in range(0, len(content), room)]
    return tuple(f"({count}/{len(parts)}){part}" for count, part in enumerate(parts, start=1))
