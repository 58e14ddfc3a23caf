"""Widgets are destroyed on the thread they live on."""

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from workstation.ui.garbage import Garbage, collect_here


@pytest.fixture
def automatic() -> Iterator[None]:
    """Leave the collector as it was found."""
    was = gc.isenabled()
    yield
    (gc.enable if was else gc.disable)()


class Knot(QObject):
    """Something only the cyclic collector can free."""

    def __init__(self, freed_in: list[str]) -> None:
        super().__init__()
        self.itself = self
        weakref.finalize(self, lambda: freed_in.append(threading.current_thread().name))


@pytest.mark.usefixtures("automatic", "qapp")
def test_a_worker_never_destroys_a_widget(qtbot: QtBot) -> None:
    """
    However much a worker allocates, cyclic garbage is freed on the window's thread, and it is freed.
    """
    parent = QObject()
    Garbage(parent)
    freed_in: list[str] = []
    for _ in range(50):
        Knot(freed_in)

    worker = threading.Thread(target=lambda: [[[]] for _ in range(200_000)], name="worker")
    worker.start()
    worker.join()
    assert freed_in == []
    kept: list[list[object]] = [[] for _ in range(2_000)]
    qtbot.waitUntil(lambda: len(freed_in) == 50, timeout=10_000)

    assert set(freed_in) == {threading.main_thread().name}
    assert len(kept) == 2_000


@pytest.mark.usefixtures("automatic")
def test_one_collector_is_enough(qapp: QApplication) -> None:
    """
    A second window in the same program finds the first one's collector.
    """
    app = QCoreApplication.instance()
    assert app is qapp

    assert collect_here(qapp) is collect_here(qapp)
