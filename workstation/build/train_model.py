"""The linear model that training fits: weights over character n-grams, one head per label and one for "not covered"."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workstation.build.train_rows import Lesson
from workstation.domain.suggestion_text import LEAD, Reader

if TYPE_CHECKING:
    import numpy as np
    from scipy.sparse import csr_matrix
    from sklearn.feature_extraction.text import CountVectorizer

    from workstation.build.train_groups import Numbers

    Booleans = np.ndarray[tuple[int], np.dtype[np.bool_]]
    Floats = np.ndarray[tuple[int], np.dtype[np.float64]]
    Table = np.ndarray[tuple[int, int], np.dtype[np.float64]]

FEATURES = 40_000
LEAST_GROUPS = 3
"""An n-gram seen in fewer unrelated messages is a name or an accident, and is not kept."""

LEAD_WEIGHT = 0.3
_SVC_C = 0.15
_SMOOTHING = 0.1
_UNCOVERED_C = 5.0
_BOND = 3.0
"""Pointwise mutual information, in nats, from which two characters hold together as (part of) a word."""


@dataclass(frozen=True, slots=True)
class Lessons:
    """Everything one fit learns from: texts, whose twin each is, its label (-1: not covered), its weight, its group."""

    items: Sequence[Lesson]
    labels: "Numbers"
    groups: "Numbers"


@dataclass(frozen=True, slots=True)
class Linear:
    """A fitted model; column *n* of the weights belongs to n-gram *n*, the last row to "not covered"."""

    ngrams: tuple[str, ...]
    idf: "Floats"
    weights: "Table"
    bias: "Floats"

    def scores(self, spoken: Sequence[str], reader: Reader) -> "Table":
        """Score messages on every head, the lead counted once more for the labels."""
        whole = self._scores([reader.folded(text) for text in spoken])
        lead = self._scores([reader.folded(text[:LEAD]) for text in spoken])
        lead[:, -1] = 0
        found: Table = whole + LEAD_WEIGHT * lead
        return found

    def _scores(self, folded: Sequence[str]) -> "Table":
        scored: Table = vectors(folded, self.ngrams, self.idf) @ self.weights.T + self.bias
        return scored


def fit(lessons: Lessons) -> Linear:
    """Fit the heads of the labels and the one for "not covered"."""
    import numpy as np

    texts = [lesson.text for lesson in lessons.items]
    weight = np.array([lesson.weight for lesson in lessons.items])
    label = lessons.labels[[lesson.of for lesson in lessons.items]]
    covered = label >= 0
    ngrams = _common_ngrams(lessons)
    idf = _idf([text for text, known in zip(texts, covered, strict=True) if known], ngrams)
    rows = vectors(texts, ngrams, idf)
    first = _margins(rows[covered], label[covered], weight[covered])
    kept = _worth_keeping(rows, _with_uncovered(rows, covered, weight, first))
    ngrams, idf, rows = (
        tuple(ngrams[at] for at in kept),
        idf[kept],
        vectors(texts, [ngrams[at] for at in kept], idf[kept]),
    )
    table = _margins(rows[covered], label[covered], weight[covered])
    weights, bias = _with_uncovered(rows, covered, weight, table)
    return Linear(ngrams, idf, _in_8_bits(weights), bias)


def vectors(folded: Sequence[str], ngrams: Sequence[str], idf: "Floats") -> "csr_matrix":
    """Turn texts into rows of unit length: (1 + ln count) * idf of each n-gram."""
    import numpy as np
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.preprocessing import normalize

    counter = CountVectorizer(analyzer="char", ngram_range=(1, 2), vocabulary=list(ngrams), lowercase=False)
    rows = counter.transform(folded).astype(np.float64)
    rows.data = (1 + np.log(rows.data)) * idf[rows.indices]
    return normalize(rows)


def _common_ngrams(lessons: Lessons) -> tuple[str, ...]:
    """List the characters and pairs that stand in messages of enough unrelated groups."""
    import numpy as np
    from scipy.sparse import csr_matrix
    from sklearn.feature_extraction.text import CountVectorizer

    whole = {lesson.of: lesson.text for lesson in reversed(lessons.items)}
    counter = CountVectorizer(analyzer="char", ngram_range=(1, 2), binary=True, lowercase=False, dtype=np.float32)
    seen = counter.fit_transform(list(whole.values()))
    number = np.unique(lessons.groups[list(whole)], return_inverse=True)[1]
    ones = np.ones(len(number), dtype=np.float32)
    per_group = csr_matrix((ones, (number, np.arange(len(number))))) @ seen
    spread = np.bincount(per_group.indices, minlength=seen.shape[1])
    return tuple(str(name) for name in counter.get_feature_names_out()[spread >= LEAST_GROUPS])


def _idf(folded: Sequence[str], ngrams: Sequence[str]) -> "Floats":
    import numpy as np
    from sklearn.feature_extraction.text import CountVectorizer

    counter = CountVectorizer(
        analyzer="char", ngram_range=(1, 2), vocabulary=list(ngrams), binary=True, lowercase=False
    )
    frequency = np.bincount(counter.transform(folded).indices, minlength=len(ngrams))
    found: Floats = np.log((1 + len(folded)) / (1 + frequency)) + 1
    # Kept in half precision, so that training counts with exactly what is shipped.
    return found.astype(np.float16).astype(np.float64)


def _margins(rows: "csr_matrix", label: "Numbers", weight: "Floats") -> "tuple[Table, Floats]":
    """Fit one support vector machine per label, over n-grams that count by how unevenly they fall to it."""
    import numpy as np
    from sklearn.svm import LinearSVC

    weights, bias = [], []
    for number in range(int(label.max()) + 1):
        mine = label == number
        uneven = _unevenness(rows[mine], rows[~mine])
        machine = LinearSVC(C=_SVC_C, random_state=0)
        machine.fit(rows.multiply(uneven).tocsr(), mine.astype(np.int64), sample_weight=weight)
        weights.append(machine.coef_[0] * uneven)
        bias.append(float(machine.intercept_[0]))
    return np.array(weights), np.array(bias)


def _unevenness(inside: "csr_matrix", outside: "csr_matrix") -> "Floats":
    """Return the root of each n-gram's log-count ratio between a label and the rest, one on (quadratic) average."""
    import numpy as np

    per_side = [np.asarray(side.sum(axis=0)).ravel() + _SMOOTHING for side in (inside, outside)]
    ratio = np.log((per_side[0] / per_side[0].sum()) / (per_side[1] / per_side[1].sum()))
    root: Floats = np.sqrt(np.abs(ratio))
    root /= np.sqrt(np.abs(ratio).mean())
    return root


