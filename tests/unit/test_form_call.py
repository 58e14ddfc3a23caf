"""A form and the call it is about: recording, formal times, consultation log, and who keeps the matter."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.unit.call_parts import HOTLINE, RECORDING, at, event, over, rings, talk, three_way
from tests.unit.desk_parts import DECIDED, SHEET, URGENT, Bench, Person, open_bench
from workstation.desk.form_call import with_call
from workstation.domain.call import Call
from workstation.domain.call_event import EventKind
from workstation.domain.call_log import FirstContact
from workstation.domain.call_party import SEAT_LEG
from workstation.domain.consultation import consultation
from workstation.domain.errors import IllegalAction
from workstation.domain.identity import IncidentId
from workstation.domain.incident import Outcome
from workstation.domain.intake import Origin
from workstation.domain.privacy import Address

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from workstation.domain.incident import Incident


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with open_bench(tmp_path) as bench:
        yield bench


@pytest.fixture
def taker(bench: Bench) -> Person:
    return bench.person()


def keep(bench: Bench, call: Call) -> Call:
    """Keep *call* as the telephone does each time it changed."""
    with bench.store.begin() as tx:
        tx.save_call(call)
    return call


def form_of(taker: Person, call: Call) -> Incident:
    """Return a whole form that was begun for *call*."""
    form = with_call(taker.draft(), call)
    taker.form.keep(form)
    return form


def test_the_log_travels_with_the_order(taker: Person, bench: Bench) -> None:
    """
    After a three-way call the gateway has who was in it when, who keeps the matter, the three times and the recording.
    """
    form = form_of(taker, talk())
    call = keep(bench, over(three_way().agreed(FirstContact.THIRD_TAKES, at(40))))

    sent = taker.form.send(form, SHEET, DECIDED)
    bench.sync(taker)
    order = bench.gateway.transfers[sent.transfer].order

    assert order.consultation == consultation(call)
    assert (HOTLINE.name, "third_takes") in {(entry.party, entry.event) for entry in order.consultation}
    assert (order.queued_at, order.answered_at, order.on_hook_at) == (at(0), at(5), at(90))
    assert order.recording_id == RECORDING


def test_the_order_of_a_call_between_two_has_its_times_and_no_log(taker: Person, bench: Bench) -> None:
    """
    While the call goes on it has no end yet, and where nobody was asked in nothing has to be settled.
    """
    form = form_of(taker, keep(bench, talk()))

    order = taker.desk.transfer(taker.form.send(form, SHEET, DECIDED).transfer).after.order

    assert (order.queued_at, order.answered_at, order.on_hook_at) == (at(0), at(5), None)
    assert order.consultation == ()


@pytest.mark.parametrize("choice", FirstContact)
def test_nobody_sends_before_it_is_noted_who_keeps_the_matter(
    taker: Person, bench: Bench, choice: FirstContact
) -> None:
    """
    Sending is refused and nothing is queued until somebody says who keeps the matter; the answer is in call and order.
    """
    call = keep(bench, three_way().apply(event(EventKind.LEG_LEFT, 60, SEAT_LEG)))
    form = form_of(taker, call)

    with pytest.raises(IllegalAction) as refused:
        taker.form.send(form, SHEET, DECIDED)
    with bench.store.begin() as tx:
        queued = list(tx.outbox())
    order = taker.desk.transfer(taker.form.send(form, SHEET, DECIDED, choice).transfer).after.order

    assert (refused.value.why, queued) == ("first_contact", [])
    assert order.consultation[-1].event == choice
    with bench.store.begin() as tx:
        assert tx.call(call.id).first_contact is choice


def test_what_keeps_danger_off_waits_for_no_answer(taker: Person, bench: Bench) -> None:
    """
    Police are sent, and the order of an urgent linkage goes, though nobody said who keeps the matter.
    """
    call = keep(bench, three_way())
    urgent, police = (form_of(taker, call) for _ in range(2))
    linked = taker.form.conclude(
        urgent, Outcome.URGENT_LINKAGE, stay_open=True, linkage_call=call.id, reason="燃气泄漏"
    )

    sent = taker.form.send(linked, SHEET, URGENT)
    taker.form.conclude(police, Outcome.POLICE_DISPATCH, police_number="J-1")

    assert taker.desk.transfer(sent.transfer).after.order.consultation == consultation(call)


def test_a_recording_that_began_after_the_form_is_kept_with_it(taker: Person, bench: Bench) -> None:
    """
    A form that is put aside, or ends without an order, has the recording of its call all the same.
    """
    keep(bench, talk())
    late = [with_call(taker.draft(), rings()) for _ in range(2)]

    taker.form.park(late[0])
    taker.form.conclude(late[1], Outcome.DIRECT_ANSWER)

    assert [form.recording_id for form in late] == ["", ""]
    assert [taker.form.incident(form.id).recording_id for form in late] == [RECORDING, RECORDING]
    assert taker.form.incident(late[1].id).answered_at == at(5)


def test_a_form_whose_call_is_not_known_here_is_sent_without_its_log(taker: Person) -> None:
    """
    A call that was kept nowhere keeps no order from being sent.
    """
    form = form_of(taker, over(talk()))

    order = taker.desk.transfer(taker.form.send(form, SHEET, DECIDED).transfer).after.order

    assert (order.recording_id, order.answered_at, order.queued_at) == (RECORDING, at(5), None)


def test_what_happened_after_the_form_was_closed_goes_up_when_the_call_is_over(taker: Person, bench: Bench) -> None:
    """
    An order goes while three still talk; the log's rest and the end of the call follow with the incident, once.
    """
    call = keep(bench, three_way().agreed(FirstContact.WE_KEEP, at(40)))
    form = form_of(taker, call)
    sent = taker.form.send(form, SHEET, DECIDED)
    later = keep(bench, over(call.apply(event(EventKind.LEG_LEFT, 60, "third-1"))).for_incident(form.id))

    taker.form.follow(later)
    taker.form.follow(later)
    with bench.store.begin() as tx:
        queued = [row.command.incident for row in tx.outbox() if row.command.incident is not None]
    order, kept = taker.desk.transfer(sent.transfer).after.order, queued[-1]

    assert [incident.revision for incident in queued] == [1, 2]
    assert order.on_hook_at is None
    assert (kept.queued_at, kept.on_hook_at) == (at(0), at(90))
    assert kept.consultation == consultation(later)
    assert len(kept.consultation) > len(order.consultation)


def test_a_form_that_is_open_or_somebody_elses_is_not_sent_by_the_end_of_its_call(taker: Person, bench: Bench) -> None:
    """
    What is still being written, or was taken over, goes up with its own author's next act.
    """
    form = form_of(taker, keep(bench, talk()))
    done = over(talk())
    taker.form.follow(done.for_incident(form.id))
    taker.form.follow(done.for_incident(IncidentId("nobody-s")))
    other = bench.person("taker2")
    concluded = taker.form.conclude(taker.form.incident(form.id), Outcome.DIRECT_ANSWER)
    other.form.follow(done.for_incident(concluded.id))
    with bench.store.begin() as tx:
        queued = [row.command.incident.revision for row in tx.outbox() if row.command.incident is not None]

    assert queued == [1]


@pytest.mark.parametrize("outcome", [Outcome.DIRECT_ANSWER, Outcome.NOT_ACCEPTED])
def test_no_form_with_a_three_way_call_is_closed_before_it_is_noted_who_keeps_the_matter(
    taker: Person, bench: Bench, outcome: Outcome
) -> None:
    """
    Without an order, too, somebody keeps the matter: until that is said the form stays open.
    """
    call = keep(bench, three_way())
    form = form_of(taker, call)
    with pytest.raises(IllegalAction) as refused:
        taker.form.conclude(form, outcome, reason="不属于")
    done = taker.form.conclude(form, outcome, FirstContact.THIRD_TAKES, reason="不属于")

    assert refused.value.why == "first_contact"
    assert done.consultation[-1].event == FirstContact.THIRD_TAKES


def test_where_the_network_says_the_caller_is_stands_in_the_form_and_says_so_in_the_order(taker: Person) -> None:
    """
    The form begins with the location, the order says that nobody confirmed it; what the caller says takes its place.
    """
    call = Call.offered_by(event(EventKind.CALL_OFFERED, 0, location=Address("示例路 12 号附近")))
    form = form_of(taker, call)
    located = taker.form.preview(form, SHEET, DECIDED).address.text
    asked = replace(form, intake=form.intake.with_value("address", "示例路 14 号", Origin.HUMAN))

    assert form.intake.get("address") == "示例路 12 号附近"
    assert located == "示例路 12 号附近（来电定位，未经来电人核实）"
    assert with_call(asked, call).intake.get("address") == "示例路 14 号"
    assert taker.form.preview(asked, SHEET, DECIDED).address.text == "示例路 14 号"
