"""Who is heard in a recording: each person's sound is one sine, so a frequency is a voice."""

from __future__ import annotations

import wave
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

# Far enough apart for windows of 20 ms, and nobody is another's overtone.
VOICES: Final[Mapping[str, int]] = {
    "citizen": 440,
    "caller": 560,
    "seat": 700,
    "colleague": 850,
    "third": 1000,
    "fourth": 1180,
    "hold": 1500,
    "wait": 1850,
}
HEARD: Final = -45.0  # dB of full scale; a voice arrives with -12, an absent one is below -55
CLEAR: Final = -35.0  # for single windows of 20 ms
_LONG: Final = 0.05
_SHORT: Final = 0.02
_HEADER: Final = 44
_SILENT: Final = -120.0

Samples = npt.NDArray[np.float64]


class Recording:
    """What one leg heard, from the moment *begun*; it may be read while it is still being written."""

    def __init__(self, path: Path, begun: float, rate: int = 16000) -> None:
        self._path = path
        self._rate = rate
        self.begun = begun

    @property
    def until(self) -> float:
        """Return the moment up to which the recording is written."""
        return self.begun + max(0, self._path.stat().st_size - _HEADER) / 2 / self._rate

    def hears(self, since: float, until: float) -> set[str]:
        """Name who is heard through most of the time between two moments."""
        return {who for who, level in self.levels(since, until).items() if level > HEARD}

    def hears_only(self, voices: set[str], since: float, until: float) -> bool:
        """Tell whether each of *voices* is heard in every window between two moments, and no other in any."""
        samples = self._between(since, until)
        size = int(_LONG * self._rate)
        heard = {who: _levels(samples, tone, self._rate, size, size) > HEARD for who, tone in VOICES.items()}
        return all(windows.all() if who in voices else not windows.any() for who, windows in heard.items())

    def levels(self, since: float, until: float) -> dict[str, float]:
        """Return each voice's level in dB between two moments: the median of windows of 50 ms."""
        samples = self._between(since, until)
        size = int(_LONG * self._rate)
        return {who: _median(_levels(samples, tone, self._rate, size, size)) for who, tone in VOICES.items()}

    def onset(self, who: str, after: float) -> float | None:
        """Return the first moment after *after* at which *who* is heard clearly, or None; good to about 40 ms."""
        clear = self._clear(who, after, self.until)
        first = int(np.argmax(clear)) if clear.any() else None
        return None if first is None else after + (first + 1) * _SHORT / 2

    def longest_gap(self, who: str, since: float, until: float) -> float:
        """Return the longest time in seconds, between two moments, in which *who* is not heard clearly.

        A time that is not in the recording counts as silence.
        """
        return self.longest_silence((who,), since, until)

    def longest_silence(self, voices: Sequence[str], since: float, until: float) -> float:
        """Return the longest time in seconds, between two moments, in which none of *voices* is heard clearly."""
        missing = max(0.0, until - self.until)
        clear = np.any([self._clear(who, since, min(until, self.until)) for who in voices], axis=0)
        edges = np.flatnonzero(np.concatenate(([True], clear, [True])))
        longest = int(np.diff(edges).max()) - 1 if clear.size else 0
        return max(longest * _SHORT / 2, missing if missing > _SHORT else 0.0)

    def _clear(self, who: str, since: float, until: float) -> npt.NDArray[np.bool_]:
        size = int(_SHORT * self._rate)
        return _levels(self._between(since, until), VOICES[who], self._rate, size, size // 2) > CLEAR

    def _between(self, since: float, until: float) -> Samples:
        first = max(0, int((since - self.begun) * self._rate))
        count = max(0, int((until - self.begun) * self._rate) - first)
        with self._path.open("rb") as file:
            file.seek(_HEADER + 2 * first)
            read = file.read(2 * count)
        return np.frombuffer(read[: len(read) // 2 * 2], "<i2").astype(np.float64) / 32768


def _levels(samples: Samples, frequency: int, rate: int, size: int, step: int) -> Samples:
    """Return the level of *frequency* in dB in each window of *size* samples."""
    if len(samples) < size:
        return np.empty(0)
    windows = np.lib.stride_tricks.sliding_window_view(samples, size)[::step]
    shape = np.hanning(size)
    probe = np.exp(-2j * np.pi * frequency * np.arange(size) / rate) * shape
    found = np.abs(windows @ probe) * 2 / shape.sum()
    levels: Samples = 20 * np.log10(found + 1e-6)
    return levels


def _median(levels: Samples) -> float:
    return float(np.median(levels)) if levels.size else _SILENT


def read_wave(path: Path) -> tuple[Samples, int]:
    """Read a finished recording of the exchange: its samples and their rate."""
    with wave.open(str(path)) as file:
        return np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(np.float64) / 32768, file.getframerate()


def voices_in(samples: Samples, rate: int) -> set[str]:
    """Name who is heard through most of *samples*."""
    size = int(_LONG * rate)
    return {who for who, tone in VOICES.items() if _median(_levels(samples, tone, rate, size, size)) > HEARD}


def write_tone(path: Path, frequency: int, seconds: float = 10.0, rate: int = 8000) -> None:
    """Write a sine as a WAV file that an exchange can play."""
    sine = 0.25 * np.sin(2 * np.pi * frequency * np.arange(int(seconds * rate)) / rate)
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes((sine * 32767).astype("<i2").tobytes())