def _in_8_bits(weights: "Table") -> "Table":
    """Round the weights to what the file holds, so that training measures what is shipped."""
    import numpy as np

    scale = eight_bit_scale(weights)[:, None]
    rounded: Table = np.round(weights / scale) * scale
    return rounded


def eight_bit_scale(weights: "Table") -> "Floats":
    """Return the weight of one step of each head, such that a signed byte holds every weight.

    Four digits, rounded up: the last bits of a fit are another machine's whim.
    """
    import numpy as np

    largest = np.maximum(np.abs(weights).max(axis=1), 1e-9) / 127
    digit = 10.0 ** (np.floor(np.log10(largest)) - 3)
    scale: Floats = np.ceil(largest / digit - 1e-6) * digit
    return scale


def _with_uncovered(
    rows: "csr_matrix", covered: "Booleans", weight: "Floats", table: "tuple[Table, Floats]"
) -> "tuple[Table, Floats]":
    """Add the head for "not covered"; without a lesson for it, it always says no."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    weights, bias = table
    if covered.all():
        return np.vstack([weights, np.zeros(rows.shape[1])]), np.append(bias, -10.0)
    machine = LogisticRegression(C=_UNCOVERED_C, max_iter=2000, random_state=0)
    machine.fit(rows, (~covered).astype(np.int64), sample_weight=weight)
    return np.vstack([weights, machine.coef_]), np.append(bias, machine.intercept_)


def _worth_keeping(rows: "csr_matrix", table: "tuple[Table, Floats]") -> "Numbers":
    """Pick the n-grams that move the scores most: weight times how much of a message the n-gram makes up."""
    import numpy as np

    weights = table[0] - table[0].mean(axis=0)
    presence = np.sqrt(np.asarray(rows.multiply(rows).mean(axis=0)).ravel())
    worth = np.abs(weights).max(axis=0) * presence
    kept: Numbers = np.sort(np.argsort(-worth, kind="stable")[:FEATURES])
    return kept


def wordlike(ngrams: Sequence[str], folded: Sequence[str]) -> "Booleans":
    """Tell for each n-gram whether it is a pair that stands together far more often than chance would have it."""
    import numpy as np
    from sklearn.feature_extraction.text import CountVectorizer

    characters = sorted({character for ngram in ngrams for character in ngram})
    lone = _total(CountVectorizer(analyzer="char", vocabulary=characters, lowercase=False), folded)
    together = _total(
        CountVectorizer(analyzer="char", ngram_range=(2, 2), vocabulary=_pairs(ngrams), lowercase=False), folded
    )
    single = dict(zip(characters, lone, strict=True))
    size = sum(lone)
    bond = dict(zip(_pairs(ngrams), together, strict=True))
    return np.array(
        [len(n) > 1 and bond[n] * size >= np.exp(_BOND) * single[n[0]] * single[n[1]] and n.isalpha() for n in ngrams]
    )


def _pairs(ngrams: Sequence[str]) -> list[str]:
    return [ngram for ngram in ngrams if len(ngram) > 1]


def _total(counter: "CountVectorizer", folded: Sequence[str]) -> list[int]:
    import numpy as np

    found = counter.transform(folded)
    return [int(count) for count in np.bincount(found.indices, weights=found.data, minlength=found.shape[1])]
