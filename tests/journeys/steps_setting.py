"""The steps that set a scene: who sits where, and how far an order has come."""

from typing import Final

from pytest_bdd import given

from tests.journeys import sample, words
from tests.journeys.city import OFFICER, TAKER, City
from tests.journeys.phrases import phrase
from workstation.domain.lifecycle import Action, Role, State
from workstation.domain.order import Tier
from workstation.domain.transfer import Satisfaction
from workstation.gateway.hotline_script import Play

UNIT: Final = "示例区综合行政执法局"
RESULT: Final = "已到现场制止，夜间不再施工，已告知来电人。"
REMOTE: Final = {
    State.RECEIVED: Play(action=Action.RECEIPT),
    State.ACCEPTED: Play(action=Action.ACCEPT),
    State.ASSIGNED: Play(action=Action.ASSIGN, unit=UNIT, tier=Tier.COUNTY),
    State.SIGNED: Play(action=Action.SIGN, role=Role.UNIT),
    State.RESOLVED: Play(action=Action.REPORT, role=Role.UNIT, result=RESULT),
    State.CLOSED: Play(action=Action.CLOSE, satisfaction=Satisfaction.SATISFIED),
}
PATH: Final = (State.PENDING_APPROVAL, State.APPROVED, State.SENT, *REMOTE)


@given(phrase("{who}在“{seat}”席接警"))
def takes_calls(city: City, who: str, seat: str) -> None:
    city.sits_down(who, seat, TAKER)


@given(phrase("{who}在“{seat}”席值班"))
def is_on_duty(city: City, who: str, seat: str) -> None:
    city.sits_down(who, seat, OFFICER)


@given(phrase("{who}正在接市民的电话"))
def has_a_call(city: City, who: str) -> None:
    sample.answers_a_call(city.person(who))


@given(phrase("{who}问过安全，没有危险"))
def has_asked_for_safety(city: City, who: str) -> None:
    sample.is_safe(city.person(who))


@given(phrase("{who}已经记好市民反映的夜间噪声"))
def has_taken_down(city: City, who: str) -> None:
    sample.takes_down(city.person(who))


@given(phrase("{who}送审了一张工单"))
def has_sent(city: City, who: str) -> None:
    person = city.person(who)
    city.order = sample.sends(person)
    person.sync()


@given(phrase("小周的一张工单“{name}”"))
def an_order_in_a_state(city: City, name: str) -> None:
    """Walk an order as far as it was said, in the way orders usually go."""
    has_sent(city, "小周")
    for state in PATH[1 : PATH.index(words.state(name)) + 1]:
        walk_to(city, state)
    for who in city.people:
        city.person(who).sync()
    assert city.truth().state is words.state(name)


def walk_to(city: City, state: State) -> None:
    """Take the one step that leads to *state*."""
    if state is State.APPROVED:
        officer = city.one(OFFICER)
        officer.sync()
        officer.act(city.the_order(), Action.APPROVE)
        officer.sync()
    elif state is State.SENT:
        city.carry()
    else:
        city.say(REMOTE[state])
