"""Practice wiring: the gateway inside this process, scripted callers, played partners; no socket at all."""

from __future__ import annotations

from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from workstation.bootstrap.clock import Clock, new_id, now
from workstation.settings import RESOURCES, PasswordCost

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from workstation.adapters.telephony_schedule import TimerScheduler
    from workstation.adapters.telephony_simulated import SimulatedTelephony
    from workstation.desk.library import Library
    from workstation.desk.ports import Gateway
    from workstation.desk.telephony_port import Telephony
    from workstation.domain.call_party import CallId, Ending
    from workstation.gateway.hotline_loop import HotlineLoop
    from workstation.gateway.hotline_stand_in import HotlineStandIn
    from workstation.gateway.service import GatewayService
    from workstation.practice.callers import Callers

PRACTICE_CALL_TAKER, PRACTICE_OFFICER, PRACTICE_PASSWORD = "110023", "110008", "practice-only"
# The password stands in the documentation: an expensive check would protect nothing and make every start slower.
PRACTICE_COST = PasswordCost(passes=1, kibibytes=8, lanes=1)


class PracticeParts:
    """The gateway inside this process, a played hotline and officer, scripted callers; there is no socket at all."""

    practice = True

    def __init__(
        self,
        *,
        plays_officer: bool = True,
        hotline_delay: timedelta | None = timedelta(seconds=6),
        clock: Clock = now,
        password_cost: PasswordCost = PRACTICE_COST,
    ) -> None:
        self.password_cost = password_cost
        self._plays_officer = plays_officer
        self._delay = hotline_delay
        self._clock = clock
        self._ends: list[Callable[[], None]] = []
        self._callers: Callers | None = None
        self.service: GatewayService | None = None
        self.hotline: HotlineStandIn | None = None
        self.loop: HotlineLoop | None = None

    @cached_property
    def scheduler(self) -> TimerScheduler:
        """The clock that the telephone and the callers go by."""
        from workstation.adapters.telephony_schedule import TimerScheduler

        return TimerScheduler()

    @cached_property
    def telephone(self) -> SimulatedTelephony:
        """The telephone; made when somebody signs in, so that the first paint does not wait for its parts."""
        from workstation.adapters.telephony_simulated import SimulatedTelephony

        return SimulatedTelephony(self._clock, new_id, self.scheduler)

    def gateway(self, folder: Path) -> Gateway:
        """Return the embedded gateway, with its store in *folder* and its people known."""
        from argon2 import PasswordHasher

        from workstation.adapters.local_gateway import LocalGateway
        from workstation.bootstrap.library import read_deadlines
        from workstation.gateway.hotline_loop import HotlineLoop
        from workstation.gateway.hotline_script import load_scripts
        from workstation.gateway.hotline_stand_in import HotlineStandIn, Manner
        from workstation.gateway.place import PRACTICE_STAND_IN_FILE
        from workstation.gateway.service import open_service

        cost = self.password_cost
        hasher = PasswordHasher(time_cost=cost.passes, memory_cost=cost.kibibytes, parallelism=cost.lanes)
        home = folder / "gateway"
        home.mkdir(parents=True, exist_ok=True)
        scripts = load_scripts(RESOURCES / "hotline_stand_in.yaml")
        manner = Manner(delay=self._delay)
        hotline = self.hotline = HotlineStandIn(scripts, self._clock, manner=manner, file=home / PRACTICE_STAND_IN_FILE)
        service = self.service = open_service(
            home / "gateway.db", hotline, clock=self._clock, hasher=hasher, deadlines=read_deadlines()
        )
        self._add_people(service)
        loop = self.loop = HotlineLoop(service.dispatch)
        service.on_accepted = loop.wake
        service.carries_well = lambda: loop.well
        loop.start()
        self._ends += [loop.stop, service.close]
        return LocalGateway(service)

    def headset(self) -> None:
        """Return nothing: practice leaves the headset alone."""

    def telephony(self, token: Callable[[], str]) -> Telephony:
        """Return the simulated telephone."""
        del token
        return self.telephone

    def begun(self, library: Library) -> None:
        """Start the played officer and the scripted callers."""
        from workstation.adapters.content_yaml import read_scenarios
        from workstation.domain.lifecycle import Role
        from workstation.practice.callers import Callers
        from workstation.practice.officer import PlayedOfficer
        from workstation.protocol.messages import SignIn

        del library
        if self.service is None or not self._plays_officer:
            return
        self._plays_officer = False
        account = SignIn(user=PRACTICE_OFFICER, password=PRACTICE_PASSWORD, seat="99", role=Role.DUTY_OFFICER)
        officer = PlayedOfficer(self.service, account, self._clock, new_id)
        officer.start()
        self._ends.insert(0, officer.stop)
        self._callers = Callers(read_scenarios(RESOURCES), self.telephone, self.scheduler.call_later)
        self._callers.start()

    def says(self, call: CallId) -> str:
        """Return what a scripted citizen says."""
        return self._callers.says(call) if self._callers is not None else ""

    def close(self) -> None:
        """End the played parts, then the gateway."""
        self.telephone.close()
        for end in self._ends:
            end()
        self._ends = []

    def _add_people(self, service: GatewayService) -> None:
        from workstation.domain.lifecycle import Role
        from workstation.gateway.accounts import NewUser

        known = {account.user for account in service.accounts.everybody()}
        for user, roles in (
            (PRACTICE_CALL_TAKER, {Role.CALL_TAKER}),
            (PRACTICE_OFFICER, {Role.DUTY_OFFICER, Role.CALL_TAKER}),
        ):
            if user not in known:
                person = NewUser(user=user, name=user, roles=frozenset(roles), password=PRACTICE_PASSWORD)
                service.accounts.add(person, now=self._clock(), by="practice")


