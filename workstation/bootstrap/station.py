"""One workstation with its data root, and the parts in which live work and practice differ."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Protocol

from workstation.bootstrap.clock import Clock, new_id, now
from workstation.bootstrap.library import read_library
from workstation.bootstrap.workers import Workers, writing

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from workstation.adapters.data_root import DataRoot
    from workstation.adapters.secrets_keyring import KeyringSecrets
    from workstation.adapters.secrets_wrapped import WrappedSecrets
    from workstation.adapters.sql_store import SqlStore
    from workstation.desk.console import Console, Found
    from workstation.desk.form import FormDesk
    from workstation.desk.headset_port import Headset
    from workstation.desk.library import Library
    from workstation.desk.ports import Gateway, Store
    from workstation.desk.session import Session
    from workstation.desk.telephony_port import ReportedTelephony, Telephony
    from workstation.domain.call import Call
    from workstation.domain.call_party import CallId
    from workstation.protocol.messages import SignIn
    from workstation.settings import PasswordCost, Settings


class Parts(Protocol):
    """What differs between live work and practice."""

    practice: bool
    password_cost: PasswordCost

    def gateway(self, folder: Path) -> Gateway:
        """Return the transfer API; called once, when the data root is open."""
        ...

    def headset(self) -> Headset | None:
        """Return the headset whose buttons are used, if any."""
        ...

    def telephony(self, token: Callable[[], str]) -> Telephony:
        """Return the telephone engine of this console; *token* is whoever is signed in at the moment."""
        ...

    def begun(self, library: Library) -> None:
        """Note that somebody signed in."""
        ...

    def says(self, call: CallId) -> str:
        """Return what the citizen of *call* says; nothing where no script is played."""
        ...

    def close(self) -> None:
        """End what was started."""
        ...


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
        self._headset: Headset | None = None
        self._token = ""

    def open(self) -> Found:
        """Open the data root as far as that goes without a password; after a failure it may be tried again.

        Raises:
            WorkstationError: The root cannot be opened; the code says what to do.
        """
        from workstation.adapters.data_root import DataRoot

        root = self._root = DataRoot(self._folder)
        try:
            return self._find(root)
        except BaseException:
            self._root = None
            root.close()
            raise

    def _find(self, root: DataRoot) -> Found:
        """Find out what is in *root*, and open its store where that takes no password."""
        from workstation.adapters.secrets_errors import NoKeyring
        from workstation.adapters.secrets_keyring import KeyringSecrets
        from workstation.desk.console import Found

        self._library = self._library or read_library()
        self._gateway = self._gateway or self._parts.gateway(self._folder)
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
        from workstation.desk.session import admit, check, sign_in

        if self._root is None or self._gateway is None:
            raise RuntimeError("the station is not open")
        request = replace(request, console=self._root.id)
        wrapped = self._wrapped(request)
        enrolled = self._store is None
        checked = None
        if self._store is None:
            if not self._root.has_key:
                # Nothing may be locked with a password that nobody has checked yet.
                checked = check(request, self._gateway)
            self._open_store(wrapped)
        store = self._store
        if store is None:
            raise RuntimeError("the store is not open")
        later, cost = self._later, self._parts.password_cost
        if checked is not None:
            session = admit(checked, request.password, store, self._clock(), later, cost)
        else:
            session = sign_in(request, self._gateway, store, self._clock, later, cost)
        if self._root.secrets == "wrapped" and not session.offline and not enrolled:
            self._workers.write.submit(self._enrol, wrapped)
        return self._console(store, self._gateway, session)

    def close(self) -> None:
        """Let go of the data root."""
        if self._headset is not None:
            self._headset.close()
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
        return WrappedSecrets(self._folder, root, request.user, request.password, self._parts.password_cost)

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
        from workstation.desk.mending import Mending
        from workstation.desk.phone import PhoneDesk
        from workstation.desk.sync import Sync

        if self._library is None:
            raise RuntimeError("the station is not open")
        library, clock = self._library, self._clock
        author = Author(session, clock, new_id)
        sync = Sync(store, gateway, clock, writing(store, self._workers.write))
        self._token = session.token
        if self._telephony is None:
            self._telephony = self._parts.telephony(lambda: self._token)
            self._headset = self._parts.headset()
        form = FormDesk(store, author, library.wording)
        phone = PhoneDesk(self._telephony, clock, partial(self._save_call, store, form), partial(_kept_call, store))
        self._parts.begun(library)
        return Console(
            session=session,
            author=author,
            store=store,
            gateway=gateway,
            desk=Desk(store, author),
            form=form,
            mending=Mending(store, author, form, gateway),
            phone=phone,
            library=library,
            assistant=Assistant(library, clock),
            sync=partial(sync.once, session.token),
            clock=clock,
            prints=self._folder / "prints",
            rescued=self._rescued(),
            reported=_told_by_hand(self._telephony),
            headset=self._headset,
            says=self._parts.says,
        )

    def _rescued(self) -> str:
        recovery = self._store.recovery if self._store is not None else None
        return recovery.moved_to.name if recovery is not None else ""

    def _save_call(self, store: Store, form: FormDesk, call: Call) -> None:
        """Keep a call on the lane that writes; whoever brings the news does not wait for the disk."""

        def keep() -> None:
            with store.begin() as tx:
                tx.save_call(call)
            if call.ended_at is not None and call.incident_id:
                form.follow(call)

        self._workers.write.submit(keep)


def _kept_call(store: Store, id: CallId) -> Call | None:
    """Return a call that this console knew before it was started anew."""
    with store.begin() as tx:
        try:
            return tx.call(id)
        except KeyError:
            return None


def _told_by_hand(telephony: Telephony) -> ReportedTelephony | None:
    """Return the telephone if a person must tell it what happens."""
    from workstation.adapters.telephony_manual import ManualTelephony

    return telephony if isinstance(telephony, ManualTelephony) else None
