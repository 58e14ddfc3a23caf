"""One console of a journey: its own data root, its own cable, and the same wiring as a real one."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from tests.journeys.cable import Cable
from workstation.adapters.breaker import Breaker
from workstation.adapters.data_root import DataRoot
from workstation.adapters.http_gateway import HttpGateway
from workstation.adapters.http_link import HttpLink, Site
from workstation.adapters.secrets_choice import key_for
from workstation.adapters.secrets_memory import MemorySecrets
from workstation.adapters.sql_store import SqlStore
from workstation.adapters.telephony_schedule import HandScheduler
from workstation.adapters.telephony_simulated import SimulatedTelephony
from workstation.bootstrap.clock import new_id
from workstation.bootstrap.practice import PRACTICE_COST
from workstation.bootstrap.workers import writing
from workstation.desk.assist import Advice, Assistant
from workstation.desk.author import Author, TransferView
from workstation.desk.desk import Desk
from workstation.desk.form import FormDesk, Sent
from workstation.desk.library import Library
from workstation.desk.mending import Mending
from workstation.desk.phone import PhoneDesk
from workstation.desk.session import Session, sign_in, sign_out
from workstation.desk.sync import Report, Sync
from workstation.domain.call import Call
from workstation.domain.errors import Unavailable
from workstation.domain.identity import IncidentId, TransferId
from workstation.domain.incident import Incident
from workstation.domain.intake import Intake, Origin
from workstation.domain.lifecycle import Action, Role
from workstation.protocol.messages import SignIn

PASSWORD = "correct-horse-9"


@dataclass(slots=True)
class Machine:
    """A computer at a seat: what stays when one person leaves it and the next sits down."""

    seat: str
    folder: Path
    cable: Cable
    true_clock: HandScheduler
    library: Library
    secrets: MemorySecrets = field(default_factory=MemorySecrets)
    offset: timedelta = timedelta()
    lane: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "journey-write"))
    store: SqlStore = field(init=False)
    gateway: HttpGateway = field(init=False)

    def __post_init__(self) -> None:
        self.switch_on()

    def clock(self) -> datetime:
        """Return the moment by this machine's own clock, which may be wrong."""
        return self.true_clock.now() + self.offset

    def switch_on(self) -> None:
        """Open the cache, as at every start."""
        root = DataRoot(self.folder)
        self.store = SqlStore.open(root, key_for(root, self.secrets))
        site = Site(url=f"http://127.0.0.1:{self.cable.port}", connect_s=2.0, total_s=5.0)
        link = HttpLink(site, Breaker(lambda: self.true_clock.now().timestamp()))
        self.gateway = HttpGateway(site, link=link)

    def switch_off(self) -> None:
        """Let go of the cache, as a crash or the end of the work does."""
        self.gateway.close()
        self.store.close()

    def close(self) -> None:
        """End everything that this machine started."""
        self.switch_off()
        self.lane.shutdown()
        self.cable.close()


class Person:
    """Somebody signed in at a machine, with what the window would hold for them."""

    def __init__(self, machine: Machine, user: str, role: Role) -> None:
        self.machine, self.user, self.role = machine, user, role
        self.report = Report()
        self.incident: Incident | None = None
        self.sent: Sent | None = None
        self.telephone = SimulatedTelephony(machine.clock, new_id, machine.true_clock)
        self._sit_down()

    def _sit_down(self) -> None:
        machine = self.machine
        request = SignIn(user=self.user, password=PASSWORD, seat=machine.seat, role=self.role)
        self.session: Session = sign_in(request, machine.gateway, machine.store, machine.clock, cost=PRACTICE_COST)
        self.author = Author(self.session, machine.clock, new_id)
        self.desk = Desk(machine.store, self.author)
        self.form = FormDesk(machine.store, self.author, machine.library.wording)
        self.mending = Mending(machine.store, self.author, self.form, machine.gateway)
        self.assistant = Assistant(machine.library, machine.clock)
        self.phone = PhoneDesk(self.telephone, machine.clock, partial(_keep, machine.store))
        self.phone.start()
        write = writing(machine.store, machine.lane)
        self._sync = Sync(machine.store, machine.gateway, machine.clock, write)

    def restart(self) -> None:
        """Let the workstation end without a word and start again."""
        self.machine.switch_off()
        self.machine.switch_on()
        self._sit_down()

    def sign_in_again(self) -> None:
        """Give the password again."""
        self._sit_down()

    def sign_out(self) -> None:
        """Leave the seat as the window does: what is queued stays, and a gateway that is away stops nobody."""
        sign_out(self.session, self.machine.store)
        try:
            self.machine.gateway.sign_out(self.session.token, self.machine.clock())
        except Unavailable:
            self.report = Report(unavailable="sign-out")

    def sync(self) -> Report:
        """Do what the timer does every two seconds."""
        self.report = self._sync.once(self.session.token)
        return self.report

    def look(self) -> Advice:
        """Return what the machine says beside the form."""
        return self.assistant.look(self.open_form())

    def open_form(self) -> Incident:
        """Return the form on screen."""
        assert self.incident is not None, "no form is open"
        return self.incident

    def write(self, name: str, value: str) -> None:
        """Type *value* into one field and let the draft be kept."""
        form = self.open_form()
        self.keep(form.intake.with_value(name, value, Origin.HUMAN))

    def keep(self, intake: Intake) -> None:
        """Keep the draft with *intake*, as after every pause."""
        self.incident = replace(self.open_form(), intake=intake)
        self.form.keep(self.incident)

    def open_draft(self, id: IncidentId) -> None:
        """Take a draft back on screen."""
        self.incident = self.form.incident(id)

    def send(self) -> TransferId:
        """Press the one key."""
        advice = self.look()
        self.sent = self.form.send(self.open_form(), advice.sheet, advice.decided)
        self.incident = self.form.incident(self.sent.incident)
        return self.sent.transfer

    def act(self, order: TransferId, action: Action, reason: str = "", *marked: str, result: str = "") -> None:
        """Take *action* on an order, as its key does."""
        self.desk.act(order, action, reason=reason, fields=marked, result=result)

    def view(self, order: TransferId) -> TransferView:
        """Return what this console shows of an order."""
        return self.desk.transfer(order)


def _keep(store: SqlStore, call: Call) -> None:
    with store.begin() as tx:
        tx.save_call(call)
