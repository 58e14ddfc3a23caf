"""How a measurement is told: one line each, ours beside its baseline of the same run."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Line:
    """One bench in one line."""

    name: str
    ours: str
    baseline: str
    ratio: float
    gate: str

    def __str__(self) -> str:
        return (
            f"bench {self.name}: ours {self.ours}, baseline {self.baseline}, ratio {self.ratio:.2f}, gate {self.gate}"
        )


def tell(capsys: pytest.CaptureFixture[str], line: Line) -> None:
    """Say it on the terminal whatever pytest captures."""
    with capsys.disabled():
        print(f"\n{line}", flush=True)  # noqa: T201 - this is what a bench is for


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that this share of *values* does not exceed."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


def figures(values: Sequence[float]) -> str:
    """Return median, 99th percentile and maximum in milliseconds."""
    return f"p50 {percentile(values, 0.5):.1f} p99 {percentile(values, 0.99):.1f} max {max(values):.1f} ms"
