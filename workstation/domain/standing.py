"""How a transfer stands: its states, grouped by what they mean to whoever looks at it."""

from workstation.domain.lifecycle import TRANSITIONS, Action, State


def _where(action: Action) -> frozenset[State]:
    """Return the states in which the table has *action*."""
    return frozenset(state for _, state, offered in TRANSITIONS if offered is action)


TO_MEND = _where(Action.SUBMIT)
"""Its text is with a call-taker, who may submit it."""
CAME_BACK = TO_MEND - _where(Action.SUBMIT_URGENT)
"""It was submitted before and somebody handed it back."""
AWAITS_APPROVAL = _where(Action.APPROVE)
WAITS_HERE = frozenset({State.DRAFT, State.PENDING_APPROVAL, State.APPROVED})
"""The other side has not got it yet."""
AGES_HERE = frozenset({State.PENDING_APPROVAL, State.RETURNED, State.APPROVED})
"""The longer it stands so, the worse for the citizen, and it is ours to move."""
NOT_TAKEN = frozenset({State.RETURNED, State.REJECTED, State.DECLINED, State.TURNED_DOWN})
UNDER_WAY = frozenset({State.RECEIVED, State.ACCEPTED, State.ASSIGNED, State.SIGNED})
"""The hotline has it, and its deadlines run."""
GOES_ON = frozenset({State.PENDING_APPROVAL, State.APPROVED, State.SENT}) | UNDER_WAY
"""Somebody works on it, or will without being asked again."""
IN_GOOD_HANDS = frozenset({State.SIGNED, State.RESOLVED, State.CLOSED, State.REPORTED, State.FINISHED})
"""Whoever is to act on it has said so, or has acted."""
