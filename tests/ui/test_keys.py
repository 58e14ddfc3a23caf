"""The promises of the table of keys and of chords."""

from collections import Counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from workstation.ui.chord import Chord, digits
from workstation.ui.keys import FORBIDDEN, KEYS, TOGETHER, Key, bind, cap


@pytest.mark.parametrize("scopes", TOGETHER)
def test_a_key_means_one_thing_on_a_screen(scopes: set[object]) -> None:
    """
    On one screen no key has two meanings.
    """
    counts = Counter(key.sequence for key in KEYS if key.scope in scopes)

    assert {sequence for sequence, count in counts.items() if count > 1} == set()


def test_ids_are_unique() -> None:
    """
    Every action has one row and so one key.
    """
    assert len({key.id for key in KEYS}) == len(KEYS)


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.id)
def test_no_key_belongs_to_somebody_else(key: Key) -> None:
    """
    No key collides with input methods, the desktop shell or Qt's own editing, and Qt can read every one.
    """
    forbidden = {QKeySequence(sequence) for sequence in FORBIDDEN}

    assert QKeySequence(key.sequence) not in forbidden
    assert QKeySequence(key.sequence).count() == 1
    assert QKeySequence(key.sequence).toString() == key.sequence


@pytest.mark.parametrize("key", [key for key in KEYS if key.scope.name == "INTAKE"], ids=lambda key: key.id)
def test_intake_keys_never_type(key: Key) -> None:
    """
    A key of the intake screen never takes a letter or digit away from the text being written.
    """
    bare = len(key.sequence) == 1

    assert not bare


def test_caps_are_shown_as_people_read_them() -> None:
    """
    The key-cap of the usual outcome shows the key people see on their keyboard.
    """
    assert cap("work_order") == "Ctrl+↵"
    assert cap("smaller") == "Ctrl+-"


def test_a_bound_key_acts_while_text_has_the_focus(qtbot: QtBot) -> None:
    """
    A key works while the cursor stands in a text field, and types nothing there.
    """
    window, edit = _window_with_text(qtbot)
    acted: list[str] = []
    bind("police_dispatch", window, lambda: acted.append("police_dispatch"))

    QTest.keyClick(edit, Qt.Key.Key_F5)

    assert acted == ["police_dispatch"]
    assert not edit.text()


def test_a_chord_takes_its_second_key_from_the_text(qtbot: QtBot) -> None:
    """
    After F1 the digit answers the safety screen, the text stays as it was, and the next digit is text again.
    """
    window, edit = _window_with_text(qtbot)
    chord = Chord(digits(4), window)
    bind("safety", window, chord.start)
    chosen: list[object] = []
    chord.chosen.connect(chosen.append)

    QTest.keyClick(edit, Qt.Key.Key_F1)
    QTest.keyClick(edit, Qt.Key.Key_2)
    QTest.keyClick(edit, Qt.Key.Key_3)

    assert chosen == [2]
    assert edit.text() == "3"


def test_a_chord_gives_way_to_any_other_key(qtbot: QtBot) -> None:
    """
    Typing on instead of a second key ends the chord and loses no letter.
    """
    window, edit = _window_with_text(qtbot)
    chord = Chord(digits(4), window)
    chord.start()

    QTest.keyClicks(edit, "a1")

    assert edit.text() == "a1"
    assert not chord.is_waiting


def test_a_chord_times_out(qtbot: QtBot) -> None:
    """
    A forgotten chord ends by itself and says so, and digits are text again.
    """
    window, edit = _window_with_text(qtbot)
    chord = Chord(digits(4), window, patience_ms=20)
    chord.start()
    with qtbot.waitSignal(chord.waiting) as waiting:
        pass

    QTest.keyClick(edit, Qt.Key.Key_1)

    assert waiting.args == [False]
    assert edit.text() == "1"


def test_hang_up_needs_a_second_press(qtbot: QtBot) -> None:
    """
    Hanging up takes two presses of its key; one press alone does nothing.
    """
    window, edit = _window_with_text(qtbot)
    chord = Chord({Qt.Key.Key_F4: "hang_up"}, window)
    bind("hang_up", window, chord.start)
    chosen: list[object] = []
    chord.chosen.connect(chosen.append)

    QTest.keyClick(edit, Qt.Key.Key_F4)
    before = list(chosen)
    QTest.keyClick(edit, Qt.Key.Key_F4)

    assert before == []
    assert chosen == ["hang_up"]


def _window_with_text(qtbot: QtBot) -> tuple[QWidget, QLineEdit]:
    window = QWidget()
    edit = QLineEdit()
    QVBoxLayout(window).addWidget(edit)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    edit.setFocus()
    return window, edit
