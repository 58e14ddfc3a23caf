"""The only place where ports meet adapters: live, practice and gateway wiring."""

from __future__ import annotations

import logging
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeAlias

from workstation.settings import RESOURCES, Settings, read_settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from workstation.adapters.checkup import Check, Finding
    from workstation.adapters.data_root import DataRoot
    from workstation.adapters.secrets_keyring import KeyringSecrets
    from workstation.adapters.secrets_wrapped import WrappedSecrets
    from workstation.adapters.sql_store import SqlStore
    from workstation.adapters.telephony_schedule import TimerScheduler
    from workstation.adapters.telephony_simulated import SimulatedTelephony
    from workstation.desk.console import Console, Found
    from workstation.desk.library import Library
    from workstation.desk.ports import Gateway, Store, Transaction
    from workstation.desk.session import Session
    from workstation.desk.telephony_port import ReportedTelephony, Telephony
    from workstation.domain.call import Call
    from workstation.gateway.hotline_loop import HotlineLoop
    from workstation.gateway.hotline_stand_in import HotlineStandIn
    from workstation.gateway.service import GatewayService
    from workstation.protocol.messages import SignIn
    from workstation.ui.demo_stage import Stage

log = logging.getLogger(__name__)

Clock: TypeAlias = "Callable[[], datetime]"


def now() -> datetime:
    """Return the moment, with its zone; whatever needs one is handed this."""
    return datetime.now(UTC)


def new_id() -> str:
    """Return a new UUIDv7."""
    from workstation.domain.identity import uuid7

    return uuid7(now())


def read_library(resources: Path = RESOURCES) -> Library:
    """Read everything a station knows that is not a record.

    Raises:
        InvalidValue: A file is missing or wrong; the facts name it.
    """
    from workstation.adapters.calendar_files import load_calendar, read_rules
    from workstation.adapters.content_yaml import read_content
    from workstation.adapters.places_files import load_places
    from workstation.adapters.recognise_linear import LinearRecogniser
    from workstation.desk.library import Library
    from workstation.domain.deadlines import DeadlineBook

    content = read_content(resources)
    rules = read_rules(resources / "content" / "deadlines.yaml")
    return Library(
        content=content,
        places=load_places(resources / "places" / "zaozhuang.json", resources / "places" / "overrides.yaml"),
        deadlines=DeadlineBook(rules, load_calendar(resources / "content" / "calendars")),
        recogniser=LinearRecogniser(resources / "models" / "categories.weights", content.categories),
        wording=content.wording,
    )


@dataclass(frozen=True, slots=True)
class Workers:
    """The queues of a desktop: local writes in order, reads beside them, the network apart."""

    write: ThreadPoolExecutor
    read: ThreadPoolExecutor
    net: ThreadPoolExecutor


def make_workers() -> Workers:
    """Return the three queues of one console."""
    return Workers(
        write=ThreadPoolExecutor(1, "write"), read=ThreadPoolExecutor(2, "read"), net=ThreadPoolExecutor(1, "net")
    )


def writing(store: Store, lane: ThreadPoolExecutor) -> Callable[[Callable[[Transaction], None]], None]:
    """Return what runs one transaction on the lane that writes, and waits for it."""

    def act(deed: Callable[[Transaction], None]) -> None:
        with store.begin() as tx:
            deed(tx)

    return lambda deed: lane.submit(act, deed).result()


class Parts(Protocol):
    """What differs between live work and practice."""

    practice: bool

    def gateway(self, folder: Path) -> Gateway:
        """Return the transfer API; called once, when the data root is open."""
        ...

    def telephony(self) -> Telephony:
        """Return a telephone engine for one signed-in person."""
        ...

    def begun(self, library: Library) -> None:
        """Note that somebody signed in."""
        ...

    def close(self) -> None:
        """End what was started."""
        ...


class LiveParts:
    """The site's gateway over HTTP, and the telephone that the settings name."""

    practice = False

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def gateway(self, folder: Path) -> Gateway:
        """Return the gateway of the settings."""
        from workstation.adapters.http_gateway import HttpGateway
        from workstation.adapters.http_link import Site

        del folder
        site = self._settings.gateway
        return HttpGateway(Site(url=site.url, ca=site.ca, connect_s=site.connect_s, total_s=site.total_s), clock=now)

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


