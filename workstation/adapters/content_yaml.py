"""The content pack on disk: hand-edited YAML, with a compiled copy for a quick start."""

from dataclasses import dataclass
from pathlib import Path

import msgspec

from workstation.adapters.content_check import read_yaml
from workstation.adapters.content_digest import COMPILED, digest
from workstation.adapters.content_files import Parts, Syllables, read_parts
from workstation.domain.categories import CategoryTree
from workstation.domain.content import Content
from workstation.domain.errors import InvalidValue
from workstation.domain.glossary import Glossary
from workstation.domain.guidance import GuidanceList
from workstation.domain.scenario import Scenario
from workstation.protocol.codec import decode, encode


@dataclass(frozen=True, slots=True)
class Compiled:
    """The compiled file: what it was made from, the pinyin of every name, and the pack itself."""

    digest: str
    pinyin: dict[str, tuple[str, ...]]
    parts: msgspec.Raw


def read_content(resources: Path) -> Content:
    """Read the content pack below the folder *resources*.

    The compiled copy is used while it was made from exactly these files; a
    file edited since then is read itself, so an edit is never ignored.

    Raises:
        InvalidValue: A file is missing or wrong; the facts name file, line and field.
    """
    compiled = _compiled(resources)
    if compiled is not None and compiled.digest == digest(resources):
        return _assemble(decode(bytes(compiled.parts), Parts))
    pinyin = {} if compiled is None else compiled.pinyin
    return _assemble(read_parts(resources, lambda name: pinyin.get(name, ())))


def read_scenarios(resources: Path) -> tuple[Scenario, ...]:
    """Read the practice callers, in the order of their file names.

    Raises:
        InvalidValue: A file is wrong; the facts name file, line and field.
    """
    return tuple(read_yaml(path, Scenario) for path in sorted((resources / "scenarios").glob("*.yaml")))


def compile_parts(resources: Path, syllables: Syllables) -> bytes:
    """Return the compiled copy of the pack; *syllables* spells a name in pinyin.

    Raises:
        InvalidValue: A file is missing or wrong.
    """
    parts = read_parts(resources, syllables)
    names = [name for node in parts.nodes for name in (node.name, *node.aliases)]
    names += [phrase.title for phrase in parts.phrases.phrases]
    names += [item.title for which in GuidanceList for item in parts.guidance.items(which)]
    names += [line.name for line in parts.directory.lines]
    pinyin = {name: syllables(name) for name in names}
    return encode(Compiled(digest(resources), pinyin, msgspec.Raw(encode(parts)))) + b"\n"


def _assemble(parts: Parts) -> Content:
    return Content(
        editions=parts.editions,
        categories=CategoryTree(parts.nodes, parts.labels),
        sheets={sheet.id: sheet for sheet in parts.sheets},
        requirements=parts.requirements,
        safety=parts.safety,
        guidance=parts.guidance,
        directory=parts.directory,
        phrases=parts.phrases,
        wording=parts.wording,
        glossary=Glossary(parts.terms),
    )


def _compiled(resources: Path) -> Compiled | None:
    """Read the compiled copy; one that is missing or unreadable is as good as none."""
    try:
        return decode((resources / "content" / COMPILED).read_bytes(), Compiled)
    except (OSError, InvalidValue):
        return None
