"""The hand that signs: one signed-in person's steps, and the commands that carry them."""

from dataclasses import dataclass
from datetime import datetime

from workstation.desk.ports import Clock, NewId, Transaction
from workstation.desk.session import Session
from workstation.domain.command import Command
from workstation.domain.errors import IllegalAction
from workstation.domain.identity import CommandId, TransferId
from workstation.domain.incident import Incident
from workstation.domain.lifecycle import Action, Role, State, offered
from workstation.domain.order import Order
from workstation.domain.transfer import Step, Transfer


@dataclass(frozen=True, slots=True)
class TransferView:
    """A transfer as the gateway last told it, and beside it the acts that are still on their way.

    ``after`` is the transfer once everything queued has been accepted; it is never shown as if it were so already.
    """

    transfer: Transfer
    after: Transfer
    queued: tuple[Action, ...] = ()

    @property
    def expected(self) -> State:
        return self.after.state

    @property
    def waiting_since(self) -> datetime:
        """Since when it waits for a decision, by the gateway's clock where it has spoken."""
        step = self.transfer.submitted
        return (step.recorded_at or step.at) if step is not None else self.transfer.created_at

    def offered(self, role: Role) -> tuple[Action, ...]:
        """Return what *role* may do next."""
        return offered(self.after.direction, self.after.state, role, self.after.flags)


def replay(tx: Transaction, id: TransferId) -> TransferView:
    """Return the transfer with its queued commands laid over it; ``KeyError`` when this console has none."""
    return laid_over(tx, tx.transfer(id))


def laid_over(tx: Transaction, base: Transfer) -> TransferView:
    """Return *base* with what is queued for it."""
    after = base
    queued: list[Action] = []
    for command in tx.queued_for(base.id):
        if command.step is None:
            continue
        queued.append(command.step.action)
        try:
            after = after.take(command.step, command.order)
        except IllegalAction:
            break  # the gateway moved on meanwhile and will refuse the rest
    return TransferView(base, after, tuple(queued))


@dataclass(frozen=True, slots=True)
class Author:
    """One signed-in person, with the clock and the ids of this console."""

    session: Session
    clock: Clock
    new_id: NewId

    def step(
        self,
        action: Action,
        *,
        reason: str = "",
        fields: tuple[str, ...] = (),
        result: str = "",
        linkage_call: str = "",
    ) -> Step:
        """Return this person's step, taken now.

        Raises:
            InvalidValue: The reason or the result is too long.
        """
        return Step(
            action=action,
            role=self.session.role,
            by=self.session.user,
            at=self.clock(),
            seat=self.session.seat,
            reason=reason,
            fields=fields,
            result=result,
            linkage_call=linkage_call,
        )

    def queue(
        self,
        tx: Transaction,
        view: TransferView,
        step: Step,
        order: Order | None = None,
        *,
        written_in: CommandId | None = None,
    ) -> Transfer:
        """Check *step* against the table, queue its command and return the transfer it will lead to.

        Raises:
            IllegalAction: The table does not allow it now.
            InvalidValue: A reason or field is missing.
        """
        before = view.after
        after = before.take(step, order)
        command = Command(
            id=CommandId(self.new_id()),
            at=step.at,
            transfer=before.id,
            state=before.state,
            revision=before.revision,
            step=step,
            number=before.number,
            incident_id=before.incident,
            order=order,
            written_in=written_in,
        )
        tx.enqueue(command, author=self.session.user, credential=self.session.token)
        return after

    def queue_incident(self, tx: Transaction, incident: Incident) -> CommandId:
        """Keep *incident* and queue this revision of it."""
        tx.save_incident(incident)
        command = Command(id=CommandId(self.new_id()), at=self.clock(), incident=incident)
        tx.enqueue(command, author=self.session.user, credential=self.session.token)
        return command.id
