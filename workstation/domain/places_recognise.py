"""The reader of places in free text: one city's names only, cautious, and silent when another city is meant."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from enum import IntEnum

from workstation.domain.places import Level, Places, Region
from workstation.domain.places_elsewhere import ElsewhereFinder

KEY = 2


class Strength(IntEnum):
    """How a name stands in the text."""

    WEAK = 0
    """Only its stem, or in doubtful company: to be suggested, never filled in."""
    STRONG = 1
    """Written with a suffix, at the beginning of a name."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a text says about the place; *sure* allows filling in, otherwise it is a suggestion.

    *ambiguous* holds what a person must choose from; *elsewhere* names the other
    city that forbids any claim.
    """

    county: Region | None = None
    town: Region | None = None
    village: Region | None = None
    ambiguous: tuple[Region, ...] = ()
    elsewhere: str = ""
    sure: bool = False


@dataclass(frozen=True, slots=True)
class _Mention:
    region: Region
    start: int
    end: int
    strength: Strength
    free: bool
    """Whether it begins where a name may begin."""

    def covers(self, at: int) -> bool:
        return self.start <= at < self.end


class PlaceReader:
    """The names of the city, indexed once by their first two characters."""

    def __init__(self, places: Places) -> None:
        self._places = places
        lexicon = self._lexicon = places.lexicon
        self._elsewhere = ElsewhereFinder(lexicon)
        self._endings = {
            level: tuple(sorted((s.text for s in lexicon.suffixes[level]), key=len, reverse=True)) for level in Level
        }
        self._units: dict[str, list[Region]] = defaultdict(list)
        self._villages: dict[str, list[Region]] = defaultdict(list)
        for region in sorted(places.regions.values(), key=lambda r: -len(r.stem)):
            index = self._villages if region.level is Level.VILLAGE else self._units
            index[region.stem[:KEY]].append(region)

    def recognise(self, text: str) -> Recognised:
        """Return the county, town and village that *text* names."""
        city_ends = self._city_ends(text)
        ends = city_ends | self._own_area_ends(text)
        mentions = list(self._mentions(text, ends))
        veto = self._veto(text, mentions, city_ends)
        if veto:
            return Recognised(elsewhere=veto)
        found = self._units_of(mentions)
        if found.ambiguous:
            return found
        return self._with_village(text, found, mentions, ends)

    def _veto(self, text: str, mentions: Iterable[_Mention], city_ends: Iterable[int]) -> str:
        outside = self._elsewhere.first(text)
        if outside is None:
            return ""
        at, name = outside
        shared = self._lexicon.shared_counties
        ours = [m.start for m in mentions if m.region.level is Level.COUNTY and m.region.name not in shared]
        return "" if any(place < at for place in (*ours, *city_ends)) else name

    def _city_ends(self, text: str) -> frozenset[int]:
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

    def _own_area_ends(self, text: str) -> frozenset[int]:
        """Return where words such as "our district" end: they may stand before a town as a county does."""
        return frozenset(text.find(area) + len(area) for area in self._lexicon.own_areas if area in text)

    def _mentions(self, text: str, city_ends: frozenset[int]) -> Iterator[_Mention]:
        taken, unit_ends = 0, set(city_ends)
        for at in range(len(text) - 1):
            if at < taken:
                continue
            for region in self._units.get(text[at : at + KEY], ()):
                mention = self._mention(region, text, at, unit_ends)
                if mention is not None:
                    taken = mention.end
                    unit_ends.add(taken)
                    yield mention
                    break

    def _mention(self, region: Region, text: str, at: int, unit_ends: AbstractSet[int]) -> _Mention | None:
        if not text.startswith(region.stem, at):
            return None
        end = at + len(region.stem)
        written = self._ending(region, text, end)
        if written or region.name == region.stem:
            return self._written(region, at, end + len(written), free=self._free(text, at, unit_ends))
        if self._is_road(text, end) or text.startswith(self._lexicon.exceptions.get(region.stem, ()), end):
            return None
        if region.level is Level.COUNTY and region.name not in self._lexicon.shared_counties:
            return _Mention(region, at, end, Strength.STRONG, free=True)
        meant = self._placed(text, at, unit_ends) and not region.stem.endswith(self._lexicon.not_an_area)
        return _Mention(region, at, end, Strength.WEAK, free=True) if meant else None

    def _written(self, region: Region, start: int, end: int, *, free: bool) -> _Mention | None:
        if region.level is Level.COUNTY and region.name in self._lexicon.shared_counties and not free:
            return None
        strong = free or region.level is Level.COUNTY
        return _Mention(region, start, end, Strength.STRONG if strong else Strength.WEAK, free)

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

    def _units_of(self, mentions: Sequence[_Mention]) -> Recognised:
        counties = _distinct(m.region for m in mentions if m.region.level is Level.COUNTY)
        towns = self._towns(mentions, counties)
        regions = _distinct(m.region for m in towns)
        if len(regions) > 1:
            return Recognised(county=self._common_county(regions), ambiguous=regions)
        if regions:
            county = self._places.path(regions[0])[0]
            sure = towns[0].strength is Strength.STRONG and set(counties) <= {county}
            return Recognised(county=county, town=regions[0], sure=sure)
        if len(counties) > 1:
            return Recognised(ambiguous=counties)
        return Recognised(county=counties[0], sure=self._sure(mentions)) if counties else Recognised()

    def _towns(self, mentions: Iterable[_Mention], counties: Sequence[Region]) -> list[_Mention]:
        named = {county.id for county in counties}
        towns = [m for m in mentions if m.region.level is Level.TOWN]
        inside = [m for m in towns if m.region.parent in named]
        candidates = inside or [m for m in towns if m.free and not (named and m.strength is Strength.WEAK)]
        strong = [m for m in candidates if m.strength is Strength.STRONG]
        return strong or candidates

    def _common_county(self, towns: Iterable[Region]) -> Region | None:
        above = _distinct(self._places.path(town)[0] for town in towns)
        return above[0] if len(above) == 1 else None

    def _sure(self, mentions: Sequence[_Mention]) -> bool:
        return all(m.strength is Strength.STRONG for m in mentions)

    def _with_village(
        self, text: str, found: Recognised, mentions: Sequence[_Mention], city_ends: AbstractSet[int]
    ) -> Recognised:
        inside = found.town or found.county
        named = [
            village
            for village in self._village_mentions(text, {*city_ends, *(m.end for m in mentions)})
            if (inside is None or self._lies_in(village.region, inside))
            and not any(unit.covers(village.start) for unit in mentions)
        ]
        if not named:
            return found
        longest = max(m.end - m.start for m in named)
        villages = _distinct(m.region for m in named if m.end - m.start == longest)
        if len(villages) > 1:
            return replace(found, ambiguous=villages)
        county, town, village = self._places.path(villages[0])
        sure = found.sure and found.town is not None and named[0].strength is Strength.STRONG
        return Recognised(county, town, village, sure=sure)

    def _village_mentions(self, text: str, unit_ends: AbstractSet[int]) -> Iterator[_Mention]:
        for at in range(len(text) - 1):
            candidates = self._villages.get(text[at : at + KEY])
            if candidates and self._free(text, at, unit_ends):
                for region in candidates:
                    if text.startswith(region.stem, at):
                        yield from self._village(region, text, at, follows=at in unit_ends)

    def _village(self, region: Region, text: str, at: int, *, follows: bool) -> Iterator[_Mention]:
        """Yield the village if its suffix is written, or if it alone is said, or straight after its town."""
        end = at + len(region.stem)
        written = self._ending(region, text, end)
        if written:
            yield _Mention(region, at, end + len(written), Strength.STRONG, free=True)
        elif region.stem != self._lexicon.city and not region.stem.endswith(self._lexicon.not_an_area):
            alone = at == 0 and end == len(text)
            if alone or (follows and not self._is_road(text, end)):
                yield _Mention(region, at, end, Strength.WEAK, free=True)

    def _lies_in(self, region: Region, area: Region) -> bool:
        return area in self._places.path(region)


def _distinct(regions: Iterable[Region]) -> tuple[Region, ...]:
    return tuple({region.id: region for region in regions}.values())


def recognise(places: Places, text: str) -> Recognised:
    """Return what *text* says about the place, for one question; who asks often keeps a :class:`PlaceReader`."""
    return PlaceReader(places).recognise(text)
