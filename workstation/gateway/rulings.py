"""The gateway's rulings: the shared lifecycle applied with authority, and every refusal as a problem with a code."""

import re
import sys
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import msgspec

from workstation.domain.command import Actor, Command, decide
from workstation.domain.errors import IllegalAction, InvalidValue, Refused, Stale
from workstation.domain.identity import CommandId
from workstation.domain.incident import Incident
from workstation.domain.lifecycle import SUBMISSIONS, Action, Direction, Role, offered
from workstation.domain.order import Order
from workstation.domain.order_check import checked_order
from workstation.domain.standing import TO_MEND
from workstation.domain.text import check_text
from workstation.domain.transfer import Transfer
from workstation.gateway.hotline import release_uid
from workstation.gateway.ports import Ledger, Received, Stored, Verdict
from workstation.protocol.messages import Problem
from workstation.protocol.problems import problem_of

# What only the other side may say of itself; from a desk it would block or forge the remote sequence.
_REMOTE_WORDS: Final = ("remote_seq", "hotline_number", "inferred", "unit", "tier", "satisfaction")
_WRITTEN: Final = ("reason", "result", "linkage_call")
LONGEST_ID: Final = 80
_ID: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z._:-]{0,79}")
_LARGEST: Final = 2**31
_NEEDS_STRANGER: Final = frozenset({Action.APPROVE, Action.CONFIRM, Action.OBJECT})
_TOLD: Final = frozenset(
    {Action.ASK_RECALL, Action.CHASE, Action.REPEAT, Action.SUPERVISE, Action.INTERVIEW, Action.NOTIFY}
)
SUPERSEDED: Final = "superseded"
_ORDER_FIELDS: Final = frozenset(Order.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class Ruling:
    """Decides commands of one authenticated actor at one moment."""

    actor: Actor
    now: datetime

    def accept(self, ledger: Ledger, received: Received) -> Verdict:
        """Decide a command once; a repeated id is answered with what became of it and today's snapshot."""
        command = received.command
        try:
            _check_form(command)
        except InvalidValue as error:
            return Verdict(command=command.id[:LONGEST_ID], problem=problem_of(error))
        seen = ledger.orders.verdict(command.id)
        if seen is not None:
            user, verdict = seen
            if user != self.actor.user:
                return Verdict(command=command.id, problem=Problem(problem="forbidden", detail="id_taken"))
            return verdict
        document, problem = self._decided(ledger, received)
        ledger.orders.remember(self.actor.user, received, problem, self.now)
        return Verdict(command=command.id, document=document, problem=problem)

    def _decided(self, ledger: Ledger, received: Received) -> tuple[bytes | None, Problem | None]:
        try:
            if received.command.incident is not None:
                self._revise(ledger, received, received.command.incident)
                return None, None
            return self._step(ledger, received), None
        except (IllegalAction, InvalidValue, Stale, Refused) as error:
            return None, problem_of(error)

    def _revise(self, ledger: Ledger, received: Received, incident: Incident) -> None:
        """Keep a revision of an incident.

        Raises:
            Refused: The actor is no call-taker, or did not write it (``forbidden``).
            Stale: The gateway has this revision or a newer one, somebody took the incident over meanwhile, or there is
                nothing to take over because its order is on its way.
        """
        if self.actor.role is not Role.CALL_TAKER:
            raise Refused("forbidden", "role")
        if self.actor.user != incident.author or not self._may_revise(ledger, incident):
            raise Refused("forbidden", "not_your_incident")
        known = ledger.incidents.newest(incident.id)
        if known is not None:
            self._check_newest(ledger, incident, known)
        document = _inner(received.document, "incident")
        ledger.incidents.save(incident, document, received.command.id, self.actor.user)

    def _check_newest(self, ledger: Ledger, incident: Incident, known: Incident) -> None:
        if incident.revision <= known.revision:
            raise Stale(f"revision {incident.revision}", f"revision {known.revision}")
        if incident.author == known.author:
            return
        if not incident.came_from({known.author}):
            raise Stale(incident.author, "taken_over")
        stored = ledger.orders.transfer(known.transfer) if known.transfer is not None else None
        if stored is not None and stored.transfer.state not in TO_MEND:
            raise Stale("to mend", stored.transfer.state)

    def _check_hands(self, ledger: Ledger, incident: str | None) -> None:
        """Refuse the content of whom the incident was taken over from: who has it now is writing another.

        Raises:
            Stale: It is in somebody else's hands.
        """
        newest = ledger.incidents.newest(incident) if incident is not None else None
        if newest is not None and newest.author != self.actor.user:
            raise Stale(self.actor.user, "taken_over")

    def _may_revise(self, ledger: Ledger, incident: Incident) -> bool:
        """Whether the actor wrote on it before, took it over as a logged step, or is the first to send it."""
        authors = ledger.incidents.authors(incident.id)
        return not authors or self.actor.user in authors or incident.came_from(authors)

    def _step(self, ledger: Ledger, received: Received) -> bytes:
        command = received.command
        stored = ledger.orders.transfer(str(command.transfer))
        self._check_words(received)
        if command.step is not None and command.step.action in SUBMISSIONS:
            self._check_hands(ledger, stored.transfer.incident if stored else command.incident_id)
            _check_writing(ledger, command.written_in)
        after = decide(stored.transfer if stored else None, command, self.actor, self.now)
        if command.step is not None and command.step.action in _NEEDS_STRANGER:
            self._check_stranger(ledger, after, command.step.action)
        document = ledger.orders.save(after, _unknown_fields(received, stored))
        if command.step is not None:
            tell_hotline(ledger, after, command.step.action, command.id, self.now)
        return document

    def _check_words(self, received: Received) -> None:
        """Refuse what no desk lets be written, whoever sent it, and what only the other side may say.

        Raises:
            InvalidValue: Naming the field.
        """
        if received.command.order is not None:
            checked_order(received.command.order)
        step = received.command.step
        if step is None:
            return
        for name in _WRITTEN:
            check_text(name, getattr(step, name), limit=sys.maxsize, lines=True)
        # A result comes from a desk only where 110 itself reports on an order; the table says who may.
        theirs = _REMOTE_WORDS if step.action is Action.REPORT else (*_REMOTE_WORDS, "result")
        for name in theirs:
            if getattr(step, name):
                raise InvalidValue(name, "not_yours")

    def _check_stranger(self, ledger: Ledger, transfer: Transfer, action: Action) -> None:
        """Refuse an approver who wrote on the incident behind the order, whatever the order says of its authors."""
        if transfer.incident and self.actor.user in ledger.incidents.authors(transfer.incident):
            raise IllegalAction(action, transfer.state, self.actor.role, "approver_is_author")


def _check_form(command: Command) -> None:
    """Refuse what no store should be asked to keep: wild ids, times without a zone, numbers beyond a column.

    Raises:
        InvalidValue: Naming the field.
    """
    incident, order, step = command.incident, command.order, command.step
    for name, id in (("id", command.id), ("transfer", command.transfer), ("incident_id", command.incident_id)):
        if id is not None and not _ID.fullmatch(id):
            raise InvalidValue(name, "wrong_form")
    times = [("at", command.at), ("at", step.at if step else None)]
    if order is not None:
        times += [("saved_at", order.saved_at), ("answered_at", order.answered_at)]
        times += [("queued_at", order.queued_at), ("on_hook_at", order.on_hook_at)]
        times += [("consultation", entry.at) for entry in order.consultation]
    if incident is not None:
        if not _ID.fullmatch(incident.id) or incident.revision > _LARGEST:
            raise InvalidValue("incident", "wrong_form")
        times += [("created_at", incident.created_at), ("updated_at", incident.updated_at)]
    for name, moment in times:
        if moment is not None and moment.tzinfo is None:
            raise InvalidValue(name, "no_zone")


def tell_hotline(ledger: Ledger, transfer: Transfer, action: Action, uid: str, now: datetime) -> None:
    """Queue what the hotline must hear of the step *action*, in the same transaction as the step."""
    if action in SUBMISSIONS:
        # An open delivery of the content before must neither go out now nor hold the new one up.
        ledger.hotline.forget(transfer.id, now, SUPERSEDED)
    if transfer.direction is Direction.INBOUND:
        ledger.hotline.consign(uid, transfer.id, action, now)
    elif Action.RELEASE in offered(transfer.direction, transfer.state, Role.SYSTEM):
        # A note on an approved order must not send it a second time.
        ledger.hotline.consign(release_uid(transfer), transfer.id, Action.RELEASE, now)
    elif action is Action.RECALL:
        ledger.hotline.forget(transfer.id, now, "recalled")
    elif action in _TOLD and transfer.released:
        ledger.hotline.consign(uid, transfer.id, action, now)


def _unknown_fields(received: Received, stored: Stored | None) -> bytes:
    """Return the order's fields that we do not know: a newer console's, kept when an older one writes next."""
    before = stored.unknown_fields if stored else b""
    if received.command.order is None:
        return before
    order = msgspec.json.decode(_inner(received.document, "order"), type=dict[str, msgspec.Raw])
    unknown = {name: value for name, value in order.items() if name not in _ORDER_FIELDS}
    if before:
        unknown = {**msgspec.json.decode(before, type=dict[str, msgspec.Raw]), **unknown}
    return msgspec.json.encode(unknown) if unknown else b""


def _inner(document: bytes, name: str) -> bytes:
    return bytes(msgspec.json.decode(document, type=dict[str, msgspec.Raw])[name])


def _check_writing(ledger: Ledger, written_in: CommandId | None) -> None:
    """Refuse an order whose form, sent along with it, was refused: the two would say different things.

    Raises:
        Stale: The form was refused.
    """
    verdict = ledger.orders.verdict(written_in) if written_in is not None else None
    if verdict is not None and verdict[1].problem is not None:
        raise Stale("its form", verdict[1].problem.detail)
