"""What works when something is down: the rows of docs/what-works-when.md that no journey of the features shows."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.journeys import sample
from tests.journeys.city import OFFICER, PEOPLE, TAKER, City
from tests.journeys.console import PASSWORD, Person
from workstation.adapters.data_root import DataRoot
from workstation.adapters.http_gateway import HttpGateway
from workstation.adapters.http_link import Site
from workstation.adapters.recognise_linear import LinearRecogniser
from workstation.adapters.secrets_errors import WrongPassword
from workstation.adapters.secrets_wrapped import WrappedSecrets
from workstation.adapters.sql_errors import DiskFull
from workstation.adapters.telephony_schedule import HandScheduler
from workstation.adapters.telephony_simulated import SimulatedTelephony
from workstation.bootstrap.clock import new_id
from workstation.bootstrap.practice import PRACTICE_COST
from workstation.bootstrap.station import DeskStation
from workstation.bootstrap.workers import Workers
from workstation.desk.library import Library
from workstation.desk.ports import Gateway
from workstation.desk.telephony_port import Telephony
from workstation.domain.call_party import CallId
from workstation.domain.call_table import CallState
from workstation.domain.errors import SignInNeeded, Unavailable
from workstation.domain.incident import Stage
from workstation.domain.lifecycle import Action, State
from workstation.domain.outbox import Delivery
from workstation.protocol.messages import SignIn
from workstation.settings import read_settings


@pytest.fixture
def taker(city: City) -> Person:
    return city.sits_down("小周", "01", TAKER)


@pytest.fixture
def officer(city: City) -> Person:
    return city.sits_down("老秦", "91", OFFICER)


def test_who_worked_here_this_shift_may_enter_offline(city: City, taker: Person) -> None:
    """
    With the gateway down the same person enters again with the same password; a stranger and a wrong password do not.
    """
    machine = taker.machine
    city.stop_gateway()
    taker.sign_in_again()
    wrong = SignIn(user="zhou", password="guess", seat="01", role=TAKER)

    assert taker.session.offline
    with pytest.raises(Unavailable, match="never_signed_in_here"):
        city.sits_down("小吴", "01", TAKER)
    with pytest.raises(SignInNeeded, match="wrong_password"):
        _sign_in(wrong, machine.gateway, taker)
    city.time.turn(timedelta(hours=12, seconds=1).total_seconds())
    with pytest.raises(Unavailable, match="shift_over"):
        taker.sign_in_again()


def _sign_in(request: SignIn, gateway: HttpGateway, who: Person) -> None:
    from workstation.desk.session import sign_in

    sign_in(request, gateway, who.machine.store, who.machine.clock, cost=PRACTICE_COST)


def test_a_search_of_this_console_needs_no_gateway(city: City, taker: Person) -> None:
    """
    With the gateway down an order is found by its number, by the caller's number, by a name and by words.
    """
    order = sample.sends(taker)
    taker.sync()
    city.stop_gateway()
    number = taker.view(order).transfer.number

    for words in (number, sample.PHONE, "林女士", "电钻"):
        found = {hit.transfer.id for hit in taker.desk.search(words) if hit.transfer}
        assert found == {order}, words


def test_orders_wait_for_a_hotline_that_is_down(city: City, taker: Person, officer: Person) -> None:
    """
    With 12345 down orders are written and approved as ever, wait in sight of the health page, and go out once.
    """
    city.hotline.reachable = False
    order = sample.sends(taker)
    taker.sync()
    officer.sync()
    officer.act(order, Action.APPROVE)
    officer.sync()
    city.carry()
    city.time.turn(60)
    city.carry()
    taker.sync()
    assert taker.view(order).transfer.state is State.APPROVED
    assert (city.service.health().waiting_for_hotline, city.service.health().oldest_waiting_s) == (1, 60.0)
    city.hotline.reachable = True
    city.carry()
    city.carry()
    taker.sync()

    assert taker.view(order).transfer.state is State.SENT
    assert city.hotline.orders() == [(order, Action.RELEASE)]
    assert city.service.health().waiting_for_hotline == 0


def test_a_lost_telephone_engine_stops_no_form(taker: Person) -> None:
    """
    With the engine lost no key pretends to work, forms go on without a call, and the calls are there when it is back.
    """
    sample.answers_a_call(taker)
    call = taker.phone.calls()[0].id
    taker.telephone.lose_link()
    up = [taker.phone.engine_up]
    assert taker.phone.offered(call) == ()
    with pytest.raises(Unavailable):
        taker.phone.hold(call)
    sample.is_safe(taker)
    sample.writes_everything(taker)
    order = taker.send()
    taker.incident = taker.form.begin()
    taker.telephone.find_link()
    up.append(taker.phone.engine_up)

    assert up == [False, True]
    assert taker.view(order).expected is State.PENDING_APPROVAL
    assert taker.incident.number.endswith("-002")
    assert taker.phone.call(call).state is CallState.TALKING


def test_a_call_whose_engine_is_lost_can_be_declared_over(taker: Person) -> None:
    """
    A call that ended while the engine was away is declared over by hand, so that the seat is free again.
    """
    sample.answers_a_call(taker)
    call = taker.phone.calls()[0].id
    taker.telephone.lose_link()
    taker.phone.declare_over(call)

    assert taker.phone.call(call).state is CallState.ENDED


class SiteParts:
    """A live console's parts, pointed at the journey's gateway."""

    practice = False
    password_cost = PRACTICE_COST

    def __init__(self, url: str, clock: HandScheduler) -> None:
        self._url, self._clock = url, clock
        self.opened: list[HttpGateway] = []

    def gateway(self, folder: Path) -> Gateway:
        del folder
        self.opened.append(HttpGateway(Site(url=self._url)))
        return self.opened[-1]

    def headset(self) -> None:
        """Return nothing: nobody wears one."""

    def telephony(self, token: Callable[[], str]) -> Telephony:
        del token
        return SimulatedTelephony(self._clock.now, new_id, self._clock)

    def begun(self, library: Library) -> None:
        del library

    def says(self, call: CallId) -> str:
        del call
        return ""

    def close(self) -> None:
        for gateway in self.opened:
            gateway.close()


@pytest.fixture
def lanes() -> Iterator[Workers]:
    workers = Workers(write=ThreadPoolExecutor(1), read=ThreadPoolExecutor(1), net=ThreadPoolExecutor(1))
    yield workers
    for lane in (workers.write, workers.read, workers.net):
        lane.shutdown()


def test_a_console_without_a_keyring_says_so_and_works(
    city: City, tmp_path: Path, lanes: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    Without a keyring the station names its fall-back, the password opens the cache at every start, and drafts are back.
    """
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
    settings = read_settings(None, data_root=str(tmp_path / "desk"), seat="03")
    request = SignIn(user=PEOPLE["小周"][0], password=PASSWORD, seat="03", role=TAKER)
    numbers = []
    for _ in range(2):
        station = DeskStation(settings, tmp_path / "desk", SiteParts(f"http://127.0.0.1:{city.port}", city.time), lanes)
        assert station.open().secrets == "wrapped"
        console = station.sign_in(request)
        numbers.append([draft.number for draft in console.form.drafts()])
        lanes.write.submit(console.form.begin).result()  # the one lane that writes
        station.close()

    assert len(numbers[0]) == 0
    assert len(numbers[1]) == 1
    with DataRoot(tmp_path / "desk") as root, pytest.raises(WrongPassword):
        WrappedSecrets(root.folder, root.id, request.user, "guess").get()


