"""The page docs/glossary.md: every identifier with its names, its meaning and its source."""

from dataclasses import dataclass
from pathlib import Path

from workstation.build.docs_table import page, table
from workstation.protocol.codec import decode_yaml

INTRODUCTION = """\
The words of the field. Code uses the identifier; the window shows the name from `resources/glossary.yaml`, which a
station may change.
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """One identifier's line in the file."""

    zh: str
    en: str
    meaning: str
    source: str


@dataclass(frozen=True, slots=True)
class Entries:
    """The file resources/glossary.yaml, by group and identifier."""

    groups: dict[str, dict[str, Entry]]


def glossary_page(root: Path) -> str:
    """Return the page.

    Raises:
        InvalidValue: The glossary cannot be read.
    """
    entries = decode_yaml((root / "resources" / "glossary.yaml").read_bytes(), Entries)
    heads = ["identifier", "Chinese", "English", "meaning", "source"]
    parts = [
        f"## {group}\n\n" + table(heads, ([f"`{name}`", e.zh, e.en, e.meaning, e.source] for name, e in terms.items()))
        for group, terms in entries.groups.items()
    ]
    return page("Glossary", INTRODUCTION, *parts)
