"""What one signed-in call-taker does with incidents: begin, keep, park, hand over, conclude, send."""

from dataclasses import dataclass, replace

from workstation.desk.author import Author, TransferView, replay
from workstation.desk.form_call import brought_up, call_of, settled, with_call, with_log
from workstation.desk.ports import Store, Transaction
from workstation.domain.call import Call
from workstation.domain.call_log import FirstContact
from workstation.domain.compose import Decided, Wording, compose
from workstation.domain.errors import IllegalAction
from workstation.domain.identity import CHINA, IncidentId, TransferId, spoken_number
from workstation.domain.incident import Incident, Outcome, Stage
from workstation.domain.intake import Intake, Origin
from workstation.domain.lifecycle import Action
from workstation.domain.order import Order
from workstation.domain.questions import Sheet
from workstation.domain.transfer import draft_of


@dataclass(frozen=True, slots=True)
class Sent:
    """What the call-taker reads out after one key: the number, and the order it belongs to."""

    number: str
    transfer: TransferId
    incident: IncidentId


class FormDesk:
    """The incidents of one signed-in call-taker."""

    def __init__(self, store: Store, author: Author, wording: Wording) -> None:
        self._store = store
        self._author = author
        self._wording = wording

    def begin(self, call: Call | None = None) -> Incident:
        """Begin an incident, for a call or without one; its number can be read out at once, offline too."""
        now = self._author.clock()
        session = self._author.session
        day = now.astimezone(CHINA).date()
        with self._store.begin() as tx:
            number = spoken_number(day, session.seat, tx.next_count(f"{day:%y%m%d}", session.seat))
            incident = Incident(
                id=IncidentId(self._author.new_id()),
                number=number,
                seat=session.seat,
                author=session.user,
                authors=(session.user,),
                created_at=now,
                updated_at=now,
                intake=Intake().with_value("confidential", "no", Origin.DEFAULT),
            )
            incident = with_call(incident, call) if call is not None else incident
            tx.save_incident(incident)
        return incident

    def join(self, id: IncidentId, call: Call) -> Incident:
        """Make a call-back the call of the first call's incident; its recording comes to the others."""
        with self._store.begin() as tx:
            incident = replace(brought_up(tx.incident(id), call), call=call.id, updated_at=self._author.clock())
            tx.save_incident(incident)
        return incident

    def keep(self, incident: Incident) -> set[TransferId]:
        """Keep the draft as it stands; called a moment after each change and at every change of focus.

        Raises:
            IllegalAction: It belongs to another author, or was concluded meanwhile.
        """
        with self._store.begin() as tx:
            kept = tx.incident(incident.id).edited(incident.intake, self._author.session.user, self._author.clock())
            if kept.revision == incident.revision:
                kept = replace(incident, authors=kept.authors, author=kept.author, updated_at=kept.updated_at)
            if not kept.recording_id:
                kept = brought_up(kept, call_of(tx, kept))
            tx.save_incident(kept)  # a copy from before the last outcome brings its fields and unmakes nothing
        return set()

    def park(self, incident: Incident) -> set[TransferId]:
        """Put the draft aside; nothing is lost and the seat may be ready again."""
        return self.keep(replace(incident, stage=Stage.PARKED))

    def take_over(self, id: IncidentId) -> Incident:
        """Make another author's draft one's own, as a logged step."""
        with self._store.begin() as tx:
            incident = tx.incident(id).taken_over(self._author.session.user, self._author.clock())
            tx.save_incident(incident)
        return incident

    def mend(self, id: IncidentId) -> Incident:
        """Return the form behind an order that came back; another author's is taken over, as a logged step.

        Raises:
            IllegalAction: It was written at another console, so that it can only be mended there (``not_here``), or
                its order is on its way again (``concluded``).
        """
        user = self._author.session.user
        with self._store.begin() as tx:
            try:
                incident = tx.incident(id)
            except KeyError:
                raise IllegalAction("mend", "elsewhere", user, "not_here") from None
            if not self._is_to_mend(tx, incident):
                raise IllegalAction("mend", incident.stage, user, "concluded")
            mine = incident if incident.author == user else incident.taken_over(user, self._author.clock())
            if mine.stage is Stage.CONCLUDED:
                mine = mine.reopened(self._author.clock())  # closed by another outcome while its order lay returned
            if mine is not incident:
                tx.save_incident(mine)
        return mine

    def _is_to_mend(self, tx: Transaction, incident: Incident) -> bool:
        if incident.stage is not Stage.CONCLUDED:
            return True
        role = self._author.session.role
        return incident.transfer is not None and Action.SUBMIT in replay(tx, incident.transfer).offered(role)

    def drafts(self) -> list[Incident]:
        """Return the open and parked incidents of this console, newest first; other authors' can be taken over."""
        with self._store.begin() as tx:
            return list(tx.incidents(open_only=True))

    def incident(self, id: IncidentId) -> Incident:
        """Return one incident; ``KeyError`` when this console has none."""
        with self._store.begin() as tx:
            return tx.incident(id)

    def conclude(
        self,
        incident: Incident,
        outcome: Outcome,
        first_contact: FirstContact | None = None,
        /,
        *,
        stay_open: bool = False,
        **what: str,
    ) -> Incident:
        """End the incident with an outcome that is not an order, and send its record up.

        Args:
            incident: As it stands on the screen.
            outcome: What became of it.
            first_contact: Who keeps the matter after a three-way call, where the call's log does not say yet.
            stay_open: The form goes on, because the outcome's partner is still to come.
            what: What the outcome needs, see `Incident.concluded`.

        Raises:
            IllegalAction: The outcome does not go with the one it has, or the form would be closed and it was not
                noted who keeps the matter after a three-way call (``first_contact``).
            InvalidValue: What the outcome needs is missing.
        """
        with self._store.begin() as tx:
            done = incident.concluded(outcome, self._author.clock(), stay_open=stay_open, **what)
            self._check_mine(tx, incident)
            if stay_open:
                call = call_of(tx, incident)
            else:
                call = settled(tx, done, first_contact, self._author.session.user, self._author.clock())
            done = with_log(tx, done, call)
            self._author.queue_incident(tx, done)
        return done

    def follow(self, call: Call) -> None:
        """Send up what became known of a call, now over, after its form was closed; another author's is theirs."""
        with self._store.begin() as tx:
            try:
                before = tx.incident(call.incident_id)
            except KeyError:
                return
            if before.stage is not Stage.CONCLUDED or before.author != self._author.session.user:
                return
            after = with_log(tx, before, call)
            if after != before:
                now = self._author.clock()
                self._author.queue_incident(tx, replace(after, revision=before.revision + 1, updated_at=now))

    def preview(self, incident: Incident, sheet: Sheet, decided: Decided) -> Order:
        """Compose the order without sending it.

        Raises:
            InvalidValue: A field is not acceptable, or a required one is neither filled nor explained.
        """
        return compose(incident, sheet, decided, self._wording, self._author.clock())

    def send(
        self, incident: Incident, sheet: Sheet, decided: Decided, first_contact: FirstContact | None = None
    ) -> Sent:
        """Compose the order, with the log of its call, and submit it for approval: the one key.

        Incident, order and both commands are saved together or not at all.

        Args:
            first_contact: Who keeps the matter after a three-way call, where the call's log does not say yet.

        Raises:
            InvalidValue: A field is not acceptable, or a required one is neither filled nor explained.
            IllegalAction: The order is in a state in which it cannot be submitted, or it was not noted who keeps the
                matter after a three-way call (``first_contact``).
        """
        with self._store.begin() as tx:
            self._check_mine(tx, incident)
            call = settled(tx, incident, first_contact, self._author.session.user, self._author.clock())
            incident = with_log(tx, incident, call)
            order = self.preview(incident, sheet, decided)
            view = self._view(tx, incident, order)
            urgent = bool(incident.linkage_call) and Outcome.URGENT_LINKAGE in incident.outcomes
            action = Action.SUBMIT_URGENT
            if not urgent or action not in view.offered(self._author.session.role):
                action = Action.SUBMIT
            step = self._author.step(action, reason=decided.urgent_reason, linkage_call=incident.linkage_call)
            now = self._author.clock()
            done = replace(incident.concluded(Outcome.WORK_ORDER, now), transfer=view.transfer.id)
            written_in = self._author.queue_incident(tx, done)
            self._author.queue(tx, view, step, order, written_in=written_in)
        return Sent(done.number, view.transfer.id, done.id)

    def _check_mine(self, tx: Transaction, incident: Incident) -> None:
        """Refuse a copy of the incident that is out of date: a second press of the key, or taken over meanwhile."""
        kept = tx.incident(incident.id)
        if kept.author != self._author.session.user:
            raise IllegalAction("send", kept.stage, self._author.session.user, "not_your_draft")
        if kept.revision != incident.revision or (kept.stage is Stage.CONCLUDED and kept.transfer is not None):
            raise IllegalAction("send", kept.stage, self._author.session.user, "concluded")

    def _view(self, tx: Transaction, incident: Incident, order: Order) -> TransferView:
        if incident.transfer is not None and not (view := replay(tx, incident.transfer)).after.finished:
            return view
        transfer = draft_of(
            order,
            id=TransferId(self._author.new_id()),
            number=incident.number,
            incident=incident.id,
            now=self._author.clock(),
        )
        tx.save_transfer(transfer)
        return TransferView(transfer, transfer)
