"""Between the forms and the queue of callers who were cut off: who waits for what, and which form comes up again."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject

from workstation.desk.console import Console
from workstation.domain.call import Call
from workstation.domain.call_back import BackWish
from workstation.domain.call_event import CallEnd
from workstation.domain.call_party import CallId
from workstation.domain.errors import Unavailable
from workstation.domain.incident import Incident, Stage
from workstation.ui.background import Background, Lane
from workstation.ui.call.control import CallControl
from workstation.ui.hits import Hit
from workstation.ui.intake.screen import IntakeScreen

_MAY_BE_CUT_OFF = frozenset({CallEnd.CITIZEN, CallEnd.DECLARED})
"""How a call ends that nobody here has ended; declared over is one that ended while the engine was lost."""


class CallBacks(QObject):
    """Keeps a caller whose form is not done, lets others call when it is parked, and settles it with the form."""

    def __init__(self, console: Console, background: Background, intake: IntakeScreen, calls: CallControl) -> None:
        super().__init__(intake)
        self._console = console
        self._background = background
        self._intake = intake
        self._told: dict[CallId, BackWish] = {}
        self._unfinished: dict[str, Incident] = {}
        self._formed: set[str] = set()
        calls.states.connect(self._look)
        calls.calling_back.connect(self._bring_up)
        intake.finished.connect(self._look)
        intake.drafts.put_away.connect(self._look)
        background.changed.connect(self._look)
        self._look()

    def give_up(self, id: str) -> None:
        """Take a caller out of the queue for every seat, once it is said why; a form that is not done keeps them."""
        back = next((back for back in self._console.phone.backs() if back.call == id), None)
        if back is None:
            self._intake.say(self.tr("This caller stands in no queue: Enter begins a form for them."), "info")
        elif back.taken:
            self._intake.say(self.tr("Another seat has this caller, or calls them just now."), "warn")
        elif back.call in self._unfinished:
            self._intake.say(self.tr("Close the form of this caller first; then nobody calls them any more."), "warn")
        else:
            rows = [
                Hit("not_reached", self.tr("Tried several times, not reached")),
                Hit("handled", self.tr("The matter is dealt with already")),
                Hit("wrong_number", self.tr("Wrong number, or a nuisance")),
                Hit("no_need", self.tr("Another reason")),
            ]
            question = self.tr("Call %1 back no more. Why?").replace("%1", back.shown)
            self._intake.panels.prompt.decide(question, rows, partial(self._settle, back.call))

    def joined(self, call: Call) -> bool:
        """Go on with the form of the call that was cut off, if this console has one; say whether it has."""
        draft = self._unfinished.get(call.back_of) if call.back_of else None
        if draft is None:
            return False
        on_screen = self._intake.incident
        self._intake.keeper.flush()
        join = partial(self._console.form.join, draft.id, call)

        def done(incident: Incident) -> None:
            self._console.phone.attach(call.id, incident.id)
            if on_screen is not None and on_screen.id == incident.id:
                self._intake.go_on(incident)
            else:
                self._intake.open(incident)

        self._background.ask(self, join, done, otherwise=self._intake.complain, lane=Lane.WRITE)
        return True

    def _bring_up(self, call: str) -> None:
        draft, on_screen = self._unfinished.get(call), self._intake.incident
        if draft is not None and (on_screen is None or on_screen.id != draft.id):
            self._intake.drafts.open(draft)

    def _look(self, *_: object) -> None:
        self._background.ask(self, self._console.form.drafts, self._tend)

    def _tend(self, drafts: Sequence[Incident]) -> None:
        self._unfinished = {draft.call: draft for draft in drafts if draft.call and not draft.outcomes}
        self._formed |= self._unfinished.keys()  # for these a form decides; who only rang has none
        for call in self._console.phone.calls():
            cut_off = call.ended_by in _MAY_BE_CUT_OFF and call.off_hook_at is not None and call.citizen.number
            if cut_off and call.id in self._unfinished:
                parked = self._unfinished[call.id].stage is Stage.PARKED
                self._wish(call.id, BackWish.SHARE if parked else BackWish.KEEP)
        for back in self._console.phone.backs():
            if back.call in self._formed and not back.taken and back.call not in self._unfinished:
                self._wish(back.call, BackWish.SETTLE)

    def _settle(self, call: CallId, why: str) -> None:
        try:
            self._console.phone.wish_back(call, BackWish.SETTLE, why)
        except Unavailable as error:
            self._intake.complain(error)

    def _wish(self, call: CallId, wish: BackWish) -> None:
        if self._told.get(call) is wish:
            return
        try:
            self._console.phone.wish_back(call, wish)
        except Unavailable:  # said again at the next look
            return
        self._told[call] = wish
