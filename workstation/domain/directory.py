"""The directory of partner lines and units, and the routing between them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from workstation.domain.edition import Edition
from workstation.domain.order import Tier

COUNTY_DIGITS = 6
TOWN_DIGITS = 9
PROPOSALS = 3


class LineKind(StrEnum):
    """Whom a partner line reaches."""

    HOTLINE = "hotline"
    FIRE = "fire"
    AMBULANCE = "ambulance"
    TRAFFIC = "traffic"
    WATER = "water"
    POWER = "power"
    GAS = "gas"
    HEAT = "heat"
    DUTY_OFFICER = "duty_officer"


class Basis(StrEnum):
    """Why a unit is proposed."""

    RULE = "rule"
    SECOND = "second"
    LEVEL_ABOVE = "level_above"
    LAST_RESORT = "last_resort"


@dataclass(frozen=True, slots=True)
class Line:
    """A partner's telephone line: its numbers, its hours and how long it may ring."""

    id: str
    kind: LineKind
    name: str
    number: str
    area: str
    backup: str = ""
    hours: str = ""
    ring_seconds: int = 15
    verified: date | None = None
    endpoint: str = ""
    test_number: str | None = None
    pinyin: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Area:
    """A city, county or town by its six- or nine-digit code."""

    code: str
    name: str
    office: str = ""


@dataclass(frozen=True, slots=True)
class Department:
    """A kind of department that exists in the city and in each county."""

    id: str
    name: str
    city_name: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """To whom the matters of a part of the category tree belong."""

    category: str
    department: str
    tier: Tier
    second: str = ""


@dataclass(frozen=True, slots=True)
class Directory:
    """The partner lines, areas and departments of one edition, with the routing rules."""

    edition: Edition
    lines: tuple[Line, ...]
    city: Area
    counties: tuple[Area, ...]
    towns: tuple[Area, ...]
    departments: tuple[Department, ...]
    rules: tuple[Rule, ...]
    last_resort: str

    def line(self, id: str) -> Line | None:
        """Find a line by its id."""
        return next((line for line in self.lines if line.id == id), None)


@dataclass(frozen=True, slots=True)
class Unit:
    """A body that can be given an order."""

    id: str
    name: str
    tier: Tier
    area: str
    department: str


@dataclass(frozen=True, slots=True)
class UnitProposal:
    """A unit the order may go to and why it is proposed."""

    unit: Unit
    basis: Basis


def lines_for(directory: Directory, kind: LineKind, region: str) -> tuple[Line, ...]:
    """List the lines of a kind that serve a region, the nearest first."""
    county = region[:COUNTY_DIGITS]
    serving = [line for line in directory.lines if line.kind is kind and line.area in (county, directory.city.code)]
    return tuple(sorted(serving, key=lambda line: line.area != county))


def rule_for(directory: Directory, category: str) -> Rule:
    """Find the rule of the deepest level that has one; without any the last resort takes it."""
    fitting = [rule for rule in directory.rules if category.startswith(rule.category)]
    return max(fitting, key=lambda rule: len(rule.category), default=Rule("", directory.last_resort, Tier.COUNTY))


def route(directory: Directory, category: str, region: str) -> tuple[UnitProposal, ...]:
    """Propose up to three units for a matter in a region, the proposed one first.

    The county's own department comes before the city's. A town appears only
    where the rule gives the matter to the towns.
    """
    rule = rule_for(directory, category)
    county = _area(directory.counties, region[:COUNTY_DIGITS])
    town = _area(directory.towns, region[:TOWN_DIGITS]) if len(region) >= TOWN_DIGITS else None
    unique: dict[str, UnitProposal] = {}
    for unit, basis in _candidates(directory, rule, county, town):
        unique.setdefault(unit.id, UnitProposal(unit, basis))
    return tuple(unique.values())[:PROPOSALS]


def may_go_to(directory: Directory, category: str, tier: Tier) -> bool:
    """Say whether a matter may be given to this tier: department work is not pushed down to a town."""
    return tier is not Tier.TOWN or rule_for(directory, category).tier is Tier.TOWN


def _candidates(directory: Directory, rule: Rule, county: Area | None, town: Area | None) -> list[tuple[Unit, Basis]]:
    units: list[tuple[Unit | None, Basis]] = []
    if rule.tier is Tier.TOWN:
        units.append((_town_office(town), Basis.RULE))
    if rule.tier is Tier.CITY:
        units.append((_unit(directory, rule.department, directory.city), Basis.RULE))
    units += [
        (_unit(directory, rule.department, county), Basis.RULE),
        (_unit(directory, rule.second, county), Basis.SECOND),
        (_unit(directory, rule.department, directory.city), Basis.LEVEL_ABOVE),
        (_unit(directory, directory.last_resort, county), Basis.LAST_RESORT),
        (_unit(directory, directory.last_resort, directory.city), Basis.LAST_RESORT),
    ]
    return [(unit, basis) for unit, basis in units if unit is not None]


def _town_office(town: Area | None) -> Unit | None:
    return None if town is None else Unit(f"{town.code}-office", town.office, Tier.TOWN, town.code, "office")


def _unit(directory: Directory, department: str, area: Area | None) -> Unit | None:
    kind = next((d for d in directory.departments if d.id == department), None)
    if kind is None or area is None:
        return None
    if area is directory.city:
        name = area.name + (kind.city_name or kind.name)
        return Unit(f"{area.code}-{department}", name, Tier.CITY, area.code, department)
    return Unit(f"{area.code}-{department}", area.name + kind.name, Tier.COUNTY, area.code, department)


def _area(areas: tuple[Area, ...], code: str) -> Area | None:
    return next((area for area in areas if area.code == code), None)
