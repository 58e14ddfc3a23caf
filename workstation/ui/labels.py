"""What domain values are called on screen, read from the glossary."""

import re
from collections.abc import Mapping
from enum import Enum
from functools import cache

from PySide6.QtCore import QLocale

from workstation.adapters.content_files import GlossaryFile, TermEntry
from workstation.protocol.codec import decode_yaml
from workstation.ui.resources import RESOURCES

_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")


def label(value: Enum | str, group: str = "") -> str:
    """Return the name of a domain value in the language on screen.

    A value the glossary does not know is shown as it is: an older console
    must be able to show what a newer gateway sends.
    """
    identifier = str(value.value) if isinstance(value, Enum) else value
    term = _term(identifier, group or (group_of(value) if isinstance(value, Enum) else ""))
    if term is None:
        return identifier.replace("_", " ")
    return term.zh if QLocale().language() == QLocale.Language.Chinese else term.en


def group_of(value: Enum) -> str:
    """Name the group of an enum's terms: its type in small letters, PartyState as party_state."""
    return _HUMP.sub("_", type(value).__name__).lower()


@cache
def _term(identifier: str, group: str) -> TermEntry | None:
    groups = _groups()
    home = groups.get(group, {})
    return home.get(identifier) or next((terms[identifier] for terms in groups.values() if identifier in terms), None)


@cache
def _groups() -> Mapping[str, Mapping[str, TermEntry]]:
    path = RESOURCES / "glossary.yaml"
    return decode_yaml(path.read_bytes(), GlossaryFile).groups
