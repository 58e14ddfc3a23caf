"""Personal values mask themselves wherever they are printed."""

from __future__ import annotations

import copy
import pickle

import pytest

from workstation.domain.privacy import PERSONAL, Address, IdNumber, PersonName, Phone

TEXTS = {
    Phone: ("19900001234", "199****34"),
    PersonName: ("欧阳修竹", "欧***"),
    Address: ("东湖路9号3单元", "****"),
    IdNumber: ("110101190001011234", "11****4"),
}


@pytest.mark.parametrize("kind", PERSONAL)
def test_a_personal_value_prints_masked(kind: type[Phone]) -> None:
    """
    Neither print, format, log nor traceback shows more than the mask.
    """
    text, masked = TEXTS[kind]
    value = kind(text)

    for shown in (str(value), repr(value), f"{value}", f"{[value]}", "%s" % value, "%r" % value):  # noqa: UP031
        assert masked in shown
        assert text not in shown
    assert value.text == text


@pytest.mark.parametrize("kind", PERSONAL)
@pytest.mark.parametrize("text", ["1", "12", "1234", "123456"])
def test_a_short_value_is_not_shown_by_its_mask(kind: type[Phone], text: str) -> None:
    """
    A mask never spells a short value out.
    """
    shown = kind(text).masked()

    assert text[1:] not in shown or text[1:] == ""
    if kind.__name__ != "PersonName":
        assert set(shown) == {"*"}


@pytest.mark.parametrize("kind", PERSONAL)
def test_a_personal_value_behaves_as_a_value(kind: type[Phone]) -> None:
    """
    Equal texts of one kind are equal, also after a copy; kinds do not mix, and nothing can be changed.
    """
    value = kind("19900001234")

    assert value == kind("19900001234") == copy.deepcopy(value) == pickle.loads(pickle.dumps(value))  # noqa: S301
    assert hash(value) == hash(kind("19900001234"))
    assert value not in {
        kind("19900001235"),
        "19900001234",
        *(other("19900001234") for other in PERSONAL if other is not kind),
    }
    assert len(value) == 11
    assert value
    assert not kind()
    with pytest.raises(AttributeError):
        value.text = "1"
