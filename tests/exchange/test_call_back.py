"""Callers who were cut off are called back at a real exchange: the seat first, then the citizen, and both hear."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from tests.exchange.desk import Wiring, open_site
from tests.exchange.outside import Outside
from tests.exchange.test_whole_way import BACK, NO_GAP, TOLD, in_state
from workstation.domain.call_back import BackWish
from workstation.domain.call_event import CallEnd
from workstation.domain.call_party import Ending, PartyState
from workstation.domain.call_table import CallState

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.exchange.conftest import Legs
    from tests.exchange.desk import Desk, Site110
    from tests.exchange.private_exchange import PrivateExchange
    from workstation.domain.call_back import Back
    from workstation.domain.call_party import CallId

pytestmark = pytest.mark.exchange

CALLER = "19900000001"


class CutOff:
    """A site with one seat at work, and a citizen who called once."""

    def __init__(self, legs: Legs, site: Site110, home: Outside) -> None:
        self.legs, self.site, self.home = legs, site, home
        self.seat = legs.seat()
        self.desk: Desk = site.desk()

    def gave_up(self) -> CallId:
        """Let the citizen call and hang up while it rings; return the call."""
        citizen = self.legs.citizen(number=CALLER)
        citizen.call(self.site.exchange.emergency)
        call = self.desk.rings()
        citizen.hang_up()
        self.waiting()
        return call

    def talked(self) -> CallId:
        """Let the citizen talk with the seat and be cut off; the form is not done, so the seat keeps them."""
        citizen = self.legs.citizen(number=CALLER)
        called = citizen.call(self.site.exchange.emergency)
        call = self.desk.rings()
        self.desk.phone.answer(call)
        citizen.hears("seat", since=called)
        citizen.hang_up()
        self.desk.sees(call, "over", in_state(CallState.ENDED))
        self.desk.phone.wish_back(call, BackWish.KEEP)
        self.waiting()
        return call

    def waiting(self) -> Back:
        """Wait until one caller is to be called back, and return who."""
        self.desk.until(lambda: bool(self.desk.phone.backs()), "somebody waits")
        return self.desk.phone.backs()[0]

    def call_back(self, call: CallId) -> CallId:
        """Call whoever was cut off in *call*; return the new call."""
        known = self.desk.phone.calls()
        self.desk.phone.call_back(call)
        self.desk.until(lambda: len(self.desk.phone.calls()) > len(known), "a call-back")
        return self.desk.phone.calls()[-1].id

    def restart(self) -> None:
        """Kill the bridge and start it again; return when the desk knows all that is so."""
        self.site.bridge.kill()
        self.desk.until(lambda: not self.desk.phone.engine_up, "the loss")
        self.site.bridge.start()
        self.desk.until(lambda: self.desk.phone.engine_up and self.desk.telephony.delivered.told_all, "the exchange")

    def sees(self, call: CallId, state: CallState) -> float:
        """Wait until the desk says that *call* is in *state*."""
        return self.desk.sees(call, state, in_state(state))

    def both_hear(self, since: float) -> float:
        """Wait until citizen and seat hear each other, and nobody else."""
        return max(self.home.hears("seat", since=since), self.seat.hears("caller", since=since))


@pytest.fixture
def cut_off(legs: Legs, exchange: PrivateExchange, tmp_path: Path) -> Iterator[CutOff]:
    """Open a site whose trunk leads to the citizen's home."""
    with (
        Outside(exchange, tmp_path, voice="caller") as home,
        open_site(exchange, tmp_path, Wiring(trunk=home.name)) as site,
    ):
        yield CutOff(legs, site, home)


