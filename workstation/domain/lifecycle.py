"""The one table that says what may happen to a transfer, in either direction."""

from dataclasses import dataclass
from enum import StrEnum

from workstation.domain.errors import IllegalAction


class Direction(StrEnum):
    OUTBOUND = "outbound"
    INBOUND = "inbound"


class Role(StrEnum):
    CALL_TAKER = "call_taker"
    DUTY_OFFICER = "duty_officer"
    HOTLINE = "hotline"
    UNIT = "unit"
    SYSTEM = "system"


class State(StrEnum):
    DRAFT = "draft"
    PENDING_APPROVAL = "pending_approval"
    RETURNED = "returned"
    REJECTED = "rejected"
    ABANDONED = "abandoned"
    APPROVED = "approved"
    RECALLED = "recalled"
    SENT = "sent"
    RECEIVED = "received"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    ASSIGNED = "assigned"
    SIGNED = "signed"
    RESOLVED = "resolved"
    CLOSED = "closed"
    OFFERED = "offered"
    TAKEN_ON = "taken_on"
    TURNED_DOWN = "turned_down"
    DISPATCHED = "dispatched"
    REPORTED = "reported"
    FINISHED = "finished"


class Action(StrEnum):
    SUBMIT = "submit"
    SUBMIT_URGENT = "submit_urgent"
    WITHDRAW = "withdraw"
    APPROVE = "approve"
    SEND_BACK = "send_back"
    REJECT = "reject"
    ABANDON = "abandon"
    RELEASE = "release"
    RECALL = "recall"
    CONFIRM = "confirm"
    OBJECT = "object"
    RECEIPT = "receipt"
    ACCEPT = "accept"
    DECLINE = "decline"
    ASSIGN = "assign"
    SIGN = "sign"
    BOUNCE = "bounce"
    REPORT = "report"
    CLOSE = "close"
    REWORK = "rework"
    REOPEN = "reopen"
    RECALL_CONFIRMED = "recall_confirmed"
    TAKE_ON = "take_on"
    TURN_DOWN = "turn_down"
    DISPATCH = "dispatch"
    # Notes: they raise or clear a flag and never change the state.
    ASK_RECALL = "ask_recall"
    ASK_EXTENSION = "ask_extension"
    GRANT_EXTENSION = "grant_extension"
    WARN_YELLOW = "warn_yellow"
    WARN_RED = "warn_red"
    SUPERVISE = "supervise"
    INTERVIEW = "interview"
    NOTIFY = "notify"
    ADD_UNIT = "add_unit"
    REPEAT = "repeat"
    CHASE = "chase"
    RECHECK_DANGER = "recheck_danger"


