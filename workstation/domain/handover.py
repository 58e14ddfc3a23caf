"""What is read out to the other centre when a linkage is answered: what was asked already need not be asked again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from workstation.domain.incident import Incident, Safety

_BETWEEN = "\N{FULLWIDTH SEMICOLON}"
_VALUE = "{value}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known beside the form itself: names as people read them.

    Args:
        place: The region's name, chosen or recognised.
        dangers: The kinds of danger that the narrative speaks of.
        asked: Each answer of the question sheet in words.
        advice: The sentence that the screen gave to be said to the citizen.
    """

    place: str = ""
    dangers: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    advice: str = ""


def handover(incident: Incident, known: Known, words: Mapping[str, str]) -> tuple[str, ...]:
    """Return the checklist line by line, in the *words* of the content; what nobody asked is said to be not asked."""
    intake = incident.intake
    place = known.place + intake.get("address")
    phones = dict.fromkeys((incident.call_in_phone.text, intake.get("contact_phone")))
    values = {
        "number": (incident.number,),
        "where": (place, intake.get("landmark")),
        "what": (intake.get("narrative"), *known.asked),
        "danger": (*known.dangers, *_dangers(incident.safety, words)),
        "injured": _injured(incident.safety, words),
        "phone": (*phones, words.get("confidential", "") if intake.get("confidential") == "yes" else ""),
        "advice": (known.advice,),
    }
    not_asked = words.get("not_asked", "")
    return tuple(words.get(name, _VALUE).replace(_VALUE, _said(value) or not_asked) for name, value in values.items())


def _said(parts: Iterable[str]) -> str:
    return _BETWEEN.join(part.strip() for part in parts if part.strip())


def _dangers(safety: Safety | None, words: Mapping[str, str]) -> tuple[str, ...]:
    """Return what the safety questions found; that one danger was named says nothing of the others."""
    if safety is None:
        return ()
    if safety.clear:
        return (words.get("no_danger", ""),)
    named = {"is_danger": safety.danger, "is_crime": safety.crime or safety.weapon}
    return tuple(words.get(name, "") for name, is_so in named.items() if is_so)


def _injured(safety: Safety | None, words: Mapping[str, str]) -> tuple[str, ...]:
    if safety is None or not (safety.injured or safety.clear):
        return ()
    return (words.get("is_injured" if safety.injured else "none_injured", ""),)
