"""Taking over the form of an order that came back, through both doors."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.contract.gateway_parts import START, act, make_incident, make_order, revision, submission
from tests.contract.gateway_world import DOORS, World, approval, opened
from workstation.domain.command import Command
from workstation.domain.identity import TransferId
from workstation.domain.incident import Incident
from workstation.domain.lifecycle import Action, Role, State
from workstation.domain.transfer import Transfer
from workstation.protocol.messages import IncidentQuery


@pytest.fixture(params=DOORS)
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    with opened(request.param, tmp_path) as world:
        yield world


def waiting(world: World) -> tuple[Incident, Transfer]:
    """Return what taker1 sent, as their desk sends it: the incident first, then its order."""
    incident = replace(make_incident(author="taker1"), transfer=TransferId("order-1"))
    assert world.gateway.push([revision(incident)], world.taker())
    return incident, world.done(submission(transfer=incident.transfer, incident_id=incident.id), world.taker())


def returned(world: World) -> tuple[Incident, Transfer]:
    """Return the same after the duty officer sent it back."""
    incident, pending = waiting(world)
    back = act(pending, Action.SEND_BACK, Role.DUTY_OFFICER, "officer1", reason="楼号不清", fields=("address",))
    return incident, world.done(back, world.officer())


def taken(incident: Incident, by: str = "taker2") -> Incident:
    return replace(incident.taken_over(by, START), revision=incident.revision + 1)


def anew(transfer: Transfer, by: str) -> Command:
    return act(transfer, Action.SUBMIT, Role.CALL_TAKER, by, order=make_order("补好了。", operator=by))


def test_the_form_of_another_seat_is_asked_for_by_its_id(world: World) -> None:
    """
    Any call-taker gets the newest revision of one incident, whole, and of no other.
    """
    incident, _ = returned(world)
    world.gateway.push([revision(make_incident(author="taker1"))], world.taker())

    assert list(world.gateway.incidents(IncidentQuery(id=incident.id), world.taker("taker2"))) == [incident]
    assert not world.gateway.incidents(IncidentQuery(id="unknown"), world.taker("taker2"))


def test_who_takes_over_sends_it_and_neither_approves(world: World) -> None:
    """
    After a logged take-over the order is sent again by its new author; both authors stay so, and neither approves.
    """
    incident, back = returned(world)
    taker2 = world.taker("taker2")
    world.gateway.push([revision(taken(incident))], taker2)
    again = world.done(anew(back, "taker2"), taker2)
    problem = world.problem(approval(again, "taker2"), world.officer("taker2"))

    assert set(again.authors) == {"taker1", "taker2"}
    assert (problem.problem, problem.detail) == ("illegal_action", "approver_is_author")
    assert world.done(approval(again), world.officer()).state is State.APPROVED


def test_from_whom_it_was_taken_sends_nothing_more_of_it(world: World) -> None:
    """
    The former author's later revision and order are stale, until they take it over again, which is logged too.
    """
    incident, back = returned(world)
    taker1, taker2 = world.taker(), world.taker("taker2")
    theirs = taken(incident)
    world.gateway.push([revision(theirs)], taker2)
    late = world.problem(revision(replace(incident, revision=3)), taker1)
    order = world.problem(anew(back, "taker1"), taker1)
    world.gateway.push([revision(taken(theirs, "taker1"))], taker1)

    assert (late.problem, order.problem) == ("stale", "stale")
    assert "taken_over" in late.detail
    assert "taken_over" in order.detail
    assert world.done(anew(back, "taker1"), taker1).state is State.PENDING_APPROVAL
    assert "taken_over" in world.problem(anew(back, "taker2"), taker2).detail


def test_a_newer_writing_of_its_author_comes_before_a_take_over(world: World) -> None:
    """
    A take-over made on an older revision than the gateway has is stale.
    """
    incident, _ = returned(world)
    newer = replace(incident, revision=2, updated_at=START + timedelta(seconds=9))
    world.gateway.push([revision(newer)], world.taker())

    assert world.problem(revision(taken(incident)), world.taker("taker2")).problem == "stale"


def test_there_is_nothing_to_take_over_while_an_order_is_on_its_way(world: World) -> None:
    """
    The form of an order that waits for approval changes no hands.
    """
    incident, _ = waiting(world)

    assert world.problem(revision(taken(incident)), world.taker("taker2")).problem == "stale"


def test_a_duty_officer_takes_over_no_form(world: World) -> None:
    """
    Only a call-taker takes a form over.
    """
    incident, _ = returned(world)
    problem = world.problem(revision(taken(incident, "officer1")), world.officer())

    assert (problem.problem, problem.detail) == ("forbidden", "role")