def _told_by_hand(telephony: Telephony) -> ReportedTelephony | None:
    """Return the telephone if a person must tell it what happens."""
    from workstation.adapters.telephony_manual import ManualTelephony

    return telephony if isinstance(telephony, ManualTelephony) else None


SCREEN_STARTS_S = 60
PRACTICE_CALL_TAKER, PRACTICE_OFFICER, PRACTICE_PASSWORD = "110023", "110008", "practice-only"


class PracticeParts:
    """The gateway inside this process, a played hotline and officer, scripted callers; there is no socket at all."""

    practice = True

    def __init__(
        self,
        *,
        plays_officer: bool = True,
        hotline_delay: timedelta | None = timedelta(seconds=6),
        clock: Clock = now,
    ) -> None:
        self._plays_officer = plays_officer
        self._delay = hotline_delay
        self._clock = clock
        self._ends: list[Callable[[], None]] = []
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
        from workstation.adapters.local_gateway import LocalGateway
        from workstation.gateway.hotline_loop import HotlineLoop
        from workstation.gateway.hotline_script import load_scripts
        from workstation.gateway.hotline_stand_in import HotlineStandIn, Manner
        from workstation.gateway.service import open_service

        home = folder / "gateway"
        home.mkdir(parents=True, exist_ok=True)
        scripts = load_scripts(RESOURCES / "hotline_stand_in.yaml")
        manner = Manner(delay=self._delay)
        hotline = self.hotline = HotlineStandIn(scripts, self._clock, manner=manner, file=home / "hotline.json")
        service = self.service = open_service(home / "gateway.db", hotline, clock=self._clock)
        self._add_people(service)
        loop = self.loop = HotlineLoop(service.dispatch)
        service.on_accepted = loop.wake
        loop.start()
        self._ends += [loop.stop, service.close]
        return LocalGateway(service)

    def telephony(self) -> Telephony:
        """Return the simulated telephone."""
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
        Callers(read_scenarios(RESOURCES), self.telephone, self.scheduler.call_later).start()

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


