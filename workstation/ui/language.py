"""The language on screen: Chinese by default, English to choose."""

from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from workstation.ui.resources import RESOURCES

LANGUAGES = ("zh_CN", "en_GB")


class Texts(QTranslator):
    """The window's texts; one that a module-level function asks for stands under no context."""

    def translate(  # type: ignore[override]  # None is how Qt's null text is spelled here: "not mine, ask the next"
        self,
        context: str,
        sourceText: str,  # noqa: N803 - Qt's own name
        disambiguation: str | None = None,
        n: int = -1,
    ) -> str | None:
        found = super().translate(context, sourceText, disambiguation or "", n)
        return found or super().translate("", sourceText, disambiguation or "", n) or None


class Language:
    """Holds the chosen language and swaps its translators."""

    def __init__(self, app: QApplication, folder: Path = RESOURCES / "i18n") -> None:
        self._app = app
        self._folder = folder
        self._translators: list[QTranslator] = []
        self._read: dict[Path, bytes] = {}
        self.name = ""

    def show(self, name: str) -> None:
        """Translate everything drawn from now on; widgets made before are told by a LanguageChange event."""
        for translator in self._translators:
            self._app.removeTranslator(translator)
            translator.deleteLater()
        self._translators = []
        self.name = name
        QLocale.setDefault(QLocale(name))
        if name == "zh_CN":
            qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
            self._install(QTranslator(self._app), Path(qt) / "qtbase_zh_CN.qm")
            self._install(Texts(self._app), self._folder / "zh_CN.qm")

    def _install(self, translator: QTranslator, path: Path) -> None:
        # From memory: Qt would map the file, and a window would die when an update writes it anew under its feet.
        self._read.setdefault(path, path.read_bytes() if path.is_file() else b"")
        if translator.load(self._read[path]):
            self._app.installTranslator(translator)
            self._translators.append(translator)
