"""Who is signed in at this console, and what they may sign commands with."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from workstation.desk.ports import Clock, Gateway, Store
from workstation.domain.errors import Refused, SignInNeeded, Unavailable
from workstation.domain.lifecycle import Role
from workstation.domain.outbox import Delivery
from workstation.protocol.codec import decode, encode
from workstation.protocol.messages import Credential, SignIn
from workstation.settings import PasswordCost

SHIFT = timedelta(hours=12)
CAREFUL = PasswordCost()

Later = Callable[[Callable[[], str], Callable[[str], None]], object]
"""Computes a text when there is time, then hands it to what keeps it."""


@dataclass(frozen=True, slots=True)
class Session:
    """One person at one seat in one role; ``offline`` when the gateway has not confirmed it yet."""

    credential: Credential
    offline: bool = False

    @property
    def user(self) -> str:
        return self.credential.user

    @property
    def role(self) -> Role:
        return self.credential.role

    @property
    def seat(self) -> str:
        return self.credential.seat

    @property
    def token(self) -> str:
        return self.credential.token


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cached:
    """What the console keeps to let the same person in again while the gateway is down, for one shift."""

    credential: Credential
    verifier: str
    signed_in_at: datetime
    ended: bool = False


def at_once(compute: Callable[[], str], keep: Callable[[str], None]) -> None:
    """Compute a text and keep it before anything else is done."""
    keep(compute())


def sign_in(  # noqa: PLR0913, PLR0917 -- the first four are who, where to, where kept, when
    request: SignIn,
    gateway: Gateway,
    store: Store,
    clock: Clock,
    later: Later = at_once,
    cost: PasswordCost = CAREFUL,
) -> Session:
    """Sign a person in: with the gateway, or within one shift against the cached verifier when it is down.

    The verifier for the next time costs as much as the gateway's own check,
    and nobody needs to wait for it: *later* says when it is made.

    Raises:
        SignInNeeded: The password is wrong, or nobody may enter offline with it.
        Unavailable: The gateway is down and this person has not signed in here within a shift.
    """
    try:
        credential = _asked(request, gateway)
    except Unavailable as away:
        return _offline(request, store, clock(), str(away))
    return admit(credential, request.password, store, clock(), later, cost)


def check(request: SignIn, gateway: Gateway) -> Credential:
    """Have the gateway check a password at a console that nobody has used: nothing is locked with it before that.

    Raises:
        SignInNeeded: The password is wrong, or nobody may enter with it.
        Unavailable: The gateway is down, and nobody can be known here yet.
    """
    try:
        return _asked(request, gateway)
    except Unavailable as away:
        raise not_known_here(str(away)) from away


def _asked(request: SignIn, gateway: Gateway) -> Credential:
    try:
        return gateway.sign_in(request)
    except Refused as refused:
        raise SignInNeeded(refused.problem) from refused


def admit(  # noqa: PLR0913, PLR0917 -- who, with what, where kept, when; then when the costly part is done
    credential: Credential,
    password: str,
    store: Store,
    at: datetime,
    later: Later = at_once,
    cost: PasswordCost = CAREFUL,
) -> Session:
    """Let somebody in whose password the gateway has just checked."""
    with store.begin() as tx:
        tx.sign(credential.user, credential.role, credential.token)
        for row in tx.outbox(delivery=Delivery.PARKED):
            if row.author == credential.user:
                tx.requeue(row.command.id)  # its author is back: it gets another chance
    later(partial(_verifier, password, cost), partial(_remember, store, credential, at))
    return Session(credential)


def _remember(store: Store, credential: Credential, at: datetime, verifier: str) -> None:
    kept = _Cached(credential=credential, verifier=verifier, signed_in_at=at)
    with store.begin() as tx:
        tx.remember(_name(credential.user, credential.role), encode(kept).decode())


def sign_out(session: Session, store: Store) -> None:
    """Note that the person left, so that nothing done from now on goes out under the ended credential."""
    name = _name(session.user, session.role)
    with store.begin() as tx:
        raw = tx.recall(name)
        if raw:
            tx.remember(name, encode(replace(decode(raw.encode(), _Cached), ended=True)).decode())


def _name(user: str, role: Role) -> str:
    return f"sign-in {user} {role}"


def _offline(request: SignIn, store: Store, now: datetime, why: str) -> Session:
    with store.begin() as tx:
        raw = tx.recall(_name(request.user, request.role))
    if not raw:
        raise not_known_here(why)
    kept = decode(raw.encode(), _Cached)
    if now - kept.signed_in_at > SHIFT or now >= kept.credential.expires_at:
        raise Unavailable("shift_over")
    if not _verify(kept.verifier, request.password):
        raise SignInNeeded("wrong_password")
    # After a sign-out there is no credential: what is done now is signed at this person's next sign-in online.
    token = "" if kept.ended else kept.credential.token
    return Session(replace(kept.credential, seat=request.seat, token=token), offline=True)


def not_known_here(why: str) -> Unavailable:
    """Return why somebody who never signed in here cannot enter; a stranger who answers is no mere outage."""
    return Unavailable(why if is_stranger(why) else "never_signed_in_here")


def is_stranger(why: str) -> bool:
    """Say whether an outage may be somebody else who answers in the gateway's place."""
    return why.startswith("certificate") or why == "foreign_answer"


def _verifier(password: str, cost: PasswordCost) -> str:
    from argon2 import PasswordHasher

    hasher = PasswordHasher(time_cost=cost.passes, memory_cost=cost.kibibytes, parallelism=cost.lanes)
    return hasher.hash(password)


def _verify(verifier: str, password: str) -> bool:
    from argon2 import PasswordHasher
    from argon2.exceptions import VerifyMismatchError

    try:
        return PasswordHasher().verify(verifier, password)
    except VerifyMismatchError:
        return False
