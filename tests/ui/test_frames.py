"""The promises of every single frame: nothing is drawn half laid out, whatever arrives while somebody writes."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.desks import Desks, begin, looked
from workstation.ui.chips import Words
from workstation.ui.demo_hands import until

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
