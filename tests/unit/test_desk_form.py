"""A call-taker's forms: begun, kept, parked, taken over, concluded and sent by one key."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.unit.desk_parts import DECIDED, NOON, SAFE, SHEET, URGENT, Bench, Person, open_bench
from workstation.desk.form_call import with_call
from workstation.domain.call import Call
from workstation.domain.call_event import EventKind, TelephonyEvent
from workstation.domain.call_party import CallId
from workstation.domain.errors import IllegalAction, InvalidValue
from workstation.domain.identity import IncidentId
from workstation.domain.incident import Outcome, Stage
from workstation.domain.intake import Origin
from workstation.domain.lifecycle import Action, Flag, Role, State
from workstation.domain.privacy import Phone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from workstation.domain.command import Command
    from workstation.domain.incident import Incident


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with open_bench(tmp_path) as bench:
        yield bench


@pytest.fixture
def taker(bench: Bench) -> Person:
    return bench.person()


def commands(bench: Bench) -> list[Command]:
    with bench.store.begin() as tx:
        return [row.command for row in tx.outbox()]


def typed(incident: Incident, **values: str) -> Incident:
    for name, value in values.items():
        incident = replace(incident, intake=incident.intake.with_value(name, value))
    return incident


def a_call(number: str) -> Call:
    event = TelephonyEvent(kind=EventKind.CALL_OFFERED, call=CallId("call-1"), at=NOON, number=Phone(number))
    return Call.offered_by(event)


def test_a_form_begins_with_a_number_to_read_out(taker: Person, bench: Bench) -> None:
    """
    Each form has its own number at once, counted by seat and by the day in China.
    """
    numbers = [taker.form.begin().number for _ in range(2)]
    bench.clock.wait(hours=12)
    tomorrow = taker.form.begin().number

    assert [*numbers, tomorrow] == ["260302-07-001", "260302-07-002", "260303-07-001"]
    assert taker.form.begin().intake.get("confidential") == "no"


@pytest.mark.parametrize(
    ("number", "contact"),
    [("19900001234", "19900001234"), ("5550123", "06325550123"), ("", ""), ("+1 202 555 0100", "")],
)
def test_a_calls_number_is_the_contact_until_another_is_given(taker: Person, number: str, contact: str) -> None:
    """
    A number that can be dialled back is filled in; a withheld or foreign one has to be asked for.
    """
    incident = taker.form.begin(a_call(number))

    assert incident.intake.get("contact_phone") == contact
    assert (incident.call, incident.call_in_phone.text) == ("call-1", number)
    if contact:
        assert incident.intake.origins["contact_phone"] is Origin.CALL
    given = typed(incident, contact_phone="19900009999")
    assert with_call(given, a_call(number)).intake.get("contact_phone") == "19900009999"


def test_what_is_typed_is_kept(taker: Person) -> None:
    """
    Half a sentence is on disk after each change, and the draft is among the open ones.
    """
    incident = typed(taker.form.begin(), narrative="半句话\U0001f600，")

    taker.form.keep(incident)

    assert taker.form.incident(incident.id).intake.get("narrative") == "半句话\U0001f600，"
    assert [draft.id for draft in taker.form.drafts()] == [incident.id]


def test_a_parked_draft_waits(taker: Person) -> None:
    """
    A parked form keeps its text and stays among the drafts.
    """
    incident = typed(taker.form.begin(), narrative="油烟")

    taker.form.park(incident)

    assert [(draft.stage, draft.intake.get("narrative")) for draft in taker.form.drafts()] == [(Stage.PARKED, "油烟")]


def test_a_draft_is_taken_over_as_a_logged_step(taker: Person, bench: Bench) -> None:
    """
    Only after taking it over may another call-taker write on a draft; the first may not any more.
    """
    incident = replace(typed(taker.form.begin(), narrative="油烟", consent="yes"), safety=SAFE)
    taker.form.keep(incident)
    other = bench.person("taker-2")
    with pytest.raises(IllegalAction):
        other.form.keep(typed(incident, narrative="别人写的"))

    taken = other.form.take_over(incident.id)
    other.form.keep(typed(taken, wish="停业整改"))

    with pytest.raises(IllegalAction):
        taker.form.keep(typed(incident, narrative="晚了"))
    kept = other.form.incident(incident.id)
    assert (kept.author, kept.authors, len(kept.handed_over)) == ("taker-2", ("taker-1", "taker-2"), 1)
    assert (kept.intake.get("narrative"), kept.intake.get("wish")) == ("油烟", "停业整改")
    for late in (lambda: taker.send(incident), lambda: taker.form.conclude(incident, Outcome.DIRECT_ANSWER)):
        with pytest.raises(IllegalAction) as refused:
            late()
        assert refused.value.why == "not_your_draft"
    other.send(kept)
    with pytest.raises(IllegalAction):
        bench.person("taker-1", Role.DUTY_OFFICER).desk.act(taker.desk.my_orders()[0].transfer.id, Action.APPROVE)


def test_an_order_that_came_back_is_mended_by_whoever_of_the_shift_is_there(taker: Person, bench: Bench) -> None:
    """
    A colleague's form is taken over as a logged step and can be written on; one's own is simply opened.
    """
    incident = taker.draft()
    taker.desk.act(taker.send(incident), Action.WITHDRAW)
    other = bench.person("taker-2")

    own = taker.form.mend(incident.id)
    taken = other.form.mend(incident.id)
    other.form.keep(typed(taken, wish="停业整改"))

    kept = other.form.incident(incident.id)
    assert (own.author, own.handed_over) == ("taker-1", ())
    assert (kept.author, kept.authors, len(kept.handed_over)) == ("taker-2", ("taker-1", "taker-2"), 1)
    assert kept.intake.get("wish") == "停业整改"


def test_a_form_that_was_closed_while_its_order_came_back_can_still_be_mended(taker: Person, bench: Bench) -> None:
    """
    As long as the order may be submitted anew its form opens, whatever closed it meanwhile.
    """
    incident = taker.draft()
    taker.desk.act(taker.send(incident), Action.WITHDRAW)
    dispatched = taker.form.conclude(taker.form.incident(incident.id), Outcome.POLICE_DISPATCH, police_number="J-1")

    again = taker.form.mend(incident.id)

    assert (dispatched.stage, again.stage) == (Stage.CONCLUDED, Stage.OPEN)
    assert taker.form.incident(incident.id).stage is Stage.OPEN
    taker.send(again)
    bench.sync(taker)
    assert bench.person("taker-1").desk.my_orders()[0].transfer.state is State.PENDING_APPROVAL


def test_a_form_of_another_console_or_one_that_is_closed_is_not_mended(taker: Person) -> None:
    """
    Mending says that the form lies at another seat, and never opens one whose order is on its way again.
    """
    with pytest.raises(IllegalAction) as elsewhere:
        taker.form.mend(IncidentId("incident-elsewhere"))
    incident = taker.draft()
    taker.send(incident)
    with pytest.raises(IllegalAction) as closed:
        taker.form.mend(incident.id)

    assert (elsewhere.value.why, closed.value.why) == ("not_here", "concluded")


def test_an_answer_ends_the_call_and_goes_up(taker: Person, bench: Bench) -> None:
    """
    An outcome that is no order needs no approval: the record is queued, and the form is closed.
    """
    done = taker.form.conclude(taker.draft(), Outcome.DIRECT_ANSWER)

    assert (done.stage, taker.form.drafts()) == (Stage.CONCLUDED, [])
    assert [command.incident for command in commands(bench)] == [done]
    with pytest.raises(IllegalAction):
        taker.form.keep(done)
    with pytest.raises(InvalidValue):
        taker.form.conclude(taker.draft(), Outcome.NOT_ACCEPTED)
    assert len(commands(bench)) == 1


def test_one_key_sends_incident_and_order_together(taker: Person, bench: Bench) -> None:
    """
    The record of the call and the order are saved and queued in one transaction, with the number to read out.
    """
    incident = taker.draft()

    sent = taker.form.send(incident, SHEET, DECIDED)

    view = taker.desk.transfer(sent.transfer)
    record, submit = commands(bench)
    assert sent.number == incident.number == view.transfer.number
    assert record.incident is not None
    assert submit.step is not None
    assert (record.incident.outcomes, record.incident.transfer) == ((Outcome.WORK_ORDER,), sent.transfer)
    assert (submit.step.action, submit.state, submit.revision) == (Action.SUBMIT, State.DRAFT, 0)
    assert submit.order == view.after.order
    assert taker.form.drafts() == []


def test_an_order_that_cannot_be_composed_leaves_no_trace(taker: Person, bench: Bench) -> None:
    """
    When a field is refused nothing was saved or queued, and the form is still open.
    """
    incident = typed(taker.draft(), contact_phone="1990")

    with pytest.raises(InvalidValue) as refused:
        taker.form.send(incident, SHEET, DECIDED)

    assert refused.value.field == "contact_phone"
    assert commands(bench) == []
    assert taker.desk.my_orders() == []
    assert taker.form.incident(incident.id).stage is Stage.OPEN


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda incident: replace(incident, safety=None), "safety_first"),
        (lambda incident: replace(incident, safety=replace(SAFE, weapon=True)), "danger_first"),
        (lambda incident: typed(incident, consent="no"), "no_consent"),
        (lambda incident: typed(incident, consent=""), "required"),
    ],
)
def test_the_desk_itself_hands_nothing_over_unasked(
    taker: Person, bench: Bench, change: Callable[[Incident], Incident], why: str
) -> None:
    """
    Whatever screen asks: without safety answers, past a danger or without consent nothing is saved or queued.
    """
    incident = change(taker.draft())
    taker.form.keep(incident)

    with pytest.raises((IllegalAction, InvalidValue)) as refused:
        taker.form.send(incident, SHEET, DECIDED)

    assert getattr(refused.value, "why", "") == why or getattr(refused.value, "problem", "") == why
    assert (commands(bench), taker.desk.my_orders()) == ([], [])
    assert taker.form.incident(incident.id).stage is Stage.OPEN


def test_pressing_twice_sends_once(taker: Person, bench: Bench) -> None:
    """
    A second press of the key, or an outcome after it, finds the form closed and makes no second order.
    """
    incident = taker.draft()
    taker.send(incident)

    with pytest.raises(IllegalAction) as again:
        taker.send(incident)
    with pytest.raises(IllegalAction):
        taker.form.conclude(incident, Outcome.DIRECT_ANSWER)

    assert again.value.why == "concluded"
    assert len(commands(bench)) == 2
    assert len(taker.desk.my_orders()) == 1


def test_an_outcome_that_stays_open_is_followed_by_its_order(taker: Person, bench: Bench) -> None:
    """
    Police are sent and an order follows: one incident, two outcomes, three commands.
    """
    first = taker.form.conclude(taker.draft(), Outcome.POLICE_DISPATCH, stay_open=True, police_number="J-1")

    taker.send(typed(first, wish="停业整改"))

    done = taker.form.incident(first.id)
    assert (done.outcomes, done.revision) == ((Outcome.POLICE_DISPATCH, Outcome.WORK_ORDER), 2)
    assert taker.desk.my_orders()[0].after.order.police_number == "J-1"
    assert len(commands(bench)) == 3
    with pytest.raises(IllegalAction):
        taker.form.conclude(taker.form.conclude(taker.draft(), Outcome.INVALID_CALL, reason="无声"), Outcome.WORK_ORDER)


def test_an_autosave_on_its_way_does_not_unmake_an_outcome(taker: Person) -> None:
    """
    A copy of the form from before the outcome brings its text and takes nothing back.
    """
    before = taker.draft()
    taker.form.conclude(before, Outcome.POLICE_DISPATCH, stay_open=True, police_number="J-1")

    taker.form.keep(typed(before, wish="停业整改"))

    kept = taker.form.incident(before.id)
    assert (kept.outcomes, kept.police_number, kept.revision) == ((Outcome.POLICE_DISPATCH,), "J-1", 1)
    assert kept.intake.get("wish") == "停业整改"


def test_an_urgent_order_goes_ahead_of_its_approval(taker: Person, bench: Bench) -> None:
    """
    After a linkage call the order leaves at once, and the duty officer confirms it afterwards.
    """
    linked = taker.form.conclude(
        taker.draft("闻到燃气味"), Outcome.URGENT_LINKAGE, stay_open=True, linkage_call="call-7", reason="燃气泄漏"
    )

    sent = taker.form.send(linked, SHEET, URGENT)
    expected = taker.desk.transfer(sent.transfer).after
    bench.sync(taker)
    officer = bench.person("officer-1", Role.DUTY_OFFICER)
    waiting = officer.desk.waiting()
    officer.desk.act(sent.transfer, Action.CONFIRM)
    bench.sync(officer)

    assert (expected.state, expected.flags) == (State.APPROVED, frozenset({Flag.APPROVAL_DUE}))
    assert [view.transfer.id for view in waiting] == [sent.transfer]
    assert officer.desk.waiting() == []
    assert taker.desk.transfer(sent.transfer).transfer.flags == frozenset()


def test_a_preview_changes_nothing(taker: Person, bench: Bench) -> None:
    """
    Looking at the composed order sends nothing.
    """
    order = taker.form.preview(taker.draft(), SHEET, DECIDED)

    assert order.content == "市民来电反映：楼下烧烤店油烟扰民。"
    assert commands(bench) == []


def test_what_this_console_does_not_have_is_not_found(taker: Person) -> None:
    """
    A form of another console is not here.
    """
    from workstation.domain.identity import IncidentId

    with pytest.raises(KeyError):
        taker.form.incident(IncidentId("elsewhere"))
