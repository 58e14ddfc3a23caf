"""The language on screen: Chinese by default, English to choose."""

from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from workstation.ui.resources import RESOURCES

LANGUAGES = ("zh_CN", "en_GB")


_NAME = "workstation-language"


class Held(QTranslator):
    """A translator that keeps what it was loaded from: Qt reads it in place, as long as it translates."""

    def __init__(self, app: QApplication, texts: bytes) -> None:
        super().__init__(app)
        self.setObjectName(_NAME)
        self._texts = texts
        self.is_loaded = self.load(texts)


class Texts(Held):
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
    """The chosen language of the whole program; whoever shows one last is heard."""

    def __init__(self, app: QApplication, folder: Path = RESOURCES / "i18n") -> None:
        self._app = app
        self._folder = folder

    @property
    def name(self) -> str:
        """The language that is shown now, whoever chose it; empty before anybody did."""
        return str(self._app.property(_NAME) or "")

    def show(self, name: str) -> None:
        """Translate everything drawn from now on; widgets made before are told by a LanguageChange event."""
        for child in self._app.children():
            if isinstance(child, QTranslator) and child.objectName() == _NAME:
                self._app.removeTranslator(child)
                child.deleteLater()
        self._app.setProperty(_NAME, name)
        QLocale.setDefault(QLocale(name))
        if name == "zh_CN":
            qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
            self._install(Held(self._app, _texts(Path(qt) / "qtbase_zh_CN.qm")))
            self._install(Texts(self._app, _texts(self._folder / "zh_CN.qm")))

    def _install(self, translator: Held) -> None:
        if translator.is_loaded:
            self._app.installTranslator(translator)
        else:
            translator.deleteLater()


def _texts(path: Path) -> bytes:
    # Into memory: Qt would map the file, and a window would die when an update writes it anew under its feet.
    return path.read_bytes() if path.is_file() else b""
