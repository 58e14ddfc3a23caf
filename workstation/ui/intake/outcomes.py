"""What each outcome's key does: ask for what it still needs, then let the desk conclude or send."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from workstation.desk.assist import Advice
from workstation.desk.console import Console
from workstation.desk.form import Sent
from workstation.domain.directory import Line, LineKind, lines_for
from workstation.domain.errors import IllegalAction, InvalidValue, WorkstationError
from workstation.domain.guidance import GuidanceItem
from workstation.domain.identity import TransferId
from workstation.domain.incident import Incident, Outcome
from workstation.domain.lifecycle import Action
from workstation.domain.outbox import SearchHit
from workstation.ui.background import Background, Lane
from workstation.ui.call.control import CallControl
from workstation.ui.chord import Chord, digits
from workstation.ui.intake.screen import IntakeScreen
from workstation.ui.intake.views import tr
from workstation.ui.keys import bind
from workstation.ui.labels import label
from workstation.ui.picker import Hit
from workstation.ui.sentences import objection, sentence

URGENT = (
    LineKind.FIRE,
    LineKind.AMBULANCE,
    LineKind.TRAFFIC,
    LineKind.WATER,
    LineKind.POWER,
    LineKind.GAS,
    LineKind.HEAT,
)


class Outcomes(QObject):
    """Turns the keys of the action bar into outcomes of the form on screen."""

    sent = Signal(object)

    def __init__(self, screen: IntakeScreen, console: Console, background: Background, calls: CallControl) -> None:
        super().__init__(screen)
        self._screen = screen
        self._console = console
        self._background = background
        self._calls = calls
        self._prompt = screen.panels.prompt
        self._acts: dict[Outcome, Callable[[], None]] = {
            Outcome.WORK_ORDER: self.send,
            Outcome.POLICE_DISPATCH: self._police,
            Outcome.DIRECT_ANSWER: self._answer,
            Outcome.NOT_ACCEPTED: self._refuse,
            Outcome.CALL_TRANSFER: self._three_way,
            Outcome.URGENT_LINKAGE: self._start_linkage,
            Outcome.INVALID_CALL: self._invalid,
            Outcome.LINKED_TO_ORDER: self._link,
        }
        screen.panels.outcomes.chosen.connect(self.take)
        for outcome in self._acts:
            bind(outcome, screen, partial(self.take, outcome))
        bind("add_party", screen, self._add_party)
        screen.panels.near.chosen.connect(self._link_near)
        bind("blind_transfer", screen, self._blind_transfer)
        bind("guidance", screen, self._guidance)
        bind("number", screen, self._say_number)
        self._linkage = Chord(digits(len(URGENT)), self)
        self._linkage.waiting.connect(partial(screen.panels.outcomes.show_waiting, Outcome.URGENT_LINKAGE))
        self._linkage.waiting.connect(self._show_linkage)
        self._linkage.chosen.connect(self._link_urgently)
        self._sending = False

    def take(self, outcome: Outcome) -> None:
        """Begin *outcome* if the form on screen may have it; a linkage needs no form."""
        if outcome is Outcome.URGENT_LINKAGE:
            self._start_linkage()
        elif outcome in self._screen.offered():
            self._acts[outcome]()

    # -- one key: the order ----------------------------------------------------------------------------------------

    def send(self) -> None:
        """Send the order for approval, or go to what keeps it from being sent."""
        incident, advice = self._screen.incident, self._screen.advice
        if incident is None or advice is None or self._sending or self._held_up(incident, advice):
            return
        if advice.dangers and Outcome.URGENT_LINKAGE not in incident.outcomes:
            words = " ".join(word for warned in advice.dangers for word in warned.words)
            question = tr("The text speaks of danger (%1). Is there none now?").replace("%1", words)
            rows = (Hit("send", tr("No danger now, send")), Hit("back", tr("Back to the form")))
            then = partial(self._send_as_it_stands, incident)
            self._prompt.choose(question, lambda _: rows, lambda row: then() if row == "send" else None)
            return
        self._send_now(incident)

    def _send_as_it_stands(self, asked: Incident) -> None:
        """Send the form with what was written while the question stood there; another form is not meant."""
        incident, advice = self._screen.incident, self._screen.advice
        if incident is None or incident.id != asked.id or advice is None or self._sending:
            return
        if not self._held_up(incident, advice):
            self._send_now(incident)

    def _held_up(self, incident: Incident, advice: Advice) -> bool:
        """Say what keeps the order from being sent, and go there."""
        screen = self._screen
        if refused := _not_for_12345(incident):
            screen.say(sentence(refused), "danger" if refused.why == "danger_first" else "warn")
        elif advice.problems:
            screen.complain(next(iter(advice.problems.values())))
        elif missing := screen.missing():
            names = tr(", ").join(label(name) for name in missing)
            screen.say(tr("Missing: %1").replace("%1", names), "warn")
            screen.next_gap()
        else:
            return False
        return True

    def _send_now(self, incident: Incident) -> None:
        """Compose anew from what stands on screen, and submit."""
        self._sending = True
        self._screen.keeper.flush()

        def submit() -> Sent:
            advice = self._console.assistant.look(incident)
            return self._console.form.send(incident, advice.asked, advice.decided)

        self._background.ask(self, submit, self._sent, otherwise=self._not_sent, lane=Lane.WRITE)

    def _sent(self, sent: Sent) -> None:
        """Show the number at once: the caller waits for it; the form is cleared a moment later."""
        self._sending = False
        self._screen.keeper.show(None)
        self._screen.say(tr("Order %1 waits for approval. Tell the caller this number.").replace("%1", sent.number))
        self.sent.emit(sent)
        QTimer.singleShot(0, self._screen, self._clear)

    def _clear(self) -> None:
        """Clear the form that was sent, unless another one stands there by now."""
        if self._screen.incident is None:
            self._screen.leave()
        else:
            self._screen.finished.emit()

    def _not_sent(self, error: WorkstationError) -> None:
        self._sending = False
        self._screen.complain(error)

    # -- the other outcomes ----------------------------------------------------------------------------------------

    def _conclude(self, outcome: Outcome, *, stay_open: bool = False, done: str = "", **what: str) -> None:
        incident = self._screen.incident
        if incident is None:
            return
        self._screen.keeper.flush()

        def act() -> Incident:
            return self._console.form.conclude(incident, outcome, stay_open=stay_open, **what)

        def after(concluded: Incident) -> None:
            if stay_open:
                self._screen.go_on(concluded)
            else:
                self._close(concluded)
            self._screen.say(done or tr("%1: recorded.").replace("%1", label(outcome)))

        self._background.ask(self, act, after, otherwise=self._screen.complain, lane=Lane.WRITE)

    def _close(self, concluded: Incident) -> None:
        """Take the concluded form off the screen, unless another one stands there by now."""
        if self._screen.incident is None or self._screen.incident.id == concluded.id:
            self._screen.leave()
        else:
            self._screen.finished.emit()

    def _police(self) -> None:
        incident = self._screen.incident
        if incident is None:
            return
        if Outcome.POLICE_DISPATCH in incident.outcomes:
            self._conclude(Outcome.POLICE_DISPATCH)
            return
        QApplication.clipboard().setText(self._summary(incident))
        question = tr("The summary is on the clipboard. Paste it in the police system and write its number here.")
        self._prompt.ask(question, self._police_sent, objection=partial(objection, Incident, "police_number"))

    def _police_sent(self, number: str) -> None:
        rows = (Hit("end", tr("Close this form")), Hit("order", tr("An order to 12345 as well")))

        def then(id: str) -> None:
            self._conclude(Outcome.POLICE_DISPATCH, stay_open=id == "order", police_number=number)

        self._prompt.choose(tr("Is there a part for 12345, too?"), lambda _: rows, then)

    def _summary(self, incident: Incident) -> str:
        """Return what the police system needs, one line each; the clipboard is the only way across."""
        intake, region = incident.intake, self._console.assistant.region_label(incident.intake.get("region"))
        names = ("caller_name", "contact_phone", "happened", "narrative")
        rows = [incident.number, region + intake.get("address"), *(intake.get(name) for name in names)]
        return "\n".join(row for row in rows if row)

    def _answer(self) -> None:
        items = self._console.library.content.guidance.direct_answer
        self._choose_item(tr("Answer from this item"), items, Outcome.DIRECT_ANSWER)

    def _refuse(self) -> None:
        items = self._console.library.content.guidance.not_accepted
        self._choose_item(tr("Not accepted because of this item"), items, Outcome.NOT_ACCEPTED)

    def _choose_item(self, title: str, items: Sequence[GuidanceItem], outcome: Outcome) -> None:
        advice = self._screen.advice
        speaking = [m.item.id for m in advice.matches] if advice else []
        ranked = sorted(items, key=lambda item: (item.id not in speaking, item.number))

        def then(id: str) -> None:
            item = next(item for item in items if item.id == id)
            self._conclude(outcome, reason=item.title, guidance_item=item.id, done=item.say)

        self._prompt.choose(title, lambda typed: _item_hits(ranked, typed), then)

    def _guidance(self) -> None:
        """Let all four lists be looked through; choosing an item shows its sentence."""
        guidance = self._console.library.content.guidance
        lists = (guidance.not_accepted, guidance.direct_answer, guidance.divert, guidance.linkage)
        items = [item for listed in lists for item in listed]

        def then(id: str) -> None:
            self._screen.say(next(item.say for item in items if item.id == id), "")

        self._prompt.choose(tr("Guidance lists"), lambda typed: _item_hits(items, typed), then)

    def _invalid(self) -> None:
        phrases = (tr("Silent"), tr("Misdialled"), tr("Nuisance"), tr("Test call"))
        self._prompt.ask(
            tr("Why is this no valid call?"),
            lambda why: self._conclude(Outcome.INVALID_CALL, reason=why),
            phrases,
            partial(objection, Incident, "reason"),
        )

    def _link(self) -> None:
        incident = self._screen.incident
        if incident is None:
            return
        near = incident.call_in_phone.text or incident.number[:6]
        self._prompt.choose(tr("Which order? Number, name or words"), partial(self._find_orders, near), self._linked)

    def _find_orders(self, near: str, typed: str) -> None:
        words = typed.strip() or near
        self._background.ask(self, partial(self._console.desk.search, words), self._show_orders)

    def _show_orders(self, found: list[SearchHit]) -> None:
        orders = [hit.transfer for hit in found if hit.transfer is not None]
        self._prompt.show_hits([Hit(order.id, order.order.subject, order.number) for order in orders])

    def _link_near(self, id: str) -> None:
        """Ask before this call ends as a repeat of the order *id*; one key says yes."""
        rows = (Hit("link", tr("Link and chase it")), Hit("back", tr("Back to the form")))
        self._prompt.choose(
            tr("Is this call about the same matter?"),
            lambda _: rows,
            lambda row: self._linked(id) if row == "link" else None,
        )

    def _linked(self, id: str) -> None:
        incident = self._screen.incident
        if incident is None:
            return
        self._screen.keeper.flush()

        def chase() -> Incident:
            view = self._console.desk.transfer(TransferId(id))
            if Action.CHASE in view.offered(self._console.session.role):
                self._console.desk.act(TransferId(id), Action.CHASE)
            return self._console.form.conclude(incident, Outcome.LINKED_TO_ORDER, linked_number=view.transfer.number)

        def after(done: Incident) -> None:
            self._close(done)
            self._screen.say(tr("Linked to order %1; the chase is on its way.").replace("%1", done.linked_number))

        self._background.ask(self, chase, after, otherwise=self._screen.complain, lane=Lane.WRITE)

    # -- calls -----------------------------------------------------------------------------------------------------

    def _three_way(self) -> None:
        self._choose_line(tr("Into the call: 12345 or another line"), self._added)

    def _added(self, line: Line) -> None:
        if self._calls.add_line(line):
            self._conclude(Outcome.CALL_TRANSFER, stay_open=True, done=tr("Calling %1.").replace("%1", line.name))

    def _add_party(self) -> None:
        """Ask another line into the call; what becomes of the form is said by its own key."""
        self._choose_line(tr("Into the call: 12345 or another line"), self._added_only)

    def _added_only(self, line: Line) -> None:
        if self._calls.add_line(line):
            self._screen.say(tr("Calling %1.").replace("%1", line.name))

    def _blind_transfer(self) -> None:
        def then(line: Line) -> None:
            if self._calls.transfer_to(line):
                self._conclude(Outcome.CALL_TRANSFER, done=tr("Handing over to %1.").replace("%1", line.name))

        self._choose_line(tr("Hand the call over to"), then)

    def _choose_line(self, title: str, then: Callable[[Line], None], kind: LineKind | None = None) -> None:
        directory = self._console.library.content.directory
        known = [line for line in directory.lines if kind in {None, line.kind}]
        lines = sorted(known, key=lambda line: line.kind is not LineKind.HOTLINE)

        def search(typed: str) -> Sequence[Hit]:
            return [Hit(line.id, line.name, line.number) for line in lines if typed in line.name + line.number][:9]

        self._prompt.choose(title, search, lambda row: then(next(line for line in lines if line.id == row)))

    def _start_linkage(self) -> None:
        self._linkage.start()

    def _show_linkage(self, waiting: bool) -> None:  # noqa: FBT001 -- a Qt slot
        if waiting:
            kinds = "   ".join(f"{digit} {label(kind)}" for digit, kind in enumerate(URGENT, start=1))
            self._screen.say(kinds, "danger")
        else:
            self._screen.panels.notice.clear()

    def _link_urgently(self, digit: int) -> None:
        """Dial the line responsible for the caller's district at once; no form and no approval is in the way."""
        incident = self._screen.incident
        region = incident.intake.get("region") if incident else ""
        if not region and self._screen.advice is not None and self._screen.advice.place.certain is not None:
            region = self._screen.advice.place.certain.id  # nobody fills in fields before the gas company is called
        lines = lines_for(self._console.library.content.directory, URGENT[digit - 1], region)
        if lines:
            self._linked_to(lines[0])
            return
        kind = URGENT[digit - 1]
        if any(line.kind is kind for line in self._console.library.content.directory.lines):
            self._choose_line(tr("Which district? Its line is called at once"), self._linked_to, kind)
        else:
            self._screen.say(tr("No line is known for this; dial it by hand."), "danger")

    def _linked_to(self, line: Line) -> None:
        """Call *line* into the conversation; where it cannot be called from here, ask how it was reached by hand."""
        if self._calls.add_line(line):
            words = tr("Linked: %1, %2. The order follows afterwards with its key.")
            said = words.replace("%1", line.name).replace("%2", line.number)
            self._note_linkage(line, self._calls.current_id or line.id, said)
            return
        dial = tr("Nothing was called. Dial by hand: %1, %2.").replace("%1", line.name).replace("%2", line.number)
        self._screen.say(dial, "danger")
        if self._screen.incident is not None:
            # Only a linkage that took place lets an order go out before its approval.
            asked = dial + " " + tr("Who answered there, and when?")
            checked = partial(objection, Incident, "linkage_call")
            self._prompt.ask(asked, partial(self._linked_by_hand, line), objection=checked)

    def _linked_by_hand(self, line: Line, note: str) -> None:
        words = tr("Linkage by hand recorded: %1. The order follows afterwards with its key.")
        self._note_linkage(line, note, words.replace("%1", line.name))

    def _note_linkage(self, line: Line, call: str, said: str) -> None:
        """Note a linkage that took place on the form, if there is one."""
        if self._screen.incident is None:
            self._screen.say(said, "danger")
            return
        self._conclude(Outcome.URGENT_LINKAGE, stay_open=True, done=said, linkage_call=call, reason=line.name)

    def _say_number(self) -> None:
        incident = self._screen.incident
        if incident is not None:
            self._screen.say(tr("The number of this call: %1").replace("%1", incident.number), "")


def _not_for_12345(incident: Incident) -> IllegalAction | None:
    """Return why the matter may not be handed over; a consent that was only not asked for is among what is missing."""
    try:
        incident.check_handover()
    except IllegalAction as refused:
        return refused
    except InvalidValue:
        return None
    return None


def _item_hits(items: Sequence[GuidanceItem], typed: str) -> list[Hit]:
    return [Hit(item.id, item.title, item.say) for item in items if typed in item.title + item.say][:9]
