"""The steps of 12345 and of the units, and the orders that come from there."""

from dataclasses import replace

from pytest_bdd import given, then, when

from tests.journeys import words
from tests.journeys.city import THREE_AT_NIGHT, City
from tests.journeys.phrases import phrase
from tests.journeys.steps_setting import REMOTE
from workstation.domain.lifecycle import Action, Role, State
from workstation.domain.order import Order, Tier
from workstation.domain.privacy import Phone
from workstation.gateway.hotline_script import Play


@when("网关把工单发给12345")
@given("网关把工单发给12345")
def carries(city: City) -> None:
    city.carry()


@when("12345一时联系不上")
@given("12345一时联系不上")
def out_of_reach(city: City) -> None:
    city.hotline.reachable = False


@when("12345恢复联系")
def in_reach(city: City) -> None:
    city.hotline.reachable = True
    city.carry()


@when("12345回执")
def receipt(city: City) -> None:
    city.say(REMOTE[State.RECEIVED])


@when("12345受理")
def accept(city: City) -> None:
    city.say(REMOTE[State.ACCEPTED])


@when(phrase("12345派给“{unit}”"))
def assign(city: City, unit: str) -> None:
    city.say(replace(REMOTE[State.ASSIGNED], unit=unit))


@when("承办单位签收")
def sign(city: City) -> None:
    city.say(REMOTE[State.SIGNED])


@when(phrase("承办单位反馈“{result}”"))
def report(city: City, result: str) -> None:
    city.say(replace(REMOTE[State.RESOLVED], result=result))


@when(phrase("没有签收，“{unit}”直接反馈“{result}”"))
def jump_to_report(city: City, unit: str, result: str) -> None:
    city.say(Play(action=Action.REPORT, role=Role.UNIT, unit=unit, tier=Tier.COUNTY, result=result))


@when(phrase("12345回访，市民表示“{answer}”，工单结案"))
def close(city: City, answer: str) -> None:
    city.say(replace(REMOTE[State.CLOSED], satisfaction=words.satisfaction(answer)))


@when(phrase("12345以“{reason}”为由退回110"))
def decline(city: City, reason: str) -> None:
    city.say(Play(action=Action.DECLINE, reason=reason))


@when(phrase("承办单位以“{reason}”为由退单"))
def bounce(city: City, reason: str) -> None:
    city.say(Play(action=Action.BOUNCE, role=Role.UNIT, reason=reason))


@when(phrase("12345回访，因“{reason}”要求重办"))
def rework(city: City, reason: str) -> None:
    city.say(Play(action=Action.REWORK, reason=reason))


@when(phrase("12345因“{reason}”重开工单"))
def reopen(city: City, reason: str) -> None:
    city.say(Play(action=Action.REOPEN, reason=reason))


@when(phrase("承办单位因“{reason}”申请延期"))
def ask_extension(city: City, reason: str) -> None:
    city.say(Play(action=Action.ASK_EXTENSION, role=Role.UNIT, reason=reason))


@when("12345同意延期")
def grant_extension(city: City) -> None:
    city.say(Play(action=Action.GRANT_EXTENSION))


@when(phrase("12345加派“{unit}”"))
def add_unit(city: City, unit: str) -> None:
    city.say(Play(action=Action.ADD_UNIT, unit=unit))


@when(phrase("12345以“{reason}”为由发出督办单"))
def supervise(city: City, reason: str) -> None:
    city.say(Play(action=Action.SUPERVISE, reason=reason))


@when(phrase("又过了{count}天，各席重新登录"))
def days_go_by(city: City, count: str) -> None:
    city.time.turn(int(count) * 24 * 3600)
    for person in city.people.values():
        person.sign_in_again()
    city.carry()


@when("网关进程重启")
def restarts(city: City) -> None:
    city.restart_gateway()
    city.carry()


@then(phrase("系统一共亮过{count}次“{action}”，为的是“{what}”"))
def warned_so_often(city: City, count: str, action: str, what: str) -> None:
    for name in city.people:
        notes = [note for note in city.seen_by(name).transfer.notes if note.action is words.action(action)]
        assert [(note.role, note.by, note.fields) for note in notes] == [
            (Role.SYSTEM, "gateway", (words.deadline(what),))
        ] * int(count)


@when("12345同意撤回")
def recall_confirmed(city: City) -> None:
    city.carry()
    assert city.hotline.advance(city.the_order()), "12345 never heard the wish"
    city.carry()


@given(phrase("12345送来一件“{content}”的事"))
@when(phrase("12345送来一件“{content}”的事"))
def offers(city: City, content: str) -> None:
    order = Order(
        incident_number="12345-000001",
        saved_at=THREE_AT_NIGHT,
        seat="12345",
        operator="12345",
        subject=content,
        content=content,
        contact_phone=Phone("19900004321"),
    )
    city.order = city.hotline.offer(order)
    city.carry()


@when("12345收到反馈后确认完结")
def finishes(city: City) -> None:
    recall_confirmed(city)


@then(phrase("12345一共收到{count}次这张工单"))
def told_so_often(city: City, count: str) -> None:
    assert city.hotline.orders().count((city.the_order(), Action.RELEASE)) == int(count)


@then("12345没有收到这张工单")
def never_told(city: City) -> None:
    city.carry()
    assert (city.the_order(), Action.RELEASE) not in city.hotline.orders()


@then(phrase("12345听到了“{action}”"))
def heard(city: City, action: str) -> None:
    city.carry()
    assert (city.the_order(), words.action(action)) in city.hotline.orders()
