"""Whoever is reached by a number of the outside world."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.exchange.leg import Leg
from tests.exchange.private_exchange import free_port

if TYPE_CHECKING:
    from pathlib import Path

    from tests.exchange.private_exchange import PrivateExchange


class Outside(Leg):
    """One phone behind a trunk of its own, which answers whatever number is dialled through it."""

    def __init__(
        self, exchange: PrivateExchange, folder: Path, answering: str = "answer", voice: str = "third"
    ) -> None:
        port = free_port()
        name = f"outside-{port}"
        phone = f"[{name}](line)\naors = {name}\n[{name}]\ntype = aor\ncontact = sip:127.0.0.1:{port}\n"
        with (exchange._folder / "etc/pjsip_site.conf").open("a", encoding="utf-8") as site:
            site.write(phone)
        exchange.console("module reload res_pjsip.so")
        super().__init__(name, voice, port, folder, answering)
