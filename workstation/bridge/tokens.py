"""Who holds which token, as the gateway said it: asked once, looked at again, kept through an outage."""

import asyncio
import hashlib
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from workstation.domain.command import Actor
from workstation.domain.errors import SignInNeeded, Unavailable
from workstation.protocol.messages import Holder

log = logging.getLogger(__name__)

FRESH_S: Final = 300.0
KEPT_S: Final = 12 * 3600.0
ASK_AGAIN_S: Final = 15.0


@dataclass(slots=True)
class _Known:
    """A token that was good when the gateway was last asked; both moments are the monotonic clock's."""

    actor: Actor
    confirmed: float
    next_look: float
    looking: bool = False


class KnownTokens:
    """Remembers good tokens, so that neither a slow nor a dead gateway stands between a seat and its call.

    A known token is answered at once and looked at again, beside everything else, after five minutes; what the gateway
    refuses then is out. While the gateway cannot be reached a known token goes on for twelve hours.

    Args:
        ask: Asks the gateway; it may block, and is called on a thread of its own.
    """

    def __init__(self, ask: Callable[[str], Holder], clock: Callable[[], float] = time.monotonic) -> None:
        self._ask = ask
        self._clock = clock
        self._known: dict[str, _Known] = {}
        self._looks: set[asyncio.Task[None]] = set()

    async def who(self, token: str) -> Actor:
        """Return who holds *token*.

        Raises:
            SignInNeeded: The gateway refuses it.
            Unavailable: It is not known here, and the gateway cannot be asked.
        """
        digest = hashlib.sha256(token.encode()).hexdigest()
        now = self._clock()
        known = self._known.get(digest)
        if known is None or now - known.confirmed >= KEPT_S:
            return await self._learn(digest, token)
        if now >= known.next_look and not known.looking:
            known.looking = True
            look = asyncio.create_task(self._look(digest, token, known))
            self._looks.add(look)
            look.add_done_callback(self._looks.discard)
        return known.actor

    async def _learn(self, digest: str, token: str) -> Actor:
        self._forget_old()
        holder = await asyncio.to_thread(self._ask, token)
        now = self._clock()
        actor = Actor(user=holder.user, role=holder.role, seat=holder.seat)
        self._known[digest] = _Known(actor, now, now + FRESH_S)
        return actor

    async def _look(self, digest: str, token: str, known: _Known) -> None:
        """Ask about a known token again."""
        try:
            await self._learn(digest, token)
        except SignInNeeded as refusal:
            log.info("token refused seat=%s why=%s", known.actor.seat, refusal)
            self._known.pop(digest, None)
        except Unavailable as away:
            log.info("gateway not reached, known token goes on seat=%s why=%s", known.actor.seat, away)
            known.looking = False
            known.next_look = self._clock() + ASK_AGAIN_S

    def _forget_old(self) -> None:
        now = self._clock()
        self._known = {digest: known for digest, known in self._known.items() if now - known.confirmed < KEPT_S}
