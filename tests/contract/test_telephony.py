"""One suite for every telephone engine: whatever drives the calls, the desk sees the same promises kept."""

from __future__ import annotations

import random
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import TYPE_CHECKING, Protocol

import pytest

from tests.contract.bridge_house import LONGEST_S, House, open_house
from workstation.adapters.telephony_manual import ManualTelephony
from workstation.adapters.telephony_schedule import HandScheduler, TimerScheduler
from workstation.adapters.telephony_simulated import LineScript, SimulatedTelephony
from workstation.desk.phone import PhoneDesk
from workstation.domain.call_back import BackWish
from workstation.domain.call_event import CallEnd, EventKind, TelephonyEvent
from workstation.domain.call_log import CallDirection
from workstation.domain.call_number import DialTarget
from workstation.domain.call_party import SEAT_LEG, CallId, Ending, LegId, PartyState
from workstation.domain.call_seat import CONSOLE_AWAY, SeatState
from workstation.domain.call_table import CallAction, CallState
from workstation.domain.consultation import consultation
from workstation.domain.errors import IllegalAction, InvalidValue, Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from workstation.desk.telephony_port import ReportedTelephony, Telephony
    from workstation.domain.call import Call

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
HOTLINE = DialTarget("hotline", "12345", "12345", ring_timeout=30)
GAS = DialTarget("gas", "燃气", "06325550100", ring_timeout=15)
CITIZEN = "19900001234"
FAILURES = [Ending.BUSY, Ending.REJECTED, Ending.NO_ANSWER, Ending.UNREACHABLE]


class World(Protocol):
    """Everybody but the desk: the suite's hold on an engine's other end.

    What the world does has been told when it returns; after a verb `settle` waits for that.
    """

    dance: int
    """How many steps of a random walk it can take in a few seconds."""

    @property
    def engine(self) -> Telephony: ...

    def settle(self) -> None:
        """Wait until everything that was asked for has been told."""
        ...

    def close(self) -> None: ...

    def queue_sees(self) -> SeatState: ...
    def citizen_calls(self, number: str = CITIZEN) -> CallId: ...
    def citizen_hangs_up(self, call: CallId) -> None: ...
    def line_will(self, ending: Ending) -> None:
        """Decide what the next dialled lines do, once `time_goes_by`."""
        ...

    def time_goes_by(self, call: CallId) -> None: ...
    def citizen_will(self, ending: Ending) -> None:
        """Decide what a citizen who is called back does, once `time_goes_by`."""
        ...

    def third_hangs_up(self, call: CallId) -> None: ...
    def third_holds(self, call: CallId, *, on: bool) -> None: ...
    def seat_drops(self, call: CallId) -> None: ...
    def link(self, *, lost: bool) -> None: ...


class SimulatedWorld:
    """The simulated engine, whose parties follow a script and whose clock is turned by hand."""

    dance = 10_000

    def __init__(self) -> None:
        self.clock = HandScheduler(NOON)
        ids = count(1)
        self.engine = SimulatedTelephony(self.clock.now, lambda: f"id-{next(ids)}", self.clock)
        self.citizen_hangs_up = self.engine.citizen_hangs_up
        self.third_hangs_up = self.engine.third_hangs_up
        self.third_holds = self.engine.third_holds
        self.seat_drops = self.engine.seat_drops

    def citizen_calls(self, number: str = CITIZEN) -> CallId:
        return self.engine.offer(number, "王女士")

    def line_will(self, ending: Ending) -> None:
        for line in (HOTLINE, GAS):
            self.engine.script(line.id, LineScript(ending, after=3))

    def citizen_will(self, ending: Ending) -> None:
        self.engine.script(CITIZEN, LineScript(ending, after=3))

    def time_goes_by(self, call: CallId) -> None:  # noqa: ARG002 -- it goes by for all calls
        self.clock.turn(60)

    def queue_sees(self) -> SeatState:
        return self.engine.seat_state

    def link(self, *, lost: bool) -> None:
        (self.engine.lose_link if lost else self.engine.find_link)()

    def settle(self) -> None:
        """Nothing is ever on its way here."""

    def close(self) -> None:
        self.engine.close()


class ManualWorld:
    """The desk phone: the suite plays the call-taker who says what happened."""

    dance = 10_000

    def __init__(self) -> None:
        ids = count(1)
        self.engine = ManualTelephony(lambda: NOON, lambda: f"id-{next(ids)}")
        self.ending = Ending.JOINED
        self.citizen_hangs_up = self.engine.citizen_left
        self.third_hangs_up = self.engine.third_left
        self.third_holds = self.engine.third_holds
        self.seat_drops = self.engine.seat_drops

    def citizen_calls(self, number: str = CITIZEN) -> CallId:
        return self.engine.incoming(number, "王女士")

    def line_will(self, ending: Ending) -> None:
        self.ending = ending

    citizen_will = line_will

    def time_goes_by(self, call: CallId) -> None:
        self.engine.report(call, self.ending)

    def queue_sees(self) -> SeatState:
        return self.engine.seat_state

    def link(self, *, lost: bool) -> None:
        self.engine._set_link(lost=lost)  # a desk phone has no link to lose; the contract is the same

    def settle(self) -> None:
        """Nothing is ever on its way here."""

    def close(self) -> None:
        self.engine.close()


