"""The table of the transfer, row by row against the plan of the house."""

from __future__ import annotations

import pytest

from tests.unit.domain_parts import IN, OUT, a_step, a_transfer, rule_step, urgent_order
from workstation.domain.errors import IllegalAction, InvalidValue
from workstation.domain.lifecycle import (
    NOTES,
    TERMINAL,
    TRANSITIONS,
    Action,
    Direction,
    Flag,
    Role,
    State,
    note_rule_for,
    offered,
    rule_for,
    skipped,
)

# The plan as it was agreed, one line a row: direction, state, action, role, target, what must come with it.
PLAN = """
outbound draft            submit           call_taker   pending_approval -
outbound draft            submit_urgent    call_taker   approved         reason,linkage_call
outbound pending_approval withdraw         call_taker   draft            -
outbound pending_approval approve          duty_officer approved         -
outbound pending_approval send_back        duty_officer returned         reason,fields
outbound pending_approval reject           duty_officer rejected         reason
outbound returned         submit           call_taker   pending_approval -
outbound returned         abandon          call_taker   abandoned        reason
outbound approved         release          system       sent             -
outbound approved         recall           duty_officer recalled         reason
outbound sent             receipt          hotline      received         -
outbound received         accept           hotline      accepted         -
outbound received         decline          hotline      declined         reason
outbound declined         submit           call_taker   pending_approval -
outbound declined         abandon          call_taker   abandoned        reason
outbound accepted         assign           hotline      assigned         unit,tier
outbound accepted         decline          hotline      declined         reason
outbound assigned         sign             unit         signed           -
outbound assigned         bounce           unit         accepted         reason
outbound signed           report           unit         resolved         result
outbound signed           bounce           unit         accepted         reason
outbound resolved         close            hotline      closed           satisfaction
outbound resolved         rework           hotline      assigned         reason
outbound closed           reopen           hotline      assigned         reason
outbound sent             recall_confirmed hotline      recalled         -
outbound received         recall_confirmed hotline      recalled         -
outbound accepted         recall_confirmed hotline      recalled         -
outbound assigned         recall_confirmed hotline      recalled         -
outbound signed           recall_confirmed hotline      recalled         -
inbound  offered          take_on          call_taker   taken_on         -
inbound  offered          turn_down        duty_officer turned_down      reason
inbound  taken_on         dispatch         call_taker   dispatched       -
inbound  taken_on         report           duty_officer reported         result
inbound  dispatched       report           duty_officer reported         result
inbound  reported         close            hotline      finished         -
"""
ROWS = [tuple(line.split()) for line in PLAN.strip().splitlines()]
KEYS = list(TRANSITIONS)
NOTE_KEYS = list(NOTES)
EMPTY = {"reason": "", "fields": (), "unit": "", "tier": None, "result": "", "satisfaction": None, "linkage_call": ""}


def test_the_table_is_the_plan() -> None:
    """
    The table in the code holds exactly the rows that were agreed, and no other.
    """
    found = set()
    for (direction, state, action), rule in TRANSITIONS.items():
        asked = ",".join([*(("reason",) if rule.reason_required else ()), *rule.fields]) or "-"
        found.add((direction, state, action, rule.role, rule.target, asked))

    assert found == set(ROWS)
    assert len(ROWS) == len(TRANSITIONS)


@pytest.mark.parametrize(("direction", "state", "action"), KEYS)
def test_a_row_lets_its_role_through(direction: Direction, state: State, action: Action) -> None:
    """
    Each row leads where the plan says, and the step is kept.
    """
    before = a_transfer(state, direction, order=urgent_order(), flags=frozenset(Flag))
    step = rule_step(direction, state, action, by="somebody")

    after = before.take(step)

    assert after.state is TRANSITIONS[direction, state, action].target
    assert after.steps == (step,)
    assert before.state is state


@pytest.mark.parametrize(("direction", "state", "action"), KEYS)
def test_a_row_stops_every_other_role(direction: Direction, state: State, action: Action) -> None:
    """
    No role but the row's own may take the action.
    """
    before = a_transfer(state, direction, order=urgent_order())

    for role in set(Role) - {TRANSITIONS[direction, state, action].role}:
        with pytest.raises(IllegalAction):
            before.take(a_step(action, role))


