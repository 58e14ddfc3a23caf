"""The four guidance lists and which of their items speak to a call."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from workstation.domain.directory import LineKind
from workstation.domain.edition import Edition
from workstation.domain.incident import Outcome
from workstation.domain.safety import SafetyRules, Warned, dangers
from workstation.domain.triggers import Grammar, Trigger, hits


class GuidanceList(StrEnum):
    """The four lists that 110 and 12345 agree on."""

    NOT_ACCEPTED = "not_accepted"
    DIRECT_ANSWER = "direct_answer"
    DIVERT = "divert"
    LINKAGE = "linkage"


class ReasonKind(StrEnum):
    """What made an item speak."""

    WORD = "word"
    CATEGORY = "category"
    DANGER = "danger"


@dataclass(frozen=True, slots=True)
class Channel:
    """Where the caller is sent instead: the name of the channel and its number, if it has one."""

    name: str
    phone: str = ""


@dataclass(frozen=True, slots=True)
class GuidanceItem:
    """One item of a list: when it applies, the sentence to say and the outcome it proposes."""

    id: str
    number: int
    title: str
    say: str
    outcome: Outcome
    triggers: tuple[Trigger, ...] = ()
    categories: tuple[str, ...] = ()
    dangers: tuple[str, ...] = ()
    channels: tuple[Channel, ...] = ()
    lines: tuple[LineKind, ...] = ()
    department: str = ""
    source: str = ""
    source_date: date | None = None
    review_by: date | None = None
    pinyin: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Guidance:
    """The four lists of one edition."""

    edition: Edition
    not_accepted: tuple[GuidanceItem, ...]
    direct_answer: tuple[GuidanceItem, ...]
    divert: tuple[GuidanceItem, ...]
    linkage: tuple[GuidanceItem, ...]

    def items(self, which: GuidanceList) -> tuple[GuidanceItem, ...]:
        """List the items of one list, in the order of their numbers."""
        lists = (self.not_accepted, self.direct_answer, self.divert, self.linkage)
        return dict(zip(GuidanceList, lists, strict=True))[which]

    def item(self, id: str) -> GuidanceItem | None:
        """Find an item by its id in any list."""
        return next((item for which in GuidanceList for item in self.items(which) if item.id == id), None)


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that spoke for an item: a word that was said, a category or a danger."""

    kind: ReasonKind
    value: str


@dataclass(frozen=True, slots=True)
class Match:
    """An item that speaks to the call, the list it stands in and why."""

    item: GuidanceItem
    list: GuidanceList
    reasons: tuple[Reason, ...]


def matching(guidance: Guidance, safety: SafetyRules, text: str, category: str = "") -> tuple[Match, ...]:
    """Find the items that speak to a call, the strongest first.

    A word of danger vetoes everything but the linkage list: whoever reports a
    gas leak is never told where to complain about the bill.
    """
    present = dangers(safety, text)
    if present:
        return _linkage(guidance, present)
    found = []
    for which in (GuidanceList.NOT_ACCEPTED, GuidanceList.DIRECT_ANSWER, GuidanceList.DIVERT):
        for item in guidance.items(which):
            reasons = _reasons(item, text, category, safety.grammar)
            if reasons:
                found.append(Match(item, which, reasons))
    return tuple(sorted(found, key=lambda match: -_weight(match)))


def _linkage(guidance: Guidance, present: tuple[Warned, ...]) -> tuple[Match, ...]:
    found = []
    for item in guidance.linkage:
        warned = [w for w in present if w.id in item.dangers]
        reasons = [Reason(ReasonKind.DANGER, w.id) for w in warned]
        reasons += [Reason(ReasonKind.WORD, word) for w in warned for word in w.words]
        if reasons:
            found.append(Match(item, GuidanceList.LINKAGE, tuple(reasons)))
    return tuple(found)


def _reasons(item: GuidanceItem, text: str, category: str, grammar: Grammar) -> tuple[Reason, ...]:
    words = dict.fromkeys(word for trigger in item.triggers for word in hits(trigger, text, grammar))
    reasons = [Reason(ReasonKind.WORD, word) for word in words]
    if any(category.startswith(code) for code in item.categories):
        reasons.append(Reason(ReasonKind.CATEGORY, category))
    return tuple(reasons)


def _weight(match: Match) -> int:
    """Weigh a spoken rule of refusal or an answer above a bare category."""
    words = sum(len(reason.value) for reason in match.reasons if reason.kind is ReasonKind.WORD)
    category = sum(2 for reason in match.reasons if reason.kind is ReasonKind.CATEGORY)
    return words + category + (2 if words and match.list is not GuidanceList.DIVERT else 0)
