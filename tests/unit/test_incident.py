"""The incident: whose it is, how it ends, which two endings go together."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import combinations, permutations

import pytest

from tests.unit.domain_parts import NOON, SAFE, a_consented, an_incident
from workstation.domain.errors import IllegalAction, InvalidValue
from workstation.domain.incident import PAIRS, Incident, Outcome, Safety, Stage
from workstation.domain.intake import Intake
from workstation.domain.order import GapReason

LATER = NOON + timedelta(minutes=3)
WHAT = {"reason": "属于劳动争议", "police_number": "J-1", "linked_number": "260301-07-009", "linkage_call": "call-7"}
NEEDED = {
    Outcome.POLICE_DISPATCH: ("police_number",),
    Outcome.NOT_ACCEPTED: ("reason",),
    Outcome.INVALID_CALL: ("reason",),
    Outcome.LINKED_TO_ORDER: ("linked_number",),
}
NAMED_PAIRS = {
    frozenset({Outcome.POLICE_DISPATCH, Outcome.WORK_ORDER}),
    frozenset({Outcome.URGENT_LINKAGE, Outcome.POLICE_DISPATCH}),
    frozenset({Outcome.URGENT_LINKAGE, Outcome.WORK_ORDER}),
    frozenset({Outcome.CALL_TRANSFER, Outcome.WORK_ORDER}),
}


def end(incident: Incident, outcome: Outcome, **what: str) -> Incident:
    """Conclude *incident* with everything that any outcome needs."""
    return incident.concluded(outcome, LATER, stay_open=False, **{**WHAT, **what})


@pytest.mark.parametrize("outcome", list(Outcome))
def test_each_outcome_ends_the_incident(outcome: Outcome) -> None:
    """
    One key, one outcome: the incident is concluded as a new revision with what the outcome brought.
    """
    done = end(a_consented(), outcome)

    assert (done.stage, done.outcomes, done.revision) == (Stage.CONCLUDED, (outcome,), 1)
    assert (done.updated_at, done.reason, done.police_number) == (LATER, "属于劳动争议", "J-1")


@pytest.mark.parametrize(
    ("outcome", "field"), [(Outcome.POLICE_DISPATCH, "police_number"), (Outcome.INVALID_CALL, "reason")]
)
def test_what_is_typed_for_an_outcome_holds_nothing_unseen(outcome: Outcome, field: str) -> None:
    """
    A police number or a reason with a control character is never recorded.
    """
    with pytest.raises(InvalidValue) as refused:
        end(an_incident(), outcome, **{field: "J\u202e1"})

    assert (refused.value.field, refused.value.problem) == (field, "control_character")


@pytest.mark.parametrize("outcome", list(Outcome))
def test_an_outcome_asks_for_what_it_needs(outcome: Outcome) -> None:
    """
    A refusal needs its reason, a dispatch its number, a link its order; the others need nothing.
    """
    for name in NEEDED.get(outcome, ()):
        with pytest.raises(InvalidValue) as refused:
            end(an_incident(), outcome, **{name: ""})
        assert (refused.value.field, refused.value.problem) == (name, "required")
    known = replace(a_consented(), **{name: WHAT[name] for name in NEEDED.get(outcome, ())})  # type: ignore[arg-type]

    assert known.concluded(outcome, LATER).outcomes == (outcome,)


@pytest.mark.parametrize(("first", "second"), list(permutations(Outcome, 2)))
def test_only_the_named_pairs_go_together(first: Outcome, second: Outcome) -> None:
    """
    A second outcome is possible in the four named pairs, in either order; a danger takes the place of a three-way call.
    """
    once = replace(end(a_consented(), first), stage=Stage.OPEN)

    if first is Outcome.CALL_TRANSFER and second in {Outcome.POLICE_DISPATCH, Outcome.URGENT_LINKAGE}:
        assert end(once, second).outcomes == (second,)
    elif frozenset({first, second}) in NAMED_PAIRS:
        assert end(once, second).outcomes == (first, second)
    else:
        with pytest.raises(IllegalAction) as refused:
            end(once, second)
        assert refused.value.why == "not_a_pair"


def test_a_form_may_stay_open_for_the_second_outcome() -> None:
    """
    While an order is still to come after the fact, the form goes on with the first outcome recorded.
    """
    once = an_incident().concluded(Outcome.POLICE_DISPATCH, LATER, stay_open=True, police_number="J-1")

    assert (once.stage, once.outcomes, once.revision) == (Stage.OPEN, (Outcome.POLICE_DISPATCH,), 1)


def test_there_is_never_a_third_outcome() -> None:
    """
    Even where each two of three go together, the three do not.
    """
    both = an_incident(outcomes=(Outcome.URGENT_LINKAGE, Outcome.POLICE_DISPATCH))

    with pytest.raises(IllegalAction):
        both.concluded(Outcome.WORK_ORDER, LATER)
    assert NAMED_PAIRS == PAIRS


def test_the_same_outcome_again_is_a_new_revision() -> None:
    """
    An order that is mended and sent again does not double its outcome.
    """
    sent = a_consented().concluded(Outcome.WORK_ORDER, NOON)

    again = sent.reopened(LATER).concluded(Outcome.WORK_ORDER, LATER)

    assert sent.reopened(LATER).stage is Stage.OPEN
    assert (again.outcomes, again.revision) == ((Outcome.WORK_ORDER,), 2)


@pytest.mark.parametrize(
    ("what", "why"),
    [
        ({"safety": None}, "safety_first"),
        ({"safety": replace(SAFE, injured=True)}, "danger_first"),
        ({"safety": replace(SAFE, danger=True), "outcomes": (Outcome.CALL_TRANSFER,)}, "danger_first"),
        ({"intake": Intake(values={"consent": "no"})}, "no_consent"),
    ],
)
def test_no_order_leaves_past_a_danger_or_the_callers_will(what: dict[str, object], why: str) -> None:
    """
    Safety is answered first, a danger has somebody on the way, and a caller who says no is not handed over.
    """
    with pytest.raises(IllegalAction) as refused:
        a_consented(**what).concluded(Outcome.WORK_ORDER, LATER)

    assert refused.value.why == why


def test_consent_is_asked_for_or_the_gap_is_explained() -> None:
    """
    Whoever hung up before the question could not be asked; that is said, and the order goes.
    """
    with pytest.raises(InvalidValue) as refused:
        a_consented(intake=Intake()).concluded(Outcome.WORK_ORDER, LATER)
    explained = Intake().with_gap("consent", GapReason.HUNG_UP)

    assert (refused.value.field, refused.value.problem) == ("consent", "required")
    assert a_consented(intake=explained).concluded(Outcome.WORK_ORDER, LATER).outcomes == (Outcome.WORK_ORDER,)


@pytest.mark.parametrize("first", [Outcome.POLICE_DISPATCH, Outcome.URGENT_LINKAGE])
def test_after_a_danger_was_acted_on_its_order_may_follow(first: Outcome) -> None:
    """
    Once police or rescue are on their way the department's part is handed over as well.
    """
    acted = a_consented(safety=replace(SAFE, danger=True), outcomes=(first,))

    assert acted.concluded(Outcome.WORK_ORDER, LATER).outcomes == (first, Outcome.WORK_ORDER)


def test_an_edit_is_the_authors_own() -> None:
    """
    A draft is edited by its author, until it is concluded.
    """
    intake = Intake(values={"narrative": "油烟"})
    edited = an_incident(authors=()).edited(intake, "taker-1", LATER)

    assert (edited.intake, edited.authors, edited.updated_at) == (intake, ("taker-1",), LATER)
    assert edited.edited(Intake(), "taker-1", LATER).authors == ("taker-1",)
    with pytest.raises(IllegalAction) as stranger:
        edited.edited(intake, "taker-2", LATER)
    with pytest.raises(IllegalAction) as late:
        replace(edited, stage=Stage.CONCLUDED).edited(intake, "taker-1", LATER)
    assert (stranger.value.why, late.value.why) == ("not_your_draft", "concluded")


def test_a_draft_is_handed_over_with_a_line_in_its_log() -> None:
    """
    Who takes a draft over becomes its author, the one before stays an author, and the log says when.
    """
    taken = an_incident().taken_over("taker-2", LATER)

    assert (taken.author, taken.authors) == ("taker-2", ("taker-1", "taker-2"))
    assert taken.handed_over == ("2026-03-02T04:03:00+00:00 taker-1 -> taker-2",)
    assert taken.edited(Intake(), "taker-2", LATER).author == "taker-2"


def test_the_log_of_hand_overs_has_no_hole() -> None:
    """
    Who claims a draft names whom it came from, hand by hand; a line from nowhere proves nothing.
    """
    once = an_incident().taken_over("taker-2", LATER)
    twice = once.taken_over("taker-3", LATER)
    forged = an_incident(author="taker-3", handed_over=(f"{LATER.isoformat()} taker-9 -> taker-3",))
    torn = replace(twice, handed_over=twice.handed_over[:1])

    assert [once.came_from({"taker-1"}), twice.came_from({"taker-1"}), twice.came_from({"taker-2"})] == [True] * 3
    assert [forged.came_from({"taker-1"}), torn.came_from({"taker-1"})] == [False, False]
    assert an_incident().came_from({"taker-1"})
    assert not an_incident().came_from({"taker-2"})


def test_four_times_no_is_clear() -> None:
    """
    One yes on the safety screen and the matter does not leave for the hotline.
    """
    names = ("danger", "injured", "weapon", "crime")

    for count in range(5):
        for chosen in combinations(names, count):
            safety = Safety(**{name: name in chosen for name in names}, at=NOON)
            assert safety.clear is (count == 0)


def test_limits_hold_and_nothing_is_printed() -> None:
    """
    An incident out of its limits cannot be made, and logs see its id and state only.
    """
    with pytest.raises(InvalidValue):
        an_incident(seat="123456789")
    assert repr(an_incident({"narrative": "油烟"})) == "Incident(incident-1, open, revision=0)"