def test_a_full_disk_refuses_the_act_and_keeps_the_rest(taker: Person, officer: Person) -> None:
    """
    On a full disk the key is refused whole and said so; what was acknowledged stays, and with room the same key works.
    """
    sample.takes_down(taker)
    limit = taker.machine.store._engine

    def full(connection: object, _record: object, _proxy: object) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]  # type: ignore[attr-defined]
        connection.execute(f"PRAGMA max_page_count = {pages}")  # type: ignore[attr-defined]

    def roomy(connection: object, _record: object, _proxy: object) -> None:
        connection.execute("PRAGMA max_page_count = 1073741823")  # type: ignore[attr-defined]

    sa.event.listen(limit, "checkout", full)
    kept = taker.open_form()
    with pytest.raises(DiskFull):
        _write_on(taker)
    sa.event.remove(limit, "checkout", full)
    sa.event.listen(limit, "checkout", roomy)
    back = taker.form.incident(kept.id)
    assert back.stage is Stage.OPEN
    assert back.intake.get("address") == sample.SAID["address"]
    order = taker.send()
    taker.sync()
    officer.sync()

    assert officer.view(order).transfer.state is State.PENDING_APPROVAL


def _write_on(taker: Person) -> None:
    for count in range(500):
        taker.write("narrative", sample.NARRATIVE * 50 + str(count))


