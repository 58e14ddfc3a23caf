"""The promises of the window's texts."""

import shutil
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from workstation.ui.language import Language
from workstation.ui.resources import RESOURCES


def test_an_update_of_the_texts_kills_no_open_window(tmp_path: Path, qapp: QApplication, language: Language) -> None:
    """
    The file of the texts may be emptied while the window is open: every text is still there.
    """
    texts = Path(shutil.copy(RESOURCES / "i18n" / "zh_CN.qm", tmp_path))
    language.show("en_GB")
    fresh = Language(qapp, tmp_path)
    fresh.show("zh_CN")
    before = QCoreApplication.translate("SignInPage", "Operator")
    texts.write_bytes(b"")
    after = QCoreApplication.translate("SignInPage", "Password")
    fresh.show("en_GB")

    assert before != "Operator"
    assert after != "Password"


def test_without_its_texts_the_window_speaks_english(tmp_path: Path, qapp: QApplication, language: Language) -> None:
    """
    A missing file of texts keeps nobody from working.
    """
    language.show("en_GB")
    fresh = Language(qapp, tmp_path)
    fresh.show("zh_CN")

    assert QCoreApplication.translate("SignInPage", "Operator") == "Operator"
    fresh.show("en_GB")
