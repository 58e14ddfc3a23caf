"""What works when the telephony bridge or the exchange is down: rows of docs/what-works-when.md."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from itertools import count

import pytest
from PySide6.QtWidgets import QApplication

from tests.contract.bridge_house import LONGEST_S, QUICK, Ear, serving
from tests.journeys import sample
from tests.journeys.city import TAKER, City
from tests.journeys.console import Person
from workstation.adapters.http_link import Site
from workstation.adapters.telephony_bridge import BridgeTelephony
from workstation.adapters.telephony_simulated_exchange import SimulatedExchange
from workstation.bridge.server import Address
from workstation.bridge.tokens import KnownTokens
from workstation.desk.phone import PhoneDesk
from workstation.domain.call_event import EventKind
from workstation.domain.call_party import CallId
from workstation.domain.call_table import CallState
from workstation.domain.errors import Unavailable
from workstation.domain.identity import TransferId
from workstation.domain.lifecycle import State
from workstation.ui.call.trouble import short, trouble
from workstation.ui.language import Language


class DrivenSeat:
    """A call-taker whose telephone stands behind a bridge that can be ended and started again at its address."""

    def __init__(self, city: City, who: Person, ends: ExitStack) -> None:
        ids = count(1)
        self.exchange = SimulatedExchange(city.time.now, lambda: f"call-{next(ids)}", lambda: city.time)
        self.who, self.name = who, who.machine.seat
        self._ends, self._port = ends, 0
        self._bridge = ExitStack()
        ends.callback(self.stop_bridge)
        self.url = self.start_bridge()
        self.ear = Ear()
        self.telephony = ends.enter_context(
            closing(BridgeTelephony(Site(url=self.url), lambda: who.session.token, city.time.now, QUICK))
        )
        self.desk = PhoneDesk(self.telephony, city.time.now, lambda _: None)
        self.ear.also = self.desk._register.apply
        self.telephony.listen(self.ear)

    def start_bridge(self) -> str:
        """Start a bridge that remembers nothing; return its address."""
        seats = KnownTokens(self.who.machine.gateway.holder)
        server = self._bridge.enter_context(serving(self.exchange, seats, Address(port=self._port)))
        self._port = int(server.url.rpartition(":")[2])
        return server.url

    def stop_bridge(self) -> None:
        """Let the bridge end."""
        self._bridge.close()

    def takes_a_call(self) -> CallId:
        """Answer a citizen's call by key."""
        call = self.exchange.at(self.name).offer(sample.PHONE)
        self.ear.wait_for(EventKind.CALL_OFFERED)
        self.desk.answer(call)
        self.ear.wait_for(EventKind.RECORDING_STARTED)
        return call

    def until(self, true: Callable[[], bool]) -> None:
        """Wait until something is true of what the desk has been told."""
        changed = self.telephony._changed
        with changed:
            assert changed.wait_for(true, LONGEST_S), (self.shown, [call.state for call in self.desk.calls()])

    def comes_back(self) -> None:
        """Wait until everything was told again."""
        self.ear.wait_for(EventKind.ENGINE_RECOVERED)
        self.until(lambda: self.telephony.delivered.told_all)

    @property
    def shown(self) -> str:
        """What the status line says of the telephone."""
        return short(trouble(self.desk.problem))


@pytest.fixture
def seat(city: City, qapp: QApplication) -> Iterator[DrivenSeat]:
    """Sit down at a seat whose telephone is driven through a bridge; the words are Chinese."""
    language = Language(qapp)
    language.show("zh_CN")
    with ExitStack() as ends:
        yield DrivenSeat(city, city.sits_down("小周", "01", TAKER), ends)
    language.show("en_GB")


def writes_and_sends(who: Person) -> TransferId:
    """Write a form without a call and send its order."""
    who.incident = who.form.begin()
    sample.is_safe(who)
    sample.writes_everything(who)
    order = who.send()
    who.sync()
    return order


def test_a_lost_bridge_stops_no_call_and_no_order(seat: DrivenSeat) -> None:
    """
    With the bridge down the call goes on, no key pretends to work, an order goes out; then the same call is there.
    """
    call = seat.takes_a_call()
    seat.stop_bridge()
    seat.ear.wait_for(EventKind.ENGINE_LOST)
    seat.until(lambda: "连接不上" in seat.shown)
    with pytest.raises(Unavailable):
        seat.desk.hold(call)
    offered, talks = seat.desk.offered(call), not seat.exchange.at(seat.name).idle
    order = writes_and_sends(seat.who)
    seat.start_bridge()
    seat.comes_back()

    assert (offered, talks) == ((), True)
    assert seat.who.view(order).transfer.state is State.PENDING_APPROVAL
    assert seat.desk.call(call).state is CallState.TALKING
    assert seat.desk.problem == ""


def test_a_lost_exchange_is_named_and_tells_its_calls_again(seat: DrivenSeat) -> None:
    """
    With the exchange lost the desk names it and offers no key, an order goes out; what lives is told when it is back.
    """
    call = seat.takes_a_call()
    seat.exchange.at(seat.name).lose_link()
    seat.ear.wait_for(EventKind.ENGINE_LOST)
    shown, offered = seat.shown, seat.desk.offered(call)
    order = writes_and_sends(seat.who)
    seat.exchange.at(seat.name).find_link()
    seat.comes_back()

    assert shown == "话务控制中断（交换机失联），请直接用话机"
    assert offered == ()
    assert seat.who.view(order).transfer.state is State.PENDING_APPROVAL
    assert seat.desk.call(call).state is CallState.TALKING


def test_a_bridge_that_starts_without_the_gateway_serves_nobody_yet(city: City, seat: DrivenSeat) -> None:
    """
    A running bridge goes on without the gateway; one that is started then knows nobody, says so, and waits for it.
    """
    call = seat.takes_a_call()
    city.stop_gateway()
    seat.desk.hold(call)
    seat.until(lambda: seat.desk.call(call).state is CallState.HELD)
    seat.stop_bridge()
    seat.ear.wait_for(EventKind.ENGINE_LOST)
    seat.start_bridge()
    seat.until(lambda: "登录无法核验" in seat.shown)
    city.start_gateway()
    seat.comes_back()

    assert seat.desk.call(call).state is CallState.HELD


def test_a_seat_that_another_console_took_says_so_until_it_is_free(city: City, seat: DrivenSeat) -> None:
    """
    While another console has the seat's telephone this one names that as the reason; afterwards it has its call again.
    """
    call = seat.takes_a_call()
    token = seat.who.session.token
    with closing(BridgeTelephony(Site(url=seat.url), lambda: token, city.time.now, QUICK)) as other:
        other.listen(Ear())
        seat.until(lambda: "席位被占用" in seat.shown)
    seat.comes_back()

    assert seat.desk.call(call).state is CallState.TALKING
