"""A command: one act of a signed-in person, made for one state, applied once; and the decision on it."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated

from workstation.domain.errors import IllegalAction, InvalidValue, Stale
from workstation.domain.identity import NUMBER_FORM, CommandId, IncidentId, TransferId
from workstation.domain.incident import Incident
from workstation.domain.lifecycle import NOTES, Action, Role, State
from workstation.domain.limits import Limit, check_limits
from workstation.domain.order import Order
from workstation.domain.transfer import Step, Transfer, draft_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who is asking, as the gateway authenticated them."""

    user: str
    role: Role
    seat: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Command:
    """One act, with its own id; either a step on a transfer or a revision of an incident.

    ``state`` and ``revision`` say what it was made for; ``number``, ``incident`` and ``order`` come with a submission.
    """

    id: CommandId
    at: datetime
    transfer: TransferId | None = None
    state: State = State.DRAFT
    revision: Annotated[int, Limit(least=0)] = 0
    step: Step | None = None
    number: Annotated[str, Limit(max_length=40, pattern=rf"({NUMBER_FORM})?")] = ""
    incident_id: IncidentId | None = None
    order: Order | None = None
    written_in: CommandId | None = None
    incident: Incident | None = None

    def __post_init__(self) -> None:
        check_limits(self)
        if (self.step is None) == (self.incident is None):
            raise InvalidValue("command", "wrong_shape", detail="a step or an incident")
        if self.step is not None and self.transfer is None:
            raise InvalidValue("transfer", "required")

    def __repr__(self) -> str:
        what = f"{self.step.action} {self.transfer}" if self.step else f"incident {self.incident}"
        return f"Command({self.id}, {what})"


def decide(transfer: Transfer | None, command: Command, actor: Actor, now: datetime) -> Transfer:
    """Return the transfer after *command*, decided with the authority of the authenticated *actor*.

    Pure, and shared by gateway and practice. ``recorded_at`` of the new steps is *now*.

    Raises:
        IllegalAction: The actor's role may not do this here, or speaks for somebody else.
        InvalidValue: A reason, field or the content is missing.
        Stale: The transfer moved on since the command was made.
    """
    step = command.step
    if step is None or command.transfer is None:
        raise InvalidValue("step", "required")
    if step.role is not actor.role or step.by != actor.user:
        raise IllegalAction(step.action, command.state, actor.role, "not_your_step")
    step = replace(step, recorded_at=now, seat=actor.seat or step.seat)
    current = transfer if transfer is not None else _begun(command, step, now)
    # Notes are appended and never stale; every other step names what it was made for.
    if (current.direction, step.action) not in NOTES:
        _check_current(current, command, step)
    return replace(current.take(step, command.order), version=current.version + 1)


def _check_current(current: Transfer, command: Command, step: Step) -> None:
    if step.remote_seq is not None and step.remote_seq <= current.remote_seq:
        raise Stale(f"remote {step.remote_seq}", f"remote {current.remote_seq}")
    if (command.state, command.revision) != (current.state, current.revision):
        raise Stale(f"{command.state} {command.revision}", f"{current.state} {current.revision}")


def _begun(command: Command, step: Step, now: datetime) -> Transfer:
    """Begin a transfer the gateway has never seen as the draft its desk made."""
    if step.action not in {Action.SUBMIT, Action.SUBMIT_URGENT}:
        raise Stale(command.state, "unknown")
    if command.order is None:
        raise InvalidValue("order", "required")
    id = TransferId(str(command.transfer))
    return draft_of(command.order, id=id, number=command.number, incident=command.incident_id, now=now)
