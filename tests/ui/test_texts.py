"""The promise that the window speaks Chinese throughout, and English when asked."""

import re
import shutil
from enum import Enum
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QCoreApplication

from workstation.build.translations import TEXTS, compile_texts, update
from workstation.domain.call_party import Ending, PartyState
from workstation.domain.call_seat import SeatState
from workstation.domain.call_table import CallAction, CallState
from workstation.domain.incident import Outcome
from workstation.domain.intake import FIELDS
from workstation.domain.lifecycle import Action, State
from workstation.domain.order import GapReason, Kind, Tier
from workstation.ui.keys import KEYS, said
from workstation.ui.labels import label
from workstation.ui.language import Language
from workstation.ui.resources import RESOURCES

CHINESE = re.compile(r"[\u4e00-\u9fff]")
SPOKEN: list[type[Enum]] = [
    Action, CallAction, CallState, Ending, GapReason, Kind, Outcome, PartyState, SeatState, State, Tier,
]  # fmt: skip


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the texts as they would be if the translations were brought up to date now."""
    copy = tmp_path_factory.mktemp("i18n") / "zh_CN.ts"
    shutil.copy(TEXTS, copy)
    update(copy)
    return copy


def test_every_text_of_the_window_is_translated(fresh: Path) -> None:
    """
    No text of the window lacks its Chinese: `python -m workstation.build.translations` takes up new ones.
    """
    messages = _messages(fresh)
    missing = [m.findtext("source") for m in messages if not (m.findtext("translation") or "").strip()]

    assert missing == []
    assert len(messages) > 100


def test_the_compiled_texts_are_fresh(tmp_path: Path) -> None:
    """
    What the window loads is what the translations say.
    """
    copy = shutil.copy(TEXTS, tmp_path / "zh_CN.ts")

    assert compile_texts(Path(copy)).read_bytes() == TEXTS.with_suffix(".qm").read_bytes()


def test_placeholders_survive_translation() -> None:
    """
    A number that a sentence needs stands in its Chinese too.
    """
    holes = re.compile(r"%\d|\{\w+\}")
    pairs = [(m.findtext("source") or "", m.findtext("translation") or "") for m in _messages(TEXTS)]
    wrong = [text for text, chinese in pairs if sorted(holes.findall(text)) != sorted(holes.findall(chinese))]

    assert wrong == []


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.id)
def test_keys_speak_both_languages(language: Language, key: object) -> None:
    """
    Every action of the table of keys has a Chinese and an English name.
    """
    text = key.text  # type: ignore[attr-defined]  # a key
    chinese = said(text)
    language.show("en_GB")

    assert CHINESE.search(chinese)
    assert said(text) == text


@pytest.mark.parametrize("kind", SPOKEN, ids=lambda kind: kind.__name__)
def test_domain_values_speak_both_languages(language: Language, kind: type[Enum]) -> None:
    """
    Every value that the window shows has its name in the glossary, in both languages.
    """
    chinese = {value: label(value) for value in kind}
    language.show("en_GB")
    english = {value: label(value) for value in kind}

    assert [value for value, name in chinese.items() if not CHINESE.search(name) and not name.isascii()] == []
    assert [value for value, name in chinese.items() if not CHINESE.search(name)] == []
    assert [value for value, name in english.items() if CHINESE.search(name)] == []


@pytest.mark.parametrize("field", FIELDS)
def test_fields_are_named(field: str) -> None:
    """
    Every field of the form has its Chinese name.
    """
    assert CHINESE.search(label(field))


def test_an_unknown_value_is_shown_as_it_is() -> None:
    """
    A value that a newer gateway sends is shown in its own words instead of failing.
    """
    assert label("quite_new_state") == "quite new state"


def test_a_text_without_translation_stays_readable() -> None:
    """
    A text nobody translated is shown in English, not as nothing, and Qt's own buttons are Chinese.
    """
    assert QCoreApplication.translate("Window", "quite new text") == "quite new text"
    assert CHINESE.search(QCoreApplication.translate("QPlatformTheme", "Cancel"))


def test_no_chinese_in_the_source() -> None:
    """
    Chinese lives in resources, so that one place has all of it.
    """
    sources = (RESOURCES.parent / "workstation").rglob("*.py")

    assert [path.name for path in sources if CHINESE.search(path.read_text(encoding="utf-8"))] == []


def _messages(texts: Path) -> list[ET.Element]:
    return list(ET.parse(texts).getroot().iter("message"))  # noqa: S314 - our own file
