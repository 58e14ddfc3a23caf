"""The cards that the gateway raises by itself, seen through both doors."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from tests.contract.gateway_parts import act, submission
from tests.contract.gateway_world import DOORS, World, approval, opened
from workstation.bootstrap.library import read_deadlines
from workstation.domain.deadlines import DeadlineKind
from workstation.domain.lifecycle import Action, Flag, Role, State
from workstation.domain.order import Tier
from workstation.domain.transfer import Transfer
from workstation.gateway.cards import CardWatch
from workstation.gateway.hotline_script import Play
from workstation.gateway.service import open_service

DEADLINES = read_deadlines()


@pytest.fixture(params=DOORS)
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    with opened(request.param, tmp_path) as world:
        yield world


def signed(world: World) -> Transfer:
    """Return an order that its unit has signed for."""
    pending = world.done(submission(), world.taker())
    world.done(approval(pending), world.officer())
    world.service.dispatch()
    for play in (Play(action=Action.ACCEPT), Play(action=Action.ASSIGN, unit="示例局"), _SIGN):
        world.hotline.say(pending.id, play)
    world.service.dispatch()
    return world.service_truth(pending)


_SIGN = Play(action=Action.SIGN, role=Role.UNIT)


def test_a_card_is_raised_once_whoever_watches(world: World) -> None:
    """
    However often it is looked, by one watch, by a second one and after a restart: one card for each debt.
    """
    order = signed(world)
    first = CardWatch(world.service._store, DEADLINES)
    early = first.run_once(world.clock())
    world.clock.move(timedelta(days=6))
    raised = first.run_once(world.clock())
    again = first.run_once(world.clock()) + CardWatch(world.service._store, DEADLINES).run_once(world.clock())
    with closing(open_service(world.file, world.hotline, clock=world.clock, deadlines=DEADLINES)) as restarted:
        restarted.dispatch()
    truth = world.service_truth(order)

    assert (early, raised, again) == (0, 1, 0)
    assert [(n.action, n.role, n.by, n.fields) for n in truth.notes] == [
        (Action.WARN_YELLOW, Role.SYSTEM, "gateway", (DeadlineKind.GENERAL,))
    ]
    assert truth.flags == {Flag.YELLOW_CARD}
    assert truth.state is State.SIGNED


def test_the_next_unit_is_warned_about_its_own_signature(world: World) -> None:
    """
    After a bounce nobody is warned about a signature until the order is handed on; then the next unit's is watched.
    """
    watch, order = CardWatch(world.service._store, DEADLINES), signed(world)
    world.hotline.say(order.id, Play(action=Action.BOUNCE, role=Role.UNIT, reason="不属本单位职责"))
    world.clock.move(timedelta(days=2))
    world.service.dispatch()
    waiting = watch.run_once(world.clock())
    world.hotline.say(order.id, Play(action=Action.ASSIGN, unit="示例二局", tier=Tier.CITY))
    world.service.dispatch()
    in_time = watch.run_once(world.clock())
    world.clock.move(timedelta(days=1, hours=23))
    watch.run_once(world.clock())
    truth = world.service_truth(order)

    assert (waiting, in_time) == (0, 0)
    assert (Action.WARN_RED, (DeadlineKind.SIGN,)) in [(note.action, note.fields) for note in truth.notes]


def test_a_card_goes_through_the_change_feed(world: World) -> None:
    """
    A console that pulls after its cursor hears of the card, with the moment of the gateway's clock.
    """
    order = signed(world)
    cursor = world.gateway.pull("", world.taker()).cursor
    world.clock.move(timedelta(days=30))
    CardWatch(world.service._store, DEADLINES).run_once(world.clock())
    (changed,) = world.gateway.pull(cursor, world.taker()).transfers

    assert (changed.id, changed.version) == (order.id, order.version + 1)
    assert changed.flags == {Flag.RED_CARD}
    assert changed.notes[-1].recorded_at == world.clock()


def test_a_watch_follows_what_changes(world: World) -> None:
    """
    An order that came, or whose result came, after the watch had begun is warned about, or left alone.
    """
    watch = CardWatch(world.service._store, DEADLINES)
    watch.run_once(world.clock())
    late, done = signed(world), signed(world)
    watch.run_once(world.clock())
    world.hotline.say(done.id, Play(action=Action.REPORT, role=Role.UNIT, result="已处理。"))
    world.service.dispatch()
    world.clock.move(timedelta(days=30))
    raised = watch.run_once(world.clock()) + watch.run_once(world.clock() + timedelta(seconds=1))

    assert raised == 1
    assert world.service_truth(late).flags == {Flag.RED_CARD}
    assert world.service_truth(done).flags == frozenset()


@pytest.mark.parametrize("role", [Role.SYSTEM, Role.DUTY_OFFICER])
def test_no_desk_raises_a_card(world: World, role: Role) -> None:
    """
    A card that a desk sends is refused, whichever role its step claims.
    """
    order = signed(world)
    problem = world.problem(
        act(order, Action.WARN_RED, role, "officer1", fields=(DeadlineKind.GENERAL,)), world.officer()
    )

    assert problem.problem == "illegal_action"
    assert world.service_truth(order).flags == frozenset()
