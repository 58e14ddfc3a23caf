"""The search behind the category picker: codes, pinyin and words, ranked."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cache

from workstation.domain.categories import Category, CategoryTree

NO_USAGE: Mapping[str, int] = {}


class Rank(IntEnum):
    """How well a node answers what was typed; lower is better."""

    EXACT = 0
    PREFIX = 1
    ALIAS = 2
    INSIDE = 3
    WORD = 4
    UPPER_LEVEL = 5


@dataclass(frozen=True, slots=True)
class Found:
    """One node that answers what was typed, and how well."""

    category: Category
    rank: Rank


@dataclass(frozen=True, slots=True)
class _Keys:
    """What a node can be found by, prepared once."""

    category: Category
    initials: str
    tails: tuple[str, ...]
    alias_keys: tuple[str, ...]
    words: str
    above: str


def find(
    tree: CategoryTree, typed: str, limit: int = 9, usage: Mapping[str, int] = NO_USAGE, within: str = ""
) -> tuple[Found, ...]:
    """Find the nodes that answer *typed*: a code, pinyin (initials or full) or words.

    Several words separated by blanks all have to match. Among equals the node
    used more often comes first (*usage* counts by code), then a leaf before a
    branch (the branch first where a code was typed), then the order of the codes.

    Args:
        tree: The tree to look through.
        typed: What stands in the picker's field; empty lists the children of *within*.
        limit: How many nodes to return at most.
        usage: How often each code was chosen at this console.
        within: The code of the branch to stay in.
    """
    tokens = typed.lower().split()
    if not tokens:
        return tuple(Found(node, Rank.PREFIX) for node in tree.children(within)[:limit])
    found = []
    for keys in _keys_of(tree):
        rank = _rank(keys, tokens) if keys.category.code.startswith(within) else None
        if rank is not None:
            found.append(Found(keys.category, rank))
    downwards = 1 if typed.strip().isdigit() else -1
    found.sort(key=lambda f: (f.rank, -usage.get(f.category.code, 0), downwards * f.category.level, f.category.code))
    return tuple(found[:limit])


@cache
def _keys_of(tree: CategoryTree) -> tuple[_Keys, ...]:
    return tuple(_keys(tree, node) for node in tree.nodes)


def _keys(tree: CategoryTree, node: Category) -> _Keys:
    syllables = node.pinyin
    return _Keys(
        category=node,
        initials="".join(s[0] for s in syllables),
        tails=tuple("".join(syllables[start:]) for start in range(len(syllables))),
        alias_keys=tuple(key for spelt in node.alias_pinyin for key in ("".join(s[0] for s in spelt), "".join(spelt))),
        words=" ".join(node.words).lower(),
        above="".join(n.name for n in tree.path(node.parent_code)),
    )


def _rank(keys: _Keys, tokens: list[str]) -> Rank | None:
    ranks = [_rank_of_one(keys, token) for token in tokens]
    known = [rank for rank in ranks if rank is not None]
    return max(known) if len(known) == len(ranks) else None


def _rank_of_one(keys: _Keys, token: str) -> Rank | None:
    if token.isdigit():
        return _rank_of_code(keys.category.code, token)
    return _rank_of_pinyin(keys, token) if token.isascii() else _rank_of_words(keys, token)


def _rank_of_code(code: str, token: str) -> Rank | None:
    if code == token:
        return Rank.EXACT
    return Rank.PREFIX if code.startswith(token) else None


def _rank_of_pinyin(keys: _Keys, token: str) -> Rank | None:
    if token in (keys.initials, *keys.tails[:1]):
        return Rank.EXACT
    if keys.initials.startswith(token) or any(tail.startswith(token) for tail in keys.tails[:1]):
        return Rank.PREFIX
    if any(key.startswith(token) for key in keys.alias_keys):
        return Rank.ALIAS
    if token in keys.initials or any(tail.startswith(token) for tail in keys.tails):
        return Rank.INSIDE
    return Rank.WORD if token in keys.words else None


def _rank_of_words(keys: _Keys, token: str) -> Rank | None:
    node = keys.category
    if node.name == token:
        return Rank.EXACT
    if node.name.startswith(token):
        return Rank.PREFIX
    if token in node.aliases:
        return Rank.ALIAS
    if token in node.name:
        return Rank.INSIDE
    if token in keys.words or any(token in alias for alias in node.aliases):
        return Rank.WORD
    return Rank.UPPER_LEVEL if token in keys.above else None
