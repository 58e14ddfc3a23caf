"""Which texts of the intake form an order may hold, and what is wrong with those it may not."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime

from workstation.domain.errors import InvalidValue
from workstation.domain.happened import check_happened
from workstation.domain.identity import CHINA
from workstation.domain.intake import Intake
from workstation.domain.order import Kind
from workstation.domain.phones import normalise_phone
from workstation.domain.text import check_text

NARRATIVE_LIMIT = 4000
LIMITS: Mapping[str, int] = {
    "address": 200,
    "landmark": 100,
    "caller_name": 50,
    "respondent": 100,
    "happened": 100,
    "wish": 500,
    "narrative": NARRATIVE_LIMIT,
}
_FIGURES = re.compile(r"-?[0-9]{1,20}")
CHECKED = (*LIMITS, "contact_phone", "people_affected", "kind")


def problems(intake: Intake, now: datetime) -> dict[str, InvalidValue]:
    """Return what is wrong with the fields as they stand, by field; nothing is changed by asking."""
    found: dict[str, InvalidValue] = {}
    for name in CHECKED:
        try:
            checked(name, intake, now)
        except InvalidValue as problem:
            found[name] = problem
    return found


def checked(name: str, intake: Intake, now: datetime) -> str:
    """Return what field *name* may say in an order; empty when nothing was entered.

    Raises:
        InvalidValue: It may not say that.
    """
    return checked_text(name, intake.get(name), now)


def checked_text(name: str, text: str, now: datetime) -> str:
    """Return what field *name* may say of *text*; empty when there are only blanks.

    Raises:
        InvalidValue: It may not say that.
    """
    if not text.strip():
        return ""
    if name == "contact_phone":
        return normalise_phone(text, name)
    if name == "people_affected":
        return str(_count(text))
    if name == "kind":
        if text not in set(Kind):
            raise InvalidValue(name, "unknown_value")
        return text
    text = check_text(name, text, limit=LIMITS[name], lines=name == "narrative").strip()
    return check_happened(text, now.astimezone(CHINA)) if name == "happened" else text


def _count(text: str) -> int:
    figures = unicodedata.normalize("NFKC", text).strip()
    if not _FIGURES.fullmatch(figures):
        raise InvalidValue("people_affected", "not_a_number")
    count = int(figures)
    if not 1 <= count <= 1_000_000:  # noqa: PLR2004 -- the limit declared in Order
        raise InvalidValue("people_affected", "too_large" if count > 1 else "too_small", limit=1_000_000)
    return count
