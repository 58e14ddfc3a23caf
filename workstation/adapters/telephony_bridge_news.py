"""What a desk is told by the bridge, in order: the events of its calls, and that the engine is lost or back."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from threading import Condition

from workstation.adapters.telephony_bridge_calls import ToldCalls
from workstation.domain.call_delivery import Delivery
from workstation.domain.call_event import EventKind, TelephonyEvent
from workstation.domain.call_party import CallId, LegId
from workstation.protocol.telephony import Line

log = logging.getLogger(__name__)

Listener = Callable[[TelephonyEvent], None]


@dataclass(frozen=True, slots=True)
class Delivered:
    """How far the listener has been told: which event of which stream, and whether all that existed was told."""

    stream: str = ""
    seq: int = 0
    told_all: bool = False


class News:
    """Whether the engine is lost and why, and what is still to be told of it; used under *changed*, but for `tell_all`.

    Args:
        forget: Is called at each loss: what was asked for and has not left is not asked for any more.
    """

    def __init__(self, clock: Callable[[], datetime], changed: Condition, forget: Callable[[], None]) -> None:
        self._clock = clock
        self._changed = changed
        self._forget = forget
        self._events = Delivery()
        self._told = ToldCalls()
        self._told_all = False
        self._exchange_lost = False
        self.listener: Listener | None = None
        self.lost = False
        self.problem = ""
        self.delivered = Delivered()

    def tell_all(self) -> None:
        """Tell the listener, without the lock, what has not been told yet."""
        self._events.run()

    def begin(self) -> None:
        """Expect the whole truth, as each stream begins with it."""
        self._told_all = self._exchange_lost = False
        self._told.begin()

    def asked(self, call: CallId, leg: LegId) -> None:
        """Note that a leg was asked for."""
        self._told.asked(call, leg)

    def take(self, stream: str, line: Line) -> bool:
        """Tell what a line says; say whether its stream goes on, or only a new one can tell what is so."""
        event = line.event
        if event is not None and event.kind is EventKind.ENGINE_RECOVERED:
            if self._exchange_lost:  # what it tells now has no end; a new stream's has
                return False
        elif event is not None and event.kind is EventKind.ENGINE_LOST:
            self._exchange_lost = True
            self.lose("exchange")
        elif not self._exchange_lost:
            self._hear(line)
        self._events.put(partial(self._note, Delivered(stream, line.seq, self._told_all)))
        return True

    def lose(self, code: str) -> None:
        """Tell that the engine is lost, if that is news; *code* says why."""
        self.problem = code
        self._forget()
        self._changed.notify_all()
        if not self.lost:
            self.lost = True
            log.info("telephony bridge lost why=%s", code)
            self.tell(TelephonyEvent(EventKind.ENGINE_LOST, self._clock()))
            self._events.put(partial(self._note, Delivered()))

    def tell(self, event: TelephonyEvent) -> None:
        """Put an event behind what is still to be told."""
        self._told.hear(event)
        if self.listener is not None:
            self._events.put(partial(self.listener, event))

    def _hear(self, line: Line) -> None:
        if self.lost:
            self.lost, self.problem = False, ""
            self.tell(TelephonyEvent(EventKind.ENGINE_RECOVERED, self._clock()))
        if line.event is not None:
            self._told.name(line.event)
            self.tell(line.event)
        elif line.beat and not self._told_all:
            self._told_all = True
            for gone in self._told.vanished(self._clock()):
                self.tell(gone)

    def _note(self, delivered: Delivered) -> None:
        with self._changed:
            self.delivered = delivered
            self._changed.notify_all()
