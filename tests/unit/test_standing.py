"""How orders stand: every state belongs somewhere, and no group claims what another denies."""

from __future__ import annotations

from workstation.domain.lifecycle import Direction, Role, State, offered
from workstation.domain.standing import (
    AGES_HERE,
    AWAITS_APPROVAL,
    CAME_BACK,
    IN_GOOD_HANDS,
    NOT_TAKEN,
    TO_MEND,
    UNDER_WAY,
    WAITS_HERE,
)


def test_what_is_to_mend_follows_from_the_table() -> None:
    """
    An order is mended where a call-taker may submit it, and decided where an officer may approve it.
    """
    assert {State.DRAFT, State.RETURNED, State.DECLINED} == TO_MEND
    assert {State.RETURNED, State.DECLINED} == CAME_BACK
    assert {State.PENDING_APPROVAL} == AWAITS_APPROVAL


def test_groups_that_are_shown_in_colours_do_not_overlap() -> None:
    """
    One order has one colour: waiting here, not taken, and in good hands exclude each other.
    """
    assert not WAITS_HERE & NOT_TAKEN
    assert not WAITS_HERE & IN_GOOD_HANDS
    assert not NOT_TAKEN & IN_GOOD_HANDS
    assert not UNDER_WAY & (WAITS_HERE | NOT_TAKEN)


def test_what_ages_here_is_ours_to_move() -> None:
    """
    In each state whose age is shown, somebody of 110 or the gateway itself has the next step.
    """
    ours = {Role.CALL_TAKER, Role.DUTY_OFFICER, Role.SYSTEM}
    for state in AGES_HERE:
        assert any(offered(Direction.OUTBOUND, state, role) for role in ours)
        assert state not in UNDER_WAY | IN_GOOD_HANDS
