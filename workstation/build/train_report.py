"""The grouped cross-validation that training reports before it writes anything."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workstation.build.train_groups import FOLDS
from workstation.build.train_model import Lessons, fit
from workstation.domain.suggestion_scale import DOUBT, Knots, shares, temperature
from workstation.domain.suggestion_text import Reader

if TYPE_CHECKING:
    import numpy as np

    from workstation.build.train_groups import Numbers
    from workstation.build.train_model import Floats, Table

FULL = 1 << 20
LENGTHS = (10, 20, 40, 80, 160, FULL)
_FULL_KNOT = 400
_BINS = 15


@dataclass(frozen=True, slots=True)
class Held:
    """What cross-validation saw of one length: scores of the raw rows by a model that never met them or a twin."""

    length: int
    scores: "Table"
    sizes: tuple[int, ...]
    """How long each text really was."""


@dataclass(frozen=True, slots=True)
class Quality:
    """How good the model is on texts of one length."""

    length: int
    accuracy: float
    macro_f1: float
    top3: float
    error: float
    """Expected calibration error."""

    def __str__(self) -> str:
        name = "full" if self.length == FULL else str(self.length)
        return (
            f"{name:>5}  accuracy {self.accuracy:.4f}  macro-F1 {self.macro_f1:.4f}  "
            f"top-3 {self.top3:.4f}  ECE {self.error:.4f}"
        )


def hold_out(lessons: Lessons, fold: "Numbers", spoken: Sequence[str], reader: Reader, heads: int) -> list[Held]:
    """Score each of *spoken* (the raw messages, which come first) by the model of the other folds."""
    import numpy as np

    tables = [np.zeros((len(spoken), heads + 1)) for _ in LENGTHS]
    for number in range(FOLDS):
        items = [lesson for lesson in lessons.items if fold[lesson.of] != number]
        model = fit(Lessons(items, lessons.labels, lessons.groups))
        held = [at for at in range(len(spoken)) if fold[at] == number]
        for length, table in zip(LENGTHS, tables, strict=True):
            table[held] = model.scores([spoken[at][:length] for at in held], reader)
    return [
        Held(length, table, tuple(min(len(text), length) for text in spoken))
        for length, table in zip(LENGTHS, tables, strict=True)
    ]


def calibrate(held: Sequence[Held], labels: "Numbers", rows: "Numbers") -> Knots:
    """Find the temperature of each length, by the likelihood of the true labels of *rows*."""
    return [(min(view.length, _FULL_KNOT), _best_temperature(view.scores[rows, :-1], labels[rows])) for view in held]


def qualities(held: Sequence[Held], labels: "Numbers", fold: "Numbers") -> list[Quality]:
    """Measure every length; the temperatures of a fold are found on the other folds."""
    import numpy as np

    count = len(labels)
    knots = {number: calibrate(held, labels, np.flatnonzero(fold[:count] != number)) for number in range(FOLDS)}
    found = []
    for view in held:
        rows = zip(view.scores[:, :-1].tolist(), view.sizes, fold[:count].tolist(), strict=True)
        p = np.array([shares(scores, temperature(size, knots[number])) for scores, size, number in rows])
        found.append(quality(view.length, p, labels))
    return found


def quality(length: int, p: "Table", labels: "Numbers") -> Quality:
    """Measure probabilities against the true labels."""
    import numpy as np

    order = np.argsort(-p, axis=1, kind="stable")
    right = order[:, 0] == labels
    top3 = float((order[:, :3] == labels[:, None]).any(axis=1).mean())
    return Quality(length, float(right.mean()), macro_f1(order[:, 0], labels), top3, _calibration(p.max(axis=1), right))


def macro_f1(said: "Numbers", labels: "Numbers") -> float:
    """Average the F1 of the labels, each counted alike."""
    scores = []
    for label in sorted(set(labels.tolist())):
        hit = int(((said == label) & (labels == label)).sum())
        scores.append(2 * hit / (int((said == label).sum()) + int((labels == label).sum())))
    return sum(scores) / len(scores)


def _calibration(surety: "np.ndarray[tuple[int], np.dtype[np.float64]]", right: "Numbers") -> float:
    """Average how far what is claimed lies from what is true, over bins of equal width."""
    import numpy as np

    bins = np.minimum((surety * _BINS).astype(np.int64), _BINS - 1)
    inside = [bins == number for number in range(_BINS)]
    return float(sum(abs(surety[b].mean() - right[b].mean()) * b.mean() for b in inside if b.any()))


def _best_temperature(scores: "Table", labels: "Numbers") -> float:
    """Minimise the negative log-likelihood by golden section on the logarithm of the temperature."""
    import numpy as np

    def loss(log_heat: float) -> float:
        scaled = scores / np.exp(log_heat)
        weights = np.exp(scaled - scaled.max(axis=1, keepdims=True))
        chosen = weights[np.arange(len(labels)), labels] / weights.sum(axis=1)
        return -float(np.log((1 - DOUBT) * chosen + DOUBT / scores.shape[1]).mean())

    low, high, golden = -3.0, 2.0, (5**0.5 - 1) / 2
    while high - low > 1e-4:  # noqa: PLR2004 -- finer than the four digits that are kept
        left, right = high - golden * (high - low), low + golden * (high - low)
        low, high = (low, right) if loss(left) < loss(right) else (left, high)
    return round(float(np.exp((low + high) / 2)), 4)


def uncovered_line(scores: "Floats", labels: "Numbers", raw: int, at: float) -> str:
    """Say how the not-covered head does: on covered raw rows, and on rows weakly known to be uncovered."""
    least = math.log(at / (1 - at))
    false = float((scores[:raw] >= least).mean())
    weak = scores[labels < 0]
    recall = float((weak >= least).mean()) if len(weak) else 0.0
    return f"not covered: {recall:.3f} of {len(weak)} rows with an uncovered title, {false:.3f} of the covered raw rows"
