"""The veto: an explicit other province, city or county in a text, so that no unit of ours is claimed for it."""

from collections import defaultdict

from workstation.domain.places import Lexicon

MOST_BETWEEN = 4


class ElsewhereFinder:
    """The names outside the city, indexed once by their first two characters."""

    def __init__(self, lexicon: Lexicon) -> None:
        words = lexicon.elsewhere
        self._words = words
        self._not_an_area = lexicon.not_an_area
        self._full: dict[str, list[str]] = defaultdict(list)
        self._short: dict[str, list[str]] = defaultdict(list)
        for name in (*words.provinces, *words.cities, *words.neighbours):
            self._full[name[:2]].append(name)
        for name in (*words.provinces, *words.cities):
            self._short[name[:2]].append(_short(name))

    def first(self, text: str) -> tuple[int, str] | None:
        """Return where the first name outside the city stands and what it is, or None."""
        for at in range(len(text) - 1):
            key = text[at : at + 2]
            for name in self._full.get(key, ()):
                if text.startswith(name, at):
                    return at, name
            for name in self._short.get(key, ()):
                if text.startswith(name, at) and self._is_place(text, at, at + len(name)):
                    return at, name
        return None

    def _is_place(self, text: str, start: int, end: int) -> bool:
        """Whether a short name is meant as a place: not a road, not a dish, but followed by a unit or by nothing."""
        if start and text[start - 1].isalpha() and text[start - 1] not in self._words.after:
            return False
        if end == len(text) or not text[end].isalpha():
            return True
        rest = text[end : end + MOST_BETWEEN + 1]
        if rest.startswith(self._not_an_area) or any(word in rest for word in self._words.not_units):
            return False
        return any(word in rest for word in self._words.unit_words) or self._names_follow(text, end)

    def _names_follow(self, text: str, at: int) -> bool:
        key = text[at : at + 2]
        names = (*self._full.get(key, ()), *self._short.get(key, ()))
        return any(text.startswith(name, at) for name in names)


def _short(name: str) -> str:
    """Return the name as people say it: long names of autonomous units by their first two characters."""
    return name[:-1] if len(name) <= len("abcd") else name[:2]
