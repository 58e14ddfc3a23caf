"""The steps that look: what each console shows, and that both show the same."""

from pytest_bdd import then

from tests.journeys import words
from tests.journeys.city import City
from tests.journeys.phrases import phrase
from workstation.domain.lifecycle import Action
from workstation.domain.order import Tier
from workstation.domain.transfer import Step, Transfer


@then(phrase("{who}和{other}都看到工单“{name}”"))
def both_see(city: City, who: str, other: str, name: str) -> None:
    first, second = city.seen_by(who), city.seen_by(other)
    assert first.transfer.state is second.transfer.state is words.state(name)
    assert first.queued == second.queued == ()
    assert first.transfer == second.transfer == city.truth()


@then(phrase("{who}看到工单“{name}”"))
def sees(city: City, who: str, name: str) -> None:
    assert city.seen_by(who).transfer.state is words.state(name)


@then(phrase("{who}的席位仍显示工单“{name}”，旁边注明“{actions}”待发"))
def sees_waiting(city: City, who: str, name: str, actions: str) -> None:
    view = city.person(who).view(city.the_order())
    assert view.transfer.state is words.state(name)
    assert view.queued == tuple(words.action(action) for action in actions.split("、"))


@then(phrase("{who}的待审列表里有这张工单"))
def waits_for(city: City, who: str) -> None:
    person = city.person(who)
    person.sync()
    assert city.the_order() in {view.transfer.id for view in person.desk.waiting()}


@then(phrase("{who}的待审列表里没有这张工单"))
def waits_no_more(city: City, who: str) -> None:
    person = city.person(who)
    person.sync()
    assert city.the_order() not in {view.transfer.id for view in person.desk.waiting()}


@then(phrase("{who}看得到来电号码“{number}”和录音号"))
def evidence_in_view(city: City, who: str, number: str) -> None:
    order = city.seen_by(who).transfer.order
    assert order.call_in_phone.text == number
    assert order.recording_id


@then(phrase("{who}的退回列表里有这张工单，写着“{reason}”"))
def returned_to_shift(city: City, who: str, reason: str) -> None:
    person = city.person(who)
    person.sync()
    (view,) = [each for each in person.desk.returned() if each.transfer.id == city.the_order()]
    assert view.transfer.steps[-1].reason == reason


@then(phrase("{who}看到要补正的是“{names}”"))
def marked(city: City, who: str, names: str) -> None:
    step = city.seen_by(who).transfer.last(Action.SEND_BACK)
    assert step is not None
    assert step.fields == tuple(words.field(name) for name in names.split("、"))


@then(phrase("{who}的我的工单里有它，受理号不变"))
def mine(city: City, who: str) -> None:
    person = city.person(who)
    person.sync()
    (view,) = [each for each in person.desk.my_orders() if each.transfer.id == city.the_order()]
    assert person.sent is not None
    assert view.transfer.number == person.sent.number


@then(phrase("{who}和{other}都看到标记“{name}”"))
def both_see_flag(city: City, who: str, other: str, name: str) -> None:
    first, second = city.seen_by(who).transfer, city.seen_by(other).transfer
    assert words.flag(name) in first.flags
    assert first == second


@then(phrase("{who}和{other}都不再看到标记“{name}”"))
def both_see_no_flag(city: City, who: str, other: str, name: str) -> None:
    first, second = city.seen_by(who).transfer, city.seen_by(other).transfer
    assert words.flag(name) not in first.flags
    assert first == second


@then(phrase("{who}和{other}看到的经过是“{path}”"))
def both_see_path(city: City, who: str, other: str, path: str) -> None:
    for transfer in (city.seen_by(who).transfer, city.seen_by(other).transfer):
        assert [step.action for step in transfer.steps] == [words.action(name) for name in path.split("、")]
        assert all(step.by and step.role and step.recorded_at for step in transfer.steps)


@then(phrase("其中“{names}”注明是推定的"))
def inferred(city: City, names: str) -> None:
    steps = [step.action for step in city.truth().steps if step.inferred]
    assert steps == [words.action(name) for name in names.split("、")]


@then(phrase("{who}和{other}看到承办单位是“{unit}”，属县级"))
def both_see_unit(city: City, who: str, other: str, unit: str) -> None:
    for transfer in (city.seen_by(who).transfer, city.seen_by(other).transfer):
        assert (transfer.unit, transfer.tier) == (unit, Tier.COUNTY)


@then(phrase("{who}和{other}看到热线工单号"))
def both_see_number(city: City, who: str, other: str) -> None:
    first, second = city.seen_by(who).transfer, city.seen_by(other).transfer
    assert first.hotline_number == second.hotline_number != ""


@then(phrase("{who}和{other}看到办理结果“{result}”"))
def both_see_result(city: City, who: str, other: str, result: str) -> None:
    for transfer in (city.seen_by(who).transfer, city.seen_by(other).transfer):
        assert last(transfer, Action.REPORT).result == result


@then(phrase("{who}和{other}看到回访结果“{answer}”"))
def both_see_answer(city: City, who: str, other: str, answer: str) -> None:
    for transfer in (city.seen_by(who).transfer, city.seen_by(other).transfer):
        assert last(transfer, Action.CLOSE).satisfaction is words.satisfaction(answer)


@then(phrase("{who}和{other}看到“{action}”的理由是“{reason}”"))
def both_see_reason(city: City, who: str, other: str, action: str, reason: str) -> None:
    for transfer in (city.seen_by(who).transfer, city.seen_by(other).transfer):
        taken = [*transfer.steps, *transfer.notes]
        assert reason in [step.reason for step in taken if step.action is words.action(action)]


@then(phrase("重办次数是{count}"))
def rework_count(city: City, count: str) -> None:
    assert city.truth().rework_count == int(count)


@then(phrase("工单内容是第{count}稿"))
def revision(city: City, count: str) -> None:
    assert city.truth().revision == int(count)


@then(phrase("工单的“{name}”是“{text}”"))
def order_says(city: City, name: str, text: str) -> None:
    value = getattr(city.truth().order, words.field(name))
    assert str(getattr(value, "text", value)) == text


@then(phrase("工单内容里有“{text}”"))
def content_says(city: City, text: str) -> None:
    assert text in city.truth().order.content


@then(phrase("工单的作者只有{who}"))
def only_author(city: City, who: str) -> None:
    assert city.truth().authors == (city.person(who).user,)


def last(transfer: Transfer, action: Action) -> Step:
    """Return the latest step with *action*, which must be there."""
    step = transfer.last(action)
    assert step is not None, action
    return step
