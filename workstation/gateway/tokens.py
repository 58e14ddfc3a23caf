"""Tokens: who holds one, and what it is still good for after its end."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from workstation.domain.command import Actor, Command
from workstation.domain.errors import SignInNeeded
from workstation.gateway.ports import Ledger, Token

GRACE: Final = timedelta(hours=24)


def digest_of(secret: str) -> str:
    """Return what the store keeps of a token; the token has 256 random bits, so no salt is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()


def live(ledger: Ledger, secret: str, now: datetime) -> Actor:
    """Return who holds *secret*, which must be good now.

    Raises:
        SignInNeeded: It is unknown, ended, expired, or its user is disabled.
    """
    token = _known(ledger, secret)
    if token.ended_at is not None:
        raise SignInNeeded("signed_out")
    if now >= token.expires_at:
        raise SignInNeeded("expired")
    return Actor(user=token.user, role=token.role, seat=token.seat)


def for_commands(ledger: Ledger, secret: str, commands: Sequence[Command], now: datetime) -> Actor:
    """Return who holds *secret*; after its end it is still good, for a day, for commands made before the end.

    A seat that was switched during an outage so delivers its former person's rows under their own name.

    Raises:
        SignInNeeded: It is unknown or too old, its user is disabled, or a command is younger than its end.
    """
    token = _known(ledger, secret)
    end = min(token.ended_at or token.expires_at, token.expires_at)
    if token.ended_at is None and now < token.expires_at:
        return Actor(user=token.user, role=token.role, seat=token.seat)
    if now >= end + GRACE or any(command.at.tzinfo is None or command.at > end for command in commands):
        raise SignInNeeded("signed_out" if token.ended_at else "expired")
    return Actor(user=token.user, role=token.role, seat=token.seat)


def _known(ledger: Ledger, secret: str) -> Token:
    found = ledger.accounts.token(digest_of(secret))
    if found is None:
        raise SignInNeeded("unknown_token")
    token, disabled = found
    if disabled:
        raise SignInNeeded("disabled")
    return token
