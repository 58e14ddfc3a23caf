"""The phone desk: what it refuses, what it survives, what it keeps."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING

import pytest

from workstation.adapters.telephony_schedule import HandScheduler
from workstation.adapters.telephony_simulated import SimulatedTelephony
from workstation.desk.phone import PhoneDesk
from workstation.desk.phone_register import ENDED_CALLS_KEPT
from workstation.domain.call_event import CallEnd, EventKind, TelephonyEvent
from workstation.domain.call_log import FirstContact
from workstation.domain.call_number import DialTarget
from workstation.domain.call_party import SEAT_LEG, CallId, Ending, LegId
from workstation.domain.call_seat import SeatState
from workstation.domain.call_table import CallState
from workstation.domain.errors import IllegalAction, InvalidValue, Unavailable
from workstation.domain.identity import IncidentId

if TYPE_CHECKING:
    from workstation.domain.call import Call

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
HOTLINE = DialTarget("hotline", "12345", "12345")


class CutOff(SimulatedTelephony):
    """An engine whose link breaks without its having said so."""

    cut = False

    def add_party(self, call: CallId, leg: LegId, line: DialTarget) -> None:
        """Dial unless the link is cut."""
        if self.cut:
            raise Unavailable("cut")
        super().add_party(call, leg, line)

    def set_seat_state(self, state: SeatState, reason: str) -> None:
        """Tell the queue unless the link is cut."""
        if self.cut:
            raise Unavailable("cut")
        super().set_seat_state(state, reason)


@pytest.fixture
def clock() -> HandScheduler:
    return HandScheduler(NOON)


@pytest.fixture
def engine(clock: HandScheduler) -> CutOff:
    ids = count(1)
    return CutOff(clock.now, lambda: f"id-{next(ids)}", clock)


@pytest.fixture
def saved() -> list[Call]:
    return []


@pytest.fixture
def desk(engine: CutOff, clock: HandScheduler, saved: list[Call]) -> PhoneDesk:
    desk = PhoneDesk(engine, clock.now, saved.append)
    desk.start()
    return desk


@pytest.fixture
def call(engine: CutOff, desk: PhoneDesk) -> CallId:
    """Return a call that is talked in."""
    call = engine.offer("19900001234")
    desk.answer(call)
    return call


def test_an_engine_that_cannot_be_asked_fails_the_party(desk: PhoneDesk, engine: CutOff, call: CallId) -> None:
    """
    If the link breaks while a party is added, the citizen stays and the party is shown as unreachable.
    """
    engine.cut = True
    with pytest.raises(Unavailable):
        desk.add_party(call, HOTLINE)

    assert desk.call(call).state is CallState.TALKING
    assert desk.call(call).parties[2].ending is Ending.UNREACHABLE


def test_the_queue_is_told_again_when_it_is_back(desk: PhoneDesk, engine: CutOff) -> None:
    """
    A seat that became ready while the link was down is ready in the queue when it is up.
    """
    engine.cut = True
    desk.go_ready()
    seen = engine.seat_state
    engine.cut = False
    engine.lose_link()
    engine.find_link()

    assert seen is SeatState.NOT_READY
    assert engine.seat_state is SeatState.READY


def test_not_ready_needs_a_reason(desk: PhoneDesk) -> None:
    """
    Not ready without a reason is refused, and with one it is shown.
    """
    with pytest.raises(InvalidValue):
        desk.go_not_ready("")
    desk.go_not_ready("training")

    assert desk.seat.reason == "training"


def test_a_call_is_declared_over_only_without_the_engine(
    desk: PhoneDesk, engine: CutOff, call: CallId, saved: list[Call]
) -> None:
    """
    While the engine is lost a call can be noted as over; if the engine still has it, it comes back.
    """
    with pytest.raises(IllegalAction, match="engine_is_up"):
        desk.declare_over(call)
    engine.lose_link()
    desk.declare_over(call)
    declared = desk.call(call)
    engine.find_link()

    assert declared.ended_by is CallEnd.DECLARED
    assert declared in saved
    assert desk.call(call).state is CallState.TALKING


def test_what_the_call_taker_notes_is_kept(desk: PhoneDesk, call: CallId, saved: list[Call]) -> None:
    """
    The incident and the answer to who keeps the matter are part of the call, and saved.
    """
    desk.attach(call, IncidentId("incident-1"))
    desk.agree(call, FirstContact.THIRD_TAKES)

    assert saved[-1].incident_id == "incident-1"
    assert saved[-1].first_contact is FirstContact.THIRD_TAKES


def test_a_hang_up_pressed_too_slowly_starts_again(desk: PhoneDesk, clock: HandScheduler, call: CallId) -> None:
    """
    Presses more than three seconds apart, or for different calls, do not add up.
    """
    presses = [desk.press_hang_up(call)]
    clock.turn(3.1)
    presses.append(desk.press_hang_up(call))
    clock.turn(2)
    presses.append(desk.press_hang_up(call))

    assert presses == [False, False, True]
    with pytest.raises(IllegalAction):
        desk.press_hang_up(call)


def test_presses_for_two_calls_do_not_add_up(desk: PhoneDesk, engine: CutOff, call: CallId) -> None:
    """
    One press for a held call and one for the current one hang up neither.
    """
    desk.hold(call)
    second = engine.offer("19900005678")
    desk.answer(second)

    assert [desk.press_hang_up(call), desk.press_hang_up(second)] == [False, False]


def test_garbage_from_the_engine_is_survived(desk: PhoneDesk, call: CallId, saved: list[Call]) -> None:
    """
    Events of unknown calls, unknown legs, no call at all or the past neither raise nor change anything.
    """
    before = list(saved)
    report = desk._register.apply
    for event in (
        TelephonyEvent(EventKind.LEG_JOINED, NOON, CallId("nowhere"), SEAT_LEG),
        TelephonyEvent(EventKind.CALL_OFFERED, NOON),
        TelephonyEvent(EventKind.LEG_LEFT, NOON, call, LegId("third-9")),
        TelephonyEvent(EventKind.LEG_RINGING, NOON, call, SEAT_LEG),
        TelephonyEvent(EventKind.CALL_OFFERED, NOON - timedelta(hours=1), call),
    ):
        report(event)

    assert saved == before


def test_live_calls_of_the_last_run_are_known(engine: CutOff, desk: PhoneDesk, call: CallId) -> None:
    """
    A desk that is opened anew goes on with the calls that the engine still has, their log and form included.
    """
    desk.attach(call, IncidentId("form-1"))
    kept = {call: desk.call(call), CallId("of-yesterday"): desk.call(call)}
    anew = PhoneDesk(engine, lambda: NOON, lambda _: None, kept.get)
    anew.start()

    assert [it.id for it in anew.calls()] == [call]
    assert anew.call(call).incident_id == "form-1"
    assert anew.call(call).log[: len(kept[call].log)] == kept[call].log
    assert anew.call(call).state is CallState.TALKING


def test_a_call_of_the_last_run_that_ended_meanwhile_is_over(engine: CutOff, desk: PhoneDesk, call: CallId) -> None:
    """
    The end of a call that a desk missed while it was closed is kept with its form, once; nobody else's end is.
    """
    desk.attach(call, IncidentId("form-1"))
    kept = {call: desk.call(call)}
    engine.end(call)
    saved: list[Call] = []
    anew = PhoneDesk(engine, lambda: NOON, saved.append, kept.get)
    anew.start()
    report = anew._register.apply
    for id in (call, call, CallId("of-somebody-else")):
        report(TelephonyEvent(EventKind.CALL_GONE, NOON, id, end=CallEnd.CITIZEN))

    assert [(it.id, it.ended_by, it.incident_id) for it in saved] == [(call, CallEnd.CITIZEN, "form-1")]
    assert anew.call(call).ended_at == NOON


def test_ended_calls_are_forgotten_in_time(desk: PhoneDesk, engine: CutOff, call: CallId) -> None:
    """
    After a long shift only the latest ended calls are kept, and never one that is live is dropped.
    """
    for _ in range(ENDED_CALLS_KEPT + 50):
        engine.citizen_hangs_up(engine.offer())
    latest = engine.offer()

    assert len(desk.calls()) == ENDED_CALLS_KEPT + 2
    assert desk.call(call).state is CallState.TALKING
    assert desk.ringing()[0].id == latest


def test_watchers_hear_of_the_seat_and_the_engine(desk: PhoneDesk, engine: CutOff) -> None:
    """
    Whoever watches is told when the seat's state or the engine's changes.
    """
    heard: list[bool] = []
    desk.watch(lambda _: None, lambda: heard.append(desk.engine_up))
    desk.go_ready()
    engine.lose_link()
    engine.find_link()

    assert heard == [True, False, True]
