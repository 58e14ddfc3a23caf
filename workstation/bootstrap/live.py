"""Live wiring: the site's gateway over HTTP, and the telephone that the settings name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workstation.bootstrap.clock import new_id, now
from workstation.settings import PasswordCost

if TYPE_CHECKING:
    from pathlib import Path

    from workstation.desk.library import Library
    from workstation.desk.ports import Gateway
    from workstation.desk.telephony_port import Telephony
    from workstation.settings import Settings


class LiveParts:
    """The site's gateway over HTTP, and the telephone that the settings name."""

    practice = False
    password_cost = PasswordCost()

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def gateway(self, folder: Path) -> Gateway:
        """Return the gateway of the settings."""
        from workstation.adapters.http_gateway import HttpGateway
        from workstation.adapters.http_link import Site

        del folder
        site = self._settings.gateway
        return HttpGateway(Site(url=site.url, ca=site.ca, connect_s=site.connect_s, total_s=site.total_s))

    def telephony(self) -> Telephony:
        """Return the manual telephone, or the simulated one."""
        return simulated() if self._settings.telephony == "simulated" else manual()

    def begun(self, library: Library) -> None:
        """Nothing more to start."""

    def close(self) -> None:
        """Nothing to end."""


def simulated() -> Telephony:
    """Return a telephone without a telephone."""
    from workstation.adapters.telephony_schedule import TimerScheduler
    from workstation.adapters.telephony_simulated import SimulatedTelephony

    return SimulatedTelephony(now, new_id, TimerScheduler())


def manual() -> Telephony:
    """Return the desk phone that a person operates and reports."""
    from workstation.adapters.telephony_manual import ManualTelephony

    return ManualTelephony(now, new_id)
