"""Who holds which token, as the gateway said it: asked once, looked at again, kept through an outage."""

import asyncio
import hashlib
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from workstation.bridge.strangers import BURST, Askers, Refusals
from workstation.domain.command import Actor
from workstation.domain.errors import SignInNeeded, Unavailable
from workstation.protocol.messages import Holder

log = logging.getLogger(__name__)

FRESH_S: Final = 300.0
KEPT_S: Final = 12 * 3600.0
ASK_AGAIN_S: Final = 15.0
MOST_AT_ONCE: Final = 3
"""How many questions about unknown tokens the gateway has at a time; those about known ones do not wait for them."""
MOST_WAITING: Final = 2 * BURST


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
    refuses then is out. While the gateway cannot be reached a known token goes on for twelve hours. About tokens that
    nobody knows the gateway is asked a few at a time, so often for each address, and not again at once.

    Args:
        ask: Asks the gateway; it may block, and is called on a thread of its own.
    """

    def __init__(self, ask: Callable[[str], Holder], clock: Callable[[], float] = time.monotonic) -> None:
        self._ask = ask
        self._clock = clock
        self._known: dict[str, _Known] = {}
        self._looks: set[asyncio.Task[None]] = set()
        self._refused = Refusals(clock)
        self._askers = Askers(clock)
        self._room = asyncio.Semaphore(MOST_AT_ONCE)
        self._waiting = 0

    async def who(self, token: str, asker: str = "") -> Actor:
        """Return who holds *token*; *asker* is the address it came from.

        Raises:
            SignInNeeded: The gateway refuses it.
            Unavailable: It is not known here, and the gateway cannot be asked, or not so often.
        """
        digest = hashlib.sha256(token.encode()).hexdigest()
        now = self._clock()
        known = self._at_hand(digest)
        if known is None:
            return await self._meet(digest, token, asker)
        if now >= known.next_look and not known.looking:
            known.looking = True
            look = asyncio.create_task(self._look(digest, token, known))
            self._looks.add(look)
            look.add_done_callback(self._looks.discard)
        return known.actor

    def _at_hand(self, digest: str) -> _Known | None:
        """Return what is known of a token, if it is.

        Raises:
            SignInNeeded: The gateway has just refused it.
        """
        known = self._known.get(digest)
        if known is not None and self._clock() - known.confirmed < KEPT_S:
            return known
        if (why := self._refused.why(digest)) is not None:
            raise SignInNeeded(why)
        return None

    async def _meet(self, digest: str, token: str, asker: str) -> Actor:
        """Ask about a token that is not known."""
        if not self._askers.may_ask(asker):
            raise Unavailable("asked_too_often")
        if self._waiting >= MOST_WAITING:
            raise Unavailable("too_many_wait")
        self._waiting += 1
        try:
            async with self._room:
                known = self._at_hand(digest)  # somebody may have asked about the same one meanwhile
                if known is not None:
                    return known.actor
                return await self._learn(digest, token)
        finally:
            self._waiting -= 1

    async def _learn(self, digest: str, token: str) -> Actor:
        self._forget_old()
        try:
            holder = await asyncio.to_thread(self._ask, token)
        except SignInNeeded as refusal:
            self._refused.put(digest, str(refusal))
            raise
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
