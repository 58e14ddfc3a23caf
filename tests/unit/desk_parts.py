"""A console over the real encrypted cache, and a gateway in memory that decides with the shared rules."""

from __future__ import annotations

from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from workstation.adapters.content_yaml import read_content
from workstation.adapters.data_root import DataRoot
from workstation.adapters.sql_store import SqlStore
from workstation.desk.author import Author
from workstation.desk.desk import Desk
from workstation.desk.form import FormDesk
from workstation.desk.session import Session
from workstation.desk.sync import Report, Sync
from workstation.domain.command import Actor, Command, decide
from workstation.domain.compose import Decided, Wording
from workstation.domain.errors import IllegalAction, InvalidValue, Refused, SignInNeeded, Stale, Unavailable
from workstation.domain.incident import Safety
from workstation.domain.lifecycle import Role
from workstation.domain.questions import Sheet
from workstation.protocol.messages import Answer, Changes, Credential, IncidentQuery, Problem, Reading, SignIn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from workstation.adapters.sql_store import SqlTransaction
    from workstation.domain.identity import TransferId
    from workstation.domain.incident import Incident
    from workstation.domain.transfer import Step, Transfer

REPOSITORY = Path(__file__).parents[2]
NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
SHEET = Sheet("general", "通用", ())
SAFE = Safety(danger=False, injured=False, weapon=False, crime=False, at=NOON)
DECIDED = Decided(matter="油烟扰民")
URGENT = Decided(matter="燃气泄漏", urgent_reason="燃气泄漏")
PASSWORD = "invented-8"
ALL = "all"