class DeskStation:
    """One workstation with its data root, before and after somebody signs in."""

    def __init__(self, settings: Settings, folder: Path, parts: Parts, workers: Workers, clock: Clock = now) -> None:
        self.practice = parts.practice
        self.seat = settings.seat
        self._folder = folder
        self._parts = parts
        self._workers = workers
        self._clock = clock
        self._root: DataRoot | None = None
        self._keyring: KeyringSecrets | None = None
        self._store: SqlStore | None = None
        self._key = b""
        self._gateway: Gateway | None = None
        self._library: Library | None = None
        self._telephony: Telephony | None = None

    def open(self) -> Found:
        """Open the data root as far as that goes without a password.

        Raises:
            WorkstationError: The root cannot be opened; the code says what to do.
        """
        from workstation.adapters.data_root import DataRoot
        from workstation.adapters.secrets_errors import NoKeyring
        from workstation.adapters.secrets_keyring import KeyringSecrets
        from workstation.desk.console import Found

        root = self._root = DataRoot(self._folder)
        self._library = read_library()
        self._gateway = self._parts.gateway(self._folder)
        self._keyring = KeyringSecrets(root.id)
        kind = root.secrets
        if not kind:
            try:
                self._keyring.get()
                kind = "keyring"
            except NoKeyring:
                kind = "wrapped"
        if kind == "keyring":
            self._open_store(self._keyring)
        recovery = self._store.recovery if self._store is not None else None
        return Found(secrets=kind, recovered=str(recovery or ""))

    def sign_in(self, request: SignIn) -> Console:
        """Sign a person in and hand out their console.

        Raises:
            WorkstationError: The password is wrong, the cache cannot be opened, or nobody may enter now.
        """
        from workstation.desk.session import not_known_here, sign_in
        from workstation.domain.errors import Unavailable

        if self._root is None or self._gateway is None:
            raise RuntimeError("the station is not open")
        wrapped = self._wrapped(request)
        enrolled = self._store is None
        if self._store is None:
            if not self._root.has_key:
                # Nothing may be locked with a password that nobody has checked yet.
                try:
                    self._gateway.sign_out(self._gateway.sign_in(request).token, self._clock())
                except Unavailable as away:
                    raise not_known_here(str(away)) from away
            self._open_store(wrapped)
        store = self._store
        if store is None:
            raise RuntimeError("the store is not open")
        session = sign_in(request, self._gateway, store, self._clock, self._later)
        if self._root.secrets == "wrapped" and not session.offline and not enrolled:
            self._workers.write.submit(self._enrol, wrapped)
        return self._console(store, self._gateway, session)

    def close(self) -> None:
        """Let go of the data root."""
        self._parts.close()
        if self._store is not None:
            self._store.close()
        if self._root is not None:
            self._root.close()

    def _open_store(self, secrets: KeyringSecrets | WrappedSecrets) -> None:
        from workstation.adapters.secrets_choice import key_for
        from workstation.adapters.sql_store import SqlStore

        if self._root is None:
            raise RuntimeError("the station is not open")
        self._key = key_for(self._root, secrets)
        self._store = SqlStore.open(self._root, self._key)

    def _later(self, compute: Callable[[], str], keep: Callable[[str], None]) -> None:
        """Compute beside everything else, and keep the result on the lane that writes."""
        lanes = self._workers
        lanes.read.submit(lambda: lanes.write.submit(keep, compute()))

    def _wrapped(self, request: SignIn) -> WrappedSecrets:
        """Return this operator's slot of the wrapped key, for consoles without a keyring."""
        from workstation.adapters.secrets_wrapped import WrappedSecrets

        root = self._root.id if self._root is not None else ""
        return WrappedSecrets(self._folder, root, request.user, request.password)

    def _enrol(self, slot: WrappedSecrets) -> None:
        """Let whoever the gateway knows open this console alone next time, with the password of today."""
        from workstation.adapters.secrets_errors import NotEnrolled, WrongPassword

        try:
            slot.get()
        except (NotEnrolled, WrongPassword):
            slot.put(self._key)

    def _console(self, store: SqlStore, gateway: Gateway, session: Session) -> Console:
        from workstation.desk.assist import Assistant
        from workstation.desk.author import Author
        from workstation.desk.console import Console
        from workstation.desk.desk import Desk
        from workstation.desk.form import FormDesk
        from workstation.desk.phone import PhoneDesk
        from workstation.desk.sync import Sync

        if self._library is None:
            raise RuntimeError("the station is not open")
        library, clock = self._library, self._clock
        author = Author(session, clock, new_id)
        sync = Sync(store, gateway, clock, writing(store, self._workers.write))
        if self._telephony is None:
            self._telephony = self._parts.telephony()
        phone = PhoneDesk(self._telephony, clock, partial(self._save_call, store))
        self._parts.begun(library)
        return Console(
            session=session,
            author=author,
            store=store,
            gateway=gateway,
            desk=Desk(store, author),
            form=FormDesk(store, author, library.wording),
            phone=phone,
            library=library,
            assistant=Assistant(library, clock),
            sync=partial(sync.once, session.token),
            clock=clock,
            prints=self._folder / "prints",
            rescued=self._rescued(),
            reported=_told_by_hand(self._telephony),
        )

    def _rescued(self) -> str:
        recovery = self._store.recovery if self._store is not None else None
        return recovery.moved_to.name if recovery is not None else ""

    def _save_call(self, store: Store, call: Call) -> None:
        """Keep a call on the lane that writes; whoever brings the news does not wait for the disk."""

        def keep() -> None:
            with store.begin() as tx:
                tx.save_call(call)

        self._workers.write.submit(keep)


def desktop(path: Path | None, data_root: str, seat: str) -> int:
    """Open the window of a live workstation."""
    settings = read_settings(path, data_root=data_root, seat=seat)
    return _open_window(settings, settings.root("workstation"), LiveParts(settings))


