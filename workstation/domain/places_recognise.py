"""The reader of places in free text: one city's names only, cautious, and silent when another city is meant."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from workstation.domain.places import Level, Places, Region
from workstation.domain.places_elsewhere import ElsewhereFinder
from workstation.domain.places_names import Mention, NameFinder, Strength


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a text says about the place; when not *sure* of all of it, it is a suggestion.

    *certain* is the smallest region that may be filled in without asking.
    *ambiguous* holds what a person must choose from; *elsewhere* names the other
    city that forbids any claim.
    """

    county: Region | None = None
    town: Region | None = None
    village: Region | None = None
    ambiguous: tuple[Region, ...] = ()
    elsewhere: str = ""
    sure: bool = False
    certain: Region | None = None


class PlaceReader:
    """The judgement on what was found: claimed, suggested, offered or left to another city."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._shared = places.lexicon.shared_counties
        self._elsewhere = ElsewhereFinder(places.lexicon)
        self._names = NameFinder(places)

    def recognise(self, text: str) -> Recognised:
        """Return the county, town and village that *text* names."""
        city_ends = self._names.city_ends(text)
        ends = city_ends | self._names.own_area_ends(text)
        mentions = list(self._names.mentions(text, ends))
        veto = self._veto(text, mentions, city_ends)
        if veto:
            return Recognised(elsewhere=veto)
        found = self._units_of(mentions)
        if found.ambiguous:
            return found
        return self._with_village(text, found, mentions, ends)

    def _veto(self, text: str, mentions: Iterable[Mention], city_ends: Iterable[int]) -> str:
        outside = self._elsewhere.first(text)
        if outside is None:
            return ""
        at, name = outside
        ours = [m.start for m in mentions if m.region.level is Level.COUNTY and m.region.name not in self._shared]
        return "" if any(place < at for place in (*ours, *city_ends)) else name

    def _units_of(self, mentions: Sequence[Mention]) -> Recognised:
        counties = _distinct(m.region for m in mentions if m.region.level is Level.COUNTY)
        towns = self._towns(mentions, counties)
        regions = _distinct(m.region for m in towns)
        if len(regions) > 1:
            return Recognised(county=self._common_county(regions), ambiguous=regions)
        if regions:
            county = self._places.path(regions[0])[0]
            agreed = {one.id for one in counties} <= {county.id}
            sure = agreed and towns[0].strength is Strength.STRONG
            certain = regions[0] if sure else county if agreed and self._sure_of(county, mentions) else None
            return Recognised(county=county, town=regions[0], sure=sure, certain=certain)
        if len(counties) > 1:
            return Recognised(ambiguous=counties)
        if not counties:
            return Recognised()
        sure = self._sure_of(counties[0], mentions)
        return Recognised(county=counties[0], sure=sure, certain=counties[0] if sure else None)

    def _towns(self, mentions: Iterable[Mention], counties: Sequence[Region]) -> list[Mention]:
        named = {county.id for county in counties}
        towns = [m for m in mentions if m.region.level is Level.TOWN]
        inside = [m for m in towns if m.region.parent in named]
        candidates = inside or [m for m in towns if m.free and not (named and m.strength is Strength.WEAK)]
        strong = [m for m in candidates if m.strength is Strength.STRONG]
        return strong or candidates

    def _common_county(self, towns: Iterable[Region]) -> Region | None:
        above = _distinct(self._places.path(town)[0] for town in towns)
        return above[0] if len(above) == 1 else None

    def _sure_of(self, county: Region, mentions: Iterable[Mention]) -> bool:
        """Whether the county itself is named beyond doubt somewhere in the text."""
        return any(m.region.id == county.id and m.strength is Strength.STRONG for m in mentions)

    def _with_village(
        self, text: str, found: Recognised, mentions: Sequence[Mention], city_ends: AbstractSet[int]
    ) -> Recognised:
        inside = found.town or found.county
        named = [
            village
            for village in self._names.village_mentions(text, {*city_ends, *(m.end for m in mentions)})
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
        return Recognised(county, town, village, sure=sure, certain=village if sure else found.certain)

    def _lies_in(self, region: Region, area: Region) -> bool:
        return area in self._places.path(region)


def _distinct(regions: Iterable[Region]) -> tuple[Region, ...]:
    return tuple({region.id: region for region in regions}.values())


def recognise(places: Places, text: str) -> Recognised:
    """Return what *text* says about the place, for one question; who asks often keeps a :class:`PlaceReader`."""
    return PlaceReader(places).recognise(text)
