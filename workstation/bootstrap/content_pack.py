"""The content pack, checked and compiled anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workstation.bootstrap.played import say
from workstation.settings import RESOURCES

if TYPE_CHECKING:
    from pathlib import Path


def content(year: Path | None) -> int:
    """Check the content pack and compile it anew, or take in the working days of a *year*; say what is wrong where."""
    from workstation.domain.errors import InvalidValue

    try:
        say(_import_year(year) if year else _compile_content())
    except InvalidValue as problem:
        facts = problem.facts
        place = f"{facts['file']}:{facts.get('line', '')}: " if "file" in facts else ""
        say(f"{place}{problem.field}: {problem.problem} {facts.get('detail', '')}".rstrip())
        return 1
    except OSError as error:
        say(f"{error.filename}: {error.strerror}")
        return 1
    except ModuleNotFoundError as error:
        say(f"{error.name} is missing; it comes with the test packages: make test")
        return 1
    return 0


def _import_year(file: Path) -> str:
    from workstation.adapters.calendar_files import import_year

    table = import_year(file, RESOURCES / "content" / "calendars")
    return f"{table.year}: {len(table.off)} days off, {len(table.work)} weekend days worked"


def _compile_content() -> str:
    from workstation.adapters.content_digest import COMPILED
    from workstation.adapters.content_yaml import compile_parts, read_content, read_scenarios
    from workstation.build.pinyin import syllables

    file = RESOURCES / "content" / COMPILED
    fresh = compile_parts(RESOURCES, syllables)
    changed = not file.exists() or file.read_bytes() != fresh
    if changed:
        file.write_bytes(fresh)
    pack = read_content(RESOURCES)
    sizes = (
        f"{len(pack.categories.nodes)} categories, {len(pack.sheets)} sheets, {len(read_scenarios(RESOURCES))} callers"
    )
    return f"{'written' if changed else 'unchanged'}: {file} ({sizes})"
