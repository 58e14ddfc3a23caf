"""The finder of names in free text: where the city's units are written, and how surely."""

from collections import defaultdict
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import IntEnum

from workstation.domain.places import Level, Places, Region

KEY = 2


class Strength(IntEnum):
    """How a name stands in the text."""

    WEAK = 0
    """Only its stem, or in doubtful company: to be suggested, never filled in."""
    STRONG = 1
    """Written with a suffix, at the beginning of a name."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A county, town or village that stands in the text."""

    region: Region
    start: int
    end: int
    strength: Strength
    free: bool
    """Whether it begins where a name may begin."""

    def covers(self, at: int) -> bool:
        return self.start <= at < self.end


class NameFinder:
    """The names of the city, indexed once by their first two characters."""

    def __init__(self, places: Places) -> None:
        lexicon = self._lexicon = places.lexicon
        self._endings = {
            level: tuple(sorted((s.text for s in lexicon.suffixes[level]), key=len, reverse=True)) for level in Level
        }
        self._units: dict[str, list[Region]] = defaultdict(list)
        self._villages: dict[str, list[Region]] = defaultdict(list)
        for region in sorted(places.regions.values(), key=lambda r: -len(r.stem)):
            index = self._villages if region.level is Level.VILLAGE else self._units
            index[region.stem[:KEY]].append(region)

    def city_ends(self, text: str) -> frozenset[int]:
        """Return where the city's own name ends, with and without its suffix."""
        lexicon, ends = self._lexicon, set()
        at = text.find(lexicon.city)
        while at >= 0:
            end = at + len(lexicon.city)
            if not self._is_road(text, end):
                ends.add(end)
                if text.startswith(lexicon.city_suffix.text, end):
                    ends.add(end + len(lexicon.city_suffix.text))
            at = text.find(lexicon.city, end)
        return frozenset(ends)

    def own_area_ends(self, text: str) -> frozenset[int]:
        """Return where words such as "our district" end: they may stand before a town as a county does."""
        return frozenset(text.find(area) + len(area) for area in self._lexicon.own_areas if area in text)

    def mentions(self, text: str, unit_ends: AbstractSet[int]) -> Iterator[Mention]:
        """Yield the counties and towns in the order of the text; a name inside a name is not read twice."""
        taken, ends = 0, set(unit_ends)
        for at in range(len(text) - 1):
            if at < taken:
                continue
            for region in self._units.get(text[at : at + KEY], ()):
                mention = self._mention(region, text, at, ends)
                if mention is not None:
                    taken = mention.end
                    ends.add(taken)
                    yield mention
                    break

    def _mention(self, region: Region, text: str, at: int, unit_ends: AbstractSet[int]) -> Mention | None:
        if not text.startswith(region.stem, at):
            return None
        end = at + len(region.stem)
        written = self._ending(region, text, end)
        if written or region.name == region.stem:
            return self._written(region, at, end + len(written), free=self._free(text, at, unit_ends))
        if self._is_road(text, end) or text.startswith(self._lexicon.exceptions.get(region.stem, ()), end):
            return None
        if region.level is Level.COUNTY and region.name not in self._lexicon.shared_counties:
            return Mention(region, at, end, Strength.STRONG, free=True)
        meant = self._placed(text, at, unit_ends) and not region.stem.endswith(self._lexicon.not_an_area)
        return Mention(region, at, end, Strength.WEAK, free=True) if meant else None

    def _written(self, region: Region, start: int, end: int, *, free: bool) -> Mention | None:
        if region.level is Level.COUNTY and region.name in self._lexicon.shared_counties and not free:
            return None
        strong = free or region.level is Level.COUNTY
        return Mention(region, start, end, Strength.STRONG if strong else Strength.WEAK, free)

    def _ending(self, region: Region, text: str, at: int) -> str:
        """Return the suffix that follows; only its own counts for a county."""
        if region.level is Level.COUNTY:
            own = region.name.removeprefix(region.stem)
            return own if text.startswith(own, at) else ""
        return next((ending for ending in self._endings[region.level] if text.startswith(ending, at)), "")

    def _is_road(self, text: str, at: int) -> bool:
        rest = text[at:]
        own_city = rest.startswith(self._lexicon.city_suffix.text) and text.startswith(self._lexicon.city, at - KEY)
        return not own_city and rest.startswith(self._lexicon.not_an_area)

    def _placed(self, text: str, at: int, unit_ends: AbstractSet[int]) -> bool:
        """Whether a bare stem is meant as a place: many are ordinary words in the middle of a sentence."""
        return at == 0 or at in unit_ends or text[at - 1] in self._lexicon.elsewhere.after

    def _free(self, text: str, at: int, unit_ends: AbstractSet[int]) -> bool:
        """Whether a name may begin here: not in the middle of a longer one."""
        if at == 0 or at in unit_ends:
            return True
        before = text[at - 1]
        return not before.isalpha() or before in self._lexicon.boundaries or before.isascii()

    def village_mentions(self, text: str, unit_ends: AbstractSet[int]) -> Iterator[Mention]:
        """Yield every village that the text may name, namesakes included."""
        for at in range(len(text) - 1):
            candidates = self._villages.get(text[at : at + KEY])
            if candidates and self._free(text, at, unit_ends):
                for region in candidates:
                    if text.startswith(region.stem, at):
                        yield from self._village(region, text, at, follows=at in unit_ends)

    def _village(self, region: Region, text: str, at: int, *, follows: bool) -> Iterator[Mention]:
        """Yield the village if its suffix is written, or if it alone is said, or straight after its town."""
        end = at + len(region.stem)
        written = self._ending(region, text, end)
        if written:
            yield Mention(region, at, end + len(written), Strength.STRONG, free=True)
        elif region.stem != self._lexicon.city and not region.stem.endswith(self._lexicon.not_an_area):
            alone = at == 0 and end == len(text)
            if alone or (follows and not self._is_road(text, end)):
                yield Mention(region, at, end, Strength.WEAK, free=True)
