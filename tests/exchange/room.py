"""A call-taker's and a duty officer's window before a real exchange, and everybody they talk to."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from tests.exchange.desk import BridgeProcess, Wiring
from tests.exchange.outside import Outside
from tests.faults.console_process import leave, settings_for, sit_down
from tests.faults.gateway_process import OFFICER, PASSWORD, TAKER, running
from workstation.bootstrap.live import LiveParts
from workstation.bootstrap.station import DeskStation
from workstation.bootstrap.workers import make_workers
from workstation.domain.call_table import CallState
from workstation.domain.lifecycle import Role
from workstation.ui.demo_hands import until
from workstation.ui.demo_stage import Place, Seat
from workstation.ui.pictures import LOOKS, wear

if TYPE_CHECKING:
    from contextlib import ExitStack
    from pathlib import Path

    from tests.exchange.conftest import Legs
    from tests.exchange.private_exchange import PrivateExchange
    from workstation.domain.call import Call
    from workstation.domain.incident import Incident

CALLER: Final = "19900000001"
MOST_GAPS: Final = 40


def sit_down_with_telephone(folder: Path, gateway: str, bridge: str) -> Seat:
    """Open a call-taker's real window, with the real wiring up to the bridge."""
    settings, workers = settings_for(folder, gateway, TAKER), make_workers()
    settings = replace(settings, telephony="bridge", bridge=replace(settings.bridge, url=bridge))
    station = DeskStation(settings, folder, LiveParts(settings), workers)
    account = (TAKER, PASSWORD)
    return Seat(Place(station, settings, folder, workers, account, Role.CALL_TAKER, lambda _: None, lambda _: None))


class Room:
    """A call-taker's and a duty officer's window, and everybody they talk to."""

    def __init__(self, legs: Legs, exchange: PrivateExchange, folder: Path, ends: ExitStack) -> None:
        gateway = ends.enter_context(running(folder / "gateway", delay_s=0.2))
        self.exchange = exchange
        self.outside = ends.enter_context(Outside(exchange, folder))
        self.bridge = ends.enter_context(
            BridgeProcess(exchange, gateway.url, folder, Wiring({"07": "seat-01"}, self.outside.name))
        )
        self.citizen, self.headset = legs.citizen(number=CALLER), legs.seat()
        self.taker = sit_down_with_telephone(folder / "taker", gateway.url, self.bridge.url)
        ends.callback(leave, self.taker)
        self.officer = sit_down(folder / "officer", gateway.url, OFFICER, Role.DUTY_OFFICER)
        ends.callback(leave, self.officer)
        self._pictures = folder / "pictures"
        self._pictures.mkdir()

    @property
    def call(self) -> Call:
        """The call that the call-taker is in."""
        call = self.taker.work.console.phone.current()
        assert call is not None
        return call

    @property
    def form(self) -> Incident:
        """The form on the call-taker's screen."""
        incident = self.taker.work.intake.incident
        assert incident is not None
        return incident

    def tell(self) -> None:
        """Print how everything stands, for whoever reads why a test failed."""
        work = self.taker.work
        sys.stdout.write(f"{work.console.phone.current()}\nnotice: {work.intake.panels.notice.text}\n")
        sys.stdout.write("\n".join(map(str, self.outside._events)) + "\n")

    @property
    def recognised(self) -> bool:
        """Whether the window knows the district of what is written."""
        intake = self.taker.work.intake
        return intake.is_looked_at and intake.advice is not None and intake.advice.place.certain is not None

    def keep(self, name: str) -> None:
        """Keep a picture of the call-taker's window; WORKSTATION_LOOKS=all keeps it by night and day in both sizes."""
        if os.environ.get("WORKSTATION_LOOKS") != "all":
            self.taker.picture(self._pictures / f"{name}.png")
            return
        for look in LOOKS:
            wear(self.taker, look)
            self.taker.picture(self._pictures / f"{name}-{look.name}.png")

    def take_the_call(self) -> float:
        """Sign in, be ready, and answer the citizen who calls; return when they called."""
        self.taker.sign_in()
        hands, phone = self.taker.hands, self.taker.work.console.phone
        until(lambda: phone.engine_up, "the exchange")
        hands.press("ready")
        called = self.citizen.call(self.exchange.emergency)
        until(phone.ringing, "a call that rings")
        rang = time.time()
        self.keep("1-ringing")
        hands.press("answer")
        until(lambda: self.taker.work.intake.incident is not None, "the form")
        until(lambda: self.call.state is CallState.TALKING, "talking")
        assert rang - called <= 1.0
        assert self.form.intake.get("contact_phone") == CALLER
        self.citizen.hears("seat", since=called)
        self.headset.hears("citizen", since=called)
        return called

    def write(self, narrative: str) -> None:
        """Ask for safety and write down what the citizen says."""
        hands, intake = self.taker.hands, self.taker.work.intake
        hands.press("safety")
        hands.digit(1)
        hands.press("narrative")
        hands.write(narrative, free=True)
        until(lambda: intake.is_looked_at, "advice")

    def complete(self) -> None:
        """Choose the first category that is proposed and say of every other gap that the citizen does not know."""
        hands, intake = self.taker.hands, self.taker.work.intake
        hands.press("suggestion_7")
        until(lambda: self.form.intake.filled("category"), "the category")
        for _ in range(MOST_GAPS):
            until(lambda: intake.is_looked_at, "advice")
            if intake.advice is not None and not intake.advice.completeness.missing:
                return
            hands.press("gap_unknown" if intake.panels.grid.focused() else "next_gap")
        raise AssertionError("the form was not complete")
