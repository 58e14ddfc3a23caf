"""The reader of places in free text."""

import csv
import lzma
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.adapters.places_files import load_places
from workstation.domain.places import Level, Region
from workstation.domain.places_recognise import PlaceReader, Recognised, recognise

PLACES = load_places(Path(__file__).resolve().parents[2] / "resources" / "places" / "zaozhuang.json")
READER = PlaceReader(PLACES)

SURE, SUGGESTED = True, False


def names(found: Recognised) -> tuple[str, str, str, bool]:
    def name(region: Region | None) -> str:
        return region.name if region else ""

    return name(found.county), name(found.town), name(found.village), found.sure


@pytest.mark.parametrize(
    ("text", "county", "town", "sure"),
    [
        ("滕州北辛新兴路", "滕州市", "北辛街道", SUGGESTED),
        ("北辛街道新兴路某小区", "滕州市", "北辛街道", SURE),
        ("枣庄市中区光明路", "市中区", "", SURE),
        ("枣庄市市中区光明路", "市中区", "", SURE),
        ("东沙河镇", "滕州市", "东沙河街道", SURE),
        ("西岗", "滕州市", "西岗镇", SUGGESTED),
        ("新城光明大道", "薛城区", "新城街道", SUGGESTED),
        ("善南办事处", "滕州市", "善南街道", SURE),
        ("高新区兴仁街道", "薛城区", "兴仁街道", SURE),
        ("薛城区常庄镇", "薛城区", "常庄街道", SURE),
        ("山东省枣庄市薛城区陶庄镇", "薛城区", "陶庄镇", SURE),
        ("市中区光明路街道", "市中区", "光明路街道", SURE),
        ("山亭经济开发区", "山亭区", "山亭经济开发区", SURE),
        ("他说官桥镇有人，滕州的", "滕州市", "官桥镇", SURE),
        ("我在西岗", "滕州市", "西岗镇", SUGGESTED),
        ("市中光明路", "市中区", "", SUGGESTED),
        ("滕州马官桥街道", "滕州市", "官桥镇", SUGGESTED),
        ("滕州市中区", "滕州市", "", SURE),
        ("滕州市常庄街道", "薛城区", "常庄街道", SUGGESTED),
        ("兰州拉面馆在薛城区", "薛城区", "", SURE),
        ("薛城区重庆火锅店油烟", "薛城区", "", SURE),
        ("薛城区，车从徐州市来", "薛城区", "", SURE),
        ("西岗，滕州市北辛街道", "滕州市", "北辛街道", SURE),
    ],
)
def test_a_fragment_names_our_county_and_town(text: str, county: str, town: str, sure: bool) -> None:  # noqa: FBT001
    """
    What a call-taker jots down is read as our county and town; a bare stem is a suggestion only.
    """
    assert names(READER.recognise(text)) == (county, town, "", sure)


@pytest.mark.parametrize(
    ("text", "elsewhere"),
    [
        ("济宁市市中区", "济宁市"),
        ("山东济宁市中区", "济宁市"),
        ("济宁任城区", "济宁"),
        ("浙江省舟山市临城街道", "浙江省"),
        ("舟山市临城街道", "舟山市"),
        ("龙泉市剑池街道", "龙泉市"),
        ("上海市枣庄路", "上海市"),
        ("江苏徐州", "江苏"),
        ("徐州", "徐州"),
        ("在徐州，", "徐州"),
        ("邹城市", "邹城市"),
        ("内蒙赤峰", "内蒙"),
        ("微山县，离滕州市不远", "微山县"),
    ],
)
def test_an_explicit_other_city_forbids_any_claim(text: str, elsewhere: str) -> None:
    """
    Another province, city or county in the text is named, and nothing of ours is claimed.
    """
    found = READER.recognise(text)

    assert names(found) == ("", "", "", False)
    assert (found.elsewhere, found.ambiguous) == (elsewhere, ())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "😀",
        "马官桥街道",
        "市中心医院",
        "枣庄市中医院",
        "城市中间",
        "峄城大道",
        "台儿庄路",
        "北辛路",
        "枣庄路",
        "枣庄",
        "枣庄市",
        "上海路和北京路交叉口",
        "重庆火锅店油烟大",
        "大徐州饭店",
        "徐州小区门口",
        "我家新城市场",
        "户口问题",
        "县城郊区市中区域",
        "泉塘街道板桥",
    ],
)
def test_nothing_is_claimed_from_nothing(text: str) -> None:
    """
    Roads, dishes, words that only look like names and longer names claim nothing.
    """
    assert READER.recognise(text) == Recognised()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("东郭镇马河村", ("滕州市", "东郭镇", "马河村委会", SURE)),
        ("东郭镇马河", ("滕州市", "东郭镇", "马河村委会", SUGGESTED)),
        ("东郭马河村", ("滕州市", "东郭镇", "马河村委会", SUGGESTED)),
        ("马河村委会", ("滕州市", "东郭镇", "马河村委会", SUGGESTED)),
        ("滕州市鲍沟镇张庄", ("滕州市", "鲍沟镇", "张庄村委会", SUGGESTED)),
        ("官桥镇马河村", ("滕州市", "官桥镇", "", SURE)),
        ("东郭镇马河路", ("滕州市", "东郭镇", "", SURE)),
    ],
)
def test_a_village_is_read_inside_its_town(text: str, expected: tuple[str, str, str, bool]) -> None:
    """
    A village is sure only behind its town; alone it is a suggestion, in another town it is not read.
    """
    assert names(READER.recognise(text)) == expected