def test_who_gave_up_is_called_back(cut_off: CutOff) -> None:
    """
    The seat's phone comes first and the citizen's number is dialled then; both hear each other and are recorded.
    """
    missed = cut_off.gave_up()
    cut_off.home.answering("answer:1")
    begun = time.time()
    call = cut_off.call_back(missed)
    cut_off.desk.sees(call, "the citizen's phone rings", lambda it: it.citizen.state is PartyState.RINGING)
    seat_rang, home_rang = cut_off.seat.wait("incoming", begun), cut_off.home.wait("incoming", begun)
    dialling = cut_off.desk.phone.call(call).state, cut_off.waiting().taken
    cut_off.sees(call, CallState.TALKING)
    cut_off.both_hear(begun)
    cut_off.desk.until(lambda: not cut_off.desk.phone.backs(), "nobody waits")
    cut_off.desk.phone.end(call)
    cut_off.sees(call, CallState.ENDED)

    assert float(seat_rang["at"]) <= float(home_rang["at"])
    assert dialling == (CallState.CALLING_BACK, True)
    assert CALLER in str(cut_off.home.events("incoming")[0]["dialled"])
    assert cut_off.desk.phone.call(call).recording_id == call
    assert cut_off.site.exchange.recorded(call).stat().st_size > 0
    assert cut_off.seat.wait("state", begun, state="DISCONNECTED")


@pytest.mark.parametrize(
    ("answering", "ending"), [("busy", Ending.BUSY), ("decline", Ending.REJECTED), ("ring", Ending.CANCELLED)]
)
def test_who_is_not_reached_waits_again(cut_off: CutOff, answering: str, ending: Ending) -> None:
    """
    Busy, declined, or given up while it rings: the seat's phone is free again, and the caller waits with one try more.
    """
    missed = cut_off.gave_up()
    cut_off.home.answering(answering)
    begun = time.time()
    call = cut_off.call_back(missed)
    if ending is Ending.CANCELLED:
        cut_off.desk.sees(call, "it rings", lambda it: it.citizen.state is PartyState.RINGING)
        cut_off.desk.phone.end(call)
    cut_off.sees(call, CallState.ENDED)
    cut_off.seat.wait("state", begun, state="DISCONNECTED")
    cut_off.home.wait("state", begun, state="DISCONNECTED")
    cut_off.desk.until(lambda: cut_off.waiting().tries == 1, "one try")
    cut_off.home.answering("answer")
    again = time.time()
    cut_off.sees(cut_off.call_back(missed), CallState.TALKING)
    cut_off.both_hear(again)

    assert cut_off.desk.phone.call(call).citizen.ending is ending
    assert cut_off.desk.phone.call(call).ended_by is CallEnd.NOT_REACHED


def test_a_seat_whose_phone_does_not_come_calls_nobody(cut_off: CutOff) -> None:
    """
    When the seat's own phone is busy the citizen is not dialled, and waits on.
    """
    missed = cut_off.gave_up()
    cut_off.seat.answering("busy")
    call = cut_off.call_back(missed)
    cut_off.sees(call, CallState.ENDED)
    cut_off.desk.until(lambda: not cut_off.waiting().taken, "free again")

    assert not cut_off.home.events("incoming")


def test_a_caller_cut_off_while_talking_is_the_seats_own(cut_off: CutOff) -> None:
    """
    A colleague cannot take whom a seat keeps; the call-back is a call of its own that says whose form it goes on with.
    """
    cut_off.legs.seat(2, voice="colleague")
    colleague = cut_off.site.desk("A2")
    cut = cut_off.talked()
    colleague.until(lambda: any(it.taken for it in colleague.phone.backs()), "kept by the other seat")
    colleague.telephony.call_back(cut)
    begun = time.time()
    call = cut_off.call_back(cut)
    cut_off.sees(call, CallState.TALKING)
    cut_off.both_hear(begun)
    colleague.until(lambda: not colleague.phone.backs(), "nobody waits")

    assert call != cut
    assert not any(it.back_of for it in colleague.phone.calls())


def test_who_calls_again_is_not_called_back(cut_off: CutOff) -> None:
    """
    A caller who calls again leaves the queue of every seat.
    """
    cut_off.gave_up()
    cut_off.legs.citizen(number=CALLER).call(cut_off.site.exchange.emergency)
    cut_off.desk.until(lambda: not cut_off.desk.phone.backs(), "nobody waits")


