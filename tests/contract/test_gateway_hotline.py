"""What the gateway promises at the border to the hotline, with the stand-in behind it."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from tests.contract.gateway_parts import (
    SCRIPTS,
    TestClock,
    act,
    make_order,
    make_service,
    make_stand_in,
    sign_in,
    snapshot,
    states,
    submission,
)
from tests.contract.gateway_world import World, approval, opened
from workstation.domain.errors import Refused, Unavailable
from workstation.domain.identity import TransferId
from workstation.domain.lifecycle import Action, Direction, Flag, Role, State
from workstation.domain.transfer import Satisfaction, Transfer
from workstation.gateway.hotline import Consignment, RemoteMessage
from workstation.gateway.hotline_loop import HotlineLoop
from workstation.gateway.hotline_script import Play
from workstation.gateway.hotline_stand_in import HotlineStandIn, Manner
from workstation.gateway.service import GatewayService, open_service

OFFICER = Role.DUTY_OFFICER
TAKER = Role.CALL_TAKER


class Watched:
    """A connector that shows what passes, and lets a test step in while something is being sent."""

    def __init__(self, hotline: HotlineStandIn) -> None:
        self._hotline = hotline
        self.content_limit = hotline.content_limit
        self.sent: list[Consignment] = []
        self.while_sending: Callable[[Consignment], None] = lambda _: None
        self.lose_answers = False

    def reach(self) -> None:
        self._hotline.reach()

    def send(self, consignment: Consignment) -> None:
        self.sent.append(consignment)
        self.while_sending(consignment)
        self._hotline.send(consignment)
        if self.lose_answers:
            raise Unavailable("answer_lost")

    def collect(self) -> Sequence[RemoteMessage]:
        return self._hotline.collect()

    def acknowledge(self, messages: Sequence[RemoteMessage]) -> None:
        self._hotline.acknowledge(messages)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Open a gateway with a hotline that speaks on demand."""
    with opened("local", tmp_path) as made:
        yield made


def _approved(world: World) -> Transfer:
    return world.done(approval(world.done(submission(), world.taker())), world.officer())


ENDS = {
    "straight": State.CLOSED,
    "declined": State.DECLINED,
    "declined_after_acceptance": State.DECLINED,
    "bounced": State.CLOSED,
    "bounced_unsigned": State.CLOSED,
    "skipping": State.CLOSED,
    "dissatisfied": State.CLOSED,
    "closed_dissatisfied": State.CLOSED,
    "reopened": State.CLOSED,
    "extended": State.CLOSED,
    "silent": State.RECEIVED,
    "recalled": State.RECALLED,
}


@pytest.mark.parametrize("script", sorted(ENDS))
def test_every_script_leads_where_it_says(world: World, script: str) -> None:
    """
    Each of the stand-in's scripts is played to its end without a step that the table refuses.
    """
    after = world.play(_approved(world), script)

    assert after.state is ENDS[script]
    heard = [step.action for step in (*after.steps, *after.notes) if step.remote_seq is not None]
    assert sorted(heard) == sorted(play.action for play in SCRIPTS[script])


def test_the_scripts_are_all_tried() -> None:
    """
    No script is left out of these tests.
    """
    assert set(ENDS) | {"reported"} == set(SCRIPTS)


def test_skipped_steps_are_marked(world: World) -> None:
    """
    Where the hotline skipped steps they stand in the history as inferred, not as said.
    """
    after = world.play(_approved(world), "skipping")

    assert [step.action for step in after.steps if step.inferred] == [Action.ACCEPT, Action.ASSIGN, Action.SIGN]


def test_a_dissatisfied_citizen_counts(world: World) -> None:
    """
    A dissatisfied call-back sends the order back to the unit and is counted.
    """
    assert world.play(_approved(world), "dissatisfied").rework_count == 1


def test_an_order_may_close_without_satisfaction(world: World) -> None:
    """
    A script closes an order although the citizen is not satisfied, and the order says so.
    """
    after = world.play(_approved(world), "closed_dissatisfied")

    assert (after.steps[-1].action, after.steps[-1].satisfaction) == (Action.CLOSE, Satisfaction.DISSATISFIED)
    assert after.rework_count == 0


