"""The promises of the telephone on screen."""

from datetime import datetime

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.seen import button, inside, said
from workstation.domain.call_party import Ending, PartyState
from workstation.domain.call_seat import SeatState
from workstation.domain.call_table import CALL_TRANSITIONS, CallAction, CallState
from workstation.domain.identity import CHINA
from workstation.ui.call.call_bar import KEYS_OF_ACTIONS, CallBar, CallView, HeldView
from workstation.ui.call.missed_calls import MissedCalls, MissedView
from workstation.ui.call.party_row import PartyRow, PartyView
from workstation.ui.call.status_line import StatusLine, StatusView
from workstation.ui.call.top_bar import TopBar
from workstation.ui.call.trouble import trouble
from workstation.ui.chips import LONGEST_LINE, Chip, Words
from workstation.ui.standing import Standing
from workstation.ui.theme import THEMES, Appearance, colour

TALKING = CallView(CallState.TALKING, "199 **** 2210", "公民", 72, (CallAction.HOLD, CallAction.END))


def test_a_ringing_call_blinks_once_a_second_and_a_taken_one_not(qtbot: QtBot) -> None:
    """
    The light of a ringing call changes every half second; it is steady as soon as the call is answered.
    """
    bar = CallBar()
    qtbot.addWidget(bar)
    bar.show_call(CallView(CallState.RINGING, "199 **** 2210", actions=(CallAction.ANSWER,)))
    ringing = bar._blink.isActive(), bar._blink.interval()
    bar.show_call(TALKING)

    assert ringing == (True, 500)
    assert not bar._blink.isActive()


def test_a_ringing_call_stands_out_steadily(qtbot: QtBot) -> None:
    """
    State, number and answering key are marked while it rings, the tick disturbs no blinking, and then all is calm.
    """
    bar = CallBar()
    qtbot.addWidget(bar)
    ringing = CallView(CallState.RINGING, "199 **** 2210", actions=(CallAction.ANSWER,))
    bar.show_call(ringing)
    loud = [words.property("state") for words in inside(bar, Words) if words.property("role") == "call"]
    key = button(bar, "answer").property("state")
    bar._toggle()
    dark = bar._dot.property("state")
    bar.show_call(ringing)
    still_dark = bar._dot.property("state")
    bar.show_call(TALKING)
    calm = [words.property("state") for words in inside(bar, Words) if words.property("role") == "call"]

    assert loud == ["ringing", "ringing"]
    assert key == "ringing"
    assert (dark, still_dark) == ("", "")
    assert calm == ["", ""]


def test_the_keys_of_the_bar_show_their_state(qtbot: QtBot, appearance: Appearance) -> None:
    """
    The key that must be pressed again is red, and the key that answers is blue, in every theme.
    """
    bar = CallBar()
    qtbot.addWidget(bar)
    bar.resize(600, 60)
    bar.show()
    seen = []
    for theme in THEMES:
        appearance.show_theme(theme)
        bar.show_call(TALKING)
        bar.show_hang_up_waiting(True)
        red = button(bar, "end").grab().toImage().pixelColor(4, 6)
        bar.show_call(CallView(CallState.RINGING, "199 **** 2210", actions=(CallAction.ANSWER,)))
        blue = button(bar, "answer").grab().toImage().pixelColor(4, 6)
        seen.append((red == colour("danger_bg"), blue == colour("accent")))

    assert seen == [(True, True)] * len(THEMES)


def test_the_bar_offers_what_the_table_allows(qtbot: QtBot) -> None:
    """
    The bar shows the keys of the actions it is given, with their words, and a click names the action.
    """
    bar = CallBar()
    qtbot.addWidget(bar)
    bar.show_call(TALKING)
    buttons = {found.objectName(): found for found in inside(bar, QPushButton)}

    with qtbot.waitSignal(bar.chosen) as chosen:
        buttons["hold"].click()

    assert set(buttons) == {"hold", "end"}
    assert buttons["hold"].text().startswith("F2 ")
    assert chosen.args == [CallAction.HOLD]
    assert "1:12" in said(bar)


def test_every_call_action_has_a_key_or_comes_with_one() -> None:
    """
    Whatever the table of calls allows can be done by a key: claiming comes with answering, transferring with F9.
    """
    without = {action for _, action in CALL_TRANSITIONS} - set(KEYS_OF_ACTIONS)

    assert without == {CallAction.CLAIM, CallAction.TRANSFER}


