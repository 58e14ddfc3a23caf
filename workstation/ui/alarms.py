"""What sounds at a console, and for how long: the telephone, and the orders that wait for a duty officer."""

from collections.abc import Mapping

from workstation.settings import WAITS_TOO_LONG_S
from workstation.ui.sound import Sound, Speaker


class Alarms:
    """Sounds while a call rings, and once for each order that waits or has waited too long."""

    def __init__(self, sounds: Speaker) -> None:
        self._sounds = sounds
        self._waited: set[str] = set()
        self._overdue: set[str] = set()

    def ring(self, ringing: bool) -> None:  # noqa: FBT001 -- a Qt slot
        """Sound until nothing rings any more."""
        if ringing:
            self._sounds.play(Sound.RING)
        else:
            self._sounds.stop(Sound.RING)

    def wait(self, waiting: Mapping[str, int]) -> None:
        """Sound once for each order that comes to wait, and again and again for each that has waited too long."""
        overdue = {id for id, seconds in waiting.items() if seconds >= WAITS_TOO_LONG_S}
        if waiting.keys() - self._waited:
            self._sounds.play(Sound.APPROVAL)
        if overdue - self._overdue:
            self._sounds.play(Sound.DANGER)
        elif not overdue:
            self._sounds.stop(Sound.DANGER)
        self._waited, self._overdue = set(waiting), overdue

    def quiet(self) -> None:
        """Be silent until something begins anew."""
        self._sounds.stop()
