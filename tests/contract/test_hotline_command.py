"""What the people who try the gateway may rely on: they move the played hotline from outside."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from tests.contract.gateway_parts import (
    SCRIPTS,
    TestClock,
    make_service,
    make_stand_in,
    sign_in,
    snapshot,
    states,
    submission,
)
from tests.contract.gateway_world import approval
from workstation.domain.lifecycle import Action, Role, State
from workstation.domain.transfer import Satisfaction, Transfer
from workstation.gateway.command import main_hotline
from workstation.gateway.hotline_command import SAID_BY
from workstation.gateway.hotline_stand_in import HotlineStandIn, Manner
from workstation.gateway.place import PRACTICE_STAND_IN_FILE, STAND_IN_FILE
from workstation.gateway.service import GatewayService


class Trial:
    """A gateway whose played hotline lies in a file, beside which the command is given."""

    def __init__(self, folder: Path, service: GatewayService, clock: TestClock) -> None:
        self.folder = folder
        self.service = service
        self.clock = clock

    def released(self) -> Transfer:
        pending = snapshot(self.service.push([submission()], sign_in(self.service, "taker1"))[0])
        self.service.push([approval(pending)], sign_in(self.service, "officer1", Role.DUTY_OFFICER))
        return self.now(pending)

    def now(self, order: Transfer) -> Transfer:
        """Return the order after the gateway listened once more."""
        self.service.dispatch()
        return self.service.transfer(order.id, sign_in(self.service, "taker2", seat="Z9"))

    def command(self, *words: str) -> int:
        return main_hotline([*words, "--data-dir", str(self.folder)])


def _opened(folder: Path, manner: Manner) -> Iterator[Trial]:
    clock = TestClock()
    with (
        closing(make_stand_in(clock, manner, folder / STAND_IN_FILE)) as hotline,
        closing(make_service(folder / "gateway.db", clock, hotline)) as service,
    ):
        yield Trial(folder, service, clock)


@pytest.fixture
def trial(tmp_path: Path) -> Iterator[Trial]:
    """Open a gateway whose hotline moves by hand only."""
    yield from _opened(tmp_path, Manner(delay=None))


@pytest.fixture
def turns(tmp_path: Path) -> Iterator[Trial]:
    """Open a gateway whose hotline plays two scripts in turn, a step each minute."""
    yield from _opened(tmp_path, Manner(delay=timedelta(minutes=1), in_turn=("straight", "declined")))


def test_an_order_is_walked_on_by_hand(trial: Trial, capsys: pytest.CaptureFixture[str]) -> None:
    """
    The next step, another script and a step aside, each named by the order's number, reach the gateway.
    """
    order = trial.released()
    codes = [trial.command("next", order.number)]
    received = trial.now(order)
    codes += [trial.command("next", received.hotline_number)]
    accepted = trial.now(order)
    assign = ("say", order.number, "assign", "--unit", "示例单位", "--tier", "county")
    codes += [trial.command(*assign)]
    assigned = trial.now(order)
    codes += [trial.command("say", order.id, "sign"), trial.command("say", order.id, "report", "--result", "已处理。")]
    codes += [trial.command("say", order.number, "close", "--satisfaction", "very_dissatisfied")]
    closed = trial.now(order)
    capsys.readouterr()
    listed = trial.command("list")

    assert codes == [0] * 6
    assert [each.state for each in (received, accepted, assigned, closed)] == [
        State.RECEIVED,
        State.ACCEPTED,
        State.ASSIGNED,
        State.CLOSED,
    ]
    assert closed.steps[-1].satisfaction is Satisfaction.VERY_DISSATISFIED
    assert listed == 0
    assert capsys.readouterr().out == f"{closed.hotline_number}\t{order.number}\tassign sign report close\n"


def test_an_order_goes_on_by_another_script(turns: Trial) -> None:
    """
    Orders are played by the scripts in turn; one that is told so goes on by another script, at the hotline's pace.
    """
    orders = [turns.released() for _ in range(3)]
    told = turns.command("play", orders[2].id, "closed_dissatisfied")
    for _ in range(len(SCRIPTS["straight"]) + 2):
        turns.clock.move(timedelta(minutes=1))
        turns.service.dispatch()
    straight, declined, other = (turns.now(order) for order in orders)

    assert told == 0
    assert (straight.state, declined.state, other.state) == (State.CLOSED, State.DECLINED, State.CLOSED)
    assert straight.steps[-1].satisfaction is Satisfaction.SATISFIED
    assert other.steps[-1].satisfaction is Satisfaction.DISSATISFIED


def test_a_step_by_hand_leaves_the_pace(turns: Trial) -> None:
    """
    After a step by hand the played hotline goes on by itself.
    """
    order = turns.released()
    turns.command("next", order.number)
    received = turns.now(order)
    for _ in range(len(SCRIPTS["straight"])):
        turns.clock.move(timedelta(minutes=1))
        turns.service.dispatch()

    assert received.state is State.RECEIVED
    assert states(turns.now(order))[-1] is Action.CLOSE


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("next", "260302-A1-999"), "has no such order"),
        (("next", ""), "has no such order"),
        (("play", "{}", "nonsense"), "no such script; known are bounced"),
        (("say", "{}", "assign"), "needs --unit --tier"),
        (("say", "{}", "decline"), "needs --reason"),
        (("say", "{}", "supervise", "--reason", "长" * 501), "reason"),
    ],
)
def test_what_cannot_be_played_is_said(
    trial: Trial, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], sentence: str
) -> None:
    """
    An unknown order or script, and a step without what belongs to it, end with a sentence and change nothing.
    """
    order = trial.released()
    capsys.readouterr()

    assert trial.command(*(word.format(order.number) for word in words)) == 1
    assert sentence in capsys.readouterr().err
    assert trial.now(order) == order


def test_a_script_ends(trial: Trial, capsys: pytest.CaptureFixture[str]) -> None:
    """
    At the end of a script the command says how to go on.
    """
    order = trial.released()
    trial.command("play", order.number, "silent")
    codes = [trial.command("next", order.number) for _ in range(2)]

    assert codes == [0, 1]
    assert "hotline play ORDER SCRIPT" in capsys.readouterr().err


def test_the_scripts_are_named(trial: Trial, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """
    The command names every script, and in a folder without a played hotline says so and makes none.
    """
    assert trial.command("scripts") == 0
    assert [line.split("\t")[0] for line in capsys.readouterr().out.splitlines()] == list(SCRIPTS)
    assert main_hotline(["list", "--data-dir", str(tmp_path / "none")]) == 1
    assert "there is no played hotline" in capsys.readouterr().err
    assert not (tmp_path / "none").exists()


def test_every_step_of_the_scripts_can_be_said() -> None:
    """
    What the scripts hold can be said by hand too, by the same side.
    """
    assert {(play.action, play.role) for script in SCRIPTS.values() for play in script} <= set(SAID_BY.items())


def test_no_desk_action_can_be_said(trial: Trial) -> None:
    """
    What only 110 may do is no word of the hotline's.
    """
    order = trial.released()
    with pytest.raises(SystemExit):
        trial.command("say", order.number, "approve")


def test_the_played_hotline_by_hand_never_moves_itself(tmp_path: Path) -> None:
    """
    A hotline that is to move by hand leaves alone what an earlier one had planned.
    """
    clock = TestClock()
    file = tmp_path / STAND_IN_FILE
    paced = Manner(delay=timedelta(minutes=1))
    with closing(make_stand_in(clock, paced, file)) as hotline, closing(_service(tmp_path, clock, hotline)) as service:
        Trial(tmp_path, service, clock).released()
    clock.move(timedelta(hours=1))
    with closing(make_stand_in(clock, file=file)) as hotline:
        assert hotline.collect() == []


def test_a_practising_console_is_moved_too(trial: Trial, capsys: pytest.CaptureFixture[str]) -> None:
    """
    In the folder of a practising console's gateway the command finds the played hotline as well.
    """
    order = trial.released()
    (trial.folder / "practice").mkdir()
    with closing(make_stand_in(trial.clock, file=trial.folder / "practice" / PRACTICE_STAND_IN_FILE)):
        code = main_hotline(["next", order.number, "--data-dir", str(trial.folder / "practice")])

    assert code == 1
    assert "has no such order" in capsys.readouterr().err


def _service(folder: Path, clock: TestClock, hotline: HotlineStandIn) -> GatewayService:
    return make_service(folder / "gateway.db", clock, hotline)
