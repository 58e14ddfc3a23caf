"""The steps of a call-taker with a citizen on the line: answer, ask, write, find what is missing."""

import re

from pytest_bdd import given, then, when

from tests.journeys import sample, words
from tests.journeys.city import City
from tests.journeys.phrases import phrase
from workstation.adapters.telephony_simulated import LineScript
from workstation.domain.call_back import BackWish
from workstation.domain.call_party import Ending
from workstation.domain.call_table import CallState
from workstation.domain.identity import CHINA
from workstation.domain.incident import Stage


@when(phrase("号码“{number}”打进来，{who}接听"))
def answers(city: City, number: str, who: str) -> None:
    sample.answers_a_call(city.person(who), number)


@then(phrase("{who}的表单有了受理号，按“日期-席位-序号”编成"))
def has_a_number(city: City, who: str) -> None:
    person = city.person(who)
    day = person.machine.clock().astimezone(CHINA)
    assert person.open_form().number == f"{day:%y%m%d}-{person.machine.seat}-001"


@then(phrase("{who}的表单里联系电话是“{number}”，接听时间和录音号都已记下"))
def call_is_joined(city: City, who: str, number: str) -> None:
    form = city.person(who).open_form()
    assert form.intake.get("contact_phone") == form.call_in_phone.text == number
    assert form.answered_at == city.time.now()
    assert form.recording_id


@then(phrase("{who}正在通话"))
def is_talking(city: City, who: str) -> None:
    call = city.person(who).phone.current()
    assert call is not None
    assert call.state is CallState.TALKING


@when(phrase("{who}四问安全，市民都说没有"))
def all_clear(city: City, who: str) -> None:
    sample.is_safe(city.person(who))


@when(phrase("{who}四问安全，市民说有人受伤"))
def not_clear(city: City, who: str) -> None:
    sample.says_of_safety(city.person(who), injured=True)


@then(phrase("{who}的安全询问记为没有危险"))
def safety_is_clear(city: City, who: str) -> None:
    safety = city.person(who).open_form().safety
    assert safety is not None
    assert safety.clear


@then(phrase("{who}的安全询问记为有危险"))
def safety_is_not_clear(city: City, who: str) -> None:
    safety = city.person(who).open_form().safety
    assert safety is not None
    assert not safety.clear


@then(phrase("{who}的表单旁提示危险，因为提到“{word}”"))
def danger_is_named(city: City, who: str, word: str) -> None:
    dangers = city.person(who).look().dangers
    assert word in {found for danger in dangers for found in danger.words}


@when(phrase("{who}记下“{text}”"))
@given(phrase("{who}记下“{text}”"))
def writes_the_narrative(city: City, who: str, text: str) -> None:
    city.person(who).write("narrative", text)


@when(phrase("{who}在“{name}”里写“{text}”"))
def writes(city: City, who: str, name: str, text: str) -> None:
    city.person(who).write(words.field(name), text)


@when(phrase("{who}把要素全部问全"))
def writes_everything(city: City, who: str) -> None:
    sample.writes_everything(city.person(who))


@when(phrase("{who}的工作站突然断电后重新启动"))
def restarts(city: City, who: str) -> None:
    person = city.person(who)
    kept = person.open_form().id
    person.restart()
    person.open_draft(kept)


@then(phrase("{who}的草稿里还是“{text}”"))
def text_is_whole(city: City, who: str, text: str) -> None:
    person = city.person(who)
    (draft,) = [d for d in person.form.drafts() if d.id == person.open_form().id]
    assert draft.intake.get("narrative") == text
    assert draft.stage is Stage.OPEN


@when(phrase("{who}用拼音首字母“{typed}”选“{label}”"))
def chooses_a_region(city: City, who: str, typed: str, label: str) -> None:
    person = city.person(who)
    (region,) = [hit.region for hit in person.assistant.regions(typed) if hit.label == label]
    person.write("region", region.id)


@then(phrase("{who}的表单显示事发区划是“{label}”"))
def region_is_shown(city: City, who: str, label: str) -> None:
    person = city.person(who)
    assert person.assistant.region_label(person.open_form().intake.get("region")) == label


