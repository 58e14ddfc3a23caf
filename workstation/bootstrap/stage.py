"""Two consoles of practice at one embedded gateway, for whoever plays both seats."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from workstation.bootstrap.clock import Clock, now
from workstation.bootstrap.practice import (
    PRACTICE_CALL_TAKER,
    PRACTICE_OFFICER,
    PRACTICE_PASSWORD,
    GuestParts,
    PracticeParts,
)
from workstation.bootstrap.station import DeskStation
from workstation.bootstrap.workers import make_workers
from workstation.settings import RESOURCES, read_settings

if TYPE_CHECKING:
    from pathlib import Path

    from workstation.domain.lifecycle import Role
    from workstation.ui.demo_stage import Place, Stage


def two_consoles(folder: Path, *, on_demand: bool, clock: Clock = now, by_hand: bool = False) -> Stage:
    """Return a call-taker's and a duty officer's seat under *folder* at one embedded gateway, with no socket.

    Args:
        folder: Where the two data roots and the gateway's store go.
        on_demand: The played hotline moves only when asked; else at once.
        clock: What every part takes for the time.
        by_hand: The telephones are desk phones of which a person tells; else they are simulated.
    """
    from workstation.adapters.content_yaml import read_scenarios
    from workstation.domain.identity import TransferId
    from workstation.domain.lifecycle import Role
    from workstation.ui.demo_stage import Place, Stage

    host = PracticeParts(plays_officer=False, hotline_delay=None if on_demand else timedelta(0), clock=clock)
    host.gateway(folder)
    service, hotline, loop = host.service, host.hotline, host.loop
    if service is None or hotline is None or loop is None:
        raise RuntimeError("the gateway is not open")

    def place(name: str, seat: str, user: str, role: Role) -> Place:
        parts, workers = GuestParts(service, clock, by_hand=by_hand), make_workers()
        root = folder / name
        settings = read_settings(data_root=str(root), seat=seat)
        settings = replace(settings, gateway=replace(settings.gateway, sync_every_s=0.2))
        station = DeskStation(settings, root, parts, workers, clock)
        account = (user, PRACTICE_PASSWORD)
        played = (parts.ring, parts.link.plug, parts.script, parts.wire, parts.cut_off)
        return Place(station, settings, root, workers, account, role, *played)

    def walk(transfer: str) -> bool:
        moved = hotline.advance(TransferId(transfer))
        loop.wake()
        return moved

    return Stage(
        taker=place("call-taker", "06", PRACTICE_CALL_TAKER, Role.CALL_TAKER),
        officer=place("duty-officer", "01", PRACTICE_OFFICER, Role.DUTY_OFFICER),
        walk=walk,
        scenarios=read_scenarios(RESOURCES),
        close=host.close,
    )
