"""What every content file promises: a text that was written is read whole."""

from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.contract.gateway_parts import SCRIPTS
from workstation.gateway.hotline_script import Play

RESOURCES = Path(__file__).parents[2] / "resources"
FILES = sorted(RESOURCES.rglob("*.yaml"))


def _cut(part: object) -> list[str]:
    """Return what a comma in an unquoted text made a key of its own: such a key has no value."""
    if isinstance(part, list):
        return [found for each in part for found in _cut(each)]
    if isinstance(part, dict):
        own = [str(key) for key, value in part.items() if value is None]
        return own + [found for value in part.values() for found in _cut(value)]
    return []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_no_text_is_cut(file: Path) -> None:
    """
    No text of a content file ends at a comma that the format takes for its own.
    """
    assert _cut(yaml.safe_load(file.read_text(encoding="utf-8"))) == []


def test_a_cut_text_is_found() -> None:
    """
    A text that a comma cuts is found by the test above.
    """
    assert _cut(yaml.safe_load("a: [{reason: one,two}, {reason: 'one,two'}]")) == ["two"]


def test_the_played_hotline_says_whole_sentences() -> None:
    """
    Every step of the played hotline holds known things only, and each reason and result is a whole sentence.
    """
    document: Any = yaml.safe_load((RESOURCES / "hotline_stand_in.yaml").read_text(encoding="utf-8"))
    known = {field.name for field in fields(Play)}
    said = [play for script in SCRIPTS.values() for play in script]

    assert {key for plays in document["scripts"].values() for play in plays for key in play} <= known
    assert {text[-1] for play in said for text in (play.reason, play.result) if text} == {"。"}


def test_the_played_hotline_fits_any_matter() -> None:
    """
    No result or reason names a matter of its own: whatever was reported, the text may be true.
    """
    said = "".join(text for script in SCRIPTS.values() for play in script for text in (play.reason, play.result))

    assert not [word for word in ("款", "噪声", "路", "管网", "工资", "养护") if word in said]
