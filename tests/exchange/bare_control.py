"""What a control program does with a call, as a bare script: the yardstick for a real one."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tests.exchange.bare_ami import BareAmi, Heard

_names: Final = itertools.count(1)


class Case:
    """One citizen's call, controlled by hand."""

    def __init__(self, ami: BareAmi, since: float = 0.0, waiting: Heard | None = None) -> None:
        """Wait for the citizen who came after *since*, or take the one of whom the event *waiting* told."""
        waiting = waiting or ami.wait("UserEvent", since, UserEvent="Case", State="waiting")
        self._ami = ami
        self.id = waiting["Case"]
        self.citizen = waiting["Channel"]

    def add(self, phone: str, role: str, timeout_ms: int = 30000) -> str:
        """Dial *phone* into the conference and return the id that its channel will have."""
        channel = f"{self.id}-{next(_names)}"
        answer = self._ami.ask(
            "Originate",
            Channel=f"PJSIP/{phone}",
            ChannelId=channel,
            Context="case-join",
            Exten=self.id,
            Priority="1",
            Timeout=str(timeout_ms),
            Variable=[f"ROLE={role}", f"LEG={role}"],
            CallerID="110",
            Async="true",
        )
        assert answer["Response"] == "Success", answer.fields
        return channel

    def joined(self, id: str, since: float = 0.0) -> Heard:
        """Wait until the leg whose channel has this id is in the conference."""
        return self._ami.wait("ConfbridgeJoin", since, Conference=self.id, Uniqueid=id)

    def seat(self, phone: str = "seat-01") -> str:
        """Bring a seat in, then the citizen to it; return the id of the seat's channel."""
        seat = self.add(phone, "seat")
        self.joined(seat)
        self.send("case-join")
        self._ami.wait("ConfbridgeJoin", Conference=self.id, Channel=self.citizen)
        return seat

    def third(self, phone: str = "line-12345") -> str:
        """Bring a third party in; return the id of its channel."""
        third = self.add(phone, "third")
        self.joined(third)
        return third

    def send(self, context: str, channel: str = "") -> None:
        """Send the citizen, or who is on *channel*, into a context of the dialplan."""
        answer = self._ami.ask(
            "Redirect", Channel=channel or self.citizen, Context=context, Exten=self.id, Priority="1"
        )
        assert answer["Response"] == "Success", answer.fields

    def hang_up(self, id: str) -> None:
        """Hang up the leg whose channel has this id."""
        answer = self._ami.ask("Hangup", Channel=id)
        assert answer["Response"] == "Success", answer.fields

    def people(self) -> list[str]:
        """Name the roles of those who are in the conference."""
        return sorted(one["ROLE"] for one in self._ami.listed("ConfbridgeList", Conference=self.id))
