"""The promises of every single frame: nothing is drawn half laid out, whatever arrives while somebody writes."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from tests.ui.desks import Desks, begin, incident, looked
from workstation.ui.card_painting import CardDelegate
from workstation.ui.chips import Words
from workstation.ui.demo_hands import until
from workstation.ui.hits import HitDelegate
from workstation.ui.layout import settle
from workstation.ui.pictures import rest

WAGES = (
    "我们十二个人今年六月到八月在薛城常庄街道盛和家园二期工地干瓦工，一直没发工资，"
    "找包工头好几回，电话也不接了，希望把工资要回来。"
)


class Frames(QObject):
    """Notes what is wrong on the window whenever a part of it is drawn."""

    def __init__(self, wrong: Callable[[QWidget], str]) -> None:
        super().__init__()
        self._wrong = wrong
        self.seen: list[str] = []
        self.drawn = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 -- Qt's own name
        if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget):
            self.drawn += 1
            if wrong := self._wrong(watched):
                self.seen.append(wrong)
        return False


@pytest.fixture
def watch(qapp: QApplication) -> Iterator[Callable[[Callable[[QWidget], str]], Frames]]:
    """Watch every frame from now on."""
    made: list[Frames] = []

    def watch(wrong: Callable[[QWidget], str]) -> Frames:
        frames = Frames(wrong)
        qapp.installEventFilter(frames)
        made.append(frames)
        return frames

    yield watch
    for frames in made:
        qapp.removeEventFilter(frames)


def _cut_off(widget: QWidget) -> str:
    wraps = isinstance(widget, Words) and widget.wordWrap()
    return widget.text() if wraps and widget.height() < widget.heightForWidth(widget.width()) - 1 else ""  # type: ignore[attr-defined]  # a label


class Above:
    """Knows where each list's row above was painted."""

    def __init__(self) -> None:
        self._last: dict[QObject, tuple[int, QRect]] = {}

    def note(self, delegate: QObject, rect: QRect, index: QModelIndex, found: list[str]) -> None:
        """Take a row's place, and its text into *found* when it begins before the row above ends."""
        row, place = self._last.get(delegate, (-2, rect))
        if row == index.row() - 1 and rect.top() <= place.bottom():
            found.append(str(index.data()))
        self._last[delegate] = index.row(), QRect(rect)


@pytest.fixture
def squeezed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note every row that is painted over the one above it; to ask the list for its places would mend them."""
    found: list[str] = []
    above = Above()

    def hit(delegate: HitDelegate, painter: QPainter, option: Any, index: QModelIndex) -> None:
        above.note(delegate, option.rect, index, found)
        paint_hit(delegate, painter, option, index)

    def card(delegate: CardDelegate, painter: QPainter, option: Any, index: QModelIndex) -> None:
        above.note(delegate, option.rect, index, found)
        paint_card(delegate, painter, option, index)

    paint_hit, paint_card = HitDelegate.paint, CardDelegate.paint
    monkeypatch.setattr(HitDelegate, "paint", hit)
    monkeypatch.setattr(CardDelegate, "paint", card)
    return found


def test_no_frame_shows_rows_over_each_other(squeezed: list[str], desks: Desks) -> None:
    """
    Every row has the room its text needs at the width there is, from the first frame on and in every later one.
    """
    seat = desks.taker
    desks.orders(3)
    begin(seat)
    seat.hands.write(WAGES, free=True)
    looked(seat)

    for key in ("guidance", "category", "not_accepted"):
        for width, height in ((1920, 1080), (1366, 768), (1920, 1080), (1366, 768)):
            seat.window.resize(width, height)
            seat.window.grab()
            seat.hands.press(key)
            seat.window.grab()
            rest(150)
            seat.window.resize(width - 300, height)
            seat.window.grab()
            seat.hands.strike(Qt.Key.Key_Escape)

    assert squeezed == []


def _words(whole: QWidget) -> list[str]:
    """List the words that a frame drawn now would show; unlike `seen.said`, nothing else happens meanwhile."""
    labels = [label for label in QApplication.allWidgets() if isinstance(label, QLabel) and whole.isAncestorOf(label)]
    return sorted(label.text() for label in labels if label.isVisible() and label.text())


def test_no_frame_is_blank_where_something_is_shown_anew(desks: Desks) -> None:
    """
    Proposals, question and what was recognised are on the very next frame after they were found again.
    """
    seat = desks.taker
    begin(seat)
    seat.hands.write(WAGES, free=True)
    looked(seat)
    rest(200)
    intake = seat.work.intake
    before = _words(intake)

    assert intake.advice is not None
    intake._show_advice(incident(seat), intake.advice)
    settle()

    assert _words(intake) == before
    assert any("%" in words for words in before)


def test_no_frame_shows_words_cut_off_while_advice_arrives(
    desks: Desks, watch: Callable[[Callable[[QWidget], str]], Frames]
) -> None:
    """
    The order's preview grows with what is written, and no frame in between shows it squashed.
    """
    seat = desks.taker
    begin(seat)
    frames = watch(_cut_off)

    for start in range(0, len(WAGES), 20):
        seat.hands.write(WAGES[start : start + 20], free=True)
        looked(seat)
        drawn = frames.drawn
        until(lambda drawn=drawn: frames.drawn > drawn, "a frame")  # type: ignore[misc]

    assert frames.seen == []
