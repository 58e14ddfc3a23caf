"""The promise that the window says why its telephone cannot be driven, before a real gateway and a real bridge."""

from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from tests.contract.bridge_house import serving
from tests.contract.gateway_parts import PASSWORD, START
from tests.contract.gateway_world import opened, served
from tests.ui.seen import inside
from workstation.adapters.http_gateway import HttpGateway
from workstation.adapters.http_link import Site
from workstation.adapters.telephony_bridge import BridgeTelephony
from workstation.adapters.telephony_schedule import HandScheduler
from workstation.adapters.telephony_simulated_exchange import SimulatedExchange
from workstation.bootstrap.live import LiveParts
from workstation.bootstrap.station import DeskStation
from workstation.bootstrap.workers import make_workers
from workstation.bridge.tokens import KnownTokens
from workstation.domain.lifecycle import Role
from workstation.settings import read_settings
from workstation.ui.chips import Chip
from workstation.ui.demo_hands import until
from workstation.ui.demo_stage import Place, Seat
from workstation.ui.language import Language

SEAT = "A7"


class Room:
    """A call-taker's window, and what stands behind its telephone."""

    def __init__(self, folder: Path, ends: ExitStack) -> None:
        world = ends.enter_context(opened("local", folder))
        server = ends.enter_context(served(world.service))
        gateway = ends.enter_context(closing(HttpGateway(Site(url=server.url))))
        self.exchange = SimulatedExchange(lambda: START, lambda: "call-1", lambda: HandScheduler(START))
        self._bridge = ends.enter_context(ExitStack())
        bridge = self._bridge.enter_context(serving(self.exchange, KnownTokens(gateway.holder)))
        self.url = bridge.url
        settings = read_settings(data_root=str(folder / "desk"), seat=SEAT)
        settings = replace(settings, telephony="bridge", bridge=replace(settings.bridge, url=bridge.url))
        settings = replace(settings, gateway=replace(settings.gateway, url=server.url))
        workers = make_workers()
        station = DeskStation(settings, folder / "desk", LiveParts(settings), workers)
        account = ("taker1", PASSWORD)
        place = Place(
            station, settings, folder / "desk", workers, account, Role.CALL_TAKER, lambda _: None, lambda _: None
        )
        self.seat = Seat(place)
        ends.callback(self._leave)

    def _leave(self) -> None:
        self.seat.close()
        self.seat.program.language.show("en_GB")  # takes its translators back
        self.seat.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def sign_in(self) -> str:
        """Sign in, wait until the telephone is there, and return the token."""
        self.seat.sign_in()
        until(lambda: self.exchange.at(SEAT)._listener is not None, "the telephone")
        return self.seat.work.console.session.token

    def stop_bridge(self) -> None:
        """Let the bridge end."""
        self._bridge.close()

    @property
    def chip(self) -> str:
        """What the status line says of the telephone."""
        return "".join(chip.text() for chip in inside(self.seat.work.bar.status, Chip) if "话务" in chip.text())

    @property
    def tip(self) -> str:
        """What stands behind it, to be pointed at or read out."""
        chips = inside(self.seat.work.bar.status, Chip)
        return "".join(chip.accessibleDescription() for chip in chips if "话务" in chip.text())

    @property
    def notice(self) -> str:
        """The sentence beside the form, if one stands there."""
        found = self.seat.work.intake.panels.notice
        return "" if found.isHidden() else found.text


@pytest.fixture
def room(tmp_path: Path, language: Language) -> Iterator[Room]:
    """Open a call-taker's window over gateway, bridge and simulated exchange."""
    language.show("en_GB")  # the console brings its own translators
    with ExitStack() as ends:
        yield Room(tmp_path, ends)


def test_a_seat_that_another_computer_took_is_said_until_it_is_free(room: Room) -> None:
    """
    The window whose telephone another console took says so and whom to ask; when that one goes, it says nothing.
    """
    token = room.sign_in()
    at_first = room.chip
    with closing(BridgeTelephony(Site(url=room.url), lambda: token, lambda: START)) as other:
        other.listen(lambda _: None)
        until(lambda: "席位被占用" in room.chip, "the reason")
        tip, notice = room.tip, room.notice
    until(lambda: not room.chip, "the telephone back", 10)

    assert at_first == ""
    assert "请问值班民警还有谁以本席位登录" in notice
    assert tip == notice
    assert room.notice == ""
    assert room.seat.crashes == []


def test_the_reason_follows_what_is_lost(room: Room) -> None:
    """
    A lost exchange is named as such, and when the bridge ends after it that there is no connection.
    """
    room.sign_in()
    room.exchange.at(SEAT).lose_link()
    until(lambda: "交换机失联" in room.chip, "the exchange's loss")
    of_exchange = room.notice
    room.stop_bridge()
    until(lambda: "连接不上" in room.chip, "the bridge's loss", 10)

    assert "各席位都一样" in of_exchange
    assert "网线" in room.notice
    assert room.tip == room.notice
    assert room.seat.crashes == []


def test_a_notice_about_something_else_stays(room: Room) -> None:
    """
    When the telephone is back, what was said meanwhile about another matter is not taken away with its sentence.
    """
    room.sign_in()
    room.exchange.at(SEAT).lose_link()
    until(lambda: "交换机失联" in room.chip, "the exchange's loss")
    room.seat.work.say("请核对地址")
    room.exchange.at(SEAT).find_link()
    until(lambda: not room.chip, "the telephone back", 10)

    assert room.notice == "请核对地址"
