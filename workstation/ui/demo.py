"""Call notes played through the real widgets of two consoles, and the account of what became of each.

A note's keys are those of both people, from the answer to the approval; keys that are held count, free text does not.
"""

import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median, quantiles

from workstation.domain.identity import TransferId
from workstation.domain.incident import Outcome
from workstation.domain.lifecycle import State
from workstation.protocol.codec import encode
from workstation.ui.demo_hands import Stuck, until
from workstation.ui.demo_notes import Note, read_words
from workstation.ui.demo_officer import Officer
from workstation.ui.demo_stage import Seat, Stage
from workstation.ui.demo_taker import Played, Taker

Say = Callable[[str], object]
PICTURED = 3
LONGEST_WAY_S = 60


def run(stage: Stage, notes: Sequence[Note], out: Path | None, say: Say) -> int:
    """Play *notes*, say one JSON line for each and a last one for all; return 0 when nothing was lost."""
    play = Play(stage, out, say)
    try:
        play.all(notes)
        summary = play.summary()
    finally:
        play.close()
    say(json.dumps(summary, ensure_ascii=False))
    return 1 if summary["lost"] or play.crashes else 0


class Play:
    """One run: a call-taker who records, a duty officer one order behind, and the hotline that walks orders on."""

    def __init__(self, stage: Stage, out: Path | None, say: Say) -> None:
        self._stage = stage
        self._out = out
        self._say = say
        self._started = time.monotonic()
        self._pictures = 0
        self._first: list[Note] = []
        self._played: list[Played] = []
        self._told = 0
        if out is not None:
            out.mkdir(parents=True, exist_ok=True)
        self._taker, self._officer = Seat(stage.taker), Seat(stage.officer)
        self._taker.program.crash.install()
        for seat in (self._officer, self._taker):
            seat.sign_in()
        self._approver = Officer(self._officer)

    @property
    def crashes(self) -> int:
        """How many unexpected errors the two windows reported."""
        return len(self._taker.crashes) + len(self._officer.crashes)

    def all(self, notes: Sequence[Note]) -> None:
        """Play every note; while the officer looks at one order the next call is taken."""
        player = Taker(self._taker, read_words(), self._look)
        self._first = list(notes[:PICTURED])
        self._taker.hands.press("ready")
        waiting: Played | None = None
        for note in notes:
            played = player.play(note)
            self._played.append(played)
            if waiting is not None:
                self._approve(waiting)
            waiting = played if played.transfer is not None else None
            self._tell()
        if waiting is not None:
            self._approve(waiting)
        self._wait_for_the_end()
        self._tell(final=True)
        self._keep_orders()

    def summary(self) -> dict[str, object]:
        """Return the account of the whole run."""
        keys = [played.keys for played in self._played]
        states = [self._state(played) for played in self._played]
        refused = [played for played in self._played if played.refused and not played.stuck]
        closed = sum(state == State.CLOSED for state in states)
        return {
            "notes": len(keys),
            "sent": sum(played.transfer is not None for played in self._played),
            "approved": len(self._approver.approved),
            "closed": closed,
            "refused": len(refused),
            "lost": len(keys) - closed - len(refused) + self._undelivered(),
            "keystrokes_median": median(keys) if keys else 0,
            "keystrokes_p90": quantiles(keys, n=10, method="inclusive")[-1] if len(keys) > 1 else sum(keys),
            "seconds": round(time.monotonic() - self._started, 1),
            "pictures": self._pictures,
        }

    def close(self) -> None:
        """Leave both seats and end the gateway."""
        for seat in (self._taker, self._officer):
            seat.close()
        self._stage.close()

    def _approve(self, played: Played) -> None:
        if played.transfer is None:
            return
        if played.note in self._first:
            self._picture(self._officer, played.note, "approval")
        before = self._officer.hands.keys
        try:
            self._approver.approve(played.transfer)
        except Stuck as stuck:
            played.stuck = str(stuck)
        played.keys += self._officer.hands.keys - before

    def _wait_for_the_end(self) -> None:
        """Wait until both consoles have every order as the hotline left it, and have sent everything out."""
        try:
            until(self._all_told, "the hotline's answers", LONGEST_WAY_S)
        except Stuck as stuck:
            self._say_aside(str(stuck))

    def _all_told(self) -> bool:
        orders = [played for played in self._played if played.transfer is not None and not played.stuck]
        return all(self._state(played) == State.CLOSED for played in orders) and not self._undelivered()

    def _undelivered(self) -> int:
        count = 0
        for seat in (self._taker, self._officer):
            with seat.work.console.store.begin() as tx:
                count += len(list(tx.outbox()))
        return count

    def _state(self, played: Played) -> str:
        """Return the state both consoles agree on; of an incident without an order, how it stands."""
        if played.stuck:
            return f"stuck: {played.stuck}"
        if played.transfer is None:
            return "concluded"
        states = {seat.state(played.transfer) for seat in (self._taker, self._officer)}
        return str(states.pop()) if len(states) == 1 else "not the same at both consoles"

    def _tell(self, *, final: bool = False) -> None:
        """Say the lines that nothing will change any more, in the order of the notes."""
        while self._told < len(self._played):
            played = self._played[self._told]
            state = self._state(played)
            if not final and played.transfer is not None and state != State.CLOSED:
                return
            self._told += 1
            self._say(json.dumps(_line(played, state), ensure_ascii=False))

    def _look(self, note: Note) -> None:
        if note in self._first:
            self._picture(self._taker, note, "intake")

    def _picture(self, seat: Seat, note: Note, name: str) -> None:
        if self._out is not None:
            seat.picture(self._out / f"{note.line:05d}-{name}.png")
            self._pictures += 1

    def _keep_orders(self) -> None:
        """Write every order as its department got it, one JSON line each."""
        if self._out is None:
            return
        desk = self._taker.work.console.desk
        orders = [desk.transfer(TransferId(p.transfer)).transfer for p in self._played if p.transfer is not None]
        (self._out / "orders.jsonl").write_bytes(b"".join(encode(order) + b"\n" for order in orders))

    def _say_aside(self, text: str) -> None:
        if self._out is not None:
            (self._out / "problems.txt").write_text(text + "\n", encoding="utf-8")


def _line(played: Played, state: str) -> dict[str, object]:
    outcomes = played.outcomes or ((Outcome.WORK_ORDER,) if played.transfer is not None else ())
    return {
        "line": played.note.line,
        "number": played.number,
        "outcome": "+".join(outcomes),
        "state": state,
        "missing": list(played.missing),
        "keys": played.keys,
        "refused": played.refused,
    }
