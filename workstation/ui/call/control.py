"""The telephone's keys and what the bar shows: between the window and the phone desk."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from workstation.desk.phone import PhoneDesk
from workstation.domain.call import Call
from workstation.domain.call_back import next_back
from workstation.domain.call_log import FirstContact
from workstation.domain.call_number import target
from workstation.domain.call_party import CallId, LegId, Party, PartyKind
from workstation.domain.call_seat import SeatState
from workstation.domain.call_table import CallAction, CallState
from workstation.domain.directory import Line
from workstation.domain.errors import WorkstationError
from workstation.domain.headset import Lights
from workstation.ui.call.call_bar import CallView, HeldView
from workstation.ui.call.party_row import PartyRow, PartyView
from workstation.ui.call.top_bar import TopBar
from workstation.ui.call.trouble import Trouble, trouble
from workstation.ui.keys import bind
from workstation.ui.labels import label

TICK_MS = 500
HANG_UP_SHOWN_MS = 3000
GONE_SHOWN = timedelta(seconds=5)
"""How long the row still says that the added party left or was not reached, before it closes."""
_TALKING = frozenset({CallState.TALKING, CallState.ADDING, CallState.CONFERENCED})
_NOT_TALKED_TO = frozenset({CallState.CALLING_BACK, CallState.ENDED})
_ROW_KEYS = (
    (CallAction.CANCEL_ADD, "drop_party"),
    (CallAction.DROP_PARTY, "drop_party"),
    (CallAction.LEAVE, "leave_call"),
    (CallAction.REJOIN, "rejoin"),
)


@dataclass(frozen=True, slots=True)
class Dialled:
    """A third party that was dialled: its leg of its call."""

    call: CallId
    leg: LegId


class CallControl(QObject):
    """Shows the call that matters most and lets keys act on it; a call that is answered opens its form."""

    answered = Signal(object)
    ringing = Signal(bool)
    complained = Signal(object)
    troubled = Signal(object)
    """Why the telephone is lost, each time that changes; None when it is back."""
    missed = Signal(object)
    """The calls that nobody answered here; told too when another caller is to be called back, or one less."""
    calling_back = Signal(str)
    """The call that was cut off, when its caller is called back."""
    nobody_waits = Signal()
    states = Signal(object)
    """How each call stands that was answered and is not over: its id and its state; told when that changes."""
    came_back = Signal(str)
    """The call whose citizen is talked to again: after another one was, or in a window that was started anew."""
    answering = Signal()
    shown = Signal()
    _moved = Signal()

    def __init__(self, phone: PhoneDesk, bar: TopBar, row: PartyRow, clock: Callable[[], datetime]) -> None:
        super().__init__(bar)
        self._phone = phone
        self._bar = bar
        self._row = row
        self._clock = clock
        self._seen: set[CallId] = set()
        self._states: dict[CallId, CallState] = {}
        self._talked: set[CallId] = set()
        self._talked_to: CallId | None = None
        self._next: CallId | None = None
        self._swapping: tuple[CallId, CallId] | None = None
        self._rang = False
        self._left = False
        self._missed: tuple[object, ...] = ()
        self._trouble: Trouble | None = None
        self._moved.connect(self.refresh, Qt.ConnectionType.QueuedConnection)
        phone.watch(lambda _: self._tell(), self._tell)
        bar.call.chosen.connect(self.act)
        bar.call.ready_pressed.connect(self.toggle_ready)
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self.refresh)
        self._tick.start()
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(HANG_UP_SHOWN_MS)
        self._calm.timeout.connect(lambda: bar.call.show_hang_up_waiting(False))
        self.refresh()

    def leave(self) -> None:
        """Hear nothing more: the telephone may outlive this bar."""
        self._left = True
        self._tick.stop()
        self._calm.stop()

    @property
    def standing(self) -> dict[str, CallState]:
        """How each call stands that was answered and is not over."""
        return {str(id): state for id, state in self._states.items()}

    @property
    def has_citizen(self) -> bool:
        """Whether a citizen was answered here and is still there."""
        return bool(self._states)

    def bind_keys(self, window: QWidget) -> None:
        """Make the telephone's keys work wherever the focus is."""
        bind("answer", window, self.answer)
        bind("call_back", window, self.call_back)
        bind("hold", window, self.press_hold)
        bind("swap", window, self.swap)
        bind("mute", window, self.press_mute)
        bind("drop_party", window, lambda: self._first(CallAction.CANCEL_ADD, CallAction.DROP_PARTY))
        bind("leave_call", window, lambda: self._first(CallAction.LEAVE))
        bind("rejoin", window, lambda: self._first(CallAction.REJOIN))
        bind("hang_up", window, self.press_hang_up)
        bind("ready", window, self.toggle_ready)

    def answer(self) -> None:
        """Answer the call that has been ringing longest; the one that is talked to waits on hold meanwhile.

        Who hears `answering` may still note a call.
        """
        self.answering.emit()
        ringing, now = self._phone.ringing(), self._phone.current()
        if ringing and now is not None and CallAction.HOLD in self._phone.offered(now.id):
            # Only where the hold was taken: a call answered later, by itself, would surprise both.
            self._next = ringing[0].id if self._do(lambda: self._phone.hold(now.id)) else None
        elif ringing:
            self._do(lambda: self._phone.answer(ringing[0].id))
        else:
            self._first(CallAction.ANSWER)

    def press_hold(self) -> None:
        """Put the citizen on hold, or bring them back."""
        self._first(CallAction.RESUME, CallAction.HOLD)

    def press_mute(self) -> None:
        """Silence the microphone, or open it again."""
        self._first(CallAction.UNMUTE, CallAction.MUTE)

    def press_hook(self) -> None:
        """Answer what rings; in a call silence the microphone or open it: one button must cut nobody off."""
        if self._is_listening:
            self.press_mute()
        else:
            self.answer()

    def press_hang_up(self) -> None:
        """Hang up at the second press."""
        self._first(CallAction.END)

    @property
    def _is_listening(self) -> bool:
        now = self._phone.current()
        return now is not None and now.seat.present and now.state is not CallState.ENDED

    @property
    def lights(self) -> Lights:
        """What a headset shows of the calls."""
        now, ringing = self._phone.current(), bool(self._phone.ringing())
        if now is None or not self._is_listening:
            return Lights(ring=ringing)
        return Lights(ringing, off_hook=True, mute=now.seat.muted, hold=now.state is CallState.HELD)

    def swap(self) -> None:
        """Put the citizen on hold who is talked to, and bring back the one who waits longest there."""
        now, held = self._phone.current(), self._phone.on_hold()
        if now is None or not held or CallAction.HOLD not in self._phone.offered(now.id):
            return
        self._swapping = (now.id, held[0].id) if self._do(lambda: self._phone.hold(now.id)) else None

    def call_back(self, id: str = "") -> None:
        """Call back the caller of a call that was cut off; without *id* whoever is next."""
        back = next_back(self._phone.backs())
        wanted = CallId(id) if id else back.call if back is not None else None
        if wanted is None:
            self.nobody_waits.emit()
        elif self._do(lambda: self._phone.call_back(wanted)):
            self.calling_back.emit(wanted)

    def act(self, action: CallAction) -> None:
        """Take *action* on the current call."""
        call = self._phone.current()
        if call is None:
            return
        if action is CallAction.END:
            self._press_hang_up(call)
            return
        verbs: dict[CallAction, Callable[[], None]] = {
            CallAction.CLAIM: lambda: self._phone.claim(call.id),
            CallAction.ANSWER: lambda: self._phone.answer(call.id),
            CallAction.HOLD: lambda: self._phone.hold(call.id),
            CallAction.RESUME: lambda: self._phone.resume(call.id),
            CallAction.MUTE: lambda: self._phone.mute(call.id, on=True),
            CallAction.UNMUTE: lambda: self._phone.mute(call.id, on=False),
            CallAction.CANCEL_ADD: lambda: self._phone.cancel_add(call.id),
            CallAction.DROP_PARTY: lambda: self._phone.drop_party(call.id),
            CallAction.LEAVE: lambda: self._phone.leave(call.id),
            CallAction.REJOIN: lambda: self._phone.rejoin(call.id),
        }
        if action in verbs:
            self._do(verbs[action])

    @property
    def in_call(self) -> bool:
        """Whether there is a call that somebody else can be asked into."""
        call = self._phone.current()
        return call is not None and call.state is not CallState.ENDED

    def dial(self, line: Line) -> Dialled | None:
        """Ask *line* into the call and return the leg it is dialled on; None where there is no call to ask it into."""
        call = self._phone.current()
        return self._ask_in(call.id, line) if call is not None else None

    def dial_into(self, line: Line, after: Dialled, *, backup: bool) -> Dialled | None:
        """Ask *line*, or its backup, into the call that another leg was dialled for; None where that failed."""
        return self._ask_in(after.call, line, backup=backup)

    def has_room(self, dialled: Dialled) -> bool:
        """Whether the call of the leg goes on, here, with nobody else in it but the citizen."""
        return self._offers(dialled, CallAction.ADD_PARTY)

    def give_up(self, dialled: Dialled) -> bool:
        """Stop dialling the leg; say whether it was asked for."""
        party, call = self.party(dialled), dialled.call
        coming = party is not None and party.coming and self._offers(dialled, CallAction.CANCEL_ADD)
        return coming and self._do(lambda: self._phone.cancel_add(call))

    def party(self, dialled: Dialled) -> Party | None:
        """Return how the leg that was dialled stands; None once its call is forgotten."""
        calls = [call for call in self._phone.calls() if call.id == dialled.call]
        return next((party for call in calls for party in call.parties if party.leg == dialled.leg), None)

    def call(self, id: str) -> Call | None:
        """Return a call that this seat knows; None once it is forgotten."""
        return next((call for call in self._phone.calls() if call.id == id), None)

    def agree(self, call: Call, choice: FirstContact) -> None:
        """Note who keeps the matter after a three-way call."""
        self._phone.agree(call.id, choice)

    def show_unsettled(self, call: Call | None) -> None:
        """Show that nobody noted who keeps the matter of *call*; None where that is settled or not asked."""
        self._bar.call.show_unsettled(unsettled=call is not None, due=call is not None and call.first_contact_due)

    def transfer_to(self, line: Line) -> bool:
        """Hand the citizen over to *line*; say whether there was a call to hand over."""
        call = self._phone.current()
        return call is not None and self._do(lambda: self._phone.transfer(call.id, target(line)))

    def toggle_ready(self) -> None:
        """Take calls, or take none from now on."""
        if self._phone.seat.wanted is SeatState.READY:
            self._do(lambda: self._phone.go_not_ready(self.tr("Break")))
        else:
            self._do(self._phone.go_ready)

    def refresh(self) -> None:
        """Show the telephone as it stands."""
        self._show_trouble()
        call, ringing = self._phone.current(), self._phone.ringing()
        if (call is None or call.state is CallState.ENDED) and ringing:
            call = ringing[0]
        others = [other for other in ringing if call is None or other.id != call.id]
        if call is None or call.state is CallState.ENDED:
            self._bar.call.show_seat_state(self._phone.seat.state, self._phone.seat.wanted)
        else:
            self._bar.call.show_call(self._view(call))
        self._bar.call.show_second(others[0].caller_shown if others else "")
        self._show_held(call)
        self._show_parties(call)
        for met in self._phone.calls():
            if met.off_hook_at is not None and met.state not in _NOT_TALKED_TO and met.id not in self._seen:
                self._seen.add(met.id)
                if not met.incident_id:  # else its form was begun before this window was started
                    self.answered.emit(met)
        self._answer_next()
        self._bring_back()
        self._tell_states()
        missed, backs = self._phone.missed(), self._phone.backs()
        if (*backs, *(call.id for call in missed)) != self._missed:
            self._missed = (*backs, *(call.id for call in missed))
            self.missed.emit(missed)
        rings = bool(ringing)
        if rings != self._rang:
            self._rang = rings
            self.ringing.emit(rings)
        self.shown.emit()

    def _show_trouble(self) -> None:
        """Say why the telephone is lost; the reason may change while it is."""
        reason = None if self._phone.engine_up else trouble(self._phone.problem)
        if reason == self._trouble:
            return
        self._trouble = reason
        self._bar.status.show_telephone(reason)
        self.troubled.emit(reason)

    def _answer_next(self) -> None:
        """Answer the call for whose sake another was put on hold, once that one is."""
        if self._next is None or any(call.state in _TALKING for call in self._phone.calls()):
            return
        wanted, self._next = self._next, None
        if any(call.id == wanted for call in self._phone.ringing()):
            self._do(lambda: self._phone.answer(wanted))

    def _bring_back(self) -> None:
        """Bring back whom another was put on hold for, once that one is there, and only then."""
        if self._swapping is None:
            return
        put_away, wanted = self._swapping
        state = self._phone.call(put_away).state
        if state is CallState.HELD and CallAction.RESUME in self._phone.offered(wanted):
            self._do(lambda: self._phone.resume(wanted))
        if state is not CallState.TALKING:
            self._swapping = None

    def _tell_states(self) -> None:
        states = {
            call.id: call.state for call in self._phone.calls() if call.off_hook_at and call.state not in _NOT_TALKED_TO
        }
        if states == self._states:
            return
        self._states = states
        self.states.emit(states)
        talking = next((id for id, state in states.items() if state in _TALKING), None)
        if talking is not None and self._has_come_back(talking):
            self.came_back.emit(talking)
        if talking is not None:
            self._talked_to = talking
            self._talked.add(talking)

    def _has_come_back(self, id: CallId) -> bool:
        """Say whether a call was talked to before: in this window, or in one that was started before it."""
        if self._talked_to is None:
            return bool(self._phone.call(id).incident_id)
        return id != self._talked_to and id in self._talked

    def _tell(self) -> None:
        """Look again on the window's thread; called on the telephone's."""
        if not self._left:
            self._moved.emit()

    def _view(self, call: Call) -> CallView:
        held = call.state is CallState.HELD  # how long somebody waits matters more than how long the call is
        since = call.citizen.since if held else call.off_hook_at or call.queued_at
        # What acts on an added party stands beside that party, and only there.
        beside = {action for action, _ in _ROW_KEYS} if self._third(call) is not None else set()
        actions = [action for action in self._phone.offered(call.id) if action not in beside]
        return CallView(call.state, call.caller_shown, call.caller_name_shown, self._since(since), actions)

    def _show_held(self, shown: Call | None) -> None:
        """Say who else waits on hold, so that nobody is forgotten there."""
        held = [call for call in self._phone.on_hold() if shown is None or call.id != shown.id]
        views = [
            HeldView(call.caller_name_shown or call.caller_shown, self._since(call.citizen.since)) for call in held
        ]
        # Where three talk, the key leaves the citizen alone and the two others talking: no way to anybody else.
        two = shown if shown is not None and shown.state is CallState.TALKING else None
        swaps = two is not None and CallAction.HOLD in self._phone.offered(two.id)
        self._bar.call.show_held(views, swaps=swaps)

    def _since(self, moment: datetime) -> int:
        return int((self._clock() - moment).total_seconds())

    def _show_parties(self, call: Call | None) -> None:
        third = self._third(call) if call is not None else None
        if call is None or third is None:
            self._row.show_parties(())
            return
        now = self._clock()
        views = [
            PartyView(
                name=party.name or label(party.kind),
                state=party.state,
                seconds=int((now - party.since).total_seconds()),
                ending=party.ending,
            )
            for party in (*call.parties[:2], third)
        ]
        offered = self._phone.offered(call.id)
        self._row.show_parties(views, [(key, label(action)) for action, key in _ROW_KEYS if action in offered])

    def _third(self, call: Call) -> Party | None:
        """Return the added party that the row shows; one that is gone is shown for a moment more."""
        third = next((party for party in reversed(call.parties) if party.kind is PartyKind.THIRD), None)
        if third is None or call.ended_at:
            return None
        return third if third.alive or self._clock() - third.since <= GONE_SHOWN else None

    def _ask_in(self, call: CallId, line: Line, *, backup: bool = False) -> Dialled | None:
        if not self._do(lambda: self._phone.add_party(call, target(line, backup=backup))):
            return None
        return Dialled(call, self._phone.call(call).parties[-1].leg)

    def _offers(self, dialled: Dialled, action: CallAction) -> bool:
        known = any(call.id == dialled.call for call in self._phone.calls())
        return known and action in self._phone.offered(dialled.call)

    def _first(self, *actions: CallAction) -> None:
        call = self._phone.current()
        offered = self._phone.offered(call.id) if call is not None else ()
        action = next((action for action in actions if action in offered), None)
        if action is not None:
            self.act(action)

    def _press_hang_up(self, call: Call) -> None:
        def press() -> None:
            confirmed = self._phone.press_hang_up(call.id)
            self._bar.call.show_hang_up_waiting(not confirmed)
            self._calm.start()

        self._do(press)

    def _do(self, verb: Callable[[], None]) -> bool:
        """Ask the telephone; its verbs return at once. What it refuses is said, not raised."""
        try:
            verb()
        except WorkstationError as refusal:
            self.complained.emit(refusal)
            return False
        return True