@pytest.mark.parametrize(
    ("text", "certain"),
    [
        ("滕州北辛新兴路", "滕州市"),
        ("北辛新兴路", ""),
        ("滕州市北辛街道", "滕州市北辛街道"),
        ("滕州市常庄街道", ""),
        ("市中光明路", ""),
        ("枣庄市中区", "市中区"),
        ("东郭镇马河", "滕州市东郭镇"),
        ("东郭镇马河村", "滕州市东郭镇马河村委会"),
        ("马河村委会", ""),
    ],
)
def test_only_what_is_certain_may_be_filled_in(text: str, certain: str) -> None:
    """
    A doubtful town or village does not take the certain county or town with it.
    """
    found = READER.recognise(text).certain

    assert (PLACES.label(found) if found else "") == certain


@pytest.mark.parametrize(("text", "count"), [("张庄", 16), ("张庄村停水", 16), ("山亭区辛庄村", 0)])
def test_a_village_name_of_many_is_a_pick_list(text: str, count: int) -> None:
    """
    A village name that several villages bear offers all of them and chooses none.
    """
    found = READER.recognise(text)

    assert found.village is None or count == 0
    assert len(found.ambiguous) == count
    assert all(region.level is Level.VILLAGE for region in found.ambiguous)


@pytest.mark.parametrize(
    ("text", "county", "choices"),
    [
        ("从薛城到滕州", "", ["薛城区", "滕州市"]),
        ("从官桥镇到木石镇", "滕州市", ["官桥镇", "木石镇"]),
        ("从官桥镇到陶庄镇", "", ["官桥镇", "陶庄镇"]),
    ],
)
def test_two_places_are_never_decided(text: str, county: str, choices: list[str]) -> None:
    """
    Two towns or counties in one text are offered, not chosen from.
    """
    found = READER.recognise(text)

    assert names(found) == (county, "", "", False)
    assert [region.name for region in found.ambiguous] == choices


def test_one_question_needs_no_index_of_ones_own() -> None:
    """
    A single text can be read from the places directly.
    """
    assert recognise(PLACES, "西岗") == READER.recognise("西岗")


@given(st.sampled_from(sorted(PLACES.regions)))
def test_every_full_path_is_read_as_itself(id: str) -> None:
    """
    County and town of every written path are read, and never another town than the one written.
    """
    region = PLACES.region(id)
    found = READER.recognise(PLACES.label(region))

    county, *rest = PLACES.path(region)
    assert found.county == county
    assert found.town == (rest[0] if rest else None)


@given(st.text("枣庄市中区滕州薛城北辛街道官桥镇张村徐济宁省的在路，1 ", max_size=30))
def test_any_text_is_read_consistently(text: str) -> None:
    """
    Whatever stands in the text, a town lies in the county and a veto excludes every claim.
    """
    found = READER.recognise(text)

    if found.town is not None:
        assert found.town.parent == (found.county.id if found.county else "")
    if found.elsewhere:
        assert found == Recognised(elsewhere=found.elsewhere)


@pytest.mark.reference
def test_messages_from_another_province_are_hardly_ever_claimed(reference: Path) -> None:
    """
    Of real messages from another province less than one in a hundred is claimed at all, one in a thousand surely.
    """
    with lzma.open(reference / "data" / "messages" / "train.csv.xz", "rt", encoding="utf-8-sig", newline="") as lines:
        found = [READER.recognise(row["text"]) for row in csv.DictReader(lines)]

    claimed = [one for one in found if one.county or one.ambiguous]
    assert len(claimed) < len(found) / 100
    assert sum(one.sure for one in claimed) < len(found) / 1000