class BridgeWorld:
    """The bridge over HTTP with a simulated telephone behind it; the way between desk and bridge is what breaks."""

    dance = 3_000

    def __init__(self, house: House, *, shares: bool = False) -> None:
        self.house = house
        self.seat = house.new_seat(shares=shares)
        self.phone = house.phone(self.seat)
        self.engine = house.telephony(self.seat)

    def settle(self) -> None:
        self.house.settle(self.engine, self.seat)

    def close(self) -> None:
        self.engine.close()

    def queue_sees(self) -> SeatState:
        return self.phone.seat_state

    def citizen_calls(self, number: str = CITIZEN) -> CallId:
        call = self.phone.offer(number, "王女士")
        self.settle()
        return call

    def citizen_hangs_up(self, call: CallId) -> None:
        self.phone.citizen_hangs_up(call)
        self.settle()

    def line_will(self, ending: Ending) -> None:
        for line in (HOTLINE, GAS):
            self.phone.script(line.id, LineScript(ending, after=3))

    def citizen_will(self, ending: Ending) -> None:
        self.phone.script(CITIZEN, LineScript(ending, after=3))

    def time_goes_by(self, call: CallId) -> None:  # noqa: ARG002 -- it goes by for all calls
        self.house.clocks[self.seat].turn(60)
        self.settle()

    def third_hangs_up(self, call: CallId) -> None:
        self.phone.third_hangs_up(call)
        self.settle()

    def third_holds(self, call: CallId, *, on: bool) -> None:
        self.phone.third_holds(call, on=on)
        self.settle()

    def seat_drops(self, call: CallId) -> None:
        self.phone.seat_drops(call)
        self.settle()

    def link(self, *, lost: bool) -> None:
        if lost:
            self.house.shut(self.seat)
        else:
            self.house.door.shut.discard(self.seat)
        self.settle()


class LostExchangeWorld(BridgeWorld):
    """The bridge once more; here it is the exchange that is lost, and the bridge that says so."""

    def link(self, *, lost: bool) -> None:
        (self.phone.lose_link if lost else self.phone.find_link)()
        self.settle()

    def close(self) -> None:
        self.phone.find_link()  # the next test has the same exchange
        super().close()


class PatientDesk(PhoneDesk):
    """A desk each of whose acts waits until what it asked for has been told."""

    def __init__(
        self,
        world: World,
        clock: Callable[[], datetime],
        save: Callable[[Call], None],
        kept: Callable[[CallId], Call | None] = lambda _: None,
    ) -> None:
        super().__init__(world.engine, clock, save, kept)
        self._settle = world.settle

    def start(self) -> None:
        super().start()
        self._settle()

    def go_ready(self) -> None:
        super().go_ready()
        self._settle()

    def finish_form(self) -> None:
        super().finish_form()
        self._settle()

    def call_back(self, id: CallId) -> None:
        super().call_back(id)
        self._settle()

    def wish_back(self, id: CallId, wish: BackWish, reason: str = "") -> None:
        super().wish_back(id, wish, reason)
        self._settle()

    def _ask(self, id: CallId, action: CallAction, verb: Callable[[CallId], None]) -> None:
        super()._ask(id, action, verb)
        self._settle()

    def _ask_for_line(self, id: CallId, action: CallAction, line: DialTarget) -> None:
        super()._ask_for_line(id, action, line)
        self._settle()


@dataclass
class Stage:
    """A desk before an engine, with everything it was told."""

    world: World
    desk: PhoneDesk
    saved: list[Call] = field(default_factory=list)
    changed: list[CallId] = field(default_factory=list)
    events: list[TelephonyEvent] = field(default_factory=list)

    def settle(self) -> None:
        """Wait until everything that was asked for has been told."""
        self.world.settle()

    def hear(self, event: TelephonyEvent) -> None:
        self.events.append(event)
        self.desk._register.apply(event)

    def heard(self, leg: LegId) -> list[EventKind]:
        return [event.kind for event in self.events if event.leg == leg]

    def call(self, id: CallId) -> Call:
        return self.desk.call(id)

    def talking(self) -> CallId:
        call = self.world.citizen_calls()
        self.desk.answer(call)
        return call

    def conferenced(self) -> CallId:
        call = self.talking()
        self.desk.add_party(call, HOTLINE)
        self.world.time_goes_by(call)
        assert self.call(call).state is CallState.CONFERENCED
        return call

    def handed_over(self) -> CallId:
        call = self.conferenced()
        self.desk.leave(call)
        return call

    def missed(self) -> CallId:
        call = self.world.citizen_calls()
        self.world.citizen_hangs_up(call)
        return call

    def called_back(self) -> CallId:
        before = {call.id for call in self.desk.calls()}
        self.desk.call_back(self.desk.backs()[0].call)
        return next(call.id for call in self.desk.calls() if call.id not in before)

    def states(self, id: CallId) -> list[PartyState]:
        return [party.state for party in self.call(id).parties]


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    """Serve one bridge for the whole suite; each test has a seat of its own."""
    with open_house(NOON) as opened:
        yield opened


@pytest.fixture(params=[SimulatedWorld, ManualWorld, BridgeWorld, LostExchangeWorld])
def stage(request: pytest.FixtureRequest) -> Iterator[Stage]:
    """Set a desk before each kind of engine."""
    bridged = issubclass(request.param, BridgeWorld)
    world: World = request.param(request.getfixturevalue("house")) if bridged else request.param()
    saved: list[Call] = []
    stage = Stage(world, PatientDesk(world, lambda: NOON, saved.append), saved)
    stage.desk.watch(stage.changed.append, lambda: None)
    stage.desk.start()
    world.engine.listen(stage.hear)
    stage.settle()
    yield stage
    world.close()


def test_a_call_rings_is_claimed_and_answered(stage: Stage) -> None:
    """
    A call rings masked, shows its number after the claim, and is talking once it is answered.
    """
    call = stage.world.citizen_calls()
    ringing = stage.call(call)
    stage.desk.claim(call)
    claimed = stage.call(call)
    stage.desk.answer(call)

    assert stage.desk.ringing() == ()
    assert ringing.state is CallState.RINGING
    assert CITIZEN not in ringing.caller_shown
    assert claimed.state is CallState.CLAIMED
    assert claimed.caller_shown == CITIZEN
    assert stage.call(call).state is CallState.TALKING
    assert stage.desk.current() == stage.call(call)


