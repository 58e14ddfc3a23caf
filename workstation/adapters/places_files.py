"""The place index and its site overrides, read from their files."""

from pathlib import Path

import msgspec
import yaml

from workstation.domain.errors import InvalidValue
from workstation.domain.places import Elsewhere, Level, Lexicon, Override, Places, Region, Suffix

Row = tuple[str, str, int, int, str, str, str]


class _City(msgspec.Struct):
    stem: str
    suffix: str
    syllables: str
    suffix_syllables: str


class _Elsewhere(msgspec.Struct):
    provinces: tuple[str, ...]
    cities: tuple[str, ...]
    neighbours: tuple[str, ...]
    unit_words: tuple[str, ...]
    not_units: tuple[str, ...]
    after: str


class _Lexicon(msgspec.Struct):
    province: str
    city: _City
    suffixes: dict[str, dict[str, str]]
    boundaries: str
    own_areas: tuple[str, ...]
    not_an_area: tuple[str, ...]
    exceptions: dict[str, tuple[str, ...]]
    shared_counties: tuple[str, ...]
    elsewhere: _Elsewhere


class _Index(msgspec.Struct):
    format: int
    schemes: dict[str, str]
    lexicon: _Lexicon
    sounds: dict[str, str]
    regions: list[Row]


class _Overrides(msgspec.Struct):
    overrides: list[Override]


def load_places(index: Path, overrides: Path | None = None) -> Places:
    """Read the index built by workstation.build.places, and the site's overrides if it has any.

    Raises:
        InvalidValue: A file is not what it should be; its field names the file.
    """
    content = _read(index, _Index)
    rules = [] if overrides is None else _read_overrides(overrides)
    return Places(_regions(content), _lexicon(content.lexicon, content.sounds), rules)


def _read(path: Path, shape: type[_Index]) -> _Index:
    try:
        return msgspec.json.decode(path.read_bytes(), type=shape)
    except msgspec.DecodeError as e:
        raise InvalidValue(path.name, "unreadable", where=str(e)) from e


def _read_overrides(path: Path) -> list[Override]:
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
        return msgspec.convert(raw, type=_Overrides).overrides
    except (yaml.YAMLError, UnicodeDecodeError, msgspec.ValidationError) as e:
        raise InvalidValue(path.name, "unreadable", where=str(e)) from e


def _regions(content: _Index) -> list[Region]:
    rows = content.regions
    return [_region(row, rows, content.schemes) for row in rows]


def _region(row: Row, rows: list[Row], schemes: dict[str, str]) -> Region:
    nbs, mca, level, parent, name, stem, pinyin = row
    codes = {schemes["nbs"]: nbs, schemes["mca"]: mca}
    known = {scheme: code for scheme, code in codes.items() if code}
    above = rows[parent][0] if parent >= 0 else None
    return Region(nbs, Level(level), name, stem, tuple(pinyin.split()), above, known)


def _lexicon(raw: _Lexicon, sounds: dict[str, str]) -> Lexicon:
    return Lexicon(
        city=raw.city.stem,
        city_suffix=Suffix(raw.city.suffix, tuple(raw.city.suffix_syllables.split())),
        city_syllables=tuple(raw.city.syllables.split()),
        province=raw.province,
        suffixes={level: _suffixes(raw.suffixes[level.name.lower()]) for level in Level},
        boundaries=frozenset(raw.boundaries),
        own_areas=raw.own_areas,
        not_an_area=raw.not_an_area,
        exceptions=raw.exceptions,
        shared_counties=frozenset(raw.shared_counties),
        elsewhere=Elsewhere(**{name: getattr(raw.elsewhere, name) for name in raw.elsewhere.__struct_fields__}),
        sounds={character: syllable for syllable, characters in sounds.items() for character in characters},
    )


def _suffixes(spelt: dict[str, str]) -> tuple[Suffix, ...]:
    return tuple(Suffix(text, tuple(pinyin.split())) for text, pinyin in spelt.items())
