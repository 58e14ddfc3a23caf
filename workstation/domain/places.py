"""The region tree of one city: counties, towns and villages, each under its codes, with the words around them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum

from workstation.domain.errors import InvalidValue

NBS = "nbs-2023"
MCA = "mca-2026"


class Level(IntEnum):
    """How deep a region lies; a smaller number is the larger area."""

    COUNTY = 0
    TOWN = 1
    VILLAGE = 2


@dataclass(frozen=True, slots=True)
class Region:
    """One unit; *id* is our own key and never changes, the codes belong to their schemes."""

    id: str
    level: Level
    name: str
    stem: str
    syllables: tuple[str, ...]
    parent: str | None = None
    codes: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Suffix:
    """An ending that units of a level bear, with its syllables."""

    text: str
    syllables: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The names that say: this is not our city."""

    provinces: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    neighbours: tuple[str, ...] = ()
    unit_words: tuple[str, ...] = ()
    not_units: tuple[str, ...] = ()
    after: str = ""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words a language has around place names; they come with the index, never from code."""

    city: str
    city_suffix: Suffix
    city_syllables: tuple[str, ...]
    province: str
    suffixes: Mapping[Level, tuple[Suffix, ...]]
    boundaries: frozenset[str] = frozenset()
    own_areas: tuple[str, ...] = ()
    not_an_area: tuple[str, ...] = ()
    exceptions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    shared_counties: frozenset[str] = frozenset()
    elsewhere: Elsewhere = field(default_factory=Elsewhere)
    sounds: Mapping[str, str] = field(default_factory=dict)
    """The syllable of every common character, for names typed by ear."""


@dataclass(frozen=True, slots=True)
class Override:
    """A unit that takes the orders of a town although no code table knows it."""

    town: str
    unit: str
    confirmed: bool = False


class Places:
    """Every region of the city by id, by code and by parent."""

    def __init__(self, regions: Iterable[Region], lexicon: Lexicon, overrides: Iterable[Override] = ()) -> None:
        self.lexicon = lexicon
        self.regions = {region.id: region for region in regions}
        self._overrides = {override.town: override for override in overrides}
        self._children: dict[str | None, list[Region]] = defaultdict(list)
        for region in self.regions.values():
            self._children[region.parent].append(region)
        self._by_code = {(scheme, code): r for r in self.regions.values() for scheme, code in r.codes.items()}
        self._check()

    def region(self, id: str) -> Region:
        """Return the region with this id.

        Raises:
            InvalidValue: There is none (``unknown_region``).
        """
        try:
            return self.regions[id]
        except KeyError:
            raise InvalidValue("region", "unknown_region") from None

    def by_code(self, scheme: str, code: str) -> Region:
        """Return the region that *scheme* knows by *code*; the same number means another town elsewhere.

        Raises:
            InvalidValue: There is none (``unknown_region``).
        """
        try:
            return self._by_code[scheme, code]
        except KeyError:
            raise InvalidValue("region", "unknown_region", scheme=scheme) from None

    def named(self, county: str, town: str) -> Region:
        """Return the town of this name in this county, whatever suffixes are used: the key to join tables by.

        Raises:
            InvalidValue: There is none (``unknown_region``).
        """
        for parent in self.children():
            if self._bears(parent, county):
                for region in self.children(parent.id):
                    if region.level is Level.TOWN and self._bears(region, town):
                        return region
        raise InvalidValue("region", "unknown_region")

    def children(self, id: str | None = None) -> tuple[Region, ...]:
        """Return the regions directly under *id*; without an id the counties."""
        return tuple(self._children.get(id, ()))

    def path(self, region: Region) -> tuple[Region, ...]:
        """Return county, town and village down to *region*."""
        above = () if region.parent is None else self.path(self.regions[region.parent])
        return (*above, region)

    def label(self, region: Region) -> str:
        """Return the names from the county down to *region*, as an order writes them."""
        return "".join(unit.name for unit in self.path(region))

    def override(self, region: Region) -> Override | None:
        """Return the special unit that serves the town of *region*, if there is one."""
        return next((self._overrides[unit.id] for unit in self.path(region) if unit.id in self._overrides), None)

    def _bears(self, region: Region, name: str) -> bool:
        endings = (suffix.text for suffix in self.lexicon.suffixes[region.level])
        return name in {region.name, region.stem} or any(name == region.stem + ending for ending in endings)

    def _check(self) -> None:
        for region in self.regions.values():
            parent = self.regions.get(region.parent or "")
            if (parent is None) is not (region.level is Level.COUNTY):
                raise InvalidValue("region", "parent_missing", id=region.id)
        for town in self._overrides:
            if town not in self.regions:
                raise InvalidValue("overrides", "unknown_region", id=town)
