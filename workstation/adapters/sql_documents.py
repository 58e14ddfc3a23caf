"""The documents of the cache: written whole, with every field that a newer workstation added still in them."""

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, TypeVar

from workstation.adapters.sql_errors import Damaged
from workstation.protocol.codec import decode, encode

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from workstation.domain.incident import Incident
    from workstation.domain.transfer import Transfer

T = TypeVar("T")


def stored(raw: bytes, wanted: type[T]) -> T:
    """Return the object that a stored document describes.

    Raises:
        Damaged: A part of it could not be read.
        InvalidValue: It is whole, but not of this shape.
    """
    check_whole(raw)
    return decode(raw, wanted)


def check_whole(raw: bytes) -> None:
    """Make sure that no part of a stored document is missing.

    SQLCipher hands out a page that fails its check as zeros, and SQLite tells nobody if that page was the last of a
    long value. JSON holds no zero byte, so one is the sign.

    Raises:
        Damaged: A part is missing.
    """
    if b"\0" in raw:
        raise Damaged("document")


def document(value: object, before: bytes | None) -> bytes:
    """Return *value* as a document that keeps what *before* held and this workstation does not know."""
    raw = encode(value)
    if before is None:
        return raw
    unknown = _unknown(stored(before, dict), value)
    return encode(_merged(decode(raw, dict), unknown)) if unknown else raw


def micros(at: "datetime") -> int:
    """Return the moment *at* as whole microseconds since 1970: a column that sorts in any time zone."""
    return round(at.timestamp() * 1_000_000)


def incident_words(incident: "Incident") -> list[str]:
    """Return everything of *incident* that somebody may search for."""
    intake = incident.intake
    answers = (answer.value for answer in intake.answers.values())
    numbers = (incident.number, incident.call_in_phone.text, incident.police_number, incident.linked_number)
    return _filled(*numbers, *intake.values.values(), *answers, incident.reason, incident.unit)


def transfer_words(transfer: "Transfer") -> list[str]:
    """Return everything of *transfer* that somebody may search for."""
    order = transfer.order
    numbers = (transfer.number, transfer.hotline_number, order.incident_number, order.relation_number)
    people = (order.caller_name.text, order.call_in_phone.text, order.contact_phone.text, order.respondent)
    places = (order.region_name, order.address.text, order.landmark)
    words = (order.subject, order.content, order.wish, order.category_name, *order.tags)
    results = (text for step in transfer.steps for text in (step.reason, step.result))
    return _filled(*numbers, order.police_number, *people, *places, *words, transfer.unit, order.unit, *results)


def _filled(*texts: str) -> list[str]:
    return list(dict.fromkeys(text for text in texts if text))


def _unknown(found: object, value: object) -> dict[str, object]:
    """Return, nested as they were, the members of *found* that *value*'s class has no field for."""
    if not isinstance(found, dict) or not is_dataclass(value) or isinstance(value, type):
        return {}
    known = {field.name for field in fields(value)}
    here = {name: content for name, content in found.items() if name not in known}
    return here | dict(_below(found, value, known))


def _below(found: "dict[str, object]", value: object, known: set[str]) -> "Iterator[tuple[str, dict[str, object]]]":
    for name in known & found.keys():
        below = _unknown(found[name], getattr(value, name))
        if below:
            yield name, below


def _merged(new: dict[str, object], unknown: dict[str, object]) -> dict[str, object]:
    merged = dict(new)
    for name, content in unknown.items():
        mine = merged.get(name)
        merged[name] = _merged(mine, content) if isinstance(mine, dict) and isinstance(content, dict) else content
    return merged
