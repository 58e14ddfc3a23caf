"""What a search found, with the words around it: whoever searches sees why a row is there."""

from collections.abc import Iterator
from dataclasses import dataclass

from workstation.desk.author import TransferView
from workstation.desk.console import Console
from workstation.domain.bigrams import places_of
from workstation.domain.incident import Incident
from workstation.domain.order import Order
from workstation.domain.outbox import SearchHit

BEFORE, AFTER = 6, 14
MARKS = ("\N{LEFT CORNER BRACKET}", "\N{RIGHT CORNER BRACKET}")
_MORE = "\N{HORIZONTAL ELLIPSIS}"


@dataclass(frozen=True, slots=True)
class Found:
    """An order or a form that is none, and an excerpt with the words that were found in brackets."""

    one: TransferView | Incident
    excerpt: str


def find(console: Console, typed: str) -> list[Found]:
    """Return each order that was found for what was *typed*, and each form that is no order."""
    hits = ((hit, _shown(console, hit)) for hit in console.desk.search(typed))
    return [Found(one, _first(_texts(hit), typed)) for hit, one in hits if one is not None]


def _shown(console: Console, hit: SearchHit) -> TransferView | Incident | None:
    return console.desk.transfer(hit.transfer.id) if hit.transfer is not None else hit.incident


def excerpt(text: str, typed: str) -> str:
    """Return the words of *text* around the first place where what was *typed* stands; empty where it does not."""
    text = " ".join(text.split())
    places = places_of(text, typed)
    if not places:
        return ""
    start, end = places[0]
    opens, closes = MARKS
    before, after = text[max(0, start - BEFORE) : start], text[end : end + AFTER]
    head = _MORE if start > BEFORE else ""
    tail = _MORE if len(text) > end + AFTER else ""
    return f"{head}{before}{opens}{text[start:end]}{closes}{after}{tail}"


def _first(texts: Iterator[str], typed: str) -> str:
    return next((words for text in texts if (words := excerpt(text, typed))), "")


def _texts(hit: SearchHit) -> Iterator[str]:
    """Return what was written in the order and in its form, in the order it is read."""
    if hit.transfer is not None:
        yield from (hit.transfer.number, hit.transfer.hotline_number, hit.transfer.unit)
        yield from _order_texts(hit.transfer.order)
    if hit.incident is not None:
        yield from (hit.incident.number, *hit.incident.intake.values.values(), hit.incident.call_in_phone.text)


def _order_texts(order: Order) -> Iterator[str]:
    yield from (order.content, order.subject, order.category_name, order.region_name, order.address.text)
    yield from (order.landmark, order.caller_name.text, order.contact_phone.text, order.call_in_phone.text)
    yield from (order.respondent, order.wish, order.unit, order.police_number)
