"""A busy night at one exchange: many calls at many seats, none lost, none crossed."""

from __future__ import annotations

import threading
import time
from collections import Counter
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from tests.exchange.crowd import citizens, phones
from tests.exchange.desk import Wiring, open_site
from tests.exchange.leg import Leg
from tests.exchange.private_exchange import PrivateExchange, free_port
from workstation.domain.call_event import CallEnd
from workstation.domain.call_table import CallState
from workstation.domain.errors import IllegalAction

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable

    from tests.exchange.bare_ami import BareAmi, Heard
    from tests.exchange.desk import Desk
    from tests.exchange.private_exchange import Parts
    from workstation.domain.call import Call

pytestmark = [pytest.mark.exchange, pytest.mark.bench]

SEATS: Final = 20
CALLS_A_MINUTE: Final = 40
TALK_S: Final = 20.0
NIGHT_S: Final = 1200.0
GROWTH_MB: Final = 5.0


class Operator:
    """Somebody at a desk who answers whoever rings, is free again when the citizen has hung up, and goes on."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._over = threading.Event()
        self._working = threading.Thread(target=self._work, name="operator")
        self._working.start()

    def close(self) -> None:
        """Take no more calls."""
        self._over.set()
        self.desk._changed()
        self._working.join()

    @property
    def served(self) -> list[Call]:
        """Every call that this desk had."""
        return [call for call in self.desk.kept.values() if call.ended_by is not CallEnd.CLAIMED_ELSEWHERE]

    def _work(self) -> None:
        phone = self.desk.phone
        while not self._over.is_set():
            self.desk.until(lambda: self._over.is_set() or bool(phone.ringing()), "a call", NIGHT_S)
            for ringing in phone.ringing()[:1]:
                with suppress(IllegalAction):  # a colleague was faster
                    phone.answer(ringing.id)
                    self.desk.sees(ringing.id, "its end", lambda call: call.state is CallState.ENDED, 3 * TALK_S)
                    phone.finish_form()


def waiting_in(ami: BareAmi) -> list[Heard]:
    """Return the events that told of a citizen who came."""
    return [one for one in ami.events("UserEvent") if one["State"] == "waiting"]


def megabytes(process: subprocess.Popen[bytes] | subprocess.Popen[str] | None) -> float:
    """Return how much memory a process holds."""
    assert process is not None
    status = Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8")
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def sample(exchange: PrivateExchange, folder: Path) -> int:
    """Let two citizens with a voice call at once: an echoing seat gives each its own back; return how many called."""
    with (
        Leg("19900000001", "citizen", free_port(), folder) as one,
        Leg("19900000002", "caller", free_port(), folder) as two,
    ):
        since = one.call(exchange.emergency)
        two.call(exchange.emergency)
        one.hears("citizen", since=since)
        two.hears("caller", since=since)
        one.hang_up()
        two.hang_up()
    return 2


def test_twenty_seats_and_forty_calls_a_minute(
    parts: Parts, tmp_path: Path, counted: Callable[[int, int], int], capsys: pytest.CaptureFixture[str]
) -> None:
    """
    Through the bridge each citizen gets one of 20 desks and only its own voice back; no event and no memory is lost.
    """
    calls, samples = counted(4, 400), counted(2, 20)
    exchange = PrivateExchange(parts, tmp_path, seats=SEATS)
    seats_at = exchange.move(*exchange.seats)
    phones_of = {f"A{number}": seat for number, seat in enumerate(exchange.seats, 1)}
    with ExitStack() as ends:
        ends.enter_context(exchange)
        ami = ends.enter_context(exchange.ami())
        ends.enter_context(phones(parts, tmp_path, seats_at))
        site = ends.enter_context(open_site(exchange, tmp_path, Wiring(phones_of)))
        operators = {seat: Operator(site.desk(seat)) for seat in phones_of}
        for operator in operators.values():
            ends.callback(operator.close)
        programs = {"exchange": exchange.process, "bridge": site.bridge.process}
        lasts = calls * 60 / CALLS_A_MINUTE
        begun = time.monotonic()
        crowd = ends.enter_context(citizens(parts, tmp_path, exchange, calls, CALLS_A_MINUTE, min(TALK_S, lasts)))
        sampled, half = 0, dict[str, float]()
        pause = threading.Event()
        while (gone := time.monotonic() - begun) < lasts:
            if not half and gone > lasts / 2:
                half = {name: megabytes(process) for name, process in programs.items()}
            if sampled < samples and gone > lasts * sampled / samples:
                sampled += sample(exchange, tmp_path)
            pause.wait(0.1)
        assert crowd.wait(TALK_S), crowd.errors
        growth = {name: megabytes(process) - half[name] for name, process in programs.items()}
        ami.wait("Hangup", Uniqueid=ami.events("Newchannel")[-1]["Uniqueid"])
        cases = {one["Case"] for one in waiting_in(ami)}
        for operator in operators.values():
            operator.desk.until(lambda it=operator: not it.desk.phone.ringing() and not it.desk.phone.current(), "rest")  # type: ignore[misc]  # bound at once
        joined = Counter((one["Conference"], one["ROLE"]) for one in ami.events("ConfbridgeJoin"))
        seat_of = {one["Conference"]: one["Channel"] for one in ami.events("ConfbridgeJoin") if one["ROLE"] == "seat"}
        over = Counter(one["Case"] for one in ami.events("UserEvent") if one["State"] == "over")
        made = Counter(one["Uniqueid"] for one in ami.events("Newchannel"))
        ended = Counter(one["Uniqueid"] for one in ami.events("Hangup"))
        served = [(seat, call) for seat, operator in operators.items() for call in operator.served]

    with capsys.disabled():
        grown = ", ".join(f"{name} {mb:+.1f} MB" for name, mb in growth.items())
        print(f"\nbench exchange load: {calls} calls, {sampled} heard, growth {grown}, gate {GROWTH_MB:.0f} MB")  # noqa: T201 - this is what a bench is for
    assert len(cases) == calls + sampled
    assert Counter(call.id for _, call in served) == Counter(cases)
    assert joined == Counter((case, role) for case in cases for role in ("citizen", "seat"))
    assert all(seat_of[call.id].startswith(f"PJSIP/{phones_of[seat]}-") for seat, call in served)
    assert {call.ended_by for _, call in served} == {CallEnd.CITIZEN}
    assert all(call.recording_id == call.id and call.off_hook_at and call.ended_at for _, call in served)
    assert over == Counter(cases)
    assert made == ended
    assert max(growth.values()) <= GROWTH_MB
