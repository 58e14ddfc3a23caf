"""Partner lines and routing, on the sample directory."""

import pytest

from workstation.adapters.content_yaml import read_content
from workstation.domain.directory import Basis, LineKind, lines_for, may_go_to, route, rule_for
from workstation.domain.order import Tier
from workstation.settings import RESOURCES

DIRECTORY = read_content(RESOURCES).directory


def units(category: str, region: str) -> list[tuple[str, Basis]]:
    return [(proposal.unit.name, proposal.basis) for proposal in route(DIRECTORY, category, region)]


def test_the_county_department_is_proposed_first() -> None:
    """
    District first, then the neighbouring department, then the level above.
    """
    assert units("020101", "370481001000") == [
        ("滕州市综合行政执法局", Basis.RULE),
        ("滕州市生态环境分局", Basis.SECOND),
        ("枣庄市综合行政执法局", Basis.LEVEL_ABOVE),
    ]


def test_a_town_takes_only_what_the_rule_gives_to_towns() -> None:
    """
    A boundary strip goes to the town; unpaid wages are never pushed down to it.
    """
    assert route(DIRECTORY, "080101", "370402001000")[0].unit.tier is Tier.TOWN
    assert all(p.unit.tier is not Tier.TOWN for p in route(DIRECTORY, "050101", "370402001000"))
    assert may_go_to(DIRECTORY, "080101", Tier.TOWN)
    assert not may_go_to(DIRECTORY, "050101", Tier.TOWN)
    assert may_go_to(DIRECTORY, "050101", Tier.COUNTY)


def test_without_a_town_the_county_catches_it() -> None:
    """
    A town matter in a known county without a known town goes to the county's department.
    """
    assert units("080101", "370406")[0] == ("山亭区农业农村局", Basis.RULE)


def test_a_city_matter_goes_to_the_city_first() -> None:
    """
    What the city runs itself is proposed to the city's department.
    """
    assert units("030101", "370402")[0] == ("枣庄市交通运输局", Basis.RULE)


def test_an_unknown_region_still_has_somebody() -> None:
    """
    Without a region the city's department and the hotline's own office remain.
    """
    assert units("050101", "") == [
        ("枣庄市人力资源和社会保障局", Basis.LEVEL_ABOVE),
        ("枣庄市12345热线受理中心", Basis.LAST_RESORT),
    ]


def test_an_unknown_category_goes_to_the_last_resort() -> None:
    """
    A matter without a rule is given to whoever catches everything, and to nobody below.
    """
    assert units("", "370402")[0][0] == "市中区12345热线分中心"
    assert rule_for(DIRECTORY, "").department == DIRECTORY.last_resort


@pytest.mark.parametrize("kind", list(LineKind))
@pytest.mark.parametrize("county", [area.code for area in DIRECTORY.counties])
def test_every_county_has_every_line(kind: LineKind, county: str) -> None:
    """
    In each county each of the partners and the duty officer can be called, the county's own line first.
    """
    lines = lines_for(DIRECTORY, kind, county + "001000")

    assert lines
    assert lines[0].area in {county, DIRECTORY.city.code}


def test_a_line_of_another_county_is_not_offered() -> None:
    """
    The water works of one county are not called for another.
    """
    assert {line.area for line in lines_for(DIRECTORY, LineKind.WATER, "370402")} == {"370402"}
    assert DIRECTORY.line("water-370402") in lines_for(DIRECTORY, LineKind.WATER, "370402")
    assert DIRECTORY.line("water-999999") is None
