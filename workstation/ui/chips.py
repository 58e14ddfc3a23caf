"""The smallest pieces of the window: words, key-caps, chips, dots and meters."""

import re
from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from workstation.domain.bigrams import places_of
from workstation.ui.keys import cap
from workstation.ui.theme import colour, mark

LONGEST_LINE = 24
_UNBROKEN = re.compile(r"[!-~]{20,}")
_PIECE = re.compile(r".{8}")


class Words(QLabel):
    """Plain text that wraps anywhere, whatever a citizen said or somebody pasted."""

    def __init__(self, text: str = "", *, role: str = "", wraps: bool = True) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wraps)
        if role:
            self.setProperty("role", role)
        self.show_text(text)

    def show_text(self, text: str) -> None:
        if text != self.text():
            self.setText(breakable(text))


class FoundWords(Words):
    """Words in which what was searched for is tinted and underlined, while it is searched for."""

    def __init__(self, text: str = "", *, role: str = "") -> None:
        self._plain = text
        self._query = ""
        super().__init__(text, role=role)

    def show_found(self, query: str) -> None:
        """Tint what *query* asks for; an empty one takes the tint away."""
        if query != self._query:
            self._query = query
            self._tint()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._query:
            self._tint()

    def _tint(self) -> None:
        places = places_of(self._plain, self._query) if self._query else ()
        self.setTextFormat(Qt.TextFormat.RichText if places else Qt.TextFormat.PlainText)
        self.setText(_tinted(self._plain, places) if places else breakable(self._plain))


class KeyCap(QLabel):
    """Shows the key of an action, and in a few letters what it does."""

    def __init__(self, id: str, text: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", "keycap")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.show_key(id, text)

    def show_key(self, id: str, text: str = "") -> None:
        self.setText(f"{cap(id)} {text}".strip())

    def show_text(self, text: str) -> None:
        """Show a key or a range of keys that the table spells out one by one."""
        self.setText(text)

    def show_pressed(self, pressed: bool) -> None:  # noqa: FBT001 - a Qt slot
        mark(self, "state", "pressed" if pressed else "")


class Chip(QLabel):
    """A word with a state; the colour only repeats what the word says. Empty, it is not there."""

    def __init__(self, text: str = "", state: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", "chip")
        self.show_chip(text, state)

    def show_chip(self, text: str, state: str = "") -> None:
        long = len(text) > LONGEST_LINE
        self.setWordWrap(long)
        height = QSizePolicy.Policy.Preferred if long else QSizePolicy.Policy.Fixed
        self.setSizePolicy(QSizePolicy.Policy.Maximum, height)
        self.setText(breakable(text))
        if text and self.parentWidget() is None:
            # Shown before it has a place it would be a window of its own, for an instant, and take the focus.
            self.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, False)
        else:
            self.setVisible(bool(text))
        mark(self, "state", state)


class Dot(QLabel):
    """A round light that stands beside a word."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "dot")
        self.setFixedSize(16, 16)

    def show_state(self, state: str) -> None:
        mark(self, "state", state)


class Meter(QWidget):
    """A thin bar; the number it shows stands beside it in words.

    Qt's own bar paints itself at once whenever its value changes, in the middle of whatever the window is doing.
    """

    HEIGHT = 6

    def __init__(self, width: int = 96) -> None:
        super().__init__()
        self.setFixedSize(width, self.HEIGHT)
        self.share = 0.0
        self._state = ""

    def show_share(self, share: float, state: str = "") -> None:
        """Show *share* of the whole, 0 to 1; *state* is ok, warn or nothing."""
        self.share, self._state = min(max(share, 0.0), 1.0), state
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        radius = self.HEIGHT / 2
        painter.setBrush(colour("keycap"))
        painter.drawRoundedRect(self.rect(), radius, radius)
        if self.share:
            filled = self.rect().adjusted(0, 0, -round(self.width() * (1 - self.share)), 0)
            painter.setBrush(colour(self._state or "accent"))
            painter.drawRoundedRect(filled, radius, radius)
        painter.end()


def _tinted(text: str, places: Sequence[tuple[int, int]]) -> str:
    """Return *text* as rich text; whatever a citizen said stays text in it."""
    ink, ground = colour("accent_text").name(), colour("accent_bg").name()
    pieces, last = [], 0
    for start, end in places:
        style = f"color: {ink}; background-color: {ground}; text-decoration: underline"
        pieces += [_rich(text[last:start]), f'<span style="{style}">{_rich(text[start:end])}</span>']
        last = end
    return "".join((*pieces, _rich(text[last:])))


def _rich(text: str) -> str:
    return escape(breakable(text)).replace("\n", "<br>")


def breakable(text: str) -> str:
    """Let long runs without a blank break, as Chinese text does by itself."""
    return _UNBROKEN.sub(lambda run: _PIECE.sub("\\g<0>\N{ZERO WIDTH SPACE}", run[0]), text)


def beginning(text: str, most: int = 24) -> str:
    """Return the first *most* characters, and say by a sign when there are more."""
    return text if len(text) <= most else f"{text[: most - 1]}\N{HORIZONTAL ELLIPSIS}"


def ages(seconds: float) -> str:
    """Return an age as m:ss below an hour, h:mm:ss above."""
    whole = max(0, int(seconds))
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"
