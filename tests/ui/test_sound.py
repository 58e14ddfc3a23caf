"""The promises of the sounds."""

import io
import wave
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from workstation.ui.sound import Sound, Speaker, Volumes, tone


class Recorder(Speaker):
    """Writes down what would be heard."""

    def __init__(self, folder: Path, volumes: Volumes) -> None:
        super().__init__(folder, volumes)
        self.heard: list[Sound] = []

    def _sound(self, sound: Sound) -> None:
        self._file(sound)
        self.heard.append(sound)


def test_a_ring_goes_on_until_it_is_stopped(qapp: QObject, tmp_path: Path) -> None:  # noqa: ARG001 - timers need it
    """
    A ringing call sounds until somebody answers; a waiting approval sounds once.
    """
    speaker = Recorder(tmp_path / "sounds", Volumes())
    speaker.play(Sound.RING)
    speaker.play(Sound.RING)
    speaker.play(Sound.APPROVAL)
    sounding = speaker.sounding
    speaker.stop(Sound.RING)

    assert speaker.heard == [Sound.RING, Sound.APPROVAL]
    assert sounding == {Sound.RING}
    assert not speaker.sounding


def test_each_sound_has_its_own_volume(qapp: QObject, tmp_path: Path) -> None:  # noqa: ARG001 - timers need it
    """
    Turning one sound off leaves the others.
    """
    speaker = Recorder(tmp_path, Volumes(approval=0))
    speaker.play(Sound.APPROVAL)
    speaker.play(Sound.DANGER)

    assert speaker.heard == [Sound.DANGER]


class Beeper(Speaker):
    """Counts its beeps."""

    beeps = 0

    def _beep(self) -> None:
        self.beeps += 1


def test_a_sound_that_cannot_be_written_beeps(qapp: QObject, tmp_path: Path) -> None:  # noqa: ARG001 - timers need it
    """
    Where no sound file can be written, a ring is a beep and goes on until it is stopped.
    """
    (tmp_path / "sounds").write_bytes(b"")  # a file where the folder should be
    speaker = Beeper(tmp_path / "sounds", Volumes())
    speaker.play(Sound.RING)
    sounding = speaker.sounding
    speaker.stop()

    assert speaker.beeps == 1
    assert sounding == {Sound.RING}


@pytest.mark.parametrize(("volume", "loudest"), [(0, 0), (50, 16_000), (100, 32_000)])
def test_volume_is_in_the_sound_itself(volume: int, loudest: int) -> None:
    """
    The sound file is as loud as was asked for.
    """
    with wave.open(io.BytesIO(tone(((1000, 0.1),), volume))) as file:
        frames = memoryview(file.readframes(file.getnframes())).cast("h")
        seconds = file.getnframes() / file.getframerate()

    assert max(frames) <= loudest
    assert max(frames) >= loudest * 0.9
    assert seconds == pytest.approx(0.1)