@pytest.mark.parametrize(("direction", "state", "action"), KEYS)
def test_a_row_asks_for_what_must_come_with_it(direction: Direction, state: State, action: Action) -> None:
    """
    A missing reason or field is refused by name, and a reason of blanks is none.
    """
    rule = TRANSITIONS[direction, state, action]
    before = a_transfer(state, direction, order=urgent_order())
    needed = [*(("reason",) if rule.reason_required else ()), *rule.fields]

    for name in needed:
        with pytest.raises(InvalidValue) as refused:
            before.take(rule_step(direction, state, action, **{name: EMPTY[name]}))
        assert (refused.value.field, refused.value.problem) == (name, "required")
    if rule.reason_required:
        with pytest.raises(InvalidValue):
            before.take(rule_step(direction, state, action, reason="  \n"))


@pytest.mark.parametrize(("direction", "state", "action"), KEYS)
def test_a_row_asks_for_nothing_else(direction: Direction, state: State, action: Action) -> None:
    """
    What a row does not ask for may stay empty.
    """
    rule = TRANSITIONS[direction, state, action]
    free = {name: empty for name, empty in EMPTY.items() if name not in rule.fields}
    if rule.reason_required:
        free.pop("reason")
    before = a_transfer(state, direction, order=urgent_order())

    assert before.take(rule_step(direction, state, action, by="somebody", **free)).state is rule.target


@pytest.mark.parametrize("direction", list(Direction))
@pytest.mark.parametrize("state", list(State))
def test_what_no_row_allows_is_refused(direction: Direction, state: State) -> None:
    """
    Every step outside the table, the flags and the hotline's jumps is illegal.
    """
    before = a_transfer(state, direction, order=urgent_order())

    for action in Action:
        known = (direction, action) in NOTES or (direction, state, action) in TRANSITIONS
        for role in Role if not (known or skipped(direction, state, action)) else ():
            with pytest.raises(IllegalAction):
                before.take(a_step(action, role))


@pytest.mark.parametrize("direction", list(Direction))
@pytest.mark.parametrize("state", sorted(TERMINAL))
def test_a_final_state_is_never_left(direction: Direction, state: State) -> None:
    """
    Nothing moves an order that is finished; at most a flag is put right.
    """
    before = a_transfer(state, direction, flags=frozenset(Flag), order=urgent_order())

    assert before.finished
    for action in Action:
        for role in Role:
            try:
                after = before.take(a_step(action, role, by="somebody"))
            except IllegalAction:
                continue
            assert after.state is state
            assert action in {Action.CONFIRM, Action.OBJECT}


def test_every_state_can_be_reached_and_ends() -> None:
    """
    No state of the table is an island, and only the final ones lead nowhere.
    """
    beginnings = {State.DRAFT, State.OFFERED}
    targets = {rule.target for rule in TRANSITIONS.values()}
    sources = {state for _, state, _ in TRANSITIONS}

    assert targets | beginnings == set(State)
    assert set(State) - sources == TERMINAL


@pytest.mark.parametrize("direction", list(Direction))
@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("role", list(Role))
def test_what_is_offered_can_be_done(direction: Direction, state: State, role: Role) -> None:
    """
    The window offers exactly what the table then lets through.
    """
    for flags in (frozenset[Flag](), frozenset(Flag)):
        before = a_transfer(state, direction, flags=flags, order=urgent_order())
        actions = offered(direction, state, role, flags)

        assert len(set(actions)) == len(actions)
        for action in actions:
            before.take(a_step(action, role, by="somebody"))
        for action in set(Action) - set(actions):
            if not skipped(direction, state, action):
                with pytest.raises(IllegalAction):
                    before.take(a_step(action, role, by="somebody"))


def test_offered_keeps_the_order_of_the_table() -> None:
    """
    The keys of the action bar stay where the hand learnt them.
    """
    assert offered(OUT, State.PENDING_APPROVAL, Role.DUTY_OFFICER) == (
        Action.APPROVE,
        Action.SEND_BACK,
        Action.REJECT,
        Action.REPEAT,
        Action.RECHECK_DANGER,
    )


