"""The promises of an urgent linkage: what is said of it is what became of it."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.ui.desks import Desks, answer_call, begin, incident, looked
from workstation.adapters.telephony_simulated import LineScript, SimulatedTelephony
from workstation.domain.call import Call
from workstation.domain.call_party import Ending, Party, PartyKind
from workstation.domain.incident import Outcome
from workstation.ui.chips import Words
from workstation.ui.demo_hands import until
from workstation.ui.demo_stage import Seat

RETURN = Qt.Key.Key_Return
ESC = Qt.Key.Key_Escape
FIRE = "119"
NUMBER, BACKUP = "0632-5550119", "0632-5550129"
LATE = timedelta(seconds=16)
BUSY = LineScript(Ending.BUSY, after=0.05)
SILENT = LineScript(Ending.NO_ANSWER)
ANSWERS = LineScript(Ending.JOINED, after=0.05)


@pytest.fixture
def by_hand(desks: Desks) -> Desks:
    """Give consoles whose telephone stands on the desk: whoever sits there tells what happened at it."""
    desks.by_hand = True
    return desks


def _answer_by_hand(seat: Seat) -> None:
    seat.hands.press("ready")
    seat.hands.press("incoming")
    seat.hands.write("19900002210")
    seat.hands.strike(RETURN)
    until(seat.work.console.phone.ringing, "a call that rings")
    seat.hands.press("answer")
    until(lambda: seat.work.intake.incident is not None, "the call's form")
    looked(seat)


def _link(seat: Seat) -> str:
    seat.hands.press("urgent_linkage")
    seat.hands.digit(1)
    return seat.work.intake.panels.notice.text


def _notice(seat: Seat) -> str:
    return seat.work.intake.panels.notice.text


def _script(desks: Desks, first: LineScript, backup: LineScript) -> SimulatedTelephony:
    """Let the two numbers of the fire brigade behave so, and return their telephone."""
    telephone = getattr(desks.stage.taker.ring, "__self__", None)
    assert isinstance(telephone, SimulatedTelephony)
    for number, script in ((NUMBER, first), (BACKUP, backup)):
        telephone.script(number.replace("-", ""), script)
    return telephone


def _call(seat: Seat) -> Call:
    """Return the call that is or was last."""
    return seat.work.console.phone.calls()[-1]


def _thirds(seat: Seat) -> list[Party]:
    """Return everybody who was dialled into the call."""
    return [party for party in _call(seat).parties if party.kind is PartyKind.THIRD]


def _dialled(seat: Seat) -> list[str]:
    return [party.number.text for party in _thirds(seat)]


def _looked_on(seat: Seat) -> None:
    """Wait until the window has looked at the telephone another two times."""
    looks: list[None] = []
    noted = seat.work.calls.shown.connect(lambda: looks.append(None))
    until(lambda: len(looks) > 1, "two looks")
    seat.work.calls.shown.disconnect(noted)


def _to_dial(seat: Seat) -> list[str]:
    """Return the number that is to be dialled by hand, as it stands large on the screen."""
    panel = seat.work.desk_phone
    labels = [one for one in QApplication.allWidgets() if isinstance(one, Words) and panel.isAncestorOf(one)]
    return [label.text() for label in labels if label.property("role") == "question" and label.isVisible()]


BOTH = [NUMBER.replace("-", ""), BACKUP.replace("-", "")]
OFFICER = ["06325550110", "06325550111"]


def test_a_line_that_was_only_dialled_is_not_yet_linked(desks: Desks) -> None:
    """
    F12 and a digit say that the line is being called; only when somebody answers there it is linked, and on the form.
    """
    seat = desks.taker
    answer_call(seat)

    dialled = _link(seat)
    before = incident(seat).outcomes
    until(lambda: Outcome.URGENT_LINKAGE in incident(seat).outcomes, "the linkage on the form")
    linked = _notice(seat)

    assert "等待接听" in dialled
    assert "已联动" not in dialled
    assert before == ()
    assert "已联动" in linked
    assert FIRE in linked


@pytest.mark.parametrize(
    ("outcome", "second", "says"),
    [(Outcome.URGENT_LINKAGE, Qt.Key.Key_1, "已联动"), (Outcome.CALL_TRANSFER, RETURN, "已加入通话")],
)
def test_screens_made_anew_still_wait_for_the_answer(desks: Desks, outcome: Outcome, second: Qt.Key, says: str) -> None:
    """
    A line that answers after the language was changed counts all the same, for the form it was called for.
    """
    seat = desks.taker
    answer_call(seat)
    form = incident(seat)
    looked(seat)
    seat.hands.press(outcome)
    seat.hands.strike(second)
    for _ in range(2):
        seat.hands.press("language")
    before = incident(seat).outcomes
    until(lambda: outcome in incident(seat).outcomes, "the outcome on the form", 10)
    until(lambda: says in _notice(seat), "that on screen")

    assert before == ()
    assert incident(seat).id == form.id
    assert incident(seat).outcomes == (outcome,)


def test_a_line_that_nobody_answered_is_no_linkage(by_hand: Desks) -> None:
    """
    Two busy numbers are said to be busy and the form has no linkage; its key dials again, and an answer then counts.
    """
    seat = by_hand.taker
    _answer_by_hand(seat)

    _link(seat)
    seat.hands.press("third_busy")
    until(lambda: _to_dial(seat) == [BACKUP], "the backup number to dial")
    seat.hands.press("third_busy")
    until(lambda: "未联动" in _notice(seat), "why it is not linked")
    failed, outcomes = _notice(seat), incident(seat).outcomes
    _link(seat)
    seat.hands.digit(1)
    until(lambda: "等待接听" in _notice(seat), "the second attempt")
    seat.hands.press("third_joined")
    until(lambda: Outcome.URGENT_LINKAGE in incident(seat).outcomes, "the linkage on the form")

    assert failed.count("占线") == 2
    assert outcomes == ()
    assert incident(seat).reason.startswith(FIRE)


def test_after_a_failed_attempt_an_answer_by_hand_can_be_noted(by_hand: Desks) -> None:
    """
    Whoever reached the line on another telephone writes down who answered, and that is the linkage.
    """
    seat = by_hand.taker
    _answer_by_hand(seat)
    _link(seat)
    for _ in range(2):
        seat.hands.press("third_silent")
        until(lambda: "无人接听" in _notice(seat), "why it is not linked")
    until(lambda: "未联动" in _notice(seat), "that nothing is linked")

    _link(seat)
    seat.hands.digit(2)
    seat.hands.write("值班员已接听", free=True)
    seat.hands.strike(RETURN)
    until(lambda: Outcome.URGENT_LINKAGE in incident(seat).outcomes, "the linkage on the form")

    assert incident(seat).linkage_call == "值班员已接听"
    assert "未联动" not in seat.said()


def test_an_answer_is_noted_on_the_form_that_the_line_was_dialled_for(by_hand: Desks) -> None:
    """
    Whoever begins another form while the line rings finds the linkage on the first one, and nothing on the other.
    """
    seat = by_hand.taker
    _answer_by_hand(seat)
    first = incident(seat)
    _link(seat)
    second = begin(seat)

    seat.hands.press("third_joined")
    form = seat.work.console.form
    until(lambda: Outcome.URGENT_LINKAGE in form.incident(first.id).outcomes, "the linkage on the first form")

    assert incident(seat).id == second.id
    assert incident(seat).outcomes == ()
    assert form.incident(second.id).outcomes == ()
    assert form.incident(first.id).stage is first.stage


def test_a_call_that_ends_before_an_answer_is_no_linkage(by_hand: Desks) -> None:
    """
    When the citizen hangs up while the line still rings, the form has no linkage, and it is said.
    """
    seat = by_hand.taker
    _answer_by_hand(seat)
    _link(seat)

    seat.hands.press("hang_up")
    seat.hands.press("hang_up")
    until(lambda: "未联动" in _notice(seat), "that nothing is linked")

    assert incident(seat).outcomes == ()


def test_a_line_that_is_only_called_is_no_three_way_call_yet(desks: Desks) -> None:
    """
    F9 says that the line is being called; when it joins, that is said too, and only then it is what became of the form.
    """
    seat = desks.taker
    answer_call(seat)

    seat.hands.press("call_transfer")
    seat.hands.strike(RETURN)
    calling, before = _notice(seat), incident(seat).outcomes
    until(lambda: Outcome.CALL_TRANSFER in incident(seat).outcomes, "the three-way call on the form", 40)

    assert "正在呼叫" in calling
    assert before == ()
    assert "已加入" in _notice(seat)


def test_a_line_that_left_is_no_longer_said_to_be_in_the_call(by_hand: Desks) -> None:
    """
    When the added party hangs up, the sentence that it joined goes at once, and its row closes a few seconds later.
    """
    seat = by_hand.taker
    _answer_by_hand(seat)
    row = seat.work.parties

    seat.hands.press("call_transfer")
    seat.hands.strike(RETURN)
    seat.hands.press("third_joined")
    until(lambda: "已加入" in _notice(seat), "that the line joined")
    joined = row.isVisible()
    seat.hands.press("third_left")
    until(lambda: not seat.work.intake.panels.notice.isVisible(), "the sentence gone")
    left = row.isVisible()
    by_hand.clock.ahead += timedelta(seconds=6)
    until(lambda: not row.isVisible(), "the row closed", 3)

    assert joined
    assert left


@pytest.mark.parametrize(("key", "why"), [("third_busy", "占线"), ("third_silent", "无人接听")])
def test_a_third_party_that_does_not_join_leaves_every_way_open(by_hand: Desks, key: str, why: str) -> None:
    """
    A busy or silent line is named with what to do next, and the form can still end in any other way.
    """
    seat = by_hand.taker
    _answer_by_hand(seat)

    seat.hands.press("call_transfer")
    seat.hands.strike(RETURN)
    seat.hands.press(key)
    until(lambda: why in _notice(seat), "why the line did not join")
    said, outcomes = _notice(seat), incident(seat).outcomes
    seat.hands.press("invalid_call")
    seat.hands.digit(1)
    seat.hands.strike(RETURN)
    until(lambda: seat.work.intake.incident is None, "the form ended another way")

    assert "工单" in said
    assert outcomes == ()


def test_a_busy_line_is_followed_by_its_backup(desks: Desks) -> None:
    """
    When the number is busy the desk dials the backup by itself and says so; its answer is the linkage, and the end.
    """
    seat = desks.taker
    telephone = _script(desks, BUSY, LineScript(Ending.JOINED, after=1.0))
    answer_call(seat)

    _link(seat)
    until(lambda: BACKUP in _notice(seat), "the backup number")
    said, talking = _notice(seat), _call(seat).citizen.present and _call(seat).seat.present
    until(lambda: Outcome.URGENT_LINKAGE in incident(seat).outcomes, "the linkage on the form")
    telephone.third_hangs_up(_call(seat).id)
    until(lambda: _call(seat).third is None, "that party gone")
    _looked_on(seat)

    assert f"{NUMBER} 占线" in said
    assert talking
    assert _dialled(seat) == BOTH


def test_a_silent_line_is_given_up_for_its_backup(desks: Desks) -> None:
    """
    A number that has rung for 15 s is no longer dialled, whatever the engine does, and the backup is called.
    """
    seat = desks.taker
    _script(desks, SILENT, ANSWERS)
    answer_call(seat)

    _link(seat)
    desks.clock.ahead += timedelta(seconds=14)
    _looked_on(seat)
    before = len(_thirds(seat))
    desks.clock.ahead += timedelta(seconds=2)
    until(lambda: f"{NUMBER} 无人接听" in _notice(seat), "why the backup is called")
    until(lambda: Outcome.URGENT_LINKAGE in incident(seat).outcomes, "the linkage on the form")

    assert before == 1
    assert _dialled(seat) == BOTH
    assert not _thirds(seat)[0].alive


def test_when_both_numbers_fail_the_officer_is_called(desks: Desks) -> None:
    """
    Both failures are named and the duty officer is asked into the call by itself; that is no linkage yet.
    """
    seat = desks.taker
    _script(desks, BUSY, LineScript(Ending.REJECTED, after=0.05)).script(OFFICER[0], LineScript(Ending.JOINED, after=1))
    answer_call(seat)
    looked(seat)

    _link(seat)
    until(lambda: "值班民警" in _notice(seat), "word of the duty officer")
    said = _notice(seat)
    stays = seat.work.intake.panels.handover.isVisible()
    seat.hands.press("call_officer")  # who is being called is not called twice
    until(lambda: "已进入通话" in _notice(seat), "the duty officer in the call")

    assert f"{NUMBER} 占线" in said
    assert f"{BACKUP} 拒接" in said
    assert "Esc" in said
    assert stays
    assert _dialled(seat) == [*BOTH, OFFICER[0]]
    assert _thirds(seat)[-1].line_id == "duty_officer"
    assert incident(seat).outcomes == ()


def test_when_nobody_answers_at_all_that_is_said(desks: Desks) -> None:
    """
    The officer's backup is the last number; then all four failures are named with the key that calls the officer.
    """
    seat = desks.taker
    telephone = _script(desks, BUSY, BUSY)
    for number in OFFICER:
        telephone.script(number, BUSY)
    answer_call(seat)
    looked(seat)

    _link(seat)
    until(lambda: "Shift+F12" in _notice(seat), "the key of the duty officer", 10)
    said = _notice(seat)
    _looked_on(seat)

    assert said.count("占线") == len(BOTH + OFFICER)
    assert _dialled(seat) == BOTH + OFFICER


def test_another_line_goes_before_the_officer_whom_nobody_asked_for(desks: Desks) -> None:
    """
    While the duty officer is being called by itself, the key of another line gives that up and calls the line.
    """
    seat = desks.taker
    _script(desks, BUSY, BUSY).script(OFFICER[0], SILENT)
    answer_call(seat)
    looked(seat)
    _link(seat)
    until(lambda: _dialled(seat)[-1] == OFFICER[0], "the duty officer dialled")

    seat.hands.press("urgent_2")
    until(lambda: Outcome.URGENT_LINKAGE in incident(seat).outcomes, "the other line on the form")

    assert _dialled(seat)[:-1] == [*BOTH, OFFICER[0]]
    assert _thirds(seat)[-2].ending is Ending.CANCELLED
    assert incident(seat).reason.startswith("120")


def test_one_key_alone_links(desks: Desks) -> None:
    """
    Ctrl+Alt and a digit dial at once, from the middle of the narrative, and leave no digit there.
    """
    seat = desks.taker
    answer_call(seat)
    seat.hands.press("narrative")
    seat.hands.write("着火了", free=True)

    seat.hands.press("urgent_1")
    dialled = _notice(seat)
    until(lambda: Outcome.URGENT_LINKAGE in incident(seat).outcomes, "the linkage on the form")

    assert "等待接听" in dialled
    assert _dialled(seat) == BOTH[:1]
    assert seat.work.intake.panels.narrative.text_edit.toPlainText() == "着火了"


@pytest.mark.parametrize("stop", ["Esc", "drop", "citizen", "form"])
def test_a_linkage_that_was_stopped_dials_nothing_more(desks: Desks, stop: str) -> None:
    """
    Esc, the drop key, a citizen who hangs up and a form that ends: the backup is not called.
    """
    seat = desks.taker
    telephone = _script(desks, SILENT, ANSWERS)
    answer_call(seat)
    looked(seat)
    _link(seat)

    if stop == "Esc":
        seat.hands.strike(ESC)
        until(lambda: "不再自动呼叫" in _notice(seat), "that it is stopped")
        telephone.third_hangs_up(_call(seat).id)
    elif stop == "drop":
        seat.hands.press("drop_party")
    elif stop == "citizen":
        telephone.citizen_hangs_up(_call(seat).id)
    else:
        seat.hands.press("invalid_call")
        seat.hands.digit(1)
        seat.hands.strike(RETURN)
        until(lambda: seat.work.intake.incident is None, "the form ended")
        telephone.third_hangs_up(_call(seat).id)
    desks.clock.ahead += LATE
    until(lambda: "未联动" in _notice(seat), "that nothing is linked")
    _looked_on(seat)

    assert _dialled(seat) == BOTH[:1]
    assert "值班民警" not in _notice(seat)


def test_escape_leaves_an_open_question_first(desks: Desks) -> None:
    """
    While something is asked beside the form Esc leaves that, and the linkage goes on to the backup number.
    """
    seat = desks.taker
    telephone = _script(desks, SILENT, ANSWERS)
    answer_call(seat)
    looked(seat)
    _link(seat)
    prompt = seat.work.intake.panels.prompt

    seat.hands.press("not_accepted")
    asked = prompt.isVisible()
    seat.hands.strike(ESC)
    left = not prompt.isVisible()
    telephone.third_hangs_up(_call(seat).id)
    until(lambda: Outcome.URGENT_LINKAGE in incident(seat).outcomes, "the linkage on the form")

    assert asked
    assert left
    assert _dialled(seat) == BOTH


def test_screens_made_anew_still_call_the_backup(desks: Desks) -> None:
    """
    After the language was changed the linkage goes on by itself, and Esc still stops it.
    """
    seat = desks.taker
    telephone = _script(desks, SILENT, SILENT)
    answer_call(seat)
    looked(seat)
    _link(seat)

    for _ in range(2):
        seat.hands.press("language")
    telephone.third_hangs_up(_call(seat).id)
    until(lambda: BACKUP in _notice(seat), "the backup number")
    seat.hands.strike(ESC)
    until(lambda: "不再自动呼叫" in _notice(seat), "that it is stopped")

    assert _dialled(seat) == BOTH


def test_what_to_hand_over_stands_beside_the_narrative(desks: Desks) -> None:
    """
    From the moment a line is dialled the checklist shows the form as it stands, follows it, and is copied by its key.
    """
    seat = desks.taker
    _script(desks, SILENT, ANSWERS)
    answer_call(seat)
    panels = seat.work.intake.panels
    before = panels.handover.isVisible()

    _link(seat)
    seat.hands.press("narrative")
    seat.hands.write("峄城区坛山街道和顺小区家里煤气味很浓", free=True)
    until(lambda: "坛山街道" in seat.said(), "the place")
    looked(seat)
    until(lambda: "燃气泄漏" in seat.said(), "the danger")
    seat.hands.press("copy_handover")
    copied = QApplication.clipboard().text()

    assert not before
    assert panels.handover.isVisible()
    assert panels.narrative.text_edit.hasFocus()
    for part in (
        incident(seat).number,
        "地点：",
        "煤气味很浓",
        "危险：燃气泄漏",
        "伤员：尚未问到",
        "19900002210",
        "不要开灯",
    ):
        assert part in copied
    begin(seat)
    until(lambda: not panels.handover.isVisible(), "another form without it")