def practice(data_root: str, pictures: str) -> int:
    """Open the window in practice wiring; without a display, drive the whole main job and leave pictures of it."""
    if not _has_display():
        return _tour(Path(pictures or "out/practice"))
    settings = replace(read_settings(data_root=data_root, seat="06"), telephony="simulated")
    return _open_window(settings, settings.root("workstation-practice"), PracticeParts())


def _has_display() -> bool:
    if os.environ.get("QT_QPA_PLATFORM") == "offscreen":
        return False
    return sys.platform == "win32" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _open_window(settings: Settings, folder: Path, parts: Parts) -> int:
    from workstation.adapters.log_file import open_log
    from workstation.ui import program

    open_log(folder, settings.log_level)
    log.info("console started seat=%s practice=%s", settings.seat, parts.practice)
    workers = make_workers()
    station = DeskStation(settings, folder, parts, workers)
    account = (PRACTICE_CALL_TAKER, PRACTICE_PASSWORD) if parts.practice else ("", "")
    return program.run(station, settings, folder, workers, account)


class GuestParts:
    """One of several consoles of practice at one embedded gateway, with a telephone of its own."""

    practice = True

    def __init__(self, service: GatewayService, clock: Clock = now, *, by_hand: bool = False) -> None:
        from workstation.adapters.telephony_manual import ManualTelephony
        from workstation.adapters.telephony_schedule import TimerScheduler
        from workstation.adapters.telephony_simulated import SimulatedTelephony
        from workstation.practice.loose_link import LooseLink

        self.link = LooseLink(service)
        self.ring: Callable[[str], object]
        self.telephone: Telephony
        if by_hand:
            desk_phone = ManualTelephony(clock, new_id)
            self.telephone, self.ring = desk_phone, desk_phone.incoming
        else:
            simulated = SimulatedTelephony(clock, new_id, TimerScheduler())
            self.telephone, self.ring = simulated, simulated.offer

    def gateway(self, folder: Path) -> Gateway:
        """Return the door to the gateway that all share."""
        from workstation.adapters.local_gateway import LocalGateway

        del folder
        return LocalGateway(self.link)

    def telephony(self) -> Telephony:
        """Return this seat's telephone."""
        return self.telephone

    def begun(self, library: Library) -> None:
        """Nobody is played here."""

    def close(self) -> None:
        """End the telephone; the gateway is its maker's to end."""
        self.telephone.close()


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
        return Place(station, settings, root, workers, account, role, parts.ring, parts.link.plug)

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


def _tour(pictures: Path) -> int:
    """Drive the whole main job through the real widgets and leave a picture of each step."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from tempfile import TemporaryDirectory

    from workstation.ui import tour

    with TemporaryDirectory(prefix="workstation-") as folder:
        return tour.run(two_consoles(Path(folder), on_demand=True), pictures, _say)


def pictures(out: Path) -> int:
    """Make a picture of every screen and state in *out*, from invented notes only."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_FONT_DPI"] = "96"
    from tempfile import TemporaryDirectory

    from workstation.ui import pictures as studio

    ahead = studio.Ahead(now)
    with TemporaryDirectory(prefix="workstation-") as folder:
        return studio.run(two_consoles(Path(folder), on_demand=True, clock=ahead), ahead, out, _say)


def _say(line: str) -> None:
    """Tell whoever started the program one thing at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def demo(notes: Path, out: Path | None, limit: int) -> int:
    """Play the call notes of a file through the real widgets of two consoles."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from tempfile import TemporaryDirectory

    from workstation.domain.errors import InvalidValue
    from workstation.ui import demo as played
    from workstation.ui.demo_notes import read_notes

    try:
        rows = read_notes(notes, limit)
    except InvalidValue as problem:
        sys.stderr.write(f"{notes}: {problem.problem} {problem.facts or ''}\n")
        return 2
    with TemporaryDirectory(prefix="workstation-") as folder:
        return played.run(two_consoles(Path(folder), on_demand=False), rows, out, _say)