def test_answering_claims_too(stage: Stage) -> None:
    """
    One key is enough: answering a ringing call claims it.
    """
    call = stage.talking()

    assert stage.call(call).claimed
    assert stage.call(call).off_hook_at == NOON


def test_hold_and_mute_come_and_go(stage: Stage) -> None:
    """
    Hold silences the citizen, mute the seat; each is shown at its party and is taken back by its own verb.
    """
    call = stage.talking()
    stage.desk.hold(call)
    stage.desk.mute(call, on=True)
    apart = stage.states(call)
    stage.desk.resume(call)
    stage.desk.mute(call, on=False)

    assert apart == [PartyState.HELD, PartyState.MUTED]
    assert stage.states(call) == [PartyState.JOINED, PartyState.JOINED]


def test_a_third_party_joins(stage: Stage) -> None:
    """
    While a line is dialled the two keep talking; when it answers all three are in.
    """
    call = stage.talking()
    stage.desk.add_party(call, HOTLINE)
    meanwhile = stage.call(call)
    stage.world.time_goes_by(call)

    assert meanwhile.state is CallState.ADDING
    assert [party.state for party in meanwhile.parties[:2]] == [PartyState.JOINED, PartyState.JOINED]
    assert stage.call(call).state is CallState.CONFERENCED
    assert stage.states(call) == [PartyState.JOINED] * 3


@pytest.mark.parametrize("ending", FAILURES)
def test_a_failed_add_never_drops_the_citizen(stage: Stage, ending: Ending) -> None:
    """
    However the line fails, the two go on talking, the reason is kept, and the next attempt works.
    """
    call = stage.talking()
    stage.world.line_will(ending)
    stage.desk.add_party(call, HOTLINE)
    stage.world.time_goes_by(call)
    failed = stage.call(call)
    stage.world.line_will(Ending.JOINED)
    stage.desk.add_party(call, GAS)
    stage.world.time_goes_by(call)

    assert failed.state is CallState.TALKING
    assert failed.parties[2].ending is ending
    assert stage.call(call).state is CallState.CONFERENCED
    assert stage.states(call) == [PartyState.JOINED, PartyState.JOINED, PartyState.FAILED, PartyState.JOINED]


def test_a_line_without_a_number_never_reaches_the_engine(stage: Stage) -> None:
    """
    A line with nothing to dial ends as not configured, by the desk and by the engine alike.
    """
    call = stage.talking()
    stage.desk.add_party(call, DialTarget("heat"))
    stage.world.engine.add_party(call, LegId("odd"), DialTarget("heat"))
    stage.settle()

    assert stage.call(call).parties[2].ending is Ending.NOT_CONFIGURED
    assert stage.call(call).state is CallState.TALKING


def test_dialling_can_be_cancelled(stage: Stage) -> None:
    """
    A cancelled attempt ends as cancelled, and an answer that comes too late changes nothing.
    """
    call = stage.talking()
    stage.desk.add_party(call, HOTLINE)
    stage.desk.cancel_add(call)
    stage.world.time_goes_by(call)

    assert stage.call(call).parties[2].ending is Ending.CANCELLED
    assert stage.heard(LegId("third-1"))[-1] is EventKind.LEG_FAILED
    assert stage.call(call).state is CallState.TALKING


def test_no_second_three_way_while_one_lives(stage: Stage) -> None:
    """
    The desk refuses a second third party, and an engine that is asked all the same does not dial it.
    """
    call = stage.conferenced()
    with pytest.raises(IllegalAction):
        stage.desk.add_party(call, GAS)
    stage.world.engine.add_party(call, LegId("third-9"), GAS)
    stage.settle()
    stage.world.time_goes_by(call)

    assert stage.states(call) == [PartyState.JOINED] * 3


def test_consulting_in_private(stage: Stage) -> None:
    """
    With the citizen on hold, seat and third party talk alone; resuming brings all together.
    """
    call = stage.conferenced()
    stage.desk.hold(call)
    private = stage.states(call)
    stage.desk.resume(call)

    assert private == [PartyState.HELD, PartyState.PRIVATE, PartyState.PRIVATE]
    assert stage.call(call).state is CallState.CONFERENCED


def test_the_third_party_is_dropped_or_leaves(stage: Stage) -> None:
    """
    When the third party goes, by the seat's wish or its own, citizen and seat talk on.
    """
    dropped = stage.conferenced()
    stage.desk.drop_party(dropped)
    stage.desk.hold(dropped)
    left = stage.conferenced()
    stage.world.third_hangs_up(left)

    for call in (dropped, left):
        assert stage.call(call).parties[2].state is PartyState.LEFT
        assert stage.call(call).citizen.present
        assert stage.call(call).seat.present


def test_the_seat_leaves_and_comes_back(stage: Stage) -> None:
    """
    After the seat left, citizen and third party are still joined, and the seat can come back.
    """
    call = stage.handed_over()
    without_seat = stage.call(call)
    stage.desk.rejoin(call)

    assert without_seat.state is CallState.HANDED_OVER
    assert without_seat.citizen.present
    assert without_seat.on_hook_at is not None
    assert stage.call(call).state is CallState.CONFERENCED


@pytest.mark.parametrize("how", ["ringing", "nobody", "on_hold"])
def test_leaving_is_refused_unless_the_third_party_hears(stage: Stage, how: str) -> None:
    """
    Neither desk nor engine lets the seat leave a citizen to a ringing phone, to nobody, or to hold music.
    """
    call = stage.conferenced() if how == "on_hold" else stage.talking()
    if how == "ringing":
        stage.desk.add_party(call, HOTLINE)
    if how == "on_hold":
        stage.world.third_holds(call, on=True)
    with pytest.raises(IllegalAction):
        stage.desk.leave(call)
    stage.world.engine.leave(call)
    stage.settle()

    assert stage.call(call).seat.present


