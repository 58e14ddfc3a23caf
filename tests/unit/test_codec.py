"""One codec for everything that is written down: what goes in comes out, and nonsense is refused in one way."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import pytest

from tests.unit.domain_parts import a_command, a_step, a_transfer, an_incident, an_order
from workstation.domain.errors import InvalidValue
from workstation.domain.intake import Intake, Origin
from workstation.domain.lifecycle import Action, Flag, Role, State
from workstation.domain.order import Gap, GapReason, Order
from workstation.domain.privacy import PersonName, Phone
from workstation.domain.questions import Answer
from workstation.protocol.codec import (
    decode,
    decode_toml,
    decode_yaml,
    encode,
    from_plain,
)
from workstation.protocol.messages import Batch, IncidentQuery

if TYPE_CHECKING:
    from collections.abc import Callable

FULL = an_order(
    content="表情\U0001f600与生僻字\U00020bb7、全角１２３",
    gaps=(Gap(field="address", reason=GapReason.HUNG_UP),),
    people_affected=3,
    wants_reply=True,
)
INTAKE = Intake(
    values={"narrative": "油烟"},
    origins={"narrative": Origin.HUMAN},
    answers={
        "wages_people": Answer("wages_people", "12"),
        "wages_proof": Answer("wages_proof", unanswered=GapReason.UNKNOWN),
    },
    gaps={"address": GapReason.REFUSED},
    sheet="wages",
)


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True, slots=True)
class Small:
    """Something to read."""

    name: PersonName
    colour: Colour = Colour.RED


@pytest.mark.parametrize(
    "value",
    [
        FULL,
        a_transfer(State.SENT, order=FULL, flags=frozenset({Flag.CHASE, Flag.REPEAT})).take(
            a_step(Action.SIGN, Role.UNIT, remote_seq=3)
        ),
        a_command(a_transfer(), a_step(Action.SUBMIT, Role.CALL_TAKER), order=FULL),
        an_incident(intake=INTAKE, call_in_phone=Phone("19900001234")),
    ],
    ids=["order", "transfer", "command", "incident"],
)
def test_what_is_written_reads_the_same(value: object) -> None:
    """
    Every aggregate survives the wire and the cache unchanged, and is written the same way each time.
    """
    raw = encode(value)

    assert decode(raw, type(value)) == value
    assert encode(decode(raw, type(value))) == raw
    assert from_plain(json.loads(raw), type(value)) == value


def test_personal_values_are_plain_texts_on_the_wire() -> None:
    """
    Masks are for people who read logs; the other side gets the number.
    """
    written = json.loads(encode(an_order()))

    assert (written["contact_phone"], written["caller_name"]) == ("19900001234", "欧阳修竹")


def test_a_newer_field_is_no_mistake() -> None:
    """
    A field that a newer console added is passed over.
    """
    raw = encode(an_order())[:-1] + b',"added_next_year":{"deep":[1,2]}}'

    assert decode(raw, Order) == an_order()


@pytest.mark.parametrize(
    ("raw", "field", "problem"),
    [
        (b"", "Small", "wrong_shape"),
        (b"{", "Small", "wrong_shape"),
        (b"[]", "Small", "wrong_shape"),
        (b'{"name": 5}', "Small", "wrong_shape"),
        (b'{"name": "a", "colour": "blue"}', "Small", "wrong_shape"),
        (b'{"name": "\xff"}', "Small", "not_utf8"),
        (b'{"x": ' + b"[" * 100_000, "Small", "too_deep"),
    ],
)
def test_bad_json_is_refused(raw: bytes, field: str, problem: str) -> None:
    """
    Whatever arrives that is no message ends as one typed refusal, never as a crash.
    """
    with pytest.raises(InvalidValue) as refused:
        decode(raw, Small)

    assert (refused.value.field, refused.value.problem) == (field, problem)


@pytest.mark.parametrize(
    ("read", "raw", "problem"),
    [
        (decode_yaml, b"name: 5", "wrong_shape"),
        (decode_yaml, b"name: [", "wrong_shape"),
        (decode_yaml, b"\xff\xfe\xff", "wrong_shape"),
        (decode_toml, b"name = 5", "wrong_shape"),
        (decode_toml, b"name = ", "wrong_shape"),
        (decode_toml, b"name = '\xff'", "not_utf8"),
        (decode_toml, b"name = " + b"[" * 5000, "too_deep"),
    ],
)
def test_bad_files_are_refused(read: Callable[[bytes, type[Small]], Small], raw: bytes, problem: str) -> None:
    """
    A hand-edited file with a mistake is refused by name.
    """
    with pytest.raises(InvalidValue) as refused:
        read(raw, Small)

    assert (refused.value.field, refused.value.problem) == ("Small", problem)


def test_good_files_are_read() -> None:
    """
    YAML and TOML make the same values as the wire.
    """
    wanted = Small(PersonName("王"))

    assert decode_yaml("name: 王".encode(), Small) == wanted
    assert decode_toml("name = '王'\ncolour = 'red'".encode(), Small) == wanted


def test_a_limit_is_refused_under_its_own_field() -> None:
    """
    A value that is out of its limits is named by field, also deep inside a message.
    """
    plain = {
        "commands": [json.loads(encode(a_command(a_transfer(), a_step(Action.SUBMIT, Role.CALL_TAKER), order=FULL)))]
    }
    plain["commands"][0]["order"]["content"] = "长" * 5001

    with pytest.raises(InvalidValue) as refused:
        decode(json.dumps(plain).encode(), Batch)
    assert (refused.value.field, refused.value.problem) == ("content", "too_long")
    with pytest.raises(InvalidValue):
        from_plain({"limit": 51}, IncidentQuery)
    with pytest.raises(InvalidValue) as shapeless:
        from_plain({"name": 5}, Small)
    assert shapeless.value.problem == "wrong_shape"


def test_what_nobody_declared_is_not_written() -> None:
    """
    An object that is no message is a bug and says so.
    """
    with pytest.raises(NotImplementedError):
        encode({"what": object()})