def test_a_declined_order_goes_again(world: World) -> None:
    """
    An order that the hotline declined is submitted, approved and sent a second time, under the same hotline number.
    """
    declined = world.play(_approved(world), "declined")
    again = act(declined, Action.SUBMIT, TAKER, "taker1", order=make_order("补充了地址"))
    pending = world.done(again, world.taker())
    world.done(approval(pending), world.officer())
    closed = world.play(pending, "straight")

    assert closed.state is State.CLOSED
    assert closed.hotline_number == declined.hotline_number
    assert world.hotline.orders() == [(closed.id, Action.RELEASE)] * 2


def test_out_of_reach_stays_approved(world: World) -> None:
    """
    While the hotline is out of reach an order stays approved, can be recalled, and is then never sent.
    """
    world.hotline.reachable = False
    approved = _approved(world)
    world.service.dispatch()
    waiting = world.service.health().waiting_for_hotline
    recalled = world.done(act(approved, Action.RECALL, OFFICER, "officer1", reason="已派警"), world.officer())
    world.hotline.reachable = True
    world.service.dispatch()

    assert waiting == 1
    assert recalled.state is State.RECALLED
    assert world.hotline.orders() == []
    assert world.service.health().waiting_for_hotline == 0


def test_a_recall_in_the_last_moment_is_kept(tmp_path: Path) -> None:
    """
    An order that is recalled while the one before it is being sent does not leave.
    """
    clock = TestClock()
    with closing(make_stand_in(clock)) as hotline:
        watched = Watched(hotline)
        make_service(tmp_path / "gateway.db", clock, hotline).close()
        with closing(open_service(tmp_path / "gateway.db", watched, clock=clock)) as service:
            first, second = _approved_by(service), _approved_by(service)
            officer = sign_in(service, "officer1", OFFICER)
            recall = act(second, Action.RECALL, OFFICER, "officer1", reason="已派警")

            def recall_it(_: Consignment) -> None:
                service.push([recall], officer)

            watched.while_sending = recall_it
            service.dispatch()

            assert [consignment.transfer.id for consignment in watched.sent] == [first.id]
            assert service.transfer(second.id, officer).state is State.RECALLED


@pytest.mark.parametrize("note", [None, Action.CHASE])
def test_what_nobody_approved_never_leaves(tmp_path: Path, note: Action | None) -> None:
    """
    With the answer to the first revision lost, the second does not leave before it is approved, nor with a note.
    """
    clock = TestClock()
    with closing(make_stand_in(clock)) as hotline:
        watched = Watched(hotline)
        make_service(tmp_path / "gateway.db", clock, hotline).close()
        with closing(open_service(tmp_path / "gateway.db", watched, clock=clock)) as service:
            taker, first = sign_in(service, "taker1"), _approved_by(service)
            watched.lose_answers = True
            service.dispatch()
            if note is not None:
                service.push([act(first, note, TAKER, "taker1")], taker)
            decline = RemoteMessage(
                uid="m1", transfer=first.id, remote_seq=1, at=clock.now, action=Action.DECLINE, reason="地址不详"
            )
            _take_in(service, [decline])
            declined = service.transfer(first.id, taker)
            again = act(declined, Action.SUBMIT, TAKER, "taker1", order=make_order("无人批准的文字"))
            pending = snapshot(service.push([again], taker)[0])
            if note is not None:
                service.push([act(pending, note, TAKER, "taker1")], taker)
            watched.lose_answers = False
            clock.move(timedelta(hours=2))
            service.dispatch()

            assert pending.state is State.PENDING_APPROVAL
            assert {consignment.transfer.revision for consignment in watched.sent} == {1}
            assert service.health().waiting_for_hotline == 0
            service.push([approval(pending)], sign_in(service, "officer1", OFFICER))
            service.dispatch()
            assert (watched.sent[-1].action, watched.sent[-1].transfer.revision) == (Action.RELEASE, 2)