def test_a_lost_third_party_rings_the_seat_back(stage: Stage) -> None:
    """
    When the third party hangs up after the seat left, the seat rings, and one answer brings citizen and seat together.
    """
    call = stage.handed_over()
    stage.world.third_hangs_up(call)
    alone = stage.call(call)
    rang = stage.heard(SEAT_LEG)[-1]
    stage.desk.answer(call)

    assert alone.state is CallState.RINGING_BACK
    assert rang is EventKind.LEG_RINGING
    assert stage.call(call).state is CallState.TALKING


def test_a_seat_phone_that_dies_leaves_the_others_talking(stage: Stage) -> None:
    """
    If the seat's phone drops out of a three-way, in private consultation too, the other two hear each other.
    """
    call = stage.conferenced()
    stage.desk.hold(call)
    stage.world.seat_drops(call)

    assert stage.call(call).state is CallState.HANDED_OVER
    assert stage.states(call) == [PartyState.JOINED, PartyState.LEFT, PartyState.JOINED]


def test_a_seat_phone_that_dies_alone_rings_again(stage: Stage) -> None:
    """
    If the seat's phone drops out of a two-party call, it rings back.
    """
    call = stage.talking()
    stage.world.seat_drops(call)

    assert stage.call(call).state is CallState.RINGING_BACK
    assert stage.heard(SEAT_LEG)[-1] is EventKind.LEG_RINGING


@pytest.mark.parametrize("made", ["talking", "conferenced", "handed_over"])
def test_the_citizen_hanging_up_ends_everything(stage: Stage, made: str) -> None:
    """
    When the citizen is gone the call is over for all, whoever was in it.
    """
    makers: dict[str, Callable[[], CallId]] = {
        "talking": stage.talking,
        "conferenced": stage.conferenced,
        "handed_over": stage.handed_over,
    }
    call = makers[made]()
    stage.world.citizen_hangs_up(call)

    assert stage.call(call).ended_by is CallEnd.CITIZEN
    assert not any(party.alive for party in stage.call(call).parties)


def test_the_citizen_hanging_up_while_a_line_rings(stage: Stage) -> None:
    """
    A line that still rings when the citizen goes is given up and never answered into nothing.
    """
    call = stage.talking()
    stage.desk.add_party(call, HOTLINE)
    stage.world.citizen_hangs_up(call)
    over = stage.call(call)
    stage.world.time_goes_by(call)

    assert over.parties[2].ending is Ending.CANCELLED
    assert stage.call(call) == over


def test_a_caller_who_gives_up_is_missed(stage: Stage) -> None:
    """
    A caller who hangs up before the answer is in the missed list.
    """
    call = stage.world.citizen_calls()
    stage.world.citizen_hangs_up(call)

    assert [missed.id for missed in stage.desk.missed()] == [call]
    assert stage.desk.ringing() == ()


@pytest.mark.parametrize("made", ["talking", "conferenced"])
def test_hanging_up_ends_it_for_all(stage: Stage, made: str) -> None:
    """
    The seat's hang-up ends the call, says that it was the seat, and needs a second press.
    """
    call = stage.talking() if made == "talking" else stage.conferenced()
    first = stage.desk.press_hang_up(call)
    still = stage.call(call).state
    second = stage.desk.press_hang_up(call)

    assert (first, second) == (False, True)
    assert still is not CallState.ENDED
    assert stage.call(call).ended_by is CallEnd.SEAT


def test_a_transfer_leaves_when_the_line_has_joined(stage: Stage) -> None:
    """
    One key hands the citizen over: the seat is out as soon as the line has joined, and not before.
    """
    call = stage.talking()
    stage.desk.transfer(call, HOTLINE)
    meanwhile = stage.call(call)
    stage.world.time_goes_by(call)

    assert meanwhile.seat.present
    assert stage.call(call).state is CallState.HANDED_OVER
    assert stage.call(call).first_contact_due


def test_a_failed_transfer_keeps_the_seat(stage: Stage) -> None:
    """
    If the line does not join, the seat is still with the citizen, and the next party added does not push it out.
    """
    call = stage.talking()
    stage.world.line_will(Ending.BUSY)
    stage.desk.transfer(call, HOTLINE)
    stage.world.time_goes_by(call)
    failed = stage.call(call)
    stage.world.line_will(Ending.JOINED)
    stage.desk.add_party(call, GAS)
    stage.world.time_goes_by(call)

    assert failed.state is CallState.TALKING
    assert stage.call(call).state is CallState.CONFERENCED


def test_a_seat_that_came_back_is_not_sent_away(stage: Stage) -> None:
    """
    A seat whose phone died during a transfer, and which came back, stays when the line joins at last.
    """
    call = stage.talking()
    stage.desk.transfer(call, HOTLINE)
    stage.world.seat_drops(call)
    stage.desk.rejoin(call)
    stage.world.time_goes_by(call)

    assert stage.call(call).state is CallState.CONFERENCED


def test_a_second_call_never_cuts_off_the_first(stage: Stage) -> None:
    """
    A second call rings beside the first and can be answered only when the first is on hold; then they can be swapped.
    """
    first, second = stage.talking(), stage.world.citizen_calls("19900005678")
    with pytest.raises(IllegalAction, match="other_call"):
        stage.desk.answer(second)
    offered_before = stage.desk.offered(second)
    stage.desk.hold(first)
    stage.desk.answer(second)
    with pytest.raises(IllegalAction, match="other_call"):
        stage.desk.resume(first)
    stage.desk.hold(second)
    stage.desk.resume(first)

    assert offered_before == (CallAction.CLAIM,)
    assert stage.call(first).state is CallState.TALKING
    assert stage.call(second).state is CallState.HELD


