"""A form and the call it is about: recording, formal times, consultation log, and who keeps the matter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.unit.call_parts import HOTLINE, RECORDING, at, event, over, rings, talk, three_way
from tests.unit.desk_parts import DECIDED, SHEET, URGENT, Bench, Person, open_bench
from workstation.desk.form_call import with_call
from workstation.domain.call_event import EventKind
from workstation.domain.call_log import FirstContact
from workstation.domain.call_party import SEAT_LEG
from workstation.domain.consultation import consultation
from workstation.domain.errors import IllegalAction
from workstation.domain.incident import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from workstation.domain.call import Call
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
