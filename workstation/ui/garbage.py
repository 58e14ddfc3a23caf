"""Collecting Python's cyclic garbage on the window's own thread, and nowhere else."""

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 500
_NAME = "garbage"


class Garbage(QObject):
    """Collects what the collector would have collected, in the thread that Qt's objects belong to.

    The collector runs in whichever thread happens to allocate. A widget that it finds in a worker is destroyed there,
    and Qt crashes a moment later somewhere else. So the automatic collection is off, and a timer does it.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.setObjectName(_NAME)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    def collect(self) -> None:
        """Collect the oldest generation whose threshold has been passed."""
        counts, thresholds = gc.get_count(), gc.get_threshold()
        for generation in (2, 1, 0):
            if counts[generation] > thresholds[generation]:
                gc.collect(generation)
                return


def collect_here(parent: QObject) -> Garbage:
    """See to it that garbage is collected on *parent*'s thread only; asked again, the one there is goes on."""
    there = parent.findChild(QObject, _NAME)
    return there if isinstance(there, Garbage) else Garbage(parent)


def keep_loaded() -> None:
    """Leave what was loaded until now out of every collection: going through it all takes a tenth of a second."""
    gc.freeze()


def let_go() -> None:
    """Look at everything again: what was kept may be garbage by now."""
    gc.unfreeze()
