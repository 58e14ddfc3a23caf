"""The seats' phones that fall silent: the dead are hung up, the living never."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from itertools import count

from workstation.adapters.asterisk_legs import SeatPhone
from workstation.adapters.asterisk_link import ActionRefused
from workstation.adapters.asterisk_pulse import Pulse

LOOK_S, SILENT_S = 0.01, 0.05
WATCHED_S = 0.5
CHANNEL = "PJSIP/seat-01-00000001"


def hung_up(counted: Callable[[int, Pulse], str], slow_s: float = 0) -> list[str]:
    """Watch one phone whose n-th count *counted* gives, the fourth one late, and return what was hung up."""
    ended: list[str] = []
    looks = count()

    async def ask(_: str) -> str:
        look = next(looks)
        answer = counted(look, pulse)
        await asyncio.sleep(slow_s if look == 3 else 0)
        return answer

    async def watch() -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(pulse.watch(), WATCHED_S)

    phone = SeatPhone("01", "PJSIP/seat-01", unique="1.3", channel=CHANNEL, case="case-1.2")
    pulse = Pulse([phone], ask, ended.append, LOOK_S, SILENT_S)
    asyncio.run(watch())
    assert next(looks) > 0
    return ended


def test_a_phone_that_falls_silent_is_hung_up() -> None:
    """
    A phone that sent sound and sends no more is hung up, once.
    """
    assert hung_up(lambda look, _: str(min(look, 5))) == [CHANNEL]


def test_a_phone_that_sends_lives() -> None:
    """
    A phone from which sound comes is left alone.
    """
    assert hung_up(lambda look, _: str(look)) == []


def test_a_phone_that_never_sent_is_left_alone() -> None:
    """
    A phone that rings, and one that was on hold when the bridge came, have sent nothing that could stop.
    """
    assert hung_up(lambda _, __: "0") == []


def test_a_phone_on_hold_lives() -> None:
    """
    A phone that sent, and holds by its own key now, is silent and lives.
    """

    def holds(look: int, pulse: Pulse) -> str:
        if look == 5:
            pulse.follow({"Event": "Hold", "Channel": CHANNEL})
        return str(min(look, 5))

    assert hung_up(holds) == []


def test_a_phone_that_dies_after_a_hold_is_hung_up() -> None:
    """
    A hold that is over protects a phone no longer.
    """

    def held_before(look: int, pulse: Pulse) -> str:
        if look == 0:
            pulse.follow({"Event": "Hold", "Channel": CHANNEL})
            pulse.follow({"Event": "Unhold", "Channel": CHANNEL})
        return str(min(look, 5))

    assert hung_up(held_before) == [CHANNEL]


def test_a_slow_link_proves_nothing() -> None:
    """
    An answer that takes longer than a phone may be silent ends no call.
    """
    assert hung_up(lambda look, _: str(look if look != 4 else 3), slow_s=2 * SILENT_S) == []


def test_a_channel_that_has_gone() -> None:
    """
    A channel that the exchange no longer has is passed over, and looked at again.
    """

    def now_and_then(look: int, _: Pulse) -> str:
        if look % 2:
            raise ActionRefused("No such channel")
        return str(look)

    assert hung_up(now_and_then) == []
