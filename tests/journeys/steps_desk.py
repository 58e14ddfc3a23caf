"""The steps of desks with an order: send, withdraw, mend, approve, send back, reject, recall, chase."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest
from pytest_bdd import given, then, when

from tests.journeys import sample, words
from tests.journeys.city import City
from tests.journeys.phrases import phrase
from workstation.adapters.http_gateway import HttpGateway
from workstation.desk.mending import Mending
from workstation.domain.errors import IllegalAction, InvalidValue, Stale, Unavailable
from workstation.domain.incident import Incident
from workstation.domain.lifecycle import Action
from workstation.protocol.messages import IncidentQuery


def act(city: City, who: str, action: Action, reason: str = "", *marked: str, result: str = "") -> None:
    """Let *who* see the order as it stands, take *action* and be online."""
    person = city.person(who)
    person.sync()
    person.act(city.the_order(), action, reason, *marked, result=result)
    person.sync()


@when(phrase("{who}一键送审"))
@given(phrase("{who}一键送审"))
def sends(city: City, who: str) -> None:
    city.order = city.person(who).send()


@when(phrase("{who}一键送审并已联网送达"))
@given(phrase("{who}一键送审并已联网送达"))
def sends_and_syncs(city: City, who: str) -> None:
    sends(city, who)
    city.person(who).sync()


@when(phrase("{who}接起另一个电话，记好并送审另一张工单"))
def sends_another(city: City, who: str) -> None:
    sample.sends(city.person(who))


@when(phrase("{who}撤回修改"))
def withdraws(city: City, who: str) -> None:
    act(city, who, Action.WITHDRAW)


@when(phrase("{who}批准"))
def approves(city: City, who: str) -> None:
    act(city, who, Action.APPROVE)


@when(phrase("{who}标出“{names}”并以“{reason}”为由退回补正"))
def sends_back(city: City, who: str, names: str, reason: str) -> None:
    act(city, who, Action.SEND_BACK, reason, *(words.field(name) for name in names.split("、")))


@when(phrase("{who}以“{reason}”为由不予转办"))
def rejects(city: City, who: str, reason: str) -> None:
    act(city, who, Action.REJECT, reason)


@when(phrase("{who}以“{reason}”为由放弃"))
def abandons(city: City, who: str, reason: str) -> None:
    act(city, who, Action.ABANDON, reason)


@when(phrase("{who}以“{reason}”为由在发出前撤回"))
def recalls(city: City, who: str, reason: str) -> None:
    act(city, who, Action.RECALL, reason)


@when(phrase("{who}以“{reason}”为由申请12345撤回"))
def asks_for_recall(city: City, who: str, reason: str) -> None:
    act(city, who, Action.ASK_RECALL, reason)


@when(phrase("{who}补批同意"))
def confirms(city: City, who: str) -> None:
    act(city, who, Action.CONFIRM)


@when(phrase("{who}以“{reason}”为由补批异议"))
def objects(city: City, who: str, reason: str) -> None:
    act(city, who, Action.OBJECT, reason)


@when(phrase("{who}以“{reason}”为由“{action}”"))
def notes(city: City, who: str, reason: str, action: str) -> None:
    act(city, who, words.action(action), reason)


@when(phrase("{who}点“{action}”"))
def takes(city: City, who: str, action: str) -> None:
    act(city, who, words.action(action))


@when(phrase("{who}反馈结果“{result}”"))
def reports(city: City, who: str, result: str) -> None:
    act(city, who, Action.REPORT, result=result)


@when(phrase("{who}重新打开这张工单的表单"))
def opens_again(city: City, who: str) -> None:
    person = city.person(who)
    person.sync()
    incident = person.view(city.the_order()).transfer.incident
    assert incident is not None
    person.open_draft(incident)


@when(phrase("{who}从板上接过这张工单的表单来补正"))
def mends(city: City, who: str) -> None:
    person = city.person(who)
    person.sync()
    person.incident = person.mending.here(city.the_order()) or person.mending.fetch(city.the_order())


@dataclass(frozen=True)
class Meanwhile:
    """A gateway at which something happens between the question and the take-over."""

    gateway: HttpGateway
    deed: Callable[[], object]

    def incidents(self, query: IncidentQuery, token: str) -> Sequence[Incident]:
        """Answer, and let it happen."""
        found = self.gateway.incidents(query, token)
        self.deed()
        return found

    def __getattr__(self, name: str) -> object:
        return getattr(self.gateway, name)


@then(phrase("{who}想接过表单时{other}的新稿先到了网关，就接不过来"))
def is_too_late(city: City, who: str, other: str) -> None:
    first, second = city.person(other), city.person(who)

    def mend_first() -> None:
        mends(city, other)
        first.send()
        first.sync()

    between = Meanwhile(second.machine.gateway, mend_first)
    with pytest.raises(Stale):
        Mending(second.machine.store, second.author, second.form, between).fetch(city.the_order())  # type: ignore[arg-type]


@then(phrase("{who}手上没有这张工单的表单"))
def has_no_form(city: City, who: str) -> None:
    person = city.person(who)
    person.sync()
    assert city.truth().incident not in {draft.id for draft in person.form.drafts()}


@then(phrase("{who}的表单里“{name}”还是“{text}”"))
def form_still_says(city: City, who: str, name: str, text: str) -> None:
    person, incident = city.person(who), city.truth().incident
    assert incident is not None
    assert person.form.incident(incident).intake.get(words.field(name)) == text


@then(phrase("{who}这时接不过这张工单的表单，因为联系不上网关"))
def cannot_ask(city: City, who: str) -> None:
    with pytest.raises(Unavailable):
        city.person(who).mending.fetch(city.the_order())


@then(phrase("{who}想“{action}”会被拦下，因为作者不得批准自己的工单"))
def author_is_stopped(city: City, who: str, action: str) -> None:
    person = city.person(who)
    person.sync()
    with pytest.raises(IllegalAction, match="approver_is_author"):
        person.act(city.the_order(), words.action(action), "看过了")


@then(phrase("{who}不写理由就不能“{action}”"))
def reason_is_needed(city: City, who: str, action: str) -> None:
    person = city.person(who)
    person.sync()
    with pytest.raises(InvalidValue, match="reason: required"):
        person.act(city.the_order(), words.action(action))


@then(phrase("{who}对这张工单再没有可办的事"))
def nothing_is_offered(city: City, who: str) -> None:
    view = city.seen_by(who)
    assert view.after.finished
    assert view.offered(city.person(who).role) == ()