def test_confirming_is_offered_only_while_it_is_due() -> None:
    """
    A duty officer is asked to confirm a linkage until somebody did, and not for any other order.
    """
    due = offered(OUT, State.SENT, Role.DUTY_OFFICER, frozenset({Flag.APPROVAL_DUE}))

    assert {Action.CONFIRM, Action.OBJECT} <= set(due)
    assert not {Action.CONFIRM, Action.OBJECT} & set(offered(OUT, State.SENT, Role.DUTY_OFFICER))


@pytest.mark.parametrize(("direction", "action"), NOTE_KEYS)
def test_a_flag_never_changes_the_state(direction: Direction, action: Action) -> None:
    """
    A note raises or clears its flag, is kept with its own log and moves nothing else.
    """
    rule = NOTES[direction, action]
    for state in sorted(rule.states):
        for role in sorted(rule.roles):
            before = a_transfer(state, direction, flags=frozenset({rule.clears} if rule.clears else ()))
            step = a_step(action, role, by="somebody", remote_seq=9)

            after = before.take(step)

            assert after.state is state
            assert after.steps == ()
            assert after.notes == (step,)
            assert after.remote_seq == before.remote_seq
            assert after.flags == frozenset({rule.raises} if rule.raises else ())


@pytest.mark.parametrize(("direction", "action"), NOTE_KEYS)
def test_a_flag_stops_other_roles_and_states(direction: Direction, action: Action) -> None:
    """
    A note outside its states or by another role is illegal.
    """
    rule = NOTES[direction, action]
    role, state = min(rule.roles), min(rule.states)

    for stranger in set(Role) - rule.roles:
        with pytest.raises(IllegalAction):
            note_rule_for(direction, state, action, stranger)
    for elsewhere in set(State) - rule.states:
        with pytest.raises(IllegalAction):
            note_rule_for(direction, elsewhere, action, role)
    if rule.reason_required:
        with pytest.raises(InvalidValue):
            a_transfer(state, direction, flags=frozenset(Flag)).take(a_step(action, role, by="somebody", reason=""))


def test_there_is_no_note_for_a_step() -> None:
    """
    A step is not a note, and a note has no row.
    """
    with pytest.raises(IllegalAction):
        note_rule_for(OUT, State.DRAFT, Action.SUBMIT, Role.CALL_TAKER)
    with pytest.raises(IllegalAction):
        rule_for(OUT, State.SENT, Action.CHASE, Role.CALL_TAKER)
    assert not {action for _, _, action in TRANSITIONS} & {action for _, action in NOTES}


def test_a_flag_that_is_down_cannot_be_cleared() -> None:
    """
    Nobody confirms what was never sent ahead of its approval.
    """
    with pytest.raises(IllegalAction) as refused:
        a_transfer(State.SENT).take(a_step(Action.CONFIRM, Role.DUTY_OFFICER))

    assert refused.value.why == "no_such_flag"


@pytest.mark.parametrize(
    ("state", "action", "inferred"),
    [
        (State.SENT, Action.RECEIPT, ()),
        (State.SENT, Action.ACCEPT, (Action.RECEIPT,)),
        (State.SENT, Action.DECLINE, (Action.RECEIPT,)),
        (State.SENT, Action.SIGN, (Action.RECEIPT, Action.ACCEPT, Action.ASSIGN)),
        (State.RECEIVED, Action.REPORT, (Action.ACCEPT, Action.ASSIGN, Action.SIGN)),
        (State.SENT, Action.CLOSE, (Action.RECEIPT, Action.ACCEPT, Action.ASSIGN, Action.SIGN, Action.REPORT)),
        (State.ACCEPTED, Action.BOUNCE, (Action.ASSIGN,)),
        (State.SIGNED, Action.REWORK, (Action.REPORT,)),
        (State.RESOLVED, Action.REOPEN, (Action.CLOSE,)),
        (State.RESOLVED, Action.SIGN, ()),
        (State.DRAFT, Action.CLOSE, ()),
        (State.SENT, Action.RELEASE, ()),
    ],
)
def test_a_hotline_may_jump_forward(state: State, action: Action, inferred: tuple[Action, ...]) -> None:
    """
    The steps that a hotline took unseen are known, forward only, and only among its own.
    """
    assert skipped(OUT, state, action) == inferred


def test_nothing_jumps_on_the_way_to_110() -> None:
    """
    An order that 12345 hands to 110 moves step by step.
    """
    assert skipped(IN, State.OFFERED, Action.CLOSE) == ()
