"""The transfer: an order on its way between 110 and 12345, with every step it took."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Annotated

from workstation.domain.errors import IllegalAction, InvalidValue
from workstation.domain.identity import NUMBER_FORM, SEAT_FORM, IncidentId, TransferId
from workstation.domain.lifecycle import (
    NOTES,
    SUBMISSIONS,
    TERMINAL,
    TRANSITIONS,
    Action,
    Direction,
    Flag,
    NoteRule,
    Role,
    Rule,
    State,
    note_rule_for,
    rule_for,
    skipped,
)
from workstation.domain.limits import Limit, check_limits
from workstation.domain.order import Order, Tier


class Satisfaction(StrEnum):
    """What the citizen said when the hotline called back."""

    VERY_SATISFIED = "very_satisfied"
    SATISFIED = "satisfied"
    NEUTRAL = "neutral"
    DISSATISFIED = "dissatisfied"
    VERY_DISSATISFIED = "very_dissatisfied"
    NOT_REACHED = "not_reached"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Step:
    """One action on a transfer: who, in which role, when, and why.

    ``at`` is the clock of whoever took it, ``recorded_at`` the gateway's; deadlines count from the latter.
    """

    action: Action
    role: Role
    by: Annotated[str, Limit(max_length=40, min_length=1)]
    at: datetime
    seat: Annotated[str, Limit(max_length=8, pattern=rf"({SEAT_FORM})?")] = ""
    recorded_at: datetime | None = None
    reason: Annotated[str, Limit(max_length=500)] = ""
    fields: Annotated[tuple[str, ...], Limit(max_length=40)] = ()
    unit: Annotated[str, Limit(max_length=100)] = ""
    tier: Tier | None = None
    result: Annotated[str, Limit(max_length=5000)] = ""
    satisfaction: Satisfaction | None = None
    linkage_call: Annotated[str, Limit(max_length=80)] = ""
    hotline_number: Annotated[str, Limit(max_length=64)] = ""
    remote_seq: Annotated[int | None, Limit(least=1)] = None
    inferred: bool = False

    def __post_init__(self) -> None:
        check_limits(self)

    def __repr__(self) -> str:
        return f"Step({self.action}, {self.role}, by={self.by})"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Transfer:
    """The order that travels, with its state, its flags and its whole history.

    ``version`` is the gateway's count of accepted changes, ``revision`` that of submitted contents.
    """

    id: TransferId
    number: Annotated[str, Limit(max_length=40, min_length=1, pattern=NUMBER_FORM)]
    direction: Direction
    state: State
    order: Order
    incident: IncidentId | None = None
    version: Annotated[int, Limit(least=0)] = 0
    revision: Annotated[int, Limit(least=0)] = 0
    authors: tuple[str, ...] = ()
    hotline_number: Annotated[str, Limit(max_length=64)] = ""
    remote_seq: Annotated[int, Limit(least=0)] = 0
    unit: str = ""
    tier: Tier | None = None
    rework_count: int = 0
    flags: frozenset[Flag] = frozenset()
    steps: tuple[Step, ...] = ()
    notes: tuple[Step, ...] = ()
    created_at: datetime

    def __post_init__(self) -> None:
        check_limits(self)

    def __repr__(self) -> str:
        return f"Transfer({self.id}, {self.direction}, {self.state}, version={self.version})"

    @property
    def finished(self) -> bool:
        """Whether nothing more can happen to it."""
        return self.state in TERMINAL

    @property
    def released(self) -> bool:
        """Whether the content it has now is the one that left, and the hotline still has it."""
        moves = [step.action for step in self.steps if step.action in SUBMISSIONS | _HANDED_BACK | {Action.RELEASE}]
        return moves[-1:] == [Action.RELEASE] and not self.finished

    def as_draft(self) -> "Transfer":
        """Return it as the draft it was before anybody else knew of it, its content whole."""
        return replace(
            self, state=State.DRAFT, version=0, revision=0, remote_seq=0, steps=(), notes=(), flags=frozenset()
        )

    def last(self, action: Action) -> Step | None:
        """Return the latest step with *action*, or nothing."""
        return next((step for step in reversed(self.steps) if step.action is action), None)

    @property
    def submitted(self) -> Step | None:
        """The step that brought the content it has now."""
        return next((step for step in reversed(self.steps) if step.action in SUBMISSIONS), None)

    def take(self, step: Step, order: Order | None = None) -> "Transfer":
        """Return this transfer after *step*; a hotline's or unit's jump records the steps it skipped as inferred.

        Args:
            step: The action, its actor and what comes with it.
            order: The content submitted with it, where the action submits one.

        Raises:
            IllegalAction: The table has no rule for it, or the approver is one of the authors.
            InvalidValue: The reason or a field that the rule asks for is missing.
        """
        if (self.direction, step.action) in NOTES:
            return _noted(self, step)
        arrived = self
        for action in skipped(self.direction, self.state, step.action) if step.role in _REMOTE_ROLES else ():
            arrived = _inferred(arrived, action, step)
        return _stepped(arrived, step, order)


def draft_of(order: Order, *, id: TransferId, number: str, incident: IncidentId | None, now: datetime) -> Transfer:
    """Return a new transfer to the hotline, as a draft that nobody has seen."""
    return Transfer(
        id=id,
        number=number,
        direction=Direction.OUTBOUND,
        state=State.DRAFT,
        order=order,
        incident=incident,
        authors=order.authors,
        created_at=now,
    )


def _inferred(transfer: Transfer, action: Action, cause: Step) -> Transfer:
    rule = TRANSITIONS[transfer.direction, transfer.state, action]
    step = Step(
        action=action,
        role=rule.role,
        by=cause.by,
        at=cause.at,
        recorded_at=cause.recorded_at,
        unit=cause.unit or transfer.unit,
        tier=cause.tier or transfer.tier,
        inferred=True,
    )
    return _moved(transfer, rule, step)


def _stepped(transfer: Transfer, step: Step, order: Order | None) -> Transfer:
    rule = rule_for(transfer.direction, transfer.state, step.action, step.role)
    _check_reason(step, required=rule.reason_required)
    for name in rule.fields:
        if not getattr(step, name):
            raise InvalidValue(name, "required")
    if step.action is Action.APPROVE and step.by in transfer.authors:
        raise IllegalAction(step.action, transfer.state, step.role, "approver_is_author")
    moved = _moved(transfer, rule, step)
    return _submitted(moved, step, order or transfer.order) if step.action in SUBMISSIONS else moved


def _moved(transfer: Transfer, rule: Rule, step: Step) -> Transfer:
    return replace(
        transfer,
        state=rule.target,
        steps=(*transfer.steps, step),
        hotline_number=step.hotline_number or transfer.hotline_number,
        remote_seq=step.remote_seq or transfer.remote_seq,
        unit=step.unit or transfer.unit,
        tier=step.tier or transfer.tier,
        rework_count=transfer.rework_count + (step.action is Action.REWORK),
        flags=_flags(transfer, rule),
    )


def _submitted(transfer: Transfer, step: Step, order: Order) -> Transfer:
    if step.action is Action.SUBMIT_URGENT and not order.urgent:
        raise InvalidValue("urgent", "required")
    wrote = dict.fromkeys((*transfer.authors, *order.authors, step.by))
    return replace(transfer, order=order, revision=transfer.revision + 1, authors=tuple(wrote))


def _noted(transfer: Transfer, step: Step) -> Transfer:
    rule = note_rule_for(transfer.direction, transfer.state, step.action, step.role)
    if rule.clears and not rule.raises and rule.clears not in transfer.flags:
        raise IllegalAction(step.action, transfer.state, step.role, "no_such_flag")
    if rule.clears is Flag.APPROVAL_DUE and step.by in transfer.authors:
        raise IllegalAction(step.action, transfer.state, step.role, "approver_is_author")
    _check_reason(step, required=rule.reason_required)
    # A note does not move the remote sequence: a step that it overtook on the way is still to come.
    return replace(transfer, flags=_flags(transfer, rule), notes=(*transfer.notes, step))


def _flags(transfer: Transfer, rule: Rule | NoteRule) -> frozenset[Flag]:
    cleared = transfer.flags - {rule.clears} if rule.clears else transfer.flags
    return cleared | {rule.raises} if rule.raises else cleared


def _check_reason(step: Step, *, required: bool) -> None:
    if required and not step.reason.strip():
        raise InvalidValue("reason", "required")


_HANDED_BACK = frozenset({Action.DECLINE, Action.RECALL_CONFIRMED})
_REMOTE_ROLES = frozenset({Role.HOTLINE, Role.UNIT})
