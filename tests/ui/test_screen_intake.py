"""The promises of the intake screen over a real desk, driven by keys."""

import re
from collections.abc import Sequence
from dataclasses import replace
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from tests.ui.desks import CTRL, NOISE, Desks, answer_call, begin, focus, incident, looked, place_of, safe
from tests.ui.seen import inside, said
from workstation.adapters.sql_errors import DiskFull
from workstation.domain.identity import TransferId
from workstation.domain.incident import Incident, Stage
from workstation.domain.order import GapReason
from workstation.domain.outbox import SearchHit
from workstation.domain.places_find import Hit as RegionHit
from workstation.ui.background import Background, Lanes
from workstation.ui.demo_hands import until
from workstation.ui.demo_stage import Seat
from workstation.ui.fields import PickField
from workstation.ui.hits import Hits
from workstation.ui.intake import keeper
from workstation.ui.intake.field_grid import CHOICES
from workstation.ui.intake.keeper import LATEST_MS, PAUSE_MS, Keeper
from workstation.ui.intake.question_panel import AnswerEdit
from workstation.ui.pictures import rest


def kept(seat: Seat, form: Incident) -> str:
    """Return the narrative as the disk has it."""
    return seat.work.console.form.incident(form.id).intake.get("narrative")


def narrative(seat: Seat) -> QPlainTextEdit:
    return seat.work.intake.panels.narrative.text_edit


def test_answering_puts_the_cursor_into_the_narrative(desks: Desks) -> None:
    """
    One key answers the call, and what is typed next is narrative.
    """
    seat = desks.taker

    answer_call(seat)
    seat.hands.write("工地")

    assert incident(seat).intake.get("narrative") == "工地"
    assert incident(seat).intake.get("contact_phone") == "19900002210"


def test_a_number_is_masked_until_the_call_is_answered(desks: Desks) -> None:
    """
    While a call rings nobody reads its number from the screen; once it is answered everybody at this seat does.
    """
    seat = desks.taker
    seat.hands.press("ready")
    seat.ring("19900002210")
    until(lambda: "199****" in seat.said(), "the ringing call on screen")
    before = seat.said()

    seat.hands.press("answer")
    until(lambda: seat.work.intake.incident is not None, "the form")
    until(lambda: "19900002210" in seat.said(), "the number")

    assert "19900002210" not in before


def test_autosave_comes_after_a_pause(desks: Desks) -> None:
    """
    400 ms after the last change the draft is on disk, without any key.
    """
    seat = desks.taker
    form = begin(seat)
    assert (PAUSE_MS, LATEST_MS) == (400, 800)

    seat.hands.write("工地打桩")
    before = kept(seat, form)
    until(lambda: kept(seat, form) == "工地打桩", "the draft on disk", 2)

    assert before == ""


def test_autosave_does_not_wait_for_a_pause_for_ever(desks: Desks) -> None:
    """
    While somebody types on without a pause the draft reaches the disk all the same.
    """
    seat = desks.taker
    form = begin(seat)

    for _ in range(12):
        seat.hands.write("吵")
        rest(100)
    behind = len(incident(seat).intake.get("narrative")) - len(kept(seat, form))

    assert behind < 10


class FullDisk:
    """The desk's forms on a disk that can be full."""

    def __init__(self, seat: Seat) -> None:
        self._form = seat.work.console.form
        self.full = True

    def keep(self, incident: Incident) -> set[TransferId]:
        """Keep *incident*, if there is room."""
        if self.full:
            raise DiskFull("no room")
        return self._form.keep(incident)


