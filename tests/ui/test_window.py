"""The promises of the window: sign-in, lock, seat switch, looks and languages, and what never happens."""

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from tests.ui.desks import NOISE, Desks, begin, focus, incident
from tests.ui.seen import inside, said
from workstation.domain.lifecycle import Role
from workstation.settings import read_settings
from workstation.ui.approval.decision_bar import DECISIONS
from workstation.ui.demo_hands import until
from workstation.ui.demo_stage import Seat
from workstation.ui.keys import KEYS
from workstation.ui.layout import settle
from workstation.ui.pictures import rest
from workstation.ui.sign_in import SignInPage
from workstation.ui.sound import Sound, Speaker

if TYPE_CHECKING:
    from workstation.protocol.messages import SignIn


def unlock(seat: Seat, password: str = "practice-only") -> None:  # noqa: S107 -- practice has no other
    seat.hands.write(password)
    seat.hands.strike(Qt.Key.Key_Return)


def test_a_wrong_password_is_said_and_nothing_typed_is_lost(desks: Desks) -> None:
    """
    A wrong password says so beside the button; operator and seat stay as they were typed.
    """
    seat = desks.before_sign_in()
    seat.hands.take_the_seat()
    seat.window.page.setFocus()
    seat.hands.write("110023")
    seat.hands.strike(Qt.Key.Key_Tab)

    seat.hands.write("wrong")
    seat.hands.strike(Qt.Key.Key_Return)
    until(lambda: "不正确" in seat.window.page.problem, "the refusal", 30)

    assert seat.window.work is None
    assert seat.window.page.typed[0] == "110023"


@pytest.mark.parametrize(
    ("user", "seat_name", "role"),
    [("1" * 41, "08", Role.CALL_TAKER.value), ("110023", "123456789", Role.CALL_TAKER.value), ("110023", "08", "")],
)
def test_what_cannot_be_an_account_is_said_and_the_page_goes_on(
    qtbot: QtBot, user: str, seat_name: str, role: str
) -> None:
    """
    Too long an operator or seat, or no role, is said beside the field; after mending it the same page signs in.
    """
    page = SignInPage(seat="", practice=True)
    qtbot.addWidget(page)
    asked: list[SignIn] = []
    page.entered.connect(asked.append)
    page.show_typed((user, "practice-only", role, seat_name))

    page.enter()
    refused, problem = list(asked), page.problem
    page.show_typed(("110023", "practice-only", Role.CALL_TAKER.value, "A08"))
    page.enter()

    assert refused == []
    assert problem
    assert [one.seat for one in asked] == ["A08"]


def test_a_console_without_a_seat_signs_nobody_in(qtbot: QtBot) -> None:
    """
    Nobody enters at a seat that nobody chose: two such consoles would read out the same numbers.
    """
    page = SignInPage(seat=read_settings().seat, practice=False)
    qtbot.addWidget(page)
    asked: list[SignIn] = []
    page.entered.connect(asked.append)
    user, password, role, _ = page.typed
    page.show_typed((user or "110023", password or "invented-8", role, page.typed[3]))

    page.enter()

    assert asked == []
    assert "席位号" in page.problem


@pytest.mark.expected_logs("seat taken over seat=01")
def test_a_seat_in_use_is_named_and_enter_takes_it_over(desks: Desks) -> None:
    """
    Whoever signs in at another console's seat is told so by its name; Enter alone, once more, lets him in there.
    """
    assert desks.officer.work
    seat = desks.before_sign_in()
    seat.hands.take_the_seat()
    seat.window.page.show_account("110023", "practice-only", Role.CALL_TAKER, "01")
    seat.hands.strike(Qt.Key.Key_Return)
    until(lambda: "席位 01 正在另一台电脑上使用" in seat.window.page.problem, "the refusal", 30)

    seat.hands.strike(Qt.Key.Key_Return)
    until(lambda: seat.window.work is not None, "signed in", 30)

    assert seat.work.console.session.seat == "01"
    assert not seat.work.console.session.offline


def test_the_password_does_not_stay_on_the_page(desks: Desks) -> None:
    """
    Once somebody is signed in, no field of the hidden page holds the password.
    """
    assert desks.taker.window.page.typed[1] == ""


def test_another_person_who_unlocks_signs_the_first_one_out(desks: Desks) -> None:
    """
    Unlocking as somebody else ends the credential of the one before, in the cache and at the gateway.
    """
    seat = desks.taker
    first = seat.work.console
    seat.hands.press("lock")
    seat.window.page.show_account("110008", "practice-only", Role.CALL_TAKER)
    seat.window.page.setFocus()
    seat.hands.strike(Qt.Key.Key_Return)
    until(lambda: seat.window.work is not None and seat.work.console.session.user == "110008", "the next person")

    def ended() -> bool:
        with first.store.begin() as tx:
            return '"ended":true' in (tx.recall(f"sign-in {first.session.user} {first.session.role}") or "")

    until(ended, "the first one signed out", 10)

    assert seat.work.console.session.token != first.session.token


