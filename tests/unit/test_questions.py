"""The question sheets: the next question, the progress and the words in the order."""

from dataclasses import replace

import pytest

from workstation.domain.order import GapReason, SecondContact
from workstation.domain.questions import (
    Answer,
    Choice,
    Condition,
    Progress,
    Question,
    QuestionKind,
    Sheet,
    clauses,
    contact_needed,
    next_question,
    progress,
    spoken,
)
from workstation.domain.requirements import Override, Requirement, Requirements

SOURCE = Question(
    "source",
    "从哪来的？",
    "声源",
    QuestionKind.CHOICE,
    phrase="噪声来自{answer}",
    choices=(Choice("site", "工地", "建筑工地"), Choice("shop", "店铺")),
)
BUILDER = Question(
    "builder",
    "谁在施工？",
    "施工方",
    fills="respondent",
    phrase="施工单位为{answer}",
    unknown="施工单位不详",
    when=Condition(of="source", among=("site",)),
)
NOW = Question("now", "还响吗？", "正响", QuestionKind.YES_NO, phrase="仍在响", phrase_no="已停止", required=False)
SHEET = Sheet("noise", "噪声", (SOURCE, BUILDER, NOW))


def answered(**values: str) -> dict[str, Answer]:
    return {id: Answer(id, value) for id, value in values.items()}


def asked_next(answers: dict[str, Answer], filled: dict[str, str] | None = None) -> str | None:
    question = next_question(SHEET, answers, filled or {})
    return question.id if question else None


def test_the_answer_decides_what_is_asked_next() -> None:
    """
    A question whose condition does not hold is passed over.
    """
    assert asked_next({}) == "source"
    assert asked_next(answered(source="site")) == "builder"
    assert asked_next(answered(source="shop")) == "now"
    assert asked_next(answered(source="site", builder="甲公司", now="yes")) is None


def test_a_filled_field_is_not_asked_again() -> None:
    """
    A question whose field the call-taker filled already is settled.
    """
    assert asked_next(answered(source="site"), {"respondent": "甲公司"}) == "now"


def test_a_question_given_up_is_not_asked_again() -> None:
    """
    Not known counts as settled, so the sheet goes on.
    """
    answers = answered(source="site") | {"builder": Answer("builder", unanswered=GapReason.UNKNOWN)}

    assert asked_next(answers) == "now"


def test_progress_counts_what_applies() -> None:
    """
    The count follows the conditions: two questions for a shop, three for a building site.
    """
    assert progress(SHEET, answered(source="shop"), {}) == Progress(1, 2)
    assert progress(SHEET, answered(source="site"), {"respondent": "甲公司"}) == Progress(2, 3)


def test_answers_are_said_in_the_words_of_an_order() -> None:
    """
    Choices speak their phrase, text its template, yes and no each their own sentence.
    """
    assert clauses(SHEET, answered(now="no", builder="甲公司", source="site"), {"respondent": "甲公司"}) == (
        "噪声来自建筑工地",
        "施工单位为甲公司",
        "已停止",
    )


def test_a_field_already_said_is_skipped() -> None:
    """
    What the order says elsewhere is not said twice; answers without a field stay.
    """
    said = clauses(
        SHEET, answered(source="shop", builder="甲公司"), {"respondent": "甲公司"}, frozenset({"respondent"})
    )

    assert said == ("噪声来自店铺",)


@pytest.mark.parametrize(
    ("reason", "said"), [(GapReason.UNKNOWN, ("施工单位不详",)), (GapReason.REFUSED, ()), (GapReason.HUNG_UP, ())]
)
def test_no_answer_invents_nothing(reason: GapReason, said: tuple[str, ...]) -> None:
    """
    Not known is said as such; refused and hung up leave no clause, their code says it.
    """
    assert clauses(SHEET, {"builder": Answer("builder", unanswered=reason)}, {}) == said


def test_blank_answer_says_nothing() -> None:
    """
    Blanks are no answer, and a text outside the choices stands for itself.
    """
    assert clauses(SHEET, answered(builder="  ", source=" "), {"respondent": "  "}) == ()
    assert spoken(SOURCE, " 广场 ") == "广场"


def test_a_field_is_said_as_it_stands_now() -> None:
    """
    Correcting, filling or emptying the field changes what the order says, whatever was answered before.
    """
    unknown = {"builder": Answer("builder", unanswered=GapReason.UNKNOWN)}

    assert clauses(SHEET, answered(builder="甲公司"), {"respondent": "乙公司"}) == ("施工单位为乙公司",)
    assert clauses(SHEET, answered(builder="甲公司"), {}) == ()
    assert clauses(SHEET, unknown, {"respondent": "乙公司"}) == ("施工单位为乙公司",)


def test_a_field_is_said_once() -> None:
    """
    Two questions about one field, asked before and after the matter changed, say it once.
    """
    again = replace(BUILDER, id="owner", phrase="店主为{answer}")
    sheet = replace(SHEET, questions=(BUILDER, again))

    assert clauses(sheet, answered(builder="甲", owner="乙"), {"respondent": "乙"}) == ("施工单位为乙",)


def test_yes_and_no_are_the_only_answers_of_such_a_question() -> None:
    """
    Words that are neither yes nor no are not said as a no.
    """
    assert clauses(SHEET, answered(now="还在响"), {}) == ()


def test_an_answer_may_mean_a_second_call() -> None:
    """
    What has to be looked at counts before what has to be read; other answers and none mean no call.
    """
    proof = Question(
        "proof",
        "有什么凭据？",
        "凭据",
        QuestionKind.CHOICE,
        choices=(
            Choice("deed", "有证", contact=SecondContact.EVIDENCE),
            Choice("stone", "有界石", contact=SecondContact.ON_SITE),
            Choice("none", "没有"),
        ),
    )
    sheet = Sheet("boundary", "地边", (proof, replace(proof, id="more")))

    assert contact_needed(sheet, answered(proof="deed")) is SecondContact.EVIDENCE
    assert contact_needed(sheet, answered(proof="deed", more="stone")) is SecondContact.ON_SITE
    assert contact_needed(sheet, answered(proof="none")) is None
    assert contact_needed(sheet, {"proof": Answer("proof", "deed", GapReason.REFUSED)}) is None


RULES = Requirements(
    (
        Requirement("narrative"),
        Requirement("respondent", Condition(of="kind", among=("complaint",))),
        Requirement("happened", Condition(of="kind", not_among=("consult",))),
        Requirement("wish", Condition(missing="narrative")),
    ),
    (Override("0102", spares=("respondent",)), Override("01", needs=("people_affected",))),
)


def test_kind_decides_what_is_needed() -> None:
    """
    A complaint needs its object, a consultation no time.
    """
    assert RULES.needed("02", {"kind": "complaint", "narrative": "甲"}) == ("narrative", "respondent", "happened")
    assert RULES.needed("02", {"kind": "consult"}) == ("narrative", "wish")


def test_category_overrides_the_rule() -> None:
    """
    A category may ask for more and a deeper one for less.
    """
    filled = {"kind": "complaint", "narrative": "甲"}

    assert RULES.needed("0102", filled) == ("narrative", "happened", "people_affected")
    assert RULES.missing("0102", filled) == ("happened", "people_affected")
