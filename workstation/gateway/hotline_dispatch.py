"""The dispatcher between the store and the hotline: deliveries out, remote messages in, each exactly once."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from workstation.domain.command import Actor, Command, decide
from workstation.domain.errors import IllegalAction, InvalidValue, Refused, Stale, Unavailable
from workstation.domain.identity import CHINA, CommandId, spoken_number
from workstation.domain.lifecycle import Action, Direction, Role, State, offered
from workstation.domain.order import split_content
from workstation.domain.transfer import Step, Transfer
from workstation.gateway.hotline import HOTLINE_SEAT, Consignment, HotlineConnector, RemoteMessage, release_uid
from workstation.gateway.ports import Delivery, GatewayStore, Ledger
from workstation.gateway.rulings import SUPERSEDED
from workstation.protocol.codec import decode, encode

log = logging.getLogger(__name__)

_AT_ONCE: Final = 50
_FIRST_WAIT: Final = timedelta(seconds=1)
_LONGEST_WAIT: Final = timedelta(minutes=1)


class HotlineDispatcher:
    """Carries deliveries out and remote messages in; ``run_once`` may be called as often as one likes."""

    def __init__(self, store: GatewayStore, connector: HotlineConnector) -> None:
        self._store = store
        self._connector = connector

    def run_once(self, now: datetime) -> int:
        """Deliver what is due, take in what came, and return how many of both there were.

        An order is released, on disk, before its first delivery is tried: from then on it may have left, and is no
        longer ours to recall. While the hotline cannot be reached it stays approved.
        """
        try:
            self._connector.reach()
            return self._deliver(now) + self._take_in(now)
        except Unavailable as error:
            log.info("hotline cannot be reached why=%s", error)
            return 0

    def _deliver(self, now: datetime) -> int:
        count = 0
        while due := self._store.read(lambda ledger: ledger.hotline.due(now, _AT_ONCE)):
            for delivery in due:
                self._deliver_one(delivery, now)
            count += len(due)
        return count

    def _deliver_one(self, delivery: Delivery, now: datetime) -> None:
        transfer = self._store.write(lambda ledger: _cleared(ledger, delivery, now)).result()
        if transfer is None:
            return
        problem = ""
        try:
            parts = split_content(transfer.order.content, self._connector.content_limit)
            consignment = Consignment(uid=delivery.uid, action=delivery.action, transfer=transfer, parts=parts)
            self._connector.send(consignment)
        except (Refused, InvalidValue) as error:
            # Nobody else can mend it here; it stays in sight in /health and is tried again now and then.
            log.warning("hotline refuses a delivery uid=%s transfer=%s", delivery.uid, delivery.transfer)
            problem = str(error)
        self._store.write(lambda ledger: _settle(ledger, delivery, problem, now)).result()

    def _take_in(self, now: datetime) -> int:
        messages = self._connector.collect()
        for start in range(0, len(messages), _AT_ONCE):
            self.take_in(messages[start : start + _AT_ONCE], now)
        if messages:
            self._connector.acknowledge(messages)
        return len(messages)

    def take_in(self, messages: Sequence[RemoteMessage], now: datetime) -> None:
        """Keep remote messages and apply each when its turn has come; a second time it changes nothing."""

        def work(ledger: Ledger) -> None:
            for message in messages:
                _arrived(ledger, message, now)

        self._store.write(work, weight=len(messages)).result()


def _cleared(ledger: Ledger, delivery: Delivery, now: datetime) -> Transfer | None:
    """Return the transfer that may go out now, released if it was not; nothing when it was recalled or replaced."""
    stored = ledger.orders.transfer(delivery.transfer)
    if stored is None or not ledger.hotline.still_open(delivery.seq):
        return None
    transfer = stored.transfer
    # Counted before it is tried: whatever the attempt ends with, the next one waits and lets the others go first.
    until = now + min(_FIRST_WAIT * 2 ** min(delivery.attempts, 10), _LONGEST_WAIT)
    ledger.hotline.postpone(delivery.seq, until, "unanswered")
    if _outdated(delivery, transfer):
        log.warning("delivery superseded uid=%s transfer=%s", delivery.uid, delivery.transfer)
        ledger.hotline.done(delivery.seq, now, SUPERSEDED)
        return None
    if delivery.action is Action.RELEASE and _may_be_released(transfer):
        step = Step(action=Action.RELEASE, role=Role.SYSTEM, by="gateway", at=now, recorded_at=now)
        transfer = replace(transfer.take(step), version=transfer.version + 1)
        ledger.orders.save(transfer, stored.unknown_fields)
    return transfer


def _outdated(delivery: Delivery, transfer: Transfer) -> bool:
    """Whether to send this would send a content that nobody let go: every message carries what the order is now."""
    if transfer.direction is Direction.INBOUND:
        return False
    if delivery.action is not Action.RELEASE:
        return not transfer.released
    return delivery.uid != release_uid(transfer) or not (transfer.released or _may_be_released(transfer))


def _may_be_released(transfer: Transfer) -> bool:
    return Action.RELEASE in offered(transfer.direction, transfer.state, Role.SYSTEM)


def _settle(ledger: Ledger, delivery: Delivery, problem: str, now: datetime) -> None:
    if problem:
        ledger.hotline.postpone(delivery.seq, now + timedelta(hours=1), problem[:200])
    else:
        ledger.hotline.done(delivery.seq, now)


def _arrived(ledger: Ledger, message: RemoteMessage, now: datetime) -> None:
    if ledger.hotline.fate(message.uid):
        return
    ledger.hotline.keep(message.uid, message.transfer, message.remote_seq, encode(message), now)
    if message.order is not None:
        ledger.hotline.settle(message.uid, _begin(ledger, message, now))
        return
    # What overtook another message waits until that one came; then it is looked at again.
    changed = _applied(ledger, message, now)
    while changed:
        changed = any(
            _applied(ledger, decode(held, RemoteMessage), now) for held in ledger.hotline.held(message.transfer)
        )


def _applied(ledger: Ledger, message: RemoteMessage, now: datetime) -> bool:
    """Apply *message* if the table lets it, and say whether that changed anything."""
    stored = ledger.orders.transfer(message.transfer)
    if stored is None or message.action is None:
        ledger.hotline.settle(message.uid, "unknown")
        return False
    before = stored.transfer
    try:
        after = decide(before, _as_command(message, before), Actor(user=message.by, role=message.role), now)
    except Stale:
        ledger.hotline.settle(message.uid, "late")
        return False
    except InvalidValue as error:
        ledger.hotline.settle(message.uid, "invalid", str(error))
        return False
    except IllegalAction:
        return False
    ledger.orders.save(after, stored.unknown_fields)
    ledger.hotline.settle(message.uid, "applied")
    return True


def _as_command(message: RemoteMessage, before: Transfer) -> Command:
    step = Step(
        action=message.action or Action.RECEIPT,
        role=message.role,
        by=message.by,
        at=message.at,
        reason=message.reason,
        unit=message.unit,
        tier=message.tier,
        result=message.result,
        satisfaction=message.satisfaction,
        hotline_number=message.hotline_number,
        remote_seq=message.remote_seq,
    )
    return Command(
        id=CommandId(message.uid),
        at=message.at,
        transfer=message.transfer,
        state=before.state,
        revision=before.revision,
        step=step,
    )


def _begin(ledger: Ledger, message: RemoteMessage, now: datetime) -> str:
    """Begin the order that the hotline offers; the gateway gives it the number that 110 speaks of."""
    if message.order is None or ledger.orders.transfer(message.transfer) is not None:
        return "late"
    day = now.astimezone(CHINA).date()
    offer = Transfer(
        id=message.transfer,
        number=spoken_number(day, HOTLINE_SEAT, ledger.orders.next_inbound(f"{day:%y%m%d}")),
        direction=Direction.INBOUND,
        state=State.OFFERED,
        order=message.order,
        hotline_number=message.hotline_number,
        remote_seq=message.remote_seq,
        version=1,
        created_at=now,
    )
    ledger.orders.save(offer)
    return "applied"
