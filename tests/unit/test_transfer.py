"""A transfer over its life: jumps, authors, revisions, and a random walk that no rule survives broken."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import hypothesis
import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests.unit.domain_parts import (
    IN,
    NOON,
    OUT,
    WHO,
    a_command,
    a_step,
    a_transfer,
    actor_of,
    an_order,
    rule_step,
    urgent_order,
)
from workstation.domain.command import decide
from workstation.domain.errors import IllegalAction, InvalidValue, Stale
from workstation.domain.lifecycle import NOTES, TERMINAL, TRANSITIONS, Action, Direction, Flag, Role, State, offered
from workstation.domain.order import Tier
from workstation.domain.transfer import Satisfaction

if TYPE_CHECKING:
    from collections.abc import Callable

    from workstation.domain.transfer import Step, Transfer


def test_an_order_goes_its_whole_way() -> None:
    """
    From draft to closed, each step is kept with its actor, and the hotline's facts stay on the order.
    """
    way = (
        (Action.SUBMIT, Role.CALL_TAKER),
        (Action.APPROVE, Role.DUTY_OFFICER),
        (Action.RELEASE, Role.SYSTEM),
        (Action.RECEIPT, Role.HOTLINE),
        (Action.ACCEPT, Role.HOTLINE),
        (Action.ASSIGN, Role.HOTLINE),
        (Action.SIGN, Role.UNIT),
        (Action.REPORT, Role.UNIT),
        (Action.CLOSE, Role.HOTLINE),
    )
    transfer = a_transfer()
    for action, role in way:
        transfer = transfer.take(a_step(action, role, hotline_number="HL-42" if action is Action.RECEIPT else ""))

    assert transfer.state is State.CLOSED
    assert [step.action for step in transfer.steps] == [action for action, _ in way]
    assert (transfer.hotline_number, transfer.unit, transfer.tier) == ("HL-42", "市中区综合行政执法局", Tier.COUNTY)
    assert not transfer.finished
    assert transfer.last(Action.APPROVE) == a_step(Action.APPROVE, Role.DUTY_OFFICER)
    assert transfer.last(Action.REWORK) is None


def test_a_jump_records_the_skipped_steps_as_inferred() -> None:
    """
    What the hotline did unseen is in the history, marked as inferred, with what its report tells of unit and tier.
    """
    signed = a_step(Action.SIGN, Role.UNIT, recorded_at=NOON, remote_seq=7)

    after = a_transfer(State.SENT).take(signed)

    assert after.state is State.SIGNED
    assert [(step.action, step.role, step.inferred) for step in after.steps] == [
        (Action.RECEIPT, Role.HOTLINE, True),
        (Action.ACCEPT, Role.HOTLINE, True),
        (Action.ASSIGN, Role.HOTLINE, True),
        (Action.SIGN, Role.UNIT, False),
    ]
    assert all((step.by, step.at, step.recorded_at) == ("unit-9", NOON, NOON) for step in after.steps)
    assert after.steps[2].unit == "市中区综合行政执法局"
    assert after.remote_seq == 7


def test_only_the_other_side_jumps() -> None:
    """
    A call-taker or officer never skips a step.
    """
    with pytest.raises(IllegalAction):
        a_transfer(State.SENT).take(a_step(Action.CLOSE, Role.DUTY_OFFICER))
    with pytest.raises(IllegalAction):
        a_transfer(State.SENT).take(a_step(Action.REPORT, Role.HOTLINE))


def test_an_author_never_approves() -> None:
    """
    Whoever wrote on an order cannot approve it, even as a duty officer and even when somebody else sent it.
    """
    wrote = a_transfer(order=an_order(authors=("taker-1", "officer-2"))).take(a_step(Action.SUBMIT, Role.CALL_TAKER))

    for author in ("taker-1", "officer-2"):
        with pytest.raises(IllegalAction) as refused:
            wrote.take(a_step(Action.APPROVE, Role.DUTY_OFFICER, by=author))
        assert refused.value.why == "approver_is_author"
    assert wrote.take(a_step(Action.APPROVE, Role.DUTY_OFFICER)).state is State.APPROVED


def test_who_sends_is_an_author() -> None:
    """
    The person who submits is an author for ever, also after somebody else submits again.
    """
    first = a_transfer().take(a_step(Action.SUBMIT, Role.CALL_TAKER, by="taker-7"))
    back = first.take(a_step(Action.SEND_BACK, Role.DUTY_OFFICER))
    again = back.take(a_step(Action.SUBMIT, Role.CALL_TAKER, by="taker-8"))

    assert again.authors == ("taker-1", "taker-7", "taker-8")
    assert (first.revision, again.revision) == (1, 2)


@pytest.mark.parametrize("action", [Action.CONFIRM, Action.OBJECT])
def test_an_author_never_confirms_a_linkage(action: Action) -> None:
    """
    An order that went ahead of its approval is confirmed, or objected to, by somebody who did not write it.
    """
    sent = a_transfer().take(a_step(Action.SUBMIT_URGENT, Role.CALL_TAKER), urgent_order())

    with pytest.raises(IllegalAction) as refused:
        sent.take(a_step(action, Role.DUTY_OFFICER, by="taker-1"))

    assert refused.value.why == "approver_is_author"
    assert sent.flags == {Flag.APPROVAL_DUE}
    assert sent.take(a_step(action, Role.DUTY_OFFICER)).flags == frozenset()


def declined_and_anew() -> Transfer:
    """Return an urgent order that left unapproved, was declined by the hotline and submitted anew."""
    gone = a_transfer().take(a_step(Action.SUBMIT_URGENT, Role.CALL_TAKER), urgent_order())
    for action in (Action.RELEASE, Action.RECEIPT, Action.DECLINE, Action.SUBMIT):
        gone = gone.take(rule_step(OUT, gone.state, action))
    return gone


def test_approving_an_urgent_order_that_was_submitted_anew_leaves_nothing_to_confirm() -> None:
    """
    Whoever approves the whole order has answered for the linkage too: the alarm ends with the approval.
    """
    waiting = declined_and_anew()

    approved = waiting.take(a_step(Action.APPROVE, Role.DUTY_OFFICER))

    assert (waiting.state, waiting.flags) == (State.PENDING_APPROVAL, frozenset({Flag.APPROVAL_DUE}))
    assert (approved.state, approved.flags) == (State.APPROVED, frozenset())


@pytest.mark.parametrize("action", [Action.SEND_BACK, Action.REJECT])
def test_a_no_to_the_new_text_says_nothing_of_the_linkage(action: Action) -> None:
    """
    An order sent back or rejected still has its linkage to be confirmed or objected to.
    """
    told = declined_and_anew().take(a_step(action, Role.DUTY_OFFICER))

    assert told.flags == {Flag.APPROVAL_DUE}
    assert told.take(a_step(Action.OBJECT, Role.DUTY_OFFICER)).flags == frozenset()


def test_the_hotline_has_what_was_released_and_not_handed_back() -> None:
    """
    Only while the content that left is still the order's content does the hotline have it.
    """
    had = []
    order = a_transfer()
    for action in (Action.SUBMIT, Action.APPROVE, Action.RELEASE, Action.RECEIPT, Action.DECLINE, Action.SUBMIT):
        order = order.take(rule_step(OUT, order.state, action))
        had.append(order.released)

    assert had == [False, False, True, True, False, False]


def test_what_the_gateway_lost_is_a_draft_again() -> None:
    """
    An order that nobody knows any more keeps its number, authors and content, and nothing of what was done with it.
    """
    sent = declined_and_anew()

    draft = replace(sent, version=7).as_draft()

    assert (draft.state, draft.version, draft.revision, draft.steps) == (State.DRAFT, 0, 0, ())
    assert draft.flags == frozenset()
    assert (draft.number, draft.order, draft.authors) == (sent.number, sent.order, sent.authors)


def test_only_an_urgent_order_goes_ahead_of_its_approval() -> None:
    """
    The bypass is for urgent linkage alone.
    """
    with pytest.raises(InvalidValue) as refused:
        a_transfer().take(a_step(Action.SUBMIT_URGENT, Role.CALL_TAKER), an_order())

    assert (refused.value.field, refused.value.problem) == ("urgent", "required")


def test_a_changed_order_replaces_the_old_text() -> None:
    """
    A submission carries the content it submits; without one the old content is submitted again.
    """
    mended = an_order(content="来电人补充：每晚十点以后。")
    returned = a_transfer(State.RETURNED, revision=1)

    assert returned.take(a_step(Action.SUBMIT, Role.CALL_TAKER), mended).order == mended
    assert returned.take(a_step(Action.SUBMIT, Role.CALL_TAKER)).order == returned.order


def test_rework_is_counted() -> None:
    """
    Each time the hotline has the work done again is counted.
    """
    once = a_transfer(State.RESOLVED).take(a_step(Action.REWORK, Role.HOTLINE))
    twice = once.take(a_step(Action.REWORK, Role.HOTLINE))

    assert (once.rework_count, twice.rework_count) == (1, 2)
    assert twice.state is State.ASSIGNED


def test_an_extension_answers_its_request() -> None:
    """
    Granting an extension takes the request off and is seen itself.
    """
    asked = a_transfer(State.SIGNED).take(a_step(Action.ASK_EXTENSION, Role.UNIT))

    assert asked.flags == {Flag.EXTENSION_ASKED}
    assert asked.take(a_step(Action.GRANT_EXTENSION, Role.HOTLINE)).flags == {Flag.EXTENSION_GRANTED}


def test_a_transfer_prints_no_person() -> None:
    """
    Logs and tracebacks see ids and states only.
    """
    shown = f"{a_transfer()!r} {a_step(Action.SUBMIT, Role.CALL_TAKER)!r} {an_order()!r}"

    assert shown.startswith("Transfer(transfer-1, outbound, draft, version=0) Step(submit, call_taker, by=taker-1)")
    assert "欧阳" not in shown
    assert "油烟" not in shown


def test_limits_hold_for_transfers_and_steps() -> None:
    """
    A step or transfer that is out of its limits cannot be made.
    """
    with pytest.raises(InvalidValue):
        a_step(Action.REJECT, Role.DUTY_OFFICER, reason="长" * 501)
    with pytest.raises(InvalidValue):
        a_transfer(number="")
    assert a_step(Action.CLOSE, Role.HOTLINE, satisfaction=Satisfaction.NOT_REACHED).satisfaction == "not_reached"


class Life(RuleBasedStateMachine):
    """Random people, clocks and messages at one transfer; whatever they try, the promises hold."""

    @initialize(direction=st.sampled_from(list(Direction)), urgent=st.booleans())
    def begin(self, direction: Direction, urgent: bool) -> None:  # noqa: FBT001 -- drawn by name
        order = urgent_order() if urgent else an_order()
        start = State.DRAFT if direction is OUT else State.OFFERED
        self.transfer = a_transfer(start, direction, order=order)
        self.before = self.transfer
        self.seconds = 0

    @rule(
        action=st.sampled_from(list(Action)),
        role=st.sampled_from(list(Role)),
        by=st.sampled_from([*WHO.values(), "taker-2", "officer-2"]),
        reason=st.sampled_from(["", "有理由"]),
        seq=st.one_of(st.none(), st.integers(1, 12)),
        stale=st.integers(0, 9),
    )
    def anything(self, action: Action, role: Role, by: str, reason: str, seq: int | None, stale: int) -> None:
        """Try a step that may well be nonsense."""
        self._try(a_step(action, role, by=by, reason=reason, remote_seq=seq), stale=stale == 0)

    @rule(
        role=st.sampled_from(list(Role)),
        pick=st.integers(0, 20),
        by=st.sampled_from(["one", "two", "three"]),
        stale=st.integers(0, 9),
    )
    def sensible(self, role: Role, pick: int, by: str, stale: int) -> None:
        """Try a step that is offered."""
        actions = offered(self.transfer.direction, self.transfer.state, role, self.transfer.flags)
        if actions:
            remote = role in {Role.HOTLINE, Role.UNIT}
            seq = self.transfer.remote_seq + 1 if remote else None
            self._try(a_step(actions[pick % len(actions)], role, by=by, remote_seq=seq), stale=stale == 0)

    def _try(self, step: Step, *, stale: bool) -> None:

        self.seconds += 1
        before, now = self.transfer, NOON + timedelta(seconds=self.seconds)
        command = a_command(before, step)
        if stale:
            command = replace(command, revision=before.revision + 1)
        try:
            after = decide(before, command, actor_of(step), now)
        except (IllegalAction, InvalidValue, Stale):
            return
        assert (before.direction, step.action) in NOTES or not stale
        self.before, self.transfer = before, after
        self._check_step(before, after)

    def _check_step(self, before: Transfer, after: Transfer) -> None:
        new = after.steps[len(before.steps) :]
        notes = after.notes[len(before.notes) :]
        assert after.steps[: len(before.steps)] == before.steps
        assert after.notes[: len(before.notes)] == before.notes
        assert bool(new) != bool(notes)
        assert len(notes) <= 1
        assert after.version == before.version + 1
        assert all(step.by and step.role and step.recorded_at for step in (*new, *notes))
        assert [step.inferred for step in new] == [True] * (len(new) - 1) + [False] * bool(new)
        state = before.state
        for step in new:
            row = TRANSITIONS[after.direction, state, step.action]
            assert row.role is step.role
            assert step.inferred or not row.reason_required or step.reason
            state = row.target
        assert state is after.state
        assert not new or after.remote_seq >= before.remote_seq

    @invariant()
    def finished_stays(self) -> None:
        if self.before.state in TERMINAL:
            assert self.transfer.state is self.before.state

    @invariant()
    def nothing_left_unapproved(self) -> None:
        left = self.transfer.last(Action.RELEASE)
        if left is None:
            return
        steps = self.transfer.steps
        approvals = [s for s in steps[: steps.index(left)] if s.action in {Action.APPROVE, Action.SUBMIT_URGENT}]
        assert approvals
        last = approvals[-1]
        assert last.action is Action.SUBMIT_URGENT or last.by not in self._authors_at(last)

    def _authors_at(self, approval: Step) -> set[str]:
        steps = self.transfer.steps
        before = steps[: steps.index(approval)]
        return {s.by for s in before if s.action in {Action.SUBMIT, Action.SUBMIT_URGENT}}


@pytest.mark.faults
def test_no_walk_breaks_the_promises(counted: Callable[[int, int], int]) -> None:
    """
    However people and messages come, nothing leaves unapproved, nothing finished moves, no step lacks its reason.
    """
    settings = hypothesis.settings(
        max_examples=counted(60, 2000),
        stateful_step_count=50,
        deadline=None,
        suppress_health_check=list(hypothesis.HealthCheck),
    )

    run_state_machine_as_test(Life, settings=settings)


def test_inbound_flags_have_their_own_rows() -> None:
    """
    12345 may chase and supervise what it handed to 110.
    """
    chased = a_transfer(State.TAKEN_ON, IN).take(a_step(Action.CHASE, Role.HOTLINE))

    assert chased.flags == {Flag.CHASE}
