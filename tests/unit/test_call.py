"""The call: its table, its parties, its log, its numbers and the seat."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from workstation.domain.call import Call
from workstation.domain.call_delivery import Delivery
from workstation.domain.call_event import CallEnd, EventKind, TelephonyEvent
from workstation.domain.call_log import CallDirection, FirstContact
from workstation.domain.call_manual import MANUAL_STEPS, ManualStep, instruction, to_do
from workstation.domain.call_number import LONGEST_NUMBER, DialTarget, check_number, target
from workstation.domain.call_party import CITIZEN_LEG, SEAT_LEG, CallId, Ending, LegId, PartyState
from workstation.domain.call_queue import current, engaged, held, in_the_way, missed, ringing
from workstation.domain.call_seat import HANG_UP_WINDOW, Seat, SeatAction, SeatState, hang_up_confirmed
from workstation.domain.call_table import CALL_TRANSITIONS, CallAction, CallState
from workstation.domain.directory import Line, LineKind
from workstation.domain.errors import IllegalAction, InvalidValue
from workstation.domain.identity import IncidentId
from workstation.domain.privacy import PersonName, Phone

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
ID = CallId("019ab000-0000-7000-8000-000000000001")
THIRD = LegId("third-1")
HOTLINE = DialTarget("hotline", "12345", "12345")
FAILURES = [ending for ending in Ending if ending is not Ending.JOINED]


NO_LEG = LegId("")


def event(kind: EventKind, leg: LegId = NO_LEG, seconds: float = 0, **facts: Any) -> TelephonyEvent:
    """Return an event of the call under test."""
    return replace(TelephonyEvent(kind, NOON + timedelta(seconds=seconds), ID, leg), **facts)


def offer() -> Call:
    return Call.offered_by(event(EventKind.CALL_OFFERED, number=Phone("19900001234"), person=PersonName("王女士")))


def talk() -> Call:
    return offer().apply(event(EventKind.LEG_JOINED, SEAT_LEG, 5))


def adding() -> Call:
    return talk().take(CallAction.ADD_PARTY, NOON, HOTLINE)


def conference() -> Call:
    return adding().apply(event(EventKind.LEG_RINGING, THIRD, 6)).apply(event(EventKind.LEG_JOINED, THIRD, 10))


def on_hold(call: Call) -> Call:
    return call.apply(event(EventKind.HOLD_CHANGED, CITIZEN_LEG, 20, on=True))


def muted(call: Call) -> Call:
    return call.apply(event(EventKind.MUTE_CHANGED, SEAT_LEG, 20, on=True))


def alone() -> Call:
    return conference().apply(event(EventKind.LEG_LEFT, SEAT_LEG, 30))


def back() -> Call:
    """Return a call-back whose citizen does not answer yet."""
    offered = Call.offered_by(event(EventKind.CALL_OFFERED, number=Phone("19900001234"), back=CallId("call-0")))
    return offered.apply(event(EventKind.LEG_JOINED, SEAT_LEG, 2))


CALLS: dict[CallState, list[Call]] = {
    CallState.RINGING: [offer()],
    CallState.CLAIMED: [offer().apply(event(EventKind.CALL_CLAIMED))],
    CallState.CALLING_BACK: [back(), back().apply(event(EventKind.LEG_RINGING, CITIZEN_LEG, 3))],
    CallState.TALKING: [talk(), muted(talk())],
    CallState.HELD: [on_hold(talk()), on_hold(muted(talk()))],
    CallState.ADDING: [adding(), on_hold(adding()), muted(adding())],
    CallState.CONFERENCED: [conference(), muted(conference())],
    CallState.PRIVATE: [on_hold(conference()), muted(on_hold(conference()))],
    CallState.HANDED_OVER: [alone()],
    CallState.RINGING_BACK: [talk().apply(event(EventKind.LEG_LEFT, SEAT_LEG, 30))],
    CallState.ENDED: [talk().apply(event(EventKind.CALL_GONE, end=CallEnd.SEAT))],
}

DONE: dict[CallAction, TelephonyEvent] = {
    CallAction.CLAIM: event(EventKind.CALL_CLAIMED),
    CallAction.ANSWER: event(EventKind.LEG_JOINED, SEAT_LEG),
    CallAction.REJOIN: event(EventKind.LEG_JOINED, SEAT_LEG),
    CallAction.HOLD: event(EventKind.HOLD_CHANGED, CITIZEN_LEG, on=True),
    CallAction.RESUME: event(EventKind.HOLD_CHANGED, CITIZEN_LEG),
    CallAction.MUTE: event(EventKind.MUTE_CHANGED, SEAT_LEG, on=True),
    CallAction.UNMUTE: event(EventKind.MUTE_CHANGED, SEAT_LEG),
    CallAction.ADD_PARTY: event(EventKind.LEG_RINGING, THIRD),
    CallAction.TRANSFER: event(EventKind.LEG_RINGING, THIRD),
    CallAction.CANCEL_ADD: event(EventKind.LEG_FAILED, THIRD, ending=Ending.CANCELLED),
    CallAction.DROP_PARTY: event(EventKind.LEG_LEFT, THIRD),
    CallAction.LEAVE: event(EventKind.LEG_LEFT, SEAT_LEG),
    CallAction.END: event(EventKind.CALL_GONE, end=CallEnd.SEAT),
}


@pytest.mark.parametrize("state", CallState)
@pytest.mark.parametrize("action", CallAction)
def test_the_table_is_the_law(state: CallState, action: CallAction) -> None:
    """
    In every state every action is either refused, or leads, once the engine has done it, where the table says.
    """
    for call in CALLS[state]:
        assert call.state is state
        if action not in call.offered():
            with pytest.raises(IllegalAction):
                call.take(action, NOON, HOTLINE)
            continue
        asked = call.take(action, NOON, HOTLINE)
        after = asked.apply(DONE[action])

        assert after.state is CALL_TRANSITIONS[state, action] or call.citizen.held
        assert asked.citizen == call.citizen


def test_every_row_of_the_table_can_be_walked() -> None:
    """
    No row of the table is dead: for each there is a call that offers it.
    """
    walked = {(state, action) for state, calls in CALLS.items() for call in calls for action in call.offered()}

    assert walked == set(CALL_TRANSITIONS)


def test_identity_is_shown_only_after_the_claim() -> None:
    """
    A ringing call shows a masked number and no name; the claim shows both; no print of a call ever does.
    """
    call = offer()
    claimed = call.apply(event(EventKind.CALL_CLAIMED))

    assert call.caller_shown == "199****34"
    assert not call.caller_name_shown
    assert claimed.caller_shown == "19900001234"
    assert claimed.caller_name_shown == "王女士"
    assert "19900001234" not in repr(claimed)
    assert "王女士" not in repr(claimed)
    assert claimed.apply(event(EventKind.CALL_CLAIMED, seconds=9)) is claimed


@pytest.mark.parametrize("ending", FAILURES)
@pytest.mark.parametrize("start", [talk(), on_hold(talk()), muted(talk())])
def test_a_failed_add_never_touches_the_citizen(start: Call, ending: Ending) -> None:
    """
    However adding a party fails, citizen and seat are where they were, and a next attempt has a leg of its own.
    """
    call = start.take(CallAction.ADD_PARTY, NOON, HOTLINE)
    call = call.apply(event(EventKind.LEG_FAILED, THIRD, 8, ending=ending))

    assert call.parties[:2] == start.parties
    assert call.state is start.state
    assert call.parties[2].ending is ending
    assert call.parties[2].state is PartyState.FAILED
    assert call.third is None
    assert call.next_leg == "third-2"
    assert call.log[-1].ending is ending


def test_failing_without_a_believable_reason_is_unreachable() -> None:
    """
    A leg that failed for no reason, "because it joined", or that left while it rang, counts as unreachable.
    """
    for news in (
        event(EventKind.LEG_FAILED, THIRD),
        event(EventKind.LEG_FAILED, THIRD, ending=Ending.JOINED),
        event(EventKind.LEG_LEFT, THIRD),
    ):
        assert adding().apply(news).parties[2].ending is Ending.UNREACHABLE


def test_a_line_with_nothing_to_dial_fails_at_once() -> None:
    """
    A directory entry without number and endpoint ends as not configured, and the call goes on.
    """
    call = talk().take(CallAction.ADD_PARTY, NOON, DialTarget("gas", "燃气"))

    assert call.parties[2].ending is Ending.NOT_CONFIGURED
    assert call.state is CallState.TALKING


def test_adding_needs_a_line() -> None:
    """
    Adding a party without saying which is refused.
    """
    with pytest.raises(IllegalAction, match="no_line"):
        talk().take(CallAction.ADD_PARTY, NOON)


@pytest.mark.parametrize("state", [CallState.ADDING, CallState.CONFERENCED, CallState.PRIVATE, CallState.HANDED_OVER])
def test_no_second_three_way_while_one_lives(state: CallState) -> None:
    """
    While a third party is in the call or on its way, no other can be added.
    """
    for call in CALLS[state]:
        assert not {CallAction.ADD_PARTY, CallAction.TRANSFER} & set(call.offered())


def test_leaving_needs_a_third_party_that_hears() -> None:
    """
    The seat may leave only when the third party has joined and is not itself on hold.
    """
    third_on_hold = conference().apply(event(EventKind.HOLD_CHANGED, THIRD, on=True))

    assert CallAction.LEAVE in conference().offered()
    assert CallAction.LEAVE not in adding().offered()
    assert third_on_hold.third is not None
    assert third_on_hold.third.state is PartyState.HELD
    assert CallAction.LEAVE not in third_on_hold.offered()


def test_the_citizen_leaving_ends_the_rest() -> None:
    """
    When the citizen hangs up everybody is out, and who was only ringing counts as cancelled.
    """
    for call in (talk(), adding(), conference(), alone(), on_hold(conference())):
        over = call.apply(event(EventKind.LEG_LEFT, CITIZEN_LEG, 60))

        assert over.state is CallState.ENDED
        assert over.ended_by is CallEnd.CITIZEN
        assert not any(party.alive for party in over.parties)
        assert not over.offered()
        assert over.log[-1].present == ()
    assert adding().apply(event(EventKind.LEG_LEFT, CITIZEN_LEG)).parties[2].ending is Ending.CANCELLED


def test_an_abandoned_citizen_rings_the_seat_back() -> None:
    """
    When the third party is lost after the seat left, the seat rings, and answering brings both together again.
    """
    call = alone().apply(event(EventKind.LEG_LEFT, THIRD, 40))

    assert call.state is CallState.RINGING_BACK
    assert call.seat.state is PartyState.RINGING
    assert call.seat.since == NOON + timedelta(seconds=40)
    assert call.citizen.present
    assert call.offered() == (CallAction.ANSWER,)
    assert call.apply(event(EventKind.LEG_JOINED, SEAT_LEG, 42)).state is CallState.TALKING


def test_a_seat_lost_while_the_third_party_rings() -> None:
    """
    If the seat's phone dies while a third party rings, the citizen waits for whoever comes first.
    """
    call = adding().apply(event(EventKind.LEG_LEFT, SEAT_LEG, 7))

    assert call.state is CallState.HANDED_OVER
    assert call.apply(event(EventKind.LEG_JOINED, THIRD, 8)).state is CallState.HANDED_OVER
    assert call.apply(event(EventKind.LEG_FAILED, THIRD, 8)).state is CallState.RINGING_BACK


def test_a_call_back_is_the_seats_until_the_citizen_is_there() -> None:
    """
    A call-back shows its number at once, is never a missed call, and is talking when the citizen answers.
    """
    call = back()
    answered = call.apply(event(EventKind.LEG_JOINED, CITIZEN_LEG, 9))
    busy = call.apply(event(EventKind.LEG_FAILED, CITIZEN_LEG, 9, ending=Ending.BUSY))

    assert call.caller_shown == "19900001234"
    assert call.direction is CallDirection.OUTGOING
    assert call.offered() == (CallAction.END,)
    assert answered.state is CallState.TALKING
    assert answered.off_hook_at == NOON + timedelta(seconds=2)
    assert busy.ended_by is CallEnd.NOT_REACHED
    assert busy.citizen.ending is Ending.BUSY
    assert not busy.missed


def test_parties_show_who_can_hear_whom() -> None:
    """
    Held, muted and private are shown per party, dated when they began, and mute survives a private consultation.
    """
    call = muted(on_hold(conference()))
    back = call.apply(event(EventKind.HOLD_CHANGED, CITIZEN_LEG, 50))
    open_again = back.apply(event(EventKind.MUTE_CHANGED, SEAT_LEG, 51))

    assert [party.state for party in call.parties] == [PartyState.HELD, PartyState.MUTED, PartyState.PRIVATE]
    assert [party.state for party in back.parties] == [PartyState.JOINED, PartyState.MUTED, PartyState.JOINED]
    assert back.parties[2].since == NOON + timedelta(seconds=50)
    assert open_again.seat.state is PartyState.JOINED
    assert open_again.offered()[0] is CallAction.HOLD


def test_three_formal_times() -> None:
    """
    Queued, off-hook and on-hook are kept; off-hook is the first, and a seat that comes back is off the hook again.
    """
    picked_up = offer().apply(event(EventKind.LEG_ANSWERED, SEAT_LEG, 4))
    returned = alone().apply(event(EventKind.LEG_JOINED, SEAT_LEG, 40))
    over = returned.apply(event(EventKind.CALL_GONE, seconds=50, end=CallEnd.SEAT))
    later = alone().apply(event(EventKind.LEG_RINGING, SEAT_LEG, 45)).apply(event(EventKind.CALL_GONE, seconds=70))

    assert picked_up.off_hook_at == NOON + timedelta(seconds=4)
    assert picked_up.claimed
    assert returned.queued_at == NOON
    assert returned.off_hook_at == NOON + timedelta(seconds=5)
    assert returned.on_hook_at is None
    assert over.on_hook_at == NOON + timedelta(seconds=50)
    assert later.on_hook_at == NOON + timedelta(seconds=30)
    assert later.ended_by is CallEnd.CITIZEN


def test_a_missed_call() -> None:
    """
    A call is missed when the citizen gave up before an answer, not when another seat was faster.
    """
    given_up = offer().apply(event(EventKind.LEG_LEFT, CITIZEN_LEG, 9))
    elsewhere = offer().apply(event(EventKind.CALL_GONE, seconds=9, end=CallEnd.CLAIMED_ELSEWHERE))

    assert given_up.missed
    assert given_up.off_hook_at is None
    assert given_up.on_hook_at is None
    assert not elsewhere.missed
    assert not talk().apply(event(EventKind.LEG_LEFT, CITIZEN_LEG, 9)).missed


def test_the_log_says_who_was_there_when() -> None:
    """
    The log only grows, and each line says who is in the call from then on.
    """
    call = alone()

    assert [(note.what, note.present) for note in call.log] == [
        ("call_offered", ("citizen",)),
        ("leg_joined", ("citizen", "seat")),
        ("add_party", ("citizen", "seat")),
        ("leg_ringing", ("citizen", "seat")),
        ("leg_joined", ("citizen", "seat", "third-1")),
        ("leg_left", ("citizen", "third-1")),
    ]


def test_recordings_belong_to_the_call() -> None:
    """
    The first recording is the call's; a second one is kept too; news without an id only says on or off.
    """
    call = talk().apply(event(EventKind.RECORDING_STARTED, recording="rec-1"))
    again = call.apply(event(EventKind.RECORDING_STARTED, recording="rec-2")).apply(
        event(EventKind.RECORDING_STARTED, recording="rec-1")
    )
    stopped = again.apply(event(EventKind.RECORDING_STOPPED))

    assert not talk().recording_id
    assert call.recording_id == "rec-1"
    assert call.recording_on
    assert again.recordings == ("rec-1", "rec-2")
    assert not stopped.recording_on
    assert stopped.recordings == again.recordings


def test_first_contact_is_due_after_a_consultation() -> None:
    """
    Who keeps the matter must be said once the seat is out of a three-way call, and only then.
    """
    settled = alone().agreed(FirstContact.WE_KEEP, NOON)

    assert alone().first_contact_due
    assert not conference().first_contact_due
    assert not talk().apply(event(EventKind.CALL_GONE)).first_contact_due
    assert not settled.first_contact_due
    assert settled.log[-1].what == "we_keep"


def test_a_call_belongs_to_an_incident() -> None:
    """
    The incident is noted in the call and changes nothing else.
    """
    call = talk().for_incident(IncidentId("i1"))

    assert call.incident_id == "i1"
    assert replace(call, incident_id=IncidentId("")) == talk()


def test_old_and_odd_news_changes_nothing() -> None:
    """
    News that repeats, comes late or cannot be leaves the call as it is.
    """
    call = conference().apply(event(EventKind.LEG_LEFT, THIRD, 20))
    for news in (
        event(EventKind.CALL_OFFERED),
        event(EventKind.LEG_JOINED, THIRD, 21),
        event(EventKind.LEG_RINGING, THIRD, 21),
        event(EventKind.LEG_FAILED, THIRD, 21, ending=Ending.BUSY),
        event(EventKind.HOLD_CHANGED, THIRD, 21, on=True),
        event(EventKind.MUTE_CHANGED, THIRD, 21, on=True),
        event(EventKind.LEG_RINGING, SEAT_LEG, 21),
        event(EventKind.LEG_RINGING, CITIZEN_LEG, 21),
        event(EventKind.LEG_JOINED, CITIZEN_LEG, 21),
        event(EventKind.LEG_ANSWERED, SEAT_LEG, 21),
    ):
        assert call.apply(news) is call
    assert offer().apply(event(EventKind.LEG_LEFT, SEAT_LEG)).state is CallState.RINGING


def test_news_of_other_calls_is_refused() -> None:
    """
    An event of another call, or for a call that is over, is an error of its sender.
    """
    over = talk().apply(event(EventKind.CALL_GONE))
    with pytest.raises(IllegalAction, match="not_this_call"):
        talk().apply(event(EventKind.CALL_GONE, call=CallId("another")))
    with pytest.raises(IllegalAction, match="not_this_call"):
        over.apply(event(EventKind.LEG_JOINED, SEAT_LEG))


def test_a_third_party_who_was_taken_for_unreachable_is_in_after_all() -> None:
    """
    An engine that was lost while it dialled is believed when it says who is in the call, unless another is by then.
    """
    given_up = adding().apply(event(EventKind.LEG_FAILED, THIRD, 9, ending=Ending.UNREACHABLE))
    in_after_all = given_up.apply(event(EventKind.LEG_JOINED, THIRD, 11))
    again = given_up.take(CallAction.ADD_PARTY, NOON, HOTLINE)
    cancelled = adding().apply(event(EventKind.LEG_FAILED, THIRD, 9, ending=Ending.CANCELLED))

    assert in_after_all.state is CallState.CONFERENCED
    assert in_after_all.third is not None
    assert in_after_all.third.ending is Ending.JOINED
    assert again.apply(event(EventKind.LEG_JOINED, THIRD, 11)) == again
    assert cancelled.apply(event(EventKind.LEG_JOINED, THIRD, 11)) == cancelled


def test_a_third_party_that_this_desk_did_not_add() -> None:
    """
    An engine that knows of a third party is believed, unless there is one already or nobody is named.
    """
    call = talk().apply(event(EventKind.LEG_JOINED, LegId("third-9"), name="12345"))

    assert call.state is CallState.CONFERENCED
    assert call.parties[2].name == "12345"
    for start, news in (
        (conference(), event(EventKind.LEG_JOINED, LegId("third-9"))),
        (talk(), event(EventKind.LEG_JOINED)),
        (talk(), event(EventKind.LEG_LEFT, LegId("third-9"))),
    ):
        with pytest.raises(IllegalAction, match="unknown_leg"):
            start.apply(news)


def test_a_call_declared_over_comes_back() -> None:
    """
    An engine that returns and still has a call that was declared over without it is believed, leg by leg.
    """
    first = conference().apply(event(EventKind.LEG_LEFT, THIRD, 20))
    again = first.take(CallAction.ADD_PARTY, NOON, HOTLINE).apply(event(EventKind.LEG_JOINED, LegId("third-2"), 25))
    over = again.apply(event(EventKind.CALL_GONE, seconds=30, end=CallEnd.DECLARED))
    back = over.apply(event(EventKind.CALL_OFFERED, seconds=40))
    seat = back.apply(event(EventKind.LEG_JOINED, SEAT_LEG, 40))

    assert over.state is CallState.ENDED
    assert back.parties[2].state is PartyState.LEFT
    assert seat.state is CallState.ADDING
    assert seat.apply(event(EventKind.LEG_JOINED, LegId("third-2"), 40)).state is CallState.CONFERENCED
    assert seat.off_hook_at == over.off_hook_at


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "phone_empty"),
        ("  ", "phone_empty"),
        ("12", "phone_too_short"),
        ("1" * (LONGEST_NUMBER + 1), "phone_too_long"),
        ("x" * 100, "phone_letters"),
        ("0632 5550 100", "phone_characters"),
        ("0632-5550100-801", "phone_extension"),
        ("5550100 ext 12", "phone_extension"),
        ("5550100,12", "phone_extension"),
        ("5550100转12", "phone_extension"),
        ("gas", "phone_letters"),
        ("燃气12345", "phone_letters"),
        ("119@evil", "phone_characters"),
        ("119\r\nBYE", "phone_characters"),
        ("119\n", "phone_characters"),
        ("${EXTEN}", "phone_characters"),
        ("*72119", "phone_characters"),
        ("110;119", "phone_characters"),
        ("１１９", "phone_characters"),
        ("119+", "phone_characters"),
        ("++119", "phone_characters"),
        ("0632-5550100", "phone_characters"),
    ],
)
def test_numbers_that_are_never_dialled(text: str, problem: str) -> None:
    """
    A number that is not plain digits is refused with a code that says why, and never mended.
    """
    with pytest.raises(InvalidValue) as refused:
        check_number(text)

    assert refused.value.problem == problem
    if text:
        with pytest.raises(InvalidValue):
            DialTarget("line", "name", text)


@pytest.mark.parametrize("text", ["119", "12345", "06325550100", "+8606325550100", "1" * LONGEST_NUMBER])
def test_numbers_that_are_dialled(text: str) -> None:
    """
    Short codes, landlines and mobiles are dialled exactly as they are written.
    """
    assert check_number(text) == text
    assert DialTarget("line", number=text).configured


def test_an_endpoint_is_a_plain_name() -> None:
    """
    A line's endpoint may be configured instead of a number, and holds nothing that an engine might interpret.
    """
    assert DialTarget("line", endpoint="gov").configured
    assert not DialTarget("line").configured
    with pytest.raises(InvalidValue):
        DialTarget("line", endpoint="PJSIP/gov&PJSIP/evil")


def test_a_line_of_the_directory_is_dialled_as_it_is_written() -> None:
    """
    A directory entry gives its number without the printed hyphen, endpoint and ring time, or its backup number.
    """
    line = Line("gas", LineKind.GAS, "燃气", "06325550100", "370400", "06325550101", ring_seconds=20, endpoint="gas")

    assert target(line) == DialTarget("gas", "燃气", "06325550100", "gas", 20)
    assert target(line, backup=True) == DialTarget("gas", "燃气", "06325550101", ring_timeout=20)
    assert target(replace(line, number="0632-5550100")).number == "06325550100"
    assert not target(replace(line, number="", endpoint="")).configured
    for wrong in ("119@evil", "0632-5550100-1", "1-1990000"):
        with pytest.raises(InvalidValue):
            target(replace(line, number=wrong))


def seat(state: SeatState = SeatState.NOT_READY) -> Seat:
    ready = Seat(since=NOON).take(SeatAction.GO_READY, NOON)
    return {
        SeatState.NOT_READY: Seat(since=NOON),
        SeatState.READY: ready,
        SeatState.TALKING: ready.take(SeatAction.START_TALKING, NOON),
        SeatState.WRAP_UP: ready.take(SeatAction.START_TALKING, NOON).take(SeatAction.STOP_TALKING, NOON),
    }[state]


def test_wrap_up_lasts_until_the_form_is_done() -> None:
    """
    After a call the seat is ready again only when the form is closed or parked, at once if that was done before.
    """
    wrap_up = seat(SeatState.WRAP_UP)
    early = seat(SeatState.TALKING).take(SeatAction.FINISH_FORM, NOON)

    assert wrap_up.state is SeatState.WRAP_UP
    assert wrap_up.take(SeatAction.FINISH_FORM, NOON).state is SeatState.READY
    assert early.state is SeatState.TALKING
    assert early.take(SeatAction.STOP_TALKING, NOON).state is SeatState.READY
    assert wrap_up.take(SeatAction.START_TALKING, NOON).state is SeatState.TALKING


def test_not_ready_can_be_chosen_beforehand() -> None:
    """
    A seat that talks or wraps up may say that it will not be ready; it goes there when call and form are done.
    """
    later = NOON + timedelta(minutes=1)
    wanted = seat(SeatState.TALKING).take(SeatAction.GO_NOT_READY, later, "tea")
    wrap_up = wanted.take(SeatAction.STOP_TALKING, later)

    assert wanted.state is SeatState.TALKING
    assert wanted.since == NOON
    assert wrap_up.since == later
    assert wrap_up.take(SeatAction.FINISH_FORM, later).state is SeatState.NOT_READY
    assert wrap_up.take(SeatAction.FINISH_FORM, later).reason == "tea"
    assert wrap_up.take(SeatAction.GO_READY, later).take(SeatAction.FINISH_FORM, later).state is SeatState.READY


def test_the_seat_refuses() -> None:
    """
    Not ready needs a reason that fits, and a seat that does not talk cannot stop talking.
    """
    for reason, problem in ((" ", "empty"), ("x" * 61, "too_long")):
        with pytest.raises(InvalidValue, match=problem):
            seat().take(SeatAction.GO_NOT_READY, NOON, reason)
    with pytest.raises(IllegalAction):
        seat().take(SeatAction.STOP_TALKING, NOON)


def test_hanging_up_needs_two_presses_close_together() -> None:
    """
    Only a second press within three seconds hangs up; a clock that was set back does not.
    """
    assert not hang_up_confirmed(None, NOON)
    assert hang_up_confirmed(NOON, NOON + HANG_UP_WINDOW)
    assert not hang_up_confirmed(NOON, NOON + HANG_UP_WINDOW + timedelta(milliseconds=1))
    assert not hang_up_confirmed(NOON, NOON - timedelta(seconds=1))


def test_calls_on_hold_take_turns() -> None:
    """
    Of several citizens on hold the one who waits longest comes first, whoever called first.
    """
    early = talk().apply(event(EventKind.HOLD_CHANGED, CITIZEN_LEG, 90, on=True))
    late = replace(talk(), id=CallId("2"), queued_at=NOON + timedelta(seconds=9))
    heard = late
    late = late.apply(event(EventKind.HOLD_CHANGED, CITIZEN_LEG, 60, call=CallId("2"), on=True))

    assert held([early, late]) == (late, early)
    assert current([early, late]) == late
    assert held([early, heard]) == (early,)
    assert current([early, heard]) == heard


def test_the_seats_calls_are_told_apart() -> None:
    """
    The call that is heard is the current one; others ring, wait or were missed, and none of them can cut it off.
    """
    first = talk()
    second = replace(offer(), id=CallId("2"), queued_at=NOON + timedelta(seconds=9))
    gone = replace(offer(), id=CallId("3")).apply(event(EventKind.LEG_LEFT, CITIZEN_LEG, call=CallId("3")))
    calls = [gone, second, first]

    assert current(calls) == first
    assert current([second, gone]) is None
    assert ringing(calls) == (second,)
    assert missed(calls) == (gone,)
    assert engaged(calls)
    assert not engaged([second, gone])
    assert in_the_way(calls, second.id, CallAction.ANSWER)
    assert not in_the_way(calls, second.id, CallAction.CLAIM)
    assert not in_the_way(calls, first.id, CallAction.ANSWER)
    assert not in_the_way([on_hold(first), second], second.id, CallAction.ANSWER)


def test_by_hand_every_verb_has_its_steps() -> None:
    """
    For each verb there is something to press, and adding a party shows the number to dial.
    """
    shown = instruction(CallAction.ADD_PARTY, HOTLINE)

    assert set(MANUAL_STEPS) == set(CallAction)
    assert shown.number == "12345"
    assert ManualStep.REPORT_RESULT in shown.steps
    assert instruction(CallAction.HOLD).steps == (ManualStep.PRESS_HOLD,)


def test_by_hand_the_next_steps_follow_from_the_call() -> None:
    """
    What is to be done at the desk phone follows from what was asked for and what became of it.
    """
    failed = adding().apply(event(EventKind.LEG_FAILED, THIRD, 9, ending=Ending.BUSY))
    unknown = talk().take(CallAction.ADD_PARTY, NOON, DialTarget("heat", "heat"))
    over = talk().take(CallAction.TRANSFER, NOON, HOTLINE).apply(event(EventKind.LEG_JOINED, THIRD, 9))
    over = over.apply(event(EventKind.LEG_LEFT, SEAT_LEG, 9))
    gone = event(EventKind.CALL_GONE, NO_LEG, 9, end=CallEnd.CITIZEN)
    soon = NOON + timedelta(seconds=10)

    assert to_do(adding(), soon) == instruction(CallAction.ADD_PARTY, HOTLINE)
    assert to_do(offer(), soon) == instruction(CallAction.ANSWER)
    assert to_do(talk().take(CallAction.HOLD, NOON), soon) == instruction(CallAction.HOLD)
    assert to_do(failed, soon) == instruction(CallAction.CANCEL_ADD)
    assert to_do(over, soon) == instruction(CallAction.LEAVE)
    assert to_do(adding().apply(gone), soon) == instruction(CallAction.END)
    assert [to_do(call, soon) for call in (talk(), conference(), unknown, offer().apply(gone))] == [None] * 4


def test_by_hand_a_ring_and_a_number_stay_until_they_are_told_of() -> None:
    """
    A key to press is said for a while only; a phone that rings and a number to dial stay.
    """
    later = NOON + timedelta(hours=1)

    assert to_do(talk().take(CallAction.HOLD, NOON), later) is None
    assert to_do(offer(), later) == instruction(CallAction.ANSWER)
    assert to_do(adding(), later) == instruction(CallAction.ADD_PARTY, HOTLINE)


def test_delivery_keeps_the_order_of_deeds_that_cause_deeds() -> None:
    """
    A deed put while another is under way is done after it, and one that fails does not lose the next.
    """
    done: list[str] = []
    delivery = Delivery()

    def first() -> None:
        delivery.put(lambda: done.append("third"))
        delivery.run()
        done.append("first")

    delivery.put(first)
    delivery.put(lambda: done.append("second"))
    delivery.run()
    delivery.put(lambda: done.remove("nothing"))
    delivery.put(lambda: done.append("fourth"))
    with pytest.raises(ValueError, match="not in list"):
        delivery.run()
    delivery.run()

    assert done == ["first", "second", "third", "fourth"]


def test_no_walk_breaks_a_promise() -> None:
    """
    In 10,000 random steps of verbs and news no promise of the call is ever broken.
    """
    dice = random.Random(20261123)  # noqa: S311 -- a seeded walk, not a secret
    call, states = offer(), set()
    for step in range(10_000):
        at = NOON + timedelta(seconds=step)
        before, call = call, _random_step(call, dice, at)
        _check_promises(before, call)
        states.add(call.state)
        if call.state is CallState.ENDED and dice.random() < 0.3:
            call = offer()

    assert states == set(CallState) - {CallState.CALLING_BACK}


def _random_step(call: Call, dice: random.Random, at: datetime) -> Call:
    legs = [party.leg for party in call.parties for _ in range(3)] + [call.next_leg, LegId(""), LegId("third-77")]
    kinds = [kind for kind in EventKind if kind is not EventKind.CALL_GONE or dice.random() < 0.1]
    try:
        if dice.random() < 0.4:
            return call.take(dice.choice(list(CallAction)), at, dice.choice([HOTLINE, DialTarget("gas"), None]))
        leg = dice.choice(legs)
        kind = dice.choice(kinds)
        if leg == CITIZEN_LEG and kind is EventKind.LEG_LEFT and dice.random() < 0.9:
            return call
        return call.apply(
            TelephonyEvent(
                kind, at, ID, leg, ending=dice.choice([*Ending, None]), end=dice.choice([*CallEnd, None]),
                on=dice.random() < 0.5, recording=dice.choice(["", "r1", "r2"]),
            )
        )  # fmt: skip
    except IllegalAction:
        return call


def _check_promises(before: Call, after: Call) -> None:
    living = [party for party in after.parties[2:] if party.alive]
    assert len(living) <= 1
    assert after.log[: len(before.log)] == before.log
    assert (after.state is CallState.ENDED) == (not after.citizen.present)
    if after.state is CallState.ENDED:
        assert not any(party.alive for party in after.parties)
        return
    if after.state is CallState.HANDED_OVER:
        assert living
    if not after.seat.present and not living:
        assert after.seat.state is PartyState.RINGING
        assert after.state in {CallState.RINGING, CallState.CLAIMED, CallState.RINGING_BACK}
    if len(after.log) > len(before.log) and after.log[-1].what in set(CallAction):
        assert [p.state for p in after.parties[:2]] == [p.state for p in before.parties[:2]]
        assert (before.state, CallAction(after.log[-1].what)) in CALL_TRANSITIONS
    for old, new in zip(before.parties, after.parties, strict=False):
        final = old.state is PartyState.FAILED and old.ending is not Ending.UNREACHABLE
        if final and before.state is not CallState.ENDED:
            assert new.state is PartyState.FAILED