def test_a_lost_link_says_so_and_the_truth_comes_back(stage: Stage) -> None:
    """
    While the engine is lost verbs are unavailable and calls stay; when it is back, what happened meanwhile is told.
    """
    kept, gone = stage.conferenced(), stage.world.citizen_calls()
    stage.world.link(lost=True)
    up = stage.desk.engine_up
    with pytest.raises(Unavailable):
        stage.desk.leave(kept)
    offered = stage.desk.offered(kept)
    stage.world.third_hangs_up(kept)
    stage.world.citizen_hangs_up(gone)
    before = stage.states(kept)
    stage.world.link(lost=False)

    assert not up
    assert offered == ()
    assert before == [PartyState.JOINED] * 3
    assert stage.desk.engine_up
    assert stage.states(kept) == [PartyState.JOINED, PartyState.JOINED, PartyState.LEFT]
    assert stage.call(gone).missed


def test_a_seat_lost_while_the_link_was_down_rings(stage: Stage) -> None:
    """
    A seat that dropped out unseen is shown ringing when the engine is back.
    """
    call = stage.talking()
    stage.world.link(lost=True)
    stage.world.seat_drops(call)
    stage.world.link(lost=False)

    assert stage.call(call).state is CallState.RINGING_BACK


def test_a_new_desk_is_told_what_there_is(stage: Stage) -> None:
    """
    A desk that starts anew sees the calls that live, with everybody in them and on hold or muted as they are.
    """
    call = stage.conferenced()
    stage.desk.mute(call, on=True)
    stage.desk.hold(call)
    anew = PatientDesk(stage.world, lambda: NOON, lambda _: None)
    anew.start()

    assert anew.call(call).state is CallState.PRIVATE
    assert [party.state for party in anew.call(call).parties] == stage.states(call)
    assert anew.call(call).caller_shown == CITIZEN
    assert anew.seat.state is SeatState.TALKING


def test_asking_about_a_call_that_is_over_ends_it(stage: Stage) -> None:
    """
    A verb for a call that the engine does not have is answered with its end, so nothing stays stuck.
    """
    told: list[TelephonyEvent] = []
    stage.world.engine.listen(told.append)
    stage.settle()
    stage.world.engine.answer(CallId("long-gone"))
    stage.settle()

    assert [(event.kind, event.call) for event in told] == [(EventKind.CALL_GONE, "long-gone")]


def test_engines_ignore_verbs_that_come_too_late(stage: Stage) -> None:
    """
    Verbs that make no sense any more change nothing and raise nothing.
    """
    engine = stage.world.engine
    ringing = stage.world.citizen_calls()
    for verb in (engine.hold, engine.resume, engine.leave, engine.drop_party, engine.cancel_add, engine.rejoin):
        verb(ringing)
    engine.mute(ringing, on=True)
    engine.end(ringing)
    engine.add_party(ringing, LegId("third-1"), HOTLINE)
    stage.settle()
    waiting = stage.call(ringing).state
    talking = stage.talking()
    for verb in (engine.answer, engine.claim, engine.resume, engine.leave, engine.drop_party, engine.cancel_add):
        verb(talking)
    engine.mute(talking, on=False)
    stage.settle()

    assert waiting is CallState.RINGING
    assert stage.call(talking).state is CallState.TALKING


def test_the_same_leg_is_not_dialled_twice(stage: Stage) -> None:
    """
    A repeated request for a leg is the same request.
    """
    call = stage.conferenced()
    stage.desk.drop_party(call)
    stage.world.engine.add_party(call, LegId("third-1"), HOTLINE)
    stage.settle()
    stage.world.time_goes_by(call)

    assert stage.call(call).state is CallState.TALKING
    assert stage.heard(LegId("third-1"))[-1] is EventKind.LEG_LEFT


def test_the_queue_learns_what_the_seat_does(stage: Stage) -> None:
    """
    Ready, talking, wrap-up and not ready reach the engine; wrap-up ends with the form.
    """
    seen = [stage.desk.seat.state]
    stage.desk.go_ready()
    seen.append(stage.desk.seat.state)
    call = stage.talking()
    seen.append(stage.desk.seat.state)
    stage.world.citizen_hangs_up(call)
    seen.append(stage.desk.seat.state)
    stage.desk.finish_form()
    seen.append(stage.desk.seat.state)

    assert seen == [
        SeatState.NOT_READY,
        SeatState.READY,
        SeatState.TALKING,
        SeatState.WRAP_UP,
        SeatState.READY,
    ]
    assert stage.world.queue_sees() is SeatState.READY


@pytest.mark.parametrize("number", ["119@evil", "110\r\nBYE", "${EXTEN}", "06325550100转8", "abc", "1 1 0"])
def test_bad_numbers_stop_at_the_border(stage: Stage, number: str) -> None:
    """
    A caller's number that is none is refused with a code, and no call comes of it.
    """
    with pytest.raises(InvalidValue):
        stage.world.citizen_calls(number)

    assert stage.desk.calls() == ()


def test_a_withheld_number_is_a_call_like_any_other(stage: Stage) -> None:
    """
    A caller without a number rings too.
    """
    call = stage.world.citizen_calls("")

    assert [ringing.id for ringing in stage.desk.ringing()] == [call]


def test_a_closed_engine_is_silent(stage: Stage) -> None:
    """
    After closing, nothing is told any more.
    """
    stage.world.engine.close()
    stage.world.citizen_calls()

    assert stage.desk.calls() == ()


def test_every_change_is_saved_before_it_is_told(stage: Stage) -> None:
    """
    Each change is handed to the store and then to the watchers, in the order in which things happened.
    """
    in_step: list[bool] = []

    def check(call: CallId) -> None:
        in_step.append(stage.saved[-1].id == call and len(stage.saved) > len(in_step))

    stage.desk.watch(check, lambda: None)
    call = stage.conferenced()
    stage.desk.end(call)

    assert all(in_step)
    assert stage.saved[-1] == stage.call(call)
    assert stage.changed == [call.id for call in stage.saved]
    lengths = [len(saved.log) for saved in stage.saved]
    assert lengths == sorted(lengths)


