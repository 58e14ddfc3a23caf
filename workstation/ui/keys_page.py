"""The page that shows every key."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from workstation.ui.cards import Card
from workstation.ui.chips import KeyCap, Words
from workstation.ui.keys import KEYS, Key, Scope, said, shown

COLUMNS = 3


class KeysPage(QScrollArea):
    """Lists the keys as the table has them, one card for each place where they work."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setSpacing(8)
        for scope in Scope:
            column.addWidget(_card(scope))
        column.addStretch(1)
        self.setWidget(page)


def rows(scope: Scope) -> list[tuple[str, str]]:
    """Return what the page says of a scope: keys, and what they do; numbered keys share a line."""
    found: dict[str, list[Key]] = {}
    for row in KEYS:
        if row.scope is scope:
            found.setdefault(row.text, []).append(row)
    return [(_spelled(keys), said(text)) for text, keys in found.items()]


def _spelled(keys: list[Key]) -> str:
    first, last = shown(keys[0].sequence), shown(keys[-1].sequence)
    whole = ord(last[-1]) - ord(first[-1]) == len(keys) - 1
    spelled = first if len(keys) == 1 else f"{first}{'–' if whole else ' … '}{last[-1]}"
    return f"{spelled}, {keys[0].then}" if keys[0].then else spelled


def _card(scope: Scope) -> Card:
    card = Card(said(scope.value))
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(4)
    for place, (keys, text) in enumerate(rows(scope)):
        row, column = divmod(place, COLUMNS)
        cap = KeyCap("all_keys")
        cap.show_text(keys)
        grid.addWidget(cap, row, 2 * column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(Words(text), row, 2 * column + 1)
        grid.setColumnStretch(2 * column + 1, 1)
    card.body.addLayout(grid)
    return card