def test_hanging_up_asks_for_the_second_press(qtbot: QtBot) -> None:
    """
    After the first press the bar says in words that the second one hangs up.
    """
    bar = CallBar()
    qtbot.addWidget(bar)
    bar.show_call(TALKING)
    hang_up = button(bar, "end")
    bar.show_hang_up_waiting(True)
    asked = hang_up.text()
    bar.show_hang_up_waiting(False)

    assert "再按一次" in asked
    assert "再按一次" not in hang_up.text()


def test_a_second_call_is_announced_beside_the_first(qtbot: QtBot) -> None:
    """
    A call that rings while another goes on is shown with its number and the key that takes it.
    """
    bar = CallBar()
    qtbot.addWidget(bar)
    bar.show_call(TALKING)
    bar.show_second("199 **** 7788")

    assert "199 **** 7788" in said(bar)
    assert "F11" in said(bar)


def test_who_waits_on_hold_stands_beside_the_call(qtbot: QtBot) -> None:
    """
    Every call on hold is shown with who waits and since when; the keys that change over stand there where they do.
    """
    bar = CallBar()
    qtbot.addWidget(bar)
    bar.show_call(TALKING)
    bar.show_held([HeldView("19900007788", 95), HeldView("19900003321", 5)], swaps=True)
    two = said(bar)
    bar.show_held([HeldView("19900007788", 96)], swaps=False)
    one = said(bar)
    bar.show_held([], swaps=True)
    none = said(bar)

    assert "保持 19900007788 1:35" in two
    assert "保持 19900003321 0:05" in two
    assert "Alt+W 换回" in two
    assert "19900007788 1:36" in one
    assert "19900003321" not in one
    assert "Alt+W" not in one
    assert "19900007788" not in none
    assert "Alt+W" not in none


def test_without_a_call_the_bar_shows_the_seat(qtbot: QtBot) -> None:
    """
    Between calls the bar says whether the seat is ready, with the key that changes it, and no old number.
    """
    bar = CallBar()
    qtbot.addWidget(bar)
    bar.show_call(TALKING)
    bar.show_seat_state(SeatState.READY)

    assert "状态：可接听" in said(bar)
    assert button(bar, "ready").text() == "Ctrl+R 暂停接听"
    assert "2210" not in said(bar)


def test_the_key_of_readiness_names_what_it_does(qtbot: QtBot) -> None:
    """
    State and act are told apart: while a form is finished the key takes back what is wanted, and a click does the same.
    """
    bar = CallBar()
    qtbot.addWidget(bar)
    bar.show_seat_state(SeatState.NOT_READY, SeatState.NOT_READY)
    begins = button(bar, "ready").text()
    bar.show_seat_state(SeatState.WRAP_UP, SeatState.READY)
    pressed: list[None] = []
    bar.ready_pressed.connect(lambda: pressed.append(None))

    button(bar, "ready").click()
    ends = button(bar, "ready").text()
    bar.show_call(TALKING)

    assert (begins, ends) == ("Ctrl+R 开始接听", "Ctrl+R 暂停接听")
    assert pressed == [None]
    assert "Ctrl+R" not in said(bar)


def test_the_party_row_opens_and_closes_by_itself(qtbot: QtBot) -> None:
    """
    The row shows each party in words, why one failed, and is gone when the call is for two again.
    """
    row = PartyRow()
    qtbot.addWidget(row)
    parties = [
        PartyView("市民", PartyState.JOINED),
        PartyView("12345", PartyState.RINGING, 6),
        PartyView("燃气", PartyState.FAILED, ending=Ending.BUSY),
    ]
    row.show_parties(parties, [("drop_party", "挂断加入方")])
    opened, words = not row.isHidden(), said(row)
    row.show_parties(())

    assert opened
    assert "0:06" in words
    assert "Shift+F3" in words
    assert row.isHidden()


def test_missed_calls_can_be_called_back(qtbot: QtBot) -> None:
    """
    Enter on a missed call asks to call it back; without any, the list says so.
    """
    calls = MissedCalls()
    qtbot.addWidget(calls)
    empty = said(calls)
    calls.show_calls([MissedView("c1", "21:40", "199 **** 0001", 24)])
    calls.show()

    with qtbot.waitSignal(calls.chosen) as chosen:
        rows = calls._rows
        rows.activated.emit(rows.cards.index(0))

    assert "没有待回拨" in empty
    assert chosen.args == ["c1"]


