"""The small city of the journeys: a gateway behind real HTTP, a played 12345, machines at seats, invented people."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from argon2 import PasswordHasher

from tests.journeys.cable import Cable
from tests.journeys.console import PASSWORD, Machine, Person
from workstation.adapters.telephony_schedule import HandScheduler
from workstation.desk.author import TransferView
from workstation.desk.library import Library
from workstation.domain.identity import TransferId
from workstation.domain.lifecycle import Role
from workstation.domain.transfer import Transfer
from workstation.gateway.accounts import NewUser
from workstation.gateway.hotline_script import Play, load_scripts
from workstation.gateway.hotline_stand_in import HotlineStandIn, Manner
from workstation.gateway.server import Address, GatewayServer
from workstation.gateway.service import GatewayService, open_service
from workstation.gateway.sqlite_file import put_back
from workstation.protocol.messages import SignIn
from workstation.settings import RESOURCES

THREE_AT_NIGHT: Final = datetime(2026, 3, 2, 19, 0, tzinfo=UTC)
RECONNECT_S: Final = 6.0
TAKER, OFFICER = Role.CALL_TAKER, Role.DUTY_OFFICER
PEOPLE: Final = {
    "小周": ("zhou", frozenset({TAKER})),
    "小吴": ("wu", frozenset({TAKER})),
    "老秦": ("qin", frozenset({OFFICER})),
    "老唐": ("tang", frozenset({OFFICER})),
    "老陆": ("lu", frozenset({TAKER, OFFICER})),
}
QUICK: Final = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
_PAGE: Final = "<p>$server_time $store $waiting $oldest $version</p>"


class City:
    """Everything that a journey needs; one gateway, one hotline, any number of machines."""

    def __init__(self, folder: Path, library: Library) -> None:
        self.folder, self.library = folder, library
        self.time = HandScheduler(THREE_AT_NIGHT)
        scripts = load_scripts(RESOURCES / "hotline_stand_in.yaml")
        self.hotline = HotlineStandIn(scripts, self.time.now, manner=Manner(delay=None))
        self.machines: dict[str, Machine] = {}
        self.people: dict[str, Person] = {}
        self.order: TransferId | None = None
        self.port = 0
        self._file = folder / "gateway.db"
        self.service = self._open()
        self._server: GatewayServer | None = None
        self._serving: threading.Thread | None = None
        self.start_gateway()

    # -- the gateway -----------------------------------------------------------------------------------------------

    def _open(self) -> GatewayService:
        service = open_service(
            self._file, self.hotline, clock=self.time.now, hasher=QUICK, deadlines=self.library.deadlines
        )
        known = {account.user for account in service.accounts.everybody()}
        for name, (user, roles) in PEOPLE.items():
            if user not in known:
                person = NewUser(user=user, name=name, roles=roles, password=PASSWORD)
                service.accounts.add(person, now=self.time.now(), by="journey")
        return service

    def start_gateway(self) -> None:
        """Serve over a real socket; the consoles' breakers have had time to look again."""
        self._server = GatewayServer(self.service, Address(port=0), _PAGE, carries=False)
        self.port = int(self._server.url.rpartition(":")[2])
        self._serving = threading.Thread(target=self._server.run, name="journey-gateway")
        self._serving.start()
        self.time.turn(RECONNECT_S)

    def stop_gateway(self) -> None:
        """Let the gateway's process end."""
        if self._server is not None and self._serving is not None:
            self._server.stop()
            self._serving.join()
        self._server = self._serving = None
        self.port = 1  # nobody listens there

    def restart_gateway(self) -> None:
        """Let the gateway's process end and begin again on the same disk."""
        self.stop_gateway()
        self.service.close()
        self.service = self._open()
        self.start_gateway()

    def back_up(self) -> None:
        """Copy the gateway's store while it works."""
        self.service.backup(self.folder / "backup.db")

    def restore(self) -> None:
        """Put the copy back, as after the loss of the gateway's disk."""
        self.stop_gateway()
        self.service.close()
        put_back(self.folder / "backup.db", self._file)
        self.service = self._open()
        self.start_gateway()

    # -- the consoles ----------------------------------------------------------------------------------------------

    def machine(self, seat: str) -> Machine:
        """Return the machine at *seat*; the first time it is set up."""
        if seat not in self.machines:
            cable = Cable(lambda: self.port)
            self.machines[seat] = Machine(seat, self.folder / f"seat-{seat}", cable, self.time, self.library)
        return self.machines[seat]

    def sits_down(self, name: str, seat: str, role: Role) -> Person:
        """Sign somebody in at a seat."""
        user, _ = PEOPLE[name]
        person = self.people[name] = Person(self.machine(seat), user, role)
        return person

    def person(self, name: str) -> Person:
        """Return who is called *name*."""
        return self.people[name]

    def one(self, role: Role) -> Person:
        """Return the first who sits here in *role*."""
        return next(person for person in self.people.values() if person.role is role)

    # -- the order the journey is about ----------------------------------------------------------------------------

    def the_order(self) -> TransferId:
        """Return the order that the journey is about."""
        assert self.order is not None, "no order was made"
        return self.order

    def seen_by(self, name: str) -> TransferView:
        """Return what somebody's console shows of the order after the next two seconds."""
        who = self.person(name)
        who.sync()
        return who.view(self.the_order())

    def truth(self) -> Transfer:
        """Return what the gateway has of the order."""
        request = SignIn(user="tang", password=PASSWORD, seat="99", role=OFFICER)
        return self.service.transfer(self.the_order(), self.service.sign_in(request).token)

    def everything(self) -> list[Transfer]:
        """Return every order that the gateway has."""
        request = SignIn(user="tang", password=PASSWORD, seat="99", role=OFFICER)
        token, found, cursor, more = self.service.sign_in(request).token, list[Transfer](), "", True
        while more:
            changes = self.service.pull(cursor, token)
            cursor, more = changes.cursor, changes.more
            found += changes.transfers
        return found

    def carry(self) -> None:
        """Let gateway and 12345 exchange what they have for each other."""
        self.service.dispatch()

    def say(self, play: Play) -> None:
        """Let 12345 or a unit say one thing of the order, and the gateway hear it."""
        self.hotline.say(self.the_order(), play)
        self.carry()

    def close(self) -> None:
        """End everything that was started."""
        if self._server is not None:
            self._server.stop()  # it drains while the consoles close
        for machine in self.machines.values():
            machine.close()
        self.stop_gateway()
        self.service.close()
        self.hotline.close()


@contextmanager
def founded(folder: Path, library: Library) -> Iterator[City]:
    """Found a city until the block ends."""
    city = City(folder, library)
    try:
        yield city
    finally:
        city.close()
