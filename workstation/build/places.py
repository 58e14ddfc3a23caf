"""The builder of a city's place index: two code tables and a word list in, one compact file out.

Pinyin is looked up here, once, so that no workstation needs a pinyin library.
"""

import argparse
import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml
from pypinyin import Style, lazy_pinyin

FORMAT = 1
SCHEMES = {"nbs": "nbs-2023", "mca": "mca-2026"}
LEVELS = ("county", "town", "village")
SOURCES = (
    "china-division 2.7.0 (National Bureau of Statistics, 2023-06-30; MIT / WTFPL)",
    "Ministry of Civil Affairs, national place-name database, 2026 (CC BY 4.0)",
)

SHORTEST_STEM = 2

RegionRow = list[str | int]


@dataclass(frozen=True, slots=True)
class Suffixes:
    """The suffixes that units of each level bear, longest first."""

    by_level: Mapping[str, Sequence[str]]
    odd_endings: Sequence[str]

    def stem(self, name: str, level: str) -> str:
        """Return *name* without its suffix, unless too little would be left to say."""
        endings = [*self.by_level[level], *(self.odd_endings if level == "village" else ())]
        for ending in sorted(endings, key=len, reverse=True):
            if name.endswith(ending) and len(name) - len(ending) >= SHORTEST_STEM:
                return name[: -len(ending)]
        return name


def build(divisions: Path, dual_codes: Path, lexicon: Path) -> dict[str, object]:
    """Return the index of one city: regions parents first, and the words that go with them."""
    words = yaml.safe_load(lexicon.read_text(encoding="utf-8"))
    suffixes = Suffixes(words["suffixes"], words["village_endings"])
    mca = {row["nbs2023_code"]: row["mca2026_code"] for row in _rows(dual_codes)}
    units = sorted((row for row in _rows(divisions) if row["level"] in LEVELS), key=_parents_first)
    index = {row["code"]: at for at, row in enumerate(units)}
    return {
        "format": FORMAT,
        "schemes": SCHEMES,
        "sources": SOURCES,
        "lexicon": _lexicon(words),
        "sounds": _sounds(),
        "regions": [_region(row, suffixes, mca, index) for row in units],
    }


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def _parents_first(row: Mapping[str, str]) -> tuple[int, str]:
    return LEVELS.index(row["level"]), row["code"]


def _region(row: Mapping[str, str], suffixes: Suffixes, mca: Mapping[str, str], index: Mapping[str, int]) -> RegionRow:
    """Return one row: code, MCA code, level, parent's row, official name, stem, the stem's syllables."""
    name, level = row["name"], row["level"]
    stem = suffixes.stem(name, level)
    county_code = row["code"] if level == "county" else ""
    parent = index.get(row["parent"], -1)
    return [row["code"], mca.get(row["code"], county_code), LEVELS.index(level), parent, name, stem, _pinyin(stem)]


def _pinyin(text: str) -> str:
    return " ".join(lazy_pinyin(text, style=Style.NORMAL))


def _sounds() -> dict[str, str]:
    """Return the common characters (the first level of GB 2312) by syllable."""
    by_syllable: dict[str, str] = {}
    for row in range(0xB0, 0xD8):
        for character in bytes(b for cell in range(0xA1, 0xFF) for b in (row, cell)).decode("gb2312", "ignore"):
            syllable = _pinyin(character)
            by_syllable[syllable] = by_syllable.get(syllable, "") + character
    return dict(sorted(by_syllable.items()))


def _lexicon(words: Mapping[str, object]) -> dict[str, object]:
    """Return the word list with the syllables of the city and of every suffix."""
    suffixes, city = words["suffixes"], words["city"]
    assert isinstance(suffixes, dict)
    assert isinstance(city, dict)
    spelt = {level: {text: _pinyin(text) for text in texts} for level, texts in suffixes.items()}
    spelt_city = city | {"syllables": _pinyin(city["stem"]), "suffix_syllables": _pinyin(city["suffix"])}
    kept = {name: value for name, value in words.items() if name != "village_endings"}
    return kept | {"suffixes": spelt, "city": spelt_city}


def as_text(index: Mapping[str, object]) -> str:
    """Return the index as the text of its file, one region a line, so that a change can be read."""
    head = {name: value for name, value in index.items() if name != "regions"}
    regions = index["regions"]
    assert isinstance(regions, list)
    lines = ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in regions)
    opening = json.dumps(head, ensure_ascii=False, separators=(",", ":"))[:-1]
    return f'{opening},"regions":[\n{lines}\n]}}\n'


def main(arguments: Sequence[str] | None = None) -> None:
    """Build the index named on the command line."""
    parser = argparse.ArgumentParser(prog="python -m workstation.build.places", description=__doc__)
    parser.add_argument("reference", type=Path, help="folder with the two code tables")
    parser.add_argument("--lexicon", type=Path, default=Path("resources/places/lexicon.yaml"))
    parser.add_argument("--out", type=Path, default=Path("resources/places/zaozhuang.json"))
    options = parser.parse_args(arguments)
    tables = options.reference
    index = build(tables / "zaozhuang_divisions.csv", tables / "zaozhuang_towns_dual_code.csv", options.lexicon)
    options.out.write_text(as_text(index), encoding="utf-8")


if __name__ == "__main__":
    main()
