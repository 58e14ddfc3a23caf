"""A headset with buttons and lights of its own."""

from collections.abc import Callable
from typing import Protocol

from workstation.domain.headset import HeadsetKey, Lights


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
