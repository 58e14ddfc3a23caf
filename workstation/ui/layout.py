"""How the screens are put together: pages, columns and columns that scroll."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

AROUND = 40
DEEPEST = 16
"""How many parts may stand within each other; asking where nothing waits costs nothing."""


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


class Scrolled(QScrollArea):
    """Scrolls downwards when the text is large, and always to where the focus is; never takes the focus itself."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(lambda: self._follow(None, QApplication.focusWidget()))
        self.setWidget(widget)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:  # what opens with the focus has its place only now
            self._later.start()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._later.start()

    def _follow(self, _: QWidget | None, now: QWidget | None) -> None:
        """Show the focus, and before it the whole of what it is a part of, where that belongs together."""
        if now is None or not self.isAncestorOf(now):
            return
        part = now.parentWidget()
        while part is not None and part is not self.widget():
            if part.property("together"):
                self.ensureWidgetVisible(part, 0, 0)
            part = part.parentWidget()
        if now.height() + 2 * AROUND <= self.viewport().height():  # Qt looks at the cursor alone
            self.ensureVisible(0, now.mapTo(self.widget(), now.rect().bottomLeft()).y(), 0, AROUND)
        self.ensureWidgetVisible(now, 0, AROUND)


def scrolled(widget: QWidget) -> Scrolled:
    """Return *widget* in an area that scrolls downwards."""
    return Scrolled(widget)


def settle() -> None:
    """Lay out whatever asked for it, and what that makes ask in turn, now.

    A part that grows asks its parent, which asks its own. Qt takes one such
    step before the frame that is already on its way and the rest after it,
    which would show a text of three lines in the room of one.
    """
    for _ in range(DEEPEST):
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)


def show_or_step_over(whole: QWidget, inner: QWidget, *, shown: bool) -> None:
    """Show *inner* and let it have the focus that *whole* is given; hidden, it must have none.

    A visible widget whose focus goes on to a hidden one is where Tab ends for good: Qt steps there, and nothing moves.
    """
    inner.setVisible(shown)
    whole.setFocusProxy(inner if shown else None)  # type: ignore[arg-type]  # the stub does not know None
