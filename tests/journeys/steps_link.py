"""The steps of a bad night: cables pulled, gateway down or restored, answers lost, seats switched, clocks wrong."""

from datetime import timedelta

from pytest_bdd import given, then, when

from tests.journeys import sample, words
from tests.journeys.city import OFFICER, RECONNECT_S, TAKER, City
from tests.journeys.phrases import phrase
from workstation.domain.errors import SignInNeeded
from workstation.domain.lifecycle import Action
from workstation.domain.outbox import Delivery


@given(phrase("{who}的网线被拔掉"))
@when(phrase("{who}的网线被拔掉"))
def pull(city: City, who: str) -> None:
    city.person(who).machine.cable.pull()


@when(phrase("{who}的网线重新插好"))
def plug_in(city: City, who: str) -> None:
    city.person(who).machine.cable.plug_in()
    city.time.turn(RECONNECT_S)


@when(phrase("{who}下一次得不到网关的回答"))
def lose_answer(city: City, who: str) -> None:
    city.person(who).machine.cable.lose_next_answer()


@given("网关停机")
@when("网关停机")
def stop(city: City) -> None:
    city.stop_gateway()


@when("网关重新启动")
def start(city: City) -> None:
    city.start_gateway()


@given("网关做了备份")
@when("网关做了备份")
def back_up(city: City) -> None:
    city.back_up()


@when("网关硬盘损坏，用备份恢复")
def restore(city: City) -> None:
    city.restore()


@given(phrase("{who}同步"))
@when(phrase("{who}同步"))
def syncs(city: City, who: str) -> None:
    city.person(who).sync()


@then(phrase("{who}的席位显示连不上网关，待发{count}条"))
def is_offline(city: City, who: str, count: str) -> None:
    person = city.person(who)
    assert person.sync().unavailable
    assert waiting(city, who) == int(count)


@then(phrase("{who}的席位没有待发"))
def nothing_waits(city: City, who: str) -> None:
    person = city.person(who)
    report = person.sync()
    assert (report.unavailable, report.sign_in_needed) == ("", set())
    assert waiting(city, who) == 0


def waiting(city: City, who: str) -> int:
    """Count the rows that wait for delivery at somebody's machine."""
    with city.person(who).machine.store.begin() as tx:
        return len(tx.outbox(delivery=Delivery.QUEUED))


@when(phrase("{who}离席签退"))
def leaves(city: City, who: str) -> None:
    city.person(who).sign_out()


@given(phrase("{who}上一班也在“{seat}”席登录过"))
def has_been_here(city: City, who: str, seat: str) -> None:
    city.sits_down(who, seat, TAKER)
    city.person(who).sign_out()


@when(phrase("{who}在同一个“{seat}”席坐下登录"))
def takes_the_seat(city: City, who: str, seat: str) -> None:
    city.sits_down(who, seat, TAKER)


@when(phrase("{who}改以值班民警身份在“{seat}”席登录"))
def changes_role(city: City, who: str, seat: str) -> None:
    city.sits_down(who, seat, OFFICER)


@when(phrase("{who}在“{seat}”席登录值班"))
def another_officer(city: City, who: str, seat: str) -> None:
    city.sits_down(who, seat, OFFICER)


@when("过了十二个半小时")
def shift_over(city: City) -> None:
    city.time.turn(timedelta(hours=12, minutes=30).total_seconds())


@then(phrase("{who}的席位要求重新登录"))
def must_sign_in(city: City, who: str) -> None:
    assert city.person(who).sync().sign_in_needed


@when(phrase("{who}重新登录"))
def signs_in_again(city: City, who: str) -> None:
    city.person(who).sign_in_again()


@then(phrase("{who}的账号签退后不能再查看网关"))
def token_is_dead(city: City, who: str) -> None:
    person = city.person(who)
    try:
        person.machine.gateway.pull("", person.session.token)
    except SignInNeeded:
        return
    raise AssertionError("the credential still reads")


@when(phrase("{who}和{other}看着同一张待审工单，{first}批准，{second}不予转办"))
def two_decide(city: City, who: str, other: str, first: str, second: str) -> None:
    for name in (who, other):
        city.person(name).sync()
    city.person(first).act(city.the_order(), Action.APPROVE)
    city.person(second).act(city.the_order(), Action.REJECT, "属于治安警情")
    city.person(first).sync()
    city.person(second).sync()


@then(phrase("{who}被告知“{action}”没有生效，因为工单已经变了"))
def is_told(city: City, who: str, action: str) -> None:
    rows = city.person(who).desk.refused()
    assert [(row.command.step.action, row.problem) for row in rows if row.command.step] == [
        (words.action(action), "stale")
    ]


@then(phrase("{who}被告知“{actions}”都没有生效"))
def is_told_of_all(city: City, who: str, actions: str) -> None:
    rows = city.person(who).desk.refused()
    refused = [row.command.step.action for row in reversed(rows) if row.command.step]  # listed newest first
    assert refused == [words.action(name) for name in actions.split("、")]


@then(phrase("{who}没有一步被退"))
def nothing_refused(city: City, who: str) -> None:
    assert city.person(who).desk.refused() == []


@when(phrase("{who}看过提示后收起"))
def dismisses(city: City, who: str) -> None:
    person = city.person(who)
    for row in person.desk.refused():
        person.desk.dismiss(row.command.id)
    assert person.desk.refused() == []


@when(phrase("{who}离线时又记好并送审{count}张工单"))
def sends_many(city: City, who: str, count: str) -> None:
    for _ in range(int(count)):
        sample.sends(city.person(who))


@then(phrase("网关里{who}的工单正好{count}张，号码没有重复"))
def exactly(city: City, who: str, count: str) -> None:
    user = city.person(who).user
    numbers = [transfer.number for transfer in city.everything() if user in transfer.authors]
    assert len(numbers) == len(set(numbers)) == int(count)


@when(phrase("{who}的电脑时钟快了{count}小时"))
@given(phrase("{who}的电脑时钟快了{count}小时"))
def wrong_clock(city: City, who: str, count: str) -> None:
    city.person(who).machine.offset = timedelta(hours=int(count))
