"""What domain values are called on screen, read from the glossary."""

import logging
from enum import Enum
from functools import cache

import yaml
from PySide6.QtCore import QLocale

from workstation.ui.resources import RESOURCES

log = logging.getLogger(__name__)


def label(value: Enum | str) -> str:
    """Return the name of a domain value in the language on screen.

    A value the glossary does not know is shown as it is: an older console
    must be able to show what a newer gateway sends.
    """
    identifier = str(value.value) if isinstance(value, Enum) else value
    names = glossary().get(identifier)
    if names is None:
        log.info("no label for identifier=%s", identifier)
        return identifier.replace("_", " ")
    return names["zh" if QLocale().language() == QLocale.Language.Chinese else "en"]


@cache
def glossary() -> dict[str, dict[str, str]]:
    """Return every identifier with its Chinese and English name."""
    path = RESOURCES / "glossary.yaml"
    rows: dict[str, dict[str, str]] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return rows
