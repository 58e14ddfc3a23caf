"""Signing in with the gateway, and without it for one shift."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.unit.desk_parts import PASSWORD, Bench, open_bench
from tests.unit.domain_parts import an_incident
from workstation.desk.session import SHIFT, Session, admit, check, sign_in, sign_out
from workstation.domain.command import Command
from workstation.domain.errors import SignInNeeded, Unavailable
from workstation.domain.identity import CommandId
from workstation.domain.lifecycle import Role
from workstation.domain.outbox import Delivery
from workstation.protocol.messages import SignIn

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from workstation.domain.outbox import OutboxRow


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with open_bench(tmp_path) as bench:
        yield bench


def enter(
    bench: Bench, user: str = "taker-1", password: str = PASSWORD, seat: str = "07", role: Role = Role.CALL_TAKER
) -> Session:
    request = SignIn(user=user, password=password, seat=seat, role=role)
    return sign_in(request, bench.gateway, bench.store, bench.clock)


def test_the_gateway_signs_in(bench: Bench) -> None:
    """
    With the gateway there, its word counts.
    """
    session = enter(bench)

    assert (session.user, session.role, session.seat, session.offline) == ("taker-1", Role.CALL_TAKER, "07", False)
    assert session.token in bench.gateway.tokens
    with pytest.raises(SignInNeeded, match="wrong_password"):
        enter(bench, password="invented-9")
    with pytest.raises(SignInNeeded, match="disabled"):
        enter(bench, user="disabled")


def test_a_password_is_checked_before_there_is_a_cache(bench: Bench) -> None:
    """
    At a console that nobody has used one question to the gateway is enough: its credential is the one that enters.
    """
    request = SignIn(user="taker-1", password=PASSWORD, seat="07", role=Role.CALL_TAKER)
    session = admit(check(request, bench.gateway), PASSWORD, bench.store, bench.clock())

    assert list(bench.gateway.tokens) == [session.token]
    bench.gateway.down = "sign_in"
    assert enter(bench).offline
    for wrong, code in (({"password": "invented-9"}, "wrong_password"), ({"user": "disabled"}, "disabled")):
        bench.gateway.down = ""
        with pytest.raises(SignInNeeded, match=code):
            check(replace(request, **wrong), bench.gateway)  # type: ignore[arg-type]
    bench.gateway.down = "sign_in"
    with pytest.raises(Unavailable, match="never_signed_in_here"):
        check(request, bench.gateway)


def test_the_same_person_enters_again_while_the_gateway_is_down(bench: Bench) -> None:
    """
    Within a shift the cached verifier lets the same person in, at another seat too, with their own credential.
    """
    online = enter(bench)
    bench.gateway.down = "sign_in"
    bench.clock.wait(hours=11, minutes=59)

    offline = enter(bench, seat="08")

    assert (offline.offline, offline.user, offline.seat, offline.token) == (True, "taker-1", "08", online.token)


@pytest.mark.parametrize(
    ("what", "code"),
    [
        ({"password": "invented-9"}, "wrong_password"),
        ({"user": "taker-2"}, "never_signed_in_here"),
        ({"role": Role.DUTY_OFFICER}, "never_signed_in_here"),
    ],
)
def test_nobody_else_enters_offline(bench: Bench, what: dict[str, str], code: str) -> None:
    """
    A wrong password, another person or another role is not let in while the gateway is down.
    """
    enter(bench)
    bench.gateway.down = "sign_in"

    with pytest.raises((SignInNeeded, Unavailable), match=code):
        enter(bench, **what)  # type: ignore[arg-type]


@pytest.mark.parametrize("waited", [SHIFT + timedelta(seconds=1), timedelta(hours=13), timedelta(days=30)])
def test_after_a_shift_nobody_enters_offline(bench: Bench, waited: timedelta) -> None:
    """
    The cached verifier is good for one shift, whatever the password.
    """
    enter(bench)
    bench.gateway.down = "sign_in"
    bench.clock.now += waited

    with pytest.raises(Unavailable, match="shift_over"):
        enter(bench)


def test_the_password_is_nowhere_in_the_cache(bench: Bench) -> None:
    """
    What is kept to let a person in again is a slow verifier, not the password.
    """
    enter(bench)

    with bench.store.begin() as tx:
        kept = tx.recall("sign-in taker-1 call_taker")

    assert "$argon2id$" in kept
    assert PASSWORD not in kept


def test_what_is_done_offline_after_a_sign_out_is_signed_at_the_next_sign_in(bench: Bench) -> None:
    """
    An ended credential signs nothing new: rows made offline after a sign-out wait, unsigned, for their own author.
    """
    sign_out(enter(bench), bench.store)
    bench.gateway.down = "sign_in"
    offline = enter(bench)
    command = Command(id=CommandId("c-1"), at=bench.clock(), incident=an_incident())
    with bench.store.begin() as tx:
        tx.enqueue(command, author=offline.user, credential=offline.token)
    bench.gateway.down = ""
    enter(bench, user="taker-2")
    assert [row.credential for row in outbox(bench)] == [""]

    online = enter(bench)

    assert [row.credential for row in outbox(bench)] == [online.token]


def test_only_the_role_that_wrote_it_signs_it(bench: Bench) -> None:
    """
    An incident waits for its author as a call-taker, not as the duty officer they may be, too.
    """
    command = Command(id=CommandId("c-1"), at=bench.clock(), incident=an_incident())
    with bench.store.begin() as tx:
        tx.enqueue(command, author="taker-1", credential="")

    enter(bench, role=Role.DUTY_OFFICER)
    assert [row.credential for row in outbox(bench)] == [""]
    session = enter(bench)

    assert [row.credential for row in outbox(bench)] == [session.token]


def test_a_parked_command_gets_another_chance_when_its_author_is_back(bench: Bench) -> None:
    """
    Whatever was parked is queued again at its own author's next sign-in, and nobody else's.
    """
    command = Command(id=CommandId("c-1"), at=bench.clock(), incident=an_incident())
    with bench.store.begin() as tx:
        tx.enqueue(command, author="taker-1", credential="token-0")
        tx.failed(command.id, Delivery.PARKED, "keeps_failing")

    enter(bench, user="taker-2")
    parked = [row.delivery for row in outbox(bench)]
    enter(bench)

    assert (parked, [row.delivery for row in outbox(bench)]) == ([Delivery.PARKED], [Delivery.QUEUED])


def outbox(bench: Bench) -> list[OutboxRow]:
    with bench.store.begin() as tx:
        return list(tx.outbox())
