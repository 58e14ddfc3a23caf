"""What domain values are called on screen, read from the glossary."""

import re
from enum import Enum
from functools import cache

from PySide6.QtCore import QLocale

from workstation.adapters.glossary_file import read_glossary
from workstation.domain.glossary import Glossary, Term
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
def _term(identifier: str, group: str) -> Term | None:
    names = _glossary()
    return (names.term(identifier, group) if group else None) or names.term(identifier)


@cache
def _glossary() -> Glossary:
    return read_glossary(RESOURCES)
