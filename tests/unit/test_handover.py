"""The promises of the hand-over checklist: what was said stands in it, and what nobody asked is not made up."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.unit.domain_parts import SAFE, an_incident
from workstation.adapters.content_yaml import read_content
from workstation.domain.handover import Known, handover
from workstation.domain.privacy import Phone

WORDS = read_content(Path("resources")).wording.handover
VALUES = {"narrative": "煤气味很浓", "address": "和顺小区3号楼", "landmark": "桥头", "contact_phone": "19900000002"}


def test_what_is_known_stands_in_its_line() -> None:
    """
    Number, place, matter, danger, injured, both telephones and the advice each have their line, in this order.
    """
    incident = an_incident(VALUES, call_in_phone=Phone("19900000001"), safety=replace(SAFE, injured=True, danger=True))
    known = Known(place="峄城区", dangers=("燃气泄漏",), asked=("已关阀门",), advice="请先到室外。")

    assert handover(incident, known, WORDS) == (
        f"受理号：{incident.number}",
        "地点：峄城区和顺小区3号楼；桥头",
        "情况：煤气味很浓；已关阀门",
        "危险：燃气泄漏；有危险",
        "伤员：有人受伤",
        "来电号码：19900000001；19900000002",
        "已提示市民：请先到室外。",
    )


def test_what_nobody_asked_is_said_to_be_not_asked() -> None:
    """
    An empty form has its number and otherwise says line by line that it was not asked yet.
    """
    lines = handover(an_incident({}, call_in_phone=Phone(), safety=None), Known(), WORDS)

    assert [line.partition("：")[2] for line in lines[1:]] == ["尚未问到"] * 6


@pytest.mark.parametrize(
    ("answers", "danger", "injured"),
    [
        ({}, "市民称无", "市民称无人受伤"),
        ({"danger": True}, "有危险", "尚未问到"),
        ({"weapon": True}, "涉及违法犯罪或凶器", "尚未问到"),
        ({"crime": True}, "涉及违法犯罪或凶器", "尚未问到"),
        ({"injured": True}, "尚未问到", "有人受伤"),
    ],
)
def test_one_answer_says_nothing_of_the_others(answers: dict[str, bool], danger: str, injured: str) -> None:
    """
    The safety key takes one answer of four: that there is danger does not mean that nobody is hurt.
    """
    safety = replace(SAFE, **answers)  # type: ignore[arg-type]  # names of its yes/no fields

    lines = handover(an_incident({}, safety=safety), Known(), WORDS)

    assert lines[3] == f"危险：{danger}"
    assert lines[4] == f"伤员：{injured}"


def test_a_caller_who_wants_to_stay_unnamed_is_marked() -> None:
    """
    The number is needed on the way to a danger; that it is to be kept confidential stands beside it.
    """
    incident = an_incident({"confidential": "yes", "contact_phone": "19900000002"}, call_in_phone=Phone())

    assert handover(incident, Known(), WORDS)[5] == "来电号码：19900000002；来电人要求保密"


def test_content_without_these_words_still_shows_the_facts() -> None:
    """
    A station whose content is older than the checklist sees what is known, without names for the lines.
    """
    incident = an_incident({"narrative": "停水", "confidential": "yes"}, call_in_phone=Phone(), safety=SAFE)

    assert handover(incident, Known(), {})[:4] == (incident.number, "", "停水", "")
