"""The order in the house style of the hotline: nothing invented, nothing doubled, nobody named who must not be."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.domain_parts import NOON, an_incident
from workstation.adapters.content_yaml import read_content
from workstation.domain.compose import Decided, compose
from workstation.domain.errors import InvalidValue
from workstation.domain.incident import Outcome
from workstation.domain.intake import FIELDS, Intake
from workstation.domain.intake_check import problems
from workstation.domain.order import GapReason, Kind, Relation, SecondContact, Tier
from workstation.domain.own_text import text_problems
from workstation.domain.privacy import Phone
from workstation.domain.questions import Answer, Choice, Question, QuestionKind, Sheet

if TYPE_CHECKING:
    from pathlib import Path

    from workstation.domain.compose import Wording
    from workstation.domain.order import Order

NAME, NUMBER = "欧阳修竹", "19900001234"
VALUES = {
    "narrative": "小区楼下烧烤店把油烟排进楼道，每晚十一点以后仍在营业，已找过物业没有结果",
    "caller_name": NAME,
    "contact_phone": "199 0000 1234",
    "kind": "complaint",
    "address": "东湖路9号",
    "wish": "希望责令停业整改",
    "happened": "近一个月",
    "wants_reply": "yes",
    "confidential": "no",
    "consent": "yes",
    "respondent": "老街烧烤店",
    "people_affected": "12",
    "region": "370402",
    "category": "0203",
}
DECIDED = Decided(
    category_name="城乡建设 › 油烟扰民",
    matter="油烟扰民",
    region_name="市中区",
    unit="市中区综合行政执法局",
    tier=Tier.COUNTY,
    required=("narrative", "address", "contact_phone"),
)
SHEET = Sheet(
    "smoke",
    "油烟",
    (
        Question("who", "哪家店？", "店名", fills="respondent", phrase="涉事店铺为{answer}"),
        Question("name", "您贵姓？", "称呼", fills="caller_name", phrase="来电人姓{answer}"),
        Question(
            "tried",
            "找过谁？",
            "已找过",
            kind=QuestionKind.CHOICE,
            phrase="{answer}",
            choices=(Choice("none", "没有", "此前未反映"),),
        ),
        Question("licence", "有证吗？", "证照", kind=QuestionKind.YES_NO, phrase="店铺有证照", phrase_no="店铺无证照"),
        Question("since", "多久了？", "多久", phrase="已持续{answer}", unknown="持续时间不详"),
    ),
)


@pytest.fixture(scope="module")
def wording(repository: Path) -> Wording:
    """Return the wording as it is shipped."""
    return read_content(repository / "resources").wording


def composed(
    wording: Wording, values: dict[str, str] | None = None, decided: Decided = DECIDED, **what: object
) -> Order:
    incident = an_incident(VALUES if values is None else values, **what)
    return compose(incident, SHEET, decided, wording, NOON)


def test_a_whole_order_reads_like_the_hotlines_own(wording: Wording) -> None:
    """
    Subject and content stand in the hotline's style, and every field in its place.
    """
    order = composed(wording)

    assert order.subject == f"关于{NAME}反映市中区东湖路9号油烟扰民的问题"
    assert order.content == (
        f"{NAME}来电反映：近一个月，小区楼下烧烤店把油烟排进楼道，每晚十一点以后仍在营业，已找过物业没有结果。"
        f"诉求：希望责令停业整改。（来电人要求回复；联系电话：{NUMBER}）"
    )
    assert (order.caller_name.text, order.contact_phone.text) == (NAME, NUMBER)
    assert (order.kind, order.people_affected, order.respondent) == (Kind.COMPLAINT, 12, "老街烧烤店")
    assert (order.wants_reply, order.confidential, order.consent) == (True, False, True)
    assert (order.unit, order.tier, order.category) == ("市中区综合行政执法局", Tier.COUNTY, "0203")
    assert (order.gaps, order.second_contact) == ((), SecondContact.CALLER_ASKED)
    assert (order.incident_number, order.operator, order.authors) == ("260302-07-001", "taker-1", ("taker-1",))


@pytest.mark.parametrize("kind", list(Kind))
def test_each_kind_has_its_own_words(kind: Kind, wording: Wording) -> None:
    """
    A question, a suggestion or praise is not called a complaint.
    """
    order = composed(wording, {**VALUES, "kind": kind})

    assert order.content.startswith(wording.opening[kind].format(caller=NAME))
    assert order.subject == wording.subject[kind].format(
        caller=NAME, place="市中区东湖路9号", matter="油烟扰民", again=""
    )


def test_nothing_is_invented(wording: Wording) -> None:
    """
    What was not said is not in the order: no name, no place, no wish, no kind, no contact.
    """
    order = composed(wording, {"narrative": "油烟很大"}, Decided())

    assert order.subject == "关于市民反映油烟很大的问题"
    assert order.content == "市民来电反映：油烟很大。"
    assert (order.kind, order.wants_reply, order.consent, order.people_affected) == (None, None, None, None)
    assert not any((order.caller_name, order.contact_phone, order.address, order.wish, order.unit))


def test_a_repeat_and_an_urgent_one_say_so(wording: Wording) -> None:
    """
    The subject shows at a glance that a matter comes again or cannot wait.
    """
    decided = Decided(
        matter="燃气泄漏", relation=Relation.REPEAT_OF, relation_number="260301-07-009", urgent_reason="燃气泄漏"
    )

    order = composed(wording, {"narrative": "闻到燃气味"}, decided, linkage_call="call-7", police_number="J-1")

    assert order.subject == "（加急）关于市民再次反映燃气泄漏的问题"
    assert (order.urgent, order.urgent_reason, order.relation_number) == (True, "燃气泄漏", "260301-07-009")
    assert (order.police_dispatched, order.police_number) == (True, "J-1")


def test_a_confidential_caller_is_not_named(wording: Wording) -> None:
    """
    Neither subject nor content tells a unit the caller's name or number, also when the sheet asked for them.
    """
    intake = Intake(values={**VALUES, "confidential": "yes"}).with_answer(Answer("name", NAME))
    without = Intake(values={**VALUES, "confidential": "yes", "caller_name": ""}).with_answer(Answer("name", NAME))

    for given_intake in (intake, without):
        order = compose(an_incident(intake=given_intake), SHEET, DECIDED, wording, NOON)

        assert order.confidential
        assert order.subject.startswith("关于市民（要求保密）反映")
        assert "来电人要求保密" in order.content
        for text in (order.subject, order.content):
            assert NAME not in text
            assert NUMBER not in text
        assert order.contact_phone.text == NUMBER


def test_gaps_are_coded_and_listed(wording: Wording) -> None:
    """
    A required field that stayed empty is named with its reason, and a second call is to be expected.
    """
    intake = Intake(values={"narrative": "油烟很大"}).with_gap("address", GapReason.HUNG_UP)
    intake = intake.with_gap("contact_phone", GapReason.REFUSED).with_gap("respondent", GapReason.NOT_APPLICABLE)

    order = compose(an_incident(intake=intake), SHEET, DECIDED, wording, NOON)

    assert [(gap.field, gap.reason) for gap in order.gaps] == [
        ("address", GapReason.HUNG_UP),
        ("contact_phone", GapReason.REFUSED),
        ("respondent", GapReason.NOT_APPLICABLE),
    ]
    assert order.content.endswith("（未取得详细地址：来电人已挂机；未取得联系电话：来电人不愿提供）")
    assert order.second_contact is SecondContact.GAP


def test_gaps_of_one_reason_are_named_together(wording: Wording) -> None:
    """
    The text says each reason once, with every field it explains.
    """
    intake = Intake(values={"narrative": "油烟很大"}).with_gap("address", GapReason.UNKNOWN)
    intake = intake.with_gap("contact_phone", GapReason.REFUSED).with_gap("happened", GapReason.UNKNOWN)

    order = compose(an_incident(intake=intake), SHEET, DECIDED, wording, NOON)

    assert order.content.endswith("（未取得详细地址、发生时间：来电人不清楚；未取得联系电话：来电人不愿提供）")


def test_what_does_not_apply_causes_no_second_call(wording: Wording) -> None:
    """
    A field that does not apply is no gap that anybody would call about.
    """
    intake = Intake(values={"narrative": "油烟很大"}).with_gap("respondent", GapReason.NOT_APPLICABLE)

    order = compose(an_incident(intake=intake), SHEET, Decided(), wording, NOON)

    assert (order.second_contact, order.content) == (None, "市民来电反映：油烟很大。")
    on_site = compose(an_incident(intake=intake), SHEET, Decided(second_contact=SecondContact.ON_SITE), wording, NOON)
    assert on_site.second_contact is SecondContact.ON_SITE


def test_the_surest_reason_for_a_second_call_is_given(wording: Wording) -> None:
    """
    What is missing counts before what has to be seen, that before a reply the caller wants, and else there is none.
    """
    seen = Decided(second_contact=SecondContact.EVIDENCE)
    gap = Intake(values=VALUES | {"wish": ""}).with_gap("wish", GapReason.HUNG_UP)

    assert compose(an_incident(intake=gap), SHEET, seen, wording, NOON).second_contact is SecondContact.GAP
    assert composed(wording, decided=seen).second_contact is SecondContact.EVIDENCE
    assert composed(wording, {**VALUES, "wants_reply": "no"}).second_contact is None


def test_the_basis_in_the_lists_goes_with_the_order(wording: Wording) -> None:
    """
    The item that was shown is named with its edition; the one that a human chose counts more.
    """
    shown = Decided(guidance_item="divert-3", guidance_version="2026-1")

    order = composed(wording, decided=shown)
    chosen = composed(wording, decided=shown, guidance_item="refuse-2", guidance_version="2025-9")

    assert (order.guidance_item, order.guidance_version) == ("divert-3", "2026-1")
    assert (chosen.guidance_item, chosen.guidance_version) == ("refuse-2", "2025-9")


def test_a_required_field_is_filled_or_explained(wording: Wording) -> None:
    """
    An order with an unexplained hole is not composed, and the field is named.
    """
    with pytest.raises(InvalidValue) as refused:
        composed(wording, {**VALUES, "address": " "})

    assert (refused.value.field, refused.value.problem) == ("address", "required")


def test_a_gap_that_was_filled_after_all_is_not_listed(wording: Wording) -> None:
    """
    A value counts more than a reason that was given before it.
    """
    intake = Intake(values=VALUES, gaps={"address": GapReason.HUNG_UP})

    assert compose(an_incident(intake=intake), SHEET, DECIDED, wording, NOON).gaps == ()


def test_answers_are_said_once(wording: Wording) -> None:
    """
    An answer whose field is filled is not repeated as a clause; the others stand behind the narrative.
    """
    intake = Intake(values=VALUES)
    for answer in (
        Answer("who", "老街烧烤店"),
        Answer("tried", "none"),
        Answer("licence", "no"),
        Answer("since", unanswered=GapReason.UNKNOWN),
    ):
        intake = intake.with_answer(answer)

    order = compose(an_incident(intake=intake), SHEET, DECIDED, wording, NOON)

    assert "没有结果。涉事店铺为老街烧烤店；此前未反映；店铺无证照；持续时间不详。诉求：" in order.content
    assert order.content.count("老街烧烤店") == 1


@pytest.mark.parametrize(
    ("region", "address", "place"),
    [
        ("滕州市北辛街道", "滕州市北辛街道", "滕州市北辛街道"),
        ("滕州市北辛街道", "滕州市北辛街道平行路9号", "滕州市北辛街道平行路9号"),
        ("滕州市北辛街道", "北辛街道平行路9号", "滕州市北辛街道平行路9号"),
        ("滕州市北辛街道", "道南路9号", "滕州市北辛街道道南路9号"),
        ("市中区", "东湖路9号", "市中区东湖路9号"),
        ("", "东湖路9号", "东湖路9号"),
    ],
)
def test_the_place_is_said_once(region: str, address: str, place: str, wording: Wording) -> None:
    """
    An address that begins with its region, or with the end of it, does not double it in the subject.
    """
    order = composed(wording, {**VALUES, "address": address}, replace(DECIDED, region_name=region))

    assert order.subject == f"关于{NAME}反映{place}油烟扰民的问题"


@pytest.mark.parametrize("narrative", ["油烟\t很大，没人管", "油" * 28 + "\U0001f468\u200d\U0001f469\u200d\U0001f467"])
def test_a_subject_cut_from_the_narrative_is_one_line_of_whole_characters(narrative: str, wording: Wording) -> None:
    """
    A tab or an emoji at the cut does not make an order that its own rules refuse.
    """
    order = composed(wording, {"narrative": narrative}, Decided())

    assert order.subject.isprintable()


def test_a_number_from_the_telephone_is_kept_without_what_nobody_can_see(wording: Wording) -> None:
    """
    The call-taker cannot mend what a telephone system wrote, so it never stops an order.
    """
    assert composed(wording, call_in_phone=Phone("1990000\x00\u202e1234")).call_in_phone.text == "19900001234"


def test_a_text_of_ones_own_is_checked_before_it_is_composed() -> None:
    """
    What is wrong with an edited subject or content is known by its name; lines are for the content only.
    """
    both = an_incident(own_subject="甲\n乙", own_content="甲\u202e")

    assert {name: problem.problem for name, problem in text_problems(both).items()} == {
        "subject": "control_character",
        "content": "control_character",
    }
    assert text_problems(an_incident(own_subject="甲", own_content="甲\n乙")) == {}


def test_the_text_follows_the_field_and_not_an_answer_before_it(wording: Wording) -> None:
    """
    A respondent corrected in its field after the question is corrected in the order's text, too.
    """
    intake = Intake(values={**VALUES, "respondent": "蓝天理发店"}).with_answer(Answer("who", "红星烧烤店"))

    order = compose(an_incident(intake=intake), SHEET, DECIDED, wording, NOON)

    assert "涉事店铺为蓝天理发店" in order.content
    assert "红星烧烤店" not in order.content


def test_the_time_is_not_said_twice(wording: Wording) -> None:
    """
    When the narrative already says when, the field does not repeat it.
    """
    order = composed(wording, {"narrative": "近一个月油烟很大。", "happened": "近一个月"}, Decided())

    assert order.content == "市民来电反映：近一个月油烟很大。"


@pytest.mark.parametrize(
    ("narrative", "said"),
    [
        ("油烟很大。", "油烟很大。"),
        ("油烟很大；", "油烟很大。"),
        ("怎么办？", "怎么办？"),
        ("  油烟很大，\n", "油烟很大。"),
        ("太吵了\U0001f621\U00020bb7", "太吵了\U0001f621\U00020bb7。"),
        ("第一行\n第二行", "第一行\n第二行。"),
    ],
)
def test_a_sentence_ends_once(narrative: str, said: str, wording: Wording) -> None:
    """
    What was typed is kept, emoji and rare characters too, and ends in one full stop.
    """
    assert composed(wording, {"narrative": narrative}, Decided()).content == f"市民来电反映：{said}"


def test_a_narrative_of_stops_alone_says_nothing(wording: Wording) -> None:
    """
    Punctuation without words adds no empty sentence.
    """
    assert composed(wording, {"narrative": "。。", "kind": "help"}, Decided()).content == "市民来电求助："


def test_what_a_human_wrote_in_its_place_stays(wording: Wording) -> None:
    """
    Text edited by hand replaces the composed one, line breaks kept, blanks do not.
    """
    order = composed(wording, own_subject="关于油烟的问题", own_content="第一行\n第二行\U0001f600")
    blank = composed(wording, own_subject=" ", own_content="\n")

    assert (order.subject, order.content) == ("关于油烟的问题", "第一行\n第二行\U0001f600")
    assert blank.content.startswith(f"{NAME}来电反映：")
    assert blank.subject.startswith("关于")


@pytest.mark.parametrize(
    ("what", "field", "problem"),
    [
        ({"own_content": "坏\x00字"}, "content", "control_character"),
        ({"own_content": "长" * 5001}, "content", "too_long"),
        ({"own_subject": "两\n行"}, "subject", "control_character"),
        ({"own_subject": "长" * 201}, "subject", "too_long"),
    ],
)
def test_text_written_by_hand_is_checked_too(what: dict[str, str], field: str, problem: str, wording: Wording) -> None:
    """
    A hand-written subject or content is held to the same limits.
    """
    with pytest.raises(InvalidValue) as refused:
        compose(replace(an_incident(VALUES), **what), SHEET, DECIDED, wording, NOON)  # type: ignore[arg-type]

    assert (refused.value.field, refused.value.problem) == (field, problem)


def test_a_narrative_that_is_too_long_is_refused_under_its_name(wording: Wording) -> None:
    """
    Nothing is cut off: the narrative is named with its limit, also when the answers make it too long.
    """
    with pytest.raises(InvalidValue) as long:
        composed(wording, {**VALUES, "narrative": "长" * 4001})
    intake = Intake(values={**VALUES, "narrative": "长" * 4000}).with_answer(Answer("since", "久" * 1000))
    with pytest.raises(InvalidValue) as together:
        compose(an_incident(intake=intake), SHEET, DECIDED, wording, NOON)

    assert (long.value.field, long.value.problem, long.value.facts["limit"]) == ("narrative", "too_long", 4000)
    assert (together.value.field, together.value.problem, together.value.facts["limit"]) == (
        "narrative",
        "too_long",
        5000,
    )
    assert composed(wording, {**VALUES, "narrative": "长" * 4000}).content.count("长") == 4000


def test_half_an_address_never_stands_in_a_subject(wording: Wording) -> None:
    """
    A place that does not fit is left out, because half of it would be another place.
    """
    address = "东湖路与西湖路交叉口往北" + "长" * 50 + "12号"

    order = composed(wording, {**VALUES, "address": address})
    bare = composed(wording, {**VALUES, "address": address}, Decided(region_name="长" * 90, matter="油烟"))

    assert order.subject == f"关于{NAME}反映市中区油烟扰民的问题"
    assert bare.subject == f"关于{NAME}反映油烟的问题"
    assert order.address.text == address


def test_without_a_category_the_first_clause_names_the_matter(wording: Wording) -> None:
    """
    The subject says the matter in the caller's own first words, and cuts a flood of them.
    """
    clause = composed(wording, {"narrative": "，油烟很大，睡不着"}, Decided())
    flood = composed(wording, {"narrative": "长" * 60}, Decided())

    assert clause.subject == "关于市民反映油烟很大的问题"
    assert flood.subject == f"关于市民反映{'长' * 30}的问题"


@pytest.mark.parametrize(
    ("narrative", "address", "subject"),
    [
        ("市中区东湖路9号每晚施工", "东湖路9号", "关于市民反映市中区东湖路9号每晚施工的问题"),
        ("家住东湖路9号的人每晚施工", "东湖路9号", "关于市民反映家住东湖路9号的人每晚施工的问题"),
        ("市中区每晚施工", "", "关于市民反映市中区每晚施工的问题"),
        ("每晚施工", "东湖路9号", "关于市民反映市中区东湖路9号每晚施工的问题"),
    ],
)
def test_the_subject_says_the_place_once(narrative: str, address: str, subject: str, wording: Wording) -> None:
    """
    Where the caller's own words name the place, the subject does not put it before them again.
    """
    order = composed(wording, {"narrative": narrative, "address": address}, Decided(region_name="市中区"))

    assert order.subject == subject


def test_the_call_in_number_goes_along(wording: Wording) -> None:
    """
    The number that the call came from is on the order, whatever it was.
    """
    order = composed(wording, call_in_phone=Phone("anonymous"), recording_id="rec-1", outcomes=(Outcome.WORK_ORDER,))

    assert (order.call_in_phone.text, order.recording_id) == ("anonymous", "rec-1")


@pytest.mark.parametrize(
    ("field", "value", "problem"),
    [
        ("contact_phone", "1990000", "phone_too_short"),
        ("people_affected", "许多", "not_a_number"),
        ("people_affected", "0", "too_small"),
        ("people_affected", "-3", "too_small"),
        ("people_affected", "1000001", "too_large"),
        ("people_affected", "1_000", "not_a_number"),
        ("people_affected", "٣", "not_a_number"),
        ("kind", "anger", "unknown_value"),
        ("happened", "2026年2月30日", "impossible_date"),
        ("address", "东湖路\x07", "control_character"),
        ("wish", "长" * 501, "too_long"),
    ],
)
def test_a_wrong_field_is_named_beside_the_others(field: str, value: str, problem: str, wording: Wording) -> None:
    """
    All that is wrong is shown at once, by field, and the order is not composed while it is.
    """
    intake = Intake(values={**VALUES, field: value, "landmark": "长" * 101})

    found = problems(intake, NOON)

    assert set(found) == {field, "landmark"}
    assert found[field].problem == problem
    with pytest.raises(InvalidValue):
        compose(an_incident(intake=intake), SHEET, DECIDED, wording, NOON)
    assert problems(Intake(values=VALUES), NOON) == {}


@given(values=st.dictionaries(st.sampled_from(FIELDS), st.text(max_size=60)))
def test_whatever_is_typed_is_an_order_or_a_named_problem(values: dict[str, str], wording: Wording) -> None:
    """
    No input makes composing crash, and a confidential caller's name never slips into the text by itself.
    """
    values = {**values, "narrative": values.get("narrative") or "油烟", "caller_name": "\U00020bb7\U00020bb7\U00020bb7"}
    values["confidential"] = "yes"

    refused = problems(Intake(values=values), NOON)
    try:
        order = compose(an_incident(values), SHEET, Decided(matter="油烟扰民"), wording, NOON)
    except InvalidValue as problem:
        named = problem.field
    else:
        assert refused == {}
        assert values["caller_name"] not in order.subject + order.content
        return

    assert named in {*refused, "sex", "category", "region"}