def test_an_officer_reaches_no_form(desks: Desks) -> None:
    """
    No key brings a duty officer to the intake page, and an answered call begins no form there.
    """
    seat = desks.officer
    seat.hands.take_the_seat()
    for key in ("intake", "new_draft", "missed"):
        seat.hands.press(key)
    seat.hands.press("ready")
    seat.ring("19900002210")
    until(seat.work.console.phone.ringing, "a call that rings")
    seat.hands.press("answer")
    rest(300)

    assert seat.work.pages.currentWidget() is seat.work.approval
    assert seat.work.intake.incident is None


def test_each_order_has_its_own_alarm(desks: Desks, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    An order that comes as another goes is heard; one that grows old sounds again, whatever was silenced before.
    """
    seat = desks.officer
    heard: list[Sound] = []
    monkeypatch.setattr(Speaker, "play", lambda _, sound: heard.append(sound))
    tell = seat.work.approval.waiting.emit
    tell({})

    tell({"first": 120})
    tell({"first": 121})
    one = list(heard)
    tell({"first": 122, "second": 0})
    tell({"first": 123, "second": 120})
    two = heard[len(one) :]
    tell({"third": 0})

    assert one == [Sound.APPROVAL, Sound.DANGER]
    assert two == [Sound.APPROVAL, Sound.DANGER]
    assert heard[-1] == Sound.APPROVAL
    assert len(heard) == 5


def test_practice_is_on_every_screen(desks: Desks) -> None:
    """
    The word for practice stands on the sign-in page and on every screen behind it.
    """
    seat = desks.before_sign_in()
    before = seat.said()
    seat.sign_in()
    said = []
    for key in ("board", "intake", "all_keys"):
        seat.hands.press(key)
        said.append(seat.said())

    assert "练习" in before
    assert all("练习" in words for words in said)


def test_locking_keeps_the_form(desks: Desks) -> None:
    """
    A locked screen shows nothing of the call; after the password the form is as it was.
    """
    seat = desks.taker
    form = begin(seat)
    seat.hands.write(NOISE, free=True)

    seat.hands.press("lock")
    rest()
    shown, told = NOISE in seat.said(), said(seat.window.page)
    user = seat.work.console.session.user
    unlock(seat)
    until(seat.work.isVisible, "the work again")

    assert not shown
    assert f"接警员 {user} 已锁定" in told
    assert "通话" in told
    assert incident(seat).id == form.id
    assert seat.work.intake.panels.narrative.text_edit.toPlainText() == NOISE


def test_only_a_locked_screen_says_so(desks: Desks) -> None:
    """
    The page after a sign-out is not called locked; one that is stays so in another language, its seat read-only.
    """
    seat = desks.taker
    seat.hands.take_the_seat()
    seat.window.lock()
    seat.window._next_language()
    locked = seat.window.page.locked_by, said(seat.window.page)
    read_only = [e.isReadOnly() for e in inside(seat.window.page, QLineEdit) if e.property("role") == "plain"]
    seat.window._next_language()
    seat.window.sign_out()

    assert locked[0] in locked[1]
    assert locked[0]
    assert read_only == [True]
    assert "已锁定" not in said(seat.window.page)


def test_the_digits_of_the_roles_stand_beside_them(qtbot: QtBot) -> None:
    """
    What a digit chooses stands on the line of the field it chooses in.
    """
    page = SignInPage(seat="06", practice=False)
    qtbot.addWidget(page)
    page.resize(1024, 640)
    page.show()
    settle()
    (hint,) = [words for words in inside(page, QLabel) if "2 值班民警" in words.text()]
    field = page._role

    assert abs(hint.mapTo(page, hint.rect().center()).y() - field.mapTo(page, field.rect().center()).y()) <= 2
    assert hint.geometry().left() > field.geometry().right()


def test_another_person_at_the_seat_finds_the_draft_as_somebody_elses(desks: Desks) -> None:
    """
    After sign-out the next person sees the first one's draft by name, and takes it over by its key.
    """
    seat = desks.taker
    form = begin(seat)
    seat.hands.write("换班前没写完", free=True)
    rest(500)

    seat.hands.press("sign_out")
    seat.window.page.show_account("110008", "practice-only", Role.CALL_TAKER)
    seat.window.page.setFocus()
    seat.hands.strike(Qt.Key.Key_Return)
    until(lambda: seat.window.work is not None, "the next person")
    until(lambda: seat.work.intake.form.drafts, "the draft")
    seat.hands.press("draft_1")
    until(lambda: seat.work.intake.incident is not None, "the draft taken over")

    assert incident(seat).id == form.id
    assert incident(seat).author == "110008"
    assert "110023" in incident(seat).authors


def test_language_changes_at_once_and_keeps_the_form(desks: Desks) -> None:
    """
    One key shows every screen in English, the form with its text still there; the next press is Chinese again.
    """
    seat = desks.taker
    begin(seat)
    seat.hands.write(NOISE, free=True)

    seat.hands.press("language")
    rest()
    english = seat.said()
    text = seat.work.intake.panels.narrative.text_edit.toPlainText()
    seat.hands.press("language")
    rest()

    assert "Narrative" in english
    assert text == NOISE
    assert "警情描述" in seat.said()


def test_theme_and_size_change_live(desks: Desks) -> None:
    """
    Theme and text size change under the keys; the cursor stays where it is.
    """
    seat = desks.taker
    begin(seat)
    before = focus()
    looks = seat.appearance.theme, seat.appearance.size

    seat.hands.press("theme")
    seat.hands.press("larger")
    rest()

    assert (seat.appearance.theme, seat.appearance.size) == ("day", looks[1] + 1)
    assert focus() is before
    seat.hands.press("smaller")


def test_the_largest_text_on_the_smallest_screen_is_cut_off_nowhere(desks: Desks) -> None:
    """
    At 28 px on 1366 by 768 no word of the form is cut off at the right edge of what it stands in.
    """
    seat = desks.taker
    begin(seat)
    seat.hands.write(NOISE, free=True)
    seat.appearance.show_size(28)
    seat.window.resize(1366, 768)
    rest(400)
    panels = seat.work.intake.panels
    area = panels.narrative.parentWidget()
    assert area is not None
    viewport = area.parentWidget()
    assert viewport is not None

    wide = area.width() - viewport.width()
    seat.appearance.show_size(18)

    assert wide <= 0


def test_ready_and_not_ready_by_one_key(desks: Desks) -> None:
    """
    One key makes the seat ready, the same key not ready, and the bar says which.
    """
    seat = desks.taker
    before = seat.said()
    seat.hands.press("ready")
    rest(600)
    ready = seat.said()
    seat.hands.press("ready")
    rest(600)

    assert "可接听" not in before
    assert "可接听" in ready
    assert "可接听" not in seat.said()


def test_hanging_up_needs_a_second_press(desks: Desks) -> None:
    """
    One press of the key to hang up asks for the second and ends nothing.
    """
    seat = desks.taker
    seat.hands.press("ready")
    seat.ring("19900002210")
    until(seat.work.console.phone.ringing, "a call")
    seat.hands.press("answer")
    until(lambda: seat.work.intake.incident is not None, "the form")
    phone = seat.work.console.phone
    call = phone.current()

    seat.hands.press("hang_up")
    rest(100)
    after_one = phone.current()
    seat.hands.press("hang_up")
    until(lambda: all(met.ended_at for met in seat.work.console.phone.calls()), "the end of the call")

    assert call is not None
    assert after_one is not None
    assert after_one.id == call.id


def test_every_key_of_the_table_is_bound(desks: Desks) -> None:
    """
    Every row of the table of keys works somewhere in the window, or is handled by the widget that has the focus.
    """
    desks.by_hand = True  # a desk phone has keys of its own
    shortcuts: list[QShortcut] = [
        *desks.taker.window.findChildren(QShortcut),
        *desks.officer.window.findChildren(QShortcut),
    ]
    bound = {shortcut.key().toString() for shortcut in shortcuts}
    handled = set(DECISIONS) | {key.id for key in KEYS if key.local}

    assert [key.id for key in KEYS if key.sequence not in bound and key.id not in handled] == []


def test_no_modal_window_ever(desks: Desks) -> None:
    """
    A refused key, a wrong number, a lost gateway: nothing opens a dialog, everything is said on the screen itself.
    """
    seat = desks.taker
    begin(seat)
    seat.hands.press("work_order")
    desks.stage.taker.plug(False)
    seat.work.sync()
    until(lambda: "离线" in seat.said() or "断" in seat.said(), "the news that the link is down")
    desks.stage.taker.plug(True)

    assert QApplication.activeModalWidget() is None
    assert not [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, QDialog)]
    assert seat.window.findChildren(QLabel)


def test_after_a_lock_the_cursor_is_where_it_was(desks: Desks) -> None:
    """
    Whoever locks the screen over a form and opens it again writes on where the cursor stood.
    """
    seat = desks.taker
    begin(seat)
    seat.hands.write("楼下", free=True)
    seat.hands.press("next_gap")
    stood = focus()
    seat.hands.press("lock")
    seat.hands.write("practice-only")
    seat.hands.strike(Qt.Key.Key_Return)
    until(seat.work.isVisible, "the work is back")

    assert stood is not None
    assert focus() is stood


def test_another_draft_is_written_on_at_its_end(desks: Desks) -> None:
    """
    Going to another form puts the cursor behind what stands there, so that what is said next comes last.
    """
    seat = desks.taker
    first = begin(seat)
    seat.hands.write("楼下烧烤店", free=True)
    second = begin(seat)
    seat.hands.write("路灯", free=True)
    until(lambda: [draft.id for draft in seat.work.intake.form.drafts] == [second.id, first.id], "both forms' cards")
    seat.hands.press("draft_2")
    until(lambda: incident(seat).id == first.id, "the first form")
    seat.hands.write("油烟很大", free=True)

    assert seat.work.intake.panels.narrative.text_edit.toPlainText() == "楼下烧烤店油烟很大"
