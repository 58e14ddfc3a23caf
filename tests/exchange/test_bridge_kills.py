"""The bridge is killed at random moments of a dance of verbs: nobody is cut off, and the desk finds the truth again."""

from __future__ import annotations

import random
import sys
import threading
import time
from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from tests.exchange.desk import HOTLINE, open_site
from tests.exchange.test_whole_way import BACK, NO_GAP, TOLD, Talk
from workstation.domain.call_table import CallAction, CallState
from workstation.domain.errors import IllegalAction, Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.exchange.bare_ami import BareAmi
    from tests.exchange.conftest import Legs
    from tests.exchange.desk import Site110
    from tests.exchange.private_exchange import PrivateExchange

pytestmark = [pytest.mark.exchange, pytest.mark.faults]

LONGEST_DANCE = 0.6
# No hold: that is a silence that is meant.
STEPS = (CallAction.ADD_PARTY, CallAction.CANCEL_ADD, CallAction.LEAVE, CallAction.REJOIN, CallAction.DROP_PARTY)


class Dancer:
    """Takes whatever step the desk offers, until it is told to stop."""

    def __init__(self, talk: Talk, chance: random.Random) -> None:
        self._talk = talk
        self._chance = chance
        self._over = threading.Event()
        self.steps: Counter[str] = Counter()

    def dance(self) -> None:
        """Take steps at random moments."""
        while not self._over.wait(self._chance.uniform(0.0, 0.06)):
            offered = [step for step in STEPS if step in self._talk.desk.phone.offered(self._talk.id)]
            with suppress(IllegalAction, Unavailable):  # the engine's news came first, or the bridge is dead
                self._take(self._chance.choice(offered or [CallAction.REJOIN]))

    def stop(self) -> None:
        """Take no further step."""
        self._over.set()

    def _take(self, step: CallAction) -> None:
        phone, id = self._talk.desk.phone, self._talk.id
        verbs: dict[CallAction, Callable[[], None]] = {
            CallAction.ADD_PARTY: lambda: phone.add_party(id, HOTLINE),
            CallAction.CANCEL_ADD: lambda: phone.cancel_add(id),
            CallAction.LEAVE: lambda: phone.leave(id),
            CallAction.REJOIN: lambda: phone.rejoin(id),
            CallAction.DROP_PARTY: lambda: phone.drop_party(id),
        }
        verbs[step]()
        self.steps[step] += 1


def truth(ami: BareAmi, case: str) -> set[str]:
    """Return who is in the conference, as the exchange says."""
    return {one["ROLE"] for one in ami.listed("ConfbridgeList", Conference=case)}


def shown(talk: Talk) -> set[str]:
    """Return who is in the call, as the desk says."""
    return {party.kind.value for party in talk.call.parties if party.present}


def agree(talk: Talk, ami: BareAmi, within: float) -> float:
    """Wait until desk and exchange say the same and nothing is under way; return how long that took."""
    begun = time.time()
    pause = threading.Event()
    while True:
        settled = not any(party.coming for party in talk.call.parties)
        if settled and shown(talk) == truth(ami, talk.id):
            return time.time() - begun
        if time.time() - begun > within:
            told = [(note.what, note.leg, note.ending) for note in talk.call.log[-12:]]
            raise AssertionError(f"desk {shown(talk)} {talk.call.state}, exchange {truth(ami, talk.id)}: {told}")
        pause.wait(0.02)


def test_the_bridge_is_killed_again_and_again(
    legs: Legs, exchange: PrivateExchange, ami: BareAmi, tmp_path: Path, counted: Callable[[int, int], int]
) -> None:
    """
    At every kill somebody is with the citizen without a gap; each restart brings the desk back to what is true.
    """
    kills = counted(5, 100)
    chance = random.Random(110)  # noqa: S311 -- a dance, not a secret
    worst = {"told": 0.0, "back": 0.0, "agreed": 0.0}
    steps: Counter[str] = Counter()
    with open_site(exchange, tmp_path) as site:
        talk = Talk(legs, site)
        legs.line()
        for _ in range(kills):
            with_seat(talk)
            dancer = Dancer(talk, chance)
            dancing = threading.Thread(target=dancer.dance)
            dancing.start()
            threading.Event().wait(chance.uniform(0.0, LONGEST_DANCE))
            killed = site.bridge.kill()
            dancer.stop()
            dancing.join()
            worst["told"] = max(worst["told"], lost(talk) - killed)
            started = time.time()
            site.bridge.start()
            worst["back"] = max(worst["back"], talk.desk.until(lambda: talk.desk.phone.engine_up, "back") - started)
            worst["agreed"] = max(worst["agreed"], agree(talk, ami, TOLD))
            steps += dancer.steps
        until = time.time()
        heard = talk.citizen.heard_until(until)
        silence = heard.longest_silence(("seat", "third"), talk.since, until)
        states = {one["state"] for one in talk.citizen.events("state")}
    sys.stderr.write(f"\nkills {kills}, steps {dict(steps)}, silence {silence:.3f} s, {worst}\n")

    assert "DISCONNECTED" not in states
    assert silence <= NO_GAP
    assert worst["told"] <= TOLD
    assert worst["back"] <= BACK


def lost(talk: Talk) -> float:
    """Wait until the desk has said that the bridge is gone; return when."""
    return talk.desk.until(lambda: not talk.desk.phone.engine_up, "the loss is told")


def with_seat(talk: Talk) -> None:
    """Bring the seat back into a call that it was out of when the bridge died."""
    if not talk.call.seat.present:
        verb = talk.desk.phone.answer if talk.call.state is CallState.RINGING_BACK else talk.desk.phone.rejoin
        verb(talk.id)
        talk.desk.sees(talk.id, "the seat is in", lambda call: call.seat.present)


def test_a_citizen_who_waits_is_never_left(
    legs: Legs, exchange: PrivateExchange, tmp_path: Path, counted: Callable[[int, int], int]
) -> None:
    """
    Killed between a citizen's call and the seat's answer, the bridge leaves a citizen whom a seat's phone still takes.
    """
    chance = random.Random(12345)  # noqa: S311 -- a moment, not a secret
    seat = legs.seat()
    with open_site(exchange, tmp_path) as site:
        for number in range(counted(2, 20)):
            taken_in_spite_of_a_kill(legs, site, chance, number)
            seat.hang_up()


def taken_in_spite_of_a_kill(legs: Legs, site: Site110, chance: random.Random, number: int) -> None:
    """Let one citizen call, kill the bridge around the answer, and hear that they are taken."""
    desk = site.desk()
    citizen = legs.citizen(number=f"1990000{number + 1000}")
    called = citizen.call(site.exchange.emergency)
    id = desk.rings()
    threading.Event().wait(chance.uniform(0.0, 0.02))
    with suppress(Unavailable):
        desk.phone.answer(id)
    threading.Event().wait(chance.uniform(0.0, 0.03))
    site.bridge.kill()

    citizen.hears("seat", since=called, timeout=15)
    site.bridge.start()
    desk.until(lambda: desk.phone.engine_up, "the bridge is back")
    desk.until(lambda: any(call.state is CallState.TALKING for call in desk.phone.calls()), "whose call it is", TOLD)
    citizen.hang_up()
    desk.until(lambda: all(call.ended_at for call in desk.phone.calls()), "the end")
    desk.close()
