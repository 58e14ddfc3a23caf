"""An answer is checked where it is typed, as its field would be."""

import pytest

from tests.unit.domain_parts import NOON
from workstation.domain.answer_check import ANSWER_LIMIT, check_answer
from workstation.domain.errors import InvalidValue
from workstation.domain.questions import Choice, Question, QuestionKind

TEXT = Question("reply", "怎么答复的？", "答复", phrase="答复为{answer}")
WHO = Question("who", "哪家单位？", "单位", fills="respondent")
WHEN = Question("when", "什么时候？", "时间", fills="happened")
PEOPLE = Question("people", "多少人？", "人数", QuestionKind.NUMBER, fills="people_affected")
AMOUNT = Question("amount", "多少钱？", "金额", QuestionKind.NUMBER, phrase="约{answer}元")
NOW = Question("now", "还响吗？", "正响", QuestionKind.YES_NO)
TRIED = Question(
    "tried",
    "找过谁？",
    "已找过",
    QuestionKind.CHOICE,
    choices=(Choice("none", "没找过"), Choice("boss", "找过老板")),
)


@pytest.mark.parametrize(
    ("question", "typed", "answer"),
    [
        (TEXT, " 已登记 ", "已登记"),
        (WHO, "老街烧烤店", "老街烧烤店"),
        (WHEN, "昨晚", "昨晚"),
        (PEOPLE, "12", "12"),
        *(
            (AMOUNT, number, number)
            for number in ("30000", "3.5万", "1,200", "三十万", "十几万", "3万多", "2000-3000", "两千到三千")
        ),
        (AMOUNT, "３万元", "3万"),
        (AMOUNT, "500 块钱", "500"),
        (NOW, "yes", "yes"),
        (NOW, "2", "no"),
        (TRIED, "boss", "boss"),
        (TRIED, "找过老板", "boss"),
        (TRIED, "２", "boss"),
        (TRIED, "找过街道3次", "找过街道3次"),
    ],
)
def test_an_answer_is_taken(question: Question, typed: str, answer: str) -> None:
    """
    A digit or a label is its choice, an amount is what stands before its unit, words stay as they are.
    """
    assert check_answer(question, typed, NOON) == answer


@pytest.mark.parametrize(
    ("question", "typed", "field", "problem"),
    [
        (TEXT, "监察说\u202e不管", "answer", "control_character"),
        (TEXT, "长" * (ANSWER_LIMIT + 1), "answer", "too_long"),
        (WHO, "某\x07公司", "respondent", "control_character"),
        (WHO, "长" * 101, "respondent", "too_long"),
        (WHEN, "2月30日", "happened", "impossible_date"),
        (PEOPLE, "许多", "people_affected", "not_a_number"),
        (AMOUNT, "\u202e大概\x1b[31m三\x00万元", "answer", "control_character"),
        (AMOUNT, "很多钱", "answer", "not_a_number"),
        (AMOUNT, "-5.5abc", "answer", "not_a_number"),
        (NOW, "是", "answer", "unknown_value"),
        (NOW, "3", "answer", "unknown_value"),
        (TRIED, "5", "answer", "unknown_value"),
        (TRIED, "?!", "answer", "unknown_value"),
        (TRIED, "街道\u202e", "answer", "control_character"),
    ],
)
def test_what_is_no_answer_is_refused(question: Question, typed: str, field: str, problem: str) -> None:
    """
    What the order could not say is refused by the field it is for, before it is an answer.
    """
    with pytest.raises(InvalidValue) as refused:
        check_answer(question, typed, NOON)

    assert (refused.value.field, refused.value.problem) == (field, problem)
