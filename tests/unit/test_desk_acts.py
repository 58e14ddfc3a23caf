"""Acts on orders: each one is a local transaction, laid over what the gateway last said."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.unit.desk_parts import Bench, Person, open_bench
from tests.unit.domain_parts import a_step, a_transfer
from workstation.desk.tally import Tally
from workstation.domain.errors import IllegalAction, InvalidValue, Stale
from workstation.domain.identity import TransferId
from workstation.domain.incident import Stage
from workstation.domain.lifecycle import Action, Flag, Role, State
from workstation.domain.outbox import Delivery

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with open_bench(tmp_path) as bench:
        yield bench


@pytest.fixture
def taker(bench: Bench) -> Person:
    return bench.person()


@pytest.fixture
def officer(bench: Bench) -> Person:
    return bench.person("officer-1", Role.DUTY_OFFICER)


def test_an_act_is_shown_as_on_its_way(taker: Person, officer: Person, bench: Bench) -> None:
    """
    Until the gateway answered, its state stands and the act stands beside it; offers follow the act.
    """
    id = taker.send()
    bench.sync(taker)

    assert officer.desk.act(id, Action.APPROVE) == {id}

    view = officer.desk.transfer(id)
    assert (view.transfer.state, view.expected, view.queued) == (
        State.PENDING_APPROVAL,
        State.APPROVED,
        (Action.APPROVE,),
    )
    assert Action.APPROVE not in view.offered(Role.DUTY_OFFICER)
    assert Action.RECALL in view.offered(Role.DUTY_OFFICER)
    with pytest.raises(IllegalAction):
        officer.desk.act(id, Action.APPROVE)


def test_an_illegal_act_leaves_no_trace(taker: Person, officer: Person, bench: Bench) -> None:
    """
    What the table refuses is neither saved nor queued.
    """
    id = taker.send()
    bench.sync(taker)

    with pytest.raises(IllegalAction):
        taker.desk.act(id, Action.APPROVE)
    with pytest.raises(InvalidValue):
        officer.desk.act(id, Action.SEND_BACK, reason="补地址")
    with pytest.raises(InvalidValue):
        officer.desk.act(id, Action.REJECT, reason="长" * 501)
    with bench.store.begin() as tx:
        assert tx.outbox() == []
    officer.desk.act(id, Action.SEND_BACK, reason="补地址", fields=["address"])
    assert officer.desk.transfer(id).expected is State.RETURNED


def test_a_decision_never_falls_on_a_content_that_was_not_seen(taker: Person, officer: Person, bench: Bench) -> None:
    """
    An order that was changed since it was on screen is neither approved nor rejected, and nothing is queued.
    """
    incident = taker.draft()
    id = taker.send(incident)
    taker.desk.act(id, Action.WITHDRAW)
    taker.send(taker.form.incident(incident.id))
    bench.sync(taker)

    with pytest.raises(Stale):
        officer.desk.act(id, Action.APPROVE, seen=1)
    assert officer.desk.transfer(id).queued == ()
    assert officer.desk.act(id, Action.APPROVE, seen=2) == {id}


def test_a_withdrawn_order_opens_its_form_in_the_same_moment(taker: Person) -> None:
    """
    What is taken back can be mended at once, offline too.
    """
    incident = taker.draft()
    id = taker.send(incident)

    taker.desk.act(id, Action.WITHDRAW)

    assert taker.form.incident(incident.id).stage is Stage.OPEN
    assert taker.desk.transfer(id).queued == (Action.SUBMIT, Action.WITHDRAW)
    assert taker.desk.transfer(id).expected is State.DRAFT


def test_an_order_from_another_console_can_be_withdrawn(taker: Person, bench: Bench) -> None:
    """
    An order whose form was filled elsewhere, or that has none, is taken back all the same.
    """
    for id, incident in (("t-1", "incident-elsewhere"), ("t-2", None)):
        bench.gateway.put(a_transfer(State.PENDING_APPROVAL, id=TransferId(id), version=1, incident=incident))
    bench.sync(taker)

    for id in ("t-1", "t-2"):
        taker.desk.act(TransferId(id), Action.WITHDRAW)
    bench.sync(taker)

    assert {bench.gateway.transfers[id].state for id in ("t-1", "t-2")} == {State.DRAFT}


def test_what_the_gateway_overtook_is_shown_without_pretending(taker: Person, bench: Bench) -> None:
    """
    When the truth moved on beneath a waiting act, the view keeps the truth and names the act.
    """
    id = taker.send()
    bench.sync(taker)
    taker.desk.act(id, Action.WITHDRAW)
    with bench.store.begin() as tx:
        tx.save_transfer(replace(bench.gateway.transfers[id], state=State.REJECTED, version=9))

    view = taker.desk.transfer(id)

    assert (view.expected, view.queued) == (State.REJECTED, (Action.WITHDRAW,))


def test_the_lists_show_each_person_their_own(taker: Person, officer: Person, bench: Bench) -> None:
    """
    Authors find their orders, the shift what came back, the duty officer what waits, oldest first.
    """
    ids = []
    for n in range(3):
        bench.clock.wait(minutes=1)
        ids.append(taker.send(taker.draft(f"第{n}件油烟")))
    bench.sync(taker)
    bench.gateway.elsewhere(ids[1], a_step(Action.SEND_BACK, Role.DUTY_OFFICER))
    linked = a_transfer(
        State.SENT, id=TransferId("linked"), version=1, flags=frozenset({Flag.APPROVAL_DUE}), authors=("x",)
    )
    bench.gateway.put(linked)
    bench.sync(taker)

    assert [view.transfer.id for view in taker.desk.my_orders()] == ids[::-1]
    assert [view.transfer.id for view in bench.person("taker-2").desk.returned()] == [ids[1]]
    assert [view.transfer.id for view in officer.desk.waiting()] == [ids[0], ids[2], linked.id]
    assert bench.person("taker-2").desk.my_orders() == []
    assert [hit.transfer.id for hit in taker.desk.search("第2件") if hit.transfer] == [ids[2]]


def test_a_duty_officer_finds_what_he_decided_on(taker: Person, officer: Person, bench: Bench) -> None:
    """
    His orders are those he took a step on, delivered or not yet, the latest decision first; nobody else's are there.
    """
    ids = []
    for n in range(3):
        bench.clock.wait(minutes=1)
        ids.append(taker.send(taker.draft(f"第{n}件油烟")))
    bench.sync(taker)
    none_yet = officer.desk.my_orders()

    for id, action in ((ids[2], Action.APPROVE), (ids[0], Action.REJECT)):
        bench.clock.wait(minutes=1)
        officer.desk.act(id, action, reason="重复" if action is Action.REJECT else "")
    at_once = [view.transfer.id for view in officer.desk.my_orders()]
    bench.sync(officer)
    bench.gateway.elsewhere(ids[1], a_step(Action.SEND_BACK, Role.DUTY_OFFICER, by="officer-9"))
    bench.sync(officer)

    assert none_yet == []
    assert at_once == [ids[0], ids[2]]
    assert [view.transfer.id for view in officer.desk.my_orders()] == [ids[0], ids[2]]
    assert [view.transfer.id for view in officer.desk.my_orders(1)] == [ids[0]]


def test_an_urgent_order_that_was_submitted_anew_waits_once(officer: Person, bench: Bench) -> None:
    """
    What waits for its approval and still has its linkage to be confirmed is one order to read, not two.
    """
    anew = a_transfer(
        State.PENDING_APPROVAL, id=TransferId("anew"), version=1, flags=frozenset({Flag.APPROVAL_DUE}), authors=("x",)
    )
    bench.gateway.put(anew)
    bench.sync(officer)

    assert [view.transfer.id for view in officer.desk.waiting()] == [anew.id]


def test_an_approval_counts_until_it_is_refused(taker: Person, officer: Person, bench: Bench) -> None:
    """
    What an officer approved is counted for a shift with the time it waited; one that the gateway refuses is not.
    """
    first, second = taker.send(), taker.send()
    bench.sync(officer)
    bench.clock.wait(seconds=40)
    officer.desk.act(first, Action.APPROVE)
    officer.desk.act(second, Action.APPROVE)
    both = officer.desk.tally()
    step = replace(officer.author.step(Action.REJECT, reason="另案"), by="officer-2")
    bench.gateway.elsewhere(second, step)
    bench.sync(officer)
    one = officer.desk.tally()
    bench.clock.wait(hours=13)

    assert both == Tally(2, 40.0)
    assert one == Tally(1, 40.0)
    assert officer.desk.tally() == Tally()


def test_a_merged_order_leaves_its_word_with_the_master(taker: Person, officer: Person, bench: Bench) -> None:
    """
    Merging rejects the later order and notes the repetition on the earlier one, which keeps its number.
    """
    master, again = taker.send(), taker.send()
    bench.sync(officer)
    with pytest.raises(Stale):
        officer.desk.merge(again, master, reason="同一件事", note="再次反映", seen=9)
    untouched = officer.desk.transfer(master).queued
    officer.desk.merge(again, master, reason="同一件事", note="再次反映", seen=1)
    bench.sync(officer)
    kept = bench.gateway.transfers[master]

    assert untouched == ()
    assert bench.gateway.transfers[again].state is State.REJECTED
    assert (kept.state, kept.flags) == (State.PENDING_APPROVAL, frozenset({Flag.REPEAT}))
    assert (kept.notes[-1].reason, kept.notes[-1].by) == ("再次反映", "officer-1")


def test_however_many_wait_the_oldest_is_among_them(taker: Person, officer: Person, bench: Bench) -> None:
    """
    With more than five hundred orders waiting, the one that has waited the longest still comes first.
    """
    first = taker.send()
    bench.sync(officer)
    bench.clock.wait(seconds=1)
    known = bench.gateway.transfers[first]
    with bench.store.begin() as tx:
        for number in range(501):
            tx.save_transfer(replace(known, id=TransferId(f"young-{number:03}"), created_at=bench.clock()))

    assert officer.desk.waiting()[0].transfer.id == first


def test_what_was_not_delivered_is_listed_newest_first_and_dealt_with(taker: Person, bench: Bench) -> None:
    """
    A refused command is taken off the list once read, a parked one is sent again; a second press does no harm.
    """
    for n in range(2):
        taker.send(taker.draft(f"第{n}件油烟"))
    with bench.store.begin() as tx:
        first, second = [row.command.id for row in tx.outbox() if row.command.step is not None]
        tx.failed(first, Delivery.REFUSED, "illegal_action", "")
        tx.failed(second, Delivery.PARKED, "keeps_failing", "")

    listed = [row.command.id for row in taker.desk.refused()]
    for _ in range(2):
        taker.desk.dismiss(first)
        taker.desk.dismiss(second)
    kept = [row.command.id for row in taker.desk.refused()]
    for _ in range(2):
        taker.desk.requeue(second)

    assert listed == [second, first]
    assert kept == [second]
    assert taker.desk.refused() == []
    with bench.store.begin() as tx:
        assert second in {row.command.id for row in tx.outbox(delivery=Delivery.QUEUED)}
