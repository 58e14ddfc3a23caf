"""A start that cannot go on says why in one sentence on the first page, and leaves every file as it was."""

import os
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.contract.gateway_world import opened, served
from tests.contract.test_gateway_http import _answering as answering
from tests.contract.test_tls import authority, certified
from tests.faults.console_process import Typist, leave, sit_down
from workstation.adapters.data_root import DataRoot
from workstation.adapters.secrets_wrapped import WrappedSecrets
from workstation.adapters.sql_file import connect, create_file
from workstation.bootstrap.practice import PRACTICE_CALL_TAKER, PRACTICE_PASSWORD
from workstation.bootstrap.stage import two_consoles
from workstation.bootstrap.station import DeskStation
from workstation.desk.sync import Report
from workstation.domain.identity import TransferId
from workstation.domain.lifecycle import Action, Role, State
from workstation.ui.demo_hands import until
from workstation.ui.demo_officer import Officer
from workstation.ui.demo_stage import Seat, Stage

pytestmark = pytest.mark.faults

USER, PASSWORD = PRACTICE_CALL_TAKER, PRACTICE_PASSWORD
STORY = "门口路灯不亮,已有三天。"


@pytest.fixture(autouse=True)
def _no_keyring(monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    """Keep away from the keyring of whoever runs the tests."""
    del qtbot
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)


@contextmanager
def _opened(folder: Path) -> Iterator[Seat]:
    """Open a call-taker's window on *folder*, nobody signed in yet."""
    with _staged(folder) as stage:
        seat = Seat(stage.taker)
        try:
            yield seat
            assert seat.crashes == []
        finally:
            leave(seat)


@contextmanager
def _staged(folder: Path) -> Iterator[Stage]:
    stage = two_consoles(folder, on_demand=True)
    try:
        yield stage
    finally:
        stage.close()


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory, qapp: object) -> Path:
    """Leave a console behind on which somebody wrote a draft."""
    del qapp
    folder = tmp_path_factory.mktemp("used")
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
        with _opened(folder) as seat:
            seat.sign_in()
            seat.hands.press("new_draft")
            until(lambda: seat.work.intake.incident is not None, "a form")
            seat.hands.write(STORY, free=True)
    return folder


@pytest.fixture
def folder(used: Path, tmp_path: Path) -> Path:
    """Give each test that console as its own."""
    return Path(shutil.copytree(used, tmp_path / "root"))


def _try(seat: Seat, password: str = PASSWORD) -> str:
    """Sign in by keys and return what the page says once it has an answer."""
    hands, page = seat.hands, seat.window.page
    hands.take_the_seat()
    page.setFocus()
    for text in (USER, password):
        hands.write(text)
        hands.strike(Qt.Key.Key_Tab)
    hands.digit(1)
    hands.strike(Qt.Key.Key_Return)
    until(lambda: seat.window.work is not None or page.problem not in {"", "正在登录…"}, "an answer")
    return page.problem


def _cache(folder: Path) -> Path:
    return folder / "call-taker" / "cache.db"


def _files(folder: Path) -> dict[str, bytes]:
    """Read the files that hold records or keys."""
    console = folder / "call-taker"
    return {
        file.name: file.read_bytes() for file in sorted(console.iterdir()) if file.suffix in {".db", ".json", ".key"}
    }


def _has_the_draft(folder: Path) -> bool:
    with _opened(folder) as seat:
        seat.sign_in()
        until(lambda: seat.work.intake.form.drafts, "the drafts")
        return seat.work.intake.form.drafts[0].intake.get("narrative") == STORY


def _plain_file(folder: Path) -> None:
    _cache(folder).unlink()
    with closing(sqlite3.connect(_cache(folder))) as plain:
        plain.execute("CREATE TABLE incidents (document)")
        plain.commit()


def _newer_schema(folder: Path) -> None:
    console = folder / "call-taker"
    with closing(DataRoot(console)) as root:
        key = WrappedSecrets(console, root.id, USER, PASSWORD).get()
    assert key is not None
    with closing(connect(_cache(folder), key)) as newer:
        newer.execute("PRAGMA user_version = 999")


def _foreign_file(folder: Path) -> None:
    _cache(folder).unlink()
    create_file(_cache(folder), bytes(range(32)))


