"""The intake form: what a human wrote stays, gaps are coded, nothing is checked away."""

from __future__ import annotations

import pytest

from workstation.domain.errors import InvalidValue
from workstation.domain.intake import FIELDS, Intake, Origin, completeness
from workstation.domain.order import GapReason
from workstation.domain.questions import Answer


@pytest.mark.parametrize("name", FIELDS)
def test_every_field_keeps_what_was_typed(name: str) -> None:
    """
    Half a sentence, blanks and emoji are kept as they are, with where they came from.
    """
    intake = Intake().with_value(name, " 半句\U0001f600 ")

    assert intake.get(name) == " 半句\U0001f600 "
    assert intake.filled(name)
    assert intake.origins == {name: Origin.HUMAN}
    assert not Intake().with_value(name, " \n").filled(name)
    assert Intake().get(name) == ""


@pytest.mark.parametrize("origin", [Origin.CALL, Origin.SUGGESTED, Origin.DEFAULT])
def test_a_machine_never_replaces_what_a_human_wrote(origin: Origin) -> None:
    """
    A proposal fills an empty field and replaces another proposal, but never a human's text.
    """
    human = Intake().with_value("address", "东湖路9号")
    cleared = human.with_value("address", " ")

    assert human.with_value("address", "东湖路", origin) is human
    assert cleared.with_value("address", "东湖路", origin).get("address") == "东湖路"
    proposed = Intake().with_value("address", "西湖路", Origin.SUGGESTED).with_value("address", "东湖路", origin)
    assert (proposed.get("address"), proposed.origins["address"]) == ("东湖路", origin)
    assert human.with_value("address", "东湖路11号").get("address") == "东湖路11号"


def test_a_gap_goes_when_its_field_is_filled() -> None:
    """
    A coded reason stands for an empty field only.
    """
    gap = Intake().with_gap("address", GapReason.HUNG_UP)

    assert gap.gaps == {"address": GapReason.HUNG_UP}
    assert gap.with_value("address", " ").gaps == {"address": GapReason.HUNG_UP}
    assert gap.with_value("address", "东湖路9号").gaps == {}
    assert gap.with_value("wish", "停业").gaps == {"address": GapReason.HUNG_UP}
    with pytest.raises(InvalidValue) as refused:
        Intake().with_value("address", "东湖路9号").with_gap("address", GapReason.REFUSED)
    assert refused.value.problem == "not_empty"


def test_there_are_no_other_fields() -> None:
    """
    A field that the form does not have is a mistake.
    """
    with pytest.raises(InvalidValue):
        Intake().with_value("colour", "red")
    with pytest.raises(InvalidValue):
        Intake().with_gap("colour", GapReason.REFUSED)


def test_an_answer_replaces_the_one_before() -> None:
    """
    The last answer to a question counts.
    """
    first = Intake().with_answer(Answer("wages_people", "3"))

    assert first.with_answer(Answer("wages_people", "4")).answers == {"wages_people": Answer("wages_people", "4")}


def test_completeness_counts_filled_and_explained_fields() -> None:
    """
    A required field is done when it is filled or its gap explained; the others are listed in talking order.
    """
    intake = Intake().with_value("narrative", "油烟").with_gap("caller_name", GapReason.REFUSED).with_value("wish", " ")

    some = completeness(intake, ("address", "caller_name", "narrative", "wish"))

    assert (some.done, some.total, some.missing, some.complete) == (2, 4, ("address", "wish"), False)
    assert completeness(intake, ("narrative",)).complete
    assert completeness(intake, ()).complete


def test_a_form_prints_no_text() -> None:
    """
    Logs see which fields are filled, never what is in them.
    """
    assert repr(Intake(values={"wish": "停业", "address": ""})) == "Intake(filled=['wish'])"
