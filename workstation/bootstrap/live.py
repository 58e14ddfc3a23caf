"""Live wiring: the site's gateway over HTTP, and the telephone that the settings name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workstation.bootstrap.clock import new_id, now
from workstation.settings import RESOURCES, PasswordCost

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from workstation.desk.headset_port import Headset
    from workstation.desk.library import Library
    from workstation.desk.ports import Gateway
    from workstation.desk.telephony_port import Telephony
    from workstation.domain.call_party import CallId
    from workstation.practice.callers import Callers
    from workstation.settings import Settings


class LiveParts:
    """The site's gateway over HTTP, and the telephone that the settings name."""

    practice = False
    password_cost = PasswordCost()

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._callers: Callers | None = None
        self._end: Callable[[], None] = lambda: None

    def gateway(self, folder: Path) -> Gateway:
        """Return the gateway of the settings."""
        from workstation.adapters.http_gateway import HttpGateway
        from workstation.adapters.http_link import Site

        del folder
        site = self._settings.gateway
        return HttpGateway(Site(url=site.url, ca=site.ca, connect_s=site.connect_s, total_s=site.total_s))

    def headset(self) -> Headset | None:
        """Return the headset that is plugged in, where the site wants its buttons used."""
        if self._settings.headset == "none":
            return None
        from workstation.adapters.headset_hidraw import HidrawHeadset

        return HidrawHeadset()

    def telephony(self, token: Callable[[], str]) -> Telephony:
        """Return the manual telephone, the site's bridge, or a simulated telephone that scripted citizens call."""
        if self._settings.telephony == "bridge":
            return self._bridge(token)
        if self._settings.telephony != "simulated":
            return manual()
        from workstation.adapters.content_yaml import read_scenarios
        from workstation.adapters.telephony_schedule import TimerScheduler
        from workstation.adapters.telephony_simulated import SimulatedTelephony
        from workstation.practice.callers import Callers

        scheduler = TimerScheduler()
        telephone = SimulatedTelephony(now, new_id, scheduler)
        self._callers = Callers(read_scenarios(RESOURCES), telephone, scheduler.call_later)
        self._callers.start()
        self._end = telephone.close
        return telephone

    def _bridge(self, token: Callable[[], str]) -> Telephony:
        from workstation.adapters.http_link import Site
        from workstation.adapters.telephony_bridge import BridgeTelephony

        at = self._settings.bridge
        telephone = BridgeTelephony(Site(url=at.url, ca=at.ca), token, now)
        self._end = telephone.close
        return telephone

    def begun(self, library: Library) -> None:
        """Nothing more to start."""

    def says(self, call: CallId) -> str:
        """Return what a scripted citizen says."""
        return self._callers.says(call) if self._callers is not None else ""

    def close(self) -> None:
        """End the telephone, if it has threads."""
        self._end()


def manual() -> Telephony:
    """Return the desk phone that a person operates and reports."""
    from workstation.adapters.telephony_manual import ManualTelephony

    return ManualTelephony(now, new_id)
