"""Chinese is typed through an input method: what is still composed is nobody's business, what is committed is kept."""

import json
import os
import queue
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.faults.console_process import leave
from workstation.bootstrap.stage import two_consoles
from workstation.ui.demo_hands import until
from workstation.ui.demo_stage import Seat

NEEDED = ("Xvfb", "openbox", "dbus-run-session", "fcitx5", "fcitx5-remote", "xdotool")
WINDOW = Path(__file__).with_name("input_method_window.py")
PROFILE = """[Groups/0]
Name=Default
Default Layout=us
DefaultIM=pinyin
[Groups/0/Items/0]
Name=keyboard-us
Layout=
[Groups/0/Items/1]
Name=pinyin
Layout=
[GroupOrder]
0=Default
"""
BUS = """<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><auth>EXTERNAL</auth>
<policy context="default">
<allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
</policy>
</busconfig>"""
LONGEST_S = 40
SAFETY_FIRST = "请先确认安全：按 F1 再按数字。"


@pytest.fixture
def seat(tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Seat]:
    """Sit a call-taker down with an open form."""
    del qtbot
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    stage = two_consoles(tmp_path, on_demand=True)
    seat = Seat(stage.taker)
    seat.sign_in()
    seat.hands.press("new_draft")
    until(lambda: seat.work.intake.incident is not None, "a form")
    yield seat
    leave(seat)
    stage.close()
    assert seat.crashes == []


def _compose(text: str, commit: str = "") -> None:
    """Let an input method show *text* as composed so far, and commit."""
    event = QInputMethodEvent(text, [])
    event.setCommitString(commit)
    focus = QApplication.focusWidget()
    assert focus is not None
    QApplication.sendEvent(focus, event)


@pytest.mark.parametrize("field", ["narrative", "address"])
def test_what_is_composed_is_no_draft_yet(seat: Seat, field: str) -> None:
    """
    Letters that an input method still composes are neither kept nor looked at; the committed words are, at once.
    """
    intake = seat.work.intake
    incident = intake.incident
    assert incident is not None
    intake.gaps.go_to(field)
    _compose("zhang'san")
    due = time.monotonic() + 1.2  # longer than the latest moment at which a draft is kept
    until(lambda: time.monotonic() > due, "the time of an autosave")
    assert intake.incident == incident
    assert seat.work.console.form.incident(incident.id).intake.get(field) == ""

    _compose("", commit="张三")
    until(lambda: seat.work.console.form.incident(incident.id).intake.get(field) == "张三", "the words on the disk")


def test_a_key_while_composing_loses_nothing(seat: Seat) -> None:
    """
    Going on to another field while something is composed keeps what was committed and crashes nothing.
    """
    intake = seat.work.intake
    intake.gaps.go_to("narrative")
    _compose("", commit="路灯不亮")
    _compose("hen jiu")
    seat.hands.strike(Qt.Key.Key_Tab)
    incident = intake.incident
    assert incident is not None

    until(
        lambda: seat.work.console.form.incident(incident.id).intake.get("narrative").startswith("路灯不亮"), "the words"
    )


class Outside:
    """A display of its own with a window manager, an input method and our window, and fingers on its keyboard."""

    def __init__(self, folder: Path, display: str) -> None:
        self._said: queue.Queue[dict[str, object]] = queue.Queue()
        self.last: dict[str, object] = {}
        config = folder / "config" / "fcitx5"
        config.mkdir(parents=True)
        (config / "profile").write_text(PROFILE)
        (folder / "bus.conf").write_text(BUS)  # nobody else's keyring is started by it
        self.environment = {
            **os.environ,
            "DISPLAY": display,
            "HOME": str(folder),
            "XDG_CONFIG_HOME": str(folder / "config"),
            "XDG_DATA_HOME": str(folder / "data"),
            "QT_QPA_PLATFORM": "xcb",
            "QT_IM_MODULE": "fcitx",  # as Chinese desktops preset it; the program must know better
            "PYTHONPATH": str(WINDOW.parents[2]),
        }
        self.environment.pop("WAYLAND_DISPLAY", None)
        script = f"""
            openbox >/dev/null 2>&1 &
            fcitx5 -r --disable=wayland,notificationitem,cloudpinyin >/dev/null 2>&1 &
            echo "$DBUS_SESSION_BUS_ADDRESS" >{folder}/bus
            for turn in $(seq 100); do fcitx5-remote >/dev/null 2>&1 && break; sleep 0.1; done
            exec {sys.executable} {WINDOW} {folder}/roots
        """
        self.process = subprocess.Popen(
            ["dbus-run-session", f"--config-file={folder}/bus.conf", "--", "bash", "-c", script],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._reader = threading.Thread(target=self._read)
        self._reader.start()
        self._bus = folder / "bus"

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._said.put(json.loads(line))

    def run(self, *command: str) -> str:
        """Run a tool at this display."""
        environment = {**self.environment, "DBUS_SESSION_BUS_ADDRESS": self._bus.read_text().strip()}
        done = subprocess.run(command, env=environment, check=False, capture_output=True, text=True, timeout=20)
        return done.stdout.strip()

    def until(self, happened: Callable[[dict[str, object]], bool], what: str) -> None:
        """Listen to the window until it has said what is waited for."""
        end = time.monotonic() + LONGEST_S
        while not (self.last and happened(self.last)):
            try:
                self.last = self._said.get(timeout=max(0.01, end - time.monotonic()))
            except queue.Empty:
                pytest.fail(f"{what}; the window said last: {self.last}")

    def close(self) -> None:
        """End everything that was started here."""
        os.killpg(self.process.pid, 9)
        self.process.wait()
        self._reader.join()
        if self.process.stdout is not None:
            self.process.stdout.close()


@pytest.fixture
def outside(tmp_path: Path) -> Iterator[Outside]:
    """Open the real window on a display of its own with a real input method."""
    missing = [tool for tool in NEEDED if shutil.which(tool) is None]
    if missing:
        pytest.skip(f"NOT TESTED: typing Chinese through fcitx5, because {', '.join(missing)} is not installed")
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1920x1080x24", "-nolisten", "tcp"],
        pass_fds=(write,),
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as answer:
        display = f":{answer.readline().strip()}"
    outside = Outside(tmp_path, display)
    yield outside
    outside.close()
    server.terminate()
    server.wait()


@pytest.mark.xvfb
def test_chinese_is_typed_through_a_real_input_method(outside: Outside) -> None:
    """
    At a real display fcitx5 turns zhangsan and a blank into two characters, and Ctrl+Return still is the window's key.
    """
    outside.until(lambda said: said["text"] == "", "the open form")
    for _ in range(50):
        outside.run("fcitx5-remote", "-s", "pinyin")
        if outside.run("fcitx5-remote") == "2":
            break
        time.sleep(0.1)
    outside.run("xdotool", "type", "--delay", "60", "zhangsan")
    assert outside.last["kept"] == ""
    outside.run("xdotool", "key", "space")
    outside.until(lambda said: said["text"] == "张三", "two characters")
    outside.until(lambda said: said["kept"] == "张三", "the draft on the disk")
    outside.run("xdotool", "key", "ctrl+Return")

    outside.until(lambda said: said["notice"] == SAFETY_FIRST, "the answer to the key")
    assert outside.last["text"] == "张三"
    assert outside.last["crashes"] == []