def test_the_status_names_what_is_wrong_only(qtbot: QtBot) -> None:
    """
    Offline, unsent, drift and a missing keyring are said in words; a healthy console says little.
    """
    line = StatusLine()
    qtbot.addWidget(line)
    line.show_status(StatusView(drift=29))
    healthy = said(line)
    line.show_status(StatusView(connected=False, unsent=3, oldest=125, parked=1, refused=1, drift=-31, keyring=False))
    sick = said(line)

    assert "29" not in healthy
    assert "离线" in sick
    assert "2:05" in sick
    assert "31" in sick
    assert "密钥环" in sick
    assert "2 件未送达" in sick


def test_who_only_decides_is_not_told_to_go_on_taking_calls(qtbot: QtBot) -> None:
    """
    Without the gateway a call-taker reads that calls go on being taken; an officer only that it is off.
    """
    line = StatusLine()
    qtbot.addWidget(line)
    line.show_status(StatusView(connected=False))
    taker = said(line)
    line.show_status(StatusView(connected=False, writes=False))
    officer = said(line)

    assert "可继续接警" in taker
    assert "离线" in officer
    assert "接警" not in officer


def test_a_telephone_that_cannot_be_driven_is_said_until_it_can(qtbot: QtBot) -> None:
    """
    While the telephone's control is lost the line says what to use instead; when it is back it says nothing.
    """
    line = StatusLine()
    qtbot.addWidget(line)
    at_first = said(line)
    line.show_telephone(trouble(""))
    lost = said(line)
    line.show_telephone(None)

    assert "请直接用话机" in lost
    assert "话机" not in at_first + said(line)


@pytest.mark.parametrize(
    ("code", "why", "step"),
    [
        ("seat_taken", "席位被占用", "值班民警"),
        ("unknown_token", "登录已失效", "重新登录"),
        ("no_token", "离线登录", "重新登录"),
        ("disabled", "账号已停用", "管理员"),
        ("role", "无接警权限", "管理员"),
        ("no_telephone", "本席未配话机", "技术支持"),
        ("exchange", "交换机失联", "技术支持"),
        ("gateway", "登录无法核验", "技术支持"),
        ("certificate_expired", "证书有误", "技术支持"),
        ("foreign_answer", "地址有误", "技术支持"),
        ("ConnectionError", "连接不上", "网线"),
    ],
)
def test_why_the_telephone_is_lost_is_said_with_what_to_do(qtbot: QtBot, code: str, why: str, step: str) -> None:
    """
    The chip names the reason and the way out in one line; its tool tip and description say who can mend it.
    """
    line = StatusLine()
    qtbot.addWidget(line)
    line.show_telephone(trouble(code))
    (chip,) = (chip for chip in inside(line, Chip) if "话务" in chip.text())
    words, tip, read_out = chip.text(), chip.toolTip(), chip.accessibleDescription()
    line.show_telephone(None)

    assert words == f"话务控制中断（{why}），请直接用话机"
    assert len(words) <= LONGEST_LINE
    assert step in tip
    assert tip.endswith("接听、挂断请直接用话机。")
    assert read_out == tip
    assert (chip.toolTip(), chip.accessibleDescription()) == ("", "")


def test_the_clock_is_there_from_the_first_moment(qtbot: QtBot) -> None:
    """
    The time of day stands on the line as soon as there is one, before any second has passed.
    """
    line = StatusLine()
    qtbot.addWidget(line)
    standing = Standing(line, lambda: datetime(2026, 3, 2, 3, 4, 5, tzinfo=CHINA))
    standing.stop()

    assert "03:04:05" in said(line)


def test_practice_cannot_be_overlooked(qtbot: QtBot, appearance: Appearance) -> None:
    """
    In practice a band of orange stripes with the word lies across the whole top bar, in every theme and every picture.
    """
    bar = TopBar()
    qtbot.addWidget(bar)
    bar.resize(1366, 80)
    bar.show_practice(True)
    bar.show()
    shares = []
    for theme in THEMES:
        appearance.show_theme(theme)
        image = bar.grab().toImage()
        orange = colour("stripe").rgb()
        row = [image.pixel(x, bar.stripe.height() - 1) == orange for x in range(image.width())]
        shares.append(sum(row) / len(row))

    assert all(0.3 < share < 0.9 for share in shares)
    assert said(bar).count("练习") == 3


def test_without_practice_there_is_no_stripe(qtbot: QtBot) -> None:
    """
    A live console never shows the stripe.
    """
    bar = TopBar()
    qtbot.addWidget(bar)
    bar.show()

    assert not bar.stripe.isVisible()
