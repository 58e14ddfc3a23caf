"""What a person does at a headset, and what it shows of the call."""

from dataclasses import dataclass
from enum import StrEnum


class HeadsetKey(StrEnum):
    """What a person does at a headset."""

    HOOK = "hook"
    """The one button, or the handset off or on the hook: answer, else mute; it never hangs up."""
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
