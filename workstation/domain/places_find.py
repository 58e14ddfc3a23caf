"""The region picker: what a call-taker types, in initials, pinyin, Chinese or a mixture, to the regions it may mean.

A typed unit is a run of pinyin letters or a Chinese character. It is matched
syllable by syllable, so that ``gmlu`` finds guang-ming-lu. A county or town
may be typed before a smaller unit, with or without any suffix.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from workstation.domain.places import Level, Places, Region, Suffix

MOST_TYPED = 40

Token = tuple[str, str]
"""A character and its syllable."""

_Name = tuple[Level, str]


@dataclass(frozen=True, slots=True)
class Hit:
    """A region that fits.

    It is *ambiguous* when others bear the name and nothing typed tells them
    apart, and *by_sound* when other characters of the same sound were typed.
    """

    region: Region
    label: str
    exact: bool
    ambiguous: bool
    by_sound: bool = False


@dataclass(frozen=True, slots=True)
class _Entry:
    region: Region
    tokens: tuple[Token, ...]
    endings: tuple[tuple[Token, ...], ...]


@dataclass(frozen=True, slots=True)
class _Match:
    entry: _Entry
    start: int
    left: int

    def name(self) -> _Name:
        return self.entry.region.level, self.entry.region.stem

    def rank(self) -> tuple[int, int, int, str]:
        return self.entry.region.level, self.left, len(self.entry.tokens), self.entry.region.id


_Bucket = dict[str, list[_Entry]]


class RegionPicker:
    """An index over the places, made once."""

    def __init__(self, places: Places) -> None:
        self._places = places
        lexicon = places.lexicon
        self._sounds = lexicon.sounds
        self._city = tuple(zip(lexicon.city, lexicon.city_syllables, strict=True))
        self._city_endings = ((), tuple(zip(lexicon.city_suffix.text, lexicon.city_suffix.syllables, strict=True)))
        endings = {level: _endings(lexicon.suffixes[level]) for level in Level}
        self._all: _Bucket = defaultdict(list)
        self._units: list[_Entry] = []
        self._below: dict[str, _Bucket] = defaultdict(lambda: defaultdict(list))
        for region in places.regions.values():
            self._add(_Entry(region, _tokens(region), endings[region.level]))

    def find(self, typed: str, limit: int = 9) -> tuple[Hit, ...]:
        """Return the regions that *typed* may mean: county before town before village, then the shortest.

        Namesakes that fit exactly are all returned, beyond the limit if need be: a person picks.
        """
        query = normalise(typed)
        hits = self._ranked(query, limit) if query else ()
        spelt = "".join(self._sounds.get(c, c) for c in query)
        if hits or spelt == query:
            return hits
        return tuple(replace(hit, by_sound=True) for hit in self._ranked(spelt, limit))

    def _ranked(self, query: str, limit: int) -> tuple[Hit, ...]:
        best: dict[str, _Match] = {}
        for match in self._matches(query):
            known = best.get(match.entry.region.id)
            if known is None or match.rank() < known.rank():
                best[match.entry.region.id] = match
        ranked = sorted(best.values(), key=_Match.rank)
        names = Counter(match.name() for match in ranked)
        hits = [self._hit(match, query, names) for match in ranked[:limit]]
        exact = {(hit.region.level, hit.region.stem) for hit in hits if hit.exact}
        more = (match for match in ranked[limit:] if match.name() in exact)
        return (*hits, *(self._hit(match, query, names) for match in more))

    def _add(self, entry: _Entry) -> None:
        if entry.region.level is not Level.VILLAGE:
            self._units.append(entry)
        above = self._places.path(entry.region)[:-1]
        character, syllable = entry.tokens[0]
        for bucket in (self._all, *(self._below[unit.id] for unit in above)):
            bucket[character].append(entry)
            bucket[syllable[0]].append(entry)

    def _matches(self, query: str) -> Iterator[_Match]:
        starts = {0, *_ends(self._city, self._city_endings, query, 0)}
        if len(query) in starts:
            yield from (_Match(unit, 0, 0) for unit in self._units if unit.region.level is Level.COUNTY)
        for start in sorted(starts - {len(query)}):
            yield from _complete(self._all, query, start)
            for unit in self._units:
                if query[start] in unit.tokens[0] or query[start] == unit.tokens[0][1][0]:
                    yield from self._inside(unit, query, start)

    def _inside(self, unit: _Entry, query: str, start: int) -> Iterator[_Match]:
        below = self._below[unit.region.id]
        for end in _ends(unit.tokens, unit.endings, query, start):
            if end < len(query):
                yield from _complete(below, query, end)
                yield from self._towns_inside(unit, query, end)

    def _towns_inside(self, county: _Entry, query: str, start: int) -> Iterator[_Match]:
        if county.region.level is Level.COUNTY:
            for town in self._below[county.region.id].get(query[start], ()):
                if town.region.level is Level.TOWN:
                    yield from self._inside(town, query, start)

    def _hit(self, match: _Match, query: str, names: Mapping[_Name, int]) -> Hit:
        region = match.entry.region
        exact = _spelt_out(match.entry, query[match.start :])
        return Hit(region, self._places.label(region), exact, names[match.name()] > 1)


def normalise(typed: str) -> str:
    """Return the letters and characters of *typed* that can match, in lower case."""
    return "".join(c for c in typed.casefold() if c.isalpha())[:MOST_TYPED]


def _tokens(region: Region) -> tuple[Token, ...]:
    return tuple(zip(region.stem, region.syllables, strict=True))


def _endings(suffixes: Iterable[Suffix]) -> tuple[tuple[Token, ...], ...]:
    return ((), *(tuple(zip(suffix.text, suffix.syllables, strict=True)) for suffix in suffixes))


def _step(tokens: Iterable[Token], query: str, ends: set[int]) -> set[int]:
    """Return where *query* may be read up to after every one of *tokens* took at least a letter."""
    for character, syllable in tokens:
        following = set()
        for end in ends:
            if query.startswith(character, end):
                following.add(end + 1)
            for length in range(1, len(syllable) + 1):
                if not query.startswith(syllable[:length], end):
                    break
                following.add(end + length)
        ends = following
    return ends


def _ends(tokens: Sequence[Token], endings: Iterable[Sequence[Token]], query: str, start: int) -> set[int]:
    stem = _step(tokens, query, {start})
    if not stem:
        return stem
    return set().union(*(_step(ending, query, stem) for ending in endings))


def _complete(bucket: _Bucket, query: str, start: int) -> Iterator[_Match]:
    """Yield the entries that the rest of *query* begins or spells."""
    for entry in bucket.get(query[start], ()):
        left = _left_over(entry, query, start)
        if left is not None:
            yield _Match(entry, start, left)


def _left_over(entry: _Entry, query: str, start: int) -> int | None:
    """Return how many syllables of the entry were left untyped, or None if it does not fit."""
    ends = {start}
    for typed, token in enumerate(entry.tokens):
        ends = _step((token,), query, ends)
        if not ends:
            return None
        if len(query) in ends:
            return len(entry.tokens) - typed - 1
    for ending in entry.endings:
        reached = ends
        for token in ending:
            reached = _step((token,), query, reached)
            if len(query) in reached:
                return 0
    return None


def _spelt_out(entry: _Entry, typed: str) -> bool:
    stem = entry.region.stem
    letters = "".join(entry.region.syllables)
    rests = {typed.removeprefix(stem)} if typed.startswith(stem) else set()
    if typed.startswith(letters):
        rests.add(typed.removeprefix(letters))
    spelt = {
        form for ending in entry.endings for form in ("".join(c for c, _ in ending), "".join(s for _, s in ending))
    }
    return not rests.isdisjoint(spelt)


def find(places: Places, typed: str, limit: int = 9) -> tuple[Hit, ...]:
    """Return the regions that *typed* may mean, for one question; who asks often keeps a :class:`RegionPicker`."""
    return RegionPicker(places).find(typed, limit)
