"""Orders, transfers and steps that the domain's tests begin with; every name and number is invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from workstation.domain.command import Actor, Command
from workstation.domain.identity import CommandId, IncidentId, TransferId
from workstation.domain.incident import Incident, Safety
from workstation.domain.intake import Intake
from workstation.domain.lifecycle import TRANSITIONS, Action, Direction, Role, State
from workstation.domain.order import Order, Tier
from workstation.domain.privacy import PersonName, Phone
from workstation.domain.transfer import Satisfaction, Step, Transfer

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
OUT, IN = Direction.OUTBOUND, Direction.INBOUND
SAFE = Safety(danger=False, injured=False, weapon=False, crime=False, at=NOON)

WHO = {
    Role.CALL_TAKER: "taker-1",
    Role.DUTY_OFFICER: "officer-1",
    Role.HOTLINE: "hotline",
    Role.UNIT: "unit-9",
    Role.SYSTEM: "gateway",
}


def an_order(**what: object) -> Order:
    made = Order(
        incident_number="260302-07-001",
        saved_at=NOON,
        seat="07",
        operator="taker-1",
        authors=("taker-1",),
        caller_name=PersonName("欧阳修竹"),
        contact_phone=Phone("19900001234"),
        subject="关于来电人反映东湖路油烟的问题",
        content="来电人来电反映：楼下烧烤店油烟扰民。",
    )
    return replace(made, **what)  # type: ignore[arg-type]


def urgent_order(**what: object) -> Order:
    return an_order(urgent=True, urgent_reason="燃气泄漏", **what)


def a_transfer(state: State = State.DRAFT, direction: Direction = OUT, **what: object) -> Transfer:
    made = Transfer(
        id=TransferId("transfer-1"),
        number="260302-07-001",
        direction=direction,
        state=state,
        order=an_order(),
        incident=IncidentId("incident-1"),
        authors=("taker-1",) if direction is OUT else (),
        created_at=NOON,
    )
    return replace(made, **what)  # type: ignore[arg-type]


def a_step(action: Action, role: Role, **what: object) -> Step:
    """Return a step with everything that any rule asks for."""
    made = Step(
        action=action,
        role=role,
        by=WHO[role],
        at=NOON,
        reason="有理由",
        fields=("address",),
        unit="市中区综合行政执法局",
        tier=Tier.COUNTY,
        result="已现场处理",
        satisfaction=Satisfaction.SATISFIED,
        linkage_call="call-7",
    )
    return replace(made, **what)  # type: ignore[arg-type]


def rule_step(direction: Direction, state: State, action: Action, **what: object) -> Step:
    """Return the complete step that a row of the table allows."""
    return a_step(action, TRANSITIONS[direction, state, action].role, **what)


def a_command(transfer: Transfer, step: Step, id: str = "command-1", **what: object) -> Command:
    made = Command(
        id=CommandId(id),
        at=step.at,
        transfer=transfer.id,
        state=transfer.state,
        revision=transfer.revision,
        step=step,
        number=transfer.number,
        incident_id=transfer.incident,
    )
    return replace(made, **what)  # type: ignore[arg-type]


def actor_of(step: Step) -> Actor:
    return Actor(user=step.by, role=step.role, seat="07" if step.role is Role.CALL_TAKER else "")


def an_incident(values: dict[str, str] | None = None, **what: object) -> Incident:
    made = Incident(
        id=IncidentId("incident-1"),
        number="260302-07-001",
        seat="07",
        author="taker-1",
        authors=("taker-1",),
        created_at=NOON,
        updated_at=NOON,
        intake=Intake(values=values or {}),
    )
    return replace(made, **what)  # type: ignore[arg-type]


def a_consented(**what: object) -> Incident:
    """Return an incident that may be handed to 12345: no danger, and the caller agrees."""
    return an_incident({"consent": "yes"}, **{"safety": SAFE, **what})
