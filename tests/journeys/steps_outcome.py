"""The steps that end a call: the six outcomes, the named pairs, the two short endings."""

import pytest
from pytest_bdd import given, then, when

from tests.journeys import sample, words
from tests.journeys.city import City
from tests.journeys.phrases import phrase
from workstation.domain.call_log import FirstContact
from workstation.domain.call_number import target
from workstation.domain.call_table import CallState
from workstation.domain.errors import IllegalAction, InvalidValue
from workstation.domain.guidance import GuidanceList
from workstation.domain.incident import Outcome, Stage
from workstation.domain.lifecycle import Action
from workstation.protocol.messages import IncidentQuery


@when(phrase("{who}派警，警情系统的编号是“{number}”"))
def police(city: City, who: str, number: str) -> None:
    person = city.person(who)
    person.incident = person.form.conclude(person.open_form(), Outcome.POLICE_DISPATCH, police_number=number)


@when(phrase("{who}派警，编号“{number}”，并说明还有一张工单要派"))
def police_first(city: City, who: str, number: str) -> None:
    person = city.person(who)
    person.incident = person.form.conclude(
        person.open_form(), Outcome.POLICE_DISPATCH, stay_open=True, police_number=number
    )


@when(phrase("{who}按直接答复清单“{id}”答复市民"))
def answer(city: City, who: str, id: str) -> None:
    by_list(city, who, GuidanceList.DIRECT_ANSWER, id, Outcome.DIRECT_ANSWER)


@when(phrase("{who}按不受理清单“{id}”告知市民渠道"))
def refuse(city: City, who: str, id: str) -> None:
    by_list(city, who, GuidanceList.NOT_ACCEPTED, id, Outcome.NOT_ACCEPTED)


def by_list(city: City, who: str, which: GuidanceList, id: str, outcome: Outcome) -> None:
    """End the call by an item of one of the four lists, as the window does."""
    person = city.person(who)
    (item,) = [item for item in city.library.content.guidance.items(which) if item.id == id]
    person.incident = person.form.conclude(person.open_form(), outcome, reason=item.title, guidance_item=item.id)


@when(phrase("{who}把“{line}”接进电话，三方通话"))
def three_way(city: City, who: str, line: str) -> None:
    person = city.person(who)
    dial(city, who, line)
    person.incident = person.form.conclude(person.open_form(), Outcome.CALL_TRANSFER, stay_open=True)


def dial(city: City, who: str, line: str) -> None:
    """Bring a line of the directory into the call and wait until it answers."""
    person = city.person(who)
    (found,) = [each for each in city.library.content.directory.lines if each.name == line]
    call = person.phone.current()
    assert call is not None
    person.phone.add_party(call.id, target(found))
    city.time.turn(found.ring_seconds)


@when(phrase("{who}把电话交给“{line}”，自己退出"))
def hand_over(city: City, who: str, line: str) -> None:
    person = city.person(who)
    (found,) = [each for each in city.library.content.directory.lines if each.name == line]
    call = person.phone.current()
    assert call is not None
    person.phone.transfer(call.id, target(found))
    city.time.turn(found.ring_seconds)
    person.incident = person.form.conclude(person.open_form(), Outcome.CALL_TRANSFER, FirstContact.THIRD_TAKES)


@when(phrase("{who}紧急联动“{line}”"))
@given(phrase("{who}紧急联动“{line}”"))
def link(city: City, who: str, line: str) -> None:
    dial(city, who, line)
    person = city.person(who)
    call = person.phone.current()
    assert call is not None
    person.incident = person.form.conclude(
        person.open_form(), Outcome.URGENT_LINKAGE, stay_open=True, linkage_call=call.id, reason=line
    )


@given(phrase("{who}先接通“{line}”、后补送了一张工单"))
def linked_and_sent(city: City, who: str, line: str) -> None:
    person = city.person(who)
    sample.takes_down(person)
    link(city, who, line)
    city.order = person.send()
    person.sync()


@when(phrase("{who}以“{reason}”为由记为无效来电"))
def invalid(city: City, who: str, reason: str) -> None:
    person = city.person(who)
    person.incident = person.form.conclude(person.open_form(), Outcome.INVALID_CALL, reason=reason)


@when(phrase("{who}查到市民原来的工单，催办并把这次来电并入"))
def linked(city: City, who: str) -> None:
    person = city.person(who)
    person.sync()
    number = person.open_form().call_in_phone.text
    (order,) = {hit.transfer.id: hit.transfer for hit in person.desk.search(number) if hit.transfer}.values()
    person.act(order.id, Action.CHASE)
    person.incident = person.form.conclude(person.open_form(), Outcome.LINKED_TO_ORDER, linked_number=order.number)
    person.sync()


