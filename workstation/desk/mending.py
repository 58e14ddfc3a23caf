"""The form of an order that came back: opened where it was written, or taken over by way of the gateway."""

from dataclasses import replace

from workstation.desk.author import Author, replay
from workstation.desk.form import FormDesk
from workstation.desk.ports import Gateway, Store, Transaction
from workstation.desk.settle import is_newest
from workstation.domain.command import Command
from workstation.domain.errors import IllegalAction, Refused, Stale, Unavailable
from workstation.domain.identity import CommandId, IncidentId, TransferId
from workstation.domain.incident import Incident
from workstation.domain.transfer import Transfer
from workstation.protocol.messages import IncidentQuery, Problem


class Mending:
    """Opens forms to be mended; nobody's writing is taken over without the gateway's word that it is the newest."""

    def __init__(self, store: Store, author: Author, form: FormDesk, gateway: Gateway) -> None:
        self._store = store
        self._author = author
        self._form = form
        self._gateway = gateway

    def here(self, id: TransferId) -> Incident | None:
        """Return the form behind an order if its newest writing lies at this console; a colleague's is taken over.

        Raises:
            IllegalAction: The order is on its way again (``concluded``).
        """
        with self._store.begin() as tx:
            transfer = replay(tx, id).transfer
            incident = _kept(tx, transfer.incident)
        if incident is None or not is_newest(incident, transfer) or self._sent_elsewhere(incident, transfer):
            return None
        return self._form.mend(incident.id)

    def _sent_elsewhere(self, incident: Incident, transfer: Transfer) -> bool:
        """Say whether this person sent it last from another seat, so that another console has their newer writing."""
        session, sent = self._author.session, transfer.submitted
        return sent is not None and sent.by == incident.author == session.user and sent.seat not in {"", session.seat}

    def fetch(self, id: TransferId) -> Incident:
        """Bring the form from the gateway and make it one's own, as a logged step that the gateway keeps first.

        Raises:
            Unavailable: The gateway cannot be asked now.
            SignInNeeded: The gateway does not know this person any more.
            Stale: Its author, or somebody else, sent something newer meanwhile.
            Refused: The gateway does not let this person take it over.
            IllegalAction: The gateway has no form for this order (``not_here``).
        """
        user, now = self._author.session.user, self._author.clock()
        with self._store.begin() as tx:
            incident = replay(tx, id).transfer.incident
        newest = self._newest(incident)
        mine = newest if newest.author == user else self._taken_over(newest)
        with self._store.begin() as tx:
            kept = _kept(tx, mine.id)
            if kept is not None and (kept.author, kept.revision) == (mine.author, mine.revision):
                return kept.reopened(now)  # brought here before: what was typed on it since stays
            tx.save_incident(mine.reopened(now))
        return mine.reopened(now)

    def _newest(self, id: IncidentId | None) -> Incident:
        user = self._author.session.user
        found = self._gateway.incidents(IncidentQuery(id=id or ""), self._author.session.token) if id else ()
        if not found:
            raise IllegalAction("mend", "elsewhere", user, "not_here")
        return found[0]

    def _taken_over(self, newest: Incident) -> Incident:
        now = self._author.clock()
        taken = newest.taken_over(self._author.session.user, now).reopened(now)
        taken = replace(taken, revision=newest.revision + 1)
        command = Command(id=CommandId(self._author.new_id()), at=now, incident=taken)
        answers = self._gateway.push([command], self._author.session.token)
        if not answers:
            raise Unavailable("no_answer")
        if isinstance(answers[0], Problem):
            problem = answers[0]
            if problem.problem == "stale":
                raise Stale(f"revision {taken.revision}", problem.detail)
            raise Refused(problem.problem, problem.detail)
        return taken


def _kept(tx: Transaction, id: IncidentId | None) -> Incident | None:
    try:
        return tx.incident(id) if id is not None else None
    except KeyError:
        return None