def test_what_the_disk_refused_is_kept_later_whatever_form_is_on_screen(
    desks: Desks, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    A draft that the full disk refused is kept as soon as there is room, without a key and behind another form.
    """
    monkeypatch.setattr(keeper, "RETRY_MS", 100)
    seat = desks.taker
    first = begin(seat)
    disk = FullDisk(seat)
    workers = desks.stage.taker.workers
    told: list[object] = []
    held = Keeper(disk, Background(Lanes(workers.write, workers.read, workers.net), told.append))  # type: ignore[arg-type]  # all that a keeper asks of its desk
    held.failed.connect(told.append)
    held.show(first)
    held.edit(lambda one: replace(one, intake=one.intake.with_value("narrative", "工地打桩")))

    held.show(None)
    until(lambda: told, "the complaint")
    rest(400)
    before = kept(seat, first)
    disk.full = False
    until(lambda: kept(seat, first) == "工地打桩", "the draft on disk", 5)

    assert before == ""
    assert len(told) == 1
    until(lambda: held.unkept == (), "nothing more to keep")


def test_a_draft_that_the_disk_refused_comes_back_as_it_was_written(
    desks: Desks, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    Going back to a draft whose text is not on the disk shows the text, not what the disk has.
    """
    seat = desks.taker
    first = begin(seat)
    form = type(seat.work.console.form)
    disk = FullDisk(seat)
    real = form.keep
    monkeypatch.setattr(form, "keep", lambda self, one: real(self, one) if not disk.full else disk.keep(one))
    seat.hands.write("工地打桩", free=True)
    begin(seat)
    until(lambda: len(seat.work.intake.form.drafts) > 1, "both drafts")
    row = next(at for at, draft in enumerate(seat.work.intake.form.drafts) if draft.id == first.id)

    seat.hands.press(f"draft_{row + 1}")
    until(lambda: incident(seat).id == first.id, "the first draft")
    shown = narrative(seat).toPlainText()
    disk.full = False
    seat.work.intake.keeper.flush()
    until(lambda: kept(seat, first) == "工地打桩", "the draft on disk")

    assert shown == "工地打桩"


def test_leaving_a_field_keeps_it_at_once(desks: Desks) -> None:
    """
    A change of focus saves without waiting for the pause.
    """
    seat = desks.taker
    form = begin(seat)

    seat.hands.write("半夜打桩")
    seat.hands.press("next_gap")
    until(lambda: kept(seat, form) == "半夜打桩", "the draft on disk", PAUSE_MS / 1000 - 0.1)

    assert focus() is not narrative(seat)


def test_what_an_input_method_still_composes_is_not_saved(desks: Desks) -> None:
    """
    Letters that are still being turned into characters are in nobody's record.
    """
    seat = desks.taker
    form = begin(seat)
    seat.hands.write("工地")
    composing = QInputMethodEvent("dazhuang", [])
    QApplication.sendEvent(narrative(seat), composing)
    rest(LATEST_MS + 100)

    assert kept(seat, form) == "工地"


def test_esc_never_loses_text(desks: Desks) -> None:
    """
    Esc, pressed anywhere and often, leaves every typed letter where it is.
    """
    seat = desks.taker
    begin(seat)
    seat.hands.write(NOISE, free=True)
    seat.work.intake.panels.grid.go_to("address")
    seat.hands.write("锦绣花园")

    for _ in range(4):
        seat.hands.strike(Qt.Key.Key_Escape)
    seat.hands.press("category")
    seat.hands.strike(Qt.Key.Key_Escape)
    seat.hands.strike(Qt.Key.Key_Escape)

    assert incident(seat).intake.get("narrative") == NOISE
    assert incident(seat).intake.get("address") == "锦绣花园"
    assert narrative(seat).toPlainText() == NOISE


def test_the_safety_answer_leaves_the_cursor_where_it_was(desks: Desks) -> None:
    """
    F1 and a digit answer the safety screen; the digit is not typed and the cursor stays in the narrative.
    """
    seat = desks.taker
    begin(seat)
    seat.hands.write("工地")

    safe(seat)
    seat.hands.write("打桩")

    assert incident(seat).safety is not None
    assert incident(seat).intake.get("narrative") == "工地打桩"


def test_advice_never_takes_the_focus(desks: Desks) -> None:
    """
    Suggestions, questions and near orders appear while one types; the cursor does not move.
    """
    seat = desks.taker
    begin(seat)
    seat.hands.write(NOISE[:12], free=True)
    until(lambda: seat.work.intake.advice is not None and seat.work.intake.advice.suggestions.top, "suggestions")
    seat.hands.write(NOISE[12:], free=True)
    looked(seat)

    assert focus() is narrative(seat)
    assert narrative(seat).toPlainText() == NOISE


def test_words_that_spoke_are_tinted_while_one_types(desks: Desks) -> None:
    """
    Words of danger and of what is proposed are tinted where they were typed; a choice takes the proposals' tint away.
    """
    seat = desks.taker
    begin(seat)
    seat.hands.write("工地夜间打桩施工噪音，家里现在闻到很浓的煤气味", free=True)
    looked(seat)
    before = _tinted(seat)
    seat.hands.press("suggestion_7")
    looked(seat)

    assert before["煤气味"]
    assert [word for word, warns in before.items() if not warns]
    assert [word for word in _tinted(seat) if word in before and not before[word]] == []
    assert _tinted(seat)["煤气味"]


def _tinted(seat: Seat) -> dict[str, bool]:
    """Return the tinted words of the narrative, and of each whether it warns."""
    marks = narrative(seat).extraSelections()
    return {m.cursor.selectedText(): m.format.fontUnderline() for m in marks}  # type: ignore[attr-defined]  # no fields in the stub


def test_the_order_is_read_at_once_after_a_choice(desks: Desks) -> None:
    """
    On a narrow screen the whole order is in view once its category is chosen; the key of a proposal is then idle.
    """
    seat = desks.taker
    seat.window.resize(1366, 768)
    begin(seat)
    safe(seat)
    seat.hands.write(NOISE, free=True)
    looked(seat)
    seat.hands.press("suggestion_7")
    looked(seat)
    rest()
    chosen = incident(seat).intake.get("category")
    preview = seat.work.intake.panels.preview
    seen = preview.visibleRegion().boundingRect().height()
    seat.hands.press("suggestion_8")
    looked(seat)

    assert seen == preview.height()
    assert incident(seat).intake.get("category") == chosen


def test_nothing_moves_when_something_is_said(desks: Desks) -> None:
    """
    A notice appears in the room that is kept for it: question and fields stay where they are.
    """
    seat = desks.taker
    begin(seat)
    safe(seat)
    looked(seat)
    panels = seat.work.intake.panels
    rest()
    before = [place_of(widget, seat.window) for widget in (panels.question, panels.grid, panels.outcomes)]

    seat.hands.press("number")
    rest()

    assert panels.notice.isVisible()
    assert [place_of(widget, seat.window) for widget in (panels.question, panels.grid, panels.outcomes)] == before


def test_the_next_gap_goes_round_in_talking_order(desks: Desks) -> None:
    """
    The key that jumps to the next gap goes to each open field once and comes back to the first.
    """
    seat = desks.taker
    begin(seat)
    seat.hands.write(NOISE, free=True)
    looked(seat)
    seat.hands.press("suggestion_7")
    looked(seat)
    missing = list(seat.work.intake.gaps.missing())
    seen = []
    for _ in missing:
        seat.hands.press("next_gap")
        seen.append(seat.work.intake.panels.grid.focused())
    seat.hands.press("next_gap")

    assert seen == missing
    assert seat.work.intake.panels.grid.focused() == missing[0]


def test_an_answer_is_shown_again_and_corrected(desks: Desks) -> None:
    """
    What was answered is listed by one key; the question stands there again with its answer, and a new one replaces it.
    """
    seat = desks.taker
    begin(seat)
    safe(seat)
    seat.hands.write("老板拖欠我们十几个人工资三个月不给", free=True)
    looked(seat)
    seat.hands.press("category")
    seat.hands.write("0501")
    seat.hands.strike(Qt.Key.Key_Return)
    looked(seat)
    intake = seat.work.intake
    panel = intake.panels.question
    while (asked := intake.form.asked) is not None and "wages_tried" not in incident(seat).intake.answers:
        seat.hands.press("question")
        seat.hands.digit(1)
        if not asked.choices:
            seat.hands.strike(Qt.Key.Key_Return)
        looked(seat)
    before = incident(seat).intake.answers
    next_asked = intake.form.asked

    seat.hands.press("answers")
    rows = inside(intake.panels.prompt, Hits)[0].hits
    amount = next(place for place, row in enumerate(rows, start=1) if row.id == "wages_amount")
    seat.hands.digit(amount)
    line = inside(panel, AnswerEdit)[0]
    shown, cursor = line.text(), line.hasFocus()
    intake.pen.set_value("address", "锦绣花园南门")
    looked(seat)
    stayed = intake.form.asked is not None and intake.form.asked.id == "wages_amount"
    seat.hands.strike(Qt.Key.Key_A, CTRL)
    seat.hands.write("8")
    seat.hands.strike(Qt.Key.Key_Return)
    looked(seat)

    assert {row.id for row in rows} == set(before)
    assert (shown, cursor, stayed) == ("1", True, True)
    assert before["wages_amount"].value == "1"
    assert incident(seat).intake.answers["wages_amount"].value == "8"
    assert intake.form.asked == next_asked


def test_an_answer_that_is_left_stays_as_it_was(desks: Desks) -> None:
    """
    A question that is looked at again and left with an empty line keeps its answer, and the next one is asked.
    """
    seat = desks.taker
    begin(seat)
    safe(seat)
    seat.hands.write(NOISE, free=True)
    looked(seat)
    intake = seat.work.intake
    seat.hands.press("question")
    seat.hands.write("1")
    seat.hands.strike(Qt.Key.Key_Return)
    looked(seat)
    answers, next_asked = incident(seat).intake.answers, intake.form.asked

    seat.hands.press("answers")
    seat.hands.digit(1)
    again = intake.form.asked
    seat.hands.strike(Qt.Key.Key_A, CTRL)
    seat.hands.strike(Qt.Key.Key_Backspace)
    seat.hands.strike(Qt.Key.Key_Return)
    looked(seat)
    until(lambda: intake.form.asked is not None, "the next question")

    assert answers
    assert again is not None
    assert again.id in answers
    assert incident(seat).intake.answers == answers
    assert intake.form.asked == next_asked


def test_an_answer_that_is_too_long_is_told_beside_it(desks: Desks) -> None:
    """
    An answer that no order can hold stays in its line, whole, with its length and the limit below it.
    """
    seat = desks.taker
    begin(seat)
    safe(seat)
    seat.hands.write("老板拖欠我们十几个人工资三个月不给", free=True)
    looked(seat)
    seat.hands.press("question")

    seat.hands.write("长" * 600, free=True)
    seat.hands.strike(Qt.Key.Key_Return)
    panel = seat.work.intake.panels.question

    assert inside(panel, AnswerEdit)[0].text() == "长" * 600
    assert "600" in said(panel)
    assert incident(seat).intake.answers == {}


@pytest.mark.parametrize("key", ["next_gap", "work_order"])
def test_the_only_gap_keeps_the_cursor(desks: Desks, key: str) -> None:
    """
    With the cursor in the one field that is open, neither the next gap nor the order's key takes it away.
    """
    seat = desks.taker
    begin(seat)
    safe(seat)
    seat.hands.write(NOISE, free=True)
    looked(seat)
    seat.hands.press("suggestion_7")
    looked(seat)
    seat.hands.press("gap_hung_up")
    looked(seat)
    intake = seat.work.intake
    for name in intake.gaps.missing():
        intake.pen.set_value(name, CHOICES[name][0])
    intake.pen.set_value("kind", "")
    looked(seat)
    only = intake.gaps.missing()
    intake.gaps.go_to("kind")

    seat.hands.press(key)

    assert only == ("kind",)
    assert intake.panels.grid.focused() == "kind"


@pytest.mark.parametrize(("key", "reason"), [("gap_unknown", GapReason.UNKNOWN), ("gap_refused", GapReason.REFUSED)])
def test_a_gap_gets_its_coded_reason_by_one_key(desks: Desks, key: str, reason: GapReason) -> None:
    """
    One key says why the field with the cursor stays empty, and the field says it too.
    """
    seat = desks.taker
    begin(seat)
    looked(seat)
    seat.work.intake.panels.grid.go_to("address")

    seat.hands.press(key)

    assert incident(seat).intake.gaps["address"] is reason


def test_a_caller_who_hung_up_explains_every_gap(desks: Desks) -> None:
    """
    One key gives every open field the reason that the caller is gone; the narrative is never explained away.
    """
    seat = desks.taker
    begin(seat)
    looked(seat)

    seat.hands.press("gap_hung_up")

    gaps = incident(seat).intake.gaps
    assert gaps["address"] is GapReason.HUNG_UP
    assert "narrative" not in gaps


def test_a_subject_of_ones_own_leaves_the_content_to_grow(desks: Desks) -> None:
    """
    Whoever words only the subject anew still finds what is learnt afterwards in the order's content.
    """
    seat = desks.taker
    begin(seat)
    seat.hands.write("楼下烧烤店油烟很大", free=True)
    looked(seat)
    seat.hands.press("preview")
    preview = seat.work.intake.panels.preview
    preview._subject_edit.setFocus()
    seat.hands.strike(Qt.Key.Key_A, CTRL)
    seat.hands.write("关于油烟的问题", free=True)
    seat.hands.press("preview")
    seat.hands.press("narrative")
    seat.hands.write("，已经半个月", free=True)
    looked(seat)

    assert preview._subject.text() == "关于油烟的问题"
    assert "半个月" in preview._content.text()


def test_rows_that_come_late_are_not_shown(desks: Desks, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Rows found for one letter that arrive after those of two letters are dropped, so a digit takes what is typed for.
    """
    seat = desks.taker
    begin(seat)
    assistant = seat.work.console.assistant
    found, late, told = assistant.regions, Event(), Event()

    def regions(typed: str) -> Sequence[RegionHit]:
        if typed == "b":
            late.wait(10)
            told.set()
        return found(typed)

    monkeypatch.setattr(assistant, "regions", regions)
    field = seat.work.intake.panels.grid.fields["region"]
    assert isinstance(field, PickField)
    seat.work.intake.panels.grid.go_to("region")

    seat.hands.write("b")
    seat.hands.write("x")
    right = [hit.region.id for hit in found("bx")]
    until(lambda: field.hits, "the rows of both letters")
    late.set()
    until(told.is_set, "the late answer")
    rest(100)
    shown = [hit.id for hit in field.hits]

    assert shown == right
    assert shown != [hit.region.id for hit in found("b")]


def test_orders_that_come_late_are_not_shown_for_another_question(
    desks: Desks, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    Orders that are found after their question was left are no rows of the question that is open by then.
    """
    seat = desks.taker
    begin(seat)
    desk, late, told = seat.work.console.desk, Event(), Event()
    found = desk.search

    def search(_: str) -> list[SearchHit]:
        late.wait(10)
        told.set()
        return found("工地")

    monkeypatch.setattr(desk, "search", search)

    seat.hands.press("linked_to_order")
    seat.hands.press("category")
    rows = inside(seat.work.intake.panels.prompt, Hits)[0]
    before = rows.hits
    late.set()
    until(told.is_set, "the late answer")
    rest(100)

    assert before
    assert rows.hits == before


def test_the_empty_form_says_what_the_keys_do_now(desks: Desks) -> None:
    """
    Without a form the narrative says how to take calls, that one is waited for, how to answer, and that a call goes on.
    """
    seat = desks.taker
    seat.hands.take_the_seat()
    seen = [narrative(seat).placeholderText()]
    seat.hands.press("ready")
    until(lambda: "等待来电" in narrative(seat).placeholderText(), "that a call is waited for")
    seat.ring("19900002210")
    until(lambda: "振铃" in narrative(seat).placeholderText(), "that a call rings")
    seat.hands.press("answer")
    until(lambda: seat.work.intake.incident is not None, "the form")
    seen.append(narrative(seat).placeholderText())
    seat.hands.press("park")
    until(lambda: "通话还在继续" in narrative(seat).placeholderText(), "that the call goes on")

    assert "Ctrl+R" in seen[0]
    assert seen[1] == ""


def test_a_danger_is_spoken_of_before_anything_is_asked(desks: Desks) -> None:
    """
    With a gas leak answered as danger, the sentence of the linkage list comes first; without danger it is not there.
    """
    seat = desks.taker
    begin(seat)
    seat.hands.write("家里闻到煤气味，很浓", free=True)
    panel = seat.work.intake.panels.question
    looked(seat)
    calm = said(panel)
    seat.hands.press("safety")
    seat.hands.digit(2)
    until(lambda: "不要开灯" in said(panel), "the sentence to say")

    assert "不要开灯" not in calm
    assert "燃气泄漏（煤气味、" in said(seat.work.intake.panels.safety)


def test_a_wrong_field_leaves_the_order_to_be_read(desks: Desks) -> None:
    """
    While a field is in error the order's text that was composed before stays on screen.
    """
    seat = desks.taker
    begin(seat)
    seat.hands.write(NOISE, free=True)
    seat.hands.press("suggestion_7")
    looked(seat)
    preview = seat.work.intake.panels.preview
    until(lambda: "打桩" in said(preview), "the order's text")
    seat.work.intake.panels.grid.go_to("contact_phone")
    seat.hands.write("12")
    until(lambda: seat.work.intake.advice and "contact_phone" in seat.work.intake.advice.problems, "the error")
    looked(seat)

    assert "打桩" in said(preview)


def test_a_second_call_parks_the_first_form(desks: Desks) -> None:
    """
    A call that is answered while a form is open gets its own form; the first waits under its key with all its text.
    """
    seat = desks.taker
    answer_call(seat)
    seat.hands.write("第一个电话", free=True)
    first = incident(seat).id
    seat.ring("19900003321")
    until(lambda: "199****21" in seat.said(), "the second call on screen")

    seat.hands.press("hold")
    until(seat.work.console.phone.ringing, "the second call")
    seat.hands.press("answer")
    until(lambda: incident(seat).id != first, "the second form")
    seat.hands.write("第二个电话", free=True)
    until(lambda: len(seat.work.intake.form.drafts) == 2, "two drafts")
    seat.hands.press("draft_2")
    until(lambda: incident(seat).id == first, "the first form again")

    assert narrative(seat).toPlainText() == "第一个电话"


def test_work_is_back_when_the_window_is_opened_again(desks: Desks) -> None:
    """
    A console that is opened again on the same data root offers the draft with its whole text.
    """
    seat = desks.taker
    form = begin(seat)
    seat.hands.write(NOISE, free=True)
    until(lambda: kept(seat, form) == NOISE, "the draft on disk")
    desks.close()

    again = desks.taker
    until(lambda: again.work.intake.form.drafts, "the draft")
    again.hands.press("draft_1")
    until(lambda: again.work.intake.incident is not None, "the form")

    assert narrative(again).toPlainText() == NOISE


def test_parking_and_coming_back(desks: Desks) -> None:
    """
    A parked form is out of the way and comes back by its digit, open again.
    """
    seat = desks.taker
    form = begin(seat)
    seat.hands.write("先放一放", free=True)

    seat.hands.press("park")
    until(lambda: seat.work.intake.incident is None, "an empty screen")
    until(lambda: seat.work.intake.form.drafts, "the parked draft")
    seat.hands.press("draft_1")
    until(lambda: seat.work.intake.incident is not None, "the form")

    assert incident(seat).id == form.id
    assert incident(seat).stage is Stage.OPEN
    assert narrative(seat).toPlainText() == "先放一放"


def test_the_tenth_draft_and_all_after_it_are_reached(desks: Desks) -> None:
    """
    Below nine cards stands how many drafts there are more, and one key lists all, found by words or number.
    """
    seat = desks.taker
    desk = seat.work.console.form
    for number in range(12):
        form = begin(seat)
        seat.hands.write(f"草稿第{number}份", free=True)
        until(lambda form=form, number=number: f"第{number}份" in kept(seat, form), "the draft kept")  # type: ignore[misc]
        if number == 0:
            first = form
    seat.hands.press("park")
    until(lambda: seat.work.intake.incident is None, "an empty screen")
    until(lambda: len(seat.work.intake.form.drafts) == 12, "the drafts")
    strip = seat.work.intake.panels.drafts
    shown = said(strip)

    seat.hands.press("all_drafts")
    rows = inside(seat.work.intake.panels.prompt, Hits)[0]
    every = rows.hits
    seat.hands.write(f"#{first.number[-3:]}")
    seat.hands.strike(Qt.Key.Key_Return)
    until(lambda: seat.work.intake.incident is not None, "the first draft")

    assert len(desk.drafts()) == 12
    assert "+3" in shown
    assert {hit.id for hit in every} == {draft.id for draft in desk.drafts()}
    assert incident(seat).id == first.id
    assert narrative(seat).toPlainText() == "草稿第0份"


def test_a_missed_call_is_listed_and_begins_its_form(desks: Desks) -> None:
    """
    A call that nobody answered is on the list of missed calls, its number masked; Enter begins a form for it.
    """
    seat = desks.taker
    seat.hands.press("ready")
    desks.stage.taker.ring("19900004432", hangs_up_after=0.2)  # type: ignore[call-arg]  # the simulated phone's own
    until(seat.work.console.phone.missed, "a missed call")
    rest(600)

    seat.hands.press("missed")
    seat.hands.strike(Qt.Key.Key_Down)
    seat.hands.strike(Qt.Key.Key_Home)
    seat.hands.strike(Qt.Key.Key_Return)
    until(lambda: seat.work.intake.incident is not None, "the form")

    assert incident(seat).call_in_phone.text == "19900004432"


def test_a_known_order_of_the_same_caller_is_shown(desks: Desks) -> None:
    """
    An order of the same phone number stands beside the form while it is written.
    """
    seat = desks.taker
    desks.orders(1)
    phone = seat.work.console.desk.my_orders()[0].transfer.order.contact_phone.text
    begin(seat)
    seat.work.intake.panels.grid.go_to("contact_phone")
    seat.hands.write(phone)
    looked(seat)
    number = seat.work.console.desk.my_orders()[0].transfer.number
    near = seat.work.intake.panels.near
    until(lambda: near.focusProxy() is not None, "the near order")
    rows = near.focusProxy()

    assert re.search(r"\d{6}-06-\d{3}", number)
    assert number in str([card.small for card in getattr(rows, "cards").cards])  # noqa: B009


def test_pasted_junk_stays_and_is_named(desks: Desks) -> None:
    """
    A wrong number stays as it was typed, with a sentence beside it, and keeps the order from being sent.
    """
    seat = desks.taker
    begin(seat)
    safe(seat)
    seat.work.intake.panels.grid.go_to("contact_phone")
    seat.hands.strike(Qt.Key.Key_A, CTRL)
    seat.hands.write("12")
    looked(seat)

    seat.hands.press("work_order")

    assert seat.work.intake.panels.grid.fields["contact_phone"].edit.text() == "12"
    assert seat.work.intake.panels.notice.isVisible()
    assert seat.work.intake.incident is not None


def test_typing_reaches_the_form_after_sending(desks: Desks) -> None:
    """
    When a form leaves the screen keys still work: the key of a new form is heard at once.
    """
    seat = desks.taker
    begin(seat)
    seat.hands.press("park")
    until(lambda: seat.work.intake.incident is None, "an empty screen")

    assert focus() is not None
    seat.hands.strike(Qt.Key.Key_N, CTRL)
    until(lambda: seat.work.intake.incident is not None, "a new form")

    assert focus() is narrative(seat)
