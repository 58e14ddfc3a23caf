"""Which orders may be submitted: the rules that the desk composes by and the gateway holds every sender to."""

import re
import sys

from workstation.domain.errors import InvalidValue
from workstation.domain.happened import check_happened
from workstation.domain.identity import CHINA
from workstation.domain.order import Order
from workstation.domain.phones import normalise_phone
from workstation.domain.text import check_text

LINES = (
    *("subject", "happened", "wish", "address", "landmark", "respondent", "caller_name", "sex", "call_in_phone"),
    *("category_name", "region_name", "urgent_reason", "police_number", "safety_note", "unit"),
)
LISTS = ("tags", "rejected_units", "attachments")
# Their shape only: a gateway need not have the content pack that the codes are of.
CODES = {"category": re.compile(r"(?:[0-9]{2}){0,10}"), "region": re.compile(r"(?:[0-9]{2}){0,10}")}


def checked_order(order: Order) -> Order:
    """Return *order* as it is.

    Raises:
        InvalidValue: A text holds what nobody can see, a code has no code's form, the number cannot be dialled or the
            time cannot have been, counted from when the order was saved.
    """
    check_text("content", order.content, limit=sys.maxsize, lines=True)
    for name in LINES:
        _check_line(name, getattr(order, name))
    for name in LISTS:
        for line in getattr(order, name):
            _check_line(name, line)
    for entry in order.consultation:
        for line in (entry.party, entry.event, entry.note):
            _check_line("consultation", line)
    for name, form in CODES.items():
        if not form.fullmatch(getattr(order, name)):
            raise InvalidValue(name, "wrong_form")
    if order.contact_phone:
        normalise_phone(order.contact_phone.text, "contact_phone")
    check_happened(order.happened, order.saved_at.astimezone(CHINA))
    return order


def _check_line(name: str, value: object) -> None:
    text = value if isinstance(value, str) else getattr(value, "text", "")
    check_text(name, text, limit=sys.maxsize)