@pytest.mark.parametrize(
    ("tamper", "sentence"),
    [
        (_foreign_file, "本机的记录文件是另一台电脑的:{file}。未作任何改动,请联系技术支持换回本机的文件。"),
        (_plain_file, "本机记录文件未加密,已拒绝打开。请勿删除,并联系技术支持。"),
        (_newer_schema, "本机记录由更新的版本写入,请启动该版本。未作任何改动。"),
    ],
    ids=["another console's file", "a plain file", "a newer schema"],
)
def test_a_strange_cache_is_refused(folder: Path, tamper: object, sentence: str) -> None:
    """
    A cache that is another console's, not encrypted or from a newer version is refused in a sentence, and not touched.
    """
    assert callable(tamper)
    tamper(folder)
    before = _files(folder)
    with _opened(folder) as seat:
        said = sentence.replace(",", "\N{FULLWIDTH COMMA}").replace(":", "\N{FULLWIDTH COLON}")
        shown = _try(seat).replace("\N{ZERO WIDTH SPACE}", "")  # where a long path may be broken
        assert shown == said.replace("{file}", str(_cache(folder)))
        assert seat.window.work is None

    assert _files(folder) == before


def test_the_key_of_another_console_is_refused_and_loses_nothing(folder: Path) -> None:
    """
    A key that is not this console's is refused with a sentence, nothing is touched, and with its own key all is whole.
    """
    console = folder / "call-taker"
    with closing(DataRoot(console)) as root:
        slot = WrappedSecrets(console, root.id, USER, PASSWORD)
        own = slot.get()
        slot.put(bytes(range(32)))
        before = _files(folder)
    with _opened(folder) as seat:
        said, entered = _try(seat), seat.window.work
    after = _files(folder)
    with closing(DataRoot(console)) as root:
        assert own is not None
        WrappedSecrets(console, root.id, USER, PASSWORD).put(own)

    assert said == "本机密钥打不开本机记录。未作任何改动\N{FULLWIDTH COMMA}请联系技术支持。"
    assert entered is None
    assert after == before
    assert _has_the_draft(folder)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("root.json", "记有本机密钥编号的文件已损坏:{file}。"), ("key.wrapped.json", "本机密钥文件已损坏:{file}。")],
)
def test_a_damaged_key_file_is_named_and_left_alone(folder: Path, name: str, sentence: str) -> None:
    """
    Without the file that leads to the key nothing is promised but support: it is named, and no file is touched.
    """
    file = folder / "call-taker" / name
    whole = file.read_bytes()
    file.write_text("x")
    before = _files(folder)
    with _opened(folder) as seat:
        shown = _try(seat).replace("\N{ZERO WIDTH SPACE}", "")
    after = _files(folder)
    file.write_bytes(whole)
    rest = "再次启动无济于事。未作任何改动,请联系技术支持换回该文件。"
    said = (sentence + rest).replace(",", "\N{FULLWIDTH COMMA}").replace(":", "\N{FULLWIDTH COLON}")

    assert shown == said.replace("{file}", str(file))
    assert after == before
    assert _has_the_draft(folder)


def test_a_wrong_password_opens_nothing(folder: Path) -> None:
    """
    A wrong password is told, what was typed stays, and the right one lets in the next moment, the draft whole.
    """
    with _opened(folder) as seat:
        assert _try(seat, "wrong-horse-1") == "工号或密码不正确\N{FULLWIDTH COMMA}请重试。"
        seat.hands.write(PASSWORD)
        seat.hands.strike(Qt.Key.Key_Return)
        until(lambda: seat.window.work is not None, "signed in")

    assert _has_the_draft(folder)


def test_a_second_window_on_one_data_root_is_told(folder: Path) -> None:
    """
    A second workstation on the same data root says so at once, and the first goes on undisturbed.
    """
    with closing(DataRoot(folder / "call-taker")), _opened(folder) as seat:
        until(lambda: seat.window.page.problem, "the sentence")
        assert seat.window.page.problem.startswith("工作台已在使用此数据目录。")

    assert _has_the_draft(folder)


def test_a_second_window_gets_in_once_the_first_is_closed(folder: Path) -> None:
    """
    Signing in while another window holds the data root says so each time; after that one closed, Enter alone enters.
    """
    first = DataRoot(folder / "call-taker")
    with closing(first), _opened(folder) as seat:
        until(lambda: seat.window.page.problem, "the sentence")
        said = _try(seat)
        typed = seat.window.page.typed
        first.close()
        seat.hands.strike(Qt.Key.Key_Return)
        until(lambda: seat.window.work is not None, "signed in")

    assert said.startswith("工作台已在使用此数据目录。")
    assert typed[:2] == (USER, PASSWORD)


