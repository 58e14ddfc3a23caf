"""The stand-in's scripts: what a played hotline does with an order, step by step, read from content."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from workstation.domain.lifecycle import Action, Role
from workstation.domain.order import Tier
from workstation.domain.transfer import Satisfaction
from workstation.protocol.codec import decode_yaml

Scripts = Mapping[str, tuple["Play", ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Play:
    """One step of a script, with everything that comes with it."""

    action: Action
    role: Role = Role.HOTLINE
    reason: str = ""
    unit: str = ""
    tier: Tier | None = None
    result: str = ""
    satisfaction: Satisfaction | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptBook:
    """All scripts of a content file, by name; ``straight`` is the one that is played when nobody chooses."""

    scripts: dict[str, tuple[Play, ...]]


def load_scripts(file: Path) -> Scripts:
    """Return the scripts in the YAML *file*.

    Raises:
        InvalidValue: The file is not a book of scripts.
    """
    return decode_yaml(file.read_bytes(), ScriptBook).scripts