class GuestParts:
    """One of several consoles of practice at one embedded gateway, with a telephone of its own."""

    practice = True
    password_cost = PRACTICE_COST

    def __init__(self, service: GatewayService, clock: Clock = now, *, by_hand: bool = False) -> None:
        from workstation.adapters.telephony_manual import ManualTelephony
        from workstation.adapters.telephony_schedule import TimerScheduler
        from workstation.adapters.telephony_simulated import LineScript, SimulatedTelephony
        from workstation.practice.loose_link import LooseLink

        self.link = LooseLink(service)
        self.ring: Callable[[str], object]
        self.script: Callable[[str, Ending, float], object] = lambda *_: None
        self.wire: Callable[[bool], object] = lambda _: None
        self.cut_off: Callable[[CallId], object] = lambda _: None
        self.telephone: Telephony
        if by_hand:
            desk_phone = ManualTelephony(clock, new_id)
            self.telephone, self.ring = desk_phone, desk_phone.incoming
        else:
            simulated = SimulatedTelephony(clock, new_id, TimerScheduler())
            self.telephone, self.ring = simulated, simulated.offer
            self.script = lambda line, ending, after: simulated.script(line, LineScript(ending, after))
            self.wire = lambda there: simulated.find_link() if there else simulated.lose_link()
            self.cut_off = simulated.citizen_hangs_up

    def gateway(self, folder: Path) -> Gateway:
        """Return the door to the gateway that all share."""
        from workstation.adapters.local_gateway import LocalGateway

        del folder
        return LocalGateway(self.link)

    def headset(self) -> None:
        """Return nothing: practice leaves the headset alone."""

    def telephony(self, token: Callable[[], str]) -> Telephony:
        """Return this seat's telephone."""
        del token
        return self.telephone

    def begun(self, library: Library) -> None:
        """Nobody is played here."""

    def says(self, call: CallId) -> str:
        """Return nothing: whoever plays this seat writes the calls."""
        del call
        return ""

    def close(self) -> None:
        """End the telephone; the gateway is its maker's to end."""
        self.telephone.close()
