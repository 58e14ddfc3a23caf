"""The tree of matters that citizens bring to the hotline."""

from collections.abc import Mapping
from dataclasses import dataclass

DIGITS_PER_LEVEL = 2


@dataclass(frozen=True, slots=True)
class Category:
    """One node of the tree; its code holds two digits per level."""

    code: str
    name: str
    words: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    sheet: str = ""
    pinyin: tuple[str, ...] = ()
    alias_pinyin: tuple[tuple[str, ...], ...] = ()

    @property
    def level(self) -> int:
        return len(self.code) // DIGITS_PER_LEVEL

    @property
    def parent_code(self) -> str:
        return self.code[:-DIGITS_PER_LEVEL]


class CategoryTree:
    """Every category, looked up by code, in the order of the codes."""

    __slots__ = ("_by_code", "_children", "labels", "nodes")

    def __init__(self, nodes: tuple[Category, ...], labels: Mapping[str, tuple[str, ...]] | None = None) -> None:
        """Index *nodes*; *labels* maps names of a foreign scheme to level-1 codes, the main one first."""
        self.nodes = nodes
        self.labels = dict(labels or {})
        self._by_code = {node.code: node for node in nodes}
        self._children: dict[str, tuple[Category, ...]] = {}
        for node in nodes:
            self._children[node.parent_code] = (*self._children.get(node.parent_code, ()), node)

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def __len__(self) -> int:
        return len(self.nodes)

    def __getitem__(self, code: str) -> Category:
        return self._by_code[code]

    def children(self, code: str = "") -> tuple[Category, ...]:
        """List what stands directly below *code*, the first level by default."""
        return self._children.get(code, ())

    def leaves(self, code: str = "") -> tuple[Category, ...]:
        """List the nodes below *code* that have nothing below them."""
        return tuple(n for n in self.nodes if n.code.startswith(code) and n.code not in self._children)

    def path(self, code: str) -> tuple[Category, ...]:
        """List the node and everything above it, the top first; unknown levels are left out."""
        ends = range(DIGITS_PER_LEVEL, len(code) + 1, DIGITS_PER_LEVEL)
        return tuple(self._by_code[code[:end]] for end in ends if code[:end] in self._by_code)

    def names(self, code: str) -> tuple[str, ...]:
        """Name the levels from the top down to *code*."""
        return tuple(node.name for node in self.path(code))

    def sheet(self, code: str, default: str = "general") -> str:
        """Name the question sheet of the nearest level that has one."""
        return next((n.sheet for n in reversed(self.path(code)) if n.sheet), default)
