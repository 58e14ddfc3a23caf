"""What a person would find on a widget."""

from typing import TypeVar

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

W = TypeVar("W", bound=QWidget)


def inside(widget: QWidget, kind: type[W]) -> list[W]:
    """List the widgets of *kind* that *widget* shows, from the top left to the bottom right."""
    QApplication.processEvents()
    found = [other for other in QApplication.allWidgets() if isinstance(other, kind) and widget.isAncestorOf(other)]
    shown = [other for other in found if other.isVisibleTo(widget)]
    return sorted(shown, key=lambda other: _reading_order(other.mapTo(widget, QPoint(0, 0))))


def _reading_order(corner: QPoint) -> tuple[int, int]:
    return corner.y(), corner.x()


def said(widget: QWidget) -> str:
    """Return every word that *widget* shows on labels and buttons."""
    words = [label.text() for label in inside(widget, QLabel)]
    return " ".join([*words, *(button.text() for button in inside(widget, QPushButton))])


def button(widget: QWidget, name: str) -> QPushButton:
    """Find a button by its name."""
    return next(found for found in inside(widget, QPushButton) if found.objectName() == name)
