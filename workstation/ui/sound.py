"""The three sounds of a console: ring, approval waiting, danger; each made here, none shipped."""

import math
import struct
import subprocess
import wave
from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path
from shutil import which

RATE = 16_000
_PLAYERS = ("pw-play", "paplay", "aplay")


class Sound(StrEnum):
    RING = "ring"
    APPROVAL = "approval"
    DANGER = "danger"


_TONES: Mapping[Sound, tuple[tuple[float, float], ...]] = {
    Sound.RING: ((440.0, 0.4), (0.0, 0.1), (520.0, 0.4)),
    Sound.APPROVAL: ((660.0, 0.15), (0.0, 0.08), (660.0, 0.15)),
    Sound.DANGER: ((880.0, 0.2), (700.0, 0.2), (880.0, 0.2), (700.0, 0.2)),
}


class Sounds:
    """Plays short tones through whatever player the machine has; a machine without one falls back to the bell.

    Args:
        folder: Where the tones are written once.
        volumes: 0 to 100 for each sound.
        bell: What to do on a machine without a player.
    """

    def __init__(self, folder: Path, volumes: Mapping[Sound, int], bell: Callable[[], object]) -> None:
        self._folder = folder
        self._volumes = dict(volumes)
        self._bell = bell
        self._player = next((found for name in _PLAYERS if (found := which(name))), "")
        self._playing: list[subprocess.Popen[bytes]] = []
        self.played: list[Sound] = []

    def play(self, sound: Sound) -> None:
        """Play *sound* once, at its own volume; nothing waits for its end."""
        self.played.append(sound)
        del self.played[:-50]
        if not self._volumes.get(sound, 0):
            return
        if not self._player:
            self._bell()
            return
        self._playing = [process for process in self._playing if process.poll() is None]
        command = [self._player, str(self._file(sound))]
        silent = subprocess.DEVNULL
        self._playing.append(subprocess.Popen(command, stdin=silent, stdout=silent, stderr=silent))  # noqa: S603 -- our own words

    def close(self) -> None:
        """End what still sounds."""
        for process in self._playing:
            process.terminate()
            process.wait()
        self._playing = []

    def _file(self, sound: Sound) -> Path:
        path = self._folder / f"{sound}-{self._volumes[sound]}.wav"
        if not path.exists():
            self._folder.mkdir(parents=True, exist_ok=True)
            with wave.open(str(path), "wb") as file:
                file.setnchannels(1)
                file.setsampwidth(2)
                file.setframerate(RATE)
                file.writeframes(tone(_TONES[sound], self._volumes[sound]))
        return path


def tone(parts: tuple[tuple[float, float], ...], volume: int) -> bytes:
    """Return sine tones (hertz, seconds) one after the other as 16-bit samples; 0 Hz is a pause."""
    loudness = 32_000 * volume / 100
    samples = [
        int(loudness * math.sin(2 * math.pi * hertz * number / RATE))
        for hertz, seconds in parts
        for number in range(int(seconds * RATE))
    ]
    return struct.pack(f"<{len(samples)}h", *samples)
