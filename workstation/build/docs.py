"""The generated pages of docs/: written anew from the tables they describe, or checked against them."""

import argparse
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from workstation.build.docs_code import keys_page, modules_page
from workstation.build.docs_glossary import glossary_page
from workstation.build.docs_lifecycle import lifecycle_page
from workstation.build.docs_schema import schema_pages

ROOT = Path(__file__).parents[2]
PAGES: Mapping[str, Callable[[Path], str]] = {
    "lifecycle.md": lambda _: lifecycle_page(),
    "glossary.md": glossary_page,
    "modules.md": modules_page,
    "keys.md": keys_page,
}


def pages(root: Path) -> dict[Path, str]:
    """Return every generated page of the repository *root*, by its path.

    Raises:
        InvalidValue: The glossary cannot be read.
    """
    docs = root / "docs"
    written = {docs / name: make(root) for name, make in PAGES.items()}
    return written | {docs / "schema" / name: text for name, text in schema_pages().items()}


def stale(root: Path) -> list[Path]:
    """Return the pages that differ from what they describe, are missing, or describe nothing any more."""
    wanted = pages(root)
    changed = [path for path, text in wanted.items() if not path.is_file() or path.read_text(encoding="utf-8") != text]
    return sorted([*changed, *_left_over(root, wanted)])


def write(root: Path) -> list[Path]:
    """Bring the pages up to date and return those that changed."""
    found = stale(root)
    wanted = pages(root)
    for path in found:
        if path in wanted:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(wanted[path], encoding="utf-8", newline="\n")
        else:
            path.unlink()
    return found


def _left_over(root: Path, wanted: Mapping[Path, str]) -> list[Path]:
    return [path for path in (root / "docs" / "schema").glob("*.json") if path not in wanted]


def main(arguments: list[str] | None = None, root: Path = ROOT) -> int:
    """Write the pages, or with ``--check`` name those that are stale; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m workstation.build.docs", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 when a page is stale")
    check = parser.parse_args(arguments).check
    found = stale(root) if check else write(root)
    for path in found:
        sys.stdout.write(f"{'stale' if check else 'written'}: {path.relative_to(root).as_posix()}\n")
    return 1 if check and found else 0


if __name__ == "__main__":
    sys.exit(main())
