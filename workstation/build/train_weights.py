"""The weights file: a readable header and one compressed body, the same bytes for the same training."""

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workstation.build.train_model import LEAD_WEIGHT, Linear, eight_bit_scale
from workstation.protocol.codec import encode

if TYPE_CHECKING:
    import numpy as np

    Booleans = np.ndarray[tuple[int], np.dtype[np.bool_]]

MAGIC = b"CATEGORY WEIGHTS 1\n"


@dataclass(frozen=True, slots=True)
class Header:
    """What is known of the weights, as one line of JSON; adapters/recognise_model.py reads the same shape."""

    labels: tuple[str, ...]
    openings: tuple[str, ...]
    masks: tuple[str, ...]
    knots: tuple[tuple[int, float], ...]
    sure_at: float
    uncovered_at: float
    lead_weight: float
    scale: tuple[float, ...]
    bias: tuple[float, ...]
    characters: int
    pairs: int
    rows: int
    report: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """What goes into the header besides the model itself."""

    labels: tuple[str, ...]
    openings: tuple[str, ...]
    masks: tuple[str, ...]
    knots: tuple[tuple[int, float], ...]
    sure_at: float
    uncovered_at: float
    rows: int
    report: tuple[str, ...]


def packed(model: Linear, wordlike: "Booleans", facts: Facts) -> bytes:
    """Return the weights file: pairs as numbers over the alphabet, idf in half precision, weights in 8 bits.

    Args:
        model: What was fitted.
        wordlike: For each pair of *model*, whether its characters hold together as (part of) a word.
        facts: What the header says besides.
    """
    import numpy as np

    singles = [at for at, ngram in enumerate(model.ngrams) if len(ngram) == 1]
    pairs = [at for at, ngram in enumerate(model.ngrams) if len(ngram) > 1]
    alphabet = sorted({character for ngram in model.ngrams for character in ngram})
    number = {character: at + 1 for at, character in enumerate(alphabet)}
    size = len(alphabet) + 1
    pairs.sort(key=lambda at: number[model.ngrams[at][0]] * size + number[model.ngrams[at][1]])
    keys = np.array([number[model.ngrams[at][0]] * size + number[model.ngrams[at][1]] for at in pairs], dtype="<u4")
    lone = np.zeros(len(alphabet), dtype=bool)
    lone[[number[model.ngrams[at]] - 1 for at in singles]] = True
    singles.sort(key=lambda at: model.ngrams[at])
    order = [*singles, *pairs]
    scale = eight_bit_scale(model.weights)
    small = np.round(model.weights / scale[:, None]).astype(np.int8)[:, order]
    body = (
        "".join(alphabet).encode("utf-16-le"),
        np.packbits(lone).tobytes(),
        np.diff(keys, prepend=np.uint32(0)).astype("<u4").tobytes(),
        np.packbits(wordlike[pairs]).tobytes(),
        model.idf[order].astype("<f2").tobytes(),
        small.tobytes(),
    )
    header = Header(
        facts.labels,
        facts.openings,
        facts.masks,
        facts.knots,
        facts.sure_at,
        facts.uncovered_at,
        LEAD_WEIGHT,
        tuple(float(f"{step:.4g}") for step in scale),
        tuple(round(float(offset), 4) for offset in model.bias),
        len(alphabet),
        len(pairs),
        facts.rows,
        facts.report,
    )
    return MAGIC + encode(header) + b"\n" + zlib.compress(b"".join(body), 9)
