"""The check of the window's own needs, made in a process of its own: Qt ends the one it cannot start in."""

import sys

from PySide6.QtCore import qVersion
from PySide6.QtGui import QFontDatabase, QGuiApplication

from workstation.ui.resources import RESOURCES
from workstation.ui.theme import load_font


def main() -> int:
    """Start Qt, say platform, version and font in one line, and return 1 if our font is not among them."""
    app = QGuiApplication(sys.argv[:1])
    family = load_font(RESOURCES / "fonts")
    known = family in QFontDatabase.families()
    sys.stdout.write(f"Qt {qVersion()}, {app.platformName()}, {family}{'' if known else ' is missing'}\n")
    return 0 if known else 1
