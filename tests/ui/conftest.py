"""What every test of the window starts from: no display, the real look, the Chinese language."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.ui.desks import Desks
from workstation.ui.language import Language
from workstation.ui.theme import Appearance


@pytest.fixture(scope="session")
def appearance(qapp: QApplication) -> Appearance:
    return Appearance(qapp)


@pytest.fixture(scope="session")
def language(qapp: QApplication) -> Language:
    return Language(qapp)


@pytest.fixture(autouse=True)
def _as_installed(appearance: Appearance, language: Language) -> None:
    """Give every test the look and language of a fresh installation, whatever the one before it chose."""
    if language.name != "zh_CN":
        language.show("zh_CN")
    if (appearance.theme, appearance.size) != ("night", 18):
        appearance.size = 18
        appearance.show_theme("night")


@pytest.fixture
def desks(tmp_path: Path, appearance: Appearance, language: Language) -> Iterator[Desks]:
    """Give two consoles over the practice wiring; a window of any other kind fails the test."""
    language.show("en_GB")  # the consoles bring their own translators
    desks = Desks(tmp_path)
    yield desks
    desks.close()
    desks.windows.stop()
    appearance.show_theme("night")
    assert desks.windows.others == set()
