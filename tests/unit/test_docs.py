"""The generated pages: complete, the same each time, and stale ones are named."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from workstation.build.docs import main, pages
from workstation.domain.lifecycle import TRANSITIONS
from workstation.protocol.messages import MESSAGES

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def root(tmp_path: Path, repository: Path) -> Path:
    """Return a repository with what the pages are made from, and no page yet."""
    (tmp_path / "resources").mkdir()
    shutil.copy(repository / "resources" / "glossary.yaml", tmp_path / "resources")
    shutil.copytree(repository / "workstation", tmp_path / "workstation", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def test_a_stale_page_is_named(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """
    A page that is missing, edited by hand or left over is named and fails the check; writing mends all three.
    """
    assert main(["--check"], root) == 1
    assert main([], root) == 0
    assert main(["--check"], root) == 0
    (root / "docs" / "lifecycle.md").write_text("my own words", encoding="utf-8")
    (root / "docs" / "schema" / "Gone.json").write_text("{}", encoding="utf-8")
    (root / "docs" / "keys.md").unlink()
    capsys.readouterr()

    assert main(["--check"], root) == 1
    assert capsys.readouterr().out.splitlines() == [
        "stale: docs/keys.md",
        "stale: docs/lifecycle.md",
        "stale: docs/schema/Gone.json",
    ]
    assert main([], root) == 0
    assert main(["--check"], root) == 0
    assert not (root / "docs" / "schema" / "Gone.json").exists()


def test_the_pages_hold_what_they_describe(root: Path) -> None:
    """
    Every row of the lifecycle, every message, every module and every key is there, and twice the same.
    """
    found = {path.relative_to(root / "docs").as_posix(): text for path, text in pages(root).items()}

    assert found == {path.relative_to(root / "docs").as_posix(): text for path, text in pages(root).items()}
    for _, state, action in TRANSITIONS:
        assert f"| {state} | {action} |" in found["lifecycle.md"]
        assert f"{state} --> {TRANSITIONS[_, state, action].target}: {action}" in found["lifecycle.md"]
    for kind in MESSAGES:
        assert f"schema/{kind.__name__}.json" in found
    for module in ("domain/lifecycle.py", "desk/sync.py", "ui/keys.py", "bootstrap/station.py", "__main__.py"):
        assert f"| `{module}` | " in found["modules.md"]
    assert "|  |" not in found["modules.md"].replace("| what it is |", "")
    assert "| `Ctrl+Return` | Send as order |" in found["keys.md"]
    assert "| `A C D E F G H J K L N S` | Mark a field further down |" in found["keys.md"]
    assert "| `duty_officer` | 值班民警 |" in found["glossary.md"]


def test_the_schemas_refer_to_each_other(root: Path) -> None:
    """
    Each schema is valid JSON, is named with the version, and each file it refers to exists.
    """
    schemas = {path.name: text for path, text in pages(root).items() if path.suffix == ".json"}

    for name, text in schemas.items():
        assert references(json.loads(text)) <= set(schemas)
        assert json.loads(text)["$id"] == f"v1/{name}"
    assert references(json.loads(schemas["Transfer.json"])) >= {"Order.json", "State.json"}


def references(part: object) -> set[str]:
    if isinstance(part, dict):
        own = {part["$ref"]} if "$ref" in part else set()
        return own.union(*(references(value) for value in part.values()))
    if isinstance(part, list):
        return set().union(*(references(value) for value in part))
    return set()
