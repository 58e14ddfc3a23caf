"""The sync rules of the console, each with its own promise, over the real encrypted cache."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from tests.unit.desk_parts import ALL, Bench, Person, open_bench
from tests.unit.domain_parts import a_step, a_transfer
from workstation.desk.sync import PARK_AFTER
from workstation.domain.identity import TransferId
from workstation.domain.incident import Outcome, Stage
from workstation.domain.lifecycle import Action, Flag, Role, State
from workstation.domain.outbox import Delivery
from workstation.protocol.messages import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from workstation.domain.incident import Incident
    from workstation.domain.outbox import OutboxRow
    from workstation.domain.transfer import Step


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with open_bench(tmp_path) as bench:
        yield bench


@pytest.fixture
def taker(bench: Bench) -> Person:
    return bench.person()


def rows(bench: Bench, delivery: Delivery | None = None) -> list[OutboxRow]:
    with bench.store.begin() as tx:
        return list(tx.outbox(delivery=delivery))


def state_of(person: Person, id: TransferId) -> State:
    return person.desk.transfer(id).transfer.state


def incident_of(person: Person, id: TransferId) -> Incident:
    found = person.desk.transfer(id).transfer.incident
    assert found is not None
    return person.form.incident(found)


def officer_step(action: Action, **what: object) -> Step:
    return a_step(action, Role.DUTY_OFFICER, **what)


def test_an_order_is_delivered_and_shown_as_the_gateway_says(bench: Bench, taker: Person) -> None:
    """
    Until the gateway answered, an order is a draft on its way; afterwards it waits for approval.
    """
    id = taker.send()
    before = taker.desk.transfer(id)

    report = bench.sync(taker)

    assert (before.transfer.state, before.expected, before.queued) == (
        State.DRAFT,
        State.PENDING_APPROVAL,
        (Action.SUBMIT,),
    )
    assert state_of(taker, id) is State.PENDING_APPROVAL
    assert rows(bench) == []
    assert report.changed == {id}
    assert (report.refused, report.unavailable, report.sign_in_needed) == (set(), "", set())
    assert [incident.revision for incident in bench.gateway.revisions] == [1]


def test_rule_1_an_outage_keeps_the_queue(bench: Bench, taker: Person) -> None:
    """
    While nobody answers nothing is lost, parked or counted against a command; afterwards all is delivered in order.
    """
    ids = [taker.send(taker.draft(f"第{n}件")) for n in range(3)]
    queued = [row.command.id for row in rows(bench)]
    bench.gateway.down = ALL
    for _ in range(2 * PARK_AFTER):
        assert bench.sync(taker).unavailable == "timeout"

    waiting = rows(bench)
    bench.gateway.down = ""
    report = bench.sync(taker)

    assert [row.command.id for row in waiting] == queued
    assert {(row.delivery, row.attempts) for row in waiting} == {(Delivery.QUEUED, 0)}
    assert rows(bench) == []
    assert report.changed == set(ids)
    assert list(bench.gateway.verdicts) == queued


def test_rule_1_steps_on_one_order_keep_their_order(bench: Bench, taker: Person) -> None:
    """
    Sent, taken back, mended and sent again while offline arrives as exactly that.
    """
    id = taker.send()
    taker.desk.act(id, Action.WITHDRAW)
    taker.send(incident_of(taker, id))

    bench.sync(taker)

    arrived = bench.gateway.transfers[id]
    assert [step.action for step in arrived.steps] == [Action.SUBMIT, Action.WITHDRAW, Action.SUBMIT]
    assert (arrived.revision, state_of(taker, id)) == (2, State.PENDING_APPROVAL)
    assert incident_of(taker, id).stage is Stage.CONCLUDED


def test_rule_1_what_keeps_failing_alone_is_parked(bench: Bench, taker: Person) -> None:
    """
    A command that breaks the line again and again while others pass is parked, red and never dropped.
    """
    bad = taker.send()
    poison = rows(bench)[1].command.id
    bench.gateway.poison = {poison}
    goods = []
    reports = []
    for _ in range(PARK_AFTER):
        goods.append(taker.send())
        reports.append(bench.sync(taker))

    assert [report.refused for report in reports] == [set()] * (PARK_AFTER - 1) + [{bad}]
    assert [(row.command.id, row.delivery, row.problem) for row in rows(bench)] == [
        (poison, Delivery.PARKED, "keeps_failing")
    ]
    assert {state_of(taker, id) for id in goods} == {State.PENDING_APPROVAL}
    assert [row.command.id for row in taker.desk.refused()] == [poison]
    with bench.store.begin() as tx:
        tx.requeue(poison)
    bench.gateway.poison = set()
    bench.sync(taker)
    assert state_of(taker, bad) is State.PENDING_APPROVAL


def test_rule_1_a_lone_failing_command_does_not_stop_the_pull(bench: Bench, taker: Person) -> None:
    """
    When the only command in the queue breaks the line, news still arrives; as nothing else passes, it just waits.
    """
    taker.send()
    bench.gateway.poison = {rows(bench)[1].command.id}
    bench.gateway.put(a_transfer(State.RETURNED, id=TransferId("other"), version=3))

    changed = bench.sync(taker).changed
    for _ in range(PARK_AFTER):
        bench.sync(taker)

    assert TransferId("other") in changed
    assert [(row.delivery, row.attempts) for row in rows(bench)] == [(Delivery.QUEUED, 0)]


def test_rule_1_later_steps_wait_behind_a_parked_one(bench: Bench, taker: Person) -> None:
    """
    Nothing overtakes a parked command of the same order.
    """
    id = taker.send()
    with bench.store.begin() as tx:
        tx.failed(rows(bench)[1].command.id, Delivery.PARKED, "keeps_failing")
    taker.desk.act(id, Action.WITHDRAW)

    bench.sync(taker)

    assert [row.delivery for row in rows(bench)] == [Delivery.PARKED, Delivery.QUEUED]
    assert id not in bench.gateway.transfers


def test_rule_1_a_missing_sign_in_keeps_the_queue_and_asks(bench: Bench, taker: Person) -> None:
    """
    Rows whose credential is not good stay and name their author; everybody else's go.
    """
    stuck = taker.send()
    other = bench.person("taker-2")
    bench.gateway.tokens.pop(taker.session.token)
    sent = other.send()

    report = bench.sync(other)

    assert report.sign_in_needed == {"taker-1"}
    assert {row.author for row in rows(bench)} == {"taker-1"}
    assert (state_of(other, stuck), state_of(other, sent)) == (State.DRAFT, State.PENDING_APPROVAL)


def test_a_pull_without_a_good_credential_asks(bench: Bench, taker: Person) -> None:
    """
    The person who pulls is asked to sign in again when their own credential ended.
    """
    bench.gateway.sign_out(taker.session.token, bench.clock())

    assert bench.sync(taker).sign_in_needed == {""}


def test_rule_2_a_refused_submit_is_a_draft_again(bench: Bench, taker: Person) -> None:
    """
    The user learns of the refusal, reads why, and finds the form open with its text whole.
    """
    incident = taker.draft("一字不少的经过")
    id = taker.send(incident)
    bench.gateway.put(replace(a_transfer(State.REJECTED, id=id, version=0), incident=incident.id))

    report = bench.sync(taker)

    assert report.refused == {id}
    assert [(row.delivery, row.problem) for row in taker.desk.refused()] == [(Delivery.REFUSED, "stale")]
    found = taker.form.incident(incident.id)
    assert (found.stage, found.intake.get("narrative")) == (Stage.OPEN, "一字不少的经过")


def test_rule_2_an_unknown_order_stays_our_draft(bench: Bench, taker: Person) -> None:
    """
    When the gateway never took the order, our draft is the truth and can be sent again.
    """
    id = taker.send()
    submit = rows(bench)[1].command
    bench.gateway.verdicts[submit.id] = bench.gateway._problem(
        replace(submit, order=None), bench.gateway.tokens[taker.session.token]
    )

    bench.sync(taker)

    assert state_of(taker, id) is State.DRAFT
    assert incident_of(taker, id).stage is Stage.OPEN
    taker.desk.dismiss(submit.id)
    again = taker.send(incident_of(taker, id))
    bench.sync(taker)
    assert again == id
    assert state_of(taker, id) is State.PENDING_APPROVAL


def test_rule_2_all_that_was_queued_behind_is_refused_with_it(bench: Bench, taker: Person) -> None:
    """
    What was built on a refused step is not delivered on another footing.
    """
    id = taker.send()
    bench.sync(taker)
    bench.gateway.elsewhere(id, officer_step(Action.REJECT))
    taker.desk.act(id, Action.WITHDRAW)
    taker.send(incident_of(taker, id))

    report = bench.sync(taker)

    assert report.refused == {id}
    assert [row.delivery for row in rows(bench)] == [Delivery.REFUSED, Delivery.REFUSED]
    assert state_of(taker, id) is State.REJECTED
    assert len(bench.gateway.transfers[id].steps) == 2


def test_rule_2_what_we_had_is_never_put_back(bench: Bench, taker: Person) -> None:
    """
    After a refusal the newer truth stays, and later news of that order still arrives.
    """
    id = taker.send()
    bench.sync(taker)
    bench.gateway.elsewhere(id, officer_step(Action.APPROVE))
    taker.desk.act(id, Action.WITHDRAW)

    bench.sync(taker)
    refused = taker.desk.transfer(id)
    bench.gateway.elsewhere(id, a_step(Action.RELEASE, Role.SYSTEM))
    bench.sync(taker)

    assert (refused.transfer.state, refused.transfer.version, refused.queued) == (State.APPROVED, 2, ())
    assert state_of(taker, id) is State.SENT


def test_rule_2_a_refused_withdrawal_closes_the_form_again(bench: Bench, taker: Person) -> None:
    """
    An order that could not be had back cannot be sent twice: its form is no open draft any more.
    """
    id = taker.send()
    bench.sync(taker)
    bench.gateway.elsewhere(id, officer_step(Action.APPROVE))
    taker.desk.act(id, Action.WITHDRAW)
    open_meanwhile = incident_of(taker, id).stage

    bench.sync(taker)

    assert (open_meanwhile, incident_of(taker, id).stage) == (Stage.OPEN, Stage.CONCLUDED)
    assert taker.form.drafts() == []


def test_rule_2_the_truth_is_asked_for_by_who_is_signed_in(bench: Bench, taker: Person) -> None:
    """
    A refusal of rows whose author signed out is settled with the credential of the next person.
    """
    id = taker.send()
    bench.sync(taker)
    taker.desk.act(id, Action.WITHDRAW)
    bench.gateway.elsewhere(id, officer_step(Action.APPROVE))
    bench.gateway.sign_out(taker.session.token, bench.clock())

    report = bench.sync(bench.person("taker-2"))

    assert (report.refused, report.sign_in_needed) == ({id}, set())
    assert rows(bench, Delivery.QUEUED) == []


def test_rule_2_an_outage_in_the_middle_of_a_refusal_settles_later(bench: Bench, taker: Person) -> None:
    """
    When the truth cannot be fetched the refusal waits, what was acknowledged before it is not sent again as new.
    """
    id = taker.send()
    bench.sync(taker)
    bench.gateway.elsewhere(id, officer_step(Action.APPROVE))
    first = taker.send()
    taker.desk.act(id, Action.WITHDRAW)
    bench.gateway.down = "transfer"

    bench.sync(taker)
    between = [row.delivery for row in rows(bench)]
    bench.gateway.down = ""
    report = bench.sync(taker)

    assert between == [Delivery.QUEUED]
    assert state_of(taker, first) is State.PENDING_APPROVAL
    assert report.refused == {id}
    assert state_of(taker, id) is State.APPROVED


def test_rule_2_a_refused_revision_does_not_hold_the_order(bench: Bench, taker: Person) -> None:
    """
    When the record of a call is refused the user can read so, and its order goes on its way.
    """
    id = taker.send()
    revision = rows(bench)[0].command
    bench.gateway.verdicts[revision.id] = Problem(problem="stale")

    bench.sync(taker)

    assert [(row.command.id, row.delivery) for row in rows(bench)] == [(revision.id, Delivery.REFUSED)]
    assert state_of(taker, id) is State.PENDING_APPROVAL


def test_rule_3_the_pull_goes_on_where_it_ended(bench: Bench, taker: Person) -> None:
    """
    A long feed is pulled page by page, once, and a wrong clock changes nothing.
    """
    for n in range(120):
        bench.gateway.put(a_transfer(State.SENT, id=TransferId(f"t-{n:03}"), number=f"260302-08-{n:03}", version=1))

    first = bench.sync(taker)
    bench.clock.wait(days=-3)
    second = bench.sync(taker)
    bench.gateway.put(a_transfer(State.RECEIVED, id=TransferId("t-000"), version=2))
    third = bench.sync(taker)

    assert (len(first.changed), second.changed, third.changed) == (120, set(), {"t-000"})
    assert state_of(taker, TransferId("t-000")) is State.RECEIVED


def test_rule_4_a_snapshot_waits_for_our_own_command(bench: Bench, taker: Person) -> None:
    """
    While a command of an order is on its way, a pulled snapshot does not replace what it was built on.
    """
    id = taker.send()
    bench.sync(taker)
    bench.gateway.elsewhere(id, officer_step(Action.RECHECK_DANGER))
    taker.desk.act(id, Action.CHASE)
    bench.gateway.tokens.pop(taker.session.token)
    other = bench.person("taker-2")

    bench.sync(other)
    held = taker.desk.transfer(id).transfer
    bench.gateway.tokens[taker.session.token] = replace(bench.gateway.tokens[other.session.token], user="taker-1")
    bench.sync(other)

    assert (held.version, held.flags) == (1, frozenset())
    assert taker.desk.transfer(id).transfer.version == 3
    assert taker.desk.transfer(id).transfer.flags == {Flag.DANGER_RECHECK, Flag.CHASE}


def test_rule_4_a_lower_version_never_replaces_a_higher(bench: Bench, taker: Person) -> None:
    """
    A snapshot that comes late changes nothing.
    """
    id = TransferId("t-1")
    bench.gateway.put(a_transfer(State.ACCEPTED, id=id, version=5))
    bench.sync(taker)
    bench.gateway.put(a_transfer(State.SENT, id=id, version=4))

    bench.sync(taker)

    assert state_of(taker, id) is State.ACCEPTED


def test_rule_5_a_lost_answer_is_given_again(bench: Bench, taker: Person) -> None:
    """
    A command whose answer got lost is applied once, and its repetition is answered with the current snapshot.
    """
    id = taker.send()
    bench.gateway.lost = 3

    lost = bench.sync(taker)
    between = rows(bench)
    bench.gateway.elsewhere(id, officer_step(Action.APPROVE))
    bench.sync(taker)

    assert lost.unavailable == "the answer was lost"
    assert len(between) == 2
    assert rows(bench) == []
    assert len(bench.gateway.transfers[id].steps) == 2
    assert state_of(taker, id) is State.APPROVED
    assert len(bench.gateway.revisions) == 1


def test_rule_5_an_order_returned_meanwhile_opens_with_the_answer(bench: Bench, taker: Person) -> None:
    """
    When the answer to our own command tells that the order came back, its form opens as for pulled news.
    """
    id = taker.send()
    bench.sync(taker)
    bench.gateway.elsewhere(id, officer_step(Action.SEND_BACK))
    taker.desk.act(id, Action.CHASE)

    bench.sync(taker)

    assert state_of(taker, id) is State.RETURNED
    assert incident_of(taker, id).stage is Stage.OPEN


def test_rule_6_a_seat_switch_strands_and_resigns_nothing(bench: Bench, taker: Person) -> None:
    """
    Each row goes out under its own author's credential, in order per order, whoever is signed in now.
    """
    bench.gateway.down = ALL
    first = taker.send()
    bench.gateway.down = ""
    other = bench.person("taker-2")
    second = other.send()
    taker.desk.act(first, Action.CHASE)
    bench.gateway.sign_out(taker.session.token, bench.clock())

    bench.sync(other)

    assert [token for token, _ in bench.gateway.pushes] == [
        taker.session.token,
        other.session.token,
    ]
    steps = {id: [s.by for s in bench.gateway.transfers[id].steps] for id in (first, second)}
    assert steps == {first: ["taker-1"], second: ["taker-2"]}
    assert rows(bench) == []


def test_rule_6_rows_of_two_people_on_one_order_keep_their_order(bench: Bench, taker: Person) -> None:
    """
    When two people acted on one order offline, the second's step waits for the first's.
    """
    id = taker.send()
    other = bench.person("taker-2")
    other.desk.act(id, Action.CHASE)
    taker.desk.act(id, Action.WITHDRAW)

    bench.sync(other)

    arrived = bench.gateway.transfers[id]
    assert [s.by for s in (*arrived.steps, *arrived.notes)] == ["taker-1", "taker-1", "taker-2"]
    assert [token for token, _ in bench.gateway.pushes] == [
        taker.session.token,
        other.session.token,
        taker.session.token,
    ]


def test_a_returned_order_opens_its_form(bench: Bench, taker: Person) -> None:
    """
    What the duty officer sends back is found open, mended and sent again under the same number.
    """
    id = taker.send()
    bench.sync(taker)
    bench.gateway.elsewhere(id, officer_step(Action.SEND_BACK))
    bench.sync(taker)
    returned = [view.transfer.id for view in taker.desk.returned()]
    incident = incident_of(taker, id)

    again = taker.send(incident)
    bench.sync(taker)

    assert (returned, incident.stage, again) == ([id], Stage.OPEN, id)
    assert (state_of(taker, id), bench.gateway.transfers[id].revision) == (State.PENDING_APPROVAL, 2)
    assert [i.revision for i in bench.gateway.revisions] == [1, 2]
    assert incident_of(taker, id).outcomes == (Outcome.WORK_ORDER,)


def test_news_of_an_order_from_another_console_is_kept(bench: Bench, taker: Person) -> None:
    """
    An order whose form was filled elsewhere is shown when it comes back, without a form to open.
    """
    bench.gateway.put(a_transfer(State.RETURNED, id=TransferId("t-1"), version=3))
    bench.gateway.put(a_transfer(State.DECLINED, id=TransferId("t-2"), version=3, incident=None))

    bench.sync(taker)

    assert {view.transfer.id for view in taker.desk.returned()} == {"t-1", "t-2"}


def test_after_a_restore_what_the_gateway_says_counts(bench: Bench, taker: Person) -> None:
    """
    When the gateway's store begins a new life, its lower versions replace ours, with or without a command waiting.
    """
    plain, busy = taker.send(), taker.send()
    bench.sync(taker)
    backup = dict(bench.gateway.transfers)
    for id in (plain, busy):
        bench.gateway.elsewhere(id, officer_step(Action.RECHECK_DANGER))
        bench.gateway.elsewhere(id, officer_step(Action.APPROVE))
    bench.sync(taker)
    taker.desk.act(busy, Action.CHASE)
    held = bench.gateway.tokens.pop(taker.session.token)
    other = bench.person("taker-2")
    bench.gateway.transfers, bench.gateway.epoch = backup, "life-2"

    bench.sync(other)
    between = (state_of(taker, plain), state_of(taker, busy))
    bench.gateway.tokens[taker.session.token] = held
    bench.sync(other)

    assert between == (State.PENDING_APPROVAL, State.APPROVED)
    assert state_of(taker, busy) is State.PENDING_APPROVAL
    assert taker.desk.transfer(busy).transfer.flags == {Flag.CHASE}
    bench.gateway.elsewhere(busy, officer_step(Action.REJECT))
    bench.sync(other)
    assert state_of(taker, busy) is State.REJECTED


def test_a_rescued_outbox_is_delivered_without_its_orders(bench: Bench, taker: Person) -> None:
    """
    When a damaged cache left only the outbox, the commands go out and the answers bring the orders back.
    """
    id = taker.send()
    with bench.store._engine.begin() as connection:
        connection.execute(sa.text("DELETE FROM transfers"))

    report = bench.sync(taker)

    assert report.changed == {id}
    assert state_of(taker, id) is State.PENDING_APPROVAL


def test_a_push_refused_as_a_whole_is_taken_apart(bench: Bench, taker: Person) -> None:
    """
    When the gateway refuses a batch, its commands are delivered one by one and only the bad one is refused.
    """
    good = taker.send()
    bad = taker.send()
    spoilt = rows(bench)[3].command.id
    bench.gateway.unacceptable = {spoilt}

    report = bench.sync(taker)

    assert report.refused == {bad}
    assert [(row.command.id, row.problem) for row in rows(bench)] == [(spoilt, "too_large")]
    assert state_of(taker, good) is State.PENDING_APPROVAL


def test_the_gateways_clock_is_compared(bench: Bench, taker: Person) -> None:
    """
    Each pull measures how far the gateway's clock is ahead.
    """
    bench.gateway.drift = timedelta(seconds=45)

    assert bench.sync(taker).drift == timedelta(seconds=45)
    assert bench.sync().drift is None


def test_a_refused_flag_leaves_the_form_alone(bench: Bench, taker: Person) -> None:
    """
    A chase that came too late is read as refused, and the form of its order stays as it was.
    """
    id = taker.send()
    bench.sync(taker)
    bench.gateway.elsewhere(id, officer_step(Action.REJECT))
    taker.desk.act(id, Action.CHASE)

    report = bench.sync(taker)

    assert report.refused == {id}
    assert (state_of(taker, id), incident_of(taker, id).stage) == (State.REJECTED, Stage.CONCLUDED)


def test_a_refused_pull_is_no_crash(bench: Bench, taker: Person) -> None:
    """
    When the gateway refuses to be pulled, what was pushed stays pushed and the run says why.
    """
    id = taker.send()
    bench.gateway.refuses_pull = True

    report = bench.sync(taker)

    assert report.unavailable == "wrong_cursor"
    assert state_of(taker, id) is State.PENDING_APPROVAL


def test_a_sign_out_while_a_command_keeps_failing_asks(bench: Bench, taker: Person) -> None:
    """
    When a failing command's author is signed out between two attempts, they are named and the row stays.
    """
    taker.send()
    poison = rows(bench)[1].command.id
    bench.gateway.poison, bench.gateway.forgets = {poison}, taker.session.token

    other = bench.person("taker-2")
    bench.sync(other)
    report = bench.sync(other)

    assert report.sign_in_needed == {"taker-1"}
    assert [(row.command.id, row.delivery) for row in rows(bench)] == [(poison, Delivery.QUEUED)]


def test_rule_4_an_older_answer_never_replaces_newer_news(bench: Bench, taker: Person) -> None:
    """
    An answer that is older than what the console already knows is acknowledged and not kept.
    """
    id = taker.send()
    bench.sync(taker)
    with bench.store.begin() as tx:
        tx.save_transfer(replace(tx.transfer(id), state=State.SENT, version=9))
    taker.desk.act(id, Action.CHASE)

    bench.sync(taker)

    assert rows(bench) == []
    assert (state_of(taker, id), taker.desk.transfer(id).transfer.version) == (State.SENT, 9)


def test_a_credential_the_gateway_forgot_strands_nothing(bench: Bench, taker: Person) -> None:
    """
    When the gateway no longer knows a credential, its author's next sign-in signs what was queued under it.
    """
    order = taker.send()
    bench.gateway.tokens.clear()
    bench.gateway.says = "unknown_token"
    assert bench.sync().sign_in_needed == {"taker-1", ""}

    again = bench.person()
    with bench.store.begin() as tx:
        tx.sign(again.session.user, again.session.role, again.session.token)
    bench.sync(again)

    assert rows(bench) == []
    assert state_of(again, order) is State.PENDING_APPROVAL
