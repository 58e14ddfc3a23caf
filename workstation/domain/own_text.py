"""The subject and content that a human wrote in place of the composed ones."""

from collections.abc import Mapping

from workstation.domain.errors import InvalidValue
from workstation.domain.incident import Incident
from workstation.domain.order import CONTENT_LIMIT
from workstation.domain.text import check_text

OWN_LIMITS: Mapping[str, int] = {"subject": 200, "content": CONTENT_LIMIT}


def text_problems(incident: Incident) -> dict[str, InvalidValue]:
    """Return what is wrong with the subject and content that a human wrote; nothing is changed by asking."""
    found: dict[str, InvalidValue] = {}
    for name, text in (("subject", incident.own_subject), ("content", incident.own_content)):
        try:
            own_text(name, text)
        except InvalidValue as problem:
            found[name] = problem
    return found


def own_text(field: str, text: str) -> str:
    """Return what a human wrote in place of the composed text; blanks are no text.

    Raises:
        InvalidValue: An order may not say that.
    """
    return check_text(field, text, limit=OWN_LIMITS[field], lines=field == "content").strip()
