"""How soon a third party's phone rings and all hear all: through desk and bridge, beside a bare script in the call."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Final

import pytest

from tests.bench.measured import Line, figures, percentile, tell
from tests.exchange.bare_control import Case
from tests.exchange.conftest import Legs
from tests.exchange.desk import HOTLINE, Site110, open_site
from tests.exchange.leg import Leg
from tests.exchange.private_exchange import WITHOUT_EXCHANGE, Absent, PrivateExchange, obtained
from workstation.domain.call_table import CallState

pytestmark = [pytest.mark.bench, pytest.mark.exchange]

RATIO: Final = 2.0
GENEROUS: Final = 8.0  # of the median: the key goes through two programs more, which a busy machine wakes late
RINGS_MS: Final = 150.0
HEARD_FOR: Final = 0.1


class Talk:
    """A citizen and a seat who talk, and the hotline's phone, which rings until it is told to answer."""

    def __init__(self, site: Site110, legs: Legs) -> None:
        self.citizen, self.seat, self.third = legs.citizen(), legs.seat(), legs.line(answering="ring")
        self._desk = site.desk()
        self._bare = site.exchange.ami()
        called = self.citizen.call(site.exchange.emergency)
        self._case = Case(self._bare, since=called)
        self._id = self._desk.rings()
        self._desk.phone.answer(self._id)
        self._sees(CallState.TALKING)
        self._two_talk(called)

    def close(self) -> None:
        """Let go of the bare link; whoever talks goes on."""
        self._bare.close()

    def by_desk(self) -> tuple[float, float]:
        """Add the hotline with the desk's key; return the two times."""
        times = self._timed(lambda: self._desk.phone.add_party(self._id, HOTLINE))
        self._sees(CallState.CONFERENCED)
        self._alone_again()
        self._sees(CallState.TALKING)
        return times

    def by_script(self) -> tuple[float, float]:
        """Add the hotline with one action at the exchange; return the two times."""
        times = self._timed(lambda: self._case.add(HOTLINE.endpoint, "third"))
        self._alone_again()
        return times

    def _timed(self, add: Callable[[], object]) -> tuple[float, float]:
        """Return how many milliseconds it took until the phone rang, and from its answer until all heard all."""
        asked = time.time()
        add()
        rang = float(self.third.wait("incoming", since=asked)["at"])
        self.third.answer()
        answered = float(self.third.wait("done", since=rang, do="answer")["at"])
        heard = max(
            _heard(self.citizen, answered, "third", "seat"),
            _heard(self.seat, answered, "third", "citizen"),
            _heard(self.third, answered, "citizen", "seat"),
        )
        return (rang - asked) * 1000, (heard - answered) * 1000

    def _alone_again(self) -> None:
        self._two_talk(self.third.hang_up())

    def _two_talk(self, since: float) -> None:
        self.citizen.hears("seat", since=since, for_s=HEARD_FOR)
        self.seat.hears("citizen", since=since, for_s=HEARD_FOR)

    def _sees(self, state: CallState) -> None:
        self._desk.sees(self._id, state, lambda call: call.state is state)


def _heard(leg: Leg, since: float, *voices: str) -> float:
    """Return from when on *leg* hears all of *voices*."""
    leg.hears(*voices, since=since, for_s=HEARD_FOR)
    onsets = [leg.recording.onset(voice, since) for voice in voices]
    return max(onset for onset in onsets if onset is not None)


@pytest.fixture
def talk(tmp_path: Path) -> Iterator[Talk]:
    """Bring a citizen and a seat together, at an exchange of this test's own."""
    try:
        parts = obtained()
    except Absent as why:
        pytest.skip(f"{WITHOUT_EXCHANGE}: {why}")
    with ExitStack() as ends:
        exchange = ends.enter_context(PrivateExchange(parts, tmp_path / "exchange"))
        legs = Legs(exchange, tmp_path)
        ends.callback(legs.close)
        talk = Talk(ends.enter_context(open_site(exchange, tmp_path)), legs)
        ends.callback(talk.close)
        yield talk


def test_a_third_party_comes_quickly(
    talk: Talk, counted: Callable[[int, int], int], capsys: pytest.CaptureFixture[str]
) -> None:
    """
    The phone rings at once after the key, and all hear all as soon after its answer as with a bare script.
    """
    ours, bare = [], []
    for _ in range(counted(10, 200)):
        ours.append(talk.by_desk())
        bare.append(talk.by_script())
    (rang, heard), (bare_rang, bare_heard) = zip(*ours, strict=True), zip(*bare, strict=True)
    heard_ratio = percentile(heard, 0.5) / percentile(bare_heard, 0.5)
    ring_ratio = percentile(rang, 0.5) / percentile(bare_rang, 0.5)
    gate = f"p99 <= {RINGS_MS:.0f} ms, p50 <= {GENEROUS:.0f}x"
    tell(capsys, Line(f"key to ringing phone ({len(rang)})", figures(rang), figures(bare_rang), ring_ratio, gate))
    tell(
        capsys, Line("answer to all hear all", figures(heard), figures(bare_heard), heard_ratio, f"p50 <= {RATIO:.0f}x")
    )

    assert ring_ratio <= GENEROUS
    assert heard_ratio <= RATIO
    if counted(0, 1):
        assert percentile(rang, 0.99) <= RINGS_MS
