"""The linear model at run time: weights read from their file, notes scored with numpy."""

import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from workstation.domain.errors import InvalidValue
from workstation.domain.suggestion_text import Reader, Reading
from workstation.protocol.codec import decode

MAGIC = b"CATEGORY WEIGHTS 1\n"
LONGEST_WORD = 6
FIRST_IDEOGRAPH = "\u4e00"
_STRONGEST = 16
"""How many pairs of a note may speak for a label; the others say next to nothing."""

_LEAST_GAIN, _LEAST_SHARE = 0.02, 0.1
"""A word that moved the score by less, or by less than this share of the strongest word, is no reason worth reading."""

Floats = np.ndarray[tuple[int], np.dtype[np.float32]]
Table = np.ndarray[tuple[int, int], np.dtype[np.float32]]
Numbers = np.ndarray[tuple[int], np.dtype[np.int64]]


@dataclass(frozen=True, slots=True)
class Header:
    """What the weights file says of itself; build/train_weights.py writes the same shape."""

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


@dataclass(frozen=True, slots=True)
class Scored:
    """The scores of one note, the not-covered head last, and what they were made of."""

    scores: tuple[float, ...]
    text: str
    features: Numbers
    values: Floats

    @property
    def ideographs(self) -> int:
        """How many Chinese characters were read."""
        return sum(character >= FIRST_IDEOGRAPH for character in self.text)


class LinearModel:
    """The weights in memory; scores notes and names the words behind a score."""

    def __init__(self, path: Path) -> None:
        """Read the weights.

        Raises:
            InvalidValue: The file is missing, damaged or of another kind.
        """
        header, body = _read(path)
        self.header = header
        self.reader = Reader(Reading(header.openings, header.masks))
        count, pairs = header.characters, header.pairs
        cut = _Cutter(body)
        self._alphabet = cut.take(2 * count).decode("utf-16-le")
        lone = np.unpackbits(np.frombuffer(cut.take(-(-count // 8)), dtype=np.uint8), count=count).astype(bool)
        self._keys = np.cumsum(np.frombuffer(cut.take(4 * pairs), dtype="<u4").astype(np.int64))
        self._wordlike = np.unpackbits(np.frombuffer(cut.take(-(-pairs // 8)), dtype=np.uint8), count=pairs).astype(
            bool
        )
        self._singles = int(lone.sum())
        features = self._singles + pairs
        self._idf: Floats = np.frombuffer(cut.take(2 * features), dtype="<f2").astype(np.float32)
        heads = len(header.scale)
        small = np.frombuffer(cut.take(heads * features), dtype=np.int8).reshape(heads, features)
        self._weights: Table = np.ascontiguousarray(small.T * np.array(header.scale, dtype=np.float32))
        self._bias = np.array(header.bias, dtype=np.float32)
        self._size = count + 1
        self._number: Numbers = np.zeros(1 << 16, dtype=np.int64)
        codes = np.frombuffer(self._alphabet.encode("utf-16-le"), dtype="<u2")
        self._number[codes] = np.arange(1, self._size)
        self._single: Numbers = np.full(self._size, -1, dtype=np.int64)
        self._single[1:][lone] = np.arange(self._singles)

    def scored(self, spoken: str) -> Scored:
        """Score what was *spoken*, the lead once more for the labels."""
        whole, lead = self.reader.parts(spoken)
        features, values = self._features(whole)
        scores = values @ self._weights[features] + self._bias
        if len(lead) == len(whole):
            scores[:-1] *= 1 + self.header.lead_weight
        else:
            at, of_lead = self._features(lead)
            scores[:-1] += self.header.lead_weight * (of_lead @ self._weights[at] + self._bias)[:-1]
        return Scored(tuple(scores.tolist()), whole, features, values)

    def words(self, scored: Scored, label: int, original: str, count: int) -> tuple[str, ...]:
        """Name at most *count* words of *original* that spoke for *label*, the strongest first."""
        labels = len(self.header.labels)
        table = self._weights[scored.features, :labels]
        gain = scored.values * (table[:, label] - table.mean(axis=1))
        gain[(scored.features < self._singles) | ~self._wordlike[scored.features - self._singles]] = 0
        strongest = [at for at in np.argsort(-gain, kind="stable")[:_STRONGEST].tolist() if gain[at] > 0]
        pairs = {self._pair(int(scored.features[at])): float(gain[at]) for at in strongest}
        words = _joined(scored.text, pairs)
        least = max(_LEAST_GAIN, _LEAST_SHARE * max(words.values(), default=0))
        kept: list[str] = []
        for word in sorted((w for w in words if words[w] >= least), key=lambda word: (-words[word], word)):
            part = word if word in original else next((p for p in pairs if p in word and p in original), "")
            if part and not any(part in other or other in part for other in kept):
                kept.append(part)
        return tuple(kept[:count])

    def _features(self, text: str) -> tuple[Numbers, Floats]:
        """Return the n-grams of *text* that are known, and their values, of unit length together."""
        numbers = self._number[np.frombuffer(text.encode("utf-16-le"), dtype="<u2")]
        lone = self._single[numbers]
        wanted = numbers[:-1] * self._size + numbers[1:]
        place = np.minimum(np.searchsorted(self._keys, wanted), len(self._keys) - 1)
        known = place[self._keys[place] == wanted] + self._singles
        features, counts = np.unique(np.concatenate([lone[lone >= 0], known]), return_counts=True)
        values: Floats = (1 + np.log(counts.astype(np.float32))) * self._idf[features]
        length = float(np.sqrt(values @ values))
        return features, values / length if length else values

    def _pair(self, feature: int) -> str:
        first, second = divmod(int(self._keys[feature - self._singles]), self._size)
        return self._alphabet[first - 1] + self._alphabet[second - 1]


class _Cutter:
    """Cuts the body of the file into its parts."""

    def __init__(self, body: bytes) -> None:
        self._body = body
        self._at = 0

    def take(self, size: int) -> bytes:
        start, self._at = self._at, self._at + size
        return self._body[start : self._at]


def _read(path: Path) -> tuple[Header, bytes]:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise InvalidValue("weights", "unreadable", file=path.name, detail=type(error).__name__) from error
    if not raw.startswith(MAGIC):
        raise InvalidValue("weights", "wrong_kind", file=path.name)
    line, _, body = raw[len(MAGIC) :].partition(b"\n")
    header = decode(line, Header)
    try:
        unpacked = zlib.decompress(body)
    except zlib.error as error:
        raise InvalidValue("weights", "damaged", file=path.name) from error
    return header, unpacked


def _joined(text: str, pairs: dict[str, float]) -> dict[str, float]:
    """Join overlapping *pairs* where they stand in *text* to words, each as strong as its pairs together."""
    words: dict[str, float] = {}
    for pair in pairs:
        start = text.find(pair)
        end = start + 2
        while end - start < LONGEST_WORD and text[end - 1 : end + 1] in pairs:
            end += 1
        while end - start < LONGEST_WORD and start and text[start - 1 : start + 1] in pairs:
            start -= 1
        word = text[start:end]
        words[word] = sum(pairs[word[at : at + 2]] for at in range(len(word) - 1))
    return words