def test_no_dance_separates_desk_and_engine(stage: Stage) -> None:
    """
    In thousands of random keys and accidents no citizen is dropped or alone, and a new desk sees what the old one sees.
    """
    dice = random.Random(20261123)  # noqa: S311 -- a seeded walk, not a secret
    wanted: set[CallId] = set()
    seen: set[CallState] = set()
    for step in range(stage.world.dance):
        if len(wanted) < 2:
            wanted.add(stage.world.citizen_calls())
        happens = _press_a_key if dice.random() < 0.6 else _have_an_accident
        happens(stage, dice.choice(sorted(wanted)), dice, wanted)
        seen |= {call.state for call in stage.desk.calls()}
        if stage.desk.engine_up:
            _check_that_nobody_is_alone(stage, wanted)
        if stage.desk.engine_up and step % 50 == 0:
            _check_that_a_new_desk_agrees(stage, wanted)

    assert seen == set(CallState) - {CallState.CALLING_BACK}  # nobody walks away from who called


def _press_a_key(stage: Stage, id: CallId, dice: random.Random, wanted: set[CallId]) -> None:
    desk, offered = stage.desk, stage.desk.offered(id)
    if not offered:
        return
    action = dice.choice(offered)
    if action is CallAction.END:
        if desk.press_hang_up(id):
            wanted.discard(id)
        return
    line = dice.choice([HOTLINE, GAS, DialTarget("heat")])
    verbs: dict[CallAction, Callable[[], None]] = {
        CallAction.MUTE: lambda: desk.mute(id, on=True),
        CallAction.UNMUTE: lambda: desk.mute(id, on=False),
        CallAction.ADD_PARTY: lambda: desk.add_party(id, line),
        CallAction.TRANSFER: lambda: desk.transfer(id, line),
    }
    (verbs[action] if action in verbs else lambda: getattr(desk, action)(id))()


def _have_an_accident(stage: Stage, id: CallId, dice: random.Random, wanted: set[CallId]) -> None:
    world = stage.world
    match dice.randrange(12):
        case 0:
            world.citizen_hangs_up(id)
            wanted.discard(id)
        case 1:
            world.seat_drops(id)
        case 2 | 3:
            world.third_hangs_up(id)
        case 4:
            world.third_holds(id, on=dice.random() < 0.5)
        case 5:
            world.line_will(dice.choice([*FAILURES, Ending.JOINED]))
        case 6:
            world.link(lost=stage.desk.engine_up)
        case _:
            world.time_goes_by(id)


def _check_that_nobody_is_alone(stage: Stage, wanted: set[CallId]) -> None:
    live = {call.id for call in stage.desk.calls() if call.state is not CallState.ENDED}
    assert live == wanted
    for call in map(stage.call, wanted):
        assert call.citizen.present
        assert call.seat.present or call.third or call.seat.state is PartyState.RINGING
        assert call.state is not CallState.HANDED_OVER or not call.citizen.held


def _standing(call: Call) -> object:
    return call.state, call.incident_id, [(party.leg, party.state, party.name) for party in call.parties if party.alive]


def _check_that_a_new_desk_agrees(stage: Stage, wanted: set[CallId]) -> None:
    known = [stage.call(call) for call in sorted(wanted)]
    anew = PatientDesk(stage.world, lambda: NOON, lambda _: None, {call.id: call for call in known}.get)
    anew.start()
    told, until = threading.Event(), time.monotonic() + LONGEST_S
    while [_standing(call) for call in sorted(anew.calls(), key=lambda it: it.id)] != [
        _standing(call) for call in known
    ]:
        assert time.monotonic() < until, (anew.calls(), known)
        told.wait(0.002)  # a new stream begins beside the one that was settled
    after = sorted(anew.calls(), key=lambda it: it.id)
    stage.desk.start()  # the engine has one listener; what it retells must not move the first desk either
    assert [consultation(call) for call in after] == [consultation(call) for call in known]
    assert [stage.call(call.id) for call in known] == known


def test_recording_belongs_to_the_conference() -> None:
    """
    The recording starts with the seat, goes on without it, and stops with the call.
    """
    world = SimulatedWorld()
    stage = Stage(world, PhoneDesk(world.engine, lambda: NOON, lambda _: None))
    stage.desk.start()
    call = stage.handed_over()
    alone = stage.call(call)
    world.citizen_hangs_up(call)

    assert alone.recording_id
    assert alone.recording_on
    assert stage.call(call).recordings == alone.recordings
    assert not stage.call(call).recording_on


def test_the_script_decides_to_the_second() -> None:
    """
    A line rings, answers and hangs up when its script says, no answer takes the whole ring time, and a caller gives up.
    """
    world = SimulatedWorld()
    stage = Stage(world, PhoneDesk(world.engine, world.clock.now, lambda _: None))
    stage.desk.start()
    world.engine.script("hotline", LineScript(after=2, stays=10))
    world.engine.script("gas", LineScript(after=99))
    call = stage.talking()
    seen = []
    for line, seconds in ((HOTLINE, (1, 1, 9, 1)), (GAS, (14, 1))):
        stage.desk.add_party(call, line)
        for step in seconds:
            world.clock.turn(step)
            seen.append(stage.states(call)[-1].value)
    short = world.engine.offer(hangs_up_after=5)
    world.clock.turn(5)

    assert seen == ["ringing", "joined", "joined", "left", "ringing", "failed"]
    assert stage.call(call).parties[-1].ending is Ending.NO_ANSWER
    assert stage.call(short).missed


