"""The rows of users and their credentials, in SQLite."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlcipher3 import dbapi2

from workstation.domain.lifecycle import Role
from workstation.gateway.ports import Account, Act, Token
from workstation.gateway.schema import account_acts, tokens, users
from workstation.gateway.statements import insert, text_of, upsert
from workstation.gateway.times import from_micros, to_micros

_U = users.c
_T = tokens.c
_ONE: Final = text_of(sa.select(users).where(_U.user == sa.bindparam("user")))
_ALL: Final = text_of(sa.select(users).order_by(_U.user))
_SAVE: Final = upsert(users, "user")
_NOTE: Final = insert(account_acts, without="seq")
_D = account_acts.c
_ACTS: Final = text_of(sa.select(_D.at, _D.by, _D.act, _D.user).order_by(_D.seq))
_TOKEN: Final = text_of(
    sa.select(_T.user, _T.role, _T.seat, _T.expires_at, _T.ended_at, _U.disabled)
    .join_from(tokens, users, _U.user == _T.user)
    .where(_T.digest == sa.bindparam("digest"))
)
_ISSUE: Final = insert(tokens)
# The first sign-out counts: a later one must not make the token good for more commands.
_END: Final = "UPDATE tokens SET ended_at = :at WHERE digest = :digest AND ended_at IS NULL"
_WITHDRAW: Final = text_of(sa.delete(tokens).where(_T.user == sa.bindparam("user")))
_SWEEP: Final = text_of(sa.delete(tokens).where(_T.expires_at < sa.bindparam("before")))


class SqliteAccountRows:
    """Users, their tokens as digests, and who changed which account."""

    def __init__(self, connection: dbapi2.Connection) -> None:
        self._db = connection

    def account(self, user: str) -> Account | None:
        """Return the account; nothing when there is none."""
        row = self._db.execute(_ONE, {"user": user}).fetchone()
        return None if row is None else _account(row)

    def accounts(self) -> Sequence[Account]:
        """Return all accounts by name of the user."""
        return [_account(row) for row in self._db.execute(_ALL)]

    def save(self, account: Account) -> None:
        """Keep *account* as it is now."""
        row = {
            "user": account.user,
            "name": account.name,
            "roles": " ".join(sorted(account.roles)),
            "admin": account.admin,
            "disabled": account.disabled,
            "verifier": account.verifier,
            "failures": account.failures,
            "locked_until": to_micros(account.locked_until),
        }
        self._db.execute(_SAVE, row)

    def note(self, act: Act) -> None:
        """Keep who did what to which account."""
        self._db.execute(_NOTE, {"at": to_micros(act.at), "by": act.by, "act": act.act, "user": act.user})

    def acts(self) -> Sequence[Act]:
        """Return every change of an account, the oldest first."""
        return [Act(from_micros(at), by, act, user) for at, by, act, user in self._db.execute(_ACTS)]

    def token(self, digest: str) -> tuple[Token, bool] | None:
        """Return the token and whether its user is disabled; nothing when there is none."""
        row = self._db.execute(_TOKEN, {"digest": digest}).fetchone()
        if row is None:
            return None
        user, role, seat, expires, ended, disabled = row
        ended_at = None if ended is None else from_micros(ended)
        token = Token(user=user, role=Role(role), seat=seat, expires_at=from_micros(expires), ended_at=ended_at)
        return token, bool(disabled)

    def issue(self, digest: str, token: Token, at: datetime) -> None:
        """Keep a new token under its digest."""
        row = {"digest": digest, "user": token.user, "role": token.role, "seat": token.seat, "ended_at": None}
        times = {"issued_at": to_micros(at), "expires_at": to_micros(token.expires_at)}
        self._db.execute(_ISSUE, {**row, **times})

    def end(self, digest: str, at: datetime) -> None:
        """Note that the token's person signed out at *at*, by their own clock."""
        self._db.execute(_END, {"digest": digest, "at": to_micros(at)})

    def withdraw(self, user: str) -> None:
        """Forget all tokens of *user*."""
        self._db.execute(_WITHDRAW, {"user": user})

    def sweep(self, before: datetime) -> None:
        """Forget tokens that expired before *before*."""
        self._db.execute(_SWEEP, {"before": to_micros(before)})


def _account(row: tuple[Any, ...]) -> Account:
    user, name, roles, admin, disabled, verifier, failures, locked_until = row
    return Account(
        user=user,
        name=name,
        roles=frozenset(Role(role) for role in roles.split()),
        admin=bool(admin),
        disabled=bool(disabled),
        verifier=verifier,
        failures=failures,
        locked_until=from_micros(locked_until),
    )
