"""A practice caller: what is said, what is answered, and what would be right."""

from dataclasses import dataclass, field

from workstation.domain.edition import Edition
from workstation.domain.incident import Outcome


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a good call-taker would have made of the call."""

    outcomes: tuple[Outcome, ...]
    category: str = ""
    guidance: str = ""
    police_matter: str = ""
    fields: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scenario:
    """One invented caller, told step by step."""

    id: str
    title: str
    edition: Edition
    number: str
    says: tuple[str, ...]
    narrative: str
    answers: dict[str, str]
    expected: Expectation
    ring_after_seconds: int = 2
