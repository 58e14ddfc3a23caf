"""The look: three sets of colours, one style sheet and one text size, changed live."""

import logging
import tomllib
from collections.abc import Mapping
from pathlib import Path
from string import Template

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from workstation.ui.resources import RESOURCES

log = logging.getLogger(__name__)

THEMES = ("night", "day", "contrast")
SMALLEST, LARGEST = 15, 28
_TOKENS = "workstation_tokens"


class Appearance(QObject):
    """What the reader chose to see; every change is applied to the whole program at once."""

    changed = Signal()

    def __init__(self, app: QApplication, *, theme: str = "night", size: int = 18, folder: Path = RESOURCES) -> None:
        super().__init__()
        self._app = app
        self._folder = folder
        self._family = load_font(folder / "fonts")
        self._template = Template((folder / "theme" / "window.qss").read_text(encoding="utf-8"))
        self.theme = theme
        self.size = size
        app.setStyle("Fusion")
        self._apply()

    def show_theme(self, name: str) -> None:
        self.theme = name
        self._apply()

    def show_size(self, size: int) -> None:
        self.size = max(SMALLEST, min(LARGEST, size))
        self._apply()

    def larger(self) -> None:
        self.show_size(self.size + 1)

    def smaller(self) -> None:
        self.show_size(self.size - 1)

    def next_theme(self) -> None:
        self.show_theme(THEMES[(THEMES.index(self.theme) + 1) % len(THEMES)])

    def _apply(self) -> None:
        tokens = load_tokens(self._folder / "theme", self.theme)
        self._app.setProperty(_TOKENS, dict(tokens))
        self._app.setFont(_font(self._family, self.size))
        self._app.setPalette(_palette(tokens))
        self._app.setStyleSheet(self._template.substitute(tokens, family=self._family, **sizes(self.size)))
        self.changed.emit()


def comfortable_size(screen_height: int) -> int:
    """Return the text size that shows the whole intake screen on a screen of this height."""
    return 15 if screen_height < 900 else 18  # noqa: PLR2004 - 768 and 1080 are the screens in the field


def sizes(size: int) -> dict[str, int]:
    """Derive every measure of the style sheet from the text size."""
    small = max(13, round(size * 0.83))
    return {
        "size": size,
        "small": small,
        "question": round(size * 1.35),
        "headline": round(size * 1.15),
        "line_height": round(size * 1.4),
        "pill": (small + 8) // 2,
    }


def load_tokens(folder: Path, theme: str) -> Mapping[str, str]:
    """Read the colours of one theme."""
    tokens: dict[str, str] = tomllib.loads((folder / f"{theme}.toml").read_text(encoding="utf-8"))
    return tokens


def load_font(folder: Path) -> str:
    """Register the bundled font and name its family; without it, fall back to what the system has."""
    for path in sorted(folder.glob("*.otf")):
        families = QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(path)))
        if families:
            return families[0]
    log.info("bundled font missing, using the system's")
    return "sans-serif"


def colour(name: str) -> QColor:
    """Return a colour of the current theme, for the few widgets that paint themselves."""
    app = QApplication.instance()
    tokens = app.property(_TOKENS) if app is not None else None
    return QColor(tokens[name]) if isinstance(tokens, dict) else QColor("gray")


def mark(widget: QWidget, name: str, value: object) -> None:
    """Set the dynamic property *name* that the style sheet selects by, and restyle if it changed."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def _font(family: str, size: int) -> QFont:
    font = QFont(family)
    font.setPixelSize(size)
    return font


def _palette(tokens: Mapping[str, str]) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for target, name in {
        role.Window: "bg",
        role.Base: "field",
        role.AlternateBase: "raised",
        role.Button: "raised",
        role.ToolTipBase: "raised",
        role.WindowText: "text",
        role.Text: "text",
        role.ButtonText: "text",
        role.ToolTipText: "text",
        role.BrightText: "danger_text",
        role.PlaceholderText: "muted",
        role.Highlight: "selection",
        role.HighlightedText: "text",
        role.Link: "accent",
    }.items():
        palette.setColor(target, QColor(tokens[name]))
    return palette