class LateScheduler(HandScheduler):
    """A clock whose deeds have always just begun when they are taken back."""

    def call_later(self, seconds: float, deed: Callable[[], None]) -> Callable[[], None]:
        """Do *deed* later, whatever is said meanwhile."""
        super().call_later(seconds, deed)
        return lambda: None


def test_a_timer_that_comes_too_late_changes_nothing() -> None:
    """
    An answer that was under way when the attempt was cancelled does not bring the party in.
    """
    clock, ids = LateScheduler(NOON), count(1)
    engine = SimulatedTelephony(clock.now, lambda: f"id-{next(ids)}", clock)
    told: list[TelephonyEvent] = []
    engine.listen(told.append)
    call = engine.offer(CITIZEN)
    engine.answer(call)
    engine.add_party(call, LegId("third-1"), HOTLINE)
    engine.cancel_add(call)
    clock.turn(60)

    assert [told[-1].kind, told[-1].ending] == [EventKind.LEG_FAILED, Ending.CANCELLED]


def test_another_seat_may_be_faster() -> None:
    """
    A call that another seat claimed goes away and is not missed; one that this seat claimed stays.
    """
    world = SimulatedWorld()
    stage = Stage(world, PhoneDesk(world.engine, lambda: NOON, lambda _: None))
    stage.desk.start()
    lost, mine = world.citizen_calls(), world.citizen_calls()
    stage.desk.claim(mine)
    world.engine.another_seat_claims(lost)
    world.engine.another_seat_claims(mine)

    assert stage.call(lost).ended_by is CallEnd.CLAIMED_ELSEWHERE
    assert stage.desk.missed() == ()
    assert stage.call(mine).state is CallState.CLAIMED


def test_reports_about_nobody_are_ignored() -> None:
    """
    A key pressed by hand when nobody was dialled, or twice, changes nothing.
    """
    world = ManualWorld()
    stage = Stage(world, PhoneDesk(world.engine, lambda: NOON, lambda _: None))
    stage.desk.start()
    engine: ReportedTelephony = world.engine
    call = stage.talking()
    engine.report(call, Ending.BUSY)
    engine.third_left(call)
    world.third_holds(call, on=True)
    stage.desk.add_party(call, HOTLINE)
    engine.report(call, Ending.JOINED)
    engine.report(call, Ending.BUSY)
    engine.report(CallId("nowhere"), Ending.BUSY)

    assert stage.call(call).state is CallState.CONFERENCED


def test_timers_run_by_themselves_and_end_with_close() -> None:
    """
    With the timer threads a line answers without anybody turning a clock; closing leaves no thread behind.
    """
    scheduler, joined = TimerScheduler(), threading.Event()
    ids = count(1)
    engine = SimulatedTelephony(lambda: NOON, lambda: f"id-{next(ids)}", scheduler, {"gas": LineScript(after=0.01)})
    engine.listen(lambda event: joined.set() if event.leg == "third-1" and event.kind is EventKind.LEG_JOINED else None)
    call = engine.offer(CITIZEN, hangs_up_after=3600)
    engine.answer(call)
    engine.add_party(call, LegId("third-1"), GAS)
    answered = joined.wait(10)
    engine.drop_party(call)
    engine.add_party(call, LegId("third-2"), HOTLINE)
    engine.cancel_add(call)
    engine.close()
    scheduler.call_later(0, joined.clear)

    assert answered
    assert not [thread for thread in threading.enumerate() if thread.name == "simulated-telephone"]
    assert joined.is_set()


