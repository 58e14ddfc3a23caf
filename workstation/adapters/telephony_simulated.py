"""A telephone engine without a telephone: callers and partner lines follow a script."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from workstation.adapters.telephony_backs import BACK_RINGS_S, BackQueue
from workstation.adapters.telephony_schedule import Cancel, Scheduler
from workstation.adapters.telephony_session import Session
from workstation.adapters.telephony_switchboard import Rule, Switchboard
from workstation.domain.call_number import DialTarget
from workstation.domain.call_party import CITIZEN_LEG, CallId, Ending, LegId

_RINGS_FIRST = frozenset({Ending.JOINED, Ending.REJECTED, Ending.NO_ANSWER})


@dataclass(frozen=True, slots=True)
class LineScript:
    """How a partner's line behaves when it is dialled.

    Args:
        ending: What becomes of the attempt; NO_ANSWER rings for the line's whole time-out.
        after: Seconds from dialling to that ending.
        stays: Seconds until the party hangs up by itself; None means never.
    """

    ending: Ending = Ending.JOINED
    after: float = 2.0
    stays: float | None = None


def _back_answered(ending: Ending, session: Session) -> None:
    if not session.citizen_away:
        return
    if ending is Ending.JOINED:
        session.citizen_in()
    else:
        session.citizen_out(ending)


@dataclass(slots=True, eq=False)
class _Plan:
    """What a party will do by itself, until it is given up."""

    call: CallId
    leg: LegId
    cancel: Cancel = lambda: None


class SimulatedTelephony(Switchboard):
    """The telephone of practice, demonstration and tests: the same script gives the same events at the same times.

    Args:
        scripts: By line id, or by a number as dialled; a line without a script answers after two seconds and stays.
    """

    def __init__(
        self,
        clock: Callable[[], datetime],
        new_id: Callable[[], str],
        scheduler: Scheduler,
        scripts: Mapping[str, LineScript] | None = None,
        queue: tuple[BackQueue, str] | None = None,
    ) -> None:
        super().__init__(clock, new_id, queue)
        self._scheduler = scheduler
        self._scripts = dict(scripts or {})
        self._plans: dict[tuple[CallId, LegId], _Plan] = {}

    def script(self, line_id: str, script: LineScript) -> None:
        """Let a line, or one of its numbers, behave like this from its next call on."""
        self._scripts[line_id] = script

    def offer(
        self, number: str = "", name: str = "", hangs_up_after: float | None = None, location: str = ""
    ) -> CallId:
        """Let a citizen call; without a number it is withheld.

        Raises:
            InvalidValue: The number is none.
        """
        call = self._offer(number, name, location)
        if hangs_up_after is not None:
            self._scheduler.call_later(hangs_up_after, partial(self.citizen_hangs_up, call))
        return call

    def citizen_hangs_up(self, call: CallId) -> None:
        """Let the citizen hang up, at whatever moment."""
        self._happen(call, Session.citizen_hangs_up)

    def third_hangs_up(self, call: CallId) -> None:
        """Let the third party hang up, or reject when it still rings."""
        self._happen(call, Session.third_hangs_up)

    def third_holds(self, call: CallId, *, on: bool) -> None:
        """Let the third party put the call on hold at its own phone."""
        self._happen(call, partial(Session.third_holds, on=on))

    def seat_drops(self, call: CallId) -> None:
        """Let the seat's phone drop out of the call."""
        self._happen(call, Session.seat_drops)

    def another_seat_claims(self, call: CallId) -> None:
        """Let another seat be faster."""
        self._happen(call, Session.claimed_elsewhere)

    def lose_link(self) -> None:
        """Let the desk lose the engine; the calls go on."""
        self._set_link(lost=True)

    def find_link(self) -> None:
        """Let the engine come back, and tell what happened meanwhile."""
        self._set_link(lost=False)

    def close(self) -> None:
        """Send nothing any more and end every timer."""
        super().close()
        self._scheduler.close()

    def new_recording(self) -> str:
        """Return the id of a recording that nobody makes."""
        return self._new_id()

    def dial(self, session: Session, leg: LegId, line: DialTarget) -> None:
        """Begin to follow the line's script."""
        script = self._scripts.get(line.number, self._scripts.get(line.id, LineScript()))
        ending, after = script.ending, script.after
        if ending in _RINGS_FIRST:
            session.third_rings(leg)
            if ending is Ending.NO_ANSWER or after > line.ring_timeout:
                ending, after = Ending.NO_ANSWER, line.ring_timeout
        self._plan(session, leg, after, partial(self._picked_up, leg, ending, script.stays))

    def dial_back(self, session: Session) -> None:
        """Begin to follow how the citizen's number behaves."""
        script = self._scripts.get(session.number.text, LineScript())
        if script.ending in _RINGS_FIRST:
            session.citizen_rings()
        after = BACK_RINGS_S if script.ending is Ending.NO_ANSWER else script.after
        self._plan(session, CITIZEN_LEG, after, partial(_back_answered, script.ending))

    def stop_dialling(self, session: Session, leg: LegId) -> None:
        """Give up what the party was going to do."""
        plan = self._plans.pop((session.id, leg), None)
        if plan is not None:
            plan.cancel()

    def _picked_up(self, leg: LegId, ending: Ending, stays: float | None, session: Session) -> None:
        if ending is not Ending.JOINED:
            session.third_out(leg, ending)
            return
        session.third_in(leg)
        if stays is not None:
            self._plan(session, leg, stays, Session.third_hangs_up)

    def _plan(self, session: Session, leg: LegId, seconds: float, rule: Rule) -> None:
        plan = _Plan(session.id, leg)
        self._plans[session.id, leg] = plan
        due = partial(self._happen, session.id, partial(self._due, plan, rule))
        plan.cancel = self._scheduler.call_later(seconds, due)

    def _due(self, plan: _Plan, rule: Rule, session: Session) -> None:
        """Follow a plan, unless it was given up while its timer waited for its turn."""
        if self._plans.get((plan.call, plan.leg)) is plan:
            rule(session)