@then(phrase("{who}的表单旁第一个建议类别是“{name}”，理由里有“{word}”"))
def category_is_proposed(city: City, who: str, name: str, word: str) -> None:
    first = city.person(who).look().suggestions.top[0]
    assert first.name == name
    assert word in first.reasons


@then(phrase("{who}亲手选的类别“{name}”不会被建议改掉"))
def choice_stays(city: City, who: str, name: str) -> None:
    person = city.person(who)
    tree = person.machine.library.content.categories
    assert tree.names(person.open_form().intake.get("category"))[-1] == name


@when(phrase("{who}亲手选类别“{code}”"))
def chooses_a_category(city: City, who: str, code: str) -> None:
    person = city.person(who)
    person.write("category", code)
    person.look()


@then(phrase("{who}还差“{names}”"))
def is_missing(city: City, who: str, names: str) -> None:
    wanted = [words.field(name) for name in re.split("、", names)]
    assert list(city.person(who).look().completeness.missing) == wanted


@when(phrase("{who}注明“{name}”因“{reason}”没有问到"))
def explains_a_gap(city: City, who: str, name: str, reason: str) -> None:
    person = city.person(who)
    person.keep(person.open_form().intake.with_gap(words.field(name), words.gap(reason)))


@then(phrase("{who}的必填要素一项不差"))
def is_complete(city: City, who: str) -> None:
    assert city.person(who).look().completeness.complete


@when(phrase("市民的电话突然断了"))
def is_cut_off(city: City) -> None:
    person = city.person("小周")
    call = person.phone.current()
    assert call is not None
    person.telephone.citizen_hangs_up(call.id)
    person.phone.wish_back(call.id, BackWish.KEEP)


@when(phrase("号码“{number}”打进来，没等接听就挂断"))
def gives_up(city: City, number: str) -> None:
    person = city.person("小周")
    talk = person.phone.current()
    assert talk is not None
    person.phone.end(talk.id)
    person.telephone.citizen_hangs_up(person.telephone.offer(number))


@then(phrase("{who}的待回拨里有这位市民，归本席"))
def is_kept(city: City, who: str) -> None:
    (back,) = city.person(who).phone.backs()
    assert back.mine
    assert back.shown == sample.PHONE


@then(phrase("{who}的待回拨里有这位市民，已拨{count}次"))
def was_tried(city: City, who: str, count: str) -> None:
    (back,) = city.person(who).phone.backs()
    assert back.tries == int(count)


@then(phrase("{who}的待回拨里有这位市民，号码只露头尾"))
def is_masked(city: City, who: str) -> None:
    (back,) = city.person(who).phone.backs()
    assert not back.mine
    assert "*" in back.shown


@when(phrase("{who}一键回拨，市民“{does}”"))
def calls_back(city: City, who: str, does: str) -> None:
    person = city.person(who)
    (back,) = person.phone.backs()
    ending = {"占线": Ending.BUSY, "接听": Ending.JOINED}[does]
    person.telephone.script(back.number.text, LineScript(ending, after=3))
    person.phone.call_back(back.call)
    city.time.turn(5)
    call = person.phone.calls()[-1]
    if ending is Ending.JOINED:
        person.incident = person.form.join(person.open_form().id, call)
        person.phone.attach(call.id, person.incident.id)


@then(phrase("{who}原来的表单上有两段录音，待回拨里没有人"))
def goes_on(city: City, who: str) -> None:
    person = city.person(who)
    assert person.form.incident(person.open_form().id).recording_id.count(" ") == 1
    assert person.phone.backs() == ()


@when(phrase("{who}注明“{why}”，不再回拨"))
def settles(city: City, who: str, why: str) -> None:
    person = city.person(who)
    (back,) = person.phone.backs()
    person.phone.wish_back(back.call, BackWish.SETTLE, why)


@then(phrase("{who}的待回拨里没有人"))
def nobody_waits(city: City, who: str) -> None:
    assert city.person(who).phone.backs() == ()