@pytest.mark.expected_logs("delivery superseded")
def test_a_delivery_of_an_older_revision_is_given_up(tmp_path: Path) -> None:
    """
    A delivery that an older gateway left open for a revision that has been replaced is ended, and nothing is sent.
    """
    with opened("local", tmp_path) as world:
        received = world.play(_approved(world), "silent")
        uid = f"{received.id} 7"
        world.service._store.write(
            lambda ledger: ledger.hotline.consign(uid, received.id, Action.RELEASE, world.clock.now)
        ).result()
        world.service.dispatch()

        assert world.hotline.orders() == [(received.id, Action.RELEASE)]
        assert world.service.health().waiting_for_hotline == 0


def _approved_by(service: GatewayService) -> Transfer:
    pending = snapshot(service.push([submission()], sign_in(service, "taker1"))[0])
    return snapshot(service.push([approval(pending)], sign_in(service, "officer1", OFFICER))[0])


def test_what_was_approved_before_a_crash_leaves_after_it(world: World) -> None:
    """
    A gateway that died between approval and release sends the order when it is started again.
    """
    approved = _approved(world)
    with closing(open_service(world.file, world.hotline, clock=world.clock)) as again:
        again.dispatch()

    assert world.service_truth(approved).state is State.SENT
    assert world.hotline.orders() == [(approved.id, Action.RELEASE)]


def test_long_content_is_split_in_sight(tmp_path: Path) -> None:
    """
    For a hotline that takes 300 characters, 700 go in numbered pieces and none is missing.
    """
    clock = TestClock()
    content = "".join(chr(0x4E00 + n) for n in range(700))
    with closing(make_stand_in(clock, Manner(delay=None, content_limit=300))) as hotline:
        watched = Watched(hotline)
        make_service(tmp_path / "gateway.db", clock, hotline).close()
        with closing(open_service(tmp_path / "gateway.db", watched, clock=clock)) as service:
            taker, officer = sign_in(service, "taker1"), sign_in(service, "officer1", OFFICER)
            pending = snapshot(service.push([submission(make_order(content))], taker)[0])
            service.push([approval(pending)], officer)
            service.dispatch()
    parts = watched.sent[0].parts

    assert [part[:5] for part in parts] == ["(1/3)", "(2/3)", "(3/3)"]
    assert "".join(part[5:] for part in parts) == content
    assert max(len(part) for part in parts) <= 300


@pytest.mark.expected_logs("hotline refuses a delivery")
def test_a_form_that_the_hotline_rejects_stays_in_sight(tmp_path: Path) -> None:
    """
    What the hotline rejects in form is not lost: it is counted as waiting, and the others go on.
    """
    clock = TestClock()
    with closing(make_stand_in(clock)) as hotline:
        watched = Watched(hotline)
        make_service(tmp_path / "gateway.db", clock, hotline).close()
        with closing(open_service(tmp_path / "gateway.db", watched, clock=clock)) as service:
            first, second = _approved_by(service), _approved_by(service)

            def reject(consignment: Consignment) -> None:
                if consignment.transfer.id == first.id:
                    raise Refused("form")

            watched.while_sending = reject
            service.dispatch()

            assert hotline.orders() == [(second.id, Action.RELEASE)]
            assert service.health().waiting_for_hotline == 1


def test_a_delivery_that_meets_a_bug_lets_the_others_go(tmp_path: Path) -> None:
    """
    A delivery that fails in a way nobody expected waits its turn; the next order leaves before it is tried again.
    """
    clock = TestClock()
    with closing(make_stand_in(clock)) as hotline:
        watched = Watched(hotline)
        make_service(tmp_path / "gateway.db", clock, hotline).close()
        with closing(open_service(tmp_path / "gateway.db", watched, clock=clock)) as service:
            first, second = _approved_by(service), _approved_by(service)
            watched.while_sending = lambda consignment: _bug() if consignment.transfer.id == first.id else None
            with pytest.raises(ZeroDivisionError):
                service.dispatch()
            service.dispatch()
            assert hotline.orders() == [(second.id, Action.RELEASE)]
            watched.while_sending = lambda _: None
            clock.move(timedelta(minutes=1))
            service.dispatch()

            assert hotline.orders() == [(second.id, Action.RELEASE), (first.id, Action.RELEASE)]


