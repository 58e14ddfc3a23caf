"""The region tree of the city."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from workstation.adapters.places_files import load_places
from workstation.build import places as build
from workstation.domain.errors import InvalidValue
from workstation.domain.places import MCA, NBS, Level, Override, Places

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "places"
PLACES = load_places(FOLDER / "zaozhuang.json", FOLDER / "overrides.yaml")


def test_the_whole_city_is_there() -> None:
    """
    Six counties, sixty-six towns and all villages are in the tree, each under its parent.
    """
    counted = {level: sum(region.level is level for region in PLACES.regions.values()) for level in Level}

    assert counted == {Level.COUNTY: 6, Level.TOWN: 66, Level.VILLAGE: 2469}
    assert [len(PLACES.children(county.id)) for county in PLACES.children()] == [11, 10, 7, 6, 11, 21]


def test_a_code_is_read_under_its_scheme_only() -> None:
    """
    The same number names two different towns in the two code tables, and each is found under its own.
    """
    assert PLACES.by_code(NBS, "370405101000").name == "张山子镇"
    assert PLACES.by_code(MCA, "370405101000").name == "涧头集镇"
    with pytest.raises(InvalidValue, match="unknown_region"):
        PLACES.by_code("other", "370405101000")


@pytest.mark.parametrize("town", ["常庄街道", "常庄镇", "常庄", "常庄办事处", "常庄乡"])
def test_old_suffixes_name_the_same_town(town: str) -> None:
    """
    A town is found by county and name under its present, its former and no suffix.
    """
    assert PLACES.named("薛城", town) == PLACES.named("薛城区", "常庄街道")


@pytest.mark.parametrize(("county", "town"), [("滕州市", "常庄镇"), ("薛城区", "常"), ("海淀区", "常庄镇")])
def test_a_town_is_not_found_in_another_county(county: str, town: str) -> None:
    """
    A town that the county does not have is unknown, not guessed.
    """
    with pytest.raises(InvalidValue, match="unknown_region"):
        PLACES.named(county, town)


def test_a_region_knows_its_way_up() -> None:
    """
    A village is written with its county and town; an unknown id is refused.
    """
    village = PLACES.by_code(NBS, "370481116288")

    assert PLACES.label(village) == "滕州市东郭镇马河村委会"
    assert PLACES.region(village.id) is village
    with pytest.raises(InvalidValue, match="unknown_region"):
        PLACES.region("110101")


def test_every_syllable_has_its_character() -> None:
    """
    Every region has one syllable of plain pinyin for each character that is typed for it.
    """
    odd = [
        r.name for r in PLACES.regions.values() if len(r.stem) != len(r.syllables) or not "".join(r.syllables).isascii()
    ]

    assert odd == []
    assert "".join(PLACES.named("峄城", "峨山").syllables) == "eshan"


def test_the_zone_without_a_code_is_a_template() -> None:
    """
    The towns of the high-tech zone have an override that is marked as not yet confirmed; others have none.
    """
    override = PLACES.override(PLACES.named("薛城", "兴仁"))

    assert override is not None
    assert not override.confirmed
    assert PLACES.override(PLACES.named("滕州", "北辛")) is None


def test_an_override_for_an_unknown_town_is_refused() -> None:
    """
    An override must name a town of the tree.
    """
    with pytest.raises(InvalidValue, match="overrides: unknown_region"):
        Places(PLACES.regions.values(), PLACES.lexicon, [Override("1", "x")])


def test_an_orphan_is_refused() -> None:
    """
    A town without its county is a damaged table.
    """
    with pytest.raises(InvalidValue, match="parent_missing"):
        Places([PLACES.named("滕州", "北辛")], PLACES.lexicon)
    with pytest.raises(InvalidValue, match="parent_missing"):
        Places([replace(PLACES.named("滕州", "北辛"), parent=None)], PLACES.lexicon)


@pytest.mark.parametrize(("name", "text"), [("index.json", "{"), ("index.json", "{}"), ("index.json", "\x00")])
def test_a_damaged_index_is_refused_by_name(tmp_path: Path, name: str, text: str) -> None:
    """
    A damaged index is refused by its name.
    """
    (tmp_path / name).write_text(text)

    with pytest.raises(InvalidValue, match=rf"^{name}"):
        load_places(tmp_path / name)


@pytest.mark.parametrize("text", ["overrides: [", "overrides: 3", "{}"])
def test_damaged_overrides_are_refused_by_name(tmp_path: Path, text: str) -> None:
    """
    A damaged override table is refused by its name.
    """
    (tmp_path / "overrides.yaml").write_text(text)

    with pytest.raises(InvalidValue, match=r"^overrides\.yaml"):
        load_places(FOLDER / "zaozhuang.json", tmp_path / "overrides.yaml")


@pytest.mark.reference
def test_the_index_is_fresh(reference: Path, tmp_path: Path) -> None:
    """
    Building the index again from the two code tables gives the file that is shipped.
    """
    out = tmp_path / "zaozhuang.json"
    build.main([str(reference / "data" / "places"), "--lexicon", str(FOLDER / "lexicon.yaml"), "--out", str(out)])

    assert out.read_text() == (FOLDER / "zaozhuang.json").read_text()


@pytest.mark.parametrize(
    ("name", "stem"),
    [("雷村村委会", "雷村"), ("郭村委会", "郭村"), ("马河村委会", "马河"), ("工农社区居", "工农"), ("里", "里")],
)
def test_a_village_is_called_by_what_people_say(name: str, stem: str) -> None:
    """
    A committee's name is reduced to the village's, never to a single character.
    """
    words = json.loads((FOLDER / "zaozhuang.json").read_text())["lexicon"]["suffixes"]
    suffixes = build.Suffixes({level: list(spelt) for level, spelt in words.items()}, ["社区居", "委会"])

    assert suffixes.stem(name, "village") == stem
