"""Which intake fields an order needs before it may be sent."""

from collections.abc import Mapping
from dataclasses import dataclass

from workstation.domain.questions import Condition


@dataclass(frozen=True, slots=True)
class Requirement:
    """One intake field an order needs, under a condition if there is one."""

    field: str
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Override:
    """What a part of the category tree needs beyond the rule, or can do without."""

    category: str
    needs: tuple[str, ...] = ()
    spares: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Requirements:
    """The rule and its exceptions by category; the deepest exception speaks last."""

    fields: tuple[Requirement, ...]
    overrides: tuple[Override, ...] = ()

    def needed(self, category: str, filled: Mapping[str, str]) -> tuple[str, ...]:
        """List the fields an order of this category needs, in talking order."""
        needed = {r.field: r.when is None or r.when.holds(filled) for r in self.fields}
        for override in sorted(self.overrides, key=lambda o: len(o.category)):
            if category.startswith(override.category):
                needed |= dict.fromkeys(override.needs, True) | dict.fromkeys(override.spares, False)
        return tuple(field for field, is_needed in needed.items() if is_needed)

    def missing(self, category: str, filled: Mapping[str, str]) -> tuple[str, ...]:
        """List the needed fields that are still empty, in talking order."""
        return tuple(field for field in self.needed(category, filled) if not filled.get(field, "").strip())
