"""How the screens are put together: pages, columns and columns that scroll."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget


def column(*parts: "QWidget | tuple[QWidget, int] | None") -> QWidget:
    """Return *parts* below each other; a pair gives a part its share of the room, None takes what is left."""
    widget = QWidget()
    layout = QVBoxLayout(widget)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(8)
    for part in parts:
        if part is None:
            layout.addStretch(1)
        elif isinstance(part, tuple):
            layout.addWidget(*part)
        else:
            layout.addWidget(part)
    return widget


def scrolled(widget: QWidget) -> QScrollArea:
    """Return *widget* in an area that scrolls downwards when the text is large, and never takes the focus."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(widget)
    return area
