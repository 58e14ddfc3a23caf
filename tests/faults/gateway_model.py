"""Random people at a gateway, and what must be true of every order whatever they try."""

from random import Random
from typing import Final

from tests.contract.gateway_parts import START, make_incident, make_order, new_id, revision, sign_in, submission
from workstation.domain.command import Command
from workstation.domain.identity import CommandId
from workstation.domain.lifecycle import NOTES, TERMINAL, TRANSITIONS, Action, Role, State
from workstation.domain.order import Tier
from workstation.domain.transfer import Satisfaction, Step, Transfer
from workstation.gateway.hotline_script import Play
from workstation.gateway.hotline_stand_in import HotlineStandIn
from workstation.gateway.service import GatewayService
from workstation.protocol.messages import Answer

_SEATS: Final = (
    ("taker1", Role.CALL_TAKER),
    ("taker2", Role.CALL_TAKER),
    ("taker2", Role.DUTY_OFFICER),
    ("officer1", Role.DUTY_OFFICER),
    ("officer2", Role.DUTY_OFFICER),
)
_REMOTE: Final = tuple(
    {(action, rule.role) for (_, _, action), rule in TRANSITIONS.items() if rule.role in {Role.HOTLINE, Role.UNIT}}
    | {(a, r) for (_, a), rule in NOTES.items() for r in rule.roles if r in {Role.HOTLINE, Role.UNIT}}
)
_ROUND: Final = 50


class Model:
    """Tries things, and checks each order after every round against the table and the invariants."""

    def __init__(self, service: GatewayService, hotline: HotlineStandIn, dice: Random) -> None:
        self._service = service
        self._hotline = hotline
        self._dice = dice
        self._tokens = {seat: sign_in(service, *seat, seat="A1") for seat in _SEATS}
        self._known: dict[str, Transfer] = {}
        self._cursor = ""
        self.seen_states: set[State] = set()
        self.tried = self.accepted = self.refused = 0

    def round(self) -> None:
        """Let one person try many things, the hotline some, and look at what changed."""
        seat = self._dice.choice(_SEATS)
        commands = [self._anything(*seat) for _ in range(_ROUND)]
        answers = self._service.push(commands, self._tokens[seat])
        self.accepted += sum(isinstance(answer, Answer) for answer in answers)
        self.refused += sum(not isinstance(answer, Answer) for answer in answers)
        self.tried += len(commands)
        self._remote()
        self._look()

    def _anything(self, user: str, role: Role) -> Command:
        chance = self._dice.random()
        if chance < 0.1 or not self._known:
            urgent = self._dice.random() < 0.3
            order = make_order(urgent=urgent, urgent_reason="有人受困" if urgent else "")
            return submission(order, by=user, urgent=urgent)
        if chance < 0.12:
            return revision(make_incident(author=user))
        transfer = self._dice.choice(list(self._known.values())[-60:])
        stale = self._dice.random() < 0.1
        state = self._dice.choice(list(State)) if stale else transfer.state
        claimed = self._dice.choice(list(Role)) if self._dice.random() < 0.05 else role
        action = self._dice.choice(self._likely(transfer, role))
        # A result is a report's; with anything else it is one more try that must be refused.
        results = ["", "已办结"] if action is Action.REPORT else [""] * 19 + ["已办结"]
        step = Step(
            action=action,
            role=claimed,
            by=user,
            at=START,
            reason=self._dice.choice(["", "理由", "理由"]),
            fields=("address",),
            result=self._dice.choice(results),
            linkage_call="call-1",
        )
        return Command(
            id=CommandId(new_id()),
            at=START,
            transfer=transfer.id,
            state=state,
            revision=transfer.revision,
            step=step,
            order=self._dice.choice([None, transfer.order]),
        )

    def _likely(self, transfer: Transfer, role: Role) -> list[Action]:
        """Return every action, those of the table more often, so that the walk gets far."""
        mine = [
            a for (d, s, a), r in TRANSITIONS.items() if (d, s, r.role) == (transfer.direction, transfer.state, role)
        ]
        return [*Action, *mine * 20]

    def _remote(self) -> None:
        self._service.dispatch()
        if self._dice.random() < 0.2:
            self._hotline.offer(make_order())
        known = {transfer for transfer, _ in self._hotline.orders()}
        for transfer in list(self._known.values())[-60:]:
            if transfer.id not in known:
                continue
            for action, role in self._dice.choices(_REMOTE, k=2):
                play = Play(
                    action=action,
                    role=role,
                    reason=self._dice.choice(["", "理由", "理由"]),
                    unit="示例单位",
                    tier=Tier.CITY,
                    result="已办结",
                    satisfaction=Satisfaction.SATISFIED,
                )
                self._hotline.say(transfer.id, play)
                self.tried += 1
        self._service.dispatch()

    def _look(self) -> None:
        token = self._tokens[_SEATS[0]]
        more = True
        while more:
            page = self._service.pull(self._cursor, token)
            self._cursor, more = page.cursor, page.more
            for transfer in page.transfers:
                self._check(self._known.get(transfer.id), transfer)
                self._known[transfer.id] = transfer
                self.seen_states.add(transfer.state)

    def _check(self, before: Transfer | None, after: Transfer) -> None:
        _check_walk(after)
        _check_releases(after)
        if before is None:
            return
        assert after.version > before.version, "a change without a new version"
        assert after.steps[: len(before.steps)] == before.steps, "history was rewritten"
        assert after.notes[: len(before.notes)] == before.notes, "a note was rewritten"
        assert after.remote_seq >= before.remote_seq, "the remote sequence went back"
        assert before.state not in TERMINAL or after.state is before.state, "a terminal state was left"


def _check_walk(transfer: Transfer) -> None:
    """Walk the history over the table, step by step."""
    state = State.DRAFT if transfer.direction == "outbound" else State.OFFERED
    last = 0
    for step in transfer.steps:
        rule = TRANSITIONS.get((transfer.direction, state, step.action))
        assert rule is not None, f"{step.action} in {state}"
        assert rule.role is step.role, f"{step.action} by {step.role}"
        assert step.inferred or not rule.reason_required or step.reason, f"{step.action} without a reason"
        assert step.by, "a step without actor"
        assert step.recorded_at, "a step without time"
        if step.remote_seq is not None:
            assert step.remote_seq > last, "a remote step out of order"
            last = step.remote_seq
        state = rule.target
    assert state is transfer.state, "the state is not where the history leads"


def _check_releases(transfer: Transfer) -> None:
    """Before each release stands an approval of that content, by somebody who is no author, or the urgent bypass."""
    for index, step in enumerate(transfer.steps):
        if step.action is Action.RELEASE:
            cause = transfer.steps[index - 1]
            assert cause.action in {Action.APPROVE, Action.SUBMIT_URGENT}, "released unapproved"
        if step.action is Action.APPROVE:
            wrote = {s.by for s in transfer.steps[:index] if s.action in {Action.SUBMIT, Action.SUBMIT_URGENT}}
            assert step.by not in wrote, "an author approved"
