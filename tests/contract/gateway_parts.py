"""What the gateway's tests are made of: invented people, orders and commands, and a clock that they move."""

from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from argon2 import PasswordHasher

from workstation.domain.command import Command
from workstation.domain.identity import CommandId, IncidentId, TransferId, uuid7
from workstation.domain.incident import Incident
from workstation.domain.intake import Intake
from workstation.domain.lifecycle import Action, Role, State
from workstation.domain.order import Order
from workstation.domain.privacy import Phone
from workstation.domain.transfer import Step, Transfer
from workstation.gateway.accounts import NewUser
from workstation.gateway.hotline_script import load_scripts
from workstation.gateway.hotline_stand_in import HotlineStandIn, Manner
from workstation.gateway.service import GatewayService, open_service
from workstation.protocol.messages import Answer, Credential, SignIn

PASSWORD = "correct-horse-9"
SCRIPTS = load_scripts(Path(__file__).parents[2] / "resources" / "hotline_stand_in.yaml")
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
START = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
PEOPLE: Mapping[str, frozenset[Role]] = {
    "taker1": frozenset({Role.CALL_TAKER}),
    "taker2": frozenset({Role.CALL_TAKER, Role.DUTY_OFFICER}),
    "officer1": frozenset({Role.DUTY_OFFICER}),
    "officer2": frozenset({Role.DUTY_OFFICER}),
}


class TestClock:
    """A clock that stands still until it is moved."""

    __test__ = False

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def move(self, by: timedelta) -> None:
        self.now += by


class SignsIn(Protocol):
    """Anything that gives credentials."""

    def sign_in(self, request: SignIn) -> Credential: ...


def make_stand_in(clock: TestClock, manner: Manner | None = None, file: Path | None = None) -> HotlineStandIn:
    """Make a hotline that speaks only on demand, unless told otherwise."""
    return HotlineStandIn(SCRIPTS, clock, manner=manner or Manner(delay=None), file=file)


def make_service(file: Path, clock: TestClock, hotline: HotlineStandIn) -> GatewayService:
    """Make a gateway with four invented people in it."""
    if not file.exists():
        file.write_bytes(_fresh_store())
    return open_service(file, hotline, clock=clock, hasher=QUICK)


@cache
def _fresh_store() -> bytes:
    """Make a store with the people in it once, because every test wants the same."""
    clock = TestClock()
    with TemporaryDirectory() as folder:
        file = Path(folder) / "gateway.db"
        hotline = make_stand_in(clock)
        with closing(hotline), closing(open_service(file, hotline, clock=clock, hasher=QUICK)) as service:
            for user, roles in PEOPLE.items():
                person = NewUser(user=user, name=user.upper(), roles=roles, password=PASSWORD)
                service.accounts.add(person, now=clock(), by="test")
        return file.read_bytes()


def sign_in(gateway: SignsIn, user: str, role: Role = Role.CALL_TAKER, seat: str = "A1") -> str:
    """Sign an invented person in and return the token."""
    return gateway.sign_in(SignIn(user=user, password=PASSWORD, seat=seat, role=role)).token


def make_order(content: str = "楼上深夜施工,影响休息。", **other: object) -> Order:
    """Make an invented order."""
    fields = {
        "incident_number": "260302-A1-001",
        "saved_at": START,
        "seat": "A1",
        "operator": "taker1",
        "subject": "夜间施工噪声",
        "content": content,
        "contact_phone": Phone("19900001234"),
        **other,
    }
    return Order(**fields)  # type: ignore[arg-type]


def make_incident(**other: object) -> Incident:
    """Make an invented incident."""
    values = {"narrative": "楼上深夜施工,影响休息。", "contact_phone": "19900001234", "region": "370402"}
    fields = {
        "id": IncidentId(uuid7(START)),
        "number": "260302-A1-001",
        "seat": "A1",
        "author": "taker1",
        "revision": 1,
        "created_at": START,
        "updated_at": START,
        "call_in_phone": Phone("19900005678"),
        "intake": Intake(values=values),
        **other,
    }
    return Incident(**fields)  # type: ignore[arg-type]


def new_id() -> str:
    """Return a fresh id."""
    return uuid7(START)


def submission(order: Order | None = None, *, by: str = "taker1", urgent: bool = False, **other: object) -> Command:
    """Make the command with which a desk submits a new order."""
    step = Step(
        action=Action.SUBMIT_URGENT if urgent else Action.SUBMIT,
        role=Role.CALL_TAKER,
        by=by,
        at=START,
        reason="有人受困" if urgent else "",
        linkage_call="call-1" if urgent else "",
    )
    fields = {
        "id": CommandId(new_id()),
        "at": START,
        "transfer": TransferId(new_id()),
        "number": "260302-A1-001",
        "order": order or make_order(),
        "step": step,
        **other,
    }
    return Command(**fields)  # type: ignore[arg-type]


def revision(incident: Incident) -> Command:
    """Make the command with which a desk sends a revision of an incident."""
    return Command(id=CommandId(new_id()), at=START, incident=incident)


def act(transfer: Transfer, action: Action, role: Role, by: str, **with_it: object) -> Command:
    """Make a command for the state in which *transfer* is."""
    order = with_it.pop("order", None)
    fields = {"action": action, "role": role, "by": by, "at": START, **with_it}
    return Command(
        id=CommandId(new_id()),
        at=START,
        transfer=transfer.id,
        state=transfer.state,
        revision=transfer.revision,
        order=order if isinstance(order, Order) else None,
        step=Step(**fields),  # type: ignore[arg-type]
    )


def snapshot(answer: object) -> Transfer:
    """Return the snapshot in an answer that must be one."""
    assert isinstance(answer, Answer), answer
    assert answer.transfer is not None
    return answer.transfer


def states(transfer: Transfer) -> list[State | Action]:
    """Return the actions of a transfer's history."""
    return [step.action for step in transfer.steps]