def test_a_start_that_is_refused_moves_no_cursor(folder: Path) -> None:
    """
    The sentence of a refused start comes while somebody types: the cursor stays, and what is missing is said beside it.
    """
    with closing(DataRoot(folder / "call-taker")), _opened(folder) as seat:
        until(lambda: seat.window.page.problem, "the first refusal")
        hands, page = seat.hands, seat.window.page
        hands.take_the_seat()
        page.show_typed((USER, PASSWORD, Role.CALL_TAKER.value, "06"))
        page.enter()
        page.show_typed(("", "", Role.CALL_TAKER.value, "06"))
        page.setFocus()
        hands.write(USER[:3])
        until(lambda: page.problem != "正在登录…", "the refusal")
        hands.write(USER[3:])
        typed = page.typed
        hands.strike(Qt.Key.Key_Return)
        said = seat.said()

    assert typed[:3] == (USER, "", Role.CALL_TAKER.value)
    assert "工作台已在使用此数据目录。" in said
    assert "请填写此项" in said


@pytest.mark.expected_logs(r"cache was damaged")
def test_a_damaged_cache_is_rescued_and_said(folder: Path) -> None:
    """
    A damaged cache is put aside and rescued; the window names the file, and the draft is there.
    """
    with _cache(folder).open("r+b") as damaged:
        damaged.write(b"\xff" * 64)
    with _opened(folder) as seat:
        seat.sign_in()
        until(lambda: seat.work.intake.form.drafts, "the drafts")

        assert "记录文件曾损坏\N{FULLWIDTH COMMA}已另存为 damaged-" in seat.work.intake.panels.notice.text
        assert [draft.intake.get("narrative") for draft in seat.work.intake.form.drafts] == [STORY]
    assert len(list(_cache(folder).parent.glob("damaged-*.db"))) == 1


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Mount a disk of eight megabytes of the test's own."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("NOT TESTED: a full and a read-only disk, because this user may not mount one")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


@pytest.fixture
def console_on_disk(folder: Path, small_disk: Path) -> Path:
    """Move the console's data root, not the gateway's, to the small disk."""
    shutil.move(folder / "call-taker", small_disk / "call-taker")
    (folder / "call-taker").symlink_to(small_disk / "call-taker")
    return folder


def test_a_read_only_folder_is_told(console_on_disk: Path, small_disk: Path) -> None:
    """
    A data folder that may not be written is told on the first page; writable again, the draft is there.
    """
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with _opened(console_on_disk) as seat:
        until(lambda: seat.window.page.problem, "the sentence")
        assert seat.window.page.problem == "数据目录不可写\N{FULLWIDTH COMMA}请检查权限。"
    subprocess.run(["mount", "-o", "remount,rw", str(small_disk)], check=True)

    assert _has_the_draft(console_on_disk)


def test_a_disk_that_fills_up_while_one_types_is_told(console_on_disk: Path, small_disk: Path) -> None:
    """
    When the disk fills up the form says so and keeps its text; with room again the next key saves all of it.
    """
    with _opened(console_on_disk) as seat:
        seat.sign_in()
        until(lambda: seat.work.intake.form.drafts, "the drafts")
        seat.hands.press("draft_1")
        until(lambda: seat.work.intake.incident is not None, "the draft")
        ballast = small_disk / "ballast"
        _fill(ballast)
        text = STORY
        seat.hands.press("narrative")
        for _ in range(100):
            seat.hands.strike(Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
            seat.hands.write(STORY * 50, free=True)
            text += STORY * 50
            seat.work.intake.keeper.flush()
            until(lambda: _kept(seat) == text or seat.work.intake.panels.notice.text, "kept or told")  # noqa: B023 -- now
            if seat.work.intake.panels.notice.text:
                break
        assert "磁盘已满。文字仍在屏幕上" in seat.work.intake.panels.notice.text
        assert seat.work.intake.panels.narrative.text_edit.toPlainText() == text
        ballast.unlink()
        seat.hands.write("1")
        until(lambda: _kept(seat) == text + "1", "all of it")


def _kept(seat: Seat) -> str:
    """Return the narrative as it is on the disk."""
    incident = seat.work.intake.incident
    assert incident is not None
    return seat.work.console.form.incident(incident.id).intake.get("narrative")


def _fill(ballast: Path) -> None:
    """Write until nothing more fits."""
    with ballast.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(4096))


def test_a_wrong_certificate_is_told(tmp_path: Path) -> None:
    """
    A gateway whose certificate another authority signed is refused by name, not called an outage.
    """
    ours = authority("Ours").write(tmp_path / "ours.pem")
    with opened("local", tmp_path) as world, served(world.service, certified(authority("Theirs"), tmp_path)) as server:
        seat = sit_down(tmp_path / "console", server.url, ca=str(ours))
        said = _try(seat)
        leave(seat)

    assert said == "网关证书不是本单位签发的。请停止操作并联系技术支持。"
    assert seat.crashes == []