def doctor(path: Path | None, data_root: str, seat: str) -> int:
    """Say in one line each whether what this console needs is there; return 1 if something vital is not."""
    from workstation.adapters import checkup, checkup_console, checkup_site
    from workstation.adapters.http_link import Site
    from workstation.domain.errors import InvalidValue

    try:
        settings = read_settings(path, data_root=data_root, seat=seat)
    except InvalidValue as problem:
        _say(f"FAIL settings: {problem.field} {problem.problem} {problem.facts or ''}")
        return 1
    at = settings.gateway
    site = Site(url=at.url, ca=at.ca, connect_s=at.connect_s, total_s=at.total_s)
    checks: tuple[Check, ...] = (
        *checkup_site.site_checks(RESOURCES, now),
        ("window", _window_starts),
        *checkup_console.console_checks(settings.root("workstation")),
        ("gateway", partial(checkup_site.gateway, site, now, settings.alarms.drift_s)),
    )
    return checkup.examine(checks, _say)


def _window_starts() -> Finding:
    """Start Qt in a process of its own, without a display and on the one there is, as Qt ends what it cannot start in.

    Raises:
        OSError: The process could not be started.
    """
    from workstation.adapters.checkup import fail, ok

    said = ""
    for platform in (*(("",) if _has_display() else ()), "offscreen"):
        code, said = _screen(platform)
        if code:
            return fail(said)
    return ok(said if _has_display() else f"{said}; no display here, so `run` leaves pictures")


def _screen(platform: str) -> tuple[int, str]:
    import subprocess

    command = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "workstation"]
    names = {**os.environ, "PYTHONPATH": str(RESOURCES.parent)} | ({"QT_QPA_PLATFORM": platform} if platform else {})
    try:
        asked = [*command, "doctor", "--screen"]
        done = subprocess.run(asked, env=names, capture_output=True, text=True, check=False, timeout=SCREEN_STARTS_S)  # noqa: S603 -- ourselves
    except subprocess.TimeoutExpired:
        return 1, f"Qt did not start within {SCREEN_STARTS_S} s"
    lines = (done.stdout if done.returncode == 0 else done.stderr or done.stdout).strip().splitlines()
    return done.returncode, lines[-1] if lines else f"Qt ended with {done.returncode}"


def screen() -> int:
    """Start Qt and nothing else; the check-up asks this of a process of its own."""
    from workstation.ui import checkup

    return checkup.main()


def content(year: Path | None) -> int:
    """Check the content pack and compile it anew, or take in the working days of a *year*; say what is wrong where."""
    from workstation.domain.errors import InvalidValue

    try:
        _say(_import_year(year) if year else _compile_content())
    except InvalidValue as problem:
        facts = problem.facts
        place = f"{facts['file']}:{facts.get('line', '')}: " if "file" in facts else ""
        _say(f"{place}{problem.field}: {problem.problem} {facts.get('detail', '')}".rstrip())
        return 1
    except OSError as error:
        _say(f"{error.filename}: {error.strerror}")
        return 1
    except ModuleNotFoundError as error:
        _say(f"{error.name} is missing; it comes with the test packages: make test")
        return 1
    return 0


def _import_year(file: Path) -> str:
    from workstation.adapters.calendar_files import import_year

    table = import_year(file, RESOURCES / "content" / "calendars")
    return f"{table.year}: {len(table.off)} days off, {len(table.work)} weekend days worked"


def _compile_content() -> str:
    from workstation.adapters.content_digest import COMPILED
    from workstation.adapters.content_yaml import compile_parts, read_content, read_scenarios
    from workstation.build.pinyin import syllables

    file = RESOURCES / "content" / COMPILED
    fresh = compile_parts(RESOURCES, syllables)
    changed = not file.exists() or file.read_bytes() != fresh
    if changed:
        file.write_bytes(fresh)
    pack = read_content(RESOURCES)
    sizes = (
        f"{len(pack.categories.nodes)} categories, {len(pack.sheets)} sheets, {len(read_scenarios(RESOURCES))} callers"
    )
    return f"{'written' if changed else 'unchanged'}: {file} ({sizes})"