def test_a_held_call_is_there_after_the_call_back(cut_off: CutOff) -> None:
    """
    A seat with one citizen on hold calls another back; then its phone is with the first again, and nobody was mixed up.
    """
    missed = cut_off.gave_up()
    other = cut_off.legs.citizen("citizen", "19900000002")
    called = other.call(cut_off.site.exchange.emergency)
    first = cut_off.desk.rings((missed,))
    cut_off.desk.phone.answer(first)
    other.hears("seat", since=called)
    cut_off.desk.phone.hold(first)
    cut_off.sees(first, CallState.HELD)
    begun = time.time()
    call = cut_off.call_back(missed)
    cut_off.sees(call, CallState.TALKING)
    cut_off.both_hear(begun)
    other.hears("hold", since=begun)
    cut_off.desk.phone.end(call)
    cut_off.sees(call, CallState.ENDED)
    begun = time.time()
    cut_off.desk.phone.resume(first)
    cut_off.sees(first, CallState.TALKING)
    other.hears("seat", since=begun)
    cut_off.seat.hears("citizen", since=begun)


def test_the_bridge_dies_while_the_citizens_phone_rings(cut_off: CutOff) -> None:
    """
    Without the bridge the citizen answers and hears the seat; after its restart the desk says so, and can hang up.
    """
    missed = cut_off.gave_up()
    cut_off.home.answering("ring")
    begun = time.time()
    call = cut_off.call_back(missed)
    cut_off.home.wait("incoming", begun)
    cut_off.site.bridge.kill()
    cut_off.home.answer()
    talk = cut_off.both_hear(begun)
    restarted = time.time()
    cut_off.site.bridge.start()
    back = cut_off.sees(call, CallState.TALKING)
    until = back + 0.5

    cut_off.desk.until(lambda: not cut_off.desk.phone.backs(), "reached, so nobody waits")
    assert back - restarted <= BACK
    assert cut_off.home.heard_until(until).longest_gap("seat", talk, until) <= NO_GAP
    cut_off.desk.phone.end(call)
    cut_off.sees(call, CallState.ENDED)
    cut_off.home.wait("state", talk, state="DISCONNECTED")


@pytest.mark.parametrize("declined", [True, False], ids=["the citizen declines", "the phone rings on"])
def test_the_bridge_comes_back_to_a_call_back_that_rings_or_is_over(cut_off: CutOff, *, declined: bool) -> None:
    """
    A call-back that rings through the bridge's restart is still one; a failed one leaves no phone off hook.
    """
    missed = cut_off.gave_up()
    cut_off.home.answering("ring")
    begun = time.time()
    call = cut_off.call_back(missed)
    cut_off.home.wait("incoming", begun)
    cut_off.site.bridge.kill()
    if declined:
        cut_off.home.hang_up()
        cut_off.home.wait("state", begun, state="DISCONNECTED")
    cut_off.site.bridge.start()
    cut_off.desk.until(lambda: cut_off.desk.phone.engine_up, "the exchange")
    if not declined:
        cut_off.home.answer()
        cut_off.sees(call, CallState.TALKING)
        cut_off.both_hear(begun)
        cut_off.desk.until(lambda: not cut_off.desk.phone.backs(), "reached, so nobody waits")
        return
    cut_off.sees(call, CallState.ENDED)
    cut_off.seat.wait("state", begun, state="DISCONNECTED")
    assert cut_off.waiting().call == missed
    assert time.time() - begun <= BACK + TOLD


