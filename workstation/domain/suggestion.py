"""The suggestion of a category: a recogniser's labels, led down our own tree by the words of the note."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from workstation.domain.categories import Category, CategoryTree
from workstation.domain.suggestion_text import LEAD

REASONS = 3
_SHORTEST_WORD = 2
_ALTERNATIVE = 0.8
"""Share of a label's probability for each of its further level-1 codes, once a word of the note names one."""

_NAMED = 0.04
"""What any level-1 code gets once a word of the note names it: a city's conventions differ from the labels' own."""

_BROAD = 0.2
"""Weight of stopping at the first level: less than one word for one of its leaves."""

_ABOVE = 0.5
"""What a word for a node with others below it counts: for the node itself, and for each of its leaves that is named."""

_IN_LEAD = 2.0
"""What a word in the lead counts: callers name the matter first."""

_LEAST_OFFER = 0.02
"""An offer less likely than this is left out, unless it is the only one."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One category that is offered, how likely it is, and the words of the note that spoke for it."""

    code: str
    name: str
    p: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What is offered, the likeliest first; *unsure* says that no one should rely on it."""

    top: tuple[Suggestion, ...] = ()
    unsure: bool = True


NOTHING = Suggestions()


@dataclass(frozen=True, slots=True)
class Recognised:
    """A recogniser's own answer, the likeliest label first: label names, not yet codes of our tree.

    Args:
        labels: Every label; its code and name are the label's own name.
        uncovered: How likely the matter is one that no label covers.
        unsure: The recogniser would rather not say.
    """

    labels: tuple[Suggestion, ...]
    uncovered: float
    unsure: bool


class TreeWords:
    """Finds the words of a tree's nodes in a note, in one pass over the note."""

    __slots__ = ("_starting",)

    def __init__(self, tree: CategoryTree) -> None:
        owners: dict[str, list[str]] = {}
        for node in tree.nodes:
            words = dict.fromkeys((node.name, *node.words, *node.aliases))
            for word in (word for word in words if len(word) >= _SHORTEST_WORD):
                owners.setdefault(word, []).append(node.code)
        self._starting: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        for word, codes in owners.items():
            self._starting.setdefault(word[:_SHORTEST_WORD], []).append((word, tuple(codes)))

    def found(self, text: str) -> Mapping[str, Mapping[str, float]]:
        """Return the words found for each code, each with its weight: long, rare and early words weigh more."""
        spoken = {
            word: (codes, at)
            for at in reversed(range(len(text) - 1))
            for word, codes in self._starting.get(text[at : at + _SHORTEST_WORD], ())
            if text.startswith(word, at)
        }
        longest = [w for w in spoken if not any(w != other and w in other for other in spoken)]
        evidence: dict[str, dict[str, float]] = {}
        for word in longest:
            codes, at = spoken[word]
            for code in codes:
                weight = len(word) / _SHORTEST_WORD / len(codes) * (_IN_LEAD if at < LEAD else 1)
                evidence.setdefault(code, {})[word] = weight
        return evidence


def refine(tree: CategoryTree, words: TreeWords, recognised: Recognised, text: str, top: int = 3) -> Suggestions:
    """Lead the labels down to at most *top* nodes of *tree*, a leaf where a word of the note names one.

    A node's share is the probability of its level-1 code times the weight of
    the words found for it; the upper level stays in the running, so that a
    note that names no leaf still gets its branch.
    """
    evidence = words.found(text)
    before = _level1(tree, recognised, evidence)
    weighed: dict[str, float] = {}
    for code, share in before.items():
        weighed[code] = share * _BROAD
        for below in (c for c in evidence if c.startswith(code)):
            weighed[below] = share * (_BROAD + _weight(tree, evidence, below))
    total = sum(weighed.values()) + _unnamed(tree, recognised, before)
    best = sorted(weighed, key=lambda code: (-weighed[code], -len(code), code))
    chosen = [c for at, c in enumerate(_without_repeats(best)[:top]) if at == 0 or weighed[c] >= _LEAST_OFFER * total]
    label_reasons = _reasons_of_codes(tree, recognised)
    return Suggestions(
        tuple(_suggestion(tree[code], weighed[code] / total, evidence, label_reasons) for code in chosen if total),
        recognised.unsure,
    )


def _level1(
    tree: CategoryTree, recognised: Recognised, evidence: Mapping[str, Mapping[str, float]]
) -> Mapping[str, float]:
    """Share the labels' probabilities out to level-1 codes, the rest to codes that no label covers."""
    named = [node.code for node in tree.children() if any(code.startswith(node.code) for code in evidence)]
    covered = {code for codes in tree.labels.values() for code in codes}
    shares: dict[str, float] = {}
    for label in recognised.labels:
        for place, code in enumerate(code for code in tree.labels.get(label.code, ()) if code in tree):
            if place == 0 or code in named:
                part = label.p * (1 - recognised.uncovered) * (1 if place == 0 else _ALTERNATIVE)
                shares[code] = shares.get(code, 0) + part
    for code in named:
        least = _NAMED if code in covered else max(recognised.uncovered, _NAMED)
        shares[code] = max(shares.get(code, 0), least)
    return shares


def _weight(tree: CategoryTree, evidence: Mapping[str, Mapping[str, float]], code: str) -> float:
    """Weigh the words of *code*: whole for a leaf, which its upper levels' words support; less for an upper level."""
    own = sum(evidence[code].values())
    if tree.children(code):
        return _ABOVE * own
    above = sum(sum(evidence.get(node.code, {}).values()) for node in tree.path(code)[:-1])
    return own + _ABOVE * above


def _unnamed(tree: CategoryTree, recognised: Recognised, before: Mapping[str, float]) -> float:
    """Weigh what is neither covered by a label nor named by a word: it is offered by no one, yet may be the matter."""
    covered = {code for codes in tree.labels.values() for code in codes}
    return 0.0 if any(code not in covered for code in before) else recognised.uncovered


def _without_repeats(codes: Iterable[str]) -> list[str]:
    """Drop a node that stands above a better one: the leaf says it already."""
    kept: list[str] = []
    for code in codes:
        if not any(better.startswith(code) for better in kept):
            kept.append(code)
    return kept


def _reasons_of_codes(tree: CategoryTree, recognised: Recognised) -> Mapping[str, tuple[str, ...]]:
    """Return the recogniser's reasons for each level-1 code, those of the likeliest label first."""
    found: dict[str, tuple[str, ...]] = {}
    for label in recognised.labels:
        for code in tree.labels.get(label.code, ()):
            found.setdefault(code, label.reasons)
    return found


def _suggestion(
    node: Category, p: float, evidence: Mapping[str, Mapping[str, float]], reasons: Mapping[str, tuple[str, ...]]
) -> Suggestion:
    words = evidence.get(node.code, {})
    named = sorted(words, key=lambda word: -words[word])
    top_code = next((code for code in reasons if node.code.startswith(code)), "")
    told = [word for word in reasons.get(top_code, ()) if not any(word in w or w in word for w in named)]
    return Suggestion(node.code, node.name, p, tuple([*named, *told][:REASONS]))
