"""The phone numbers a caller may give: what they look like when dialled, or why they cannot be one."""

import re
import unicodedata
from dataclasses import dataclass

from workstation.domain.errors import InvalidValue


@dataclass(frozen=True, slots=True)
class NumberPlan:
    """The area in which a bare local number is meant."""

    area_code: str = "0632"
    local_length: int = 7


ZAOZHUANG = NumberPlan()

MOBILE_LENGTH = 11
SERVICE_LENGTH = 10

_SEPARATORS = re.compile(r"[\s().\u00ad\u200b-\u200f\u2010-\u2015\u202a-\u202e\u2060\u2212\ufeff-]+")
_COUNTRY = re.compile(r"^(?:\+|00)86|^86(?=1\d{10}$)")
# After a dash only what follows an area code is one: a mobile number is written in parts, too.
_SAID_BEFORE_IT = (
    "(?:[*#x]|ext\\.?|\N{CJK UNIFIED IDEOGRAPH-8F6C}|\N{CJK UNIFIED IDEOGRAPH-8F49}"
    "|\N{CJK UNIFIED IDEOGRAPH-5206}\N{CJK UNIFIED IDEOGRAPH-673A})"
)
_EXTENSION = re.compile(
    rf"^(?:0\d{{2,3}}-?\d{{7,8}}\s*(?:[-,]|{_SAID_BEFORE_IT})|\d{{7,11}}\s*{_SAID_BEFORE_IT})[\s:]*\d{{1,6}}$",
    re.IGNORECASE,
)
_SHORT = re.compile(r"^(?:1[0-2]\d|12[13]\d{2}|100\d{2}|11[0-9]{3}|9[56]\d{3,4})$")
_AREA = re.compile(r"^(?:010|02\d|0[3-9]\d{2})")
_MOBILE = re.compile(r"^1[3-9]\d{9}$")
_SERVICE = re.compile(r"^[48]00\d{7}$")


def normalise_phone(raw: str, field: str = "phone", plan: NumberPlan = ZAOZHUANG) -> str:
    """Return the digits to dial, a bare local number with its area code.

    Spaces, dashes, brackets, full-width digits and the country code are understood.

    Raises:
        InvalidValue: One of the ``phone_…`` codes; its facts are lengths, never the number.
    """
    digits = _digits(raw, field)
    if _SHORT.match(digits):
        return digits
    if digits.startswith("0"):
        return _landline(digits, field, plan)
    if _SERVICE.match(digits):
        return digits
    if digits.startswith("1"):
        return _mobile(digits, field)
    return _local(digits, field, plan)


def _digits(raw: str, field: str) -> str:
    text = unicodedata.normalize("NFKC", raw).strip()
    if not text:
        raise InvalidValue(field, "phone_empty")
    if _EXTENSION.match(text):
        raise InvalidValue(field, "phone_extension")
    compact = _COUNTRY.sub("", _SEPARATORS.sub("", text))
    if any(c.isalpha() for c in compact):
        raise InvalidValue(field, "phone_letters")
    if not (compact.isascii() and compact.isdigit()):
        raise InvalidValue(field, "phone_characters")
    return compact


def _mobile(digits: str, field: str) -> str:
    if _MOBILE.match(digits):
        return digits
    _check_length(digits, field, MOBILE_LENGTH, MOBILE_LENGTH)
    raise InvalidValue(field, "phone_unknown_prefix")


def _landline(digits: str, field: str, plan: NumberPlan) -> str:
    area = _AREA.match(digits)
    if area is None:
        raise InvalidValue(field, "phone_unknown_area")
    local = digits[area.end() :]
    if _SHORT.match(local):
        raise InvalidValue(field, "phone_short_with_area_code")
    shortest, longest = _local_lengths(area.group(), plan)
    _check_length(local, field, shortest, longest)
    _check_first_digit(local, field)
    return digits


def _local_lengths(area: str, plan: NumberPlan) -> tuple[int, int]:
    if area == plan.area_code:
        return plan.local_length, plan.local_length
    large_city = len(area) == len("010")
    return (8, 8) if large_city else (7, 8)


def _local(digits: str, field: str, plan: NumberPlan) -> str:
    if digits.startswith(("400", "800")) and len(digits) > plan.local_length:
        _check_length(digits, field, SERVICE_LENGTH, SERVICE_LENGTH)
    _check_length(digits, field, plan.local_length, plan.local_length)
    _check_first_digit(digits, field)
    return plan.area_code + digits


def _check_length(digits: str, field: str, shortest: int, longest: int) -> None:
    if len(digits) < shortest:
        raise InvalidValue(field, "phone_too_short", expected=shortest, actual=len(digits))
    if len(digits) > longest:
        raise InvalidValue(field, "phone_too_long", expected=longest, actual=len(digits))


def _check_first_digit(local: str, field: str) -> None:
    """Refuse a local number that begins with the digit of a trunk, a mobile or a service line."""
    if local[0] in "019":
        raise InvalidValue(field, "phone_unknown_prefix")
