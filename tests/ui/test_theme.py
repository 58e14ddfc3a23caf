"""The promises of the look: readable in every theme, live in size, one style sheet."""

import re

import pytest
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QApplication, QLabel

from workstation.ui.resources import RESOURCES
from workstation.ui.theme import LARGEST, SMALLEST, THEMES, Appearance, colour, load_tokens, mark, sizes

SURFACES = ("bg", "panel", "raised", "field")
READ = 7.0
SECONDARY = 4.5
SEEN = 3.0

PAIRS = [
    *(("text", surface, READ) for surface in SURFACES),
    *(("muted", surface, SECONDARY) for surface in SURFACES),
    *((edge, surface, SEEN) for edge in ("edge", "accent", "ok", "warn", "danger") for surface in SURFACES),
    *((f"{state}_text", f"{state}_bg", READ) for state in ("accent", "ok", "warn", "danger")),
    *((f"{state}_text", "panel", READ) for state in ("accent", "warn", "danger")),
    ("text", "selection", READ),
    ("text", "accent_bg", READ),
    ("muted", "accent_bg", SECONDARY),
    ("muted", "selection", SECONDARY),
    ("on_accent", "accent", READ),
    ("keycap_text", "keycap", READ),
    ("on_stripe", "stripe", READ),
    ("stripe", "stripe_dark", SEEN),
    ("accent", "accent_bg", SEEN),
    ("accent", "keycap", SEEN),
]


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("ink", "paper", "least"), PAIRS)
def test_contrast(theme: str, ink: str, paper: str, least: float) -> None:
    """
    Text stands out 7:1, secondary text 4.5:1, control edges and focus 3:1, in every theme.
    """
    tokens = load_tokens(RESOURCES / "theme", theme)

    assert contrast(tokens[ink], tokens[paper]) >= least


def test_night_has_no_pure_areas() -> None:
    """
    At night no surface is pure black or white, so that eyes need not adapt.
    """
    tokens = load_tokens(RESOURCES / "theme", "night")

    assert all(0.002 < luminance(tokens[surface]) < 0.1 for surface in SURFACES)


def test_every_theme_has_the_same_tokens() -> None:
    """
    A colour that the style sheet uses exists in every theme.
    """
    sheet = (RESOURCES / "theme" / "window.qss").read_text(encoding="utf-8")
    used = set(re.findall(r"\$\{?(\w+)\}?", sheet)) - {*sizes(18), "family"}
    names = [set(load_tokens(RESOURCES / "theme", theme)) for theme in THEMES]

    assert used <= names[0]
    assert names[0] == names[1] == names[2]


def test_a_widget_state_changes_its_colour(appearance: Appearance) -> None:  # noqa: ARG001 - applied by the fixture
    """
    Marking a chip as a warning gives it the warning's colours by the style sheet alone.
    """
    chip = QLabel("text")
    chip.setProperty("role", "chip")
    chip.ensurePolished()
    mark(chip, "state", "warn")

    assert chip.palette().windowText().color() == colour("warn_text")


def test_text_size_stays_in_its_range(appearance: Appearance) -> None:
    """
    The text grows and shrinks live and stops at the ends of its range.
    """
    appearance.show_size(LARGEST)
    appearance.larger()
    largest = QApplication.font().pixelSize()
    appearance.show_size(SMALLEST)
    appearance.smaller()

    assert (largest, QApplication.font().pixelSize()) == (LARGEST, SMALLEST)


@pytest.mark.parametrize("size", [15, 18, 28])
def test_secondary_text_is_never_below_13_px(size: int) -> None:
    """
    Secondary text stays at 13 px or more, and the question is 1.35 times the text.
    """
    assert sizes(size)["small"] >= 13
    assert sizes(size)["question"] == round(size * 1.35)


def test_digits_are_equally_wide(appearance: Appearance) -> None:  # noqa: ARG001 - applied by the fixture
    """
    Numbers in a column line up, because every digit is as wide as the next.
    """
    metrics = QFontMetrics(QFont(QApplication.font()))

    assert len({metrics.horizontalAdvance(digit) for digit in "0123456789"}) == 1


@pytest.mark.parametrize("theme", THEMES)
def test_every_theme_can_be_applied_live(appearance: Appearance, theme: str) -> None:
    """
    Choosing a theme recolours what is on screen at once, without a warning from Qt.
    """
    label = QLabel("text")
    appearance.show_theme(theme)
    label.ensurePolished()

    assert label.palette().windowText().color() == colour("text")
