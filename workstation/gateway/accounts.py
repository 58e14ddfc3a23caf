"""Who may do what: users with argon2 verifiers, and opaque tokens for one person, role, seat and shift."""

import logging
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Annotated, Final

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from workstation.domain.errors import InvalidValue, Refused, SignInNeeded
from workstation.domain.lifecycle import Role
from workstation.domain.limits import Limit, check_limits
from workstation.gateway.ports import Account, Act, GatewayStore, Ledger, Token
from workstation.gateway.seats import SeatRegister
from workstation.gateway.tokens import GRACE, digest_of
from workstation.protocol.messages import Credential, SignIn

log = logging.getLogger(__name__)

SHIFT: Final = timedelta(hours=12)
SHORTEST_PASSWORD: Final = 10
PEOPLE: Final = frozenset({Role.CALL_TAKER, Role.DUTY_OFFICER})

_FREE_TRIES: Final = 5
_FIRST_WAIT: Final = timedelta(seconds=15)
_LONGEST_WAIT: Final = timedelta(minutes=5)
_NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewUser:
    """A person to be added; roles are those of people, never the hotline's or the system's."""

    user: Annotated[str, Limit(max_length=40, pattern=r"[A-Za-z0-9._-]+")]
    name: Annotated[str, Limit(max_length=40, min_length=1)]
    roles: frozenset[Role]
    password: Annotated[str, Limit(max_length=200)]
    admin: bool = False

    def __post_init__(self) -> None:
        check_limits(self)
        if not PEOPLE.issuperset(self.roles):
            raise InvalidValue("roles", "not_for_people")

    def __repr__(self) -> str:
        return f"NewUser({self.user})"


