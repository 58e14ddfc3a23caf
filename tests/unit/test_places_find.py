"""The region picker."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.adapters.places_files import load_places
from workstation.domain.places import Level, Region
from workstation.domain.places_find import RegionPicker, find

PLACES = load_places(Path(__file__).resolve().parents[2] / "resources" / "places" / "zaozhuang.json")
PICKER = RegionPicker(PLACES)


def initials(region: Region) -> str:
    return "".join(syllable[0] for syllable in region.syllables)


def labels(typed: str) -> list[str]:
    return [hit.label for hit in PICKER.find(typed)]


@pytest.mark.parametrize(
    "typed",
    [
        "tzbx",
        "TZBX",
        "tz bx",
        "tengzhoubeixin",
        "tzbeixin",
        "tengzbx",
        "滕州bx",
        "滕z北x",
        "滕州北辛",
        "滕州市北辛街道",
        "枣庄市滕州市北辛街道",
        "滕州北辛办事处",
        "北辛镇",
        "tengzhoushibeixinjiedao",
        "beixinzhen",
        "zzstzbx",
        "bx",
    ],
)
def test_a_town_is_found_however_it_is_typed(typed: str) -> None:
    """
    Initials, pinyin, Chinese, mixtures and old suffixes all lead to the same town first.
    """
    assert labels(typed)[0] == "滕州市北辛街道"


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("gmlu", "市中区光明路街道"),
        ("常庄镇", "薛城区常庄街道"),
        ("善南办事处", "滕州市善南街道"),
        ("sz", "市中区"),
        ("台ez", "台儿庄区"),
        ("滕", "滕州市"),
        ("东郭马河", "滕州市东郭镇马河村委会"),
        ("tzdgmh", "滕州市东郭镇马河村委会"),
        ("山亭经济开发区", "山亭区山亭经济开发区"),
    ],
)
def test_what_is_typed_comes_first(typed: str, first: str) -> None:
    """
    The region that is meant stands first.
    """
    assert labels(typed)[0] == first


def test_counties_come_before_towns_before_villages() -> None:
    """
    Larger regions come first, among equals the one with the least left to type.
    """
    levels = [hit.region.level for hit in PICKER.find("xc", limit=30)]

    assert levels[0] is Level.COUNTY
    assert levels == sorted(levels)
    assert levels[-1] is Level.VILLAGE


def test_the_citys_own_name_lists_its_counties() -> None:
    """
    Typing the city alone offers its counties.
    """
    assert set(labels("枣庄市")) >= {county.name for county in PLACES.children()}


def test_every_town_is_among_the_first_eight_by_its_initials() -> None:
    """
    County and town initials put every town of the city among the first eight, and nearly all first.
    """
    towns = [region for region in PLACES.regions.values() if region.level is Level.TOWN]
    ranks = []
    for town in towns:
        county, _ = PLACES.path(town)
        found = [hit.region for hit in PICKER.find(initials(county) + initials(town))]
        ranks.append(found.index(town))

    assert max(ranks) < 8
    assert sum(rank == 0 for rank in ranks) >= 0.9 * len(towns)


@pytest.mark.parametrize("typed", ["张庄", "zhangzhuang", "张庄村"])
def test_namesakes_are_all_listed_and_marked(typed: str) -> None:
    """
    A village name that many villages bear lists all of them, beyond the limit, each marked as ambiguous.
    """
    hits = [hit for hit in PICKER.find(typed, limit=3) if hit.region.stem == "张庄"]

    assert len(hits) == 16
    assert all(hit.ambiguous and hit.exact for hit in hits)


def test_a_parent_tells_namesakes_apart() -> None:
    """
    With its town typed before it a village is no longer ambiguous.
    """
    (hit,) = PICKER.find("鲍沟张庄")

    assert hit.exact
    assert not hit.ambiguous


@pytest.mark.parametrize("typed", ["", "  ", "😀", "123", "马官桥街道", "qqqq", "a" * 500, "北辛街道街道"])
def test_nothing_is_found_for_nonsense(typed: str) -> None:
    """
    What fits no region finds nothing, however long it is.
    """
    assert PICKER.find(typed) == ()


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("腾州北新", "滕州市北辛街道"),
        ("滕洲北心", "滕州市北辛街道"),
        ("义城六园", "峄城区榴园镇"),
        ("抬儿庄健头集", "台儿庄区涧头集镇"),
        ("学城常装镇", "薛城区常庄街道"),
    ],
)
def test_a_name_typed_by_ear_is_found_by_its_sound(typed: str, first: str) -> None:
    """
    Wrong characters of the right sound find the region, marked as found by sound.
    """
    hit = PICKER.find(typed)[0]

    assert (hit.label, hit.by_sound) == (first, True)
    assert not PICKER.find(first)[0].by_sound


def test_one_question_needs_no_index_of_ones_own() -> None:
    """
    A single question can be asked of the places directly.
    """
    assert find(PLACES, "tzbx", limit=1) == PICKER.find("tzbx", limit=1)


@given(st.sampled_from(sorted(PLACES.regions)), st.integers(1, 12))
def test_a_beginning_of_the_full_name_finds_the_region(id: str, length: int) -> None:
    """
    Every region is found by its full written path, and by no text is a hit invented.
    """
    region = PLACES.region(id)
    label = PLACES.label(region)

    assert region in [hit.region for hit in PICKER.find(label)]
    assert all(hit.region.id in PLACES.regions for hit in PICKER.find(label[:length]))