@then(phrase("{who}的警情结果是“{names}”，表单已收起"))
def concluded(city: City, who: str, names: str) -> None:
    person = city.person(who)
    kept = person.form.incident(person.open_form().id)
    assert kept.outcomes == tuple(words.outcome(name) for name in names.split("、"))
    assert kept.stage is Stage.CONCLUDED
    assert kept.id not in {draft.id for draft in person.form.drafts()}


@then(phrase("{who}的警情结果是“{names}”，表单还开着"))
def concluded_and_open(city: City, who: str, names: str) -> None:
    person = city.person(who)
    kept = person.form.incident(person.open_form().id)
    assert kept.outcomes == tuple(words.outcome(name) for name in names.split("、"))
    assert kept.stage is Stage.OPEN


@then(phrase("{who}联网后，{other}按来电号码查得到这次警情，结果一样"))
def others_find_it(city: City, who: str, other: str) -> None:
    person, seeker = city.person(who), city.person(other)
    person.sync()
    form = person.form.incident(person.open_form().id)
    found = seeker.machine.gateway.incidents(IncidentQuery(phone=form.call_in_phone.text), seeker.session.token)
    assert form.id in {each.id for each in found}
    (seen,) = [each for each in found if each.id == form.id]
    assert (seen.outcomes, seen.reason, seen.guidance_item) == (form.outcomes, form.reason, form.guidance_item)
    assert (seen.police_number, seen.linked_number) == (form.police_number, form.linked_number)


@then(phrase("{who}没有送出任何工单"))
def nothing_sent(city: City, who: str) -> None:
    person = city.person(who)
    person.sync()
    assert person.desk.my_orders() == []


@when(phrase("{who}记下商定由对方受理"))
def agree(city: City, who: str) -> None:
    phone = city.person(who).phone
    call = phone.current()
    assert call is not None
    phone.agree(call.id, FirstContact.THIRD_TAKES)


@then(phrase("{who}没记下由谁受理之前，送不了审"))
def nobody_agreed(city: City, who: str) -> None:
    with pytest.raises(IllegalAction, match="first_contact"):
        city.person(who).send()


@then(phrase("{who}在工单上看得到“{line}”何时在线、商定由它受理，以及报警和接警时间"))
def order_has_the_log(city: City, who: str, line: str) -> None:
    order = city.seen_by(who).transfer.order
    assert [entry.event for entry in order.consultation if entry.party == line] == ["joined", "third_takes"]
    assert [entry.party for entry in order.consultation][:2] == ["citizen", "seat"]
    assert order.queued_at is not None
    assert order.answered_at is not None
    assert order.queued_at <= order.answered_at


@then(phrase("{who}、市民和“{line}”三方都在线"))
def conferenced(city: City, who: str, line: str) -> None:
    call = city.person(who).phone.current()
    assert call is not None
    assert call.state is CallState.CONFERENCED
    assert call.third is not None
    assert call.third.name == line


@then(phrase("{who}已退出，市民还在与“{line}”通话"))
def handed_over(city: City, who: str, line: str) -> None:
    (call,) = city.person(who).phone.calls()
    assert call.state is CallState.HANDED_OVER
    assert call.third is not None
    assert call.third.name == line


@then(phrase("{who}再选“{name}”会被拦下，因为两种结果不能并存"))
def no_pair(city: City, who: str, name: str) -> None:
    person = city.person(who)
    with pytest.raises(IllegalAction, match="not_a_pair"):
        person.form.conclude(person.open_form(), Outcome(words.outcome(name)), reason="示例理由", police_number="示例")


@then(phrase("{who}不写“{field}”就不能选“{name}”"))
def outcome_needs(city: City, who: str, field: str, name: str) -> None:
    person = city.person(who)
    wanted = {"理由": "reason", "警情编号": "police_number", "原工单号": "linked_number"}[field]
    with pytest.raises(InvalidValue, match=f"{wanted}: required"):
        person.form.conclude(person.open_form(), Outcome(words.outcome(name)))


@then(phrase("{who}的工单上写明警情编号“{number}”"))
def order_names_police(city: City, who: str, number: str) -> None:
    order = city.seen_by(who).transfer.order
    assert order.police_dispatched
    assert order.police_number == number