def test_verbs_from_many_threads_lose_nothing() -> None:
    """
    Eight threads that ring and hang up at once leave every call ended and every change saved in its order.
    """
    world = SimulatedWorld()
    numbers = count(1)
    engine = SimulatedTelephony(lambda: NOON, lambda: f"id-{next(numbers)}", world.clock)
    saved: list[Call] = []
    desk = PhoneDesk(engine, lambda: NOON, saved.append)
    desk.start()

    def play() -> None:
        for _ in range(20):
            engine.citizen_hangs_up(engine.offer(CITIZEN))

    threads = [threading.Thread(target=play) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len({call.id for call in saved}) == 160
    assert all(call.state is CallState.ENDED for call in desk.calls())
    assert {call.id for call in saved if call.state is CallState.ENDED} == {call.id for call in saved}


def test_a_seat_leg_is_the_engines_own() -> None:
    """
    A verb for one leg never changes another: the seat's leg cannot be dialled.
    """
    world = SimulatedWorld()
    stage = Stage(world, PhoneDesk(world.engine, lambda: NOON, lambda _: None))
    stage.desk.start()
    call = stage.talking()
    world.engine.add_party(call, SEAT_LEG, HOTLINE)
    world.time_goes_by(call)

    assert stage.states(call) == [PartyState.JOINED, PartyState.JOINED]


def test_a_caller_who_gave_up_while_it_rang_is_called_back(stage: Stage) -> None:
    """
    Who hung up while it rang waits masked; the seat comes first, then the citizen, and who was reached waits no more.
    """
    missed = stage.missed()
    waiting = stage.desk.backs()
    stage.world.citizen_will(Ending.JOINED)
    call = stage.called_back()
    meanwhile, taken = stage.call(call), stage.desk.backs()
    stage.world.time_goes_by(call)

    assert [(back.call, back.tries, back.taken) for back in waiting] == [(missed, 0, False)]
    assert CITIZEN not in waiting[0].shown
    assert meanwhile.state is CallState.CALLING_BACK
    assert meanwhile.direction is CallDirection.OUTGOING
    assert meanwhile.back_of == missed
    assert meanwhile.caller_shown == CITIZEN
    assert meanwhile.seat.state is PartyState.JOINED
    assert [(back.taken, back.mine) for back in taken] == [(True, True)]
    assert stage.call(call).state is CallState.TALKING
    assert stage.desk.backs() == ()
    assert stage.call(call) in stage.saved


@pytest.mark.parametrize("ending", FAILURES)
def test_who_was_not_reached_waits_again(stage: Stage, ending: Ending) -> None:
    """
    Whoever is busy or does not answer waits on with one try more, the result is kept, and the next try may succeed.
    """
    stage.missed()
    stage.world.citizen_will(ending)
    call = stage.called_back()
    stage.world.time_goes_by(call)
    after = stage.desk.backs()
    stage.world.citizen_will(Ending.JOINED)
    again = stage.called_back()
    stage.world.time_goes_by(again)

    assert stage.call(call).ended_by is CallEnd.NOT_REACHED
    assert stage.call(call).citizen.ending is ending
    assert not stage.call(call).missed
    assert [(back.tries, back.taken) for back in after] == [(1, False)]
    assert stage.call(again).state is CallState.TALKING


def test_hanging_up_ends_a_call_back(stage: Stage) -> None:
    """
    A call-back that is given up while it dials is over, and a late answer changes nothing.
    """
    stage.missed()
    call = stage.called_back()
    stage.desk.end(call)
    stage.world.time_goes_by(call)

    assert stage.call(call).state is CallState.ENDED
    assert stage.call(call).citizen.ending is Ending.CANCELLED
    assert [back.tries for back in stage.desk.backs()] == [1]


def test_who_calls_again_waits_no_more(stage: Stage) -> None:
    """
    A caller who calls again leaves the queue.
    """
    stage.missed()
    stage.world.citizen_calls()

    assert stage.desk.backs() == ()


def test_a_withheld_number_is_not_called_back(stage: Stage) -> None:
    """
    Nobody waits in vain whose number nobody knows.
    """
    call = stage.world.citizen_calls("")
    stage.world.citizen_hangs_up(call)

    assert stage.desk.backs() == ()


def test_a_caller_cut_off_while_talking_waits_if_the_seat_says_so(stage: Stage) -> None:
    """
    A good-bye puts nobody in the queue; a seat whose form is not done keeps its caller, shares them, or settles it.
    """
    call = stage.talking()
    stage.world.citizen_hangs_up(call)
    after_goodbye = stage.desk.backs()
    stage.desk.wish_back(call, BackWish.KEEP)
    kept = stage.desk.backs()
    stage.desk.wish_back(call, BackWish.SHARE)
    shared = stage.desk.backs()
    stage.desk.wish_back(call, BackWish.SETTLE, "done")

    assert after_goodbye == ()
    assert [(back.call, back.mine, back.taken) for back in kept] == [(call, True, False)]
    assert [(back.call, back.mine, back.taken) for back in shared] == [(call, False, False)]
    assert stage.desk.backs() == ()


def test_nobody_is_called_back_while_the_seat_talks(stage: Stage) -> None:
    """
    While somebody is talked to a call-back is refused, by the desk and by the engine alike.
    """
    missed = stage.missed()
    stage.world.citizen_calls("19900005678")
    stage.desk.answer(stage.desk.ringing()[0].id)
    known = stage.desk.calls()
    with pytest.raises(IllegalAction):
        stage.desk.call_back(missed)
    stage.world.engine.call_back(missed)
    stage.settle()

    assert len(stage.desk.calls()) == len(known)
    assert [back.taken for back in stage.desk.backs()] == [False]


def test_the_queue_is_true_again_after_a_loss(stage: Stage) -> None:
    """
    After the engine was lost the queue holds who waits, and a call-back that went on is still there.
    """
    stage.missed()
    stage.world.citizen_will(Ending.JOINED)
    call = stage.called_back()
    stage.world.link(lost=True)
    stage.world.link(lost=False)
    dialling = stage.call(call).state, [back.taken for back in stage.desk.backs()]
    stage.world.time_goes_by(call)

    assert dialling == (CallState.CALLING_BACK, [True])
    assert stage.call(call).state is CallState.TALKING
    assert stage.desk.backs() == ()


def test_two_seats_share_one_queue(house: House) -> None:
    """
    Whom one seat takes no other can take, and once the caller is reached nobody sees them any more.
    """
    first, second = BridgeWorld(house), BridgeWorld(house, shares=True)
    desks = [PatientDesk(world, lambda: NOON, lambda _: None) for world in (first, second)]
    for desk in desks:
        desk.start()
    call = first.citizen_calls()
    first.citizen_hangs_up(call)
    second.settle()
    seen = [[back.taken for back in desk.backs()] for desk in desks]
    desks[0].call_back(call)
    second.settle()
    with pytest.raises(IllegalAction):
        desks[1].call_back(call)
    second.engine.call_back(call)
    second.settle()
    others = len(desks[1].calls())
    first.time_goes_by(call)
    second.settle()
    left = [desk.backs() for desk in desks]
    for world in (first, second):
        world.close()

    assert seen == [[False], [False]]
    assert others == 0
    assert desks[0].calls()[-1].state is CallState.TALKING
    assert left == [(), ()]


def test_a_seat_whose_desk_is_gone_keeps_nobody(house: House) -> None:
    """
    Whom a seat kept any seat may call once that seat's desk has been away for a while.
    """
    first, second = BridgeWorld(house), BridgeWorld(house, shares=True)
    desks = [PatientDesk(world, lambda: NOON, lambda _: None) for world in (first, second)]
    for desk in desks:
        desk.start()
    call = first.citizen_calls()
    desks[0].answer(call)
    first.citizen_hangs_up(call)
    desks[0].wish_back(call, BackWish.KEEP)
    second.settle()
    kept = [back.taken for back in desks[1].backs()]
    first.phone.set_seat_state(SeatState.NOT_READY, CONSOLE_AWAY)
    second.settle()
    free = [back.taken for back in desks[1].backs()]
    for world in (first, second):
        world.close()

    assert kept == [True]
    assert free == [False]
