"""A headset with buttons and lights of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class HeadsetKey(StrEnum):
    """What a person does at a headset."""

    HOOK = "hook"
    """The one button, or the handset off or on the hook: answer, else the first or second press to hang up."""
    MUTE = "mute"
    FLASH = "flash"
    """Hold, or back from it."""


@dataclass(frozen=True, slots=True)
class Lights:
    """What a headset shows of the call; a device shows what it has a light for."""

    ring: bool = False
    off_hook: bool = False
    mute: bool = False
    hold: bool = False


class Headset(Protocol):
    """One device, whichever is plugged in; it may come and go."""

    @property
    def problem(self) -> str:
        """Why a device that is there cannot be used, as a code; empty while all is well or none is there."""
        ...

    def listen(self, pressed: Callable[[HeadsetKey], None]) -> None:
        """Tell *pressed* of every key from now on, from a thread of the headset's own."""
        ...

    def show(self, lights: Lights) -> None:
        """Show how the call stands; never waits for the device."""
        ...

    def close(self) -> None:
        """Let go of the device; all its lights go out."""
        ...