@pytest.mark.parametrize("hours", [-3, 2])
def test_a_wrong_clock_breaks_no_order_and_is_shown(city: City, taker: Person, officer: Person, hours: int) -> None:
    """
    With a desk's clock hours off orders go their way, the gateway's time counts, and the drift is there to be shown.
    """
    taker.machine.offset = timedelta(hours=hours)
    order = sample.sends(taker)
    taker.sync()
    officer.sync()
    officer.act(order, Action.APPROVE)
    officer.sync()
    taker.sync()
    steps = taker.view(order).transfer.steps

    assert taker.report.drift == timedelta(hours=-hours)
    assert officer.report.drift == timedelta()
    assert [step.action for step in steps] == [Action.SUBMIT, Action.APPROVE]
    assert [step.recorded_at for step in steps] == [city.time.now(), city.time.now()]
    assert steps[0].at == city.time.now() + timedelta(hours=hours)


@pytest.mark.parametrize("content", [None, b"", b"not weights at all"])
def test_without_weights_the_category_is_chosen_by_hand(city: City, tmp_path: Path, content: bytes | None) -> None:
    """
    With the recogniser's weights missing or damaged nothing is proposed, and everything else beside the form works.
    """
    weights = tmp_path / "categories.weights"
    if content is not None:
        weights.write_bytes(content)
    recogniser = LinearRecogniser(weights, city.library.content.categories)
    city.library = replace(city.library, recogniser=recogniser)
    taker = city.sits_down("小周", "01", TAKER)
    sample.takes_down(taker)
    advice = taker.look()
    order = taker.send()
    taker.sync()

    assert advice.suggestions.top == ()
    assert advice.completeness.complete
    assert advice.units
    assert taker.view(order).transfer.state is State.PENDING_APPROVAL


def test_without_sound_the_machine_beeps(qapp: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    On a machine without a player the alarm is a beep of the window system, and the alarm goes on as before.
    """
    from workstation.ui.sound import Sound, Speaker, Volumes

    assert qapp is not None
    monkeypatch.setenv("PATH", "")
    speaker = Speaker(tmp_path, Volumes())
    speaker.play(Sound.DANGER)
    sounding = speaker.sounding
    speaker.stop()

    assert sounding == {Sound.DANGER}
    assert list(tmp_path.iterdir()) == []


def test_a_second_console_that_is_down_stops_nobody(city: City, taker: Person, officer: Person) -> None:
    """
    With the officer's console down orders go on to wait, another officer approves, and the console that is back knows.
    """
    officer.machine.switch_off()
    order = sample.sends(taker)
    taker.sync()
    assert taker.view(order).transfer.state is State.PENDING_APPROVAL
    other = city.sits_down("老唐", "92", OFFICER)
    other.sync()
    other.act(order, Action.APPROVE)
    other.sync()
    officer.machine.switch_on()
    officer.sign_in_again()
    officer.sync()
    taker.sync()

    assert officer.desk.waiting() == []
    assert officer.view(order).transfer == taker.view(order).transfer
    assert taker.view(order).transfer.state is State.APPROVED


def test_a_dead_network_never_makes_the_desk_wait(taker: Person) -> None:
    """
    After three failures nobody waits for a dead network any more: the next tries end at once and keep the queue.
    """
    taker.machine.cable.pull()
    sample.sends(taker)
    reasons = [taker.sync().unavailable for _ in range(6)]
    with taker.machine.store.begin() as tx:
        rows = tx.outbox()

    assert reasons[-1] == "breaker_open"
    assert [row.delivery for row in rows] == [Delivery.QUEUED, Delivery.QUEUED]
    assert {row.attempts for row in rows} == {0}
