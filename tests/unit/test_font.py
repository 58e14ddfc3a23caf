"""The bundled font shows every ordinary character, each under one name."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from fontTools.ttLib import TTFont

from workstation.build.font import FACE, is_look_alike, main

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def face(repository: Path) -> Path:
    """Name the file that the window loads."""
    return repository / "resources" / "fonts" / FACE


def test_the_font_shows_what_is_written_at_a_desk(face: Path) -> None:
    """
    All 6,763 characters of GB 2312, Latin letters, digits and full-width signs have a glyph.
    """
    rows = (bytes([row, cell]) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    simplified = "".join(pair.decode("gb2312", errors="ignore") for pair in rows)
    shown = TTFont(face).getBestCmap()

    assert len(simplified) == 6763
    assert [character for character in f"{simplified}AZaz09，。：（）《》" if ord(character) not in shown] == []


def test_no_character_has_a_second_name(face: Path) -> None:
    """
    Text copied out of a printed order holds ordinary characters, never their look-alikes.
    """
    assert [hex(point) for point in TTFont(face).getBestCmap() if is_look_alike(point)] == []


def test_only_the_published_package_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    The builder refuses a package that is not the one it was written for, and writes nothing.
    """
    package = tmp_path / "other.whl"
    package.write_bytes(b"something else")
    monkeypatch.setattr(sys, "argv", ["font", str(package), "--out", str(tmp_path)])

    assert main() == 1
    assert not (tmp_path / FACE).exists()
