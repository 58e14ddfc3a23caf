"""How long the region picker and the place reader take, beside a plain loop over the same names."""

import random
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from workstation.adapters.places_files import load_places
from workstation.domain.places import Level
from workstation.domain.places_find import RegionPicker
from workstation.domain.places_recognise import PlaceReader

pytestmark = pytest.mark.bench

INDEX = Path(__file__).resolve().parents[2] / "resources" / "places" / "zaozhuang.json"
PLACES = load_places(INDEX)
ROUNDS = 3

PICKER_LIMIT_MS = 5.0
READER_LIMIT_MS = 0.2
NARRATIVE_LIMIT_MS = 10.0


def milliseconds(act: Callable[[str], object], texts: Iterable[str]) -> list[float]:
    """Return the best of some rounds for each text: what the code takes, not what its neighbours do."""
    taken = []
    for text in texts:
        rounds = []
        for _ in range(ROUNDS):
            start = time.perf_counter()
            act(text)
            rounds.append((time.perf_counter() - start) * 1000)
        taken.append(min(rounds))
    return sorted(taken)


def percentile(values: list[float], share: float) -> float:
    return values[min(int(len(values) * share), len(values) - 1)]


def report(name: str, values: list[float]) -> None:
    figures = (percentile(values, 0.5), percentile(values, 0.99), values[-1])
    print(f"\n{name}: n={len(values)} p50 {figures[0]:.3f} ms, p99 {figures[1]:.3f} ms, max {figures[2]:.3f} ms")  # noqa: T201


def typed_queries() -> list[str]:
    """Return what call-takers type while a name grows: initials, pinyin and Chinese, every beginning of some."""
    chosen = random.Random(7).sample(sorted(PLACES.regions.values(), key=lambda r: r.id), 300)  # noqa: S311
    towns = [region for region in PLACES.regions.values() if region.level is Level.TOWN]
    queries = set()
    for region in (*towns, *chosen):
        path = PLACES.path(region)
        short = "".join(syllable[0] for unit in path for syllable in unit.syllables)
        full = "".join("".join(unit.syllables) for unit in path)
        queries |= {short[:n] for n in range(1, len(short) + 1)} | {full, PLACES.label(region), region.stem}
    return sorted(queries)


def test_the_picker_answers_every_key_in_time() -> None:
    """
    The list under the region field is there within 5 ms for 99 of 100 keys.
    """
    taken = milliseconds(RegionPicker(PLACES).find, typed_queries())
    report("region picker", taken)

    assert percentile(taken, 0.99) <= PICKER_LIMIT_MS


def test_the_reader_answers_while_the_call_taker_types() -> None:
    """
    A place fragment is read within 0.2 ms in 99 of 100 cases, and faster than a loop over all names.
    """
    chosen = random.Random(9).sample(sorted(PLACES.regions.values(), key=lambda r: r.id), 400)  # noqa: S311
    endings = ("", "新兴路某小区3号楼2单元", "东300米路南，施工噪音夜里不停，邻居都睡不着")
    texts = [PLACES.label(region) + endings[n % 3] for n, region in enumerate(chosen)]
    names = [region.stem for region in PLACES.regions.values()]
    loop = milliseconds(lambda text: [name for name in names if name in text], texts)
    taken = milliseconds(PlaceReader(PLACES).recognise, texts)
    report("loop over all names", loop)
    report("place reader", taken)

    assert percentile(taken, 0.99) <= READER_LIMIT_MS
    assert percentile(taken, 0.5) <= percentile(loop, 0.5)


def test_a_long_narrative_does_not_hold_up_typing() -> None:
    """
    A narrative of 5,000 characters is read within 10 ms.
    """
    text = ("昨晚十点左右，楼下工地施工噪音很大，在滕州市北辛街道附近，" * 200)[:5000]
    taken = milliseconds(PlaceReader(PLACES).recognise, [text] * 20)
    report("place reader, 5,000 characters", taken)

    assert percentile(taken, 0.5) <= NARRATIVE_LIMIT_MS
