"""The scale that turns a recogniser's scores into probabilities one may believe."""

import math
from collections.abc import Sequence
from itertools import pairwise

Knots = Sequence[tuple[int, float]]
"""Temperatures at some lengths of a note, shortest first."""

DOUBT = 0.02
"""Share spread over all labels: about so many notes were labelled by another convention, whatever they say."""


def temperature(length: int, knots: Knots) -> float:
    """Interpolate the temperature for a note of *length* characters, on the logarithm of the length."""
    if length <= knots[0][0]:
        return knots[0][1]
    for (low, cold), (high, warm) in pairwise(knots):
        if length <= high:
            share = math.log(length / low) / math.log(high / low)
            return cold + share * (warm - cold)
    return knots[-1][1]


def shares(scores: Sequence[float], heat: float) -> tuple[float, ...]:
    """Turn *scores* into probabilities at temperature *heat*, none of them quite certain."""
    most = max(scores)
    weights = [math.exp((score - most) / heat) for score in scores]
    total = sum(weights)
    return tuple((1 - DOUBT) * weight / total + DOUBT / len(weights) for weight in weights)


def chance(score: float) -> float:
    """Turn the score of a yes-or-no head into the probability of yes."""
    return 1 / (1 + math.exp(-max(-60.0, min(60.0, score))))
