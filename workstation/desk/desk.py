"""What one signed-in person does with transfers: every act is one local transaction."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from operator import itemgetter

from workstation.desk.author import Author, TransferView, laid_over, replay
from workstation.desk.ports import Store, Transaction
from workstation.desk.tally import APPROVALS, Approval, Tally, count, tally
from workstation.domain.errors import Stale
from workstation.domain.identity import CommandId, TransferId
from workstation.domain.lifecycle import Action, Flag, Role, State
from workstation.domain.outbox import Delivery, OutboxRow, SearchHit
from workstation.domain.standing import AWAITS_APPROVAL, CAME_BACK
from workstation.domain.transfer import Transfer

# The list is read from its young end: a limit that a bad night reaches would hide the orders that wait the longest.
MOST_WAITING = 100_000
# How many of the newest orders are looked through for a person's own steps; the search finds what is older.
LOOKED_THROUGH = 1_000


class Desk:
    """The acts of one signed-in person on transfers, and what they may look at."""

    def __init__(self, store: Store, author: Author) -> None:
        self._store = store
        self._author = author

    def act(  # noqa: PLR0913 -- what a step carries, and what was seen of the order
        self,
        id: TransferId,
        action: Action,
        *,
        reason: str = "",
        fields: Sequence[str] = (),
        result: str = "",
        seen: int | None = None,
    ) -> set[TransferId]:
        """Take *action* now and queue it for the gateway.

        The command and what it changes here are saved together or not at all.

        Args:
            id: The order.
            action: What is done with it.
            reason: Why, where the action asks for it.
            fields: What to correct.
            result: What came of it.
            seen: The content revision that was on screen; an order that was changed since is not acted on unread.

        Raises:
            IllegalAction: This role may not take this action in this state.
            InvalidValue: The reason or a field that the action needs is missing.
            Stale: The order holds another content than the one that was seen.
        """
        step = self._author.step(action, reason=reason, fields=tuple(fields), result=result)
        with self._store.begin() as tx:
            view = replay(tx, id)
            if seen is not None and view.after.revision != seen:
                raise Stale(f"revision {seen}", f"revision {view.after.revision}")
            self._author.queue(tx, view, step)
            if action in APPROVALS:
                waited = (step.at - view.waiting_since).total_seconds()
                count(tx, step.by, id, Approval(at=step.at, waited=max(0.0, waited)))
            if action is Action.WITHDRAW:
                self._reopen(tx, view.transfer)
        return {id}

    def merge(self, id: TransferId, master: TransferId, *, reason: str, note: str, seen: int) -> set[TransferId]:
        """Reject an order whose matter another one carries, and note on that one that it was reported again.

        Both are saved together or not at all; the master keeps its number.

        Args:
            id: The order.
            master: The order that carries the matter.
            reason: Why, for whoever wrote the order.
            note: What the master's readers are told.
            seen: The content revision of the order that was on screen.

        Raises:
            IllegalAction: The order waits no more, or nothing can be noted on the master.
            InvalidValue: The reason is missing or too long.
            Stale: The order holds another content than the one that was seen.
        """
        with self._store.begin() as tx:
            view = replay(tx, id)
            if view.after.revision != seen:
                raise Stale(f"revision {seen}", f"revision {view.after.revision}")
            self._author.queue(tx, view, self._author.step(Action.REJECT, reason=reason))
            self._author.queue(tx, replay(tx, master), self._author.step(Action.REPEAT, reason=note))
        return {id, master}

    def transfer(self, id: TransferId) -> TransferView:
        """Return one transfer with what is queued for it; ``KeyError`` when this console has none."""
        with self._store.begin() as tx:
            return replay(tx, id)

    def my_orders(self, limit: int = 200) -> list[TransferView]:
        """Return the orders this person wrote, newest first; a duty officer's are those he took a step on."""
        if self._author.session.role is Role.DUTY_OFFICER:
            return self._decided(limit)
        return self._views(author=self._author.session.user, limit=limit)

    def _decided(self, limit: int) -> list[TransferView]:
        """Return the orders on which this person took a step or left a note, the latest first."""
        user = self._author.session.user
        with self._store.begin() as tx:
            waiting = {row.command.transfer for row in tx.outbox() if row.author == user}
            newest = tx.transfers(limit=LOOKED_THROUGH)
            views = [laid_over(tx, one) for one in newest if one.id in waiting or _last_step(one, user)]
        dated = [(at, view) for view in views if (at := _last_step(view.after, user)) is not None]
        return [view for _, view in sorted(dated, key=itemgetter(0), reverse=True)][:limit]

    def returned(self) -> list[TransferView]:
        """Return every order that came back to be mended, whoever wrote it: the whole shift sees them."""
        return self._views(states=tuple(CAME_BACK))

    def waiting(self) -> list[TransferView]:
        """Return what waits for the duty officer, oldest first: to approve, then linkages to confirm afterwards."""
        pending = self._views(states=tuple(AWAITS_APPROVAL), limit=MOST_WAITING)
        flagged = self._views(flag=Flag.APPROVAL_DUE, limit=MOST_WAITING)
        due = [view for view in flagged if view.transfer.state not in AWAITS_APPROVAL]
        return pending[::-1] + due[::-1]

    def tally(self) -> Tally:
        """Return what this person approved at this console in this shift."""
        with self._store.begin() as tx:
            return tally(tx, self._author.session.user, self._author.clock())

    def search(self, words: str) -> list[SearchHit]:
        """Find orders and incidents of this console by any visible number, name, place or words."""
        with self._store.begin() as tx:
            return list(tx.search(words))

    def refused(self) -> list[OutboxRow]:
        """Return the commands that the gateway refused and nobody has read yet, and those parked; newest first."""
        with self._store.begin() as tx:
            rows = [*tx.outbox(delivery=Delivery.REFUSED), *tx.outbox(delivery=Delivery.PARKED)]
        return sorted(rows, key=lambda row: row.seq, reverse=True)

    def dismiss(self, command: CommandId) -> set[TransferId]:
        """Take a refused command off the list; its order is untouched."""
        with self._store.begin() as tx:
            tx.dismiss(command)
        return set()

    def requeue(self, command: CommandId) -> set[TransferId]:
        """Let a parked command be sent again in its old place; one that is not parked any more is left as it is."""
        with self._store.begin() as tx, suppress(KeyError):
            tx.requeue(command)
        return set()

    def _reopen(self, tx: Transaction, transfer: Transfer) -> None:
        """Open the incident behind *transfer* again, where it was written at this console."""
        try:
            incident = tx.incident(transfer.incident) if transfer.incident is not None else None
        except KeyError:
            return
        if incident is not None:
            tx.save_incident(incident.reopened(self._author.clock()))

    def _views(
        self, *, states: Sequence[State] = (), author: str = "", flag: Flag | None = None, limit: int = 500
    ) -> list[TransferView]:
        with self._store.begin() as tx:
            found = tx.transfers(states=states, author=author, flag=flag, limit=limit)
            return [laid_over(tx, transfer) for transfer in found]


def _last_step(transfer: Transfer, user: str) -> datetime | None:
    """Return when *user* last took a step on *transfer* or noted something on it; none, when never."""
    return max((step.at for step in (*transfer.steps, *transfer.notes) if step.by == user), default=None)