def _bug() -> None:
    raise ZeroDivisionError


@pytest.mark.expected_logs("hotline loop failed and begins again")
def test_a_bug_towards_the_hotline_is_seen_and_survived(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    When carrying meets a bug, it is told as any other, the health page says so, and carrying goes on until it is well.
    """
    clock = TestClock()
    told: list[type[BaseException]] = []
    monkeypatch.setattr(threading, "excepthook", lambda bug: told.append(bug.exc_type))
    with closing(make_stand_in(clock)) as hotline, closing(make_service(tmp_path / "g.db", clock, hotline)) as service:
        broken, tried, mended = threading.Event(), threading.Semaphore(0), threading.Event()
        broken.set()

        def dispatch() -> int:
            if broken.is_set():
                tried.release()
                _bug()
            if not loop.well:
                return 0
            mended.set()
            return 0

        loop = HotlineLoop(dispatch, every_s=0.01)
        service.carries_well = lambda: loop.well
        loop.start()
        try:
            assert tried.acquire(timeout=10)
            assert tried.acquire(timeout=10)
            ill = service.health().ok
            broken.clear()
            assert mended.wait(10)
            well = service.health().ok
        finally:
            loop.stop()

    assert (ill, well, loop.well) == (False, True, False)
    assert set(told) == {ZeroDivisionError}


def test_a_recall_is_asked_and_confirmed(world: World) -> None:
    """
    When a sent order turns urgent, the recall is asked, reaches the hotline, and its confirmation ends the order.
    """
    received = world.play(_approved(world), "silent")
    asked = act(received, Action.ASK_RECALL, OFFICER, "officer1", reason="有人持刀")
    flagged = world.done(asked, world.officer())
    world.service.dispatch()
    world.hotline.advance(received.id)
    world.service.dispatch()

    assert Flag.RECALL_ASKED in flagged.flags
    assert world.service_truth(received).state is State.RECALLED


def test_the_hotline_keeps_its_pace(tmp_path: Path) -> None:
    """
    On a schedule of one minute, each minute brings one step.
    """
    with opened("local", tmp_path, Manner(delay=timedelta(minutes=1))) as world:
        approved = _approved(world)
        seen = []
        for _ in range(4):
            world.service.dispatch()
            seen.append(world.service_truth(approved).state)
            world.clock.move(timedelta(minutes=1))

    assert seen == [State.SENT, State.RECEIVED, State.ACCEPTED, State.ASSIGNED]


def test_a_message_that_overtook_waits(world: World) -> None:
    """
    A re-opening that arrives before its closing is kept, and applied when the closing came.
    """
    received = world.play(_approved(world), "silent")
    seq = received.remote_seq
    reopen = _message(world, received, seq + 3, Action.ADD_UNIT)
    rework = _message(world, received, seq + 1, Action.ACCEPT)
    assign = _message(world, received, seq + 2, Action.ASSIGN, unit="示例单位", tier="city")

    def take(message: RemoteMessage) -> Transfer:
        _take_in(world.service, [message])
        return world.service_truth(received)

    assert take(reopen).notes == ()
    assert take(rework).state is State.ACCEPTED
    after = take(assign)
    assert after.state is State.ASSIGNED
    assert [note.action for note in after.notes] == [Action.ADD_UNIT]


def test_an_old_message_changes_nothing(world: World) -> None:
    """
    A remote message twice, or one with a number that was passed, leaves the order as it is.
    """
    received = world.play(_approved(world), "silent")
    accept = _message(world, received, 5, Action.ACCEPT)
    _take_in(world.service, [accept, accept])
    accepted = world.service_truth(received)
    _take_in(world.service, [accept, _message(world, received, 4, Action.DECLINE, reason="迟到")])

    assert accepted.state is State.ACCEPTED
    assert world.service_truth(received) == accepted


def test_a_message_about_nothing_is_kept_and_harmless(world: World) -> None:
    """
    A remote message about an order that we do not know is kept, and nothing else happens.
    """
    message = RemoteMessage(
        uid="u1", transfer=TransferId("nowhere"), remote_seq=1, at=world.clock.now, action=Action.RECEIPT
    )
    _take_in(world.service, [message, message])

    assert world.gateway.pull("", world.taker()).transfers == ()


def test_an_order_comes_the_other_way(world: World) -> None:
    """
    The hotline offers an order, 110 takes it on, dispatches and reports, and the hotline closes it.
    """
    offer = world.hotline.offer(make_order("有人称被跟踪"))
    world.service.dispatch()
    offered = world.gateway.transfer(offer, world.taker())
    taken = world.done(act(offered, Action.TAKE_ON, TAKER, "taker1"), world.taker())
    sent = world.done(act(taken, Action.DISPATCH, TAKER, "taker1"), world.taker())
    reported = world.done(act(sent, Action.REPORT, OFFICER, "officer1", result="已到场"), world.officer())
    world.service.dispatch()
    world.hotline.advance(offer)
    world.service.dispatch()

    assert (offered.direction, offered.state, offered.version) == (Direction.INBOUND, State.OFFERED, 1)
    assert offered.number == "260302-12345-001"
    assert reported.state is State.REPORTED
    assert world.gateway.transfer(offer, world.taker()).state is State.FINISHED
    assert [action for _, action in world.hotline.orders()] == [Action.TAKE_ON, Action.DISPATCH, Action.REPORT]


def test_an_offer_can_be_turned_down(world: World) -> None:
    """
    A duty officer turns an offer down with a reason, and the hotline hears it.
    """
    offer = world.hotline.offer(make_order())
    world.service.dispatch()
    offered = world.gateway.transfer(offer, world.taker())
    without = world.problem(act(offered, Action.TURN_DOWN, OFFICER, "officer1"), world.officer())
    down = world.done(act(offered, Action.TURN_DOWN, OFFICER, "officer1", reason="不属公安职责"), world.officer())
    world.service.dispatch()

    assert without.field == "reason"
    assert down.state is State.TURNED_DOWN
    assert world.hotline.orders() == [(offer, Action.TURN_DOWN)]


def test_the_played_hotline_remembers(tmp_path: Path) -> None:
    """
    A stand-in with a file goes on after a crash where it was, and still knows what it heard.
    """
    clock = TestClock()
    file = tmp_path / "hotline.db"
    store = tmp_path / "gateway.db"
    with closing(make_stand_in(clock, file=file)) as hotline, closing(make_service(store, clock, hotline)) as service:
        approved = _approved_by(service)
        service.dispatch()
        hotline.play(approved.id, "straight")
        hotline.advance(approved.id)
    with closing(make_stand_in(clock, file=file)) as hotline, closing(make_service(store, clock, hotline)) as service:
        service.dispatch()
        received = service.transfer(approved.id, sign_in(service, "taker1"))
        hotline.advance(approved.id)
        service.dispatch()
        accepted = service.transfer(approved.id, sign_in(service, "taker1"))

    assert (received.state, accepted.state) == (State.RECEIVED, State.ACCEPTED)
    assert states(accepted)[-2:] == [Action.RECEIPT, Action.ACCEPT]


def _message(world: World, transfer: Transfer, seq: int, action: Action, **other: object) -> RemoteMessage:
    fields = {
        "uid": f"{transfer.id} x{seq}",
        "transfer": transfer.id,
        "remote_seq": seq,
        "at": world.clock.now,
        "action": action,
        **other,
    }
    return RemoteMessage(**fields)  # type: ignore[arg-type]


def _take_in(service: GatewayService, messages: Sequence[RemoteMessage]) -> None:
    service._dispatcher.take_in(messages, service.now())


def test_a_played_step_may_be_said_aside(world: World) -> None:
    """
    The stand-in can say one thing outside its script.
    """
    received = world.play(_approved(world), "silent")
    world.hotline.say(received.id, Play(action=Action.SUPERVISE, reason="久拖不决"))
    world.service.dispatch()

    assert Flag.SUPERVISION in world.service_truth(received).flags
