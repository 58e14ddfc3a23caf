"""The three sounds of the workstation, each with its own volume."""

import io
import math
import shutil
import struct
import sys
import wave
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QTimer
from PySide6.QtWidgets import QApplication

RATE = 16_000
PLAYERS = ("paplay", "pw-play", "aplay")


class Sound(Enum):
    """What a sound means."""

    RING = "ring"
    APPROVAL = "approval"
    DANGER = "danger"


Tones = tuple[tuple[int, float], ...]
TONES: dict[Sound, Tones] = {
    Sound.RING: ((880, 0.2), (660, 0.2), (880, 0.2), (660, 0.2)),
    Sound.APPROVAL: ((523, 0.15), (0, 0.05), (784, 0.2)),
    Sound.DANGER: ((1040, 0.12), (0, 0.06), (1040, 0.12), (0, 0.06), (1040, 0.25)),
}
"""Each sound as (hertz, seconds); 0 Hz is silence."""
REPEATS: dict[Sound, float] = {Sound.RING: 3.0, Sound.DANGER: 5.0}
"""After how many seconds a sound that calls for somebody comes again."""


@dataclass(frozen=True, slots=True)
class Volumes:
    """How loud each sound is, from 0 (silent) to 100."""

    ring: int = 80
    approval: int = 50
    danger: int = 100

    def of(self, sound: Sound) -> int:
        return {Sound.RING: self.ring, Sound.APPROVAL: self.approval, Sound.DANGER: self.danger}[sound]


class Speaker(QObject):
    """Plays a sound once or until it is stopped; without a player on this machine it beeps."""

    def __init__(self, folder: Path, volumes: Volumes) -> None:
        super().__init__()
        self._folder = folder
        self._volumes = volumes
        self._player = next((found for name in PLAYERS if (found := shutil.which(name))), "")
        self._files: dict[Sound, Path] = {}
        self._timers: dict[Sound, QTimer] = {}

    @property
    def sounding(self) -> frozenset[Sound]:
        """The sounds that go on until somebody stops them."""
        return frozenset(sound for sound, timer in self._timers.items() if timer.isActive())

    def play(self, sound: Sound) -> None:
        """Play *sound* now, and again and again if it is one that calls for somebody."""
        if self._volumes.of(sound) == 0 or sound in self.sounding:
            return
        self._sound(sound)
        if sound in REPEATS:
            self._timer(sound).start(round(1000 * REPEATS[sound]))

    def stop(self, sound: Sound | None = None) -> None:
        """Stop *sound*, or all of them."""
        for playing, timer in self._timers.items():
            if sound in {None, playing}:
                timer.stop()

    def _timer(self, sound: Sound) -> QTimer:
        if sound not in self._timers:
            timer = QTimer(self)
            timer.timeout.connect(lambda: self._sound(sound))
            self._timers[sound] = timer
        return self._timers[sound]

    def _sound(self, sound: Sound) -> None:
        if not self._player and sys.platform != "win32":
            self._beep()
            return
        try:
            self._play_file(self._file(sound))
        except OSError:  # a full disk takes no file; somebody must be called all the same
            self._beep()

    def _play_file(self, file: Path) -> None:
        if sys.platform == "win32":
            import winsound

            winsound.PlaySound(str(file), winsound.SND_FILENAME | winsound.SND_ASYNC)
        else:
            QProcess.startDetached(self._player, [str(file)])

    def _beep(self) -> None:
        QApplication.beep()

    def _file(self, sound: Sound) -> Path:
        if sound not in self._files:
            path = self._folder / f"{sound.value}.wav"
            self._folder.mkdir(parents=True, exist_ok=True)
            path.write_bytes(tone(TONES[sound], self._volumes.of(sound)))
            self._files[sound] = path
        return self._files[sound]


def tone(tones: Tones, volume: int) -> bytes:
    """Return a WAV file of *tones* at *volume*, each fading in and out so that it does not click."""
    samples = [sample for hertz, seconds in tones for sample in _samples(hertz, seconds, volume)]
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(struct.pack(f"<{len(samples)}h", *samples))
    return file.getvalue()


def _samples(hertz: int, seconds: float, volume: int) -> list[int]:
    count = round(RATE * seconds)
    edge = RATE // 100
    loud = 32_000 * volume / 100
    return [
        round(loud * min(1, at / edge, (count - at) / edge) * math.sin(2 * math.pi * hertz * at / RATE))
        for at in range(count)
    ]