@dataclass(slots=True)
class Clock:
    """A clock that moves only when it is told to."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def wait(self, **time: float) -> None:
        """Let time pass."""
        self.now += timedelta(**time)


@dataclass(slots=True)
class MemoryGateway:
    """The desk's gateway by shape: one life of a store, with faults that a test switches on.

    ``down`` names the method that does not answer (or ALL), ``poison`` the commands that break the line,
    ``unacceptable`` those for which a whole push is refused, ``lost`` how many pushes are applied and not answered,
    ``forgets`` the credential that is gone after the next pull.
    """

    clock: Clock
    epoch: str = "life-1"
    down: str = ""
    poison: set[str] = field(default_factory=set)
    unacceptable: set[str] = field(default_factory=set)
    lost: int = 0
    refuses_pull: bool = False
    forgets: str = ""
    tokens: dict[str, Actor] = field(default_factory=dict)
    ended: set[str] = field(default_factory=set)
    says: str = "disabled"
    transfers: dict[str, Transfer] = field(default_factory=dict)
    revisions: list[Incident] = field(default_factory=list)
    verdicts: dict[str, Problem | None] = field(default_factory=dict)
    issued: count[int] = field(default_factory=lambda: count(1))
    feed: list[str] = field(default_factory=list)
    pushes: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    drift: timedelta = timedelta()

    def sign_in(self, request: SignIn) -> Credential:
        self._reach("sign_in")
        if request.password != PASSWORD:
            raise SignInNeeded("wrong_password")
        if request.user == "disabled":
            raise Refused("disabled")
        token = f"token-{next(self.issued)}"
        self.tokens[token] = Actor(user=request.user, role=request.role, seat=request.seat)
        return Credential(
            token=token,
            user=request.user,
            name=request.user,
            role=request.role,
            seat=request.seat,
            expires_at=self.clock() + timedelta(hours=13),
            server_time=self.clock(),
        )

    def sign_out(self, token: str, at: datetime) -> None:  # noqa: ARG002 -- the port has it
        self.ended.add(token)

    def push(self, commands: Sequence[Command], token: str) -> list[Answer | Problem]:
        self._reach("push")
        if token not in self.tokens:
            raise SignInNeeded(self.says)
        self.pushes.append((token, tuple(command.id for command in commands)))
        if self.unacceptable & {command.id for command in commands}:
            raise Refused("too_large")
        if self.poison & {command.id for command in commands}:
            raise Unavailable("HTTP 500")
        answers = [self._decide(command, self.tokens[token]) for command in commands]
        if self.lost:
            self.lost -= 1
            raise Unavailable("the answer was lost")
        return answers

    def _decide(self, command: Command, actor: Actor) -> Answer | Problem:
        if command.id not in self.verdicts:
            self.verdicts[command.id] = self._problem(command, actor)
        problem = self.verdicts[command.id]
        current = self.transfers.get(str(command.transfer))
        return problem or Answer(command=command.id, transfer=current, server_time=self.clock())

    def _problem(self, command: Command, actor: Actor) -> Problem | None:
        if command.incident is not None:
            self.revisions.append(command.incident)
            return None
        try:
            self.put(decide(self.transfers.get(str(command.transfer)), command, actor, self.clock()))
        except Stale as stale:
            return Problem(problem="stale", detail=str(stale))
        except (IllegalAction, InvalidValue) as illegal:
            return Problem(problem="illegal_action", detail=str(illegal))
        return None

    def put(self, transfer: Transfer) -> None:
        """Keep *transfer* and tell everybody who pulls."""
        self.transfers[transfer.id] = transfer
        self.feed.append(transfer.id)

    def elsewhere(self, id: TransferId, step: Step) -> None:
        """Let somebody at another console take *step*."""
        before = self.transfers[id]
        self.put(replace(before.take(step), version=before.version + 1))

    def pull(self, cursor: str, token: str) -> Changes:
        self._reach("pull")
        if token not in self.tokens or token in self.ended:
            raise SignInNeeded("signed_out")
        if self.refuses_pull:
            raise Refused("wrong_cursor")
        self.tokens.pop(self.forgets, None)
        life, _, number = cursor.partition(".")
        after = int(number) if life == self.epoch else 0
        page = self.feed[after : after + 50]
        return Changes(
            cursor=f"{self.epoch}.{after + len(page)}",
            transfers=tuple(self.transfers[id] for id in dict.fromkeys(page)),
            more=len(page) == 50,
            server_time=self.clock() + self.drift,
            epoch=self.epoch,
        )

    def transfer(self, id: TransferId, token: str) -> Transfer:
        self._reach("transfer")
        if token not in self.tokens or token in self.ended:
            raise SignInNeeded("signed_out")
        if id not in self.transfers:
            raise Refused("unknown", id)
        return self.transfers[id]

    def incidents(self, query: IncidentQuery, token: str) -> list[Incident]:  # noqa: ARG002 -- the port has them
        return []

    def read(self, reading: Reading, token: str) -> list[Reading]:  # noqa: ARG002 -- the port has it
        return [reading]

    def _reach(self, method: str) -> None:
        if self.down in {method, ALL}:
            raise Unavailable("timeout")


@dataclass(slots=True)
class Bench:
    """One console, one gateway, and people who sign in."""

    store: SqlStore
    gateway: MemoryGateway
    clock: Clock
    wording: Wording
    ids: count[int] = field(default_factory=lambda: count(1))

    def person(self, user: str = "taker-1", role: Role = Role.CALL_TAKER, seat: str = "07") -> Person:
        """Sign somebody in at this console."""
        request = SignIn(user=user, password=PASSWORD, seat=seat, role=role)
        session = Session(self.gateway.sign_in(request))
        author = Author(session, self.clock, lambda: f"id-{next(self.ids):04}")
        return Person(session, author, Desk(self.store, author), FormDesk(self.store, author, self.wording))

    def sync(self, person: Person | None = None) -> Report:
        """Run once, pulling as *person*."""
        return Sync(self.store, self.gateway, self.clock, self._write).once(person.session.token if person else "")

    def _write(self, work: Callable[[SqlTransaction], None]) -> None:
        with self.store.begin() as tx:
            work(tx)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody signed in, with what they work with."""

    session: Session
    author: Author
    desk: Desk
    form: FormDesk

    def draft(self, narrative: str = "楼下烧烤店油烟扰民") -> Incident:
        """Begin a form that may be sent: safe, a sentence in it, and the caller agrees."""
        incident = self.form.begin()
        intake = incident.intake.with_value("narrative", narrative).with_value("consent", "yes")
        typed = replace(incident, intake=intake, safety=SAFE)
        self.form.keep(typed)
        return self.form.incident(incident.id)

    def send(self, incident: Incident | None = None) -> TransferId:
        """Send an order for approval."""
        return self.form.send(incident or self.draft(), SHEET, DECIDED).transfer


@contextmanager
def open_bench(folder: Path) -> Iterator[Bench]:
    """Open a console over a fresh encrypted cache in *folder*."""
    clock = Clock()
    wording = read_content(REPOSITORY / "resources").wording
    with closing(SqlStore.open(DataRoot(folder / "root"), bytes(range(32)))) as store:
        yield Bench(store, MemoryGateway(clock), clock, wording)
