"""What a caller said, field by field; unchecked, because half a sentence must be kept too."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Annotated

from workstation.domain.errors import InvalidValue
from workstation.domain.limits import Limit
from workstation.domain.order import GapReason
from workstation.domain.questions import Answer

FIELDS = (
    "region",
    "address",
    "landmark",
    "caller_name",
    "sex",
    "contact_phone",
    "kind",
    "respondent",
    "people_affected",
    "happened",
    "narrative",
    "wish",
    "wants_reply",
    "confidential",
    "consent",
    "category",
)


class Origin(StrEnum):
    """Where a field's value came from; what a human wrote is never replaced."""

    HUMAN = "human"
    CALL = "call"
    SUGGESTED = "suggested"
    DEFAULT = "default"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Intake:
    """The fields of one intake form, as text; yes/no fields hold ``yes``, ``no`` or nothing.

    ``values`` is keyed by the identifiers in ``FIELDS``, ``answers`` by question id, ``gaps`` by field.
    """

    values: Mapping[str, str] = field(default_factory=dict)
    origins: Mapping[str, Origin] = field(default_factory=dict)
    answers: Mapping[str, Answer] = field(default_factory=dict)
    gaps: Mapping[str, GapReason] = field(default_factory=dict)
    sheet: Annotated[str, Limit(max_length=40)] = ""

    def __repr__(self) -> str:
        return f"Intake(filled={sorted(name for name, value in self.values.items() if value)})"

    def get(self, name: str) -> str:
        """Return the text in field *name*; empty when nothing was entered."""
        return self.values.get(name, "")

    def filled(self, name: str) -> bool:
        """Whether field *name* holds more than blanks."""
        return bool(self.get(name).strip())

    def with_value(self, name: str, value: str, origin: Origin = Origin.HUMAN) -> "Intake":
        """Return the intake with *value* in field *name*; a human's text is only replaced by a human.

        Raises:
            InvalidValue: There is no such field.
        """
        if name not in FIELDS:
            raise InvalidValue(name, "unknown_field")
        if origin is not Origin.HUMAN and self.origins.get(name) is Origin.HUMAN and self.filled(name):
            return self
        gaps = {key: reason for key, reason in self.gaps.items() if key != name or not value.strip()}
        return replace(self, values={**self.values, name: value}, origins={**self.origins, name: origin}, gaps=gaps)

    def with_gap(self, name: str, reason: GapReason) -> "Intake":
        """Return the intake with the coded reason why field *name* is empty.

        Raises:
            InvalidValue: There is no such field, or it is filled.
        """
        if name not in FIELDS:
            raise InvalidValue(name, "unknown_field")
        if self.filled(name):
            raise InvalidValue(name, "not_empty")
        return replace(self, gaps={**self.gaps, name: reason})

    def with_answer(self, answer: Answer) -> "Intake":
        """Return the intake with *answer* to its question."""
        return replace(self, answers={**self.answers, answer.question: answer})


@dataclass(frozen=True, slots=True)
class Completeness:
    """How many of the required fields are filled or explained, and which are open, in talking order."""

    done: int
    total: int
    missing: tuple[str, ...]

    @property
    def complete(self) -> bool:
        """Whether nothing is open."""
        return not self.missing


def completeness(intake: Intake, required: Iterable[str]) -> Completeness:
    """Count the *required* fields of *intake*; a gap with its coded reason counts as done."""
    wanted = tuple(required)
    missing = tuple(name for name in wanted if not intake.filled(name) and name not in intake.gaps)
    return Completeness(done=len(wanted) - len(missing), total=len(wanted), missing=missing)
