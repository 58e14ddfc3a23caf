"""Which answers a question takes, so that one is told where it was typed; what it may say is what its field may say."""

import re
import unicodedata
from datetime import datetime

from workstation.domain.errors import InvalidValue
from workstation.domain.intake_check import CHECKED, checked_text
from workstation.domain.questions import Question, QuestionKind
from workstation.domain.text import check_text

ANSWER_LIMIT = 500
# The numerals of an amount, the words of a range, and the units that the order's phrase adds itself.
_NUMERALS = (
    "\u4e00\u4e8c\u4e24\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d"
    "\u5341\u767e\u5343\u4e07\u4ebf\u96f6\u3007\u51e0\u591a\u4f59\u534a"
)
_ABOUT = "\u81f3\u5230"
_UNITS = "\u5143\u5757\u94b1\u4eba\u4e2a\u540d"
_ONE = rf"(?:[0-9][0-9,]*(?:\.[0-9]+)?|[{_NUMERALS}])[{_NUMERALS}]*"
_AMOUNT = re.compile(rf"(?P<amount>{_ONE}(?:\s*[-~{_ABOUT}]\s*{_ONE})?)\s*[{_UNITS}]{{0,2}}")
_YES_NO = ("yes", "no")


def check_answer(question: Question, text: str, now: datetime) -> str:
    """Return the answer to *question* that *text* is: the code of a choice, an amount, or the words as they are.

    Raises:
        InvalidValue: It is none; the field is the one that the question fills, else ``answer``.
    """
    field = question.fills or "answer"
    if question.kind is QuestionKind.YES_NO:
        return _chosen(field, text, _YES_NO)
    if question.choices:
        labels = {choice.label: choice.value for choice in question.choices}
        return labels.get(text.strip()) or _chosen_or_said(field, text, tuple(labels.values()))
    if question.fills in CHECKED:
        checked_text(question.fills, text, now)
        return text
    said = check_text(field, text, limit=ANSWER_LIMIT).strip()
    return _amount(field, said) if question.kind is QuestionKind.NUMBER else said


def _chosen(field: str, text: str, values: tuple[str, ...]) -> str:
    typed = unicodedata.normalize("NFKC", text).strip()
    if typed in values:
        return typed
    if typed.isascii() and typed.isdigit() and 1 <= int(typed) <= len(values):
        return values[int(typed) - 1]
    raise InvalidValue(field, "unknown_value")


def _chosen_or_said(field: str, text: str, values: tuple[str, ...]) -> str:
    """Return a choice, or what the caller said that is none of them; bare figures are a choice that there is not."""
    try:
        return _chosen(field, text, values)
    except InvalidValue:
        if not any(character.isalpha() for character in text):
            raise
    return check_text(field, text, limit=ANSWER_LIMIT).strip()


def _amount(field: str, said: str) -> str:
    match = _AMOUNT.fullmatch(unicodedata.normalize("NFKC", said))
    if match is None:
        raise InvalidValue(field, "not_a_number")
    return match["amount"]