class Flag(StrEnum):
    APPROVAL_DUE = "approval_due"
    RECALL_ASKED = "recall_asked"
    EXTENSION_ASKED = "extension_asked"
    EXTENSION_GRANTED = "extension_granted"
    YELLOW_CARD = "yellow_card"
    RED_CARD = "red_card"
    SUPERVISION = "supervision"
    INTERVIEW = "interview"
    NOTICE = "notice"
    UNIT_ADDED = "unit_added"
    REPEAT = "repeat"
    CHASE = "chase"
    DANGER_RECHECK = "danger_recheck"


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may take an action, where it leads, and what must come with it."""

    role: Role
    target: State
    reason_required: bool = False
    fields: tuple[str, ...] = ()
    raises: Flag | None = None
    clears: Flag | None = None


@dataclass(frozen=True, slots=True)
class NoteRule:
    """Who may raise or clear a flag, in which states, and whether a reason is needed."""

    roles: frozenset[Role]
    states: frozenset[State]
    reason_required: bool = False
    raises: Flag | None = None
    clears: Flag | None = None


_OUT = Direction.OUTBOUND
_IN = Direction.INBOUND

TRANSITIONS: dict[tuple[Direction, State, Action], Rule] = {
    (_OUT, State.DRAFT, Action.SUBMIT): Rule(Role.CALL_TAKER, State.PENDING_APPROVAL),
    (_OUT, State.DRAFT, Action.SUBMIT_URGENT): Rule(
        Role.CALL_TAKER, State.APPROVED, reason_required=True, fields=("linkage_call",), raises=Flag.APPROVAL_DUE
    ),
    (_OUT, State.PENDING_APPROVAL, Action.WITHDRAW): Rule(Role.CALL_TAKER, State.DRAFT),
    (_OUT, State.PENDING_APPROVAL, Action.APPROVE): Rule(
        # Who approves the order anew says yes to the whole of it; who sends it back says nothing of the linkage.
        Role.DUTY_OFFICER,
        State.APPROVED,
        clears=Flag.APPROVAL_DUE,
    ),
    (_OUT, State.PENDING_APPROVAL, Action.SEND_BACK): Rule(
        Role.DUTY_OFFICER, State.RETURNED, reason_required=True, fields=("fields",)
    ),
    (_OUT, State.PENDING_APPROVAL, Action.REJECT): Rule(Role.DUTY_OFFICER, State.REJECTED, reason_required=True),
    (_OUT, State.RETURNED, Action.SUBMIT): Rule(Role.CALL_TAKER, State.PENDING_APPROVAL),
    (_OUT, State.RETURNED, Action.ABANDON): Rule(Role.CALL_TAKER, State.ABANDONED, reason_required=True),
    (_OUT, State.APPROVED, Action.RELEASE): Rule(Role.SYSTEM, State.SENT),
    (_OUT, State.APPROVED, Action.RECALL): Rule(Role.DUTY_OFFICER, State.RECALLED, reason_required=True),
    (_OUT, State.SENT, Action.RECEIPT): Rule(Role.HOTLINE, State.RECEIVED),
    (_OUT, State.RECEIVED, Action.ACCEPT): Rule(Role.HOTLINE, State.ACCEPTED),
    (_OUT, State.RECEIVED, Action.DECLINE): Rule(Role.HOTLINE, State.DECLINED, reason_required=True),
    (_OUT, State.DECLINED, Action.SUBMIT): Rule(Role.CALL_TAKER, State.PENDING_APPROVAL),
    (_OUT, State.DECLINED, Action.ABANDON): Rule(Role.CALL_TAKER, State.ABANDONED, reason_required=True),
    (_OUT, State.ACCEPTED, Action.ASSIGN): Rule(Role.HOTLINE, State.ASSIGNED, fields=("unit", "tier")),
    (_OUT, State.ACCEPTED, Action.DECLINE): Rule(Role.HOTLINE, State.DECLINED, reason_required=True),
    (_OUT, State.ASSIGNED, Action.SIGN): Rule(Role.UNIT, State.SIGNED),
    (_OUT, State.ASSIGNED, Action.BOUNCE): Rule(Role.UNIT, State.ACCEPTED, reason_required=True),
    (_OUT, State.SIGNED, Action.REPORT): Rule(Role.UNIT, State.RESOLVED, fields=("result",)),
    (_OUT, State.SIGNED, Action.BOUNCE): Rule(Role.UNIT, State.ACCEPTED, reason_required=True),
    (_OUT, State.RESOLVED, Action.CLOSE): Rule(Role.HOTLINE, State.CLOSED, fields=("satisfaction",)),
    (_OUT, State.RESOLVED, Action.REWORK): Rule(Role.HOTLINE, State.ASSIGNED, reason_required=True),
    (_OUT, State.CLOSED, Action.REOPEN): Rule(Role.HOTLINE, State.ASSIGNED, reason_required=True),
    **{
        (_OUT, state, Action.RECALL_CONFIRMED): Rule(Role.HOTLINE, State.RECALLED)
        for state in (State.SENT, State.RECEIVED, State.ACCEPTED, State.ASSIGNED, State.SIGNED)
    },
    (_IN, State.OFFERED, Action.TAKE_ON): Rule(Role.CALL_TAKER, State.TAKEN_ON),
    (_IN, State.OFFERED, Action.TURN_DOWN): Rule(Role.DUTY_OFFICER, State.TURNED_DOWN, reason_required=True),
    (_IN, State.TAKEN_ON, Action.DISPATCH): Rule(Role.CALL_TAKER, State.DISPATCHED),
    (_IN, State.TAKEN_ON, Action.REPORT): Rule(Role.DUTY_OFFICER, State.REPORTED, fields=("result",)),
    (_IN, State.DISPATCHED, Action.REPORT): Rule(Role.DUTY_OFFICER, State.REPORTED, fields=("result",)),
    (_IN, State.REPORTED, Action.CLOSE): Rule(Role.HOTLINE, State.FINISHED),
}

TERMINAL = frozenset({State.REJECTED, State.ABANDONED, State.RECALLED, State.TURNED_DOWN, State.FINISHED})
_REMOTE = frozenset({State.SENT, State.RECEIVED, State.ACCEPTED, State.ASSIGNED, State.SIGNED})
_KNOWN_TO_HOTLINE = _REMOTE | {State.RESOLVED, State.CLOSED}
_AT_UNIT = frozenset({State.ASSIGNED, State.SIGNED})
_LIVE = frozenset(State) - TERMINAL - {State.DRAFT}


def _roles(*roles: Role) -> frozenset[Role]:
    return frozenset(roles)


NOTES: dict[tuple[Direction, Action], NoteRule] = {
    (_OUT, Action.CONFIRM): NoteRule(_roles(Role.DUTY_OFFICER), frozenset(State), clears=Flag.APPROVAL_DUE),
    (_OUT, Action.OBJECT): NoteRule(
        _roles(Role.DUTY_OFFICER), frozenset(State), reason_required=True, clears=Flag.APPROVAL_DUE
    ),
    (_OUT, Action.ASK_RECALL): NoteRule(
        _roles(Role.DUTY_OFFICER), _REMOTE, reason_required=True, raises=Flag.RECALL_ASKED
    ),
    (_OUT, Action.ASK_EXTENSION): NoteRule(
        _roles(Role.UNIT), _AT_UNIT, reason_required=True, raises=Flag.EXTENSION_ASKED
    ),
    (_OUT, Action.GRANT_EXTENSION): NoteRule(
        _roles(Role.HOTLINE), _AT_UNIT, raises=Flag.EXTENSION_GRANTED, clears=Flag.EXTENSION_ASKED
    ),
    (_OUT, Action.WARN_YELLOW): NoteRule(_roles(Role.SYSTEM), _REMOTE, raises=Flag.YELLOW_CARD),
    (_OUT, Action.WARN_RED): NoteRule(_roles(Role.SYSTEM), _REMOTE, raises=Flag.RED_CARD),
    (_OUT, Action.SUPERVISE): NoteRule(
        _roles(Role.DUTY_OFFICER, Role.HOTLINE), _KNOWN_TO_HOTLINE, reason_required=True, raises=Flag.SUPERVISION
    ),
    (_OUT, Action.INTERVIEW): NoteRule(
        _roles(Role.DUTY_OFFICER, Role.HOTLINE), _KNOWN_TO_HOTLINE, reason_required=True, raises=Flag.INTERVIEW
    ),
    (_OUT, Action.NOTIFY): NoteRule(
        _roles(Role.DUTY_OFFICER, Role.HOTLINE), _KNOWN_TO_HOTLINE, reason_required=True, raises=Flag.NOTICE
    ),
    (_OUT, Action.ADD_UNIT): NoteRule(_roles(Role.HOTLINE), _AT_UNIT, raises=Flag.UNIT_ADDED),
    (_OUT, Action.REPEAT): NoteRule(_roles(Role.CALL_TAKER, Role.DUTY_OFFICER), _LIVE, raises=Flag.REPEAT),
    (_OUT, Action.CHASE): NoteRule(_roles(Role.CALL_TAKER), _LIVE, raises=Flag.CHASE),
    (_OUT, Action.RECHECK_DANGER): NoteRule(
        _roles(Role.CALL_TAKER, Role.DUTY_OFFICER), _LIVE, reason_required=True, raises=Flag.DANGER_RECHECK
    ),
    (_IN, Action.CHASE): NoteRule(_roles(Role.HOTLINE), _LIVE, raises=Flag.CHASE),
    (_IN, Action.SUPERVISE): NoteRule(
        _roles(Role.DUTY_OFFICER, Role.HOTLINE), _LIVE, reason_required=True, raises=Flag.SUPERVISION
    ),
}

SUBMISSIONS = frozenset({Action.SUBMIT, Action.SUBMIT_URGENT})
"""The steps that bring the content of an order."""

# A real hotline skips steps. These are the steps it may have skipped, in order, and what it may skip to.
_FORWARD = (Action.RECEIPT, Action.ACCEPT, Action.ASSIGN, Action.SIGN, Action.REPORT, Action.CLOSE)
_JUMPABLE = frozenset(_FORWARD) | {Action.DECLINE, Action.BOUNCE, Action.REWORK, Action.REOPEN}


def rule_for(direction: Direction, state: State, action: Action, role: Role) -> Rule:
    """Return the rule that lets *role* take *action* in *state*.

    Raises:
        IllegalAction: There is none.
    """
    rule = TRANSITIONS.get((direction, state, action))
    if rule is None or rule.role is not role:
        raise IllegalAction(action, state, role)
    return rule


def note_rule_for(direction: Direction, state: State, action: Action, role: Role) -> NoteRule:
    """Return the rule that lets *role* raise or clear a flag in *state*.

    Raises:
        IllegalAction: There is none.
    """
    rule = NOTES.get((direction, action))
    if rule is None or role not in rule.roles or state not in rule.states:
        raise IllegalAction(action, state, role)
    return rule


def skipped(direction: Direction, state: State, action: Action) -> tuple[Action, ...]:
    """Return the steps the hotline must have taken unseen between *state* and *action*; empty when none.

    An empty answer does not mean that the action is allowed: ask ``rule_for`` for the state reached.
    """
    if direction is not Direction.OUTBOUND or action not in _JUMPABLE:
        return ()
    passed: list[Action] = []
    for step in _FORWARD:
        if (direction, state, action) in TRANSITIONS:
            return tuple(passed)
        if (rule := TRANSITIONS.get((direction, state, step))) is not None:
            passed.append(step)
            state = rule.target
    return tuple(passed) if (direction, state, action) in TRANSITIONS else ()


def offered(direction: Direction, state: State, role: Role, flags: frozenset[Flag] = frozenset()) -> tuple[Action, ...]:
    """Return the actions that *role* may take in *state*, in the order of the table."""
    steps = [a for (d, s, a), rule in TRANSITIONS.items() if (d, s) == (direction, state) and rule.role is role]
    notes = [
        action
        for (d, action), rule in NOTES.items()
        if d is direction
        and role in rule.roles
        and state in rule.states
        and (rule.clears is None or rule.raises is not None or rule.clears in flags)
    ]
    return (*steps, *notes)
