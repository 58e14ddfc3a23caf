"""What the machine says about a form as it stands, with the station's own content and no network."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.unit.domain_parts import NOON, an_incident
from workstation.bootstrap.library import read_library
from workstation.desk.assist import Assistant
from workstation.domain.errors import InvalidValue
from workstation.domain.incident import Outcome
from workstation.domain.intake import FIELDS
from workstation.domain.order import GapReason, SecondContact
from workstation.domain.questions import Answer
from workstation.domain.suggestion import Suggestion, Suggestions

if TYPE_CHECKING:
    from pathlib import Path

    from workstation.desk.library import Library

SMOKE = "市中区小区楼下烧烤店油烟很大，每晚十一点还在营业"


class Answering:
    """A recogniser that always has the same answer, or no weights at all."""

    def __init__(self, answer: Suggestions | None) -> None:
        self._answer = answer

    def suggest(self, text: str, top: int = 3) -> Suggestions:
        if self._answer is None:
            raise InvalidValue("weights", "missing")
        return replace(self._answer, top=self._answer.top[:top]) if text else Suggestions()


@pytest.fixture(scope="module")
def library(repository: Path) -> Library:
    return read_library(repository / "resources")


def assistant(library: Library, answer: Suggestions | None = None) -> Assistant:
    return Assistant(replace(library, recogniser=Answering(answer)), lambda: NOON)


def test_an_empty_form_is_looked_at_too(library: Library) -> None:
    """
    Before the first word there is a question to ask and a list of what is missing.
    """
    advice = assistant(library, Suggestions()).look(an_incident())

    assert advice.question is not None
    assert "narrative" in advice.completeness.missing
    assert (advice.problems, advice.guidance, advice.dangers) == ({}, None, ())
    assert advice.usual is Outcome.WORK_ORDER
    assert advice.place.certain is None


def test_the_machine_changes_nothing_by_itself(library: Library) -> None:
    """
    Looking leaves the form as it is, and a sure place is offered only as far as it is sure.
    """
    incident = an_incident({"narrative": SMOKE})

    advice = assistant(library, Suggestions()).look(incident)

    assert incident == an_incident({"narrative": SMOKE})
    assert advice.place.certain is not None
    assert assistant(library).region_label(advice.place.certain.id) == "市中区"
    assert advice.preview is not None
    assert "油烟很大" in advice.preview.content
    assert advice.preview.region == ""


def test_a_broad_category_leaves_the_subject_to_the_caller(library: Library) -> None:
    """
    The first level of the tree names no matter: the subject then says what the caller said first.
    """
    intake = an_incident().intake.with_value("narrative", "西侧路上垃圾成山，没人管")
    tree = library.content.categories
    level1 = tree.children()[0]
    advice = assistant(library, Suggestions()).look(an_incident(intake=intake.with_value("category", level1.code)))

    assert advice.preview is not None
    assert "西侧路上垃圾成山" in advice.preview.subject
    assert level1.name not in advice.preview.subject
    assert advice.preview.category_name == level1.name


def test_a_gap_given_beside_its_field_is_not_asked_again(library: Library) -> None:
    """
    The question that fills a field is settled once the field's gap has its reason.
    """
    asks = assistant(library, Suggestions())
    first = asks.look(an_incident()).question
    assert first is not None
    assert first.fills

    gap = an_incident().intake.with_value(first.fills, "").with_gap(first.fills, GapReason.UNKNOWN)
    after = asks.look(an_incident(intake=gap))
    assert after.question != first
    assert after.progress.settled >= 1


def test_an_unsure_proposal_chooses_no_sheet(library: Library) -> None:
    """
    Only a sure proposal, or a chosen category, brings its own questions.
    """
    tree = library.content.categories
    code = next(leaf.code for leaf in tree.leaves() if tree.sheet(leaf.code) != "general")
    offer = (Suggestion(code, "任意", 0.9),)
    incident = an_incident({"narrative": SMOKE})

    sure = assistant(library, Suggestions(offer, unsure=False)).look(incident)
    unsure = assistant(library, Suggestions(offer, unsure=True)).look(incident)
    chosen = assistant(library, Suggestions()).look(an_incident({"narrative": SMOKE, "category": code}))

    assert sure.sheet == chosen.sheet == library.content.sheet_for(code)
    assert unsure.sheet == library.content.sheet_for("")
    assert chosen.decided.matter == tree.names(code)[-1]


def test_an_order_names_the_item_that_was_shown(library: Library) -> None:
    """
    The item on the card is the order's basis with its edition, unless it is one that speaks against an order.
    """
    guidance, asks = library.content.guidance, assistant(library, Suggestions())
    divert = next(item for item in guidance.divert if item.categories)
    order = asks.look(an_incident({"narrative": "门口的事", "category": divert.categories[0]}))
    refuse = asks.look(an_incident({"narrative": "法院已经判决了，我不服"}))

    assert order.guidance is not None
    assert order.preview is not None
    assert (order.preview.guidance_item, order.preview.guidance_version) == (
        order.guidance.id,
        guidance.edition.version,
    )
    assert refuse.guidance is not None
    assert refuse.preview is not None
    assert (refuse.preview.guidance_item, refuse.preview.guidance_version) == ("", "")


def test_an_answer_on_the_sheet_says_why_a_second_call_is_likely(library: Library) -> None:
    """
    Who has a contract to show for unpaid wages will be called for it.
    """
    intake = an_incident({"narrative": "欠薪", "category": "0501"}).intake.with_answer(
        Answer("wages_proof", "contract")
    )

    advice = assistant(library, Suggestions()).look(an_incident(intake=intake))

    assert advice.preview is not None
    assert advice.preview.second_contact is SecondContact.EVIDENCE


def test_without_weights_the_form_goes_on(library: Library) -> None:
    """
    A station without a recogniser still shows questions, units and the order.
    """
    advice = assistant(library).look(an_incident({"narrative": SMOKE}))

    assert advice.suggestions.top == ()
    assert advice.preview is not None


def test_a_wrong_field_hides_no_other_advice(library: Library) -> None:
    """
    While a field is wrong there is no order to preview, and everything else is still said.
    """
    advice = assistant(library, Suggestions()).look(an_incident({"narrative": SMOKE, "contact_phone": "1990"}))

    assert set(advice.problems) == {"contact_phone"}
    assert advice.preview is None
    assert advice.question is not None


@pytest.mark.parametrize("name", FIELDS)
def test_no_text_in_any_field_stops_the_advice(name: str, library: Library) -> None:
    """
    Whatever stands in a field, the form is looked at without a crash.
    """
    helper = assistant(library, Suggestions())
    for text in ("\x00", "长" * 6000, "\U0001f600", "{answer}", "370402999999", " "):
        assert helper.look(an_incident({name: text})).completeness.total > 0
