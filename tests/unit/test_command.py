"""The decision on a command: authority, staleness, order of the remote messages."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.unit.domain_parts import NOON, a_command, a_step, a_transfer, actor_of, an_incident, an_order, urgent_order
from workstation.domain.command import Actor, Command, decide
from workstation.domain.errors import IllegalAction, InvalidValue, Stale
from workstation.domain.identity import CommandId, IncidentId
from workstation.domain.lifecycle import Action, Flag, Role, State

LATER = NOON + timedelta(minutes=5)


def test_a_first_submission_begins_the_transfer() -> None:
    """
    An order that the gateway never saw begins as its desk's draft and is submitted at once.
    """
    step = a_step(Action.SUBMIT, Role.CALL_TAKER)
    command = a_command(a_transfer(), step, order=an_order())

    after = decide(None, command, Actor(user="taker-1", role=Role.CALL_TAKER, seat="09"), LATER)

    assert (after.state, after.version, after.revision) == (State.PENDING_APPROVAL, 1, 1)
    assert (after.number, after.incident, after.created_at) == ("260302-07-001", IncidentId("incident-1"), LATER)
    assert after.authors == ("taker-1",)
    assert (after.steps[0].recorded_at, after.steps[0].seat) == (LATER, "09")


def test_an_urgent_first_submission_goes_ahead() -> None:
    """
    An urgent linkage is approved at once and its confirmation is due.
    """
    step = a_step(Action.SUBMIT_URGENT, Role.CALL_TAKER)

    after = decide(None, a_command(a_transfer(), step, order=urgent_order()), actor_of(step), LATER)

    assert (after.state, after.flags) == (State.APPROVED, frozenset({Flag.APPROVAL_DUE}))


@pytest.mark.parametrize("number", ["../../../../tmp/evil", "260302-07-001/x", "260302-07-001\n", "260302-07", "一"])
def test_a_number_is_what_can_be_read_out(number: str) -> None:
    """
    A number that is no spoken number is refused in a command and in a transfer: a file may be named after it.
    """
    command = a_command(a_transfer(), a_step(Action.SUBMIT, Role.CALL_TAKER), order=an_order())

    with pytest.raises(InvalidValue, match="number"):
        replace(command, number=number)
    with pytest.raises(InvalidValue, match="number"):
        a_transfer(number=number)
    assert replace(command, number="260302-12345-001").number == "260302-12345-001"


def test_nothing_else_begins_a_transfer() -> None:
    """
    A step on an order that the gateway does not know is stale; a submission without its order is refused.
    """
    withdraw = a_step(Action.WITHDRAW, Role.CALL_TAKER)
    submit = a_step(Action.SUBMIT, Role.CALL_TAKER)

    with pytest.raises(Stale) as stale:
        decide(None, a_command(a_transfer(State.PENDING_APPROVAL), withdraw), actor_of(withdraw), LATER)
    with pytest.raises(InvalidValue) as refused:
        decide(None, a_command(a_transfer(), submit), actor_of(submit), LATER)

    assert stale.value.current == "unknown"
    assert refused.value.field == "order"


@pytest.mark.parametrize(
    ("state", "revision"), [(State.RETURNED, 1), (State.PENDING_APPROVAL, 2), (State.PENDING_APPROVAL, 0)]
)
def test_a_step_made_for_another_state_is_stale(state: State, revision: int) -> None:
    """
    An approval of a text that was changed meanwhile is refused, not applied to the new text.
    """
    step = a_step(Action.APPROVE, Role.DUTY_OFFICER)
    command = a_command(a_transfer(State.PENDING_APPROVAL, revision=1), step)
    current = a_transfer(state, revision=revision)

    with pytest.raises(Stale) as stale:
        decide(current, command, actor_of(step), LATER)

    assert stale.value.made_for == "pending_approval 1"
    assert stale.value.current == f"{state} {revision}"


def test_a_flag_is_never_stale() -> None:
    """
    A chase made while the order was waiting still counts when it was sent meanwhile.
    """
    step = a_step(Action.CHASE, Role.CALL_TAKER)
    command = a_command(a_transfer(State.PENDING_APPROVAL, revision=1), step)

    after = decide(a_transfer(State.SENT, revision=2), command, actor_of(step), LATER)

    assert (after.state, after.flags) == (State.SENT, frozenset({Flag.CHASE}))


@pytest.mark.parametrize(
    "actor",
    [
        Actor(user="taker-1", role=Role.DUTY_OFFICER),
        Actor(user="taker-2", role=Role.CALL_TAKER),
    ],
)
def test_nobody_speaks_for_another(actor: Actor) -> None:
    """
    The authenticated person and role count, not what the command says of itself.
    """
    step = a_step(Action.SUBMIT, Role.CALL_TAKER)

    with pytest.raises(IllegalAction) as refused:
        decide(a_transfer(), a_command(a_transfer(), step), actor, LATER)

    assert refused.value.why == "not_your_step"


@pytest.mark.parametrize("seq", [3, 4])
def test_a_repeated_or_late_remote_step_is_stale(seq: int) -> None:
    """
    A remote state moves only by a higher remote sequence number.
    """
    current = a_transfer(State.RECEIVED, remote_seq=4)
    step = a_step(Action.ACCEPT, Role.HOTLINE, remote_seq=seq)

    with pytest.raises(Stale):
        decide(current, a_command(current, step), actor_of(step), LATER)


def test_remote_steps_that_overtake_each_other_end_the_same() -> None:
    """
    Whether accept and sign come in order or the second overtakes the first, the order is signed.
    """
    accept = a_step(Action.ACCEPT, Role.HOTLINE, remote_seq=2)
    sign = a_step(Action.SIGN, Role.UNIT, remote_seq=4)
    start = a_transfer(State.RECEIVED, remote_seq=1)

    first = decide(start, a_command(start, sign), actor_of(sign), LATER)
    with pytest.raises(Stale):
        decide(first, a_command(first, accept), actor_of(accept), LATER)
    accepted = decide(start, a_command(start, accept), actor_of(accept), LATER)
    second = decide(accepted, a_command(accepted, sign), actor_of(sign), LATER)

    assert first.state is second.state is State.SIGNED
    assert [s.action for s in first.steps] == [s.action for s in second.steps]


def test_a_flag_that_overtakes_a_step_does_not_bar_it() -> None:
    """
    A note with a higher remote number leaves the step before it free to come, and a late note still counts.
    """
    supervise = a_step(Action.SUPERVISE, Role.HOTLINE, remote_seq=5)
    accept = a_step(Action.ACCEPT, Role.HOTLINE, remote_seq=4)
    late = a_step(Action.NOTIFY, Role.HOTLINE, remote_seq=3)
    transfer = a_transfer(State.RECEIVED, remote_seq=2)

    for step in (supervise, accept, late):
        transfer = decide(transfer, a_command(transfer, step), actor_of(step), LATER)

    assert (transfer.state, transfer.remote_seq) == (State.ACCEPTED, 4)
    assert transfer.flags == {Flag.SUPERVISION, Flag.NOTICE}


def test_a_command_is_a_step_or_an_incident() -> None:
    """
    A command that is neither, or both, or a step on nothing, cannot be made.
    """
    step = a_step(Action.SUBMIT, Role.CALL_TAKER)
    id = CommandId("command-1")

    with pytest.raises(InvalidValue):
        Command(id=id, at=NOON)
    with pytest.raises(InvalidValue):
        replace(a_command(a_transfer(), step), incident=an_incident())
    with pytest.raises(InvalidValue):
        Command(id=id, at=NOON, step=step)
    revision = Command(id=id, at=NOON, incident=an_incident())
    with pytest.raises(InvalidValue):
        decide(None, revision, actor_of(step), LATER)

    assert repr(revision) == "Command(command-1, incident Incident(incident-1, open, revision=0))"
    assert repr(a_command(a_transfer(), step)) == "Command(command-1, submit transfer-1)"