def test_the_queue_outlives_the_bridge(cut_off: CutOff) -> None:
    """
    Who waits when the bridge dies waits after its restart, as often tried, at the same seat; who is settled does not.
    """
    own = cut_off.talked()
    cut_off.home.answering("busy")
    cut_off.sees(cut_off.call_back(own), CallState.ENDED)
    cut_off.desk.until(lambda: cut_off.waiting().tries == 1, "one try")
    cut_off.desk.phone.wish_back(own, BackWish.KEEP)
    cut_off.desk.until(lambda: cut_off.waiting().mine, "the seat's own")
    before = cut_off.waiting()
    cut_off.restart()
    after = cut_off.waiting()
    cut_off.desk.phone.wish_back(own, BackWish.SETTLE)
    cut_off.desk.until(lambda: not cut_off.desk.phone.backs(), "settled")
    cut_off.restart()
    newcomer = cut_off.site.desk("A2")

    assert (after.call, after.tries, after.mine, after.number) == (own, 1, True, before.number)
    assert abs((after.at - before.at).total_seconds()) < 1
    assert cut_off.desk.phone.backs() == newcomer.phone.backs() == ()


def test_who_gives_up_while_the_bridge_is_gone_is_called_back(cut_off: CutOff) -> None:
    """
    A citizen who calls and hangs up without any bridge stands in the queue of the next one, once.
    """
    cut_off.seat.answering("ring")
    cut_off.site.bridge.kill()
    citizen = cut_off.legs.citizen(number=CALLER)
    citizen.call(cut_off.site.exchange.emergency)
    rang = cut_off.seat.wait("incoming", 0.0)
    citizen.hang_up()
    cut_off.seat.wait("state", float(rang["at"]), state="DISCONNECTED")
    cut_off.site.bridge.start()
    cut_off.desk.until(lambda: bool(cut_off.desk.phone.backs()), "somebody waits")
    missed = cut_off.waiting()
    cut_off.desk.phone.wish_back(missed.call, BackWish.SETTLE)
    cut_off.desk.until(lambda: not cut_off.desk.phone.backs(), "settled")
    cut_off.restart()

    assert missed.number.text == CALLER
    assert cut_off.desk.phone.backs() == ()


def test_who_is_cut_off_while_the_bridge_is_gone_can_be_kept(cut_off: CutOff) -> None:
    """
    A citizen who is cut off in a talk without any bridge is no longer in a call after its restart, and can be kept.
    """
    citizen = cut_off.legs.citizen(number=CALLER)
    called = citizen.call(cut_off.site.exchange.emergency)
    call = cut_off.desk.rings()
    cut_off.desk.phone.answer(call)
    citizen.hears("seat", since=called)
    cut_off.site.bridge.kill()
    citizen.hang_up()
    cut_off.seat.wait("state", called, state="DISCONNECTED")
    cut_off.site.bridge.start()
    cut_off.sees(call, CallState.ENDED)
    known = cut_off.desk.phone.backs()
    cut_off.desk.phone.wish_back(call, BackWish.KEEP)

    assert known == ()
    assert cut_off.waiting().mine
    assert cut_off.desk.phone.call(call).ended_by is CallEnd.DECLARED


def test_a_desk_that_was_away_learns_that_its_caller_was_cut_off(cut_off: CutOff) -> None:
    """
    A citizen who is cut off while the seat's desk is closed can be kept by the next desk, which knows of the end.
    """
    citizen = cut_off.legs.citizen(number=CALLER)
    called = citizen.call(cut_off.site.exchange.emergency)
    call = cut_off.desk.rings()
    cut_off.desk.phone.answer(call)
    citizen.hears("seat", since=called)
    cut_off.desk.close()
    citizen.hang_up()
    cut_off.seat.wait("state", called, state="DISCONNECTED")
    anew = cut_off.site.desk(kept=cut_off.desk.kept)
    anew.until(lambda: call in {it.id for it in anew.phone.calls()}, "the call that is over")
    anew.phone.wish_back(call, BackWish.KEEP)
    anew.until(lambda: any(it.mine for it in anew.phone.backs()), "kept")

    assert anew.phone.call(call).ended_by is CallEnd.CITIZEN
    assert anew.phone.call(call).off_hook_at == cut_off.desk.phone.call(call).off_hook_at