@pytest.mark.parametrize("hours", [-2, 2])
def test_a_wrong_clock_is_told_and_disorders_nothing(tmp_path: Path, hours: int) -> None:
    """
    A console whose clock is two hours off says so; its order's steps keep their order, the gateway's time beside them.
    """

    def wrong() -> datetime:
        return datetime.now(UTC) + timedelta(hours=hours)

    with _staged(tmp_path) as stage:
        station = stage.taker.station
        assert isinstance(station, DeskStation)
        station._clock = wrong
        taker, officer = Seat(stage.taker), Seat(stage.officer)
        try:
            taker.sign_in()
            until(
                lambda: "时钟偏差 7200 秒" in taker.said() or "时钟偏差 7199 秒" in taker.said(), "the drift in words"
            )
            officer.sign_in()
            taker.hands.take_the_seat()
            Typist(taker, random.Random(6), lambda **_: None).record()  # noqa: S311
            until(officer.work.approval.queue.order, "the order at the duty officer's")
            (order,) = officer.work.approval.queue.order()
            Officer(officer).approve(order)
            until(lambda: taker.state(order) is State.SENT, "the approval at the wrong clock's console")

            steps = taker.work.console.desk.transfer(TransferId(order)).transfer.steps
            recorded = [step.recorded_at for step in steps if step.recorded_at is not None]
            assert [step.action for step in steps] == [Action.SUBMIT, Action.APPROVE, Action.RELEASE]
            assert len(recorded) == len(steps)
            assert recorded == sorted(recorded)
            assert abs(steps[0].at - recorded[0] - timedelta(hours=hours)) < timedelta(minutes=1)
            assert officer.work.console.clock() - recorded[0] < timedelta(minutes=1)
        finally:
            leave(taker)
            leave(officer)
        assert taker.crashes == officer.crashes == []


def test_a_stranger_who_answers_for_the_gateway_is_an_outage(tmp_path: Path) -> None:
    """
    Whoever answers foreign JSON in the gateway's place lets nobody in, in words, and nothing crashes.
    """
    with answering(
        b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 14\r\n\r\n{"hello": 110}'
    ) as url:
        seat = sit_down(tmp_path / "console", url)
        said = _try(seat)
        leave(seat)

    assert said.startswith("网关地址上应答的不是网关。")
    assert seat.crashes == []


def test_a_stranger_who_answers_in_mid_shift_is_told(folder: Path) -> None:
    """
    Foreign JSON in the gateway's place during the shift is told once in words, beside the status line's outage.
    """
    with _opened(folder) as seat:
        seat.sign_in()
        seat.work.exchange.stop()
        until(lambda: not seat.work.exchange.is_running, "no exchange under way")
        seat.work.exchange.ended.emit(Report(unavailable="foreign_answer"))
        told = seat.work.intake.panels.notice.text
        seat.hands.press("notice")
        seat.work.exchange.ended.emit(Report(unavailable="foreign_answer"))
        again = seat.work.intake.panels.notice.isVisible()

    assert told.startswith("网关地址上应答的不是网关。")
    assert not again


def test_an_order_changed_elsewhere_meanwhile_is_told(tmp_path: Path) -> None:
    """
    Taking an order back while it was approved elsewhere is refused in words; the screen shows what is true now.
    """
    with _staged(tmp_path) as stage:
        taker, officer = Seat(stage.taker), Seat(stage.officer)
        try:
            taker.sign_in()
            officer.sign_in()
            taker.hands.take_the_seat()
            Typist(taker, random.Random(6), lambda **_: None).record()  # noqa: S311
            until(officer.work.approval.queue.order, "the order at the duty officer's")
            (order,) = officer.work.approval.queue.order()
            stage.taker.plug(False)
            withdraw = partial(taker.work.console.desk.act, TransferId(order), Action.WITHDRAW)
            workers = stage.taker.workers
            workers.write.submit(withdraw).result()
            Officer(officer).approve(order)
            until(lambda: officer.state(order) in {State.APPROVED, State.SENT}, "the approval")
            stage.taker.plug(True)

            until(lambda: "网关退回了一项操作" in taker.said(), "the refusal in words", 30)
            until(lambda: taker.state(order) in {State.APPROVED, State.SENT}, "the truth on screen")
            assert taker.work.console.form.drafts() == []
        finally:
            leave(taker)
            leave(officer)
        assert taker.crashes + officer.crashes == []


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only here a display is named by the environment")
def test_a_window_without_a_display_is_refused_in_a_sentence(tmp_path: Path) -> None:
    """
    Where nothing can be shown, the live window ends with 2 and one sentence that says what to do, and makes no file.
    """
    hidden = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    root = tmp_path / "root"
    done = subprocess.run(
        [sys.executable, "-m", "workstation", "--data-root", str(root)],
        env=environment | {"HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("workstation: there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set). ")
    assert done.stderr.count("\n") == 1
    assert not root.exists()
