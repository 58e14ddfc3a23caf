"""The incident: what a caller said and what the call-taker decided."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Annotated

from workstation.domain.errors import IllegalAction, InvalidValue
from workstation.domain.identity import NUMBER_FORM, SEAT_FORM, IncidentId, TransferId
from workstation.domain.intake import Intake
from workstation.domain.limits import Limit, check_field, check_limits
from workstation.domain.order import ConsultationEntry
from workstation.domain.privacy import Phone


class Outcome(StrEnum):
    """The six outcomes a call may have, and the two short endings."""

    POLICE_DISPATCH = "police_dispatch"
    DIRECT_ANSWER = "direct_answer"
    NOT_ACCEPTED = "not_accepted"
    CALL_TRANSFER = "call_transfer"
    WORK_ORDER = "work_order"
    URGENT_LINKAGE = "urgent_linkage"
    INVALID_CALL = "invalid_call"
    LINKED_TO_ORDER = "linked_to_order"


PAIRS: frozenset[frozenset[Outcome]] = frozenset(
    {
        frozenset({Outcome.POLICE_DISPATCH, Outcome.WORK_ORDER}),
        frozenset({Outcome.URGENT_LINKAGE, Outcome.POLICE_DISPATCH}),
        frozenset({Outcome.URGENT_LINKAGE, Outcome.WORK_ORDER}),
        frozenset({Outcome.CALL_TRANSFER, Outcome.WORK_ORDER}),
    }
)
# The outcomes that must say why no patrol was sent, or where the caller was told to go.
_REASONED = frozenset({Outcome.NOT_ACCEPTED, Outcome.INVALID_CALL})
ACTED_ON = frozenset({Outcome.POLICE_DISPATCH, Outcome.URGENT_LINKAGE})
"""The outcomes by which somebody is on the way to a danger."""
# What somebody typed for an outcome; the rest is an id of a machine.
_TYPED = frozenset({"reason", "police_number"})


class Stage(StrEnum):
    """Where an incident stands on its desk."""

    OPEN = "open"
    PARKED = "parked"
    CONCLUDED = "concluded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Safety:
    """The answers of the safety screen; anything but four times no leaves the diversion path."""

    danger: bool
    injured: bool
    weapon: bool
    crime: bool
    at: datetime

    @property
    def clear(self) -> bool:
        """Whether nothing speaks for sending police or rescue first."""
        return not (self.danger or self.injured or self.weapon or self.crime)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Incident:
    """One call's record, written by its desk alone and sent up as numbered revisions.

    The formal times and the log are those of its call: they go up when the form is closed, and once more when the call
    is over.
    """

    id: IncidentId
    number: Annotated[str, Limit(max_length=40, min_length=1, pattern=NUMBER_FORM)]
    seat: Annotated[str, Limit(max_length=8, min_length=1, pattern=SEAT_FORM)]
    author: Annotated[str, Limit(max_length=40, min_length=1)]
    authors: Annotated[tuple[str, ...], Limit(max_length=20)] = ()
    revision: Annotated[int, Limit(least=0)] = 0
    stage: Stage = Stage.OPEN
    created_at: datetime
    updated_at: datetime
    answered_at: datetime | None = None
    call: Annotated[str, Limit(max_length=80)] = ""
    call_in_phone: Annotated[Phone, Limit(max_length=40)] = field(default_factory=Phone)
    recording_id: Annotated[str, Limit(max_length=80)] = ""
    queued_at: datetime | None = None
    on_hook_at: datetime | None = None
    consultation: Annotated[tuple[ConsultationEntry, ...], Limit(max_length=500)] = ()
    intake: Intake = field(default_factory=Intake)
    safety: Safety | None = None
    category_first: Annotated[str, Limit(max_length=20)] = ""
    own_subject: str = ""
    own_content: str = ""
    guidance_item: Annotated[str, Limit(max_length=40)] = ""
    guidance_version: Annotated[str, Limit(max_length=40)] = ""
    outcomes: tuple[Outcome, ...] = ()
    reason: Annotated[str, Limit(max_length=500)] = ""
    police_number: Annotated[str, Limit(max_length=40)] = ""
    linkage_call: Annotated[str, Limit(max_length=80)] = ""
    linked_number: Annotated[str, Limit(max_length=64)] = ""
    unit: Annotated[str, Limit(max_length=100)] = ""
    transfer: TransferId | None = None
    handed_over: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        check_limits(self)

    def __repr__(self) -> str:
        return f"Incident({self.id}, {self.stage}, revision={self.revision})"

    def edited(self, intake: Intake, by: str, now: datetime) -> "Incident":
        """Return the incident with *intake* as *by* left it.

        Raises:
            IllegalAction: It is concluded, or belongs to another author.
        """
        if self.stage is Stage.CONCLUDED or by != self.author:
            raise IllegalAction("edit", self.stage, by, "not_your_draft" if by != self.author else "concluded")
        authors = self.authors if by in self.authors else (*self.authors, by)
        return replace(self, intake=intake, authors=authors, updated_at=now)

    def taken_over(self, by: str, now: datetime) -> "Incident":
        """Return the incident as *by*'s own; the former author stays among the authors."""
        authors = dict.fromkeys((*self.authors, self.author, by))
        line = f"{now.isoformat()} {self.author} -> {by}"
        return replace(self, author=by, authors=tuple(authors), updated_at=now, handed_over=(*self.handed_over, line))

    def came_from(self, known: Collection[str]) -> bool:
        """Whether the log of hand-overs leads from one of *known* to its author, with no hand missing."""
        owner = self.author
        for line in reversed(self.handed_over):
            giver, _, taker = line.partition(" ")[2].partition(" -> ")
            if taker != owner:
                return False
            if giver in known:
                return True
            owner = giver
        return owner in known

    def reopened(self, now: datetime) -> "Incident":
        """Return the incident open again, because its order came back to be mended."""
        return replace(self, stage=Stage.OPEN, updated_at=now)

    def check_handover(self) -> None:
        """Refuse to hand the matter to 12345 before the safety questions, past a danger or against the caller's will.

        Raises:
            IllegalAction: ``safety_first``, ``danger_first`` or ``no_consent``.
            InvalidValue: The caller was not asked for consent, and nobody said why.
        """
        why = ""
        if self.safety is None:
            why = "safety_first"
        elif not self.safety.clear and not ACTED_ON & set(self.outcomes):
            why = "danger_first"
        elif self.intake.get("consent") == "no":
            why = "no_consent"
        if why:
            raise IllegalAction(Outcome.WORK_ORDER, self.stage, "call_taker", why)
        if not self.intake.filled("consent") and "consent" not in self.intake.gaps:
            raise InvalidValue("consent", "required")

    def goes_with(self, outcome: Outcome) -> bool:
        """Whether the incident may have *outcome* now: its first one, the one it has, or the other of a named pair."""
        before = self._beside(outcome)
        return not before or outcome in before or frozenset({*before, outcome}) in PAIRS

    def _beside(self, outcome: Outcome) -> tuple[Outcome, ...]:
        """Return the outcomes that stay beside *outcome*.

        A danger that comes up in a three-way call is what the matter is; the call's own log keeps the three-way call.
        """
        return () if outcome in ACTED_ON and self.outcomes == (Outcome.CALL_TRANSFER,) else self.outcomes

    def concluded(self, outcome: Outcome, now: datetime, *, stay_open: bool = False, **what: str) -> "Incident":
        """Return the incident with *outcome* added; a second one only where the two make a named pair.

        Args:
            outcome: The outcome decided now.
            now: The desk's clock.
            stay_open: The form goes on, because the outcome's partner (an order after the fact) is still to come.
            what: ``reason``, ``police_number``, ``linkage_call`` or ``linked_number``, as the outcome needs.

        Raises:
            IllegalAction: The two outcomes do not go together, or the matter may not go to 12345.
            InvalidValue: What the outcome needs is missing, or holds what nobody can see.
        """
        for name in _TYPED & set(what):
            check_field(Incident, name, what[name])
        before = self._beside(outcome)
        if not self.goes_with(outcome):
            raise IllegalAction(outcome, "+".join(before), "call_taker", "not_a_pair")
        if outcome is Outcome.WORK_ORDER:
            self.check_handover()
        for name in _needed(outcome):
            if not (what.get(name) or getattr(self, name)):
                raise InvalidValue(name, "required")
        outcomes = before if outcome in before else (*before, outcome)
        kept = {name: value for name, value in what.items() if value}
        stage = self.stage if stay_open else Stage.CONCLUDED
        done = replace(self, outcomes=outcomes, stage=stage, updated_at=now, revision=self.revision + 1)
        return replace(done, **kept)  # type: ignore[arg-type]


def _needed(outcome: Outcome) -> tuple[str, ...]:
    if outcome in _REASONED:
        return ("reason",)
    if outcome is Outcome.POLICE_DISPATCH:
        return ("police_number",)
    if outcome is Outcome.LINKED_TO_ORDER:
        return ("linked_number",)
    return ()