class Accounts:
    """Users, sign-in and tokens over a store."""

    def __init__(self, store: GatewayStore, hasher: PasswordHasher | None = None, *, shift: timedelta = SHIFT) -> None:
        self._store = store
        self._hasher = hasher or PasswordHasher()
        self._shift = shift
        self.seats = SeatRegister()
        # Checked when there is no such user, so that the answer takes as long as for a wrong password.
        self._nobody = self._hasher.hash(secrets.token_urlsafe(16))

    def sign_in(self, request: SignIn, now: datetime) -> Credential:
        """Return a credential.

        Raises:
            SignInNeeded: ``wrong_password`` (or no such user), ``disabled``, ``locked`` after too many failures,
                ``role_not_held``, ``seat_in_use`` once while another console works at the seat.
        """
        account = self._store.read(lambda ledger: ledger.accounts.account(request.user))
        # A name that nobody has may be a password in the wrong line: it is not written down.
        who = f"user={account.user if account else '?'} role={request.role} seat={request.seat}"
        try:
            credential = self._admitted(account, request, now)
        except SignInNeeded as refusal:
            log.info("sign-in refused %s why=%s", who, refusal)
            raise
        log.info("sign-in %s", who)
        return credential

    def _admitted(self, account: Account | None, request: SignIn, now: datetime) -> Credential:
        if account is not None and account.locked_until > now:
            raise SignInNeeded("locked")
        if not self._fits(account.verifier if account else self._nobody, request.password) or account is None:
            self._store.write(lambda ledger: _count_failure(ledger, request.user, now)).result()
            raise SignInNeeded("wrong_password")
        if account.disabled:
            raise SignInNeeded("disabled")
        if request.role not in account.roles:
            raise SignInNeeded("role_not_held")
        self.seats.ask(request, now)
        return self._issue(account, request, now)

    def _fits(self, verifier: str, password: str) -> bool:
        try:
            return self._hasher.verify(verifier, password)
        except VerifyMismatchError:
            return False

    def _issue(self, account: Account, request: SignIn, now: datetime) -> Credential:
        secret = secrets.token_urlsafe(32)
        token = Token(user=account.user, role=request.role, seat=request.seat, expires_at=now + self._shift)

        def work(ledger: Ledger) -> None:
            current = ledger.accounts.account(account.user)
            if current is None or current.disabled or current.verifier != account.verifier:
                raise SignInNeeded("wrong_password")  # changed while the password was being checked
            ledger.accounts.save(replace(current, failures=0, locked_until=_NEVER))
            ledger.accounts.sweep(now - GRACE)
            ledger.accounts.issue(digest_of(secret), token, now)

        self._store.write(work).result()
        self.seats.take(request, digest_of(secret), now)
        return Credential(
            token=secret,
            user=account.user,
            name=account.name,
            role=request.role,
            seat=request.seat,
            expires_at=token.expires_at,
            server_time=now,
        )

    def add(self, person: NewUser, *, now: datetime, by: str) -> None:
        """Add a user.

        Raises:
            InvalidValue: The name or the password will not do, or a role is not for people.
            Refused: The user exists (``user_exists``).
        """
        check_password(person.user, person.password)
        fresh = Account(
            user=person.user,
            name=person.name,
            roles=person.roles,
            admin=person.admin,
            verifier=self._hasher.hash(person.password),
            locked_until=_NEVER,
        )

        def work(ledger: Ledger) -> None:
            if ledger.accounts.account(person.user) is not None:
                raise Refused("user_exists", person.user)
            ledger.accounts.save(fresh)
            ledger.accounts.note(Act(now, by, "add", person.user))

        self._store.write(work).result()

    def reset(self, user: str, password: str, *, now: datetime, by: str, act: str = "reset") -> None:
        """Give a user a new password and let them in again; their tokens end at once.

        Raises:
            InvalidValue: The password is too weak.
            Refused: There is no such user (``unknown``).
        """
        check_password(user, password)
        verifier = self._hasher.hash(password)

        def renewed(account: Account) -> Account:
            return replace(account, verifier=verifier, disabled=False, failures=0, locked_until=_NEVER)

        self._change(renewed, Act(now, by, act, user))

    def disable(self, user: str, *, now: datetime, by: str) -> None:
        """Shut a user out; their tokens end at once.

        Raises:
            Refused: There is no such user (``unknown``), or nobody else could let anybody in again (``last_admin``).
        """
        self._change(lambda account: replace(account, disabled=True), Act(now, by, "disable", user))

    def _change(self, new: Callable[[Account], Account], act: Act) -> None:
        def work(ledger: Ledger) -> None:
            account = ledger.accounts.account(act.user)
            if account is None:
                raise Refused("unknown", act.user)
            changed = new(account)
            if may_manage(account) and not may_manage(changed) and _managing(ledger) == {act.user}:
                raise Refused("last_admin", act.user)
            ledger.accounts.save(changed)
            ledger.accounts.withdraw(act.user)
            ledger.accounts.note(act)

        self._store.write(work).result()

    def everybody(self) -> Sequence[Account]:
        """Return all accounts."""
        return self._store.read(lambda ledger: ledger.accounts.accounts())

    def is_admin(self, user: str, password: str) -> bool:
        """Whether this is an administrator and their password."""
        account = self._store.read(lambda ledger: ledger.accounts.account(user))
        fits = self._fits(account.verifier if account else self._nobody, password)
        return fits and account is not None and may_manage(account)

    def acts(self) -> Sequence[Act]:
        """Return who changed which account and when, the oldest change first."""
        return self._store.read(lambda ledger: ledger.accounts.acts())


def may_manage(account: Account) -> bool:
    """Whether this is an administrator who is not shut out."""
    return account.admin and not account.disabled


def _managing(ledger: Ledger) -> set[str]:
    return {account.user for account in ledger.accounts.accounts() if may_manage(account)}


def check_password(user: str, password: str) -> None:
    """Refuse a password that is too short, blanks at its ends not counted, or holds the user's own name.

    Raises:
        InvalidValue: It is.
    """
    if len(password.strip()) < SHORTEST_PASSWORD:
        raise InvalidValue("password", "too_short", limit=SHORTEST_PASSWORD)
    if user.casefold() in password.casefold():
        raise InvalidValue("password", "holds_user_name")


def _count_failure(ledger: Ledger, user: str, now: datetime) -> None:
    account = ledger.accounts.account(user)
    if account is None:
        return
    failures = account.failures + 1
    wait = _NEVER
    if failures >= _FREE_TRIES:
        wait = now + min(_FIRST_WAIT * 2 ** min(failures - _FREE_TRIES, 10), _LONGEST_WAIT)
    ledger.accounts.save(replace(account, failures=failures, locked_until=wait))
