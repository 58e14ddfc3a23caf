"""The gateway holds every sender to the rules that the desk composes by, and refuses nothing that a desk composes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from tests.contract.gateway_parts import act, make_incident, make_order, submission
from tests.contract.gateway_world import DOORS, World, opened
from workstation.adapters.content_yaml import read_scenarios
from workstation.bootstrap.library import read_library
from workstation.desk.assist import Assistant
from workstation.domain.compose import compose
from workstation.domain.intake import Intake
from workstation.domain.lifecycle import Action, Role
from workstation.domain.order import GapReason
from workstation.domain.privacy import Phone
from workstation.settings import RESOURCES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from workstation.desk.library import Library
    from workstation.domain.order import Order
    from workstation.domain.scenario import Scenario

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
SCENARIOS = read_scenarios(RESOURCES)


@pytest.fixture(params=DOORS)
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    with opened(request.param, tmp_path) as world:
        yield world


@pytest.mark.parametrize(
    ("field", "value", "detail"),
    [
        ("content", "甲\u202e乙\x00", "control_character"),
        ("subject", "甲\x1b[31m", "control_character"),
        ("happened", "2月30日", "impossible_date"),
        ("contact_phone", Phone("abc"), "phone_letters"),
        ("region", "火星", "wrong_form"),
        ("category", "噪声", "wrong_form"),
    ],
)
def test_an_order_that_no_desk_composes_is_refused(world: World, field: str, value: object, detail: str) -> None:
    """
    Whoever sends it gets the field and the code, and there is no such order afterwards.
    """
    command = submission(make_order(**{field: value}))  # type: ignore[arg-type]

    problem = world.problem(command, world.taker())

    assert (problem.problem, problem.field, problem.detail) == ("invalid", field, detail)
    assert world.gateway.pull("", world.taker()).transfers == ()


def test_a_reason_with_unseen_characters_is_refused(world: World) -> None:
    """
    A step's words are held to the same rule as the order's.
    """
    pending = world.done(submission(), world.taker())
    back = act(pending, Action.SEND_BACK, Role.DUTY_OFFICER, "officer1", reason="地址\u202e不清", fields=("address",))

    assert world.problem(back, world.officer()).field == "reason"


@pytest.fixture(scope="module")
def library() -> Library:
    return read_library(RESOURCES)


def composed(scenario: Scenario, library: Library) -> Order:
    """Compose what a call-taker would make of *scenario*, with every answer, and a reason for each gap."""
    assistant = Assistant(library, lambda: NOW)
    values = {**scenario.expected.fields, "narrative": scenario.narrative, "category": scenario.expected.category}
    values = {**values, "kind": values.get("kind", "complaint"), "consent": "yes", "contact_phone": "19900001234"}
    incident = make_incident(intake=Intake(values=values), call_in_phone=Phone(scenario.number))
    place = assistant.look(incident).place.certain
    intake = incident.intake.with_value("region", place.id) if place else incident.intake
    for name in assistant.completeness(intake).missing:
        intake = intake.with_gap(name, GapReason.UNKNOWN)
    incident = replace(incident, intake=intake)
    advice = assistant.look(incident)
    return compose(incident, advice.asked, advice.decided, library.wording, NOW)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=[scenario.id for scenario in SCENARIOS])
def test_what_a_desk_composes_is_never_refused(scenario: Scenario, library: Library, tmp_path: Path) -> None:
    """
    The order of every practice caller, as the desk composes it, is accepted.
    """
    order = composed(scenario, library)

    with opened("local", tmp_path) as world:
        assert world.done(submission(order), world.taker()).order == order
