"""The names of domain values in both languages."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """One identifier: its name in Chinese and in English, what it means and where it comes from."""

    id: str
    zh: str
    en: str
    meaning: str
    source: str
    group: str = ""


class Glossary:
    """Every term, found by group and identifier."""

    __slots__ = ("_by_key", "terms")

    def __init__(self, terms: tuple[Term, ...]) -> None:
        """Index *terms*; the same identifier may stand in several groups."""
        self.terms = terms
        self._by_key = {(term.group, term.id): term for term in terms}

    def term(self, id: str, group: str = "") -> Term | None:
        """Find a term; without a group the first one of that identifier."""
        if group:
            return self._by_key.get((group, id))
        return next((term for term in self.terms if term.id == id), None)

    def name(self, id: str, group: str = "", *, english: bool = False) -> str:
        """Name an identifier; one without a term names itself."""
        term = self.term(id, group)
        if term is None:
            return id
        return term.en if english else term.zh
