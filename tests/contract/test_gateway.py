"""What a console may rely on, whichever of the two doors to the gateway it uses."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.contract.gateway_parts import (
    PASSWORD,
    START,
    act,
    make_incident,
    make_order,
    revision,
    states,
    submission,
)
from tests.contract.gateway_world import DOORS, World, approval, opened
from workstation.domain.errors import Refused, SignInNeeded
from workstation.domain.identity import CommandId, TransferId
from workstation.domain.lifecycle import Action, Flag, Role, State
from workstation.domain.order import Tier
from workstation.domain.privacy import Phone
from workstation.domain.transfer import Satisfaction, Step
from workstation.gateway.service import open_service
from workstation.gateway.sqlite_file import put_back
from workstation.protocol.messages import Answer, IncidentQuery, Reading, SignIn

TAKER = Role.CALL_TAKER
OFFICER = Role.DUTY_OFFICER


@pytest.fixture(params=DOORS)
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """Open a gateway behind one of its doors."""
    with opened(request.param, tmp_path) as made:
        yield made


def test_an_order_goes_all_the_way(world: World) -> None:
    """
    A submitted and approved order reaches the hotline, and its answers come back to the console.
    """
    pending = world.done(submission(), world.taker())
    approved = world.done(approval(pending), world.officer())
    closed = world.play(approved, "straight")

    assert (pending.state, approved.state, closed.state) == (State.PENDING_APPROVAL, State.APPROVED, State.CLOSED)
    assert states(closed)[:3] == [Action.SUBMIT, Action.APPROVE, Action.RELEASE]
    assert closed.hotline_number.startswith("12345-")
    assert all(step.recorded_at == world.clock.now for step in closed.steps)


def test_a_repeated_command_is_applied_once(world: World) -> None:
    """
    The same command again is answered with today's snapshot and changes nothing.
    """
    taker = world.taker()
    command = submission()
    pending = world.done(command, taker)
    approved = world.done(approval(pending), world.officer())

    assert world.done(command, taker) == approved
    assert world.service_truth(approved).version == approved.version


def test_a_refusal_is_remembered(world: World) -> None:
    """
    A refused command stays refused under its id, even when it would be allowed by now.
    """
    taker, officer = world.taker(), world.officer()
    pending = world.done(submission(), taker)
    early = approval(pending)
    withdrawn = world.done(act(pending, Action.WITHDRAW, TAKER, "taker1"), taker)
    assert world.problem(early, officer).problem == "stale"
    again = act(withdrawn, Action.SUBMIT, TAKER, "taker1", order=make_order())
    assert world.done(again, taker).revision == pending.revision + 1

    assert world.problem(early, officer).problem == "stale"


def test_a_command_for_an_older_state_is_stale(world: World) -> None:
    """
    Two officers who decide on the same order at once: the second learns that it moved on.
    """
    pending = world.done(submission(), world.taker())
    world.done(approval(pending), world.officer())
    late = act(pending, Action.REJECT, OFFICER, "officer2", reason="不属实")

    problem = world.problem(late, world.officer("officer2"))

    assert problem.problem == "stale"
    assert world.service_truth(pending).state is State.APPROVED


def test_an_overtaking_command_is_stale(world: World) -> None:
    """
    An act on an order that the gateway does not know yet is refused as stale, not invented.
    """
    pending = world.done(submission(), world.taker())
    unknown = act(pending, Action.WITHDRAW, TAKER, "taker1")
    unknown = submission(transfer=TransferId("not-here"), step=unknown.step, order=None)

    assert world.problem(unknown, world.taker()).problem == "stale"


def test_an_author_never_approves(world: World) -> None:
    """
    Whoever wrote on the order cannot approve it, under whatever role they signed in.
    """
    pending = world.done(submission(by="taker2"), world.taker("taker2"))

    problem = world.problem(approval(pending, "taker2"), world.officer("taker2"))

    assert (problem.problem, problem.detail) == ("illegal_action", "approver_is_author")


def test_an_author_of_the_incident_never_approves(world: World) -> None:
    """
    Whoever wrote on the incident cannot approve its order, even when the order does not name them.
    """
    incident = make_incident(author="taker2")
    world.one(revision(incident), world.taker("taker2"))
    taken = replace(incident.taken_over("taker1", START), revision=2)
    world.one(revision(taken), world.taker())
    pending = world.done(submission(incident_id=incident.id), world.taker())

    problem = world.problem(approval(pending, "taker2"), world.officer("taker2"))

    assert (problem.problem, problem.detail) == ("illegal_action", "approver_is_author")


@pytest.mark.parametrize(
    ("claimed", "why"), [({"role": OFFICER}, "not_your_step"), ({"by": "officer1"}, "not_your_step")]
)
def test_a_claimed_role_or_name_is_worth_nothing(world: World, claimed: dict[str, object], why: str) -> None:
    """
    A step that claims another role or another person than the token's is refused.
    """
    taker = world.taker()
    pending = world.done(submission(), taker)
    fields = {"action": Action.APPROVE, "role": TAKER, "by": "taker1", "at": START, **claimed}
    forged = act(pending, Action.WITHDRAW, TAKER, "taker1")
    forged = submission(
        transfer=pending.id,
        order=None,
        state=pending.state,
        revision=pending.revision,
        id=forged.id,
        step=Step(**fields),  # type: ignore[arg-type]
    )

    assert world.problem(forged, taker).detail == why


def test_a_desk_cannot_speak_for_the_hotline(world: World) -> None:
    """
    A remote sequence number from a desk is refused: it would silence the hotline for good.
    """
    taker = world.taker()
    pending = world.done(submission(), taker)

    problem = world.problem(act(pending, Action.CHASE, TAKER, "taker1", remote_seq=10**9), taker)

    assert (problem.problem, problem.field) == ("invalid", "remote_seq")


@pytest.mark.parametrize(
    "words",
    [{"unit": "示例单位"}, {"tier": Tier.CITY}, {"result": "已办结"}, {"satisfaction": Satisfaction.VERY_SATISFIED}],
)
@pytest.mark.parametrize("action", [Action.CHASE, Action.APPROVE])
def test_a_desk_cannot_speak_for_a_unit(world: World, action: Action, words: dict[str, object]) -> None:
    """
    What only the hotline or a unit may say of an order is refused from a desk, in every step.
    """
    role, token = (OFFICER, world.officer()) if action is Action.APPROVE else (TAKER, world.taker())
    pending = world.done(submission(), world.taker())
    by = "officer1" if role is OFFICER else "taker1"

    problem = world.problem(act(pending, action, role, by, **words), token)

    assert (problem.problem, problem.field, problem.detail) == ("invalid", *words, "not_yours")
    assert world.service_truth(pending) == pending


def test_a_missing_reason_names_its_field(world: World) -> None:
    """
    A rejection without a reason is refused with the field's name.
    """
    pending = world.done(submission(), world.taker())

    problem = world.problem(act(pending, Action.REJECT, OFFICER, "officer1"), world.officer())

    assert (problem.problem, problem.field) == ("invalid", "reason")


def test_one_refusal_does_not_stop_the_batch(world: World) -> None:
    """
    In a batch of 120 with one refused command, the other 119 are done.
    """
    commands = [submission() for _ in range(120)]
    commands[60] = submission(by="taker2")

    answers = world.gateway.push(commands, world.taker())

    assert [index for index, answer in enumerate(answers) if not isinstance(answer, Answer)] == [60]
    assert [a.command for a in answers if isinstance(a, Answer)] == [c.id for c in commands if c is not commands[60]]


def test_the_feed_names_every_change_once(world: World) -> None:
    """
    A console that pulls to the end knows every order's latest snapshot, and then hears nothing more.
    """
    taker, officer = world.taker(), world.officer()
    pending = [world.done(submission(), taker) for _ in range(60)]
    first = world.done(approval(pending[0]), officer)

    pages = [world.gateway.pull("", taker)]
    while pages[-1].more:
        pages.append(world.gateway.pull(pages[-1].cursor, taker))
    seen = {transfer.id: transfer for page in pages for transfer in page.transfers}

    assert seen == {**{t.id: t for t in pending}, first.id: first}
    assert world.gateway.pull(pages[-1].cursor, taker).transfers == ()


@pytest.mark.parametrize("cursor", ["elsewhere.3", "nonsense", "", ".", "a.b.c"])
def test_a_foreign_cursor_begins_anew(world: World, cursor: str) -> None:
    """
    A cursor that this store never issued is answered from the beginning.
    """
    taker = world.taker()
    pending = world.done(submission(), taker)

    assert world.gateway.pull(cursor, taker).transfers == (pending,)


def test_a_restored_backup_is_noticed(world: World, tmp_path: Path) -> None:
    """
    After a restore the epoch is another one and an old cursor is answered from the beginning.
    """
    taker = world.taker()
    kept = world.done(submission(), taker)
    world.service.backup(tmp_path / "backup.db")
    lost = world.done(submission(), taker)
    before = world.gateway.pull("", taker)
    put_back(tmp_path / "backup.db", tmp_path / "restored" / "gateway.db")

    restored = open_service(tmp_path / "restored" / "gateway.db", world.hotline, clock=world.clock)
    after = restored.pull(before.cursor, taker)
    restored.close()

    assert {transfer.id for transfer in before.transfers} == {kept.id, lost.id}
    assert after.transfers == (kept,)
    assert after.epoch != before.epoch


def test_an_unknown_order_is_refused(world: World) -> None:
    """
    Asking for an order that the gateway does not have is refused as unknown.
    """
    with pytest.raises(Refused) as refused:
        world.gateway.transfer(TransferId("../health?x=1#y"), world.taker())

    assert refused.value.problem == "unknown"


@pytest.mark.parametrize(
    ("password", "role", "user", "why"),
    [
        ("wrong", TAKER, "taker1", "wrong_password"),
        (PASSWORD, TAKER, "nobody", "wrong_password"),
        (PASSWORD, OFFICER, "taker1", "role_not_held"),
        (PASSWORD, Role.HOTLINE, "taker1", "role_not_held"),
        (PASSWORD, Role.SYSTEM, "officer1", "role_not_held"),
    ],
)
def test_a_bad_sign_in_says_why(world: World, password: str, role: Role, user: str, why: str) -> None:
    """
    A wrong password and an unknown user sound alike; a role that one does not hold is named.
    """
    with pytest.raises(SignInNeeded, match=why):
        world.gateway.sign_in(SignIn(user=user, password=password, seat="A1", role=role))


def test_the_log_names_sign_ins(world: World, caplog: pytest.LogCaptureFixture) -> None:
    """
    Account, role, seat and result of every sign-in are in the log; no password, no token, and no name nobody has.
    """
    caplog.set_level(logging.INFO, "workstation.gateway")
    token = world.taker("taker1", "A7")
    for user, password, role in (
        ("taker1", "guess-1", TAKER),
        ("taker1", PASSWORD, OFFICER),
        ("my-pass-9", "x", TAKER),
    ):
        with pytest.raises(SignInNeeded):
            world.gateway.sign_in(SignIn(user=user, password=password, seat="A7", role=role))

    assert [line for line in caplog.messages if "sign-in" in line] == [
        "sign-in user=taker1 role=call_taker seat=A7",
        "sign-in refused user=taker1 role=call_taker seat=A7 why=wrong_password",
        "sign-in refused user=taker1 role=duty_officer seat=A7 why=role_not_held",
        "sign-in refused user=? role=call_taker seat=A7 why=wrong_password",
    ]
    assert not any(secret in caplog.text for secret in (token, PASSWORD, "guess-1", "my-pass-9"))


def test_guessing_is_slowed_down(world: World) -> None:
    """
    After five wrong passwords even the right one has to wait; then it is good again.
    """
    for _ in range(5):
        with pytest.raises(SignInNeeded, match="wrong_password"):
            world.gateway.sign_in(SignIn(user="taker1", password="guess", seat="A1", role=TAKER))
    with pytest.raises(SignInNeeded, match="locked"):
        world.taker()
    world.clock.move(timedelta(seconds=16))

    assert world.taker()


@pytest.mark.parametrize("token", ["", "made-up", "é", "a b"])
def test_a_made_up_token_opens_nothing(world: World, token: str) -> None:
    """
    Whatever is asked with a token that was never issued, the answer is to sign in.
    """
    with pytest.raises(SignInNeeded):
        world.gateway.pull("", token)
    with pytest.raises(SignInNeeded):
        world.gateway.push([submission()], token)
    with pytest.raises(SignInNeeded):
        world.gateway.incidents(IncidentQuery(words="x"), token)


def test_a_shift_ends(world: World) -> None:
    """
    After twelve hours a token reads nothing any more, but delivers what was done before its end.
    """
    taker = world.taker()
    world.clock.move(timedelta(hours=12, seconds=1))
    with pytest.raises(SignInNeeded, match="expired"):
        world.gateway.pull("", taker)
    with pytest.raises(SignInNeeded, match="expired"):
        world.one(submission(at=world.clock.now), taker)

    assert world.done(submission(), taker).state is State.PENDING_APPROVAL


def test_a_sign_out_keeps_the_queue_alive(world: World) -> None:
    """
    After sign-out a token delivers only commands made before it, for a day, and reads nothing.
    """
    taker = world.taker()
    before, after = submission(), submission(at=START + timedelta(seconds=2))
    world.gateway.sign_out(taker, START + timedelta(seconds=1))
    with pytest.raises(SignInNeeded, match="signed_out"):
        world.gateway.pull("", taker)
    with pytest.raises(SignInNeeded, match="signed_out"):
        world.one(after, taker)

    assert world.done(before, taker).authors == ("taker1",)
    world.clock.move(timedelta(hours=25))
    with pytest.raises(SignInNeeded):
        world.one(submission(), taker)


def test_a_seat_switch_strands_nothing(world: World) -> None:
    """
    When the next person signs in at the same seat, the former one's rows still go up under the former name.
    """
    former = world.taker("taker1", "A1")
    queued = submission()
    world.gateway.sign_out(former, START)
    following = world.taker("taker2", "A1")

    assert world.done(queued, former).authors == ("taker1",)
    assert world.done(submission(by="taker2"), following).authors == ("taker2",)


def test_a_disabled_user_is_out_at_once(world: World) -> None:
    """
    Disabling a user ends their tokens, also for what they had queued.
    """
    taker = world.taker()
    world.service.accounts.disable("taker1", now=world.clock.now, by="boss")
    with pytest.raises(SignInNeeded):
        world.one(submission(), taker)

    with pytest.raises(SignInNeeded, match="disabled"):
        world.taker()


def test_a_password_reset_ends_old_tokens(world: World) -> None:
    """
    After a reset the old token and the old password are worth nothing, the new password is good.
    """
    taker = world.taker()
    world.service.accounts.reset("taker1", "another-horse-7", now=world.clock.now, by="boss")
    with pytest.raises(SignInNeeded):
        world.gateway.pull("", taker)
    with pytest.raises(SignInNeeded, match="wrong_password"):
        world.taker()

    assert world.gateway.sign_in(SignIn(user="taker1", password="another-horse-7", seat="A1", role=TAKER)).token


def test_somebody_elses_command_id_is_no_key(world: World) -> None:
    """
    A command id that somebody else used answers with nothing of theirs.
    """
    command = submission()
    world.done(command, world.taker())

    problem = world.problem(submission(by="taker2", id=command.id), world.taker("taker2"))

    assert (problem.problem, problem.detail) == ("forbidden", "id_taken")


def test_incident_revisions_only_grow(world: World) -> None:
    """
    Revisions of an incident are kept in order; an older or equal one is stale and changes nothing.
    """
    taker = world.taker()
    incident = make_incident(revision=3)
    assert isinstance(world.one(revision(incident), taker), Answer)

    assert world.problem(revision(make_incident(id=incident.id, revision=3)), taker).problem == "stale"
    assert world.problem(revision(make_incident(id=incident.id, revision=2)), taker).problem == "stale"
    newer = make_incident(id=incident.id, revision=4)
    assert isinstance(world.one(revision(newer), taker), Answer)
    assert world.gateway.incidents(IncidentQuery(phone="19900001234"), taker) in ((newer,), [newer])


def test_only_its_authors_revise_an_incident(world: World) -> None:
    """
    A revision by somebody who is not among the authors, or signed in for another role, is forbidden.
    """
    assert world.problem(revision(make_incident(author="taker2")), world.taker()).problem == "forbidden"
    assert world.problem(revision(make_incident(author="officer1")), world.officer()).problem == "forbidden"


def test_a_stranger_overwrites_no_incident(world: World) -> None:
    """
    A revision by somebody who never wrote on a known incident is forbidden, whoever it names as its authors.
    """
    mine = make_incident()
    world.one(revision(mine), world.taker())
    claims = make_incident(id=mine.id, revision=9, authors=("taker1", "taker2", "officer1"))
    own = make_incident(id=mine.id, revision=9, author="taker2", authors=("taker1", "taker2"))

    assert world.problem(revision(claims), world.taker("taker2")).detail == "not_your_incident"
    assert world.problem(revision(own), world.taker("taker2")).detail == "not_your_incident"
    assert isinstance(world.one(revision(make_incident(id=mine.id, revision=2)), world.taker()), Answer)


def test_a_hand_over_names_whom_it_came_from(world: World) -> None:
    """
    A call-taker who claims a known incident with a line in which its author has no part is forbidden.
    """
    mine = make_incident()
    world.one(revision(mine), world.taker())
    line = f"{START.isoformat()} somebody -> taker2"
    claimed = replace(mine, revision=2, author="taker2", authors=("taker2",), handed_over=(line,))

    assert world.problem(revision(claimed), world.taker("taker2")).detail == "not_your_incident"


def test_an_incident_taken_over_names_its_new_author_only(world: World) -> None:
    """
    Who takes a known incident over as a logged step joins its authors, and can name nobody else one of them.
    """
    mine = make_incident()
    world.one(revision(mine), world.taker())
    taken = replace(mine.taken_over("taker2", START), revision=2, authors=("taker1", "taker2", "officer1", "officer2"))
    assert isinstance(world.one(revision(taken), world.taker("taker2")), Answer)
    pending = world.done(submission(by="taker2", incident_id=mine.id), world.taker("taker2"))

    assert world.problem(approval(pending, "taker2"), world.officer("taker2")).detail == "approver_is_author"
    assert world.done(approval(pending), world.officer()).state is State.APPROVED


def test_a_draft_taken_over_before_it_was_sent_keeps_its_first_author(world: World) -> None:
    """
    Who began a draft that somebody else took over and sent cannot approve its order.
    """
    taken = make_incident(author="taker2", authors=("taker2",)).taken_over("taker1", START)
    assert isinstance(world.one(revision(taken), world.taker()), Answer)
    pending = world.done(submission(incident_id=taken.id), world.taker())

    assert world.problem(approval(pending, "taker2"), world.officer("taker2")).detail == "approver_is_author"


@pytest.mark.parametrize(
    ("query", "hits"),
    [
        (IncidentQuery(phone="19900001234"), 1),
        (IncidentQuery(phone="19900005678"), 1),
        (IncidentQuery(phone="1990000"), 0),
        (IncidentQuery(region="3704"), 1),
        (IncidentQuery(region="3705"), 0),
        (IncidentQuery(words="施工"), 1),
        (IncidentQuery(words="深夜 睡眠"), 0),
        (IncidentQuery(words="260302-A1-001"), 1),
        (IncidentQuery(words='" OR words:'), 0),
        (IncidentQuery(words="施", region="370402", phone="19900001234"), 1),
        (IncidentQuery(), 0),
    ],
)
def test_incidents_are_found_by_what_was_asked(world: World, query: IncidentQuery, hits: int) -> None:
    """
    Earlier incidents are found by phone, place and words, all that was asked together, and nothing asked is nothing.
    """
    taker = world.taker()
    world.one(revision(make_incident()), taker)

    assert len(world.gateway.incidents(query, taker)) == hits


def test_readers_see_each_other(world: World) -> None:
    """
    Two officers in front of the same order know of each other, under their real names, for half a minute.
    """
    one, two = world.officer("officer1"), world.officer("officer2")
    world.gateway.read(Reading(transfer="t1", user="officer1", at=START), one)
    both = world.gateway.read(Reading(transfer="t1", user="somebody", at=START), two)
    world.clock.move(timedelta(seconds=31))
    later = world.gateway.read(Reading(transfer="t1", user="officer2", at=START), two)

    assert [reading.user for reading in both] == ["officer1", "officer2"]
    assert [reading.user for reading in later] == ["officer2"]


def test_an_urgent_order_leaves_first_and_is_confirmed_after(world: World) -> None:
    """
    The one bypass goes out at once, carries its flag, and only somebody else clears it.
    """
    order = make_order(urgent=True, urgent_reason="有人受困", call_in_phone=Phone("19900001234"))
    gone = world.done(submission(order, by="taker2", urgent=True), world.taker("taker2"))
    world.service.dispatch()
    sent = world.service_truth(gone)
    assert sent.state is State.SENT
    assert Flag.APPROVAL_DUE in sent.flags
    own = world.problem(act(sent, Action.CONFIRM, OFFICER, "taker2"), world.officer("taker2"))
    confirmed = world.done(act(sent, Action.CONFIRM, OFFICER, "officer1"), world.officer())

    assert own.detail == "approver_is_author"
    assert Flag.APPROVAL_DUE not in confirmed.flags


def test_the_longest_content_survives(world: World) -> None:
    """
    Five thousand characters, rare ones and emoji among them, come back as they were sent.
    """
    content = ("𬭎🙂\n\t施" * 1000)[:5000]
    pending = world.done(submission(make_order(content)), world.taker())

    assert world.service_truth(pending).order.content == content


def test_wild_ids_are_refused(world: World) -> None:
    """
    An id that is no id is refused in its own item, and the batch goes on.
    """
    answers = world.gateway.push([submission(id=CommandId("x y")), submission()], world.taker())

    assert getattr(answers[0], "field", "") == "id"
    assert isinstance(answers[1], Answer)
